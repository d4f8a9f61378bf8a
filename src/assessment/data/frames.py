"""Data frames of pandas, polars and Arrow → a sheet, without importing any of the three.

A frame is known by the module of its type and read through its own interface. Its columns are the headings; rows count
from 1. Numbers of 32-bit floats are taken by the shortest decimal that gives the same 32 bits.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any

from assessment.data.grid import BEFORE_ALL, EMPTY, MOST_CELLS, Cell, Found, Sheet, too_many_cells
from assessment.data.mappings import cell_of
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import diagnostic

_KINDS = {
    ("pandas", "DataFrame"): "pandas",
    ("polars", "DataFrame"): "polars",
    ("polars", "LazyFrame"): "polars",
    ("pyarrow", "Table"): "pyarrow",
    ("pyarrow", "RecordBatch"): "pyarrow",
}


def frame_kind(source: object) -> str | None:
    """The library of a data frame; none for anything else."""
    for type_ in type(source).__mro__:
        found = _KINDS.get((type_.__module__.split(".")[0], type_.__name__))
        if found is not None:
            return found
    return None


def read_frame(frame: Any, kind: str) -> tuple[Sheet | None, tuple[Found, ...]]:
    """The one sheet of a frame: its headings as first row, then its rows."""
    if type(frame).__name__ == "LazyFrame":
        frame = frame.collect()
    headings, count, columns = _OPENED[kind](frame)
    if count * len(headings) > MOST_CELLS:
        text = too_many_cells(count * len(headings))
        return None, (Found(at=BEFORE_ALL, diagnostic=diagnostic("data-too-large", text)),)
    if not count or not headings:
        text = Text(en="the frame has no rows or no columns", zh="数据框没有行或没有列")
        return None, (Found(at=BEFORE_ALL, diagnostic=diagnostic("data-empty", text)),)
    head = tuple(Cell(value=name, text=name) for name in headings)
    cells = [[EMPTY if value != value else cell_of(value) for value in column] for column in columns]  # noqa: PLR0124
    return Sheet(rows=(head, *zip(*cells, strict=True)), headed=True), ()


_Opened = tuple[Sequence[str], int, Iterable[Sequence[object]]]


def _pandas(frame: Any) -> _Opened:
    if type(frame.index).__name__ != "RangeIndex" and (
        any(name is not None for name in frame.index.names)
        or str(frame.index.dtype) not in ("int64", "int32")
    ):
        names = [name if name is not None else "region" for name in frame.index.names]
        frame = frame.reset_index(names=names)
    headings = [_name(name) for name in frame.columns]
    series = (frame.iloc[:, place] for place in range(len(headings)))
    return headings, len(frame), (_narrowed(one.tolist(), str(one.dtype)) for one in series)


def _polars(frame: Any) -> _Opened:
    headings = [_name(name) for name in frame.columns]
    series = (frame.to_series(place) for place in range(len(headings)))
    return headings, frame.height, (_narrowed(one.to_list(), str(one.dtype)) for one in series)


def _pyarrow(frame: Any) -> _Opened:
    headings = [_name(name) for name in frame.schema.names]
    arrays = (frame.column(place) for place in range(len(headings)))
    return headings, frame.num_rows, (_narrowed(one.to_pylist(), str(one.type)) for one in arrays)


_OPENED = {"pandas": _pandas, "polars": _polars, "pyarrow": _pyarrow}


def _name(name: object) -> str:
    """A heading as text; the levels of a stacked one are joined."""
    if isinstance(name, tuple):
        return " ".join(str(part) for part in name if str(part))
    return str(name)


def _narrowed(values: Sequence[object], dtype: str) -> Sequence[object]:
    """The values, those of short floats by their shortest decimal."""
    code = {"float32": "f", "float": "f", "halffloat": "e", "float16": "e"}.get(dtype.lower())
    if code is None:
        return values
    return [_shortest(value, code) if isinstance(value, float) else value for value in values]


def _shortest(value: float, code: str) -> float:
    """The 64-bit float of the shortest decimal that is the same number in a short float."""
    if not isfinite(value):
        return value
    bits = struct.pack(code, value)
    for digits in range(1, 10):
        shorter = float(f"{value:.{digits}g}")
        try:
            if struct.pack(code, shorter) == bits:
                return shorter
        except OverflowError:  # rounded up beyond the largest short float: one more digit
            continue
    return value
