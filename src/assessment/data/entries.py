"""What a table says, one thing at a time: entries, regions, and what could not be read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from attrs import field, frozen

from assessment.core.absence import Absence
from assessment.data.grid import At, Cell, Found
from assessment.data.names import Names
from assessment.data.scale import Scale
from assessment.data.stated import Stated
from assessment.diagnostics.model import CellPlace
from assessment.semantics.model import Input


@frozen(kw_only=True)
class Entry:
    """One cell as the value of one input, in one year, for one region. `number` orders raters."""

    spec: Input
    period: int
    region: str
    cell: Cell
    place: CellPlace
    at: At
    stated: Stated
    head: CellPlace
    head_at: At
    number: int = 0


@frozen(kw_only=True)
class Placed:
    """A cell and where it stands."""

    cell: Cell
    place: CellPlace
    at: At


@frozen(kw_only=True)
class RowEntry:
    """One row of ratings or events: its value and its fields by name; a field that is not there was not mentioned."""

    spec: Input
    period: int
    region: str
    value: Placed
    fields: Mapping[str, Placed]


@frozen(kw_only=True)
class RowMark:
    """A word on all rows of a region: that there are none, or why they are absent."""

    spec: Input
    period: int
    region: str
    absence: Absence | None
    place: Placed


@frozen(kw_only=True)
class RowSheet:
    """That a sheet holds the rows of an input; `period` is the year of rows that do not state one."""

    spec: Input
    period: int | None
    place: CellPlace
    at: At


@frozen(kw_only=True)
class Seen:
    """A region that has a row."""

    region: str
    place: CellPlace
    at: At


@frozen(kw_only=True)
class Spoiled:
    """What could not be read although it is there: an input, a region, or one value; None stands for any.

    `unnamed` is for a row whose region is not known: then `region` is the one that was probably meant, if any.
    """

    input: str | None = None
    period: int | None = None
    region: str | None = None
    unnamed: bool = False


@frozen(kw_only=True)
class Said:
    """What a row says of the data as a whole."""

    text: str


Event: TypeAlias = Entry | RowEntry | RowMark | RowSheet | Seen | Spoiled | Said | Found


@frozen(kw_only=True)
class Reader:
    """What the reading of rows depends on besides the table. `period` is that of undated values."""

    names: Names
    given: Mapping[str, Scale] = field(factory=dict)
    period: int | None = None
    periods: Collection[int] | None = None


@frozen(kw_only=True)
class DataRow:
    """A row of data by its number, its region and the year of its own, if it has one."""

    number: int
    region: str
    period: int | None
