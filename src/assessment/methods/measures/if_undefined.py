"""A stated value in the place of one that cannot be calculated (无意义时)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core.absence import Absence
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Sort, Yields


class IfUndefined(Method):
    """The value, or another one where the value is *undefined*: a growth from zero, a quotient by zero, an empty field.

    `x where it is defined, else value`. This is where a rule says what a base of zero means: full marks, the mean of the
    group, a score by the level alone. Where nothing is written the policy for *undefined* decides, which may redistribute
    the points. Other absences stay: what was not reported is not undefined.

    Undefined: where `value` is.
    Source: treatments of a base of zero in practice: 上年为零的按满分计, 按同组平均计, 只按水平计分.
    Worked: from 0 to 3 firms the growth is undefined, and `if_undefined(attain(growth(firms), target: 10%), value: 100%)`
    is 100 %; from 10 to 10 firms it is 0 %.
    """

    en = "if_undefined"
    zh = "无意义时"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="value",
            zh="改用",
            sort=Sort.LIKE,
            of="x",
            about=Text(en="what stands where the value is undefined", zh="数值无意义时以何代替"),
        ),
    )
    sentence = Text(
        en="{x}; where it is undefined {value} stands instead: {result}",
        zh="{x}，无意义时改用{value}，取{result}",
    )
    examples = ("if_undefined(growth(x), value: 0%)", "无意义时（增速（x），改用：0%）")

    def lower(self, call: Call) -> Lowered:
        x, value = call.node("x"), call.node("value")
        node = b.recover(x, frozenset({Absence.UNDEFINED}), value, "undefined: value")
        return Lowered(node=node)
