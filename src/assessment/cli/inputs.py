"""Rules and data from the places that a command names: files, and `-` for standard input."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assessment.cli.progress import progress
from assessment.errors import DataError, RulesError, UsageError

if TYPE_CHECKING:
    from assessment.data.model import Data
    from assessment.diagnostics.bilingual import Lang
    from assessment.diagnostics.model import Diagnostic
    from assessment.result import Periods, Result
    from assessment.ruleset import RuleSet

STANDARD_INPUT = "-"
_MOST_BYTES = 256 * 2**20


def add_inputs(parser: ArgumentParser) -> None:
    """The arguments that name rules and data, and say how to read the data."""
    parser.add_argument(
        "rules", metavar="RULES", help="rule file, or - for standard input / 规则文件，- 表示标准输入"
    )
    parser.add_argument(
        "data",
        metavar="DATA",
        help="CSV or Excel file, or - for standard input / 数据文件（CSV 或 Excel），- 表示标准输入",
    )
    parser.add_argument(
        "--period",
        type=year_option,
        metavar="YEAR",
        help="assessed year; that of the rules by default / 考核年度，默认取规则所写年度",
    )
    add_reading(parser)
    parser.add_argument("--strict", action="store_true", help="fail on warnings too / 有警告也视为不通过")
    parser.add_argument(
        "--quiet", action="store_true", help="leave out warnings and notes / 不显示警告和提示"
    )


def add_reading(parser: ArgumentParser) -> None:
    """The arguments that say how data are read."""
    parser.add_argument(
        "--sheet",
        action="append",
        metavar="NAME",
        help="sheet of the workbook to read (repeatable) / 要读取的工作表（可重复）",
    )
    parser.add_argument(
        "--unit",
        action="append",
        default=[],
        type=unit_argument,
        metavar="NAME=UNIT",
        help="unit of an input in the data (repeatable) / 数据中某一数据项的单位（可重复）",
    )
    parser.add_argument(
        "--rows",
        action="append",
        default=[],
        type=_rows,
        metavar="NAME=FILE",
        help="file with the rows of an input that has fields, such as events (repeatable) / 逐行给出的数据项的文件，如事项（可重复）",
    )


def rows_of(arguments: Namespace) -> dict[str, object]:
    """The files with rows of their own, by input."""
    return {name: Path(file) for name, file in arguments.rows}


def add_periods(parser: ArgumentParser) -> None:
    """The argument that asks for several years in one run."""
    parser.add_argument(
        "--periods",
        type=_years,
        metavar="YEARS",
        help="several years in one run: 2016,2017,2018 or all / 一次计算多个年度：2016,2017,2018 或 all",
    )


def result_of(arguments: Namespace) -> tuple[RuleSet, Result]:
    """The rules and the result that the arguments ask for; warnings and notes go to standard error."""
    rules, data = read_inputs(arguments)
    with progress("scoring / 计分"):
        return rules, rules.evaluate(data, period=arguments.period)


def periods_of(arguments: Namespace) -> tuple[RuleSet, Periods]:
    """The rules and the results of several years."""
    if arguments.period is not None:
        raise UsageError(
            en="give `--period` for one year or `--periods` for several, not both",
            zh="一个年度用 `--period`，多个年度用 `--periods`，不能同时给出",
        )
    rules, data = read_inputs(arguments)
    with progress("scoring / 计分"):
        return rules, rules.evaluate(data, periods=arguments.periods)


def read_inputs(arguments: Namespace) -> tuple[RuleSet, Data]:
    """The rules and the data that the arguments name; warnings and notes go to standard error."""
    from assessment.api import read_data
    from assessment.cli.language import language_of
    from assessment.diagnostics import render

    if arguments.rules == STANDARD_INPUT and arguments.data == STANDARD_INPUT:
        raise UsageError(
            en="standard input can hold the rules or the data, not both", zh="标准输入只能提供规则或数据之一"
        )
    with progress("reading the rules / 读取规则"):
        rules = rules_of(arguments.rules)
    lang = language_of(rules, arguments)
    if arguments.strict and _has_warnings(rules.diagnostics):
        raise RulesError(rules.diagnostics, render(rules.diagnostics, lang))
    say(rules.diagnostics, lang, arguments)
    with progress("reading the data / 读取数据"):
        data = read_data(
            _source(arguments.data),
            rules,
            period=arguments.period,
            periods=_stated_years(arguments),
            units=dict(arguments.unit) or None,
            sheet=arguments.sheet,
            rows=rows_of(arguments),
        )
    if arguments.strict and _has_warnings(data.remarks):
        raise DataError(data.remarks, render(data.remarks, lang))
    say(data.remarks, lang, arguments)
    return rules, data


def _has_warnings(found: Iterable[Diagnostic]) -> bool:
    from assessment.diagnostics import Severity

    return any(one.severity is Severity.WARNING for one in found)


def rules_of(name: str) -> RuleSet:
    """The rule set of a file, or of standard input."""
    from assessment.api import load

    if name != STANDARD_INPUT:
        return load(Path(name))
    return load(standard_text())


def standard_text() -> str:
    """The text of rules on standard input. Errors: `RulesError` for what is no text."""
    from assessment.diagnostics import render
    from assessment.syntax.source import decode_source

    source, found = decode_source(standard_bytes(), "<stdin>")
    if source is None:
        raise RulesError(found, render(found))
    # A text without a line break would be taken for a path.
    return source.text + "\n"


def _source(name: str) -> object:
    if name == STANDARD_INPUT:
        return standard_bytes()
    return Path(name)


def standard_bytes() -> bytes:
    """What standard input holds, up to more than any rules or data that are read."""
    stream = getattr(sys.stdin, "buffer", sys.stdin)
    read = stream.read(_MOST_BYTES + 1)
    if isinstance(read, str):
        return read.encode("utf-8")
    return bytes(read)


def say(found: Iterable[Diagnostic], lang: Lang, arguments: Namespace) -> None:
    """Write findings to standard error, unless the command is to be quiet."""
    from assessment.diagnostics import render

    if not arguments.quiet:
        print(render(found, lang), end="", file=sys.stderr)


def year_option(text: str) -> int:
    """A year as an option gives it."""
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    raise ArgumentTypeError(f"`{text}` is no year of four digits / 年度应为四位数字")


def _rows(text: str) -> tuple[str, str]:
    name, equals, file = text.partition("=")
    if not (name.strip() and equals and file.strip()):
        raise ArgumentTypeError(f"`{text}` is not of the form NAME=FILE / 应写作 数据项=文件")
    return name.strip(), file.strip()


def _years(text: str) -> list[int] | Literal["all"]:
    return "all" if text == "all" else [year_option(one.strip()) for one in text.split(",")]


def _stated_years(arguments: Namespace) -> list[int] | None:
    years = getattr(arguments, "periods", None)
    return None if years is None else [] if years == "all" else list(years)


def unit_argument(text: str) -> tuple[str, str]:
    """An input and its unit, as an argument."""
    name, equals, unit = text.partition("=")
    if not (name.strip() and equals and unit.strip()):
        raise ArgumentTypeError(f"`{text}` is not of the form NAME=UNIT / 应写作 数据项=单位")
    return name.strip(), unit.strip()
