"""The command `assessment`: one module of `commands` for each subcommand, discovered by its place.

In: arguments, files, standard input. Out: text, CSV, JSON or a workbook, and an exit code: 0 fine, 1 findings, 2 wrong
usage, 70 a fault of this package. Invariants: results depend on no locale, clock or environment; a file is written whole
or not at all; what slows the start is imported by the command that needs it. Reports: what the layers report, and wrong
arguments.
"""

from assessment.cli.main import main

__all__ = ["main"]
