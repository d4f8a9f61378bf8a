"""The median of a field (中位数)."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import OWN
from assessment.methods.statistic import statistic


class Median(Method):
    """The middle value among the regions of a field; of an even number, the mean of the two in the middle.

    `median over the field of x`.
    Regions whose value is absent are left out, reference subjects always; `own: no` leaves out the region that asks,
    `where` all for which its condition does not hold or cannot be answered.

    Undefined: where no region of the field has a value.
    Source: robust bounds and averages (OECD/JRC handbook on composite indicators).
    Worked: of 38, 21, 17 and 4 firms it is (21 + 17) / 2 = 19.
    """

    en = "median"
    zh = "中位数"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), WITHIN, OWN, WHERE)
    sentence = Text(
        en="the median in {within} ({own}, {count} with a value) is {result}",
        zh="{within}（{own}，有数据 {count} 个）中位数为{result}",
    )
    examples = ("median(x, within: group)", "中位数（x，范围：全部，含本单位：否）")

    def lower(self, call: Call) -> Lowered:
        return statistic("median", call)
