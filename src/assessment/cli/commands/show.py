"""`assessment show`: a rule file as a whole, with what it takes over and what it changes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assessment.cli.exits import FINE
from assessment.cli.inputs import STANDARD_INPUT, standard_text, year_option
from assessment.cli.language import add_language
from assessment.cli.outputs import write_text

HELP = "print a rule file with all that it amends / 输出修订后的完整规则"


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "rules", metavar="RULES", help="rule file, or - for standard input / 规则文件，- 表示标准输入"
    )
    parser.add_argument(
        "--year", type=year_option, metavar="YEAR", help="the rules as they are in a year / 某一年度的规则"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write here / 输出到该文件")
    add_language(parser)


def run(arguments: Namespace) -> int:
    """Print the resolved text."""
    from assessment.api import show

    name = arguments.rules
    text = show(
        standard_text() if name == STANDARD_INPUT else Path(name), year=arguments.year, lang=arguments.lang
    )
    write_text(text, arguments.output)
    return FINE
