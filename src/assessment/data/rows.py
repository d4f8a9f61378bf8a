"""The rows below the headings: which are data, of which region and year, and what they hold.

A table becomes a stream of events: entries (one cell for one input, year and region), regions as they are met, findings,
and what is *spoiled*, so that the consequences of an error are not reported again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from attrs import field, frozen

from assessment.data import words
from assessment.data.grid import At, Cell, Found, Merge, clipped
from assessment.data.headings import Heading, read_heading
from assessment.data.layout import Table, invisible_name, name_folded, skipped_row
from assessment.data.names import Names
from assessment.data.scale import Scale
from assessment.data.stated import Stated, stated_in_column, stated_in_row, unused_above
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Label, diagnostic
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


Event: TypeAlias = Entry | Seen | Spoiled | Said | Found


@frozen(kw_only=True)
class Reader:
    """What the reading of rows depends on besides the table. `period` is that of undated values."""

    names: Names
    given: Mapping[str, Scale] = field(factory=dict)
    period: int | None = None
    periods: Collection[int] | None = None


@frozen(kw_only=True)
class _Row:
    number: int
    region: str
    period: int | None


def events(table: Table, reader: Reader) -> Iterator[Event]:
    """Everything that a table says, in source order."""
    yield from (Said(text=label) for label in table.labels)
    yield from (Spoiled(input=spec.name) for spec in table.mistaken)
    if table.is_long:
        yield from _long(table, reader)
    else:
        yield from _wide(table, reader)


# Wide tables -----------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _Column:
    place: int
    heading: Heading
    spec: Input
    stated: Stated


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
            yield _double_column(table, first[key], place, spec)
            yield Spoiled(input=spec.name)
            continue
        first.setdefault(key, place)
        stated = stated_in_column(table, place, spec, reader.given)
        if isinstance(stated, Found):
            yield stated
            yield Spoiled(input=spec.name)
        else:
            columns.append(_Column(place=place, heading=heading, spec=spec, stated=stated))
    dated = [column for column in columns if column.heading.year is None or column.heading.year <= 0]
    if dated and table.period is None and reader.period is None:
        yield _no_period(table, table.header, dated[0].place)
        yield from (Spoiled(input=column.spec.name) for column in dated)
        columns = [column for column in columns if column not in dated]
    seen: dict[tuple[str, int | None], int] = {}
    bad_merges: set[Merge] = set()
    for event in _rows(table, reader):
        if not isinstance(event, _Row):
            yield event
            continue
        key_row = (event.region, event.period if table.period is not None else None)
        if key_row in seen:
            yield _double_region(table, seen[key_row], event)
            continue
        seen[key_row] = event.number
        for column in columns:
            yield from _wide_cell(table, reader, event, column, bad_merges)


def _wide_cell(
    table: Table, reader: Reader, row: _Row, column: _Column, bad_merges: set[Merge]
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
            yield _merged_value(table, merge)
        yield Spoiled(input=column.spec.name, period=period, region=row.region)
        return
    yield Entry(
        spec=column.spec,
        period=period,
        region=row.region,
        cell=cell,
        place=table.place(row.number, column.place),
        at=(table.sheet.index, row.number, column.place),
        stated=column.stated,
        head=table.place(table.header, column.place),
        head_at=(table.sheet.index, table.header, column.place),
        number=column.heading.number or 0,
    )


def _period(heading: Heading, row: _Row, reader: Reader) -> int | None:
    """The year of a cell: that of its heading, else that of its row, else that of undated values."""
    base = row.period if row.period is not None else reader.period
    if heading.year is None:
        return base
    if heading.year > 0:
        return heading.year
    return None if base is None else base + heading.year


# Long tables -----------------------------------------------------------------------------------------------


def _long(table: Table, reader: Reader) -> Iterator[Event]:
    assert table.indicator is not None and table.value is not None  # noqa: S101, PT018 - what a long table is
    unknown: set[str] = set()
    memo: dict[str, Heading] = {}
    used: dict[str, Input] = {}
    for event in _rows(table, reader):
        if not isinstance(event, _Row):
            yield event
            continue
        text = table.sheet.cell(event.number, table.indicator).text
        heading = memo.setdefault(text, read_heading(text, reader.names))
        if heading.input is None:
            if words.folded(text) not in unknown:
                yield from _unknown_indicator(table, event.number, table.indicator, heading, reader)
            unknown.add(words.folded(text))
            continue
        used[heading.input.name] = heading.input
        yield from _long_cell(table, reader, event, heading, heading.input, table.value)
    yield from unused_above(table, tuple(used.values()))


def _long_cell(
    table: Table, reader: Reader, row: _Row, heading: Heading, spec: Input, column: int
) -> Iterator[Event]:
    period = _period(heading, row, reader)
    if period is None:
        yield _no_period(table, row.number, column)
        yield Spoiled(input=spec.name, region=row.region)
        return
    if reader.periods is not None and period not in reader.periods:
        return
    stated = stated_in_row(table, row.number, spec, heading.unit, reader.given)
    if isinstance(stated, Found):
        yield stated
        yield Spoiled(input=spec.name, period=period, region=row.region)
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


def _unknown_indicator(
    table: Table, row: int, column: int, heading: Heading, reader: Reader
) -> Iterator[Event]:
    shown = clipped(heading.text)
    at, place = (table.sheet.index, row, column), table.place(row, column)
    near = reader.names.near_input(heading.base, reader.names.inputs) if heading.role == "unknown" else None
    if near is None:
        text = Text(
            en=f"rows of `{shown}` were skipped: it is no input of the rules",
            zh=f"`{shown}` 不是规则的数据项，其各行已跳过",
        )
        yield Found(at=at, diagnostic=diagnostic("data-skipped-row", text, place))
        return
    yield Spoiled(input=near.name)
    yield Found(
        at=at,
        diagnostic=diagnostic(
            "data-unknown-column",
            Text(en=f"the rules have no input `{shown}`", zh=f"规则中没有数据项 `{shown}`"),
            place,
            help=Text(
                en=f"did you mean `{near.title or near.name}`?", zh=f"是否应为 `{near.title or near.name}`？"
            ),
        ),
    )


# Which rows are data ---------------------------------------------------------------------------------------


def _rows(table: Table, reader: Reader) -> Iterator[_Row | Seen | Spoiled | Said | Found]:
    sheet, names = table.sheet, reader.names
    met: set[str] = set()
    for number in range(table.first, len(sheet.rows)):
        cells = sheet.rows[number]
        if all(cell.is_empty for cell in cells):
            continue
        region_cell = _resolved(table, number, table.region)
        text = region_cell.text.strip()
        lead = text or next(cell.text.strip() for cell in cells if not cell.is_empty)
        region = names.region(text) if text else None
        if region is None or names.open:
            aside = _aside(table, number, lead, has_region=bool(text), names=names)
            if aside is not None:
                whole = ", ".join(cell.text.strip() for cell in cells if not cell.is_empty)
                label = words.label_in(whole)
                if label is not None:
                    yield Said(text=label)
                yield skipped_row(sheet, number, whole, aside)
                continue
        at, place = (sheet.index, number, table.region), table.place(number, table.region)
        flaw = invisible_name(at, text, place) if text else None
        if flaw is not None:
            yield flaw
            yield Spoiled(unnamed=True)
            continue
        if region is None:
            yield from _unknown_region(table, number, text, names)
            continue
        if region not in met:
            met.add(region)
            yield Seen(region=region, place=place, at=at)
            if words.folds_more_than_width(text):
                yield name_folded(at, text, place)
        yield from _dated(table, number, region, reader)


def _dated(table: Table, number: int, region: str, reader: Reader) -> Iterator[_Row | Spoiled | Found]:
    """The row with its year, where it has a column for that."""
    if table.period is None:
        yield _Row(number=number, region=region, period=None)
        return
    cell = _resolved(table, number, table.period)
    period = year_of(cell)
    at = (table.sheet.index, number, table.period)
    if period is None:
        yield Spoiled(region=region)
        yield Found(
            at=at,
            diagnostic=diagnostic(
                "data-unknown-period",
                Text(en=f"`{clipped(cell.text)}` is not a year", zh=f"`{clipped(cell.text)}` 不是年度"),
                table.place(number, table.period),
                help=Text(en="write a year such as `2018`", zh="请写年度，例如 `2018`"),
            ),
        )
    elif reader.periods is not None and period not in reader.periods:
        what = Text(en=f"of {period}, a year not asked for", zh=f"未要求的年度（{period}）")
        yield skipped_row(table.sheet, number, f"{region} {period}", what)
    else:
        yield _Row(number=number, region=region, period=period)


_YEAR = re.compile(
    r"((?:19|20|21)[0-9]{2})(?:年度?|(?:-|/|\.)(?:12(?:-|/|\.)31|0?1(?:-|/|\.)0?1)(?:[T ]00:00:00)?)?"
)


def year_of(cell: Cell) -> int | None:
    """The year that a cell names: a number, `2018年`, or the first or last day of a year."""
    text = cell.text.translate({code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}).strip()
    if isinstance(cell.value, float) and cell.value.is_integer():
        text = str(int(cell.value))
    found = _YEAR.fullmatch(text) if cell.flaw in (None, "date") else None
    return int(found[1]) if found else None


def _resolved(table: Table, row: int, column: int) -> Cell:
    """The cell, or the one whose value a merged block shows there."""
    block = table.sheet.merge_at(row, column)
    if block is None or block.top < table.first:
        return table.sheet.cell(row, column)
    return table.sheet.cell(block.top, block.left)


def _aside(table: Table, row: int, lead: str, *, has_region: bool, names: Names) -> Text | None:
    """Why a row is no data: a total, a note, a title of a group, the headings again; None where it may be data."""
    word = words.folded(lead)
    if word in words.TOTALS:
        return Text(en="a total", zh="合计行")
    if words.is_footnote(lead):
        return Text(en="a note", zh="注释")
    filled = sum(not cell.is_empty for cell in table.sheet.rows[row])
    if word in names.group_titles:
        return (
            Text(en="the title of a group", zh="组别标题")
            if filled == 1
            else Text(en="a total of a group", zh="组别小计")
        )
    if has_region and word == words.folded(table.headings[table.region].text):
        return Text(en="the headings again", zh="重复的表头")
    if filled == 1 and len(lead) > 40:
        return Text(en="a note", zh="注释")
    return None


# What is wrong with a row ----------------------------------------------------------------------------------


def _unknown_region(table: Table, row: int, text: str, names: Names) -> Iterator[Found | Spoiled]:
    near = names.near_region(text) if text else None
    yield Spoiled(region=near, unnamed=True)
    message = (
        Text(en=f"the rules have no region `{clipped(text)}`", zh=f"规则中没有地区 `{clipped(text)}`")
        if text
        else Text(en="the row has values but names no region", zh="该行有数值而没有地区名")
    )
    yield Found(
        at=(table.sheet.index, row, table.region),
        diagnostic=diagnostic(
            "data-unknown-region",
            message,
            table.place(row, table.region),
            help=Text(en=f"did you mean `{near}`?", zh=f"是否应为 `{near}`？")
            if near is not None
            else Text(
                en="name a region of the rules, or give the name as an alias",
                zh="请写规则中的地区名，或将该名称设为别名",
            ),
        ),
    )


def _double_region(table: Table, first: int, row: _Row) -> Found:
    year = "" if table.period is None or row.period is None else str(row.period)
    return Found(
        at=(table.sheet.index, row.number, table.region),
        diagnostic=diagnostic(
            "data-duplicate-region",
            Text(
                en=f"`{row.region}` has a second row{f' for {year}' if year else ''}",
                zh=f"`{row.region}` {f'{year} 年' if year else ''}有第二行数据",
            ),
            Label(place=table.place(row.number, table.region)),
            Label(
                place=table.place(first, table.region),
                text=Text(en="the first row", zh="第一行在此"),
                primary=False,
            ),
            help=Text(en="keep one row for each region and year", zh="每个地区每个年度只保留一行"),
        ),
    )


def _double_column(table: Table, first: int, place: int, spec: Input) -> Found:
    called = spec.title or spec.name
    return Found(
        at=(table.sheet.index, table.header, place),
        diagnostic=diagnostic(
            "data-duplicate-column",
            Text(en=f"`{called}` has a second column", zh=f"`{called}` 有第二列"),
            Label(place=table.place(table.header, place)),
            Label(
                place=table.place(table.header, first),
                text=Text(en="the first column", zh="第一列在此"),
                primary=False,
            ),
            help=Text(
                en="keep one column, or put the year into each heading",
                zh="请只保留一列，或在各列表头注明年度",
            ),
        ),
    )


def _no_period(table: Table, row: int, column: int) -> Found:
    return Found(
        at=(table.sheet.index, row, column),
        diagnostic=diagnostic(
            "data-no-period",
            Text(en="nothing says of which year the values are", zh="未注明数值所属的年度"),
            table.place(row, column),
            help=Text(
                en="add a column `year`, put the year into the headings, or give it as `period`",
                zh="请增加 `年度` 列，或在表头写明年度，或以参数 `period` 给出",
            ),
        ),
    )


def _merged_value(table: Table, block: Merge) -> Found:
    return Found(
        at=(table.sheet.index, block.top, block.left),
        diagnostic=diagnostic(
            "data-merged-cell",
            Text(
                en=f"the cells {block.text} are merged, so it is not clear whose value they hold",
                zh=f"单元格 {block.text} 合并，无法判断数值属于谁",
            ),
            table.sheet.place(block.top, block.left),
            help=Text(en="split the cells and fill in each one", zh="请拆分单元格并逐格填写"),
        ),
    )
