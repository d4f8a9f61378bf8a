"""The sum over a field (合计)."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import OWN
from assessment.methods.statistic import statistic


class TotalOf(Method):
    """The sum of the values of the regions of a field, in the unit and kind of the value.

    `sum over the field of x`.
    Regions whose value is absent are left out, reference subjects always; `own: no` leaves out the region that asks,
    `where` all for which its condition does not hold or cannot be answered.
    A sum with absent values is the sum of the others; the record names their number.

    Undefined: nowhere; the sum over no value is zero.
    Source: contribution to a total (贡献率, 占全市比重).
    Worked: of 38, 21 and 4 firms it is 63.
    """

    en = "total_of"
    zh = "合计"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), WITHIN, OWN, WHERE)
    sentence = Text(
        en="the sum over {within} ({own}, {count} with a value) is {result}",
        zh="{within}（{own}，有数据 {count} 个）合计为{result}",
    )
    examples = ("total_of(x, within: group)", "合计（x，范围：全部，含本单位：否）")

    def lower(self, call: Call) -> Lowered:
        return statistic("sum", call)
