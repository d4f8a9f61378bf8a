"""One cell with a number → its value in the scale of its input, checked against range and wholeness.

Numbers are read from decimal text or from the shortest decimal of a float. A unit or percent sign in the cell counts
before the unit of the column, and that before the unit of the declaration.
"""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import frozen

from assessment.core.types import RATIOS
from assessment.data import words
from assessment.data.grid import Cell, clipped, has_many_digits
from assessment.data.readings import FULL_WIDTH, Flaw, Reading, exact_number
from assessment.data.scale import Scale, UnitFlaw, declared, is_unit_text, range_text, scale_of, value_text
from assessment.diagnostics.bilingual import Text
from assessment.number import NumberError, exact_text, read_number
from assessment.semantics.model import Input

_AMOUNT = re.compile(r"[+\-−]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]{1,9})?")


_EXACT_FLOAT = 2**53


@frozen(kw_only=True)
class _Number:
    stored: Fraction
    scale: Scale
    remarks: tuple[Text, ...] = ()
    plain: bool = False
    from_float: bool = False


def read_amount(cell: Cell, spec: Input, stated: Scale | None) -> Reading | Flaw:
    """The value of a cell that should hold one number, converted, whole where it must be, and within its range."""
    if isinstance(cell.value, tuple):
        return not_a_number(cell.text)
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
        exact = exact_number(value)
    except NumberError as error:
        return Flaw(code="data-not-a-number", text=_short(error.reason))
    except UnitFlaw as error:
        return Flaw(code=error.code, text=error.reason, help=error.help)
    if exact is None:
        return not_a_number(cell.text)
    if has_many_digits(exact):
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
    plain = text.translate(FULL_WIDTH).strip()
    found = _AMOUNT.match(plain) if len(plain) <= 200 else None
    if found is None:
        return not_a_number(text)
    amount, rest = found[0], plain[found.end() :].strip()
    if rest and not is_unit_text(rest):
        return not_a_number(text)
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


def not_a_number(text: str) -> Flaw:
    """The flaw of text that is no number."""
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
