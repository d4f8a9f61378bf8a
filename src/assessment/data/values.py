"""One cell → a value by the rules of its input, or what is wrong with it.

The order is fixed: a flaw of the cell, then the codes that the input declares, then the words for absences, then the
form of the input. Numbers are read from decimal text or from the shortest decimal of a float; a unit or percent sign in
the cell counts before the unit of the column, and that before the unit of the declaration.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import assert_never

from attrs import evolve, frozen

from assessment.core.absence import Absence
from assessment.core.types import RATIOS, Kind
from assessment.data import words
from assessment.data.grid import Cell, Held, clipped
from assessment.data.model import Scalar
from assessment.data.scale import Scale, UnitFlaw, declared, is_unit_text, range_text, scale_of, value_text
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.suggest import nearest
from assessment.number import NumberError, exact_text, fraction_of_float, read_number
from assessment.semantics.model import Input

MOST_ROWS = 1_000
"""The most ratings or events of one region."""
_MOST_BITS = 1_000
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x00A0: " "}
_AMOUNT = re.compile(r"[+\-−]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]{1,9})?")
_LIST = re.compile(r"[;；、|\n，]|,\s+")
_TIMES = re.compile(r"(?P<level>.*?\S)\s*(?:[×xX*]\s*|\s+|(?=[0-9]))(?P<count>[0-9]{1,4})\s*[项件个次]?")
_EXACT_FLOAT = 2**53


@frozen(kw_only=True)
class Reading:
    """What a cell was read as.

    `unit` is the unit that the cell or its column stated, where it is not that of the input. `plain` marks a ratio that
    stood as a bare number without any stated unit; `from_float` one that came from a binary float with a fraction.
    """

    value: Scalar | Absence | tuple[Scalar, ...]
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


@frozen(kw_only=True)
class _Number:
    stored: Fraction
    scale: Scale
    remarks: tuple[Text, ...] = ()
    plain: bool = False
    from_float: bool = False


def read_value(cell: Cell, spec: Input, stated: Scale | None = None) -> Reading | Flaw:
    """Read a cell as a value of an input; `stated` is the unit of its column, None where none was stated."""
    flaw = _cell_flaw(cell)
    if flaw is not None:
        return flaw
    remarks: tuple[Text, ...] = ()
    if cell.formula is not None:
        formula = clipped(cell.formula, 80)
        remarks = (
            Text(en=f"stored result of the formula `{formula}`", zh=f"取自公式 `{formula}` 的缓存结果"),
        )
    absent = _absence(cell, spec)
    if absent is not None:
        return Reading(value=absent, remarks=remarks)
    if isinstance(cell.value, str) and _looks_like_formula(cell.value):
        return _formula_flaw(cell.value)
    found = _by_form(cell, spec, stated)
    if isinstance(found, Flaw):
        return found
    return evolve(found, remarks=remarks + found.remarks)


def _by_form(cell: Cell, spec: Input, stated: Scale | None) -> Reading | Flaw:
    match spec.form:
        case "number":
            return _one_number(cell, spec, stated)
        case "yes/no":
            return _yes_or_no(cell)
        case "choice":
            return _level(cell, spec)
        case "ratings":
            return _ratings(cell, spec, stated)
        case "events":
            return _events(cell, spec)
        case _:
            assert_never(spec.form)


def _cell_flaw(cell: Cell) -> Flaw | None:
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


def _error_value(shown: str) -> Flaw:
    return Flaw(
        code="data-error-cell",
        text=Text(en=f"the cell holds the error `{shown}`", zh=f"单元格为错误值 `{shown}`"),
        help=Text(
            en="correct the formula, or write `—` for a value that is not reported",
            zh="请更正公式；未报的数值请写 `—`",
        ),
    )


def _absence(cell: Cell, spec: Input) -> Absence | None:
    """The absence that a cell stands for: by the declared codes, then by the words that all data may use."""
    value = cell.value
    if isinstance(value, Absence):
        return value
    if spec.codes:
        known = _coded(cell, spec)
        if known is not None:
            return known
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - a NaN differs from itself
        return Absence.NOT_REPORTED
    if isinstance(value, str) and not (spec.form == "choice" and _level_index(value, spec) is not None):
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
            return read_number(value.translate(_FULL_WIDTH).strip()).value
        return None if isinstance(value, bool) or value is None else _exact(value)
    except NumberError:
        return None


def _exact(value: Held) -> Fraction | None:
    """The rational of a number that is not text; none for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return fraction_of_float(value)
    return Fraction(value) if isinstance(value, int | Fraction) else None


