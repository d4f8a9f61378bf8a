"""What every source is turned into: sheets of cells that know where they stand, and findings with their order.

A sheet is a plain grid. Nothing is interpreted here: a cell keeps the value its source held, the text as a reader sees
it, and what is wrong with it as a cell (an error value, a formula without result), whatever it may mean later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from attrs import field, frozen

from assessment.core.absence import Absence
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Diagnostic

MOST_BYTES = 64 * 2**20
"""The largest file that is read."""
MOST_LINE = 1_000_000
"""The longest line of a text table, in characters."""
MOST_CELLS = 500_000
"""The most cells of one source, empty ones within its bounds included."""
MOST_TEXT = 32_767
"""The longest text of one cell, which is also the limit of a spreadsheet."""
MOST_BITS = 1_000
"""The most bits of a number above and below the line; far more than the 60 digits that text may have."""
MANY_DIGITS = "a number of very many digits"
"""What a cell shows whose number is longer than that."""

Held: TypeAlias = "str | int | float | Fraction | bool | Absence | tuple[Held, ...] | None"
"""What a cell may hold; a tuple comes from mappings and frames only."""

At: TypeAlias = tuple[int, int, int]
"""Where a finding belongs in source order: sheet, row and column, each from 0, or -1 for what comes before."""

BEFORE_ALL: At = (-1, -1, -1)


@frozen(kw_only=True)
class Cell:
    """One cell: its value, its text, and what is special about it.

    `percent` says that the number is shown multiplied by 100 with a percent sign. `formula` is the formula whose
    stored result the value is. `flaw` makes the value unusable, whatever was expected of it.
    """

    value: Held = None
    text: str = ""
    rows: tuple[Mapping[str, Cell], ...] | None = None
    """The rows of a mapping: each names its value and its fields."""
    percent: bool = False
    formula: str | None = None
    flaw: Literal["formula", "error", "date", "other"] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in the cell but blanks."""
        return (
            self.flaw is None
            and self.rows is None
            and (self.value is None or (isinstance(self.value, str) and not self.text.strip()))
        )


EMPTY = Cell()


@frozen(kw_only=True)
class Merge:
    """A block of merged cells by its corners, from 0 and inclusive; the value is in the first corner."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in the block."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def text(self) -> str:
        """The addresses of the corners."""
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"


@frozen(kw_only=True)
class Sheet:
    """A grid of cells and how its places are called.

    `addressed` sheets name a cell by its A1 address, others by row number and heading. With `headed` the first row is
    known to be the headings and is not counted as a row. With `sparse` an empty cell was never mentioned, which is the
    way of mappings. `guessed` is the encoding that was tried because the text was not UTF-8.
    """

    index: int = 0
    file: str | None = None
    name: str | None = None
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    merges: tuple[Merge, ...] = ()
    addressed: bool = False
    headed: bool = False
    sparse: bool = False
    guessed: str | None = None

    @cached_property
    def width(self) -> int:
        """The number of columns of the longest row."""
        return max(map(len, self.rows), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """The cell, empty where the row is shorter."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else EMPTY

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged block that a cell is part of."""
        return self._merged.get((row, column)) if self.merges else None

    @cached_property
    def _merged(self) -> dict[tuple[int, int], Merge]:
        return {
            (row, column): block
            for block in self.merges
            for row in range(block.top, block.bottom + 1)
            for column in range(block.left, block.right + 1)
        }

    def place(self, row: int, column: int | None = None, heading: str | None = None) -> CellPlace:
        """How the cell is called; a heading, where known, takes the place of the number of the column."""
        if self.addressed and column is not None:
            return CellPlace(file=self.file, sheet=self.name, cell=address(row, column))
        shown = row + (0 if self.headed else 1)
        return CellPlace(
            file=self.file,
            sheet=self.name,
            row=shown or None,
            column=heading or (None if column is None else column + 1),
        )


@frozen(kw_only=True)
class Found:
    """A diagnostic and where it belongs in source order."""

    at: At
    diagnostic: Diagnostic


def address(row: int, column: int) -> str:
    """The A1 address of a cell, both counted from 0.

    >>> address(6, 2), address(0, 26)
    ('C7', 'AA1')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def ordered(found: Iterable[Found]) -> tuple[Diagnostic, ...]:
    """The diagnostics in source order; those of one place as they came."""
    return tuple(one.diagnostic for one in sorted(found, key=lambda one: one.at))


def has_many_digits(number: Fraction) -> bool:
    """Whether a number is longer than any that is read, so that writing it out would take long, too."""
    return max(number.numerator.bit_length(), number.denominator.bit_length()) > MOST_BITS


def clipped(text: str, most: int = 40) -> str:
    """The text on one line and cut to a length that a message can bear.

    >>> clipped("a" * 50, 5)
    'aaaa…'
    """
    flat = " ".join(text[: 4 * most].split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def too_many_cells(count: int) -> Text:
    """The message for a source with more cells than are read."""
    return Text(
        en=f"there are {count:,} cells, at most {MOST_CELLS:,} are read",
        zh=f"共有 {count:,} 个单元格，最多读取 {MOST_CELLS:,} 个",
    )
