"""`assessment test`: the examples inside rule files, and which rules they reach."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from assessment.cli.exits import FINDINGS, FINE
from assessment.cli.inputs import STANDARD_INPUT, rules_of
from assessment.cli.language import add_language, language
from assessment.cli.outputs import write_text
from assessment.errors import RulesError

if TYPE_CHECKING:
    from assessment.diagnostics.bilingual import Lang
    from assessment.diagnostics.model import Diagnostic
    from assessment.examples.run import Tested

HELP = "run the examples inside rule files / 运行规则文件中的示例"
_ENDING = ".assess"


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="rule file, folder of them, or - for standard input / 规则文件或其文件夹，- 表示标准输入",
    )
    parser.add_argument(
        "--coverage",
        action="store_true",
        help="show every rule that no example reaches / 列出示例未触及的规则",
    )
    parser.add_argument(
        "--require-full",
        action="store_true",
        help="fail where a rule is not reached / 有规则未被触及即视为不通过",
    )
    parser.add_argument("--json", action="store_true", help="everything as JSON / 以 JSON 输出")
    parser.add_argument("--strict", action="store_true", help="fail on warnings too / 有警告也视为不通过")
    add_language(parser)


def run(arguments: Namespace) -> int:
    """Run the examples of every file; fails on errors, on what comes otherwise, and on rules not reached where asked."""
    done = [_tested(name) for name in _names(arguments.files)]
    if arguments.json:
        from assessment.audit.json import dumps

        lang = language(arguments)
        write_text(dumps({"files": [_as_json(one, lang) for one in done]}), None)
    else:
        for one in done:
            lang = arguments.lang or one.language or language(arguments)
            write_text(_text(one, lang, arguments), None)
    return FINDINGS if any(_fails(one, arguments) for one in done) else FINE


@frozen(kw_only=True)
class _Done:
    """One file: what its checks find, and what its examples came to, None where it has errors."""

    name: str
    found: tuple[Diagnostic, ...]
    tested: Tested | None = None
    language: Lang | None = None


def _names(files: Sequence[str]) -> Iterator[str]:
    """The files that are named, and those in folders, in order."""
    for name in files:
        if name != STANDARD_INPUT and Path(name).is_dir():
            yield from (str(path) for path in sorted(Path(name).rglob(f"*{_ENDING}")) if path.is_file())
        else:
            yield name


def _tested(name: str) -> _Done:
    from assessment.api import test

    try:
        rules = rules_of(name)
    except RulesError as error:
        return _Done(name=name, found=error.diagnostics)
    return _Done(name=name, found=rules.diagnostics, tested=test(rules), language=rules.checked.language)


def _fails(one: _Done, arguments: Namespace) -> bool:
    from assessment.diagnostics import Severity

    if one.tested is None or not one.tested.passed:
        return True
    if arguments.require_full and not one.tested.coverage.full:
        return True
    warned = (*one.found, *one.tested.coverage.remarks)
    return arguments.strict and any(found.severity is Severity.WARNING for found in warned)


def _text(one: _Done, lang: Lang, arguments: Namespace) -> str:
    from assessment.diagnostics import render
    from assessment.examples.text import tested_text

    found = render(one.found, lang)
    if one.tested is None:
        return found
    shown = tested_text(
        one.tested, lang, name=one.name, uncovered=arguments.coverage or arguments.require_full
    )
    return f"{found}{shown}"


def _as_json(one: _Done, lang: Lang) -> dict[str, object]:
    found = [
        {"code": each.code, "severity": each.severity.value, "message": each.in_(lang)} for each in one.found
    ]
    tested = None if one.tested is None else one.tested.to_json(lang)
    return {"file": one.name, "findings": found, "tested": tested}
