"""How a published table is laid out: the rows of its headings, the column of regions, and what every column gives.

Headings stand in one row, or in several that cells merged downwards hold together; then the lowest that has a text in a
column heads it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from attrs import frozen

from assessment.data import words
from assessment.data.grid import Found, Sheet
from assessment.data.layout import searched
from assessment.data.layout_findings import merged_headers
from assessment.data.published import findings
from assessment.data.published.cells import unit_of
from assessment.data.published.headings import (
    FigureNames,
    Header,
    Heading,
    read_heading,
    score_of,
    without_bracket,
)
from assessment.data.published.model import Figure, Regions
from assessment.data.scale import is_unit_text

__all__ = ["Columns", "Wanted", "columns_of", "header_of", "region_column", "shared_headings"]

_NUMBERED = re.compile(
    r"\s*(?:指标|indicator|category|result)\s*[0-9A-Za-z.]+|\s*[0-9]+(?:\.[0-9]+)?\s*[※*]?\s*\D"
)


@frozen(kw_only=True)
class Wanted:
    """What the reader looks for: figures, regions, the assessed year.

    `inputs` are the folded names of inputs, whose columns may stand in the same table. `chosen` are the figures that the
    caller says headings give.
    """

    names: FigureNames
    regions: Regions
    period: int
    inputs: frozenset[str]
    chosen: Mapping[str, Figure]


def header_of(sheet: Sheet, wanted: Wanted) -> Header | None:
    """The headings, recognised best; none where no row has both regions and figures, or rows hold one item each."""
    best: tuple[int, Header | None] = (0, None)
    for row in range(1 if sheet.headed else len(searched(sheet.rows))):
        top, bottom = _held_together(sheet, row)
        texts = _texts(sheet, top, bottom)
        score = score_of(texts, wanted.names, wanted.chosen)
        if score > best[0]:
            headings = tuple(read_heading(text, wanted.names, wanted.chosen) for text in texts)
            best = (score, Header(top=top, row=bottom, headings=headings))
    header = best[1]
    return None if header is None or header.first("indicator") is not None else header


def _held_together(sheet: Sheet, row: int) -> tuple[int, int]:
    """The first and last of the rows that cells merged downwards hold together with a row."""
    top = bottom = row
    for block in sorted(sheet.merges, key=lambda one: one.top):
        if block.bottom > block.top and block.top <= bottom and block.bottom >= top:
            top, bottom = min(top, block.top), max(bottom, block.bottom)
    return top, bottom


def _texts(sheet: Sheet, top: int, bottom: int) -> list[str]:
    """The text that heads each column: the lowest in these rows."""
    width = max(len(sheet.rows[row]) for row in range(top, bottom + 1))
    return [
        next(
            (text for row in range(bottom, top - 1, -1) if (text := sheet.cell(row, column).text).strip()), ""
        )
        for column in range(width)
    ]


def shared_headings(sheet: Sheet, header: Header) -> Iterator[Found]:
    """An error for each cell merged over several columns that no row of the headings below it tells apart."""
    for found in merged_headers(sheet, header.row):
        block = sheet.merge_at(found.at[1], found.at[2])
        if block is not None and block.right > block.left:
            yield found


def region_column(sheet: Sheet, header: Header, regions: Regions) -> int | None:
    """The column with the most names of regions; of equal ones that with the heading of regions."""
    counts: list[tuple[int, bool, int]] = []
    for place, heading in enumerate(header.headings):
        if heading.figure is None:
            texts = [
                words.folded(sheet.cell(at, place).text) for at in range(header.row + 1, len(sheet.rows))
            ]
            known = len({text for text in texts if text in regions.assessed or text in regions.known})
            counts.append((known, heading.role == "region", -place))
    best = max(counts, default=(0, False, 0))
    return -best[2] if best[0] or best[1] else None


@frozen(kw_only=True)
class Columns:
    """The columns that give figures of the assessed year, each figure once, and what is said of the others.

    `strange` are columns that seem to give figures which the rules do not make.
    """

    figures: Mapping[int, Figure]
    strange: tuple[int, ...]
    found: tuple[Found, ...]


def columns_of(sheet: Sheet, header: Header, region: int, wanted: Wanted) -> Columns:
    """What each column gives."""
    found: list[Found] = []
    by_figure: dict[Figure, list[int]] = {}
    strange: list[int] = []
    skipped: list[int] = []
    for place, heading in enumerate(header.headings):
        if heading.figure is not None and heading.year not in (None, wanted.period):
            found.append(findings.other_year(sheet, header.row, place, heading, wanted.period))
        elif heading.figure is not None and _in_another_unit(heading, heading.figure):
            # The title of an indicator may be that of its input; then the unit tells the column of data from the score.
            if not _is_input(heading, wanted):
                found.append(findings.other_unit(sheet, header.row, place, heading, heading.figure))
        elif heading.figure is not None:
            by_figure.setdefault(heading.figure, []).append(place)
        elif heading.shared:
            found.append(findings.shared(sheet, header.row, place, heading))
        elif place != region and heading.role != "blank" and not _is_input(heading, wanted):
            (strange if _seems_a_figure(heading, wanted) else skipped).append(place)
    figures: dict[int, Figure] = {}
    for figure, places in by_figure.items():
        marked = [place for place in places if header.headings[place].published]
        kept = marked if len(marked) == 1 else places
        found += (findings.twice(sheet, header, kept[0], again, figure) for again in kept[1:])
        figures[kept[0]] = figure
    found += findings.skipped_columns(sheet, header, skipped)
    return Columns(figures=figures, strange=tuple(strange), found=tuple(found))


def _in_another_unit(heading: Heading, figure: Figure) -> bool:
    """Whether a heading says in a bracket that it is in a unit of which the figure cannot be."""
    if unit_of(heading.bracket) is not None or not is_unit_text(heading.bracket):
        return False
    return words.folded(heading.bracket) != words.folded(figure.unit)


def _is_input(heading: Heading, wanted: Wanted) -> bool:
    plain = unicodedata.normalize("NFKC", heading.text)
    return any(words.loose(text) in wanted.inputs for text in (plain, without_bracket(plain)))


def _seems_a_figure(heading: Heading, wanted: Wanted) -> bool:
    """Whether a heading that is no figure comes near the name of one, or is numbered like one."""
    if heading.role != "unknown":
        return False
    plain = unicodedata.normalize("NFKC", heading.text)
    return wanted.names.near(plain) is not None or _NUMBERED.match(plain) is not None
