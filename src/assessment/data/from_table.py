"""A table → a stream of events, in source order.

Entries are one cell each, for one input, year and region; with them come the regions as they are met, findings, and what
is *spoiled*, so that the consequences of an error are not reported again.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from assessment.data import words
from assessment.data.entries import DataRow, Entry, Event, Placed, Reader, Said, Spoiled
from assessment.data.grid import Found, Merge
from assessment.data.headings import Heading, read_heading
from assessment.data.row_findings import (
    double_column,
    double_region,
    merged_value,
    no_period,
    unknown_indicator,
)
from assessment.data.row_tables import rows_of_cell
from assessment.data.rows import data_rows
from assessment.data.stated import Stated, stated_in_column, stated_in_row, unused_above
from assessment.data.table import Table
from assessment.diagnostics.model import CellPlace
from assessment.semantics.model import Input


def events(table: Table, reader: Reader) -> Iterator[Event]:
    """Everything that a table says, in source order."""
    yield from (Said(text=label) for label in table.labels)
    yield from (Spoiled(input=spec.name) for spec in table.mistaken)
    if table.indicator is not None and table.value is not None:
        yield from _long(table, reader, table.indicator, table.value)
    else:
        yield from _wide(table, reader)


@frozen(kw_only=True)
class _Column:
    place: int
    heading: Heading
    spec: Input
    stated: Stated
    head: CellPlace


def _wide(table: Table, reader: Reader) -> Iterator[Event]:
    specs = tuple(spec for place in table.inputs if (spec := table.headings[place].input) is not None)
    yield from unused_above(table, specs)
    columns: list[_Column] = []
    first: dict[tuple[str, int | None], int] = {}
    for place in table.inputs:
        heading = table.headings[place]
        spec = heading.input
        if spec is None:
            continue
        key = (spec.name, heading.year)
        if key in first and spec.form not in ("ratings", "events"):
            yield double_column(table, first[key], place, spec)
            yield Spoiled(input=spec.name)
            continue
        first.setdefault(key, place)
        stated = stated_in_column(table, place, spec, reader.given)
        if isinstance(stated, Found):
            yield stated
            yield Spoiled(input=spec.name)
        else:
            head = table.place(table.header, place)
            columns.append(_Column(place=place, heading=heading, spec=spec, stated=stated, head=head))
    dated = [column for column in columns if column.heading.year is None or column.heading.year <= 0]
    if dated and table.period is None and reader.period is None:
        yield no_period(table, table.header, dated[0].place)
        yield from (Spoiled(input=column.spec.name) for column in dated)
        columns = [column for column in columns if column not in dated]
    seen: dict[tuple[str, int | None], int] = {}
    bad_merges: set[Merge] = set()
    for event in data_rows(table, reader):
        if not isinstance(event, DataRow):
            yield event
            continue
        key_row = (event.region, event.period if table.period is not None else None)
        if key_row in seen:
            yield double_region(table, seen[key_row], event)
            continue
        seen[key_row] = event.number
        for column in columns:
            yield from _wide_cell(table, reader, event, column, bad_merges)


def _wide_cell(
    table: Table, reader: Reader, row: DataRow, column: _Column, bad_merges: set[Merge]
) -> Iterator[Event]:
    cell = table.sheet.cell(row.number, column.place)
    if table.sheet.sparse and cell.value is None and cell.flaw is None and not cell.text:
        return
    period = _period(column.heading, row, reader)
    if period is None or (reader.periods is not None and period not in reader.periods):
        return
    merge = table.sheet.merge_at(row.number, column.place)
    if merge is not None:
        if merge not in bad_merges:
            bad_merges.add(merge)
            yield merged_value(table, merge)
        yield Spoiled(input=column.spec.name, period=period, region=row.region)
        return
    if column.spec.in_rows:
        placed = Placed(
            cell=cell,
            place=table.place(row.number, column.place),
            at=(table.sheet.index, row.number, column.place),
        )
        yield from rows_of_cell(column.spec, period, row.region, placed)
        return
    yield Entry(
        spec=column.spec,
        period=period,
        region=row.region,
        cell=cell,
        place=table.place(row.number, column.place),
        at=(table.sheet.index, row.number, column.place),
        stated=column.stated,
        head=column.head,
        head_at=(table.sheet.index, table.header, column.place),
        number=column.heading.number or 0,
    )


def _period(heading: Heading, row: DataRow, reader: Reader) -> int | None:
    """The year of a cell: that of its heading, else that of its row, else that of undated values."""
    base = row.period if row.period is not None else reader.period
    if heading.year is None:
        return base
    if heading.year > 0:
        return heading.year
    return None if base is None else base + heading.year


def _long(table: Table, reader: Reader, indicator: int, value: int) -> Iterator[Event]:
    """The events of a table whose rows name their input in the column `indicator` and give it in `value`."""
    unknown: set[str] = set()
    memo: dict[str, Heading] = {}
    used: dict[str, Input] = {}
    for event in data_rows(table, reader):
        if not isinstance(event, DataRow):
            yield event
            continue
        text = table.sheet.cell(event.number, indicator).text
        heading = memo.setdefault(text, read_heading(text, reader.names))
        if heading.input is None:
            if words.folded(text) not in unknown:
                yield from unknown_indicator(table, event.number, indicator, heading, reader)
            unknown.add(words.folded(text))
            continue
        used[heading.input.name] = heading.input
        yield from _long_cell(table, reader, event, heading, heading.input, value)
    yield from unused_above(table, tuple(used.values()))


def _long_cell(
    table: Table, reader: Reader, row: DataRow, heading: Heading, spec: Input, column: int
) -> Iterator[Event]:
    period = _period(heading, row, reader)
    if period is None:
        yield no_period(table, row.number, column)
        yield Spoiled(input=spec.name, region=row.region)
        return
    if reader.periods is not None and period not in reader.periods:
        return
    stated = stated_in_row(table, row.number, spec, heading.unit, reader.given)
    if isinstance(stated, Found):
        yield stated
        yield Spoiled(input=spec.name, period=period, region=row.region)
        return
    if spec.in_rows:
        placed = Placed(
            cell=table.sheet.cell(row.number, column),
            place=table.place(row.number, column),
            at=(table.sheet.index, row.number, column),
        )
        yield from rows_of_cell(spec, period, row.region, placed)
        return
    yield Entry(
        spec=spec,
        period=period,
        region=row.region,
        cell=table.sheet.cell(row.number, column),
        place=table.place(row.number, column),
        at=(table.sheet.index, row.number, column),
        stated=stated,
        head=table.place(table.header, column),
        head_at=(table.sheet.index, table.header, column),
        number=heading.number or 0,
    )
