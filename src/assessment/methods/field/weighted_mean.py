"""The mean of a field in which regions weigh by another measure (加权均值)."""

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
from assessment.methods.parameters import OWN
from assessment.methods.plain import plain
from assessment.methods.statistic import over_field


class WeightedMean(Method):
    """The mean of the values of a field, each counting by a measure such as the population of its region.

    `sum of weight * x / sum of weight`, over the regions that have both; in the unit of `x`.
    Reference subjects never count; `own: no` leaves out the region that asks, `where` all for which its condition does
    not hold or cannot be answered. Where numerator and denominator are themselves data, `ratio_of_sums` says the same
    without a weight. The weighted mean of several values of one region is `weighted`.

    Undefined: where a weight is below zero, where the weights add up to zero, and where no region has both values.
    Source: 按人口（产值）加权的平均水平; a city's figure as the weighted mean of its counties.
    Worked: 40 % with 3 万人 and 20 % with 1 万人 are (3 * 40 % + 1 * 20 %) / 4 = 35 %; their plain mean is 30 %.
    """

    en = "weighted_mean"
    zh = "加权均值"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="weight",
            zh="权数",
            sort=Sort.MEASURE,
            about=Text(en="what each region counts by", zh="各地区按何数值加权"),
        ),
        WITHIN,
        OWN,
        WHERE,
    )
    sentence = Text(
        en="the weighted mean in {within} ({own}, {count} with value and weight, weights {whole} in all) is {result}",
        zh="{within}（{own}，数值和权数齐全 {count} 个，权数合计{whole}）加权均值为{result}",
    )
    examples = (
        "weighted_mean(x, weight: people, within: all)",
        "加权均值（研发占比，权数：生产总值，范围：同组）",
    )

    def lower(self, call: Call) -> Lowered:
        x, weight = call.node("x"), call.node("weight")
        both = b.negation(b.either(b.is_absent(x), b.is_absent(weight)))
        number = plain(weight)
        product = b.multiply(number, x)
        weighted = over_field("sum", product, call, also=both)
        whole = over_field("sum", number, call, also=both)
        least = over_field("min", weight, call, also=both)
        node = defined_where(b.compare(">=", least, b.const(0, least.type)), b.divide(weighted, whole))
        return Lowered(
            node=node,
            notes=(
                n.Named(name="count", node=over_field("count", x, call, also=both)),
                n.Named(name="whole", node=over_field("sum", weight, call, also=both)),
                n.Named(name="product", node=product),
            ),
        )
