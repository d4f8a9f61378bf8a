"""A whole result as CSV: the ranking and every indicator's score, a row for each region."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from assessment.diagnostics.bilingual import Lang
from assessment.report import words
from assessment.report.table import Cell, Table
from assessment.report.view import View

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(view: View) -> str:
    """The tables of a result side by side, with lines ended by a line feed.

    What the data say of themselves is the last column of every row, so that no row travels without it. A text that a
    spreadsheet would run as a formula is written behind an apostrophe; figures are plain decimals.
    """
    # The last columns of the scores stand in the ranking already: the total, and what rests on estimates.
    estimates = words.RESTS_ON_ESTIMATES.in_(view.lang)
    end = -2 if view.detail.columns and view.detail.columns[-1].title == estimates else -1
    detail = {row[0].text: row[1:end] for row in view.detail.rows}
    place = next(
        i for i, column in enumerate(view.ranking.columns) if column.title == words.REGION.in_(view.lang)
    )
    labels = words.SEMICOLON.in_(view.lang).join(view.labels)
    head = [column.title for column in (*view.ranking.columns, *view.detail.columns[1:end])]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [_text(title) for title in [*head, *([words.DATA_LABEL.in_(view.lang)] if labels else [])]]
    )
    for row in view.ranking.rows:
        cells = (*row, *detail[row[place].text])
        writer.writerow([*map(_shown, cells), *([_text(labels)] if labels else [])])
    return out.getvalue()


def table_csv(table: Table, labels: Sequence[str], lang: Lang) -> str:
    """One table as CSV in the same form."""
    label = words.SEMICOLON.in_(lang).join(labels)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [column.title for column in table.columns]
    writer.writerow(map(_text, [*heads, *([words.DATA_LABEL.in_(lang)] if label else [])]))
    for row in table.rows:
        writer.writerow([*map(_shown, row), *([_text(label)] if label else [])])
    return out.getvalue()


def _shown(cell: Cell) -> str:
    return cell.decimal if cell.decimal is not None else _text(cell.text)


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text
