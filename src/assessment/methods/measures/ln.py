"""The natural logarithm (对数)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields, constant


class NaturalLogarithm(Method):
    """The natural logarithm of a value in its declared unit, a plain number.

    `ln(x)`. The logarithm of 3 亿元 and that of 30000 万元 differ by ln 10000, so a difference of two logarithms is free of
    the unit and a single one is not.

    Undefined: zero and below.
    Source: logarithmic transforms of skewed indicators (UNDP, technical note 1).
    Worked: ln 1 = 0; ln 20 = 2.9957…
    """

    en = "ln"
    zh = "对数"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE),)
    rising = ("x",)
    sentence = Text(en="ln {x} is {result}", zh="ln {x}，即{result}")
    examples = ("ln(x)", "对数（x）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        value = constant(call.node("x"))
        if value is None or value > 0:
            return ()
        return (
            Problem(
                code="argument-kind",
                text=Text(en="there is no logarithm of zero or below", zh="零和负数没有对数"),
                at="x",
                help=Text(en="write a value above zero", zh="应为大于零的数值"),
            ),
        )

    def lower(self, call: Call) -> Lowered:
        return Lowered(node=b.ln(call.node("x")))
