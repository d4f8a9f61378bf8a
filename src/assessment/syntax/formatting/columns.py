"""Cells of neighbouring lines, one below the other, so that statements of one kind read like a table.

A line that would become too long beside the others keeps its own blanks, and the others are aligned without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import evolve, frozen

from assessment.syntax.formatting.document import Comment, Document, Pad, Text, rendered, run

__all__ = ["Cell", "Entry", "Row", "aligned", "aligned_entries"]

_CHOICES = 8
"""So many widths of the column before the last are tried, the usual ones."""

_BRACE = 2
_BEGINNING = 24
"""What a cell of more lines takes on its first one."""

_WIDEST_KEY = 48
"""Wider keys stand beside their values without a column."""


@frozen(kw_only=True)
class Entry:
    """An entry between braces: what stands before its colon and behind it, with the semicolon and its comments."""

    behind: tuple[Comment, ...]
    own: tuple[Comment, ...]
    key: Document
    value: Document
    mark: Text
    pad: int = 0

    @property
    def document(self) -> Document:
        """All of it but the comments."""
        return run(self.key, Pad(self.pad), self.value, self.mark)

    @property
    def width(self) -> int | None:
        """Its cells on one line."""
        return None if self.behind or self.own else self.document.width

    @property
    def keyed(self) -> bool:
        """Whether it has a colon."""
        return self.key.width != 0


@frozen(kw_only=True)
class Cell:
    """A part of a line that begins a column; `digits` are those before the point of its number."""

    column: str
    document: Document
    digits: int = 0
    entries: tuple[Entry, ...] = ()


@frozen(kw_only=True)
class Row:
    """A statement in cells; `apart` where a blank line or comment stands before it."""

    kind: str
    cells: tuple[Cell, ...]
    apart: bool

    @property
    def document(self) -> Document:
        """The statement without columns."""
        return run(*(cell.document for cell in self.cells))


def aligned_entries(entries: Sequence[Entry], room: int) -> list[Entry]:
    """Entries whose values stand in one column where each entry has a line of its own."""
    keys = [entry.key.width for entry in entries if entry.keyed and entry.value.width is not None]
    wide = max((key for key in keys if key is not None and key <= _WIDEST_KEY), default=0)
    found = []
    for entry in entries:
        key, value = entry.key.width, entry.value.width
        fits = key is not None and value is not None and 0 < key <= wide and wide + value < room
        found.append(evolve(entry, pad=wide - (key or 0)) if fits else entry)
    return found


def aligned(rows: Sequence[Row], room: int) -> list[Document]:
    """The documents of rows that stand below each other, in lines of so many cells."""
    found = [row.document for row in rows]
    for numbers in _neighbours(rows):
        table = _opened([rows[number] for number in numbers])
        for number, document in zip(numbers, _table(table, room), strict=True):
            found[number] = document or found[number]
    return found


def _neighbours(rows: Sequence[Row]) -> Iterator[list[int]]:
    """The numbers of rows of one kind; a blank line ends a table of rows that take one line each."""
    found: list[int] = []
    for number, row in enumerate(rows):
        parted = row.apart and row.document.width is not None
        if found and (parted or row.kind != rows[number - 1].kind):
            yield found
            found = []
        found.append(number)
    if found:
        yield found


def _opened(rows: list[Row]) -> list[Row]:
    """Rows that end in the same keys, such as years: each key with its value becomes a column."""
    keys = {tuple(_flat(entry.key) for entry in row.cells[-1].entries) for row in rows}
    entries = [entry for row in rows for entry in row.cells[-1].entries]
    if len(keys) != 1 or not entries or not all(entry.width and entry.keyed for entry in entries):
        return rows
    return [evolve(row, cells=(*row.cells[:-1], *_columns_of(row.cells[-1].entries))) for row in rows]


def _columns_of(entries: Sequence[Entry]) -> Iterator[Cell]:
    blank = ""
    for number, entry in enumerate(entries):
        opening = Text(blank if number else " { ")
        yield Cell(column=f"entry {number}", document=run(opening, entry.document))
        blank = " " if entry.mark.text.isascii() else ""
    yield Cell(column="end", document=Text(" }"))


def _flat(document: Document) -> str:
    return rendered(document, 10**6)


def _table(rows: Sequence[Row], room: int) -> list[Document | None]:
    """The rows in columns; None for one that is too long beside the others."""
    lines = [_Line.of(row, room) for row in rows]
    held = [line for line in lines if line is not None]
    columns = _Columns.of(held)
    if columns is not None and len(held) > 1:
        columns = _fitting(columns, held, room)
    if columns is None or len(held) < 2:
        return [None] * len(rows)
    return [
        None if line is None else columns.placed(row, line, room)
        for row, line in zip(rows, lines, strict=True)
    ]


def _fitting(columns: _Columns, lines: Sequence[_Line], room: int) -> _Columns | None:
    """The columns of as many lines as fit beside each other: the longest are left out, and found by halving."""
    columns = columns.best(lines, room)
    lengths = [columns.blanks(line, room).width for line in lines]
    if max(lengths) <= room:
        return columns
    found, cuts = None, sorted(set(lengths))[:-1]
    low, high = 0, len(cuts)
    while low < high:
        middle = (low + high) // 2
        kept = [line for line, length in zip(lines, lengths, strict=True) if length <= cuts[middle]]
        tried = columns.over(kept).best(kept, room)
        if max(tried.blanks(line, room).width for line in kept) <= room:
            low, found = middle + 1, tried if len(kept) > 1 else None
        else:
            high = middle
    return found


class _Measure(NamedTuple):
    """A cell in numbers."""

    column: str
    width: int
    digits: int


class _Blanks(NamedTuple):
    """The blanks before each cell of a line, its width with them, and how well it stands in the columns."""

    before: list[int]
    width: int
    merit: int


@frozen(kw_only=True)
class _Line:
    """A row in numbers; a last cell that takes more lines counts with what it begins with."""

    leading: tuple[_Measure, ...]
    last: _Measure
    whole: int | None

    @classmethod
    def of(cls, row: Row, room: int) -> _Line | None:
        """The numbers of a row; None where a cell before the last takes more lines."""
        whole = row.document.width
        cells = [_Measure(cell.column, cell.document.width or 0, cell.digits) for cell in row.cells]
        if any(cell.document.width is None for cell in row.cells[:-1]):
            return None
        last = cells[-1]
        if whole is None or whole > room:
            last = last._replace(width=_BRACE if last.column in ("braces", "setting") else _BEGINNING)
        return cls(leading=tuple(cells[:-1]), last=last, whole=whole)


@frozen(kw_only=True)
class _Columns:
    """The widths of columns, by name in their order; `digits` are the most before the point of a number."""

    widths: dict[str, int]
    digits: dict[str, int]

    @classmethod
    def of(cls, lines: Sequence[_Line]) -> _Columns | None:
        """The columns of lines; None where two have them in different orders."""
        names: list[str] = []
        for line in lines:
            place = 0
            for cell in (*line.leading, line.last):
                if cell.column not in names:
                    names.insert(place, cell.column)
                elif names.index(cell.column) < place:
                    return None
                place = names.index(cell.column) + 1
        return cls(widths=dict.fromkeys(names, 0), digits={}).over(lines)

    def over(self, lines: Sequence[_Line]) -> _Columns:
        """The same columns, as wide as some lines need them."""
        digits = dict.fromkeys(self.widths, 0)
        for line in lines:
            for cell in (*line.leading, line.last):
                digits[cell.column] = max(digits[cell.column], cell.digits)
        found = _Columns(widths=dict.fromkeys(self.widths, 0), digits=digits)
        for line in lines:
            for cell in line.leading:
                found.widths[cell.column] = max(found.widths[cell.column], found.indent(cell) + cell.width)
        return found

    def best(self, lines: Sequence[_Line], room: int) -> _Columns:
        """The columns with the last one where it serves most lines; one with a wide cell before it is not held to it."""
        if len(self.widths) < 2:
            return self
        *_, before, last = self.widths
        widths = Counter(
            self.indent(line.leading[-1]) + line.leading[-1].width
            for line in lines
            if line.last.column == last and line.leading and line.leading[-1].column == before
        )
        usual = sorted((wide for wide, _ in widths.most_common(_CHOICES)), reverse=True)
        choices = dict.fromkeys((self.widths[before], *usual))
        tried = [evolve(self, widths={**self.widths, before: wide}) for wide in choices]
        return max(tried, key=lambda one: sum(one.blanks(line, room).merit for line in lines))

    def indent(self, cell: _Measure) -> int:
        """The blanks before a number that has fewer digits than others of its column."""
        return max(self.digits[cell.column] - cell.digits, 0) if cell.digits else 0

    def blanks(self, line: _Line, room: int) -> _Blanks:
        """The blanks between the cells of a line.

        Where it is too long with its last cell in its column, that follows the one before.
        """
        before: list[int] = []
        total = blanks = place = 0
        merit = 1
        for name, wide in self.widths.items():
            if name == line.last.column:
                break
            if place == len(line.leading) or line.leading[place].column != name:
                blanks += wide
                continue
            cell = line.leading[place]
            indent = self.indent(cell)
            before.append(blanks + indent)
            total += blanks + indent + cell.width
            merit = merit if indent + cell.width <= wide else 0
            blanks = max(wide - indent - cell.width, 0)
            place += 1
        blanks += self.indent(line.last)
        if total + blanks + line.last.width > room >= total + line.last.width:
            blanks, merit = 0, -1
        return _Blanks([*before, blanks], total + blanks + line.last.width, merit)

    def placed(self, row: Row, line: _Line, room: int) -> Document | None:
        """The row with blanks between its cells; None where it is too long with them, and not without."""
        found = self.blanks(line, room)
        if found.width > room >= (line.whole or 0):
            return None
        pairs = zip(found.before, row.cells, strict=True)
        return run(*(part for blanks, cell in pairs for part in (Text(" " * blanks), cell.document)))
