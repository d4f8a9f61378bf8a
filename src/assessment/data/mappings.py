"""Plain Python mappings → a sheet: `{region: {input: value}}`, or one such for each period.

What a mapping does not name was never mentioned. Rows count the regions in order, from 1; columns are the names of inputs
as given.
"""

from __future__ import annotations

import datetime as dt
import reprlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import cast

from assessment.core.absence import Absence
from assessment.data.grid import (
    BEFORE_ALL,
    MANY_DIGITS,
    MOST_CELLS,
    MOST_TEXT,
    Cell,
    Found,
    Held,
    Sheet,
    clipped,
    has_many_digits,
    too_many_cells,
)
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import diagnostic
from assessment.number import exact_text, fraction_of_float

_MOST_EXPONENT = 200
_MOST_ITEMS = 10_000


def read_mapping(source: Mapping[object, object]) -> tuple[tuple[Sheet, ...], tuple[Found, ...]]:
    """One sheet for each period, or one without a period; findings where the shape is another one."""
    if not source:
        return (), (_found("data-empty", Text(en="the mapping is empty", zh="映射为空")),)
    periods = {key: _period(key) for key in source}
    parts: list[tuple[str | None, object]] = [(None, source)]
    if all(period is not None for period in periods.values()):
        parts = [(str(periods[key]), part) for key, part in source.items()]
    sheets: list[Sheet] = []
    total = 0
    for index, (name, part) in enumerate(parts):
        if not isinstance(part, Mapping) or not all(isinstance(row, Mapping) for row in part.values()):
            return (), (_shape(),)
        total += sum(len(row) for row in part.values()) + len(part)
        columns = dict.fromkeys(str(column) for row in part.values() for column in row)
        if (size := max(total, len(part) * len(columns))) > MOST_CELLS:
            return (), (_found("data-too-large", too_many_cells(size)),)
        sheets.append(_sheet(index, name, part, tuple(columns)))
    return tuple(sheets), ()


def _sheet(
    index: int, name: str | None, regions: Mapping[object, Mapping[object, object]], columns: tuple[str, ...]
) -> Sheet:
    head = (Cell(value="region", text="region"), *(Cell(value=column, text=column) for column in columns))
    rows = []
    for region, row in regions.items():
        values = {str(column): value for column, value in row.items()}
        cells = (_mentioned(values[column]) if column in values else Cell() for column in columns)
        rows.append((Cell(value=str(region), text=str(region)), *cells))
    return Sheet(index=index, name=name, rows=(head, *rows), headed=True, sparse=True)


def _mentioned(value: object) -> Cell:
    """A cell that was mentioned: None then says *not reported*."""
    return cell_of(Absence.NOT_REPORTED if value is None else value)


def _period(key: object) -> int | None:
    text = str(key)
    if isinstance(key, int | str) and not isinstance(key, bool) and len(text) == 4 and text.isascii():
        return int(text) if text.isdigit() and 1900 <= int(text) < 2200 else None
    return None


def cell_of(value: object) -> Cell:
    """The cell of a Python value; what is no number, text, yes or no, absence or list of these is flawed."""
    item = getattr(value, "item", None)
    if callable(item) and type(value).__module__ == "numpy":
        value = item()
    match value:
        case None:
            return Cell()
        case Absence():
            return Cell(value=value, text=value.value)
        case bool():
            return Cell(value=value, text=str(value).lower())
        case str():
            return _text_cell(value)
        case int() | Fraction():
            return _exact_cell(Fraction(value), value)
        case float():
            shown = exact_text(fraction_of_float(value)) if isfinite(value) else str(value)
            return Cell(value=value, text=shown)
        case Decimal():
            return _decimal_cell(value)
        case list() | tuple() if value and all(isinstance(one, Mapping) for one in value):
            return _row_cell(cast("Sequence[Mapping[object, object]]", value))
        case list() | tuple():
            return _list_cell(value)
        case dt.date() | dt.time():
            return Cell(value=str(value), text=str(value), flaw="date")
        case _:
            # pandas marks a missing value by objects of its own.
            if type(value).__name__ in ("NAType", "NaTType"):
                return Cell()
            return Cell(text=reprlib.repr(value), flaw="other")


def _text_cell(text: str) -> Cell:
    return Cell(value=text, text=text) if len(text) <= MOST_TEXT else Cell(text=text[:100], flaw="other")


def _exact_cell(number: Fraction, value: int | Fraction) -> Cell:
    if has_many_digits(number):
        return Cell(text=MANY_DIGITS, flaw="other")
    return Cell(value=value, text=exact_text(number))


def _decimal_cell(value: Decimal) -> Cell:
    if value.is_nan():
        return Cell()
    if not value.is_finite() or abs(value.adjusted()) > _MOST_EXPONENT:
        return Cell(text=clipped(str(value), 60), flaw="other")
    return _exact_cell(Fraction(value), Fraction(value))


def _list_cell(values: list[object] | tuple[object, ...]) -> Cell:
    # A list inside a list has no meaning; refusing it here also bounds how deep a value can be.
    nested = any(isinstance(value, list | tuple) for value in values)
    cells = [] if nested or len(values) > _MOST_ITEMS else [cell_of(value) for value in values]
    if len(cells) < len(values) or any(cell.flaw is not None for cell in cells):
        return Cell(text=reprlib.repr(values), flaw="other")
    held: tuple[Held, ...] = tuple(cell.value for cell in cells)
    return Cell(value=held, text="; ".join(cell.text for cell in cells))


def _row_cell(values: Sequence[Mapping[object, object]]) -> Cell:
    """The rows of an input that has fields: a mapping for each."""
    if sum(map(len, values)) > _MOST_ITEMS * 10 or any(
        _is_nested(one) for row in values for one in row.values()
    ):
        return Cell(text=reprlib.repr(values), flaw="other")
    rows = tuple({str(name): cell_of(one) for name, one in row.items()} for row in values)
    return Cell(rows=rows, text=f"{len(rows)} rows")


def _is_nested(value: object) -> bool:
    return isinstance(value, list | tuple | Mapping)


def _shape() -> Found:
    return _found(
        "data-unreadable",
        Text(
            en="the mapping does not map regions to values of inputs",
            zh="映射的结构不是“地区 → 数据项 → 数值”",
        ),
        Text(
            en="give `{region: {input: value}}` or `{period: {region: {input: value}}}`",
            zh="请给出 `{地区: {数据项: 数值}}` 或 `{年度: {地区: {数据项: 数值}}}`",
        ),
    )


def _found(code: str, text: Text, help: Text | None = None) -> Found:
    return Found(at=BEFORE_ALL, diagnostic=diagnostic(code, text, help=help))
