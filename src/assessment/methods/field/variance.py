"""The variance of a field (方差)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core.types import MEASURED
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import OWN
from assessment.methods.spread import OF, spread


class Variance(Method):
    """The mean of the squared deviations from the mean of a field; always rational where the values are.

    `sum of (x - mean)^2 / n` of a population, `/ (n - 1)` of a sample; `of` says which. Of quantities it has the square of
    the unit, of anything else it is a plain number.
    Regions whose value is absent are left out, reference subjects always; `own: no` leaves out the region that asks,
    `where` all for which its condition does not hold or cannot be answered.

    Undefined: where no region of the field has a value; of a sample also where only one has.
    Source: spread and share of variance of indicators (OECD/JRC handbook on composite indicators).
    Worked: of 2, 4, 4, 4, 5, 5, 7 and 9 it is 32 / 8 = 4, of a sample 32 / 7.
    """

    en = "variance"
    zh = "方差"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), OF, WITHIN, OWN, WHERE)
    sentence = Text(
        en="the values in {within} ({own}, {count} with a value) have the mean {mean}; "
        "their variance ({of}) is {result}",
        zh="{within}（{own}，有数据 {count} 个）均值为{mean}，方差（{of}）为{result}",
    )
    examples = ("variance(x, of: population, within: all)", "方差（x，口径：样本，范围：同组）")

    def lower(self, call: Call) -> Lowered:
        found, x = spread(call), call.node("x")
        node = found.variance
        if x.type.kind in MEASURED:
            one = b.const(1, x.type)
            node = b.multiply(node, one, one)
        return Lowered(node=node, notes=found.notes)
