"""Reading regional data: the whole path from a source to `Data`, on one screen.

source → sheets (`text_tables`, `workbooks`, `frames`, `mappings`) → tables (`layout`) → entries (`rows`, `stated`) →
observations (`values`, `gather`) → what is missing (`requirements`) → `Data`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from attrs import evolve

from assessment.data.entries import Reader
from assessment.data.from_table import events
from assessment.data.gather import Gathered, gather
from assessment.data.grid import BEFORE_ALL, Found, Sheet, clipped, ordered
from assessment.data.headings import year_in
from assessment.data.layout import recognise, recognition
from assessment.data.model import Data
from assessment.data.names import Names, names_of
from assessment.data.requirements import Required, left_out, missing
from assessment.data.row_tables import RowTable, recognise_rows, row_events, row_input_of
from assessment.data.sources import DataSource, open_source
from assessment.data.stated import units_by_input
from assessment.data.table import Table
from assessment.data.text_tables import undecoded_headings
from assessment.data.workbooks import skipped_sheet
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.codes import Severity
from assessment.diagnostics.model import CellPlace, Diagnostic, diagnostic
from assessment.semantics.model import CheckedRules, Input

__all__ = ["DataSource", "read"]

_NOT_A_TABLE = {"data-no-region-column", "data-missing-column", "data-empty"}


def read(
    source: DataSource,
    rules: CheckedRules,
    *,
    period: int | None = None,
    periods: Collection[int] | None = None,
    units: Mapping[str, str] | None = None,
    encoding: str | None = None,
    sheet: str | Sequence[str] | None = None,
    regions: Mapping[str, str] | None = None,
    rows: Mapping[str, DataSource] | None = None,
    required: Required | None = None,
) -> tuple[Data | None, tuple[Diagnostic, ...]]:
    """The data of a source, checked against the rules, and everything there is to say about them.

    `source` is a path, the bytes or (with a line break in it) the text of a table, a data frame of pandas, polars or
    Arrow, or a mapping `{region: {input: value}}`, or one of those for each period. Data are None where anything is an
    error; all findings come in source order, notes on skipped rows among them.

    `period` is the year of values that do not state one: it yields to years in headings, rows and names of sheets, and
    stands before the year of the titles and that of the rules. `periods` limits which years are read. `units` gives the
    unit of an input in the data, over anything the data state. `sheet` names the sheets of a workbook to read, otherwise
    all visible ones that hold a table. `regions` are more aliases. `rows` gives sources of their own for inputs whose
    ratings or events stand one in a row; in a workbook they may be sheets beside the others. `required` tells for each group what must be there;
    without it nothing must.
    Errors: `MissingExtra` for a workbook without openpyxl; mistakes in the data are never raised.
    """
    names, lost = names_of(rules, regions or {})
    given, unit_findings = units_by_input(units or {}, names)
    findings = [*(_lost_alias(name, names) for name in lost), *unit_findings]
    wanted = (sheet,) if isinstance(sheet, str) else sheet
    opened = open_source(source, lambda rows: recognition(rows, names), encoding, wanted)
    findings += opened.found
    beside = tuple(sheet for sheet in opened.sheets if row_input_of(sheet, names) is not None)
    main = tuple(sheet for sheet in opened.sheets if sheet not in beside)
    tables, found = _tables(main, names, all_wanted=wanted is not None)
    row_tables, more = _row_tables(beside, rows or {}, names, encoding)
    found += more
    findings += found
    if names.open:
        every = (*tables, *(one.table for one in row_tables))
        names = names.with_met(text for table in every for text in table.region_texts())
    default = rules.year if period is None else period

    def reader(table: Table) -> Reader:
        undated = _undated(table, period, default)
        return Reader(names=names, given=given, period=undated, periods=periods)

    gathered = gather(
        chain(
            chain.from_iterable(events(table, reader(table)) for table in tables),
            chain.from_iterable(row_events(one, reader(one.table)) for one in row_tables),
        ),
        names,
    )
    findings += gathered.found
    whole = CellPlace(file=opened.file)
    broken = any(one.diagnostic.severity is Severity.ERROR for one in (*opened.found, *found))
    findings += _wanting(gathered, names, required, whole, broken=broken, read=bool(tables))
    diagnostics = ordered(findings)
    if any(one.severity is Severity.ERROR for one in diagnostics):
        return None, diagnostics
    return _data(gathered, names, opened.name, diagnostics), diagnostics


# Tables ----------------------------------------------------------------------------------------------------


def _tables(
    sheets: Sequence[Sheet], names: Names, *, all_wanted: bool
) -> tuple[tuple[Table, ...], tuple[Found, ...]]:
    """The sheets that hold a table; the others are named as skipped, if any does."""
    results = [(sheet, *_recognised(sheet, names)) for sheet in sheets]
    tables = tuple(table for _, table, _ in results if table is not None)
    found: list[Found] = []
    for sheet, table, ones in results:
        errors = {one.diagnostic.code for one in ones if one.diagnostic.severity is Severity.ERROR}
        if table is None and tables and not all_wanted and errors <= _NOT_A_TABLE:
            why = Text(en="not a table of the rules' inputs", zh="不是规则数据项的表格")
            found.append(skipped_sheet(sheet.index, sheet.file, sheet.name, why))
        elif table is None and sheet.guessed is not None and errors <= _NOT_A_TABLE:
            found.append(undecoded_headings(sheet.file))
        else:
            found += ones
            found += _guessed(sheet)
    return tables, tuple(found)


def _row_tables(
    beside: Sequence[Sheet], given: Mapping[str, DataSource], names: Names, encoding: str | None
) -> tuple[tuple[RowTable, ...], tuple[Found, ...]]:
    """The sheets of rows: those beside the others in a workbook, and the sources given for inputs by name."""
    found: list[Found] = []
    sheets: list[tuple[Input, Sheet]] = []
    for sheet in beside:
        spec = row_input_of(sheet, names)
        if spec is not None:
            sheets.append((spec, sheet))
    for number, (name, source) in enumerate(given.items(), start=1):
        spec = names.input(name)
        if spec is None or not spec.in_rows:
            found.append(_no_row_input(name, spec, names))
            continue
        opened = open_source(source, lambda rows: recognition(rows, names), encoding, None)
        # Places in the order of what was given: no sheet of one source is a sheet of another.
        sheets += [(spec, evolve(sheet, index=1000 * number + sheet.index)) for sheet in opened.sheets]
        found += opened.found
    tables: list[RowTable] = []
    for spec, sheet in sheets:
        table, more = recognise_rows(sheet, names, spec)
        found += more
        if table is not None:
            tables.append(table)
    return tuple(tables), tuple(found)


def _no_row_input(name: str, spec: Input | None, names: Names) -> Found:
    known = ", ".join(f"`{one.name}`" for one in names.inputs if one.in_rows)
    text = (
        Text(en=f"the rules have no input `{clipped(name)}`", zh=f"规则中没有数据项 `{clipped(name)}`")
        if spec is None
        else Text(
            en=f"`{spec.name}` is not given in rows of its own: it declares no fields",
            zh=f"`{spec.name}` 不是逐行给出的数据：没有声明字段",
        )
    )
    help = Text(en=f"rows are read for {known}", zh=f"逐行读取的数据有 {known}") if known else None
    return Found(at=BEFORE_ALL, diagnostic=diagnostic("data-unknown-column", text, help=help))


def _recognised(sheet: Sheet, names: Names) -> tuple[Table | None, tuple[Found, ...]]:
    if all(cell.is_empty for row in sheet.rows for cell in row):
        text = Text(en="there is nothing in the data", zh="数据为空")
        place = CellPlace(file=sheet.file, sheet=sheet.name)
        return None, (Found(at=(sheet.index, -1, -1), diagnostic=diagnostic("data-empty", text, place)),)
    return recognise(sheet, names)


def _guessed(sheet: Sheet) -> Iterator[Found]:
    if sheet.guessed is not None:
        text = Text(
            en=f"the text is not UTF-8 and was read as {sheet.guessed}",
            zh=f"文本不是 UTF-8 编码，按 {sheet.guessed} 读取",
        )
        yield Found(
            at=BEFORE_ALL, diagnostic=diagnostic("data-encoding-tried", text, CellPlace(file=sheet.file))
        )


def _undated(table: Table, period: int | None, default: int | None) -> int | None:
    """The year of values of a table that do not state one."""
    named = year_in(table.sheet.name) if table.sheet.name else None
    if named is not None:
        return named
    return table.year if period is None and table.year is not None else default


# The whole -------------------------------------------------------------------------------------------------


def _wanting(
    gathered: Gathered,
    names: Names,
    required: Required | None,
    whole: CellPlace,
    *,
    broken: bool,
    read: bool,
) -> Iterator[Found]:
    """What the data lack as a whole, unless a part of them could not be read at all."""
    if broken:
        return
    if not gathered.seen:
        if read and not any(one.unnamed for one in gathered.spoiled):
            text = Text(en="no row below the headings names a region", zh="表头以下没有一行写有地区")
            yield Found(at=(0, 0, -1), diagnostic=diagnostic("data-empty", text, whole))
        return
    if required is not None:
        yield from missing(gathered, names, required, whole)
    yield from left_out(gathered, names, required, whole)


def _data(gathered: Gathered, names: Names, source: str, remarks: tuple[Diagnostic, ...]) -> Data:
    return Data(
        regions=tuple(gathered.seen),
        group_by_region={region: names.group_by_region.get(region) for region in gathered.seen},
        periods=tuple(sorted({period for _, period, _ in gathered.observations})),
        observations=gathered.observations,
        source=source,
        labels=gathered.labels,
        remarks=remarks,
    )


def _lost_alias(name: str, names: Names) -> Found:
    near = names.near_region(name)
    text = Text(
        en=f"an alias is given for `{clipped(name)}`, which is no region of the rules",
        zh=f"为 `{clipped(name)}` 设了别名，但规则中没有该地区",
    )
    help = None if near is None else Text(en=f"did you mean `{near}`?", zh=f"是否应为 `{near}`？")
    return Found(at=BEFORE_ALL, diagnostic=diagnostic("data-unknown-region", text, help=help))
