"""The largest of several values of one region (取大)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import OTHERS


class Larger(Method):
    """The largest of several values of one region, in the unit of the first.

    `max(x1, x2, …)`. Against a written value it is a floor: `larger(growth(x), 0%)`. The largest over a field of regions
    is `maximum`.

    Undefined: nowhere; where any value is missing the result is.
    Source: 取高 clauses, and floors such as 降幅按零计.
    Worked: of -3 % and 0 % it is 0 %.
    """

    en = "larger"
    zh = "取大"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), OTHERS)
    rising = ("x", "others")
    sentence = Text(en="the largest of {x}, {others} is {result}", zh="{x}、{others}取大，为{result}")
    examples = ("larger(x, y)", "取大（x，y）")

    def lower(self, call: Call) -> Lowered:
        return Lowered(node=b.maximum(call.node("x"), *call.nodes("others")))
