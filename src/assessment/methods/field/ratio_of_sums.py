"""The ratio of two sums over a field (合计比)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import OWN
from assessment.methods.statistic import over_field


class RatioOfSums(Method):
    """The sum of one measure over a field, divided by the sum of another: the mean in which large regions weigh more.

    `sum of numerator / sum of denominator`, over the regions that have both values. Where both are of one dimension the
    result is a share in %, else it has the quotient of their units. Reference subjects never count; `own: no` leaves out
    the region that asks, `where` all for which its condition does not hold or cannot be answered.

    Undefined: where the denominators add up to zero, and where no region has both values.
    Source: the city's own total (合计数之比) as the mean that counties are compared with.
    Worked: 30 of 100 firms in one county and 10 of 20 in another are 40 / 120 = 33.33 %; the mean of their shares is 40 %.
    """

    en = "ratio_of_sums"
    zh = "合计比"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="numerator", zh="分子", sort=Sort.MEASURE),
        Parameter(en="denominator", zh="分母", sort=Sort.MEASURE),
        WITHIN,
        OWN,
        WHERE,
    )
    sentence = Text(
        en="over {within} ({own}, {count} with both values): {upper} / {lower} gives {result}",
        zh="{within}（{own}，两项数据齐全 {count} 个）：{upper}÷{lower}，即{result}",
    )
    examples = ("ratio_of_sums(x, y, within: all)", "合计比（高企数，规上企业数，范围：全部）")

    def lower(self, call: Call) -> Lowered:
        numerator, denominator = call.node("numerator"), call.node("denominator")
        both = b.negation(b.either(b.is_absent(numerator), b.is_absent(denominator)))
        upper = over_field("sum", numerator, call, also=both)
        lower = over_field("sum", denominator, call, also=both)
        count = over_field("count", numerator, call, also=both)
        quotient = b.divide(upper, lower)
        return Lowered(
            node=b.cast(quotient, Kind.SHARE) if quotient.type.kind is Kind.NUMBER else quotient,
            notes=(
                n.Named(name="upper", node=upper),
                n.Named(name="lower", node=lower),
                n.Named(name="count", node=count),
            ),
        )
