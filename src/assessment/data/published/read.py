"""Reading a published table: regions in rows, figures of the rules in columns, every cell with its origin.

source → sheets (`sources`) → headings and columns (`layout`) → rows and cells → `Published`. The same table may be spread
over several sheets; a figure that two of them give must be the same in both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from assessment.data import words
from assessment.data.grid import Found, Sheet, ordered
from assessment.data.headings import year_in
from assessment.data.layout import searched
from assessment.data.published import findings
from assessment.data.published.cells import read_figure, unit_of
from assessment.data.published.headings import Header, Heading, figure_names, heading_key, score_of
from assessment.data.published.kept import kept_in
from assessment.data.published.layout import (
    Columns,
    Wanted,
    columns_of,
    header_of,
    region_column,
    shared_headings,
)
from assessment.data.published.model import Figure, Published, PublishedFigure, Regions
from assessment.data.readings import Flaw
from assessment.data.sources import DataSource, Opened, Recognition, open_source
from assessment.diagnostics.codes import Severity
from assessment.diagnostics.model import Diagnostic

__all__ = ["read_published"]

_Gathered = dict[tuple[Figure, str], PublishedFigure]


def read_published(
    source: DataSource,
    figures: Sequence[Figure],
    *,
    regions: Regions,
    period: int,
    inputs: Collection[str] = (),
    columns: Mapping[str, str] | None = None,
    sheet: str | Sequence[str] | None = None,
    encoding: str | None = None,
) -> tuple[Published | None, tuple[Diagnostic, ...]]:
    """The published figures of a source, and everything there is to say about them; None where anything is an error.

    `columns` says which figure a heading gives where its text does not: `{"得分（公布）": "total"}`. `inputs` are names and
    titles of inputs, whose columns may stand in the same table.
    """
    names = figure_names(figures)
    meant = {heading: names.find(figure) for heading, figure in (columns or {}).items()}
    found = [
        findings.no_such_figure(figure, names)
        for heading, figure in (columns or {}).items()
        if meant[heading] is None
    ]
    wanted = Wanted(
        names=names,
        regions=regions,
        period=period,
        inputs=frozenset(map(words.loose, inputs)),
        chosen={heading_key(heading): one for heading, one in meant.items() if one is not None},
    )
    sheets = (sheet,) if isinstance(sheet, str) else sheet

    def recognised(rows: Sequence[Sequence[str]]) -> int:
        return max((score_of(row, names, wanted.chosen) for row in searched(rows)), default=0)

    opened = _opened(source, recognised, encoding, sheets, period)
    found += opened.found
    headed = [(one, header_of(one, wanted)) for one in opened.sheets]
    tables = [_table(one, header, wanted) for one, header in headed if header is not None]
    if not tables and opened.sheets:
        found.append(findings.no_headings(opened.sheets[0], names))
    elif tables:
        found += [findings.skipped_sheet(one, findings.NO_TABLE) for one, header in headed if header is None]
    gathered: _Gathered = {}
    others_hold = sheets is None and any(one.rows and one.foreign is None for one in tables)
    for table in tables:
        if others_hold and not table.rows and table.years:
            found.append(findings.skipped_sheet(table.sheet, findings.of_years(sorted(table.years))))
        elif others_hold and not table.rows and table.foreign is not None:
            found.append(findings.skipped_sheet(table.sheet, findings.NO_REGION_KNOWN))
        elif table.foreign is not None:
            found.append(table.foreign)
        else:
            found += _read(table, wanted, gathered)
    found += _unused_choices(wanted, [one for table in tables for one in table.header.headings])
    if not gathered and not _has_error(found):
        found.append(findings.nothing_published(opened.file))
    diagnostics = ordered(found)
    if any(one.severity is Severity.ERROR for one in diagnostics):
        return None, diagnostics
    return Published(figures=tuple(gathered.values()), source=opened.name, remarks=diagnostics), diagnostics


def _opened(
    source: DataSource,
    recognised: Recognition,
    encoding: str | None,
    sheets: Sequence[str] | None,
    period: int,
) -> Opened:
    """The sheets of a source; of results that are kept as JSON the year that is assessed, where it is there."""
    kept = kept_in(source)
    if kept is None:
        return open_source(source, recognised, encoding, sheets)
    if kept.found:
        return Opened(found=kept.found, file=kept.name, name=kept.name)
    year = str(period)
    by_period = {year: kept.by_period[year]} if year in kept.by_period else kept.by_period
    opened = open_source(by_period, recognised, encoding, None)
    return evolve(opened, sheets=tuple(evolve(one, file=kept.name) for one in opened.sheets), name=kept.name)


def _has_error(found: Iterable[Found]) -> bool:
    return any(one.diagnostic.severity is Severity.ERROR for one in found)


def _unused_choices(wanted: Wanted, headings: Sequence[Heading]) -> Iterator[Found]:
    texts = {heading_key(heading.text): heading.text for heading in headings}
    for key, figure in wanted.chosen.items():
        if headings and key not in texts:
            yield findings.unused_choice(key, figure, [*texts.values()])


# ── one sheet ────────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class _Table:
    """A sheet with its headings, and which row is of which region.

    `strangers` are rows with figures of what is no assessed region; `foreign` is there where these are nearly all.
    """

    sheet: Sheet
    header: Header
    region: int | None
    columns: Columns
    rows: Mapping[str, int]
    again: Mapping[int, tuple[str, int]]
    strangers: Mapping[int, str]
    skipped: Mapping[int, str]
    years: frozenset[int]
    foreign: Found | None


def _table(sheet: Sheet, header: Header, wanted: Wanted) -> _Table:
    region = region_column(sheet, header, wanted.regions)
    columns = (
        Columns(figures={}, strange=(), found=())
        if region is None
        else columns_of(sheet, header, region, wanted)
    )
    rows: dict[str, int] = {}
    again: dict[int, tuple[str, int]] = {}
    strangers: dict[int, str] = {}
    skipped: dict[int, str] = {}
    years: set[int] = set()
    period = header.first("period")
    of_sheet = _year_of(sheet, header)
    for at in range(header.row + 1, len(sheet.rows)) if region is not None else ():
        name = sheet.cell(at, region).text.strip() if region is not None else ""
        known = wanted.regions.assessed.get(words.folded(name))
        stated = None if period is None else re.search(r"(?:19|20|21)[0-9]{2}", sheet.cell(at, period).text)
        year = of_sheet if stated is None else int(stated[0])
        if year not in (None, wanted.period):
            years.add(year)
        elif known is None:
            filled = any(not sheet.cell(at, place).is_empty for place in columns.figures)
            if filled and not _is_aside(name, wanted.regions):
                strangers[at] = name
            elif name:
                skipped[at] = name
        elif known in rows:
            again[at] = (known, rows[known])
        else:
            rows[known] = at
    foreign = None
    if _hardly_any(len(rows), len(strangers)):
        names = [name for name in strangers.values() if name]
        foreign = findings.other_regions(sheet, header, names or ["—"], len(rows), wanted.regions)
    elif _hardly_any(len(columns.figures), len(columns.strange), share=2):
        foreign = findings.other_figures(sheet, header, columns.strange, len(columns.figures), wanted.names)
    return _Table(
        sheet=sheet,
        header=header,
        region=region,
        columns=columns,
        rows=rows,
        again=again,
        strangers=strangers,
        skipped=skipped,
        years=frozenset(years),
        foreign=foreign,
    )


def _year_of(sheet: Sheet, header: Header) -> int | None:
    """The one year that the name of a sheet states, or a title above the headings that says `年度`.

    Nothing is taken from them where headings state years themselves.
    """
    if any(one.year is not None for one in header.headings):
        return None
    named = None if sheet.name is None else year_in(sheet.name)
    if named is not None:
        return named
    titles = " ".join(cell.text for row in sheet.rows[: header.top] for cell in row)
    years = {int(year) for year in re.findall(r"((?:19|20|21)[0-9]{2})\s*年度", titles)}
    return years.pop() if len(years) == 1 else None


def _is_aside(name: str, regions: Regions) -> bool:
    """Whether a row sums others up, is a title of a group, or a note."""
    word = words.folded(name)
    return bool(name) and (word in words.TOTALS or word in regions.asides or words.is_footnote(name))


def _hardly_any(known: int, unknown: int, share: int = 4) -> bool:
    """Whether so little is known that the table is of something else."""
    return unknown > findings.MOST_TOLD and unknown >= share * known


def _read(table: _Table, wanted: Wanted, gathered: _Gathered) -> Iterator[Found]:
    sheet, header = table.sheet, table.header
    if table.region is None:
        yield findings.no_region_column(sheet, header)
        return
    merged = [*shared_headings(sheet, header)]
    yield from merged
    yield from table.columns.found
    yield from findings.unknown_columns(sheet, header, table.columns.strange, wanted.names)
    if not table.columns.figures:
        years = sorted({one.year for one in header.headings if one.figure and one.year})
        if years:
            yield findings.other_years(sheet, header, years, wanted.period)
        elif not merged and not table.columns.strange and not _has_error(table.columns.found):
            yield findings.no_figure_column(sheet, header)
        return
    yield from findings.unknown_regions(sheet, table.strangers, table.region, wanted.regions)
    yield from findings.regions_twice(sheet, table.again, table.region)
    yield from findings.skipped_rows(sheet, table.skipped)
    if not table.rows and table.years:
        yield findings.other_years(sheet, header, sorted(table.years), wanted.period)
    for place, figure in table.columns.figures.items():
        yield from _column(sheet, place, header.headings[place], figure, table.rows, gathered)


def _column(
    sheet: Sheet,
    column: int,
    heading: Heading,
    figure: Figure,
    rows: Mapping[str, int],
    gathered: _Gathered,
) -> Iterator[Found]:
    """The figures of one column; what stands in no cell is not published."""
    read: list[PublishedFigure] = []
    flaws: dict[int, Flaw] = {}
    for region, row in rows.items():
        cell = sheet.cell(row, column)
        if cell.is_empty:
            continue
        where = sheet.place(row, column, heading.text or None)
        found = read_figure(cell, figure, region, where, unit_of(heading.bracket))
        if isinstance(found, Flaw):
            flaws[row] = found
        else:
            read.append(found)
    yield from findings.flawed_cells(sheet, column, heading.text, flaws)
    places = max((one.places for one in read if not one.about), default=0)
    for one in read:
        kept = one if one.about or one.exact else evolve(one, places=places)
        known = gathered.setdefault((figure, one.region), kept)
        if known.value != one.value:
            yield findings.given_twice(sheet, rows[one.region], column, one, known)
