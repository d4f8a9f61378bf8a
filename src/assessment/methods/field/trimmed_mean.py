"""The mean of a field without its highest and lowest values (截尾均值)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import (
    WHERE,
    WITHIN,
    Call,
    Lowered,
    Method,
    Parameter,
    Sort,
    Yields,
    defined_where,
)
from assessment.methods.order import ordered
from assessment.methods.statistic import over_field


class TrimmedMean(Method):
    """The mean of the values of a field without the `drop` highest and the `drop` lowest.

    `mean of the values at the places drop + 1 to n - drop`. Of several equal values, one is left out for each place.
    Regions whose value is absent are left out before, reference subjects always, and by `where` all for which its condition
    does not hold or cannot be answered.

    Undefined: where no value is left, so with fewer than `2 * drop + 1` values.
    Source: 去掉一个最高值和一个最低值后取平均; trimmed means against outliers (OECD/JRC handbook on composite indicators).
    Worked: of 38, 21, 17, 14 and 4 without one at each end it is (21 + 17 + 14) / 3 = 17.33….
    """

    en = "trimmed_mean"
    zh = "截尾均值"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="drop",
            zh="去掉最高最低",
            sort=Sort.WHOLE,
            low=1,
            about=Text(
                en="how many highest and how many lowest values are left out", zh="最高、最低各去掉几个"
            ),
        ),
        WITHIN,
        WHERE,
    )
    sentence = Text(
        en="of the {count} values in {within} the {drop} highest and the {drop} lowest are left out; "
        "the mean of the rest is {result}",
        zh="{within}有数据 {count} 个，去掉 {drop} 个最高值和 {drop} 个最低值，其余均值为{result}",
    )
    examples = (
        "trimmed_mean(x, drop: 1, within: all)",
        "截尾均值（x，去掉最高最低：2，范围：同组）",
    )

    def lower(self, call: Call) -> Lowered:
        order, drop = ordered(call), b.const(call.whole("drop"))
        count, place = order.count, order.place
        kept = b.both(b.compare(">", place, drop), b.compare("<=", place, b.subtract(count, drop)))
        enough = b.compare(">", count, b.multiply(b.const(2), drop))
        mean = over_field("mean", order.x, call, also=kept)
        return Lowered(
            node=defined_where(enough, mean),
            notes=(n.Named(name="count", node=count), n.Named(name="mean", node=mean)),
        )
