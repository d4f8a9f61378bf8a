"""The mean of the values of a field (均值)."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import OWN
from assessment.methods.statistic import statistic


class Mean(Method):
    """The arithmetic mean of the values of the regions of a field, each region counting once.

    `sum over the field of x / number of regions with a value`.
    Regions whose value is absent are left out, reference subjects always; `own: no` leaves out the region that asks,
    `where` all for which its condition does not hold or cannot be answered.
    The mean of ratios is not the ratio of the sums; where a large region shall weigh more, write `ratio_of_sums`.

    Undefined: where no region of the field has a value.
    Source: 达到全区平均值得基本分 (the mean of the counties' values).
    Worked: of 40 %, 30 % and 20 % it is 30 %, whatever the regions' sizes.
    """

    en = "mean"
    zh = "均值"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), WITHIN, OWN, WHERE)
    sentence = Text(
        en="the mean of the values in {within} ({own}, {count} with a value) is {result}",
        zh="{within}（{own}，有数据 {count} 个）均值为{result}",
    )
    examples = ("mean(x, within: group)", "均值（x，范围：全部，含本单位：否）")

    def lower(self, call: Call) -> Lowered:
        return statistic("mean", call)
