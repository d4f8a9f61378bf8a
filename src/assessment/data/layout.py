"""How a sheet is laid out: where its headings are, what stands above them, and what each column is for.

The heading row is the first of the best-recognised rows near the top. Rows above it are titles, a row of units such as
`单位：万元`, or a word on the data as a whole; each is used or named as skipped. A column that is nothing the rules know
is named as skipped, unless its heading comes near an input that has no column of its own: then it is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from attrs import evolve, field, frozen

from assessment.data import words
from assessment.data.grid import Found, Sheet, clipped
from assessment.data.headings import Heading, read_heading, role_of, year_in
from assessment.data.names import Names
from assessment.data.scale import is_unit_text
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Label, diagnostic
from assessment.semantics.model import Input

_SEARCHED_ROWS = 40
MOST_COLUMNS = 5_000
"""The most columns of a sheet that are looked at."""

_WEIGHTS = {"input": 2, "region": 3, "indicator": 2, "value": 2, "period": 1}
_NUMBER = re.compile(r"[\s\d.,%+\-－—]*")
_UNITS = re.compile(
    r"(?<!填报)(?<!报送)(?<!责任)(?<!牵头)(?<!编制)(?<!主管)(?<!制表)(?<!考核)"
    r"(?:单位|\bunits?)\s*[:：]\s*(?P<units>[^()（）\[\]【】\n]+)",
    re.IGNORECASE,
)
_BODY = re.compile(r".*(?:局|委|办|部|处|室|政府|公司|中心|院|大学)$")


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
        heading = self.headings[column].text if column < len(self.headings) else ""
        shared = sum(one.text == heading for one in self.headings) > 1
        return self.sheet.place(row, column, None if shared else clipped(heading, 80))

    def region_texts(self) -> Iterator[str]:
        """The texts of the column of regions, from the first row of data on."""
        return (self.sheet.cell(row, self.region).text for row in range(self.first, len(self.sheet.rows)))

    @property
    def is_long(self) -> bool:
        """Whether each row holds one value of the input that it names."""
        return self.indicator is not None


def recognition(rows: Sequence[Sequence[str]], names: Names) -> int:
    """How well the best row of headings among these is recognised; 0 where none is."""
    return max((_score(_headings(row, names)) for row in rows[:_SEARCHED_ROWS]), default=0)


def recognise(sheet: Sheet, names: Names) -> tuple[Table | None, tuple[Found, ...]]:
    """The layout of a sheet, and what is wrong or skipped above its data; no table where no row has headings."""
    header, headings = _header(sheet, names)
    if header is None:
        return None, (_no_headings(sheet),)
    merged = tuple(_merged_headers(sheet, header))
    if merged:
        return None, merged
    hidden = tuple(_invisible(sheet, header, headings))
    if hidden:
        return None, hidden
    region = _region_column(sheet, header, headings, names)
    if region is None:
        return None, (_no_region(sheet, header),)
    above, found = _above(sheet, header)
    table = _with_units_below(_with_roles(evolve(above, headings=headings, region=region)))
    return _with_unknown_columns(table, names, found)


def _headings(texts: Sequence[str], names: Names) -> tuple[Heading, ...]:
    return tuple(
        Heading(text=text, role="blank" if not text.strip() else "unknown", base=text)
        if _NUMBER.fullmatch(text)
        else read_heading(text, names)
        for text in texts[:MOST_COLUMNS]
    )


def _score(headings: Sequence[Heading]) -> int:
    roles = [heading.role for heading in headings]
    single = {role for role in roles if role != "input"}
    score = _WEIGHTS["input"] * roles.count("input") + sum(_WEIGHTS.get(role, 0) for role in single)
    return score if "region" in single or score > _WEIGHTS["input"] else min(score, 1)


def _header(sheet: Sheet, names: Names) -> tuple[int | None, tuple[Heading, ...]]:
    best: tuple[int, int, tuple[Heading, ...]] = (0, 0, ())
    rows = sheet.rows[: 1 if sheet.headed else _SEARCHED_ROWS]
    for place, row in enumerate(rows):
        headings = _headings([cell.text for cell in row], names)
        score = _score(headings)
        if score > best[0]:
            best = (score, place, headings)
    if best[0] == 0:
        return None, ()
    missing = min(sheet.width, MOST_COLUMNS) - len(best[2])
    return best[1], best[2] + (Heading(text="", role="blank"),) * missing


def _with_roles(table: Table) -> Table:
    """The table with its columns by what they are for; each role is taken by the first column that has it."""
    first: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        if place == table.region:
            continue
        is_unit = heading.role == "region" and words.folded(heading.base) in words.UNIT_HEADINGS
        first.setdefault("unit" if is_unit else heading.role, place)
    inputs = tuple(place for place, heading in enumerate(table.headings) if heading.role == "input")
    if inputs or not ("indicator" in first and "value" in first):
        return evolve(table, inputs=inputs, period=first.get("period"))
    return evolve(
        table,
        period=first.get("period"),
        indicator=first["indicator"],
        value=first["value"],
        unit=first.get("unit"),
    )


def _region_column(sheet: Sheet, header: int, headings: Sequence[Heading], names: Names) -> int | None:
    """The column whose cells name regions: by its cells where the rules list regions, else by its heading."""
    named = [place for place, heading in enumerate(headings) if heading.role == "region"]
    if names.open:
        return max(named, key=lambda place: (_distinct(sheet, header, place), -place), default=None)
    possible = [
        place
        for place, heading in enumerate(headings)
        if heading.role in ("region", "unknown", "blank", "unit", "aside")
    ]
    counts = {place: _known(sheet, header, place, names) for place in possible}
    if not any(counts.values()):
        return named[0] if named else None
    return max(possible, key=lambda place: (counts[place], headings[place].role == "region", -place))


def _distinct(sheet: Sheet, header: int, column: int) -> int:
    texts = {words.folded(sheet.cell(row, column).text) for row in range(header + 1, len(sheet.rows))}
    return len(texts - {""})


def _known(sheet: Sheet, header: int, column: int, names: Names) -> int:
    return sum(
        names.region(sheet.cell(row, column).text) is not None for row in range(header + 1, len(sheet.rows))
    )


# Above and below the headings ------------------------------------------------------------------------------


def _above(sheet: Sheet, header: int) -> tuple[Table, list[Found]]:
    """A table that knows only what stands above its headings, and the rows named as skipped."""
    labels: list[str] = []
    stated: list[UnitRow] = []
    found: list[Found] = []
    years: set[int | None] = set()
    for row in range(header):
        filled = [place for place, cell in enumerate(sheet.rows[row]) if not cell.is_empty]
        if not filled:
            continue
        text = ", ".join(sheet.rows[row][place].text.strip() for place in filled)
        label = words.label_in(text)
        if label is not None:
            labels.append(label)
            continue
        in_row = [unit for place in filled for unit in _units_in(sheet, row, place)]
        stated += in_row
        comment = words.is_footnote(text)
        if not comment:
            years.add(year_in(text))
        if not in_row:
            found.append(
                skipped_row(
                    sheet,
                    row,
                    text,
                    Text(en="a comment", zh="说明") if comment else Text(en="a title", zh="标题"),
                )
            )
    years.discard(None)
    table = Table(
        sheet=sheet,
        header=header,
        first=header + 1,
        headings=(),
        region=0,
        units_above=tuple(stated),
        labels=tuple(labels),
        year=years.pop() if len(years) == 1 else None,
    )
    return table, found


def _units_in(sheet: Sheet, row: int, column: int) -> Iterator[UnitRow]:
    stated = _UNITS.search(sheet.cell(row, column).text)
    if stated is None:
        return
    for piece in re.split(r"[、,，;；和\s]+", stated["units"].strip()):
        if piece and not _BODY.fullmatch(piece):
            yield UnitRow(text=unicodedata.normalize("NFKC", piece), row=row, column=column)


def _with_units_below(table: Table) -> Table:
    """The table with the row of units under its headings, where there is one."""
    sheet, row = table.sheet, table.first
    if sheet.headed or row >= len(sheet.rows) or table.is_long:
        return table
    lead = words.folded(sheet.cell(row, table.region).text)
    cells = [(place, sheet.cell(row, place)) for place in table.inputs]
    filled = [(place, cell) for place, cell in cells if not cell.is_empty]
    texts = [_unwrapped(cell.text) for _, cell in filled]
    stated = lead in words.UNIT_HEADINGS or (
        not lead and bool(texts) and all(is_unit_text(text) and not text.isdigit() for text in texts)
    )
    if not stated:
        return table
    below = tuple(
        UnitRow(text=text, row=row, column=place)
        for (place, _), text in zip(filled, texts, strict=True)
        if words.absence_of(text) is None
    )
    return evolve(table, units_below=below, first=row + 1)


def _unwrapped(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().strip("()[]【】").strip()


# What is wrong with the headings ---------------------------------------------------------------------------


def _with_unknown_columns(
    table: Table, names: Names, found: list[Found]
) -> tuple[Table | None, tuple[Found, ...]]:
    """Name the columns that are not used, and refuse those that were probably meant for an input."""
    headings, header = table.headings, table.header
    used = {table.region, table.period, table.indicator, table.value, table.unit, *table.inputs}
    taken = {heading.input.name for heading in headings if heading.input is not None}
    free = [] if table.is_long else [spec for spec in names.inputs if spec.name not in taken]
    mistaken: list[Input] = []
    for place, heading in enumerate(headings):
        if place in used:
            continue
        near = names.near_input(heading.base, free) if heading.role == "unknown" else None
        if near is not None:
            mistaken.append(near)
            found.append(_near_column(table, place, near))
        elif not (heading.role == "blank" and _is_blank(table, place)):
            found.append(_skipped_column(table, place))
    found += [
        _folded_name(table, header, place)
        for place in (table.region, *table.inputs)
        if words.folds_more_than_width(headings[place].text)
    ]
    if not table.inputs and not table.is_long:
        if not mistaken:
            found.append(_no_inputs(table))
        return None, tuple(found)
    return evolve(table, mistaken=tuple(mistaken)), tuple(found)


def _is_blank(table: Table, column: int) -> bool:
    return all(table.sheet.cell(row, column).is_empty for row in range(table.first, len(table.sheet.rows)))


def _near_column(table: Table, column: int, near: Input) -> Found:
    shown, meant = clipped(table.headings[column].text), near.title or near.name
    return Found(
        at=(table.sheet.index, table.header, column),
        diagnostic=diagnostic(
            "data-unknown-column",
            Text(en=f"the rules have no input `{shown}`", zh=f"规则中没有数据项 `{shown}`"),
            table.place(table.header, column),
            help=Text(en=f"did you mean `{meant}`?", zh=f"是否应为 `{meant}`？"),
        ),
    )


def _skipped_column(table: Table, column: int) -> Found:
    shown = clipped(table.headings[column].text)
    return Found(
        at=(table.sheet.index, table.header, column),
        diagnostic=diagnostic(
            "data-skipped-column",
            Text(
                en=f"column `{shown}` is no input of the rules and was skipped",
                zh=f"列 `{shown}` 不是规则的数据项，已跳过",
            )
            if shown
            else Text(en="a column without a heading was skipped", zh="没有表头的列已跳过"),
            table.place(table.header, column),
        ),
    )


def _folded_name(table: Table, row: int, column: int) -> Found:
    text = table.sheet.cell(row, column).text
    return name_folded((table.sheet.index, row, column), text, table.place(row, column))


def name_folded(at: tuple[int, int, int], text: str, place: CellPlace) -> Found:
    """The note that a name was recognised only after compatibility characters were folded."""
    plain = unicodedata.normalize("NFKC", text.strip())
    return Found(
        at=at,
        diagnostic=diagnostic(
            "data-name-folded",
            Text(
                en=f"`{clipped(text)}` has compatibility characters and was read as `{clipped(plain)}`",
                zh=f"`{clipped(text)}` 含兼容字符，按 `{clipped(plain)}` 读取",
            ),
            place,
        ),
    )


def skipped_row(sheet: Sheet, row: int, text: str, what: Text) -> Found:
    """The note that a row was skipped, and as what."""
    shown = clipped(text)
    return Found(
        at=(sheet.index, row, 0),
        diagnostic=diagnostic(
            "data-skipped-row",
            Text(en=f"row `{shown}` was skipped as {what.en}", zh=f"行 `{shown}` 作为{what.zh}跳过"),
            sheet.place(row),
        ),
    )


def _no_headings(sheet: Sheet) -> Found:
    return Found(
        at=(sheet.index, 0, -1),
        diagnostic=diagnostic(
            "data-no-region-column",
            Text(
                en="no row of headings was recognised: none names regions or an input of the rules",
                zh="未能识别表头行：没有一行含地区列或规则的数据项",
            ),
            CellPlace(file=sheet.file, sheet=sheet.name),
            help=Text(
                en="give one row of headings, such as `region` and the names or titles of the inputs",
                zh="请设一行表头，例如 `地区` 和各数据项的名称",
            ),
        ),
    )


def _no_region(sheet: Sheet, header: int) -> Found:
    return Found(
        at=(sheet.index, header, -1),
        diagnostic=diagnostic(
            "data-no-region-column",
            Text(en="no column names the regions", zh="没有地区列"),
            sheet.place(header),
            help=Text(en="head the column of regions with `region`", zh="请把地区所在列的表头写作 `地区`"),
        ),
    )


def _no_inputs(table: Table) -> Found:
    return Found(
        at=(table.sheet.index, table.header, -1),
        diagnostic=diagnostic(
            "data-missing-column",
            Text(en="no column is headed with an input of the rules", zh="没有一列的表头是规则的数据项"),
            table.place(table.header),
            help=Text(
                en="head the columns with the names or titles of the inputs",
                zh="请以数据项的名称或标题作为表头",
            ),
        ),
    )


def _merged_headers(sheet: Sheet, header: int) -> Iterator[Found]:
    for block in sheet.merges:
        if block.top <= header <= block.bottom:
            yield Found(
                at=(sheet.index, block.top, block.left),
                diagnostic=diagnostic(
                    "data-merged-header",
                    Text(
                        en=f"the heading cells {block.text} are merged, so a column has no heading of its own",
                        zh=f"表头单元格 {block.text} 合并，列没有各自的表头",
                    ),
                    sheet.place(block.top, block.left),
                    help=Text(
                        en="split the cells and give each column one heading in one row",
                        zh="请拆分单元格，每列在同一行各写一个表头",
                    ),
                ),
            )


def _invisible(sheet: Sheet, header: int, headings: Sequence[Heading]) -> Iterator[Found]:
    for column, heading in enumerate(headings):
        found = invisible_name((sheet.index, header, column), heading.text, sheet.place(header, column))
        if found is not None:
            yield found


def invisible_name(at: tuple[int, int, int], text: str, place: CellPlace) -> Found | None:
    """The error for a name that holds a character which cannot be seen."""
    code = words.invisible(text)
    if code is None:
        return None
    return Found(
        at=at,
        diagnostic=diagnostic(
            "data-invisible-character",
            Text(
                en=f"`{clipped(text)}` holds the invisible character {code}",
                zh=f"`{clipped(text)}` 含不可见字符 {code}",
            ),
            Label(place=place),
            help=Text(en="type the name again", zh="请重新输入该名称"),
        ),
    )


__all__ = [
    "MOST_COLUMNS",
    "Table",
    "UnitRow",
    "invisible_name",
    "name_folded",
    "recognise",
    "recognition",
    "role_of",
    "skipped_row",
]
