"""What a diagnostic is: a code, a message, and places in rule text or data.

Offsets count code points from 0 and an end is exclusive; lines and columns count from 1, for people. A line
ends at LF, CR LF or CR and nowhere else, as in editors.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from attrs import field, frozen

from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.codes import CODES, Severity
from assessment.errors import InternalError

__all__ = [
    "CellPlace",
    "Diagnostic",
    "Label",
    "Lang",
    "Place",
    "Severity",
    "Source",
    "Span",
    "Text",
    "diagnostic",
    "has_errors",
    "in_source_order",
]

_LINE_END = re.compile(r"\r\n|\r|\n")


@frozen(kw_only=True)
class Source:
    """A named text that spans point into, such as a rule file."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line begins; the first is always 0."""
        return (0, *(found.end() for found in _LINE_END.finditer(self.text)))

    def line_of(self, offset: int) -> int:
        """The line, from 1, in which an offset lies."""
        return bisect_right(self.line_starts, offset)

    def column_of(self, offset: int) -> int:
        """The column, from 1 and in code points, of an offset in its line."""
        return offset - self.line_starts[self.line_of(offset) - 1] + 1

    def line_bounds(self, line: int) -> tuple[int, int]:
        """The offsets of the first character of a line (from 1) and of the end of its text, without line end."""
        start = self.line_starts[line - 1]
        if line == len(self.line_starts):
            return start, len(self.text)
        end = self.line_starts[line]
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end


@frozen(kw_only=True)
class Span:
    r"""A stretch of a source, from offset `start` up to but without `end`; both are cheap to carry everywhere.

    >>> source = Source(name="a.assess", text="total 100\nround none")
    >>> span = Span(source=source, start=16, end=20)
    >>> span.line, span.column, span.text
    (2, 7, 'none')
    """

    source: Source = field(repr=False)
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line of the first character, from 1."""
        return self.source.line_of(self.start)

    @property
    def column(self) -> int:
        """The column of the first character, from 1, in code points."""
        return self.source.column_of(self.start)

    @property
    def end_line(self) -> int:
        """The line of the end."""
        return self.source.line_of(self.end)

    @property
    def end_column(self) -> int:
        """The column just behind the last character."""
        return self.source.column_of(self.end)

    @property
    def text(self) -> str:
        """The text that is covered, as written."""
        return self.source.text[self.start : self.end]

    @staticmethod
    def covering(first: Span, last: Span) -> Span:
        """The smallest span that contains both, which must be of one source."""
        if first.source is not last.source and first.source != last.source:
            raise InternalError(f"spans of `{first.source.name}` and `{last.source.name}` cannot be joined")
        return Span(source=first.source, start=min(first.start, last.start), end=max(first.end, last.end))


@frozen(kw_only=True)
class CellPlace:
    """A place in data: as much of file, sheet, A1 address, row and column as is known.

    `row` counts from 1 as the file's own program shows it; `column` is a name or a number from 1.

    >>> CellPlace(file="data.xlsx", sheet="数据", cell="C7").text("en")
    'data.xlsx, sheet 数据, cell C7'
    >>> CellPlace(file="data.csv", row=3, column="研发经费").text("zh")
    'data.csv，第 3 行，列 研发经费'
    """

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    column: str | int | None = None

    def text(self, lang: Lang) -> str:
        """The place in words; an A1 address already says row and column, so these are then left out."""
        words: list[Text] = []
        if self.file is not None:
            words.append(Text.same(self.file))
        if self.sheet is not None:
            words.append(Text(en=f"sheet {self.sheet}", zh=f"工作表 {self.sheet}"))
        if self.cell is not None:
            words.append(Text(en=f"cell {self.cell}", zh=f"单元格 {self.cell}"))
        else:
            if self.row is not None:
                words.append(Text(en=f"row {self.row}", zh=f"第 {self.row} 行"))
            if isinstance(self.column, int):
                words.append(Text(en=f"column {self.column}", zh=f"第 {self.column} 列"))
            elif self.column is not None:
                words.append(Text(en=f"column {self.column}", zh=f"列 {self.column}"))
        if not words:
            words.append(Text(en="the data", zh="数据"))
        return ("，" if lang == "zh" else ", ").join(word.in_(lang) for word in words)


Place = Span | CellPlace


@frozen(kw_only=True)
class Label:
    """A place and what is to be said there; the primary one is where the mistake is."""

    place: Place
    text: Text | None = None
    primary: bool = True


@frozen(kw_only=True)
class Diagnostic:
    """One finding about rules or data: what is wrong, where, and one way out.

    Build it with `diagnostic`, which takes the severity from the table of codes.
    """

    code: str
    message_text: Text
    labels: tuple[Label, ...] = ()
    help: Text | None = None
    notes: tuple[Text, ...] = ()
    severity: Severity = Severity.ERROR

    @property
    def message(self) -> str:
        """The message in English."""
        return self.message_text.en

    @property
    def span(self) -> Place | None:
        """The place of the first primary label; none when the finding has no place."""
        return next((label.place for label in self.labels if label.primary), None)

    def in_(self, lang: Lang) -> str:
        """The message in one language."""
        return self.message_text.in_(lang)


def diagnostic(
    code: str,
    text: Text,
    *labels: Label | Place,
    help: Text | None = None,
    notes: tuple[Text, ...] = (),
) -> Diagnostic:
    """A diagnostic with a declared code, which gives the severity; a bare place becomes a primary label.

    Errors: an undeclared code is an `InternalError`.

    >>> diagnostic("empty-file", Text(en="the file is empty", zh="文件为空")).severity.value
    'error'
    """
    declared = CODES.get(code)
    if declared is None:
        raise InternalError(f"diagnostic code `{code}` is not declared")
    return Diagnostic(
        code=code,
        message_text=text,
        labels=tuple(label if isinstance(label, Label) else Label(place=label) for label in labels),
        help=help,
        notes=notes,
        severity=declared.severity,
    )


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error, that is, whether the rules or the data have no meaning."""
    return any(found.severity is Severity.ERROR for found in diagnostics)


def in_source_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same diagnostics by source and place; those without a place first, equal places as they came."""
    return tuple(sorted(diagnostics, key=_place_key))


_PlaceKey = tuple[int, str, str, int, int, str]


def _place_key(found: Diagnostic) -> _PlaceKey:
    place = found.span
    if place is None:
        return (0, "", "", 0, 0, "")
    if isinstance(place, Span):
        return (1, place.source.name, "", place.start, place.end, "")
    row, column = _row_and_column(place)
    name = place.column if isinstance(place.column, str) else ""
    return (2, place.file or "", place.sheet or "", row, column, name)


def _row_and_column(place: CellPlace) -> tuple[int, int]:
    """Numbers to sort a cell by: those given, else those of its A1 address, else 0."""
    row = place.row or 0
    column = place.column if isinstance(place.column, int) else 0
    address = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", place.cell or "")
    if address:
        row = row or int(address[2])
        if not column:
            for letter in address[1]:
                column = column * 26 + ord(letter) - ord("A") + 1
    return row, column
