"""The smallest of several values of one region (取小)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import OTHERS


class Smaller(Method):
    """The smallest of several values of one region, in the unit of the first.

    `min(x1, x2, …)`. Against a written value it is a cap: `smaller(growth(x), 100%)`. The smallest over a field of
    regions is `minimum`.

    Undefined: nowhere; where any value is missing the result is.
    Source: 取低 clauses (the lower of two part scores), and caps on growth from a low base.
    Worked: of 250 % and 100 % it is 100 %.
    """

    en = "smaller"
    zh = "取小"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), OTHERS)
    rising = ("x", "others")
    sentence = Text(en="the smallest of {x}, {others} is {result}", zh="{x}、{others}取小，为{result}")
    examples = ("smaller(x, y)", "取小（x，y）")

    def lower(self, call: Call) -> Lowered:
        return Lowered(node=b.minimum(call.node("x"), *call.nodes("others")))
