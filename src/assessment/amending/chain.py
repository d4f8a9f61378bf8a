"""A rule file with the files that it amends, one after the other, as plain trees.

The oldest file comes first. Each one is what the file means that was written: all that it takes over from those before it,
and all that it changes.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from attrs import evolve, frozen

from assessment.amending.identity import walk
from assessment.amending.resolve import misplaced, resolved, with_origins
from assessment.amending.validity import faults, file_of_year
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import (
    Diagnostic,
    Label,
    Source,
    Span,
    diagnostic,
    has_errors,
    in_source_order,
)
from assessment.diagnostics.suggest import nearest
from assessment.semantics.scope import fold
from assessment.semantics.traverse import below, name_place
from assessment.syntax import ast
from assessment.syntax.parse import parse
from assessment.syntax.source import read_source

__all__ = ["Chain", "Opener", "beside", "broken", "from_texts", "read_chain"]

MOST_FILES = 100

Opener: TypeAlias = Callable[[Source, str], tuple[Source | None, tuple[Diagnostic, ...]]]
"""Gives the text of the file that one file names by a path."""


@frozen(kw_only=True)
class Chain:
    """A rule file and those that it amends, each as a plain tree, the oldest first; `sources` are their texts."""

    files: tuple[ast.RuleFile, ...]
    sources: tuple[Source, ...]
    amends: tuple[ast.Text, ...] = ()
    """Where each file but the oldest names the one before it."""

    @property
    def origins(self) -> dict[str, ast.Origin]:
        """Where the indicators of the newest file come from, by their numbers."""
        found = {}
        for _, one in walk(self.newest.body):
            if isinstance(one, ast.Indicator) and one.origin is not None:
                found[one.number] = one.origin
        return found

    @property
    def changed(self) -> tuple[Span, ...] | None:
        """Where in the newest file stands what the file before it does not have so; None where it amends nothing."""
        if len(self.files) == 1:
            return None
        before = set(_changeable(self.files[-2]))
        changed = (one for one in _changeable(self.newest) if one not in before)
        return tuple(span for one in changed for span in _places(one))

    @property
    def newest(self) -> ast.RuleFile:
        """The file that was asked for."""
        return self.files[-1]

    @property
    def by_year(self) -> bool:
        """Whether it matters for the meaning which year is assessed."""
        return len(self.files) > 1 or any(
            isinstance(one, ast.Valid | ast.Succession) or (isinstance(one, ast.Department) and one.before)
            for one in self.newest.body
        )

    def of_year(self, year: int) -> tuple[ast.RuleFile | None, tuple[Diagnostic, ...]]:
        """The file that holds for a year; None, with the finding that names the days, where none does."""
        place, found = file_of_year(self.files, year)
        return (None if place is None else self.files[place]), found

    @property
    def years_alike(self) -> bool:
        """Whether every file of the chain has the same rules, whatever it says of its time."""
        bodies = {_rules(file.body) for file in self.files}
        return len(bodies) == 1


def _rules(body: tuple[ast.Statement, ...]) -> tuple[ast.Statement, ...]:
    return tuple(one for one in body if not isinstance(one, ast.Valid | ast.Succession | ast.Example))


def _changeable(file: ast.RuleFile) -> Iterator[ast.Node]:
    """What is changed as a whole: an indicator with all in it, a policy, any other statement that holds no statements."""
    for one in file.body:
        match one:
            case ast.Category(body=body):
                yield from _changeable(evolve(file, body=body))
            case ast.Policies(entries=entries):
                yield from entries
            case ast.Example():
                pass
            case _:
                yield one


def _places(changed: ast.Node) -> Iterator[Span]:
    """Where a statement stands, and what an amendment writes into it, which stands in another file."""
    yield changed.span
    yield from (one.span for one in below(changed) if one.span.source != changed.span.source)


def beside(amending: Source, path: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """The file at a path, which is taken from the folder of the file that names it."""
    return read_source(Path(amending.name).parent / path)


def from_texts(texts: Mapping[str, str]) -> Opener:
    """Files that are texts by their names, for what is not on disk."""

    def opened(_: Source, path: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
        text = texts.get(path)
        if text is None:
            why = Text(en=f"there is no file `{path}`", zh=f"没有文件 `{path}`")
            return None, (diagnostic("file-unreadable", why),)
        return Source(name=path, text=text), ()

    return opened


def read_chain(source: Source, opener: Opener | None = None) -> tuple[Chain | None, tuple[Diagnostic, ...]]:
    """The trees of a file and of those that it amends; None, with every finding, where there is an error.

    Without an `opener` a file that amends another one is refused: nobody knows where the other one is.
    """
    file, found = parse(source)
    if file is None or has_errors(found):
        return None, in_source_order(found)
    written = [file]
    sources = [source]
    seen = {_where(source)}
    while (amends := written[-1].amends) is not None:
        if opener is None:
            return None, (*found, _no_place(amends))
        base, errors = opener(sources[-1], amends.text)
        if base is None:
            return None, (*found, _unreadable(amends, errors, sources[-1]))
        if _where(base) in seen or len(seen) >= MOST_FILES:
            return None, (*found, _cycle(amends, base, sources))
        seen.add(_where(base))
        tree, errors = parse(base)
        if tree is None or has_errors(errors):
            return None, (*found, broken(amends, errors), *in_source_order(errors))
        if fold(tree.name) != fold(written[-1].name):
            return None, (*found, _another(written[-1], tree, amends))
        sources.append(base)
        written.append(tree)
    return _resolved(tuple(reversed(written)), tuple(reversed(sources)), found)


def _resolved(
    written: tuple[ast.RuleFile, ...], sources: tuple[Source, ...], found: tuple[Diagnostic, ...]
) -> tuple[Chain | None, tuple[Diagnostic, ...]]:
    files = [with_origins(written[0], 0)]
    found += misplaced(written[0])
    found += tuple(faults(files))
    for number, amending in enumerate(written[1:], start=1):
        whole, more = resolved(files[-1], amending)
        files.append(with_origins(whole, number))
        found += more
        found += tuple(faults(files))
        if has_errors(found):
            break
    if not has_errors(found):
        found += tuple(_changed_inputs(files))
    found = in_source_order(found)
    amends = tuple(file.amends for file in written if file.amends is not None)
    return (None if has_errors(found) else Chain(files=tuple(files), sources=sources, amends=amends)), found


def _changed_inputs(files: Iterable[ast.RuleFile]) -> Iterator[Diagnostic]:
    """Inputs under one name that are in one file something else than in another: data of several years are read at once."""
    first: dict[str, ast.Input] = {}
    for file in files:
        inputs = {fold(one.name): one for one in reversed(file.body) if isinstance(one, ast.Input)}
        for name, one in inputs.items():
            before = first.setdefault(name, one)
            if before.form != one.form:
                yield diagnostic(
                    "amendment-input-form",
                    Text(
                        en=f"`{one.name}` has another form or unit than before",
                        zh=f"`{one.name}` 的类型或单位与此前不同",
                    ),
                    Label(place=one.name_span),
                    Label(
                        place=before.name_span,
                        text=Text(en="declared here before", zh="此前声明于此"),
                        primary=False,
                    ),
                    help=Text(
                        en="give the new one another name; data may state their own unit in the heading",
                        zh="请另取名称；数据可在表头注明自己的单位",
                    ),
                )


def _where(source: Source) -> str:
    return os.path.normpath(source.name)


# ── findings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _no_place(amends: ast.Text) -> Diagnostic:
    return diagnostic(
        "amends-no-place",
        Text(
            en=f"these rules amend `{amends.text}`, and a text without a place has no file beside it",
            zh=f"本规则修订 `{amends.text}`，但直接给出的文本没有所在目录，无从找到该文件",
        ),
        Label(place=amends.span),
        help=Text(
            en="save the text as a file beside the amended one, and give its path",
            zh="请将本文本存为文件，与所修订的文件放在一起，再以路径读取",
        ),
    )


def _unreadable(amends: ast.Text, errors: Iterable[Diagnostic], amending: Source) -> Diagnostic:
    reason = next(iter(errors), None)
    why = Text(en="", zh="") if reason is None else reason.message_text
    near = nearest(amends.text, _neighbours(amending, amends.text))
    return diagnostic(
        "amends-unreadable",
        Text(
            en=f"the amended file cannot be read: {why.en}",
            zh=f"所修订的文件无法读取：{why.zh}",
        ),
        Label(place=amends.span),
        help=Text(
            en="the path is taken from the folder of this file"
            + ("" if near is None else f"; did you mean `{near}`?"),
            zh="路径以本文件所在目录为准" + ("" if near is None else f"；是否应为 `{near}`？"),
        ),
    )


def _neighbours(amending: Source, path: str) -> list[str]:
    """The rule files in the folder that a path leads to, as the path would name them."""
    folder = Path(path).parent
    try:
        names = sorted(
            one.name for one in (Path(amending.name).parent / folder).iterdir() if one.suffix == ".assess"
        )
    except (OSError, ValueError):
        return []
    own = Path(amending.name).name
    return [(folder / name).as_posix() for name in names[:200] if name != own or folder != Path()]


def broken(amends: ast.Text, errors: Iterable[Diagnostic]) -> Diagnostic:
    """The finding for an amended file that has errors, which are told beside it."""
    first = next((one for one in errors if has_errors((one,))), None)
    labels = [Label(place=amends.span)]
    if first is not None and first.span is not None:
        labels.append(Label(place=first.span, text=first.message_text, primary=False))
    return diagnostic(
        "amends-broken",
        Text(en="the amended file has errors of its own", zh="所修订的文件本身有错误"),
        *labels,
        help=Text(en=f"correct `{amends.text}` first", zh=f"请先改正 `{amends.text}`"),
    )


def _another(amending: ast.RuleFile, base: ast.RuleFile, amends: ast.Text) -> Diagnostic:
    return diagnostic(
        "amends-another",
        Text(
            en=f"`{amending.name}` amends a file of another assessment: `{base.name}`",
            zh=f"`{amending.name}` 所修订的是另一考核的文件：`{base.name}`",
        ),
        Label(place=amends.span),
        Label(
            place=name_place(base.span, base.name),
            text=Text(en="the amended file", zh="所修订的文件"),
            primary=False,
        ),
        help=Text(
            en=f"write `assessment {base.name}`, or amend a file of `{amending.name}`",
            zh=f"请写 `考核 {base.name}`，或修订 `{amending.name}` 的文件",
        ),
    )


def _cycle(amends: ast.Text, base: Source, sources: list[Source]) -> Diagnostic:
    names = [Path(one.name).name for one in (*sources, base)]
    start = next((place for place, one in enumerate(sources) if _where(one) == _where(base)), 0)
    way = names[start:]
    shown = way if len(way) <= 6 else [*way[:3], "…", *way[-2:]]
    return diagnostic(
        "amends-cycle",
        Text(
            en=f"files amend each other in a circle: {' → '.join(shown)}",
            zh=f"文件循环修订：{' → '.join(shown)}",
        ),
        Label(place=amends.span),
        help=Text(
            en=f"a chain of at most {MOST_FILES} files ends in one that amends none",
            zh=f"修订须以一个不修订其他文件的规则文件为起点，至多 {MOST_FILES} 个文件",
        ),
    )
