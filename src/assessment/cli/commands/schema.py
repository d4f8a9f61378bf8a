"""`assessment schema`: the JSON Schema of results and breakdowns, or of differences."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from assessment.cli.exits import FINE
from assessment.cli.outputs import write_text

HELP = "print the JSON Schema of results and breakdowns, or of differences / 输出结果和得分明细或比较结果的 JSON Schema"


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "form",
        nargs="?",
        choices=("breakdown", "diff"),
        default="breakdown",
        help="whose schema: that of results and breakdowns (default), or of `assessment diff --json` / 哪种 JSON：结果和得分明细（默认）或 `assessment diff --json`",
    )


def run(arguments: Namespace) -> int:
    """Print the schema."""
    if arguments.form == "diff":
        from assessment.analysis.json import schema_text
    else:
        from assessment.audit.json import schema_text

    write_text(schema_text(), None)
    return FINE
