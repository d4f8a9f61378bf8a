"""`assessment score`: the ranking and the scores of all regions."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.cli.exits import FINE
from assessment.cli.inputs import add_inputs, add_periods, periods_of, result_of
from assessment.cli.language import add_language, language_of
from assessment.cli.outputs import write_bytes, write_text
from assessment.cli.progress import progress
from assessment.errors import UsageError

if TYPE_CHECKING:
    from assessment.diagnostics.bilingual import Lang
    from assessment.result import Result

HELP = "score regions by a rule file / 按规则文件计分排名"
FORMATS = ("table", "csv", "json", "xlsx")


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    add_inputs(parser)
    add_periods(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="form of the output; by the name of the output file, else table / 输出格式，默认依输出文件名，否则为表格",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file / 写入文件")
    add_language(parser)


def run(arguments: Namespace) -> int:
    """Score, and write the result in the form asked for."""
    form = _format(arguments)
    if arguments.periods is not None:
        return _run_periods(arguments, form)
    rules, result = result_of(arguments)
    lang = language_of(rules, arguments)
    with progress("writing / 输出"):
        if form == "xlsx":
            from assessment.report.workbook import workbook_bytes

            write_bytes(workbook_bytes(result, lang), arguments.output)
        else:
            write_text(_text(result, form, lang), arguments.output, mark=form == "csv")
    return FINE


def _run_periods(arguments: Namespace, form: str) -> int:
    """Score several years, and write the table across them."""
    if form == "xlsx":
        raise UsageError(
            en="several years are written as a table, CSV or JSON; write a workbook for one year with `--period`",
            zh="多个年度可输出为表格、CSV 或 JSON；xlsx 请用 `--period` 逐年输出",
        )
    rules, found = periods_of(arguments)
    lang = language_of(rules, arguments)
    with progress("writing / 输出"):
        match form:
            case "json":
                from assessment.audit.json import dumps

                text = dumps(found.to_json())
            case "csv":
                text = found.to_csv(lang)
            case _:
                from assessment.report.terminal import periods_text

                text = periods_text(tuple(found), lang)
        write_text(text, arguments.output, mark=form == "csv")
    return FINE


def _format(arguments: Namespace) -> str:
    """The form asked for, else that of the file's name; a workbook needs a file."""
    form: str | None = arguments.format
    if form is None:
        form = "table" if arguments.output is None else _form_of(arguments.output)
    if form == "xlsx" and arguments.output is None:
        raise UsageError(
            en="a workbook is not text: name a file with `-o FILE`",
            zh="xlsx 不能输出到屏幕：请用 `-o 文件名` 指定文件",
        )
    return form


def _form_of(name: str) -> str:
    """The form that the ending of a file's name stands for. Errors: `UsageError` for the ending of another program."""
    ending = Path(name).suffix.lower().removeprefix(".")
    if ending in ("", "txt", "text", "md", "log"):
        return "table"
    if ending in FORMATS and ending != "table":
        return ending
    raise UsageError(
        en=f"no form of output goes with `.{ending}`: name the file .xlsx, .csv, .json or .txt, or give `--format`",
        zh=f"没有与 `.{ending}` 对应的输出格式：文件名请用 .xlsx、.csv、.json 或 .txt，或以 `--format` 指定格式",
    )


def _text(result: Result, form: str, lang: Lang) -> str:
    from assessment.report.view import view

    match form:
        case "json":
            from assessment.audit.json import dumps, result_to_json

            return dumps(result_to_json(result))
        case "csv":
            from assessment.report.csv_table import csv_text

            return csv_text(view(result, lang))
        case _:
            from assessment.report.terminal import ranking_text

            return ranking_text(view(result, lang))
