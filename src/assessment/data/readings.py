"""What a cell may be whatever was expected of it: flawed, absent, or text that looks like a formula.

Here are also the two outcomes of reading a cell: a `Reading`, or a `Flaw`, which is a diagnostic without its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from math import isnan

from attrs import frozen

from assessment.core.absence import Absence
from assessment.data import words
from assessment.data.grid import Cell, Held, clipped
from assessment.data.model import Scalar
from assessment.diagnostics.bilingual import Text
from assessment.number import NumberError, fraction_of_float, read_number
from assessment.semantics.model import Input, InputForm

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x00A0: " "}


@frozen(kw_only=True)
class Reading:
    """What a cell was read as.

    `unit` is the unit that the cell or its column stated, where it is not that of the input. `plain` marks a ratio that
    stood as a bare number without any stated unit; `from_float` one that came from a binary float with a fraction.
    """

    value: Scalar | Absence | tuple[Scalar | Absence, ...]
    unit: str | None = None
    remarks: tuple[Text, ...] = ()
    plain: bool = False
    from_float: bool = False


@frozen(kw_only=True)
class Flaw:
    """Why a cell has no value: a diagnostic without its place."""

    code: str
    text: Text
    help: Text | None = None


def cell_flaw(cell: Cell, form: InputForm = "number") -> Flaw | None:
    """What makes a cell unusable, whatever was expected of it; none where nothing does."""
    shown = clipped(cell.text)
    match cell.flaw:
        case None:
            pass
        case "error":
            return _error_value(shown)
        case "formula":
            formula = clipped(cell.formula or cell.text, 80)
            return Flaw(
                code="data-formula-without-value",
                text=Text(
                    en=f"the formula `{formula}` has no stored result", zh=f"公式 `{formula}` 没有缓存结果"
                ),
                help=Text(
                    en="open and save the file in a spreadsheet program, or paste the values",
                    zh="请用电子表格软件打开并保存，或粘贴为数值",
                ),
            )
        case "date" if form == "date":
            return None
        case "date":
            return Flaw(
                code="data-not-a-number",
                text=Text(
                    en=f"the cell holds the date `{shown}`, not a value",
                    zh=f"单元格是日期 `{shown}`，不是数值",
                ),
                help=Text(
                    en="enter the value again in a cell formatted as a number or as text",
                    zh="请把单元格格式改为数值或文本后重新填写",
                ),
            )
        case "other":
            return Flaw(
                code="data-not-a-number",
                text=Text(en=f"`{shown}` is not a value that can be read", zh=f"`{shown}` 不是可读取的数值"),
            )
    if isinstance(cell.value, str) and words.folded(cell.value[:40]) in words.ERROR_VALUES:
        return _error_value(shown)
    return None


def absence_in(cell: Cell, spec: Input) -> Absence | None:
    """The absence that a cell stands for: by the declared codes, then by the words that all data may use."""
    value = cell.value
    if isinstance(value, Absence):
        return value
    if spec.codes:
        known = _coded(cell, spec)
        if known is not None:
            return known
    if value is None or (isinstance(value, float) and isnan(value)):
        return Absence.NOT_REPORTED
    if isinstance(value, str) and not (spec.form == "choice" and level_index(value, spec.levels) is not None):
        return words.absence_of(value)
    return None


def _coded(cell: Cell, spec: Input) -> Absence | None:
    word = words.folded(cell.text[:80])
    number = _plain_number(cell.value)
    for code, absence in spec.codes.items():
        if words.folded(code) == word:
            return absence
        if number is not None and _plain_number(code) == number:
            return absence
    return None


def _plain_number(value: Held) -> Fraction | None:
    try:
        if isinstance(value, str):
            return read_number(value.translate(FULL_WIDTH).strip()).value
        return None if isinstance(value, bool) or value is None else exact_number(value)
    except NumberError:
        return None


def exact_number(value: Held) -> Fraction | None:
    """The rational of a number that is not text; none for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return fraction_of_float(value)
    return Fraction(value) if isinstance(value, int | Fraction) else None


def level_index(text: str, levels: Sequence[str]) -> int | None:
    """The place of a level by its name, the best being 0; none for other text."""
    word = words.folded(text[:200])
    return next((place for place, level in enumerate(levels) if words.folded(level) == word), None)


def _error_value(shown: str) -> Flaw:
    return Flaw(
        code="data-error-cell",
        text=Text(en=f"the cell holds the error `{shown}`", zh=f"单元格为错误值 `{shown}`"),
        help=Text(
            en="correct the formula, or write `—` for a value that is not reported",
            zh="请更正公式；未报的数值请写 `—`",
        ),
    )


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program would run the text; a sign before a digit is a number."""
    return text[:1] in ("=", "@", "\t", "\r") or re.match(r"\+(?![0-9０-９])|[+-].*[|!(]", text) is not None


def formula_flaw(text: str) -> Flaw:
    """The flaw of text that looks like a formula."""
    shown = clipped(text)
    return Flaw(
        code="data-looks-like-formula",
        text=Text(
            en=f"`{shown}` looks like a formula, which no value begins like",
            zh=f"`{shown}` 形似公式，不是数值",
        ),
        help=Text(en="write the value itself", zh="请直接填写数值"),
    )
