"""`assessment reconcile`: a published table held against what the rules make of the data."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from assessment.cli.exits import FINDINGS, FINE
from assessment.cli.inputs import STANDARD_INPUT, add_inputs, read_inputs, say, standard_bytes
from assessment.cli.language import add_language, language_of
from assessment.cli.outputs import write_text
from assessment.cli.progress import progress
from assessment.errors import UsageError

HELP = "hold a published table against rules and data / 以规则和数据核对公布的结果"


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    add_inputs(parser)
    parser.add_argument(
        "published",
        metavar="PUBLISHED",
        help="published table, CSV or Excel, or - for standard input / 公布的结果（CSV 或 Excel），- 表示标准输入",
    )
    parser.add_argument(
        "--input-places",
        choices=("declared", "from-data"),
        default="declared",
        help="which inputs are rounded: as the rules say (default), or every one to the decimals in the data / "
        "哪些数据是修约过的：依规则所写（默认），或一律依数据中的小数位数",
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        type=_column,
        metavar="HEADING=FIGURE",
        help="the figure that a column gives, such as `score A=indicator 2` (repeatable) / 某列所公布的数值，如 `得分A=indicator 2`（可重复）",
    )
    parser.add_argument(
        "--published-sheet",
        action="append",
        metavar="NAME",
        help="sheet of the published workbook to read (repeatable) / 公布的工作簿中要读取的工作表（可重复）",
    )
    parser.add_argument("--json", action="store_true", help="write JSON / 输出 JSON")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file / 写入文件")
    add_language(parser)


def run(arguments: Namespace) -> int:
    """Reconcile; the exit code says whether anything is contradicted."""
    from assessment.api import reconcile

    named = (arguments.rules, arguments.data, arguments.published)
    if named.count(STANDARD_INPUT) > 1:
        raise UsageError(
            en="standard input can hold the rules, the data or the published table, only one of them",
            zh="标准输入只能提供规则、数据或公布的结果之一",
        )
    rules, data = read_inputs(arguments)
    lang = language_of(rules, arguments)
    published = standard_bytes() if arguments.published == STANDARD_INPUT else Path(arguments.published)
    with progress("reconciling / 核对"):
        found = reconcile(
            rules,
            data,
            published,
            period=arguments.period,
            input_places=arguments.input_places,
            columns=dict(arguments.column) or None,
            sheet=arguments.published_sheet,
        )
    say(found.remarks, lang, arguments)
    as_json = arguments.json or (arguments.output or "").lower().endswith(".json")
    with progress("writing / 输出"):
        if as_json:
            from assessment.audit.json import dumps

            write_text(dumps(found.to_json()), arguments.output)
        else:
            from assessment.report.reconciliation import reconciliation_text

            write_text(reconciliation_text(found, lang), arguments.output)
    return FINE if found.holds else FINDINGS


def _column(text: str) -> tuple[str, str]:
    heading, equals, figure = text.rpartition("=")
    if not (heading.strip() and equals and figure.strip()):
        raise ArgumentTypeError(f"`{text}` is not of the form HEADING=FIGURE / 应写作 表头=数值")
    return heading.strip(), figure.strip()
