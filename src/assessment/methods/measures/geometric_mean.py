"""The geometric mean of several values of one region (几何平均)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import MEASURED, RATIOS, Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Sort, Yields, defined_where
from assessment.methods.parameters import OTHERS


class GeometricMean(Method):
    """The root of the product of several values: the mean in which a low value cannot be made up for so easily.

    `(x1 * x2 * … * xn) ^ (1/n)`, in the unit and kind of the first.

    Edges: one zero makes the mean zero.
    Undefined: where any value is below zero.
    Source: geometric aggregation (UNDP, technical note 1).
    Worked: of 0.9, 0.6 and 0.4 it is the cube root of 0.216, 0.6; their arithmetic mean is 0.633….
    """

    en = "geometric_mean"
    zh = "几何平均"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), OTHERS)
    rising = ("x", "others")
    sentence = Text(
        en="the geometric mean of {x}, {others} is {result}", zh="{x}、{others}的几何平均为{result}"
    )
    examples = ("geometric_mean(x, y, z)", "几何平均（x，y）")

    def lower(self, call: Call) -> Lowered:
        values = (call.node("x"), *call.nodes("others"))
        first = values[0].type
        plain = first.kind in RATIOS or (first.kind is Kind.NUMBER)
        unit = b.const(1, first)
        factors = values if plain else tuple(b.divide(value, unit) for value in values)
        mean: n.Node = b.root(b.multiply(*factors), len(factors))
        if not plain:
            mean = b.multiply(mean, unit) if first.kind in MEASURED else b.cast(mean, first.kind)
        nowhere_negative = b.compare(">=", b.minimum(*values), b.const(0, first))
        return Lowered(node=defined_where(nowhere_negative, mean))
