"""One cell → a value by the rules of its input, or what is wrong with it.

The order is fixed: a flaw of the cell, then the codes that the input declares, then the words for absences, then the
form of the input: a number (`amounts`), yes or no, a level, ratings, events.
"""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import assert_never

from attrs import evolve

from assessment.core.absence import Absence
from assessment.core.types import RATIOS, Kind, label_text
from assessment.data import words
from assessment.data.amounts import read_amount
from assessment.data.grid import Cell, clipped
from assessment.data.readings import (
    FULL_WIDTH,
    Flaw,
    Reading,
    absence_in,
    cell_flaw,
    formula_flaw,
    level_index,
    looks_like_formula,
)
from assessment.data.scale import Scale
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.suggest import nearest
from assessment.semantics.model import Input

MOST_ROWS = 1_000
"""The most ratings or events of one region."""


_LIST = re.compile(r"[;；、|\n，]|,\s+")


_TIMES = re.compile(r"(?P<level>.*?\S)\s*(?:[×xX*]\s*|\s+|(?=[0-9]))(?P<count>[0-9]{1,4})\s*[项件个次]?")


def read_value(cell: Cell, spec: Input, stated: Scale | None = None) -> Reading | Flaw:
    """Read a cell as a value of an input; `stated` is the unit of its column, None where none was stated."""
    flaw = cell_flaw(cell, spec.form)
    if flaw is not None:
        return flaw
    remarks: tuple[Text, ...] = ()
    if cell.formula is not None:
        formula = clipped(cell.formula, 80)
        remarks = (
            Text(en=f"stored result of the formula `{formula}`", zh=f"取自公式 `{formula}` 的缓存结果"),
        )
    absent = absence_in(cell, spec)
    if absent is not None:
        return Reading(value=absent, remarks=remarks)
    if (
        isinstance(cell.value, str)
        and looks_like_formula(cell.value)
        and level_index(cell.value, spec.levels) is None
    ):
        return formula_flaw(cell.value)
    found = _by_form(cell, spec, stated)
    if isinstance(found, Flaw):
        return found
    return evolve(found, remarks=remarks + found.remarks) if remarks else found


def _by_form(cell: Cell, spec: Input, stated: Scale | None) -> Reading | Flaw:
    match spec.form:
        case "number":
            return read_amount(cell, spec, stated)
        case "yes/no":
            return _yes_or_no(cell)
        case "choice":
            return _level(cell, spec)
        case "ratings":
            return _ratings(cell, spec, stated)
        case "events":
            return _events(cell, spec)
        case "date":
            return _date(cell)
        case "text" | "region":
            return _label(cell)
        case _:
            assert_never(spec.form)


def _yes_or_no(cell: Cell) -> Reading | Flaw:
    if isinstance(cell.value, bool):
        return Reading(value=cell.value)
    word = words.folded(cell.text[:40])
    if not isinstance(cell.value, str | tuple) and cell.value in (0, 1):
        return Reading(value=cell.value == 1)
    if word in words.YES:
        return Reading(value=True)
    if word in words.NO:
        return Reading(value=False)
    shown = clipped(cell.text)
    return Flaw(
        code="data-not-yes-or-no",
        text=Text(en=f"`{shown}` is neither yes nor no", zh=f"`{shown}` 既不是“是”也不是“否”"),
        help=Text(en="write `yes` or `no`", zh="请写 `是` 或 `否`"),
    )


_DAY = re.compile(
    r"(?P<year>[0-9]{4})(?:年|-|/|\.)(?P<month>[0-9]{1,2})(?:月|-|/|\.)(?P<day>[0-9]{1,2})日?(?:[T ]00:00:00)?"
)


def _date(cell: Cell) -> Reading | Flaw:
    """A day: `2018-12-31`, `2018/12/31`, `2018年12月31日`, or a cell that is a date."""
    found = (
        None
        if isinstance(cell.value, tuple)
        else _DAY.fullmatch(cell.text.translate(FULL_WIDTH).strip()[:40])
    )
    try:
        if found is not None:
            day = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
            return Reading(value=Fraction(day.toordinal()))
    except ValueError:
        pass
    shown = clipped(cell.text)
    return Flaw(
        code="data-not-a-date",
        text=Text(en=f"`{shown}` is not a day", zh=f"`{shown}` 不是日期"),
        help=Text(en="write a day such as `2018-12-31`", zh="请写日期，例如 `2018-12-31`"),
    )


