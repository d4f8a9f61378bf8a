"""What part of the sum over a field a region has (占合计比重)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
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
from assessment.methods.statistic import over_field


class ShareOfTotal(Method):
    """The value of a region as a share of the sum over its field.

    `share = x / sum over the field of x`, in %. Regions without a value do not count in the sum, reference subjects never,
    nor do those for which the condition of `where` does not hold; their own share of it can be asked all the same. With
    `own: no` the sum is that of the others.

    Undefined: a sum of zero or below, of which nobody has a meaningful part.
    Source: 占全市比重.
    Worked: of 38, 21 and 4 firms, which are 63, the first has 38 / 63 = 60.32 %.
    """

    en = "share_of_total"
    zh = "占合计比重"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), WITHIN, OWN, WHERE)
    sentence = Text(
        en="the sum over {within} ({own}, {count} with a value) is {whole}: {x} / {whole} gives {result}",
        zh="{within}（{own}，有数据 {count} 个）合计{whole}：{x}÷{whole}，即{result}",
    )
    examples = ("share_of_total(x, within: all)", "占合计比重（高企数，范围：全部）")

    def lower(self, call: Call) -> Lowered:
        x = call.node("x")
        whole = over_field("sum", x, call)
        share = b.cast(b.divide(x, whole), Kind.SHARE)
        return Lowered(
            node=defined_where(b.compare(">", whole, b.const(0, whole.type)), share),
            notes=(
                n.Named(name="whole", node=whole),
                n.Named(name="count", node=over_field("count", x, call)),
            ),
        )
