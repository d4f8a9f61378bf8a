"""The size of a value without its sign (绝对值)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Sort, Yields


class Absolute(Method):
    """The value, or what it is below zero with the sign turned.

    `max(x, -x)`, in the unit and kind of the value.

    Undefined: nowhere; where the value is missing the result is.
    Source: deviations in either direction (偏差率, 误差的绝对值), and growth from a negative base where a rule divides by
    its size.
    Worked: of -3 亿元 it is 3 亿元. From -2 to 1, `increase(x) / absolute(x[-1])` is 3 / 2 = 150 %.
    """

    en = "absolute"
    zh = "绝对值"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE),)
    sentence = Text(en="the size of {x} is {result}", zh="{x}的绝对值为{result}")
    examples = ("absolute(x)", "绝对值（变化（x））")

    def lower(self, call: Call) -> Lowered:
        x = call.node("x")
        return Lowered(node=b.maximum(x, b.negate(x)))
