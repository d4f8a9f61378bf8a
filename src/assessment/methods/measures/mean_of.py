"""The arithmetic mean of several values of one region (平均值)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import OTHERS


class MeanOf(Method):
    """The sum of several values of one region, divided by their number.

    `(x1 + x2 + … + xn) / n`, in the unit and kind of the first. The mean over the regions of a field is `mean`.

    Undefined: nowhere; where any value is missing the mean is, since a mean of what is left is another mean.
    Source: arithmetic mean, such as a mean of three years' values.
    Worked: of 4, 5 and 9 it is 6.
    """

    en = "mean_of"
    zh = "平均值"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), OTHERS)
    rising = ("x", "others")
    sentence = Text(en="the mean of {x}, {others} is {result}", zh="{x}、{others}的平均值为{result}")
    examples = ("mean_of(x, y)", "平均值（x，x[-1]，x[-2]）")

    def lower(self, call: Call) -> Lowered:
        values = (call.node("x"), *call.nodes("others"))
        return Lowered(node=b.multiply(b.add(*values), b.const(Fraction(1, len(values)))))
