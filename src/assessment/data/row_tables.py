"""A sheet with one rating or event a row → its layout, and the events that its rows give.

Such a sheet has a column of regions, perhaps one of years, the value (a level or a score) and the fields that the rules
declare. It is known by its name, by what it was given as, or by its headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, field, frozen

from assessment.core.absence import Absence
from assessment.data import words
from assessment.data.entries import DataRow, Event, Placed, Reader, RowEntry, RowMark, RowSheet, Said, Spoiled
from assessment.data.grid import Cell, Found, Sheet, clipped
from assessment.data.headings import Heading, Role, role_of
from assessment.data.layout import region_column, searched, titles_above
from assessment.data.layout_findings import no_headings, no_region, skipped_column
from assessment.data.names import Names
from assessment.data.row_findings import no_period
from assessment.data.rows import data_rows
from assessment.data.table import Table
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, diagnostic
from assessment.semantics.model import Input

VALUE = ""
"""What the column of the value itself is called among the fields."""


@frozen(kw_only=True)
class RowTable:
    """A sheet of rows of one input: `columns` are the places of the value (under `VALUE`) and of the fields."""

    spec: Input
    table: Table
    columns: Mapping[str, int] = field(repr=False)


def row_input_of(sheet: Sheet, names: Names) -> Input | None:
    """The input whose rows a sheet of a workbook holds: by the name of the sheet, else by its headings."""
    given = [spec for spec in names.inputs if spec.in_rows]
    if sheet.name is not None:
        for spec in given:
            if words.folded(sheet.name) in {words.folded(text) for text in _called(spec)}:
                return spec
    fitting = [
        spec
        for spec in given
        if any(
            VALUE in columns and len(columns) > 1
            for columns in (_columns([cell.text for cell in row], spec) for row in searched(sheet.rows))
        )
    ]
    return fitting[0] if len(fitting) == 1 else None


def recognise_rows(sheet: Sheet, names: Names, spec: Input) -> tuple[RowTable | None, tuple[Found, ...]]:
    """The layout of a sheet of rows; None, with what is wrong, where it lacks headings or columns."""
    best: tuple[int, int] = (0, 0)
    for place, row in enumerate(sheet.rows[:1] if sheet.headed else searched(sheet.rows)):
        texts = [cell.text for cell in row]
        score = len(_columns(texts, spec)) + any(role_of(text) == "region" for text in texts)
        if score > best[0]:
            best = (score, place)
    if best[0] == 0:
        return None, (no_headings(sheet),)
    header = best[1]
    texts = [cell.text for cell in sheet.rows[header]]
    columns = _columns(texts, spec)
    used = set(columns.values())
    headings = tuple(
        Heading(text=text.strip(), role="input" if place in used else _role(text), base=text.strip())
        for place, text in enumerate(texts)
    ) + (Heading(text="", role="blank"),) * (sheet.width - len(texts))
    region = region_column(sheet, header, headings, names)
    if region is None:
        return None, (no_region(sheet, header),)
    above, found = titles_above(sheet, header)
    period = next((place for place, one in enumerate(headings) if one.role == "period"), None)
    table = evolve(above, headings=headings, region=region, period=period)
    lacking = [
        called
        for name, called in (
            (VALUE, spec.title or spec.name),
            *((one.name, one.title) for one in spec.fields),
        )
        if name not in columns
    ]
    found += [_missing_column(table, called, spec) for called in lacking]
    found += [
        skipped_column(table, place)
        for place, heading in enumerate(headings)
        if place not in used and place not in (region, period) and heading.role != "blank"
    ]
    if lacking:
        return None, tuple(found)
    return RowTable(spec=spec, table=table, columns=columns), tuple(found)


def row_events(rows: RowTable, reader: Reader) -> Iterator[Event]:
    """Everything that a sheet of rows says, in source order."""
    table, spec = rows.table, rows.spec
    yield from (Said(text=label) for label in table.labels)
    whole = CellPlace(file=table.sheet.file, sheet=table.sheet.name)
    yield RowSheet(spec=spec, period=reader.period, place=whole, at=(table.sheet.index, table.header, -1))
    for event in data_rows(table, reader):
        if not isinstance(event, DataRow):
            yield event
            continue
        period = reader.period if event.period is None else event.period
        if period is None:
            yield no_period(table, event.number, table.region)
            yield Spoiled(input=spec.name, region=event.region)
            return
        cells = {
            name: Placed(
                cell=table.sheet.cell(event.number, column),
                place=table.place(event.number, column),
                at=(table.sheet.index, event.number, column),
            )
            for name, column in rows.columns.items()
        }
        value = cells.pop(VALUE)
        yield RowEntry(spec=spec, period=period, region=event.region, value=value, fields=cells)


def rows_of_cell(spec: Input, period: int, region: str, where: Placed) -> Iterator[Event]:
    """The rows that one cell of a mapping lists, or what it says of all of them."""
    cell = where.cell
    if cell.rows is None:
        empty = isinstance(cell.value, tuple) and not cell.value
        nothing = empty or words.folded(cell.text[:20]) in words.NOTHING | {"0"}
        absence = None if nothing else _absence(cell)
        if nothing or absence is not None:
            yield RowMark(spec=spec, period=period, region=region, absence=absence, place=where)
            return
        yield Spoiled(input=spec.name, period=period, region=region)
        yield _inline(spec, where)
        return
    for row in cell.rows:
        columns = {_column(name, spec, generic=True): one for name, one in row.items()}
        unknown = [name for name in row if _column(name, spec, generic=True) is None]
        if unknown:
            yield _unknown_field(spec, unknown[0], where)
        fields = {
            name: Placed(cell=one, place=where.place, at=where.at)
            for name, one in columns.items()
            if name is not None
        }
        value = fields.pop(VALUE, Placed(cell=Cell(), place=where.place, at=where.at))
        yield RowEntry(spec=spec, period=period, region=region, value=value, fields=fields)


def _absence(cell: Cell) -> Absence | None:
    if isinstance(cell.value, Absence):
        return cell.value
    return Absence.NOT_REPORTED if cell.is_empty else words.absence_of(cell.text)


def _called(spec: Input) -> tuple[str, ...]:
    return tuple(text for text in (spec.name, spec.title, *spec.aliases) if text)


def _columns(texts: list[str], spec: Input) -> dict[str, int]:
    """The first column of each name: the value and the fields by their own names, then the value by a usual word."""
    found: dict[str, int] = {}
    for generic in (False, True):
        for place, text in enumerate(texts):
            name = _column(text, spec, generic=generic)
            if name is not None and place not in found.values():
                found.setdefault(name, place)
    return found


def _column(text: str, spec: Input, *, generic: bool) -> str | None:
    word = words.folded(text[:120])
    if not word:
        return None
    if word in {words.folded(called) for called in _called(spec)}:
        return VALUE
    for one in spec.fields:
        if word in {words.folded(called) for called in _called(one)}:
            return one.name
    usual = words.LEVEL_HEADINGS if spec.form == "events" else words.RATING_HEADINGS
    return VALUE if generic and word in usual else None


def _role(text: str) -> Role:
    return "blank" if not text.strip() else role_of(text)


def _missing_column(table: Table, called: str, spec: Input) -> Found:
    return Found(
        at=(table.sheet.index, table.header, -1),
        diagnostic=diagnostic(
            "data-missing-column",
            Text(
                en=f"the rows of `{spec.title or spec.name}` have no column `{called}`",
                zh=f"`{spec.title or spec.name}` 的各行没有 `{called}` 列",
            ),
            table.sheet.place(table.header),
            help=Text(en="add the column; its cells may be empty", zh="请增加该列，单元格可以为空"),
        ),
    )


def _inline(spec: Input, where: Placed) -> Found:
    return Found(
        at=where.at,
        diagnostic=diagnostic(
            "data-rows-needed",
            Text(
                en=f"`{spec.title or spec.name}` is given in rows of its own, not as `{clipped(where.cell.text)}`",
                zh=f"`{spec.title or spec.name}` 应逐行给出，不能写作 `{clipped(where.cell.text)}`",
            ),
            where.place,
            help=Text(
                en="give a sheet with one row for each, or a list of mappings; here only `none` or an absence can stand",
                zh="请另给一张每项一行的表，或映射的列表；此处只能写“无”或缺失",
            ),
        ),
    )


def _unknown_field(spec: Input, name: str, where: Placed) -> Found:
    known = ", ".join(f"`{one.name}`" for one in spec.fields)
    return Found(
        at=where.at,
        diagnostic=diagnostic(
            "data-unknown-column",
            Text(
                en=f"the rows of `{spec.name}` have no field `{clipped(name)}`",
                zh=f"`{spec.name}` 的各行没有字段 `{clipped(name)}`",
            ),
            where.place,
            help=Text(
                en=f"a row has its value under `{spec.name}`" + (f" and the fields {known}" if known else ""),
                zh=f"每行的值写在 `{spec.name}` 之下" + (f"，字段有 {known}" if known else ""),
            ),
        ),
    )
