"""What is said of a published table: each function builds a finding; what is alike in many places is told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assessment.data.grid import BEFORE_ALL, Found, Sheet, clipped
from assessment.data.published.headings import FigureNames, Header, Heading
from assessment.data.published.model import Figure, PublishedFigure, Regions
from assessment.data.readings import Flaw
from assessment.data.words import folded
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Diagnostic, diagnostic
from assessment.diagnostics.suggest import nearest

MOST_TOLD = 3
"""So many places with one mistake are told one by one; more are told together."""
_NAMED = 5
"""So many of them are named then."""


def meant(near: str) -> Text:
    """The help that suggests a name."""
    return Text(en=f"did you mean `{near}`?", zh=f"是否应为 `{near}`？")


def listed(names: Sequence[str], most: int = _NAMED) -> Text:
    """The first of some names, in backticks, with an ellipsis where there are more.

    >>> listed(["a", "b", "c"], 2).en
    '`a`, `b`, …'
    """
    shown = [f"`{clipped(name)}`" for name in dict.fromkeys(names)]
    rest = ["…"] if len(shown) > most else []
    return Text(en=", ".join(shown[:most] + rest), zh="、".join(shown[:most]) + "".join(rest))


def _rows(rows: Sequence[int]) -> Text:
    """Rows by their numbers."""
    shown = [str(row) for row in rows[:_NAMED]]
    rest = "…" if len(rows) > _NAMED else ""
    return Text(en=f"rows {', '.join(shown)}{rest and f', {rest}'}", zh=f"第 {'、'.join(shown)}{rest} 行")


# ── the whole table ──────────────────────────────────────────────────────────────────────────────────────────────────


def known_figures(names: FigureNames) -> Text:
    """The help that says what the rules publish."""
    ids = [figure.id for figure in names.figures]
    found = listed(ids, 12)
    return Text(en=f"figures are {found.en}", zh=f"可用的数值有 {found.zh}")


def no_headings(sheet: Sheet, names: FigureNames) -> Found:
    """The error for a sheet in which no row is recognised as headings; it says what stands there."""
    seen = next(
        (texts for row in sheet.rows if len(texts := [cell.text for cell in row if cell.text.strip()]) > 1),
        [],
    )
    found = listed(seen)
    has = Text(en=f"; the first row has {found.en}", zh=f"；首行为 {found.zh}") if seen else Text.same("")
    text = Text(
        en=f"no row of headings names regions and figures of the rules{has.en}",
        zh=f"没有一行表头同时写有地区和规则产生的数值{has.zh}",
    )
    where = CellPlace(file=sheet.file, sheet=sheet.name)
    one = diagnostic("data-missing-column", text, where, help=known_figures(names))
    return Found(at=(sheet.index, -1, -1), diagnostic=one)


def other_regions(sheet: Sheet, header: Header, names: Sequence[str], known: int, regions: Regions) -> Found:
    """The error for a table of which hardly any region was assessed."""
    of = f"{known or 'none'} of its {len(names) + known} regions {'is' if known < 2 else 'are'}"
    found, own = listed(names), listed([*regions.assessed.values()])
    text = Text(
        en=f"the table does not seem to be of these rules: {of} known",
        zh=f"该表似乎不属于这份规则：{len(names) + known} 个地区中"
        + (f"只有 {known} 个为规则或数据所有" if known else "没有一个为规则或数据所有"),
    )
    notes = (
        Text(en=f"the table has {found.en}", zh=f"表中为 {found.zh}"),
        Text(en=f"the data have {own.en}", zh=f"数据中为 {own.zh}"),
    )
    return _other_scheme(sheet, header, text, notes)


def other_figures(
    sheet: Sheet, header: Header, strange: Sequence[int], known: int, names: FigureNames
) -> Found:
    """The error for a table of which most figures are none of the rules."""
    many = len(strange) + known
    texts = [header.headings[place].text for place in strange]
    own = [figure.called[0] if figure.called else figure.id for figure in names.figures]
    found, wanted = listed(texts), listed(own, 12)
    text = Text(
        en=f"the table does not seem to be of these rules: {len(strange)} of its {many} columns of figures are unknown",
        zh=f"该表似乎不属于这份规则：{many} 列数值中有 {len(strange)} 列不是规则产生的",
    )
    notes = (
        Text(en=f"the table has {found.en}", zh=f"表中为 {found.zh}"),
        Text(en=f"the rules make {wanted.en}", zh=f"规则产生 {wanted.zh}"),
    )
    return _other_scheme(sheet, header, text, notes)


def _other_scheme(sheet: Sheet, header: Header, text: Text, notes: tuple[Text, ...]) -> Found:
    help = Text(
        en="give the rules, the data and the table of one scheme and year; a single heading is named with `--column`",
        zh="请提供同一办法、同一年度的规则、数据和公布表；个别表头可用 `--column` 指明",
    )
    one = diagnostic("published-other-scheme", text, sheet.place(header.row), help=help, notes=notes)
    return Found(at=(sheet.index, header.row, -1), diagnostic=one)


def skipped_sheet(sheet: Sheet, why: Text) -> Found:
    """The note that a sheet was skipped."""
    text = Text(
        en=f"sheet `{sheet.name}` {why.en} and was skipped", zh=f"工作表 `{sheet.name}` {why.zh}，已跳过"
    )
    where = CellPlace(file=sheet.file, sheet=sheet.name)
    return Found(at=(sheet.index, -1, -1), diagnostic=diagnostic("data-skipped-sheet", text, where))


def of_years(years: Sequence[int]) -> Text:
    """Why a sheet of other years is skipped."""
    shown = ", ".join(map(str, years))
    return Text(en=f"is about {shown}", zh=f"属于 {shown} 年")


NO_TABLE = Text(en="is no table of regions and figures", zh="不是地区和数值的表格")
NO_REGION_KNOWN = Text(en="names no region that was assessed", zh="没有被考核的地区")


def no_region_column(sheet: Sheet, header: Header) -> Found:
    """The error for headings none of which is that of regions."""
    text = Text(en="no column of the table names the regions", zh="表中没有写明地区的列")
    help = Text(en="head the column `region`", zh="请把该列表头写为“地区”")
    one = diagnostic("data-no-region-column", text, sheet.place(header.row), help=help)
    return Found(at=(sheet.index, header.row, -1), diagnostic=one)


def other_years(sheet: Sheet, header: Header, years: Sequence[int], period: int) -> Found:
    """The error for a table that publishes other years only."""
    shown = ", ".join(map(str, years))
    text = Text(
        en=f"the table publishes {shown}, and {period} is assessed",
        zh=f"表中公布的是 {shown} 年，考核的是 {period} 年",
    )
    help = Text(
        en="give the table of that year, or say the year with `--period`",
        zh="请提供该年度的表，或用 `--period` 指明年度",
    )
    one = diagnostic("data-missing-period", text, sheet.place(header.row), help=help)
    return Found(at=(sheet.index, header.row, -1), diagnostic=one)


def no_figure_column(sheet: Sheet, header: Header) -> Found:
    """The error for a table none of whose columns can be taken for a figure."""
    text = Text(en="no column of the table gives a figure of the rules", zh="表中没有一列是规则产生的数值")
    one = diagnostic("data-missing-column", text, sheet.place(header.row))
    return Found(at=(sheet.index, header.row, -1), diagnostic=one)


def nothing_published(file: str | None) -> Found:
    """The error for a table without a figure."""
    text = Text(
        en="the table publishes no figure of an assessed region", zh="表中没有任何被考核地区的公布数值"
    )
    return Found(at=BEFORE_ALL, diagnostic=diagnostic("data-empty", text, CellPlace(file=file)))


# ── columns ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def no_such_figure(figure: str, names: FigureNames) -> Found:
    """The error for a figure that the caller names and the rules do not make."""
    near = names.near(figure)
    text = Text(
        en=f"the rules make no figure `{clipped(figure)}`",
        zh=f"规则不产生 `{clipped(figure)}` 这一数值",
    )
    help = known_figures(names) if near is None else meant(near)
    return Found(at=BEFORE_ALL, diagnostic=diagnostic("data-unknown-column", text, help=help))


def unused_choice(key: str, figure: Figure, headings: Sequence[str]) -> Found:
    """The error for a heading that the caller names and the table does not have."""
    near = nearest(key, headings)
    text = Text(
        en=f"no column is headed `{clipped(key)}`, which was to give `{figure.id}`",
        zh=f"没有表头为 `{clipped(key)}` 的列（指定为 `{figure.id}`）",
    )
    one = diagnostic("data-unknown-column", text, help=None if near is None else meant(near))
    return Found(at=BEFORE_ALL, diagnostic=one)


def unknown_columns(
    sheet: Sheet, header: Header, places: Sequence[int], names: FigureNames
) -> Iterator[Found]:
    """The errors for columns that seem to give figures which the rules do not make."""
    for place in places if len(places) <= MOST_TOLD else places[:1]:
        shown = header.headings[place].text
        where = sheet.place(header.row, place, shown or None)
        near = names.near(shown)
        if len(places) <= MOST_TOLD:
            text = Text(
                en=f"the rules make no figure `{clipped(shown)}`",
                zh=f"规则不产生 `{clipped(shown)}` 这一数值",
            )
            help = known_figures(names) if near is None else meant(near)
        else:
            all_of = listed([header.headings[one].text for one in places])
            text = Text(
                en=f"{len(places)} columns are no figures of the rules: {all_of.en}",
                zh=f"有 {len(places)} 列不是规则产生的数值：{all_of.zh}",
            )
            help = known_figures(names)
        one = diagnostic("data-unknown-column", text, where, help=help)
        yield Found(at=(sheet.index, header.row, place), diagnostic=one)


def skipped_columns(sheet: Sheet, header: Header, places: Sequence[int]) -> Iterator[Found]:
    """The notes on columns that give no figure; one note where there are many."""
    for place in places if len(places) <= MOST_TOLD else places[:1]:
        shown = clipped(header.headings[place].text)
        text = Text(
            en=f"column `{shown}` is no figure of the rules and was skipped",
            zh=f"列 `{shown}` 不是规则产生的数值，已跳过",
        )
        if len(places) > MOST_TOLD:
            all_of = listed([header.headings[one].text for one in places], 20)
            text = Text(
                en=f"{len(places)} columns are no figures of the rules and were skipped: {all_of.en}",
                zh=f"有 {len(places)} 列不是规则产生的数值，已跳过：{all_of.zh}",
            )
        where = sheet.place(header.row, place, header.headings[place].text or None)
        yield Found(
            at=(sheet.index, header.row, place), diagnostic=diagnostic("data-skipped-column", text, where)
        )


def other_year(sheet: Sheet, row: int, place: int, heading: Heading, period: int) -> Found:
    """The note on a column of another year."""
    text = Text(
        en=f"column `{clipped(heading.text)}` is about {heading.year}, not {period}, and was skipped",
        zh=f"列 `{clipped(heading.text)}` 属于 {heading.year} 年而非 {period} 年，已跳过",
    )
    where = sheet.place(row, place, heading.text)
    return Found(at=(sheet.index, row, place), diagnostic=diagnostic("data-skipped-column", text, where))


def shared(sheet: Sheet, row: int, place: int, heading: Heading) -> Found:
    """The error for a heading by which two figures go."""
    text = Text(
        en=f"`{clipped(heading.text)}` may mean more than one figure of the rules",
        zh=f"`{clipped(heading.text)}` 可指规则中的多个数值",
    )
    help = Text(en="say which with `--column HEADING=FIGURE`", zh="请用 `--column 表头=数值` 指明是哪一个")
    where = sheet.place(row, place, heading.text)
    one = diagnostic("data-unknown-column", text, where, help=help)
    return Found(at=(sheet.index, row, place), diagnostic=one)


def other_unit(sheet: Sheet, row: int, place: int, heading: Heading, figure: Figure) -> Found:
    """The error for a heading that names a unit in which the figure cannot be."""
    text = Text(
        en=f"column `{clipped(heading.text)}` has another unit than `{figure.id}`",
        zh=f"列 `{clipped(heading.text)}` 的单位与 `{figure.id}` 不符",
    )
    help = Text(
        en="correct the unit, or give the column of the score another heading",
        zh="请更正单位；若该列不是得分，请改写表头",
    )
    where = sheet.place(row, place, heading.text)
    one = diagnostic("data-unit-mismatch", text, where, help=help)
    return Found(at=(sheet.index, row, place), diagnostic=one)


def twice(sheet: Sheet, header: Header, first: int, again: int, figure: Figure) -> Found:
    """The error for two columns that give one figure."""
    texts = [clipped(header.headings[place].text) for place in (first, again)]
    text = Text(
        en=f"columns `{texts[0]}` and `{texts[1]}` both give `{figure.id}`",
        zh=f"列 `{texts[0]}` 和 `{texts[1]}` 都是 `{figure.id}`",
    )
    where = sheet.place(header.row, again, header.headings[again].text)
    return Found(
        at=(sheet.index, header.row, again), diagnostic=diagnostic("data-duplicate-column", text, where)
    )


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def skipped_rows(sheet: Sheet, rows: Mapping[int, str]) -> Iterator[Found]:
    """The notes on rows that are no regions; one note where there are many."""
    for row, name in rows.items() if len(rows) <= MOST_TOLD else [*rows.items()][:1]:
        text = Text(
            en=f"row `{clipped(name)}` is no region and was skipped",
            zh=f"行 `{clipped(name)}` 不是地区，已跳过",
        )
        if len(rows) > MOST_TOLD:
            all_of = listed([*rows.values()], 20)
            text = Text(
                en=f"{len(rows)} rows are no regions and were skipped: {all_of.en}",
                zh=f"有 {len(rows)} 行不是地区，已跳过：{all_of.zh}",
            )
        one = diagnostic("data-skipped-row", text, sheet.place(row))
        yield Found(at=(sheet.index, row, 0), diagnostic=one)


def unknown_regions(sheet: Sheet, rows: Mapping[int, str], column: int, regions: Regions) -> Iterator[Found]:
    """The errors for rows with figures of what is no assessed region."""
    if len(rows) <= MOST_TOLD:
        for row, name in rows.items():
            one = _unknown_region(sheet, row, name, regions)
            yield Found(at=(sheet.index, row, column), diagnostic=one)
        return
    first = next(iter(rows))
    shown = [sheet.place(row).row or row + 1 for row in rows]
    all_of, where = listed([name or "—" for name in rows.values()]), _rows(shown)
    text = Text(
        en=f"{len(rows)} rows name regions that were not assessed: {all_of.en} ({where.en})",
        zh=f"有 {len(rows)} 行的地区未被考核：{all_of.zh}（{where.zh}）",
    )
    help = Text(
        en="correct the names, supply the data of these regions, or leave the rows out",
        zh="请更正名称、补充这些地区的数据，或去掉这些行",
    )
    one = diagnostic("data-unknown-region", text, sheet.place(first), help=help)
    yield Found(at=(sheet.index, first, column), diagnostic=one)


def _unknown_region(sheet: Sheet, row: int, name: str, regions: Regions) -> Diagnostic:
    known = regions.known.get(folded(name))
    if known is not None:
        text = Text(
            en=f"`{known}` is published, and the data have nothing of it",
            zh=f"表中公布了 `{known}`，而数据中没有该地区",
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
        near = nearest(name, [*regions.assessed.values(), *regions.known.values()])
        help = (
            Text(en="correct the name, or leave the row out", zh="请更正名称，或去掉该行")
            if near is None
            else meant(near)
        )
    return diagnostic("data-unknown-region", text, sheet.place(row), help=help)


def regions_twice(sheet: Sheet, rows: Mapping[int, tuple[str, int]], column: int) -> Iterator[Found]:
    """The errors for regions that have a row already: each again with its name and the first row."""
    many = len(rows) > MOST_TOLD
    for row, (region, first) in rows.items() if not many else [*rows.items()][:1]:
        before = sheet.place(first).row
        text = Text(
            en=f"`{region}` stands in row {before} and again here",
            zh=f"`{region}` 已见于第 {before} 行，此处重复",
        )
        if many:
            all_of = listed([region for region, _ in rows.values()])
            where = _rows([sheet.place(one).row or one + 1 for one in rows])
            text = Text(
                en=f"{len(rows)} rows repeat regions: {all_of.en} ({where.en})",
                zh=f"有 {len(rows)} 行的地区重复：{all_of.zh}（{where.zh}）",
            )
        one = diagnostic("data-duplicate-region", text, sheet.place(row, column))
        yield Found(at=(sheet.index, row, column), diagnostic=one)


# ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def flawed_cells(sheet: Sheet, column: int, heading: str, flaws: Mapping[int, Flaw]) -> Iterator[Found]:
    """The errors for cells of one column; what is of one kind in many cells is told once."""
    by_code: dict[str, list[int]] = {}
    for row, flaw in flaws.items():
        by_code.setdefault(flaw.code, []).append(row)
    for code, rows in by_code.items():
        many = len(rows) > MOST_TOLD
        for row in rows[:1] if many else rows:
            flaw, text = flaws[row], flaws[row].text
            if many:
                where = _rows([sheet.place(one).row or one + 1 for one in rows])
                text = Text(
                    en=f"{text.en}; the same is wrong in {len(rows)} cells of the column ({where.en})",
                    zh=f"{text.zh}；该列共有 {len(rows)} 个单元格如此（{where.zh}）",
                )
            one = diagnostic(code, text, sheet.place(row, column, heading or None), help=flaw.help)
            yield Found(at=(sheet.index, row, column), diagnostic=one)


def given_twice(sheet: Sheet, row: int, column: int, one: PublishedFigure, known: PublishedFigure) -> Found:
    """The error for a figure that two places of the table give differently."""
    text = Text(
        en=f"`{one.figure.id}` of `{one.region}` is {one.text} here and {known.text} elsewhere in the table",
        zh=f"`{one.region}` 的 `{one.figure.id}` 此处为 {one.text}，表中另一处为 {known.text}",
    )
    return Found(
        at=(sheet.index, row, column), diagnostic=diagnostic("data-duplicate-cell", text, one.origin)
    )