def _label(cell: Cell) -> Reading | Flaw:
    if isinstance(cell.value, tuple):
        return Flaw(
            code="data-too-large",
            text=Text(en="one text is needed, not a list", zh="此处需要一段文字，而不是列表"),
        )
    return Reading(value=label_text(cell.text))


def _level(cell: Cell, spec: Input) -> Reading | Flaw:
    index = None if isinstance(cell.value, tuple) else level_index(cell.text, spec.levels)
    return _unknown_level(cell.text, spec) if index is None else Reading(value=Fraction(index))


def _unknown_level(text: str, spec: Input) -> Flaw:
    shown, near = clipped(text), nearest(text[:80], spec.levels)
    levels_en, levels_zh = ", ".join(spec.levels), "、".join(spec.levels)
    return Flaw(
        code="data-unknown-level",
        text=Text(en=f"`{shown}` is not a level of `{spec.name}`", zh=f"`{shown}` 不是 `{spec.name}` 的等级"),
        help=Text(en=f"the levels are {levels_en}", zh=f"等级为{levels_zh}")
        if near is None
        else Text(
            en=f"did you mean `{near}`? the levels are {levels_en}",
            zh=f"是否应为 `{near}`？等级为{levels_zh}",
        ),
    )


def _pieces(cell: Cell) -> tuple[Cell, ...]:
    """The cells of a list in one cell: of a tuple its items, of text what stands between the separators."""
    if isinstance(cell.value, tuple):
        return tuple(
            Cell(value=item, text=item if isinstance(item, str) else str(item)) for item in cell.value
        )
    if isinstance(cell.value, str):
        parts = (part.strip() for part in _LIST.split(cell.value))
        return tuple(Cell(value=part, text=part) for part in parts if part)
    return (cell,)


def _too_many(count: int) -> Flaw:
    return Flaw(
        code="data-too-large",
        text=Text(
            en=f"the cell lists {count} rows, at most {MOST_ROWS} are read",
            zh=f"单元格列出 {count} 行，最多读取 {MOST_ROWS} 行",
        ),
    )


def _ratings(cell: Cell, spec: Input, stated: Scale | None) -> Reading | Flaw:
    pieces = _pieces(cell)
    if len(pieces) > MOST_ROWS:
        return _too_many(len(pieces))
    values: list[Fraction] = []
    remarks: list[Text] = []
    from_float = False
    left_out = 0
    for piece in pieces:
        if absence_in(piece, spec) is not None:
            left_out += 1
            continue
        found = read_amount(piece, spec, stated)
        if isinstance(found, Flaw):
            return found
        if isinstance(found.value, Fraction):
            values.append(found.value)
        remarks += [remark for remark in found.remarks if remark not in remarks]
        from_float = from_float or found.from_float
    if left_out:
        remarks.append(raters_left_out(left_out))
    if not values:
        return Reading(value=Absence.NOT_REPORTED, remarks=tuple(remarks))
    return Reading(value=tuple(values), remarks=tuple(remarks), from_float=from_float)


def raters_left_out(count: int) -> Text:
    """The remark that some raters gave no value."""
    return Text(en=f"raters without a value: {count}", zh=f"未评分的评委：{count} 名")


def _events(cell: Cell, spec: Input) -> Reading | Flaw:
    if cell.value in (0, False) or (
        isinstance(cell.value, str) and words.folded(cell.value[:20]) in words.NOTHING | {"0"}
    ):
        return Reading(value=())
    values: list[Fraction] = []
    for piece in _pieces(cell):
        index, count = level_index(piece.text, spec.levels), 1
        if index is None:
            counted = _TIMES.fullmatch(piece.text.translate(FULL_WIDTH)[:200])
            index = None if counted is None else level_index(counted["level"], spec.levels)
            count = 1 if counted is None else int(counted["count"])
        if index is None:
            return _unknown_level(piece.text, spec)
        if len(values) + count > MOST_ROWS:
            return _too_many(len(values) + count)
        values += [Fraction(index)] * count
    return Reading(value=tuple(values))


def is_ratio_number(spec: Input) -> bool:
    """Whether bare numbers of an input could be meant as ratios or in percent."""
    return spec.form == "number" and spec.type.kind in RATIOS and spec.type.kind is not Kind.PP
