"""`assessment check`: every finding in rule files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.cli.exits import FINDINGS, FINE
from assessment.cli.inputs import STANDARD_INPUT, standard_text
from assessment.cli.language import add_language, language
from assessment.cli.outputs import write_text
from assessment.errors import RulesError

if TYPE_CHECKING:
    from assessment.diagnostics.model import Diagnostic

HELP = "check rule files and show every finding / 检查规则文件"


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="rule file, or - for standard input / 规则文件，- 表示标准输入",
    )
    parser.add_argument("--json", action="store_true", help="findings as JSON / 以 JSON 输出")
    parser.add_argument("--strict", action="store_true", help="fail on warnings too / 有警告也视为不通过")
    add_language(parser)


def run(arguments: Namespace) -> int:
    """Check the files; fails on errors, and on warnings where that was asked for."""
    from assessment.diagnostics import Severity, render, to_json

    found, text = _findings(arguments.files)
    lang = language(arguments, text=text)
    if arguments.json:
        write_text(to_json(found, lang), None)
    elif found:
        write_text(render(found, lang), None)
    else:
        write_text("没有发现问题\n" if lang == "zh" else "no findings\n", None)
    grave = {Severity.ERROR, Severity.WARNING} if arguments.strict else {Severity.ERROR}
    return FINDINGS if any(one.severity in grave for one in found) else FINE


def _findings(names: Sequence[str]) -> tuple[tuple[Diagnostic, ...], str]:
    """The findings in all files, and the text of standard input where that is one of them."""
    from assessment.api import check

    found: list[Diagnostic] = []
    text = ""
    for name in names:
        if name != STANDARD_INPUT:
            found += check(Path(name))
            continue
        try:
            text = standard_text()
        except RulesError as error:
            found += error.diagnostics
        else:
            found += check(text)
    return tuple(found), text
