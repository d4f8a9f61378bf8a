"""A sheet with its layout: which row holds the headings and what each column is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from attrs import field, frozen

from assessment.data.grid import Sheet, clipped
from assessment.data.headings import Heading
from assessment.diagnostics.model import CellPlace
from assessment.semantics.model import Input


@frozen(kw_only=True)
class UnitRow:
    """A unit that a sheet states for all columns that it fits, and the cell which says so."""

    text: str
    row: int
    column: int


@frozen(kw_only=True)
class Table:
    """A sheet with its layout. Columns are numbered from 0; `first` is the first row below headings and units."""

    sheet: Sheet
    header: int
    first: int
    headings: tuple[Heading, ...] = field(repr=False)
    region: int
    period: int | None = None
    indicator: int | None = None
    value: int | None = None
    unit: int | None = None
    inputs: tuple[int, ...] = ()
    units_below: tuple[UnitRow, ...] = ()
    units_above: tuple[UnitRow, ...] = ()
    labels: tuple[str, ...] = ()
    year: int | None = None
    """The one year of the titles."""
    mistaken: tuple[Input, ...] = ()
    """Inputs whose column was probably meant by an unknown heading."""

    def place(self, row: int, column: int | None = None) -> CellPlace:
        """How a cell is called, with its heading where that is its own."""
        if column is None:
            return self.sheet.place(row)
        return self.sheet.place(row, column, self._called[column] if column < len(self._called) else None)

    @cached_property
    def _called(self) -> tuple[str | None, ...]:
        """The headings that only one column has."""
        counts = Counter(heading.text for heading in self.headings)
        return tuple(
            clipped(heading.text, 80) if counts[heading.text] == 1 else None for heading in self.headings
        )

    def region_texts(self) -> Iterator[str]:
        """The texts of the column of regions, from the first row of data on."""
        return (self.sheet.cell(row, self.region).text for row in range(self.first, len(self.sheet.rows)))

    @property
    def is_long(self) -> bool:
        """Whether each row holds one value of the input that it names."""
        return self.indicator is not None
