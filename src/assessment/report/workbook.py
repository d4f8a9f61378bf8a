"""A whole result as an Excel workbook: ranking, table of scores, and the calculation of every score in words.

Texts are written as texts, never as formulas; scores as numbers with their published places. The date of creation is
fixed, so the same result gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from math import ceil
from typing import Any

from assessment.audit.record import ResultRecord
from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.text import width
from assessment.errors import MissingExtra
from assessment.report import words
from assessment.report.explain import Explanation, Item, Said, explain
from assessment.report.table import Cell, Column, Table
from assessment.report.view import View, view

_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_FONT = "宋体"
_HEADING_FONT = "黑体"
_WIDEST, _NARROWEST = 60, 8
_LINE_HEIGHT = 16
"""Points that a line of text takes."""
_HIGHEST_ROW = 409
"""Points beyond which no row grows."""
_BOLD = 1.15
"""How much wider bold text runs than the plain digits that column widths count."""
_LONGEST_CELL = 32_000
"""Characters that Excel keeps in a cell, a little less than its limit of 32,767."""


def workbook_bytes(result: ResultRecord, lang: Lang) -> bytes:
    """The bytes of the .xlsx file. Errors: `MissingExtra` without the extra `excel`."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtra("excel", en="writing an .xlsx file", zh="写出 .xlsx 文件") from error
    shown = view(result, lang)
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": shown.heading, "created": _CREATED})
        sheets = _Sheets(book)
        sheets.table(shown.ranking, shown)
        sheets.table(shown.detail, shown)
        sheets.table(_calculation(result, shown), shown)
        sheets.small_print(shown)
    return out.getvalue()


