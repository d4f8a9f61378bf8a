"""The standard deviation of a field (标准差)."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import OWN
from assessment.methods.spread import OF, deviation, spread


class StandardDeviation(Method):
    """How far the values of a field lie from their mean: the root of the variance.

    `sqrt(sum of (x - mean)^2 / n)` of a population, `sqrt(sum of (x - mean)^2 / (n - 1))` of a sample; `of` says which.
    It has the unit of the value; of shares and growth it is in percentage points, so that `mean(x) + 3 * deviation` can be
    written. It is kept exact, as a root: two regions that are equally far from the mean are equal.
    Regions whose value is absent are left out, reference subjects always; `own: no` leaves out the region that asks,
    `where` all for which its condition does not hold or cannot be answered.

    Edges: zero where all values are equal; a population of one has zero.
    Undefined: where no region of the field has a value; of a sample also where only one has.
    Source: spread of an indicator, outliers beyond mean ± 3 sd (European Innovation Scoreboard).
    Worked: of 2, 4, 4, 4, 5, 5, 7 and 9 the mean is 5, the squares add up to 32: sqrt(32 / 8) = 2; of a sample
    sqrt(32 / 7) = 2.138….
    """

    en = "standard_deviation"
    zh = "标准差"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), OF, WITHIN, OWN, WHERE)
    sentence = Text(
        en="the values in {within} ({own}, {count} with a value) have the mean {mean}; "
        "their standard deviation ({of}) is {result}",
        zh="{within}（{own}，有数据 {count} 个）均值为{mean}，标准差（{of}）为{result}",
    )
    examples = (
        "standard_deviation(x, of: population, within: all)",
        "标准差（x，口径：样本，范围：同组）",
    )

    def lower(self, call: Call) -> Lowered:
        found = spread(call)
        return Lowered(node=deviation(found, call.node("x")), notes=found.notes)
