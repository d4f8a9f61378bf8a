"""Compiled rule sets kept between runs, in the user's own cache folder.

A rule file that was checked and compiled once need not be parsed again while neither it, nor the package, nor a method
of another distribution changes. What is kept is a pickle, so it is read only from a folder and a file that belong to
the user and that nobody else can write to; anything else, and anything that cannot be read, is as if it were not there.

The environment variable `ASSESSMENT_CACHE` names another folder, or is `off`.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
import tempfile
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

import platformdirs
from attrs import frozen

from assessment.diagnostics.model import Diagnostic, Source
from assessment.ruleset import RuleSet
from assessment.syntax.source import read_source

SWITCH = "ASSESSMENT_CACHE"
MOST_KEPT = 50
_KINDS = (".rules", ".findings")

_UNREADABLE = (
    OSError,
    EOFError,
    pickle.PickleError,
    AttributeError,
    ImportError,
    LookupError,
    TypeError,
    ValueError,
)


def recall(source: Source) -> RuleSet | None:
    """The rule set that this text gave before, or None where it, or a file that it amends, has changed."""
    found = _read(_path(source, ".rules"))
    return found if isinstance(found, RuleSet) and _unchanged(found.sources, source) else None


def keep(source: Source, rules: RuleSet) -> None:
    """Keep a rule set for the next run; a folder that cannot be written to, or a graph too deep, is left alone."""
    _keep(_path(source, ".rules"), rules)


def recall_findings(source: Source) -> tuple[Diagnostic, ...] | None:
    """What was found in this text before, if it has no error; None where that is not known."""
    kept = _read(_path(source, ".findings"))
    return kept.found if isinstance(kept, _Findings) and _unchanged(kept.sources, source) else None


def keep_findings(source: Source, found: tuple[Diagnostic, ...], sources: tuple[Source, ...]) -> None:
    """Keep what was found in a text without errors: that takes no time, and the rule set of a large file does.

    `sources` are the texts that it rests on.
    """
    _keep(_path(source, ".findings"), _Findings(found=found, sources=sources))


@frozen(kw_only=True)
class _Findings:
    found: tuple[Diagnostic, ...]
    sources: tuple[Source, ...]


def _unchanged(sources: tuple[Source, ...], source: Source) -> bool:
    """Whether the files that a text amends still say what they said; the text itself is part of the key."""
    return all(read_source(one.name)[0] == one for one in sources if one.name != source.name)


def _read(path: Path | None) -> object:
    if path is None or not _ours(path.parent) or not _ours(path):
        return None
    try:
        # The file is the user's own: see `_ours`.
        return pickle.loads(path.read_bytes())  # noqa: S301
    except _UNREADABLE:
        return None


def _keep(path: Path | None, thing: object) -> None:
    if path is None:
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(path.parent):
            return
        kept = pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)
        _write(path, kept)
        _prune(path.parent)
    except (OSError, pickle.PickleError, RecursionError):
        return


def _write(path: Path, content: bytes) -> None:
    """Write a file by way of another one, so that a reader sees all of it or nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _prune(folder: Path) -> None:
    """Leave the newest files only: every edit of a rule file makes one."""
    for kind in _KINDS:
        kept = sorted(folder.glob(f"*{kind}"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
        for old in kept[MOST_KEPT:]:
            old.unlink(missing_ok=True)


def _path(source: Source, kind: str) -> Path | None:
    wanted = os.environ.get(SWITCH)
    if wanted == "off":
        return None
    folder = Path(wanted) if wanted else Path(platformdirs.user_cache_dir("assessment", appauthor=False))
    digest = hashlib.sha256()
    for part in (_code(), source.name, source.text):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return folder / f"{digest.hexdigest()}{kind}"


@cache
def _code() -> str:
    """What the outcome depends on beside the file: this Python, this package's files, and methods of others."""
    folders = (Path(__file__).parent, Path(str(files("assessment.grammar"))))
    ours = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in {".py", ".lark"})
    stamps = [f"{p} {p.stat().st_mtime_ns} {p.stat().st_size}" for p in ours]
    others = [
        f"{p.value} {p.dist.version if p.dist else ''}" for p in entry_points(group="assessment.methods")
    ]
    return "\n".join([sys.version, *stamps, *sorted(others)])


def _ours(path: Path) -> bool:
    """Whether a file or folder belongs to the user and no other user can write to it."""
    try:
        found = path.stat(follow_symlinks=False)
    except OSError:
        return False
    if stat.S_ISLNK(found.st_mode):
        return False
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