class _Sheets:
    """The sheets of one workbook in one style."""

    def __init__(self, book: Any) -> None:
        self.book = book
        plain = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
        boxed = {**plain, "border": 1, "text_wrap": True}
        self.title = book.add_format({**plain, "font_name": _HEADING_FONT, "font_size": 16, "bold": True})
        self.label = book.add_format({**plain, "font_color": "#C00000"})
        self.head = book.add_format(
            {**boxed, "font_name": _HEADING_FONT, "bold": True, "align": "center", "bg_color": "#E7ECF4"}
        )
        self.text = book.add_format(boxed)
        self.plain = book.add_format({**plain, "text_wrap": True})
        self.boxed = boxed
        self.numbers: dict[int, Any] = {}

    def table(self, table: Table, shown: View) -> None:
        """A sheet with a title, the labels of the data, and a table whose heading stays in sight."""
        sheet = self.book.add_worksheet(table.name)
        row = self._top(sheet, shown)
        widths = [_column_width(table, place) for place in range(len(table.columns))]
        for place, column in enumerate(table.columns):
            sheet.write_string(row, place, column.title, self.head)
            sheet.set_column(place, place, widths[place])
        sheet.set_row(row, _LINE_HEIGHT * _heading_lines(table, widths))
        sheet.freeze_panes(row + 1, 1)
        for down, cells in enumerate(table.rows, start=row + 1):
            for place, cell in enumerate(cells):
                self._cell(sheet, down, place, cell)
            lines = max(_lines(cell.text, widths[place]) for place, cell in enumerate(cells))
            if lines > 1:
                sheet.set_row(down, min(_LINE_HEIGHT * lines, _HIGHEST_ROW))
        if table.rows:
            sheet.autofilter(row, 0, row + len(table.rows), len(table.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(row)

    def small_print(self, shown: View) -> None:
        """A sheet with what the rules assume, leave out and allow, where there is any of it."""
        if not shown.small_print:
            return
        sheet = self.book.add_worksheet(words.ASSUMED.in_(shown.lang))
        sheet.set_column(0, 0, 100)
        row = self._top(sheet, shown)
        for title, texts in shown.small_print:
            sheet.write_string(row, 0, title, self.head)
            row += 1
            for text in texts:
                sheet.write_string(row, 0, text[:_LONGEST_CELL], self.plain)
                row += 1

    def _top(self, sheet: Any, shown: View) -> int:
        sheet.write_string(0, 0, shown.heading, self.title)
        sheet.set_row(0, 28)
        for row, label in enumerate(shown.labels, start=1):
            text = f"{words.DATA_LABEL.in_(shown.lang)}{words.COLON.in_(shown.lang)}{label}"
            sheet.write_string(row, 0, text, self.label)
        return 1 + len(shown.labels)

    def _cell(self, sheet: Any, row: int, place: int, cell: Cell) -> None:
        if cell.decimal is None:
            sheet.write_string(row, place, cell.text[:_LONGEST_CELL], self.text)
            return
        if cell.places not in self.numbers:
            shown_as = "0." + "0" * cell.places if cell.places else "0"
            self.numbers[cell.places] = self.book.add_format(
                {**self.boxed, "num_format": shown_as, "align": "right"}
            )
        # The nearest binary number: Excel has no other, and shows the published places of it.
        sheet.write_number(row, place, float(cell.decimal), self.numbers[cell.places])


def _column_width(table: Table, place: int) -> float:
    column = table.columns[place]
    cells = [width(row[place].text) for row in table.rows]
    # A long heading over figures is broken into lines rather than making the column wide.
    head = min(width(column.title), 14 if column.number else 24)
    return (
        float(min(max([head, *cells], default=head) + 2, _WIDEST)) if cells else float(max(head, _NARROWEST))
    )


def _lines(text: str, column: float) -> int:
    """Lines that a text takes in a column: not every program grows a row by itself when it opens a file."""
    # A line ends before a word or a mark that no longer fits, so a little less than the column is filled.
    return sum(max(1, ceil(width(line) / (column - 2))) for line in text.split("\n"))


def _heading_lines(table: Table, widths: list[float]) -> int:
    """Lines that the longest heading takes in its column; programs do not grow a heading's row by themselves."""
    return max(
        (ceil(width(c.title) * _BOLD / w) for c, w in zip(table.columns, widths, strict=True)), default=1
    )


def _calculation(result: ResultRecord, shown: View) -> Table:
    """Every step of every score as a row."""
    lang = shown.lang
    heads = (words.REGION, words.ITEM, words.SCORE, words.POSSIBLE, words.HOW, words.SOURCES, words.RULE)
    rows: list[tuple[Cell, ...]] = []
    for one in result.ranking() if result.rules.ranking is not None else result:
        rows.extend(_region_rows(one.region, explain(one.breakdown, lang)))
    return Table(
        name=words.STEPS.in_(lang),
        title=shown.heading,
        columns=tuple(Column(title=head.in_(lang)) for head in heads),
        rows=tuple(rows),
    )


def _region_rows(region: str, found: Explanation) -> list[tuple[Cell, ...]]:
    rows = _item_rows(region, found.item, more=found.closing)
    for item in found.results:
        rows += _item_rows(region, item)
    return rows


def _item_rows(
    region: str, item: Item, above: Item | None = None, more: tuple[Said, ...] = ()
) -> list[tuple[Cell, ...]]:
    """An item in the order of its calculation: its notes, what it is made of, its own steps."""
    heading = item.heading
    if above is not None and item.level == "part":
        heading = f"{above.heading} · {heading}"

    def row(step: Said) -> tuple[Cell, ...]:
        how, read = "\n".join((step.text, *step.compared)), "\n".join(step.read)
        return _texts(region, heading, item.score, item.possible or "", how, read, step.rule or "")

    rows = [row(_said(note)) for note in item.notes]
    for child in item.children:
        rows += _item_rows(region, child, item)
    rows += [row(step) for step in (*item.steps, *more)]
    return rows or [row(_said(""))]


def _said(text: str) -> Said:
    return Said(id="", text=text, compared=(), read=(), rule=None)


def _texts(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text=text) for text in texts)
