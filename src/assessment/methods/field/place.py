"""The place of a region in a field (名次)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import BETTER, TIES
from assessment.methods.statistic import over_field


class Place(Method):
    """The place of a region among the regions of its field that have a value, from 1.

    The highest value comes first, or the lowest where lower is better. Equal values get the better place (1, 2, 2, 4),
    the worse place (1, 3, 3, 4), the mean of the places (1, 2.5, 2.5, 4) or one place without a gap (1, 2, 2, 3), as
    `ties` says; where it is not written, the policy of the file for ties decides.

    A place is a rank: it can be compared and subtracted, and smaller is better. With `where` only the regions for which
    its condition holds have places.

    Undefined: a reference subject has no place, nor has a region outside the condition; it is *not applicable*.
    Source: rankings (排名, 位次).
    Worked: of 38, 21, 21 and 4 firms the second and third get place 2 with the better place for ties.
    """

    en = "place"
    zh = "名次"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), WITHIN, BETTER, TIES, WHERE)
    needs = ("ties",)
    falling = ("x",)
    sentence = Text(
        en="{x} is {result} of {count} in {within} ({better} is better)",
        zh="{x}，在{within}有数据的 {count} 个中列{result}（{better}）",
    )
    examples = ("place(x, within: group, ties: min)", "名次（x，范围：全部，方向：越低越好，并列：平均）")

    def needed(self, call: Call) -> tuple[str, ...]:
        return () if call.maybe_word("ties") is not None else self.needs

    def lower(self, call: Call) -> Lowered:
        x = call.node("x")
        ties = call.maybe_word("ties") or call.policies.get("ties", "min")
        place = b.rank([(x, call.word("better") == "higher")], call.within(), ties=ties, where=call.where())
        count = over_field("count", x, call)
        return Lowered(node=place, notes=(n.Named(name="count", node=count),))
