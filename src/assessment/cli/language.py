"""The language of an answer: the one asked for, else that of the rule file; never that of the machine."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.diagnostics.bilingual import Lang
from assessment.errors import AssessmentError

if TYPE_CHECKING:
    from assessment.ruleset import RuleSet

_CHINESE_START = re.compile(r"^[\s\ufeff]*考核", re.MULTILINE)
_ENGLISH_START = re.compile(r"^[\s\ufeff]*assessment\b", re.MULTILINE)
_LONGEST_LOOK = 100_000


def add_language(parser: ArgumentParser) -> None:
    """The option `--lang`."""
    parser.add_argument(
        "--lang",
        choices=("zh", "en"),
        help="language of the answer; that of the rule file by default / 输出语言，默认与规则文件相同",
    )


def language(arguments: Namespace, error: AssessmentError | None = None, text: str = "") -> Lang:
    """The language for messages: as asked for, as settled when the rules were read, else that of the rules' text.

    `text` is that of rules on standard input; `error` may hold it too; otherwise the named files are looked at.
    """
    asked: Lang | None = getattr(arguments, "lang", None) or getattr(arguments, "settled", None)
    if asked is not None:
        return asked
    for start in (text[:_LONGEST_LOOK], *_texts(arguments, error)):
        chinese, english = _CHINESE_START.search(start), _ENGLISH_START.search(start)
        if chinese is not None and (english is None or chinese.start() < english.start()):
            return "zh"
        if english is not None:
            return "en"
    return "en"


def language_of(rules: RuleSet, arguments: Namespace) -> Lang:
    """The language asked for, else that of a rule set; messages from here on are in it too."""
    asked: Lang | None = arguments.lang
    found: Lang = asked or rules.checked.language
    arguments.settled = found
    return found


def _texts(arguments: Namespace, error: AssessmentError | None) -> list[str]:
    """Texts of rules at hand: those that findings point into, then the files that were named."""
    from assessment.diagnostics.model import Span

    places = [label.place for found in getattr(error, "diagnostics", ()) for label in found.labels]
    texts = [place.source.text[:_LONGEST_LOOK] for place in places if isinstance(place, Span)]
    named = getattr(arguments, "files", None) or [getattr(arguments, "rules", "-")]
    for name in named:
        if name != "-" and Path(name).is_file():
            with Path(name).open("rb") as stream:
                start = stream.read(_LONGEST_LOOK)
            # Only the first keyword is looked for; GB18030 is tried by its own bytes.
            texts += [start.decode("utf-8", "replace"), start.decode("gb18030", "replace")]
    return texts
