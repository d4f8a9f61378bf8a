"""`assessment diff`: what changed in meaning between two rule files, and whose scores move."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assessment.cli.exits import FINDINGS, FINE
from assessment.cli.inputs import STANDARD_INPUT, add_reading, rows_of, rules_of, year_option
from assessment.cli.language import add_language, language_of
from assessment.cli.outputs import write_text
from assessment.cli.progress import progress
from assessment.errors import UsageError

HELP = "tell what changed in meaning between two rule files, and whose scores move / 比较两份规则的含义和得分变动"

_ORDERS = {"rules": "rules first", "data": "data first", "mean": "mean"}


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("old", metavar="OLD", help="rule file before / 原规则文件")
    parser.add_argument("rules", metavar="NEW", help="rule file after / 新规则文件")
    parser.add_argument(
        "--data",
        action="append",
        default=[],
        metavar="FILE",
        help="data to score by both; give it twice for those of the old and of the new year / 用于计分的数据；写两次则先为原数据、后为新数据",
    )
    parser.add_argument(
        "--period",
        action="append",
        default=[],
        type=year_option,
        metavar="YEAR",
        help="assessed year, twice for the old and the new one; that of each rule file by default / 考核年度，写两次则先原后新；默认取各规则所写年度",
    )
    parser.add_argument(
        "--order",
        choices=tuple(_ORDERS),
        default="rules",
        help="what changes first where a move is split: the rules, the data, or the mean of both / 分解变动时先换规则、先换数据或取两者平均",
    )
    parser.add_argument(
        "--trial",
        action="store_true",
        help="try rules on data of another year: these count as data of the year of the rules that score them / 试算：数据视同计分规则所属年度的数据",
    )
    add_reading(parser)
    parser.add_argument("--json", action="store_true", help="as JSON / 以 JSON 输出")
    add_language(parser)


def run(arguments: Namespace) -> int:
    """Compare; the exit code is 0 where both files mean the same, be their words different, and 1 where they do not."""
    from assessment.api import diff

    for given, en, zh in ((arguments.data, "--data", "数据"), (arguments.period, "--period", "年度")):
        if len(given) > 2:
            raise UsageError(
                en=f"give `{en}` once for both, or twice for the old and the new",
                zh=f"{zh} `{en}` 写一次用于两者，或写两次分别用于原和新",
            )
    if [arguments.old, arguments.rules, *arguments.data].count(STANDARD_INPUT) > 1:
        raise UsageError(
            en="standard input can hold one of the files only", zh="标准输入只能提供其中一份文件"
        )
    with progress("reading the rules / 读取规则"):
        old, new = rules_of(arguments.old), rules_of(arguments.rules)
    lang = language_of(new, arguments)
    data = [Path(name) for name in arguments.data]
    with progress("comparing / 比较"):
        found = diff(
            old,
            new,
            data=data[0] if data else None,
            new_data=data[1] if len(data) > 1 else None,
            period=arguments.period[0] if arguments.period else None,
            new_period=arguments.period[1] if len(arguments.period) > 1 else None,
            trial=arguments.trial,
            order=_ORDERS[arguments.order],  # type: ignore[arg-type]  # one of the three
            units=dict(arguments.unit) or None,
            rows=rows_of(arguments),
            sheet=arguments.sheet,
        )
    if arguments.json:
        from assessment.audit.json import dumps

        write_text(dumps(found.to_json()), None)
    else:
        from assessment.report.differences import difference_text

        write_text(difference_text(found, lang), None)
    return FINE if found.same_meaning else FINDINGS
