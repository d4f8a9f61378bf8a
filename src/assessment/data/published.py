"""Reading a published table: regions in rows, figures of the rules in columns, every cell with its origin.

source → sheets (`sources`) → headings (`published_headings`) → cells → `Published`. The same table may be spread over
several sheets; a figure that two of them give must be the same in both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from assessment.core.absence import Absence
from assessment.data import words
from assessment.data.grid import BEFORE_ALL, Cell, Found, Sheet, clipped, ordered
from assessment.data.layout import searched
from assessment.data.published_headings import (
    Figure,
    FigureNames,
    Heading,
    figure_names,
    heading_key,
    read_heading,
    score_of,
)
from assessment.data.readings import cell_flaw, exact_number
from assessment.data.sources import DataSource, open_source
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.codes import Severity
from assessment.diagnostics.model import CellPlace, Diagnostic, diagnostic
from assessment.diagnostics.suggest import nearest
from assessment.number import NumberError, read_number

__all__ = ["Published", "PublishedFigure", "read_published"]

_NUMBER = re.compile(
    r"(?P<about>≈|约)?\s*(?:并列|第|并列第|=)?\s*(?P<number>[+\-−]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]{1,3})?)"
    r"\s*(?:%|‰|分|points?|名|位|st|nd|rd|th)?"
)
_UNRANKED = frozenset(
    {
        "参照,不参加排名",
        "参照，不参加排名",
        "reference,notranked",
        "不参加排名",
        "notranked",
        "不排名",
        "不参评",
    }
)
_MOST_PLACES = 30


@frozen(kw_only=True)
class PublishedFigure:
    """One published figure: what it is of, what the cell said, and where.

    `value` is a number, the place of a grade among the levels, or an absence. `places` are the decimals with which its
    column is published. `about` marks a figure that the table itself calls rounded (`≈`); its own decimals are then `places`.
    """

    figure: Figure
    region: str
    value: Fraction | Absence
    text: str
    places: int
    about: bool = False
    origin: CellPlace


@frozen(kw_only=True)
class Published:
    """A published table: its figures in the order of the source, and what was said of it while it was read."""

    figures: tuple[PublishedFigure, ...] = field(repr=False)
    source: str
    remarks: tuple[Diagnostic, ...] = field(default=(), repr=False)


@frozen(kw_only=True)
class Wanted:
    """What the reader looks for: figures, the regions that were assessed by their folded names, the assessed year.

    `known` are regions that the rules know beside those. `asides` are titles of groups, which are no regions.
    """

    names: FigureNames
    regions: Mapping[str, str]
    known: Mapping[str, str]
    asides: frozenset[str]
    period: int
    inputs: Mapping[str, str] = field(factory=dict)
    """Names of inputs, whose columns may stand in the same table."""
    chosen: Mapping[str, Figure] = field(factory=dict)


def read_published(
    source: DataSource,
    figures: Sequence[Figure],
    *,
    regions: Mapping[str, str],
    known: Mapping[str, str],
    asides: frozenset[str],
    period: int,
    inputs: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    sheet: str | Sequence[str] | None = None,
    encoding: str | None = None,
) -> tuple[Published | None, tuple[Diagnostic, ...]]:
    """The published figures of a source, and everything there is to say about them; None where anything is an error.

    `columns` says which figure a heading gives where its text does not: `{"得分（公布）": "total"}`.
    """
    names = figure_names(figures)
    wanted = Wanted(
        names=names, regions=regions, known=known, asides=asides, period=period, inputs=inputs or {}
    )
    chosen, findings = _chosen(columns or {}, names)
    wanted = evolve(wanted, chosen=chosen)
    sheets = (sheet,) if isinstance(sheet, str) else sheet

    def recognised(rows: Sequence[Sequence[str]]) -> int:
        return max((score_of(row, names, chosen) for row in searched(rows)), default=0)

    opened = open_source(source, recognised, encoding, sheets)
    findings += opened.found
    tables = [(one, _header(one, wanted)) for one in opened.sheets]
    usable = [(one, found) for one, found in tables if found is not None]
    for one, found in tables:
        if found is None and usable:
            findings.append(_skipped_sheet(one))
    if not usable and opened.sheets:
        findings.append(_no_headings(opened.sheets[0], names))
    gathered: dict[tuple[Figure, str], PublishedFigure] = {}
    for one, header in usable:
        findings += _read(one, header, wanted, gathered)
    findings += _unused_choices(wanted, [heading for _, (_, headings) in usable for heading in headings])
    diagnostics = ordered(findings)
    broken = any(one.severity is Severity.ERROR for one in diagnostics)
    if not broken and not gathered:
        text = Text(
            en="the table publishes no figure of an assessed region", zh="表中没有任何被考核地区的公布数值"
        )
        diagnostics = (*diagnostics, diagnostic("data-empty", text, CellPlace(file=opened.file)))
        broken = True
    if broken:
        return None, diagnostics
    return Published(figures=tuple(gathered.values()), source=opened.name, remarks=diagnostics), diagnostics


def _chosen(columns: Mapping[str, str], names: FigureNames) -> tuple[dict[str, Figure], list[Found]]:
    chosen: dict[str, Figure] = {}
    found: list[Found] = []
    for heading, figure in columns.items():
        known = names.find(figure)
        if known is None:
            near = names.near(figure)
            found.append(
                Found(
                    at=BEFORE_ALL,
                    diagnostic=diagnostic(
                        "data-unknown-column",
                        Text(
                            en=f"the rules make no figure `{clipped(figure)}`",
                            zh=f"规则不产生 `{clipped(figure)}` 这一数值",
                        ),
                        help=_known_figures(names) if near is None else _meant(near),
                    ),
                )
            )
        else:
            chosen[heading_key(heading)] = known
    return chosen, found


def _unused_choices(wanted: Wanted, headings: Sequence[Heading]) -> Iterator[Found]:
    seen = {heading_key(heading.text) for heading in headings}
    for key, figure in wanted.chosen.items():
        if headings and key not in seen:
            near = nearest(key, [heading.text for heading in headings])
            text = Text(
                en=f"no column is headed `{key}`, which was to give `{figure.id}`",
                zh=f"没有表头为 `{key}` 的列（指定为 `{figure.id}`）",
            )
            yield Found(
                at=BEFORE_ALL,
                diagnostic=diagnostic(
                    "data-unknown-column", text, help=None if near is None else _meant(near)
                ),
            )


# ── headings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_Header = tuple[int, tuple[Heading, ...]]


def _header(sheet: Sheet, wanted: Wanted) -> _Header | None:
    """The row of headings, recognised best; none where no row has both regions and figures, or rows hold one item each."""
    best: tuple[int, _Header | None] = (0, None)
    rows = sheet.rows[:1] if sheet.headed else searched(sheet.rows)
    for place, row in enumerate(rows):
        texts = [cell.text for cell in row]
        score = score_of(texts, wanted.names, wanted.chosen)
        if score > best[0]:
            headings = tuple(read_heading(text, wanted.names, wanted.chosen) for text in texts)
            best = (score, (place, headings))
    if best[1] is not None and any(heading.role == "indicator" for heading in best[1][1]):
        return None
    return best[1]


def _region_column(sheet: Sheet, header: _Header, wanted: Wanted) -> int | None:
    """The column with the most names of regions; of equal ones that with the heading of regions."""
    row, headings = header
    counts: list[tuple[int, bool, int]] = []
    for place, heading in enumerate(headings):
        if heading.figure is None:
            texts = [words.folded(sheet.cell(at, place).text) for at in range(row + 1, len(sheet.rows))]
            known = len({text for text in texts if text in wanted.regions or text in wanted.known})
            counts.append((known, heading.role == "region", -place))
    best = max(counts, default=(0, False, 0))
    return -best[2] if best[0] or best[1] else None


def _columns(
    sheet: Sheet, header: _Header, region: int, wanted: Wanted
) -> tuple[dict[int, Figure], list[Found]]:
    """The columns that give figures of the assessed year, each figure once; the others are named."""
    row, headings = header
    found: list[Found] = []
    by_figure: dict[Figure, list[int]] = {}
    for place, heading in enumerate(headings):
        at = (sheet.index, row, place)
        where = sheet.place(row, place, heading.text or None)
        if heading.figure is not None and heading.year not in (None, wanted.period):
            text = Text(
                en=f"column `{clipped(heading.text)}` is about {heading.year}, not {wanted.period}, and was skipped",
                zh=f"列 `{clipped(heading.text)}` 属于 {heading.year} 年而非 {wanted.period} 年，已跳过",
            )
            found.append(Found(at=at, diagnostic=diagnostic("data-skipped-column", text, where)))
        elif heading.figure is not None:
            by_figure.setdefault(heading.figure, []).append(place)
        elif heading.shared:
            text = Text(
                en=f"`{clipped(heading.text)}` may mean more than one figure of the rules",
                zh=f"`{clipped(heading.text)}` 可指规则中的多个数值",
            )
            help = Text(
                en="say which with `--column HEADING=FIGURE`", zh="请用 `--column 表头=数值` 指明是哪一个"
            )
            found.append(Found(at=at, diagnostic=diagnostic("data-unknown-column", text, where, help=help)))
        elif place != region and heading.role != "blank":
            found.append(_other_column(heading, at, where, wanted))
    columns: dict[int, Figure] = {}
    for figure, places in by_figure.items():
        marked = [place for place in places if headings[place].published]
        kept = marked if len(marked) == 1 else places
        for again in kept[1:]:
            text = Text(
                en=f"columns `{clipped(headings[kept[0]].text)}` and `{clipped(headings[again].text)}` both give `{figure.id}`",
                zh=f"列 `{clipped(headings[kept[0]].text)}` 和 `{clipped(headings[again].text)}` 都是 `{figure.id}`",
            )
            where = sheet.place(row, again, headings[again].text)
            at = (sheet.index, row, again)
            found.append(Found(at=at, diagnostic=diagnostic("data-duplicate-column", text, where)))
        columns[kept[0]] = figure
    return columns, found


def _other_column(heading: Heading, at: Any, where: CellPlace, wanted: Wanted) -> Found:
    """A column that gives no figure: an error where its heading comes near one, or speaks of an indicator; else a note."""
    plain = unicodedata.normalize("NFKC", heading.text)
    if words.loose(plain) in wanted.inputs:
        heading = evolve(heading, role="aside")
    near = wanted.names.near(plain) if heading.role == "unknown" else None
    numbered = re.match(
        r"\s*(?:指标|indicator|category|result)\s*[0-9A-Za-z.]+|\s*[0-9]+(?:\.[0-9]+)?\s*[※*]?\s*\D", plain
    )
    if near is not None or (numbered is not None and heading.role == "unknown"):
        text = Text(
            en=f"the rules make no figure `{clipped(heading.text)}`",
            zh=f"规则不产生 `{clipped(heading.text)}` 这一数值",
        )
        help = _known_figures(wanted.names) if near is None else _meant(near)
        return Found(at=at, diagnostic=diagnostic("data-unknown-column", text, where, help=help))
    text = Text(
        en=f"column `{clipped(heading.text)}` is no figure of the rules and was skipped",
        zh=f"列 `{clipped(heading.text)}` 不是规则产生的数值，已跳过",
    )
    return Found(at=at, diagnostic=diagnostic("data-skipped-column", text, where))


# ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read(
    sheet: Sheet, header: _Header, wanted: Wanted, gathered: dict[tuple[Figure, str], PublishedFigure]
) -> Iterator[Found]:
    row, headings = header
    region = _region_column(sheet, header, wanted)
    if region is None:
        text = Text(en="no column of the table names the regions", zh="表中没有写明地区的列")
        help = Text(en="head the column `region`", zh="请把该列表头写为“地区”")
        where = sheet.place(row)
        yield Found(
            at=(sheet.index, row, -1), diagnostic=diagnostic("data-no-region-column", text, where, help=help)
        )
        return
    columns, found = _columns(sheet, header, region, wanted)
    yield from found
    if not columns:
        years = sorted({heading.year for heading in headings if heading.figure and heading.year})
        yield Found(
            at=(sheet.index, row, -1), diagnostic=_other_years(years, wanted.period, sheet.place(row))
        )
        return
    periods = [place for place, heading in enumerate(headings) if heading.role == "period"]
    rows: dict[str, int] = {}
    skipped: set[int] = set()
    for at in range(row + 1, len(sheet.rows)):
        name = sheet.cell(at, region).text
        known = wanted.regions.get(words.folded(name))
        if periods:
            year = re.search(r"(?:19|20|21)[0-9]{2}", sheet.cell(at, periods[0]).text)
            if year is not None and int(year[0]) != wanted.period:
                skipped.add(int(year[0]))
                continue
        if known is None:
            yield from _no_region(sheet, at, region, columns, wanted)
            continue
        if known in rows:
            text = Text(
                en=f"`{known}` stands in row {rows[known] + 1} and again here",
                zh=f"`{known}` 已见于第 {rows[known] + 1} 行，此处重复",
            )
            where = sheet.place(at, region, headings[region].text or None)
            yield Found(
                at=(sheet.index, at, region), diagnostic=diagnostic("data-duplicate-region", text, where)
            )
            continue
        rows[known] = at
    if not rows and skipped:
        yield Found(
            at=(sheet.index, row, -1),
            diagnostic=_other_years(sorted(skipped), wanted.period, sheet.place(row)),
        )
    for place, figure in columns.items():
        yield from _column(sheet, place, headings[place], figure, rows, gathered)


def _no_region(
    sheet: Sheet, row: int, column: int, columns: Mapping[int, Figure], wanted: Wanted
) -> Iterator[Found]:
    """A row whose name is none of the assessed regions: nothing, a note or a total, or a region that should not be there."""
    name = sheet.cell(row, column).text.strip()
    filled = any(not sheet.cell(row, place).is_empty for place in columns)
    at = (sheet.index, row, column)
    word = words.folded(name)
    if not name and not filled:
        return
    if word in words.TOTALS or word in wanted.asides or words.is_footnote(name) or not filled:
        if name:
            text = Text(
                en=f"row `{clipped(name)}` is no region and was skipped",
                zh=f"行 `{clipped(name)}` 不是地区，已跳过",
            )
            yield Found(at=at, diagnostic=diagnostic("data-skipped-row", text, sheet.place(row)))
        return
    if word in wanted.known:
        text = Text(
            en=f"`{wanted.known[word]}` is published, and the data have nothing of it",
            zh=f"表中公布了 `{wanted.known[word]}`，而数据中没有该地区",
        )
        help = Text(en="supply its data, or leave its row out", zh="请补充其数据，或去掉该行")
    elif not name:
        text = Text(en="figures are published without the name of a region", zh="公布的数值没有写明地区")
        help = Text(en="name the region", zh="请写明地区")
    else:
        text = Text(
            en=f"`{clipped(name)}` is no region of the rules or the data",
            zh=f"规则和数据中没有 `{clipped(name)}` 这一地区",
        )
        near = nearest(name, [*wanted.regions.values(), *wanted.known.values()])
        help = (
            Text(en="correct the name, or leave the row out", zh="请更正名称，或去掉该行")
            if near is None
            else _meant(near)
        )
    yield Found(at=at, diagnostic=diagnostic("data-unknown-region", text, sheet.place(row), help=help))


def _column(
    sheet: Sheet,
    column: int,
    heading: Heading,
    figure: Figure,
    rows: Mapping[str, int],
    gathered: dict[tuple[Figure, str], PublishedFigure],
) -> Iterator[Found]:
    """The figures of one column; what stands in no cell is not published."""
    read: list[PublishedFigure] = []
    for region, row in rows.items():
        cell = sheet.cell(row, column)
        if cell.is_empty:
            continue
        where = sheet.place(row, column, heading.text or None)
        found = _figure(cell, figure, region, where)
        if isinstance(found, Diagnostic):
            yield Found(at=(sheet.index, row, column), diagnostic=found)
        else:
            read.append(found)
    places = max((one.places for one in read if not one.about), default=0)
    for one in read:
        kept = one if one.about else evolve(one, places=places)
        known = gathered.setdefault((figure, one.region), kept)
        if known.value != one.value:
            text = Text(
                en=f"`{figure.id}` of `{one.region}` is {one.text} here and {known.text} elsewhere in the table",
                zh=f"`{one.region}` 的 `{figure.id}` 此处为 {one.text}，表中另一处为 {known.text}",
            )
            yield Found(
                at=(sheet.index, rows[one.region], column),
                diagnostic=diagnostic("data-duplicate-cell", text, one.origin),
            )


def _figure(cell: Cell, figure: Figure, region: str, where: CellPlace) -> PublishedFigure | Diagnostic:
    """The figure in a cell, or what is wrong with it."""
    flaw = cell_flaw(cell)
    if flaw is not None:
        return diagnostic(flaw.code, flaw.text, where, help=flaw.help)
    text = clipped(cell.text.strip())
    made = PublishedFigure(
        figure=figure, region=region, value=Absence.NOT_REPORTED, text=text, places=0, origin=where
    )
    absent = cell.value if isinstance(cell.value, Absence) else words.absence_of(cell.text)
    if absent is not None or words.folded(text) in _UNRANKED:
        return evolve(made, value=absent or Absence.NOT_APPLICABLE)
    if figure.kind == "grade":
        return _level(made, cell)
    exact = None if isinstance(cell.value, str | tuple) else exact_number(cell.value)
    if exact is not None:
        # A cell of a workbook shows a number as it is formatted; what is kept is what counts.
        value = exact * 100 if cell.percent else exact
        return evolve(made, value=value, places=_decimals(value))
    plain = unicodedata.normalize("NFKC", cell.text).strip().replace("−", "-")
    found = _NUMBER.fullmatch(plain[:200])
    try:
        number = None if found is None else read_number(found["number"]).value
    except NumberError as error:
        return diagnostic("data-not-a-number", error.reason, where)
    if found is None or number is None:
        return diagnostic(
            "data-not-a-number",
            Text(en=f"`{text}` is not a number", zh=f"`{text}` 不是数字"),
            where,
            help=Text(
                en="write the figure as it was published, or `—` where none was",
                zh="请照公布的写数字；没有公布的写 `—`",
            ),
        )
    if figure.kind == "rank" and (number < 1 or (2 * number).denominator != 1):
        return diagnostic(
            "data-not-a-number",
            Text(en=f"`{text}` is not a place in a ranking", zh=f"`{text}` 不是名次"),
            where,
            help=Text(en="places are counted from 1", zh="名次从 1 数起"),
        )
    decimals = len(found["number"].partition(".")[2].lower().partition("e")[0])
    return evolve(made, value=number, places=min(decimals, _MOST_PLACES), about=found["about"] is not None)


def _level(made: PublishedFigure, cell: Cell) -> PublishedFigure | Diagnostic:
    word = words.folded(cell.text)
    levels = made.figure.levels
    place = next((place for place, level in enumerate(levels) if words.folded(level) == word), None)
    if place is not None:
        return evolve(made, value=Fraction(place))
    near = nearest(cell.text, levels)
    return diagnostic(
        "data-unknown-level",
        Text(en=f"the rules have no grade `{made.text}`", zh=f"规则中没有 `{made.text}` 这一等次"),
        made.origin,
        help=Text(en=f"the grades are {', '.join(levels)}", zh=f"等次为{'、'.join(levels)}")
        if near is None
        else _meant(near),
    )


def _decimals(value: Fraction) -> int:
    from assessment.number import decimal_places

    return min(decimal_places(value) or 0, _MOST_PLACES)


# ── findings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _meant(near: str) -> Text:
    return Text(en=f"did you mean `{near}`?", zh=f"是否应为 `{near}`？")


def _known_figures(names: FigureNames) -> Text:
    ids = [figure.id for figure in names.figures][:12]
    return Text(
        en=f"figures are {', '.join(f'`{one}`' for one in ids)}",
        zh=f"可用的数值有 {'、'.join(f'`{one}`' for one in ids)}",
    )


def _no_headings(sheet: Sheet, names: FigureNames) -> Found:
    text = Text(en="no row of headings names regions and figures", zh="没有一行表头同时写有地区和公布的数值")
    where = CellPlace(file=sheet.file, sheet=sheet.name)
    one = diagnostic("data-missing-column", text, where, help=_known_figures(names))
    return Found(at=(sheet.index, -1, -1), diagnostic=one)


def _skipped_sheet(sheet: Sheet) -> Found:
    text = Text(
        en=f"sheet `{sheet.name}` is no table of regions and figures and was skipped",
        zh=f"工作表 `{sheet.name}` 不是地区和数值的表格，已跳过",
    )
    where = CellPlace(file=sheet.file, sheet=sheet.name)
    return Found(at=(sheet.index, -1, -1), diagnostic=diagnostic("data-skipped-sheet", text, where))


def _other_years(years: Sequence[int], period: int, where: CellPlace) -> Diagnostic:
    shown = ", ".join(map(str, years))
    text = Text(
        en=f"the table publishes {shown}, and {period} is assessed",
        zh=f"表中公布的是 {shown} 年，考核的是 {period} 年",
    )
    help = Text(
        en="give the table of that year, or say the year with `--period`",
        zh="请提供该年度的表，或用 `--period` 指明年度",
    )
    return diagnostic("data-missing-period", text, where, help=help)
