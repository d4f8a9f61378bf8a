"""`assessment schema`: the JSON Schema of results and breakdowns, or of another form that a command writes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from assessment.cli.exits import FINE
from assessment.cli.outputs import write_text

HELP = "print the JSON Schema of results and breakdowns, or of another JSON form / 输出结果和得分明细（或其他 JSON）的 JSON Schema"


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "form",
        nargs="?",
        choices=("breakdown", "diff", "reconciliation"),
        default="breakdown",
        help="whose schema: that of results and breakdowns (default), of `assessment diff --json`, or of `assessment reconcile --json` / "
        "哪种 JSON：结果和得分明细（默认）、`assessment diff --json` 或 `assessment reconcile --json`",
    )


def run(arguments: Namespace) -> int:
    """Print the schema."""
    match arguments.form:
        case "diff":
            from assessment.analysis.json import schema_text
        case "reconciliation":
            from assessment.analysis.reconcile.json import schema_text
        case _:
            from assessment.audit.json import schema_text

    write_text(schema_text(), None)
    return FINE
