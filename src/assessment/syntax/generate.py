"""Write the parser's tables beside the grammar: `python -m assessment.syntax.generate`, after any change of it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from assessment.syntax.grammar import build_parser
from assessment.syntax.tables import NAME, PACKAGE, tables_of

__all__ = ["main"]


def main() -> None:
    """Build the parser from the grammar and write its tables."""
    (Path(str(files(PACKAGE))) / NAME).write_text(tables_of(build_parser()), encoding="utf-8")


if __name__ == "__main__":
    main()
