"""Excel workbooks (.xlsx) → sheets, cell by cell, with their own addresses.

openpyxl is slow but faithful: it keeps error values, formulas, merged blocks and the leading empty rows, which faster
readers drop in silence. The file is guarded first (`guard`). A formula counts by its stored result; one without a stored
result is a flaw of its cell, never an empty value.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.data.grid import (
    BEFORE_ALL,
    EMPTY,
    MANY_DIGITS,
    MOST_CELLS,
    Cell,
    Found,
    Merge,
    Sheet,
    has_many_digits,
    too_many_cells,
)
from assessment.data.guard import Unsafe, guard
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, diagnostic
from assessment.diagnostics.suggest import nearest
from assessment.errors import MissingExtra
from assessment.number import NumberError, exact_text, fraction_of_float

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as XlsxCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# What a parser of XML by hand raises on parts that are missing, misplaced or malformed.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # the base of errors of XML
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def read_workbook(
    content: bytes, *, file: str | None, sheets: Sequence[str] | None
) -> tuple[tuple[Sheet, ...], tuple[Found, ...]]:
    """The named sheets of a workbook, or all that are visible.

    Errors: `MissingExtra` without openpyxl; everything that is wrong with the file is a finding.
    """
    guarded = guard(content)
    if isinstance(guarded, Unsafe):
        return (), (_found(guarded.code, guarded.text, file, guarded.help),)
    try:
        import openpyxl
    except ImportError as absent:
        raise MissingExtra("excel", en="reading an .xlsx file", zh="读取 .xlsx 文件") from absent
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep, which we do not read
            stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
            written = (
                openpyxl.load_workbook(io.BytesIO(content), keep_links=False) if guarded.formulas else stored
            )
    except _BROKEN:
        return (), (
            _found(
                "data-unreadable",
                Text(en="the workbook is damaged", zh="工作簿已损坏"),
                file,
                Text(
                    en="open it in a spreadsheet program and save it again",
                    zh="请用电子表格软件打开并重新保存",
                ),
            ),
        )
    return _sheets(stored, written, file, sheets)


def _sheets(
    stored: Workbook, written: Workbook, file: str | None, wanted: Sequence[str] | None
) -> tuple[tuple[Sheet, ...], tuple[Found, ...]]:
    sheets: list[Sheet] = []
    known = [sheet.title for sheet in stored.worksheets]
    found = [_unknown_sheet(name, known, file) for name in wanted or () if name not in known]
    for index, sheet in enumerate(stored.worksheets):
        if wanted is not None and sheet.title not in wanted:
            continue
        if wanted is None and sheet.sheet_state != "visible":
            found.append(skipped_sheet(index, file, sheet.title, Text(en="hidden", zh="已隐藏")))
            continue
        count = sheet.max_row * sheet.max_column
        if count > MOST_CELLS:
            found.append(_found("data-too-large", too_many_cells(count), file))
            continue
        sheets.append(_sheet(index, sheet, written[sheet.title], file))
    return tuple(sheets), tuple(found)


def _sheet(index: int, stored: Worksheet, written: Worksheet, file: str | None) -> Sheet:
    bounds = {"min_row": 1, "max_row": stored.max_row, "min_col": 1, "max_col": stored.max_column}
    rows = [
        tuple(_cell(value, formula) for value, formula in zip(values, formulas, strict=True))
        for values, formulas in zip(stored.iter_rows(**bounds), written.iter_rows(**bounds), strict=True)
    ]
    merges = tuple(
        Merge(
            top=block.min_row - 1, left=block.min_col - 1, bottom=block.max_row - 1, right=block.max_col - 1
        )
        for block in sorted(stored.merged_cells.ranges, key=lambda one: (one.min_row, one.min_col))
        if block.size["rows"] * block.size["columns"] > 1
    )
    return Sheet(index=index, file=file, name=stored.title, rows=tuple(rows), merges=merges, addressed=True)


def _cell(stored: XlsxCell, written: XlsxCell) -> Cell:
    value = stored.value
    formula = _formula(written) if getattr(written, "data_type", "n") == "f" else None
    if value is None:
        return EMPTY if formula is None else Cell(text=formula, formula=formula, flaw="formula")
    if stored.data_type == "e":
        return Cell(text=str(value), formula=formula, flaw="error")
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return Cell(value=str(value), text=str(value), formula=formula, flaw="date")
    if isinstance(value, bool):
        return Cell(value=value, text="TRUE" if value else "FALSE", formula=formula)
    if isinstance(value, int | float):
        percent = _is_percent(stored.number_format)
        return Cell(value=value, text=_shown(value, percent=percent), percent=percent, formula=formula)
    return Cell(value=str(value), text=str(value), formula=formula)


def _formula(cell: XlsxCell) -> str:
    """The text of a formula; of an array formula its own text."""
    return str(getattr(cell.value, "text", cell.value) or "=")


def _is_percent(number_format: str | None) -> bool:
    """Whether a number format multiplies by 100; a percent sign in quotes does not."""
    return "%" in _LITERAL.sub("", number_format or "")


def _shown(value: int | float, *, percent: bool) -> str:  # noqa: PYI041 - which of the two it is decides
    """The number as a reader sees it, at full length."""
    try:
        exact = Fraction(value) if type(value) is int else fraction_of_float(value)
    except NumberError:  # infinities and not-a-number, which a workbook should not hold
        return str(value)
    if has_many_digits(exact):
        return MANY_DIGITS
    return exact_text(exact * 100) + "%" if percent else exact_text(exact)


def skipped_sheet(index: int, file: str | None, name: str | None, why: Text) -> Found:
    """The note that a sheet was not read, and why."""
    return Found(
        at=(index, -1, -1),
        diagnostic=diagnostic(
            "data-skipped-sheet",
            Text(en=f"sheet `{name}` was skipped: it is {why.en}", zh=f"工作表 `{name}` 已跳过：{why.zh}"),
            CellPlace(file=file, sheet=name),
        ),
    )


def _unknown_sheet(name: str, known: Sequence[str], file: str | None) -> Found:
    near = nearest(name, known)
    sheets_en, sheets_zh = ", ".join(known[:10]), "、".join(known[:10])
    return _found(
        "data-unknown-sheet",
        Text(en=f"the workbook has no sheet `{name}`", zh=f"工作簿中没有工作表 `{name}`"),
        file,
        Text(en=f"did you mean `{near}`?", zh=f"是否应为 `{near}`？")
        if near is not None
        else Text(en=f"its sheets are {sheets_en}", zh=f"现有工作表：{sheets_zh}"),
    )


def _found(code: str, text: Text, file: str | None, help: Text | None = None) -> Found:
    return Found(at=BEFORE_ALL, diagnostic=diagnostic(code, text, CellPlace(file=file), help=help))
