"""The number of regions of a field (地区数)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Call, Lowered, Method, Yields
from assessment.methods.parameters import OWN
from assessment.methods.statistic import over_field


class Regions(Method):
    """How many regions a field has, or how many of them meet a condition, as a plain number.

    `number of the regions of the field for which where holds`. A region that cannot answer the condition does not count,
    reference subjects never do; `own: no` leaves out the region that asks.

    Undefined: nowhere; of no region the number is zero.
    Source: rules over the whole field, such as 扣分单位超过 15% 方可加分 and 全部县达标得满分.
    Worked: with shares of 2.5 %, 2.0 % and 1.4 % the number of regions where the share is at least 2 % is 2.
    """

    en = "regions"
    zh = "地区数"
    yields = Yields.MEASURE
    parameters = (WITHIN, OWN, WHERE)
    sentence = Text(en="{within} ({own}): {result} in number", zh="{within}（{own}）共{result}个")
    examples = ("regions(within: group)", "地区数（范围：全部，条件：研发占比 >= 2%）")

    def lower(self, call: Call) -> Lowered:
        one = b.const(1)
        return Lowered(node=over_field("count", one, call), notes=(n.Named(name="one", node=one),))
