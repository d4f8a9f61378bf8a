"""`assessment explain`: how the score of one region came about, down to the cells."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from assessment.cli.exits import FINE
from assessment.cli.inputs import add_inputs, result_of
from assessment.cli.language import add_language, language_of
from assessment.cli.outputs import write_text

HELP = "explain the score of a region step by step / 逐步说明一个地区的得分"


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    add_inputs(parser)
    parser.add_argument("--region", required=True, metavar="NAME", help="region to explain / 要说明的地区")
    parser.add_argument("--indicator", metavar="NUMBER", help="only this indicator / 只说明这一项指标")
    parser.add_argument("--result", metavar="NAME", help="only this result of several / 只说明其中一项结果")
    parser.add_argument(
        "--json", action="store_true", help="the whole breakdown as JSON / 以 JSON 输出整个得分明细"
    )
    add_language(parser)


def run(arguments: Namespace) -> int:
    """Score all regions, since they are compared with each other, and explain one of them."""
    rules, result = result_of(arguments)
    lang = language_of(rules, arguments)
    region = result[arguments.region]
    if arguments.json:
        from assessment.audit.json import dumps, to_json

        write_text(dumps(to_json(region.breakdown)), None)
    elif arguments.result is not None:
        write_text(region.result(arguments.result).explain(lang), None)
    elif arguments.indicator is not None:
        write_text(region.indicator(arguments.indicator).explain(lang), None)
    else:
        write_text(region.explain(lang), None)
    return FINE
