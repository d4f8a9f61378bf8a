"""Cells of neighbouring lines, one below the other, so that statements of one kind read like a table.

A line that would become too long beside the others keeps its own blanks, and the others are aligned without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from assessment.formatting.document import Comment, Document, Pad, Text, rendered, run

__all__ = ["Cell", "Entry", "Row", "aligned", "aligned_entries"]

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
    table = [row for row in rows if _leads(row)]
    columns = _Columns.of(table)
    kept = table
    while len(kept) > 1 and columns is not None:
        columns = columns.best(kept, room)
        widths = [columns.placed(row, room)[1] for row in kept]
        if max(widths) <= room:
            return [_in(columns, row, room) if _leads(row) else None for row in rows]
        kept = [row for row, width in zip(kept, widths, strict=True) if width < max(widths)]
        columns = _Columns.of(kept, columns.widths)
    return [None] * len(rows)


def _in(columns: _Columns, row: Row, room: int) -> Document | None:
    document, width, _ = columns.placed(row, room)
    return document if width <= room or (row.document.width or 0) > room else None


def _leads(row: Row) -> bool:
    """Whether all cells but the last stand on one line."""
    return all(cell.document.width is not None for cell in row.cells[:-1])


@frozen(kw_only=True)
class _Columns:
    """The widths of columns, by name in their order; `digits` are the most before the point of a number."""

    widths: dict[str, int]
    digits: dict[str, int]

    @classmethod
    def of(cls, rows: Collection[Row], names: Iterable[str] = ()) -> _Columns | None:
        """The columns of rows; None where two rows have them in different orders."""
        names = list(names)
        digits: dict[str, int] = {}
        for row in rows:
            place = 0
            for cell in row.cells:
                if cell.column not in names:
                    names.insert(place, cell.column)
                elif names.index(cell.column) < place:
                    return None
                place = names.index(cell.column) + 1
                digits[cell.column] = max(digits.get(cell.column, 0), cell.digits)
        widths = dict.fromkeys(names, 0)
        for row in rows:
            for cell in row.cells[:-1]:
                wide = (cell.document.width or 0) + _indent(cell, digits)
                widths[cell.column] = max(widths[cell.column], wide)
        return cls(widths=widths, digits=digits)

    def best(self, rows: Collection[Row], room: int) -> _Columns:
        """The columns with the last one where it serves most rows; a row with a wide cell before it is not held to it."""
        if len(self.widths) < 2:
            return self
        *_, before, last = self.widths
        ends = [row for row in rows if row.cells[-1].column == last and len(row.cells) > 1]
        choices = {
            (row.cells[-2].document.width or 0) + _indent(row.cells[-2], self.digits)
            for row in ends
            if row.cells[-2].column == before
        }
        tried = [evolve(self, widths={**self.widths, before: wide}) for wide in sorted(choices, reverse=True)]
        return max(tried, key=lambda one: sum(one.placed(row, room)[2] for row in rows), default=self)

    def placed(self, row: Row, room: int) -> tuple[Document, int, int]:
        """The row with blanks between its cells, its width up to where it has more lines, and how well it is held.

        Where the row is too long with its last cell in its column, that follows the one before.
        """
        *leading, last = row.cells
        parts: list[Document] = []
        by_name = {cell.column: cell for cell in leading}
        total = blanks = 0
        held = 1
        for name, wide in self.widths.items():
            if name == last.column:
                break
            cell = by_name.get(name)
            if cell is None:
                blanks += wide
                continue
            before = blanks + _indent(cell, self.digits)
            taken = _indent(cell, self.digits) + (cell.document.width or 0)
            parts += [Text(" " * before), cell.document]
            total += blanks + taken
            held = held if taken <= wide else 0
            blanks = max(wide - taken, 0)
        blanks += _indent(last, self.digits)
        whole = row.document.width
        taken = _least(last) if whole is None or whole > room else last.document.width or 0
        if total + blanks + taken > room and total + taken <= room:
            blanks, held = 0, -1
        return run(*parts, Text(" " * blanks), last.document), total + blanks + taken, held


def _indent(cell: Cell, digits: Mapping[str, int]) -> int:
    """The blanks before a number that has fewer digits than others of its column."""
    return digits[cell.column] - cell.digits if cell.digits else 0


def _least(cell: Cell) -> int:
    """What a cell that is broken over lines takes on the first one: a brace, mostly."""
    return 2 if cell.column in ("braces", "setting") else 24
