"""`assessment schema`: the JSON Schema of results and breakdowns."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from assessment.cli.exits import FINE
from assessment.cli.outputs import write_text

HELP = "print the JSON Schema of results and breakdowns / 输出结果和得分明细的 JSON Schema"


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing."""
    del parser


def run(arguments: Namespace) -> int:
    """Print the schema."""
    del arguments
    from assessment.audit.json import schema_text

    write_text(schema_text(), None)
    return FINE
