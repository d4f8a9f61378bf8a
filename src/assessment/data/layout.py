"""How a sheet is laid out: where its headings are, what stands above them, and what each column is for.

The heading row is the first of the best-recognised rows near the top. Rows above it are titles, a row of units such as
`单位：万元`, or a word on the data as a whole; each is used or named as skipped. A column that is nothing the rules know
is named as skipped, unless its heading comes near an input that has no column of its own: then it is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TypeVar

from attrs import evolve

from assessment.data import words
from assessment.data.grid import Cell, Found, Sheet
from assessment.data.headings import Heading, read_heading, year_in
from assessment.data.layout_findings import (
    folded_name,
    invisible,
    merged_headers,
    near_column,
    no_headings,
    no_inputs,
    no_region,
    skipped_column,
    skipped_row,
)
from assessment.data.names import Names
from assessment.data.scale import is_unit_text
from assessment.data.table import Table, UnitRow
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import Input

_SEARCHED_ROWS = 40
_SEARCHED_CELLS = 20_000
_SomeRow = TypeVar("_SomeRow", tuple[Cell, ...], Sequence[str])


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


def recognition(rows: Sequence[Sequence[str]], names: Names) -> int:
    """How well the best row of headings among these is recognised; 0 where none is."""
    return max((_score(_headings(row, names)) for row in searched(rows)), default=0)


def recognise(sheet: Sheet, names: Names) -> tuple[Table | None, tuple[Found, ...]]:
    """The layout of a sheet, and what is wrong or skipped above its data; no table where no row has headings."""
    header, headings = _header(sheet, names)
    if header is None:
        return None, (no_headings(sheet),)
    merged = tuple(merged_headers(sheet, header))
    if merged:
        return None, merged
    hidden = tuple(invisible(sheet, header, headings))
    if hidden:
        return None, hidden
    region = region_column(sheet, header, headings, names)
    if region is None:
        return None, (no_region(sheet, header),)
    above, found = titles_above(sheet, header)
    table = _with_units_below(_with_roles(evolve(above, headings=headings, region=region)))
    return _with_unknown_columns(table, names, found)


def searched(rows: Sequence[_SomeRow]) -> Sequence[_SomeRow]:
    """The rows near the top among which the headings are looked for; fewer where rows are very wide."""
    total = 0
    for count, row in enumerate(rows[:_SEARCHED_ROWS]):
        total += len(row)
        if total > _SEARCHED_CELLS and count:
            return rows[:count]
    return rows[:_SEARCHED_ROWS]


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
    rows = sheet.rows[:1] if sheet.headed else searched(sheet.rows)
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


def region_column(sheet: Sheet, header: int, headings: Sequence[Heading], names: Names) -> int | None:
    """The column whose cells name regions: by its cells where the rules list regions, else by its heading."""
    named = [place for place, heading in enumerate(headings) if heading.role == "region"]
    if names.open:
        # 单位 may head organisations as well as units of measure: its cells tell.
        named = [place for place in named if not _holds_units(sheet, header, place, headings)] or named
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


def _holds_units(sheet: Sheet, header: int, column: int, headings: Sequence[Heading]) -> bool:
    """Whether a column headed 单位 or *unit* holds units of measure and nothing else."""
    if words.folded(headings[column].base) not in words.UNIT_HEADINGS:
        return False
    texts = {sheet.cell(row, column).text.strip() for row in range(header + 1, len(sheet.rows))} - {""}
    return all(is_unit_text(text) for text in texts)


def _distinct(sheet: Sheet, header: int, column: int) -> int:
    texts = {words.folded(sheet.cell(row, column).text) for row in range(header + 1, len(sheet.rows))}
    return len(texts - {""})


def _known(sheet: Sheet, header: int, column: int, names: Names) -> int:
    return sum(
        names.region(sheet.cell(row, column).text) is not None for row in range(header + 1, len(sheet.rows))
    )


def titles_above(sheet: Sheet, header: int) -> tuple[Table, list[Found]]:
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
            found.append(near_column(table, place, near))
        elif not (heading.role == "blank" and _is_blank(table, place)):
            found.append(skipped_column(table, place))
    found += [
        folded_name(table, header, place)
        for place in (table.region, *table.inputs)
        if words.folds_more_than_width(headings[place].text)
    ]
    if not table.inputs and not table.is_long and not all(spec.in_rows for spec in names.inputs):
        if not mistaken:
            found.append(no_inputs(table))
        return None, tuple(found)
    return evolve(table, mistaken=tuple(mistaken)), tuple(found)


def _is_blank(table: Table, column: int) -> bool:
    return all(table.sheet.cell(row, column).is_empty for row in range(table.first, len(table.sheet.rows)))
