"""Which rows below the headings are data, and of which region and year.

Totals, notes, titles of groups and repeated headings are named as skipped; a row whose region or year cannot be told is
an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assessment.data import words
from assessment.data.entries import DataRow, Reader, Said, Seen, Spoiled
from assessment.data.grid import Cell, Found, clipped
from assessment.data.layout_findings import invisible_name, name_folded, skipped_row
from assessment.data.names import Names
from assessment.data.row_findings import unknown_region
from assessment.data.table import Table
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import diagnostic


def data_rows(table: Table, reader: Reader) -> Iterator[DataRow | Seen | Spoiled | Said | Found]:
    """The rows of data in order, with regions as they are first met, findings, and what is spoiled."""
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
            yield from unknown_region(table, number, text, names)
            continue
        if region not in met:
            met.add(region)
            yield Seen(region=region, place=place, at=at)
            if words.folds_more_than_width(text):
                yield name_folded(at, text, place)
        yield from _dated(table, number, region, reader)


def _dated(table: Table, number: int, region: str, reader: Reader) -> Iterator[DataRow | Spoiled | Found]:
    """The row with its year, where it has a column for that."""
    if table.period is None:
        yield DataRow(number=number, region=region, period=None)
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
        yield DataRow(number=number, region=region, period=period)


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
