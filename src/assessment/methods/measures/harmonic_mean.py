"""The harmonic mean of several values of one region (调和平均)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Sort, Yields, defined_where
from assessment.methods.parameters import OTHERS
from assessment.methods.plain import again, plain


class HarmonicMean(Method):
    """The number of values divided by the sum of their reciprocals: the mean that the lowest value pulls down most.

    `n / (1/x1 + 1/x2 + … + 1/xn)`, in the unit and kind of the first.

    Undefined: where any value is zero or below. Whoever wants zero there writes `if_undefined(harmonic_mean(…), value: 0)`.
    Source: harmonic aggregation (UNDP, technical note on the Gender Inequality Index); means of speeds and of prices.
    Worked: of 0.5 and 1 it is 2 / (2 + 1) = 0.666…; their arithmetic mean is 0.75.
    """

    en = "harmonic_mean"
    zh = "调和平均"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), OTHERS)
    rising = ("x", "others")
    sentence = Text(
        en="the harmonic mean of {x}, {others} is {result}", zh="{x}、{others}的调和平均为{result}"
    )
    examples = ("harmonic_mean(x, y, z)", "调和平均（x，y）")

    def lower(self, call: Call) -> Lowered:
        values = (call.node("x"), *call.nodes("others"))
        first = values[0].type
        one = b.const(1)
        reciprocals = [b.divide(one, plain(b.convert(value, first))) for value in values]
        mean = again(b.divide(b.const(len(values)), b.add(*reciprocals)), first)
        above_zero = b.compare(">", b.minimum(*values), b.const(0, first))
        return Lowered(node=defined_where(above_zero, mean))
