"""The largest value of a field (最大值)."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import OWN
from assessment.methods.statistic import statistic


class Maximum(Method):
    """The largest value among the regions of a field, in the unit and kind of the value.

    `max over the field of x`.
    Regions whose value is absent are left out, reference subjects always; `own: no` leaves out the region that asks,
    `where` all for which its condition does not hold or cannot be answered.

    Undefined: where no region of the field has a value.
    Source: bounds taken from the sample (样本最大值, 最高分为满分折算).
    Worked: of 38, 21 and 4 firms it is 38.
    """

    en = "maximum"
    zh = "最大值"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), WITHIN, OWN, WHERE)
    sentence = Text(
        en="the largest value in {within} ({own}, {count} with a value) is {result}",
        zh="{within}（{own}，有数据 {count} 个）最大值为{result}",
    )
    examples = ("maximum(x, within: group)", "最大值（x，范围：全部，含本单位：否）")

    def lower(self, call: Call) -> Lowered:
        return statistic("max", call)