def _looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program would run the text; a sign before a digit is a number."""
    return text[:1] in ("=", "@", "\t", "\r") or re.match(r"\+(?![0-9０-９])|[+-].*[|!(]", text) is not None


def _formula_flaw(text: str) -> Flaw:
    shown = clipped(text)
    return Flaw(
        code="data-looks-like-formula",
        text=Text(
            en=f"`{shown}` looks like a formula, which no value begins like",
            zh=f"`{shown}` 形似公式，不是数值",
        ),
        help=Text(en="write the value itself", zh="请直接填写数值"),
    )


# Numbers ---------------------------------------------------------------------------------------------------


def _one_number(cell: Cell, spec: Input, stated: Scale | None) -> Reading | Flaw:
    if isinstance(cell.value, tuple):
        return _not_a_number(cell.text)
    found = _number(cell, spec, stated)
    if isinstance(found, Flaw):
        return found
    flaw = _whole_flaw(found, spec) or _range_flaw(found, spec)
    if flaw is not None:
        return flaw
    own = declared(spec)
    unit, remarks = None, found.remarks
    if found.scale.factor != own.factor:
        unit = found.scale.text
        kept = value_text(found.stored, spec)
        given = exact_text(found.stored / found.scale.factor)
        remarks = (
            *remarks,
            Text(en=f"converted: {given} {unit} = {kept}", zh=f"换算：{given} {unit} = {kept}"),
        )
    return Reading(
        value=found.stored, unit=unit, remarks=remarks, plain=found.plain, from_float=found.from_float
    )


def _number(cell: Cell, spec: Input, stated: Scale | None) -> _Number | Flaw:
    value = cell.value
    try:
        if isinstance(value, str):
            return _from_text(value, spec, stated)
        exact = _exact(value)
    except NumberError as error:
        return Flaw(code="data-not-a-number", text=_short(error.reason))
    except UnitFlaw as error:
        return Flaw(code=error.code, text=error.reason, help=error.help)
    if exact is None:
        return _not_a_number(cell.text)
    if exact.numerator.bit_length() > _MOST_BITS or exact.denominator.bit_length() > _MOST_BITS:
        return Flaw(
            code="data-not-a-number",
            text=Text(en="the number has more digits than are read", zh="数字位数过多，无法读取"),
            help=Text(en="give at most 60 digits", zh="最多 60 位"),
        )
    remarks: tuple[Text, ...] = ()
    from_float = isinstance(value, float) and (not value.is_integer() or abs(value) >= _EXACT_FLOAT)
    if from_float:
        shown = exact_text(exact)
        remarks = (
            Text(
                en=f"taken as {shown}, the shortest decimal of a binary float",
                zh=f"取二进制浮点数的最短十进制 {shown}",
            ),
        )
    if cell.percent:
        return _from_percent_format(exact, cell, spec, remarks, from_float)
    scale = stated or declared(spec)
    return _Number(
        stored=exact * scale.factor,
        scale=scale,
        remarks=remarks,
        plain=stated is None and spec.type.kind in RATIOS,
        from_float=from_float,
    )


def _from_percent_format(
    exact: Fraction, cell: Cell, spec: Input, remarks: tuple[Text, ...], from_float: bool
) -> _Number | Flaw:
    """A number that its workbook shows with a percent sign: 0.023 is 2.3 %."""
    try:
        scale_of("%", spec)
    except UnitFlaw as error:
        return Flaw(code=error.code, text=error.reason, help=error.help)
    remark = Text(
        en=f"a percent cell that holds {exact_text(exact)} and shows {clipped(cell.text)}",
        zh=f"百分比格式的单元格，存储值 {exact_text(exact)}，显示为 {clipped(cell.text)}",
    )
    return _Number(
        stored=exact, scale=_percent_scale(spec), remarks=(*remarks, remark), from_float=from_float
    )


def _percent_scale(spec: Input) -> Scale:
    own = declared(spec)
    return own if own.factor == Fraction(1, 100) else Scale(text="%", factor=Fraction(1, 100))


def _from_text(text: str, spec: Input, stated: Scale | None) -> _Number | Flaw:
    if words.folded(text[:20]) in words.NOTHING:
        return Flaw(
            code="data-not-a-number",
            text=Text(
                en=f"`{clipped(text)}` may mean zero or that nothing was reported",
                zh=f"`{clipped(text)}` 可以指零，也可以指未报",
            ),
            help=Text(en="write `0` or `—`", zh="请写 `0` 或 `—`"),
        )
    plain = text.translate(_FULL_WIDTH).strip()
    found = _AMOUNT.match(plain) if len(plain) <= 200 else None
    if found is None:
        return _not_a_number(text)
    amount, rest = found[0], plain[found.end() :].strip()
    if rest and not is_unit_text(rest):
        return _not_a_number(text)
    number = read_number(amount)
    remarks: tuple[Text, ...] = ()
    if number.folded or plain != text.replace("\u00a0", " ").strip():
        remarks = (Text(en="full-width characters folded", zh="全角字符已折为半角"),)
    if rest:
        scale = scale_of(rest, spec)
        if rest in "%‰":
            remarks = (*remarks, Text(en=f"the sign `{rest}` was read", zh=f"按 `{rest}` 读取"))
        return _Number(stored=number.value * scale.factor, scale=scale, remarks=remarks)
    scale = stated or declared(spec)
    return _Number(
        stored=number.value * scale.factor,
        scale=scale,
        remarks=remarks,
        plain=stated is None and spec.type.kind in RATIOS,
    )


def _not_a_number(text: str) -> Flaw:
    shown = clipped(text)
    return Flaw(
        code="data-not-a-number",
        text=Text(en=f"`{shown}` is not a number", zh=f"`{shown}` 不是数字"),
        help=Text(
            en="write a number such as `1234.5`, or `—` for a value that is not reported",
            zh="请写数字，例如 `1234.5`；未报的数值写 `—`",
        ),
    )


def _short(reason: Text) -> Text:
    return Text(en=clipped(reason.en, 200), zh=clipped(reason.zh, 200))


def _whole_flaw(found: _Number, spec: Input) -> Flaw | None:
    """A count is whole in its base unit: 1.2 万件 are 12,000 pieces."""
    base = spec.type.unit.factor if spec.type.unit is not None else Fraction(1)
    if not spec.whole or (found.stored * base).denominator == 1:
        return None
    shown = value_text(found.stored, spec)
    return Flaw(
        code="data-not-a-count",
        text=Text(
            en=f"`{spec.name}` is a count, and {shown} is not a whole number",
            zh=f"`{spec.name}` 是计数，{shown} 不是整数",
        ),
        help=Text(en="check whether the column holds another quantity", zh="请检查该列是否填入了其他数据"),
    )


def _range_flaw(found: _Number, spec: Input) -> Flaw | None:
    if spec.bounds.hold(found.stored):
        return None
    shown, allowed = value_text(found.stored, spec), range_text(spec)
    return Flaw(
        code="data-out-of-range",
        text=Text(
            en=f"{shown} is outside the range of `{spec.name}`, {allowed.en}",
            zh=f"{shown} 超出 `{spec.name}` 的范围：{allowed.zh}",
        ),
        help=Text(en="correct the value, or its unit", zh="请核对数值及其单位"),
    )


# Words -----------------------------------------------------------------------------------------------------


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


def _level_index(text: str, spec: Input) -> int | None:
    word = words.folded(text[:200])
    return next((place for place, level in enumerate(spec.levels) if words.folded(level) == word), None)


def _level(cell: Cell, spec: Input) -> Reading | Flaw:
    index = None if isinstance(cell.value, tuple) else _level_index(cell.text, spec)
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


# Rows ------------------------------------------------------------------------------------------------------


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
        if _absence(piece, spec) is not None:
            left_out += 1
            continue
        found = _one_number(piece, spec, stated)
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
        index, count = _level_index(piece.text, spec), 1
        if index is None:
            counted = _TIMES.fullmatch(piece.text.translate(_FULL_WIDTH)[:200])
            index = None if counted is None else _level_index(counted["level"], spec)
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
