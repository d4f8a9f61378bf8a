"""The quotient of two values of one kind, a plain number (比)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields, constant


class Ratio(Method):
    """How many times the one value contains the other: a plain number without a unit.

    `ratio = numerator / denominator`. Both are of one kind and dimension; units are converted. A quotient that has a
    unit, such as patents per person, is written `patents / persons`; a share is written `a / b in %`.

    Undefined: a denominator of zero.
    Source: simple ratios (比值, 倍数).
    Worked: 3 亿元 to 12000 万元 is 2.5.
    """

    en = "ratio"
    zh = "比"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="numerator", zh="分子", sort=Sort.MEASURE),
        Parameter(en="denominator", zh="分母", sort=Sort.LIKE, of="numerator"),
    )
    sentence = Text(
        en="{numerator} / {denominator} gives {result}", zh="{numerator}÷{denominator}，即{result}"
    )
    examples = ("ratio(x, y)", "比（x，y）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        if constant(call.node("denominator")) != 0:
            return ()
        return (
            Problem(
                code="constant-zero-divisor",
                text=Text(en="this divides by zero", zh="除数为零"),
                at="denominator",
                help=Text(en="divide by something else than 0", zh="请改用不为零的除数"),
            ),
        )

    def lower(self, call: Call) -> Lowered:
        quotient = b.divide(call.node("numerator"), call.node("denominator"))
        return Lowered(node=b.cast(quotient, Kind.NUMBER))
