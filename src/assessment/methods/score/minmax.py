"""Min–max normalisation over a field (极差标准化)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WITHIN, Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import BETTER
from assessment.methods.position import field_ends, in_field


class MinMax(Method):
    """The place of a value between the lowest and the highest of its field: the worst gets 0, the best 1.

    `rate = (x - lowest) / (highest - lowest)`; where lower is better, `rate = (highest - x) / (highest - lowest)`.
    Lowest and highest are those of the regions that have a value. A reference subject, which belongs to no field,
    beyond them gets 0 or 1.

    Undefined: where all values of the field are equal, the policy for *all equal* decides (full, zero, half or
    undefined); a field of one region is such a field.
    Source: range normalisation (极差标准化, min–max).
    Worked: of 38, 21, 17, 14, 12, 12, 9, 7, 6 and 4 firms the 21 get (21 - 4) / (38 - 4) = 50 %.
    """

    en = "minmax"
    zh = "极差"
    yields = Yields.RATE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), WITHIN, BETTER)
    needs = ("all equal",)
    rising = ("x",)
    sentence = Text(
        en="in {within} the lowest is {lowest}, the highest {highest}: "
        "({x} - {lowest}) / ({highest} - {lowest}) gives {result}",
        zh="{within}最低{lowest}、最高{highest}：（{x}－{lowest}）÷（{highest}－{lowest}），得{result}",
    )
    examples = ("minmax(x, within: group)", "极差（高企数，范围：同组）")

    def phrase(self, call: Call) -> Text:
        if call.word("better") == "lower":
            return Text(
                en="in {within} the lowest is {lowest}, the highest {highest}; lower is better: "
                "({highest} - {x}) / ({highest} - {lowest}) gives {result}",
                zh="{within}最低{lowest}、最高{highest}，越低越好："
                "（{highest}－{x}）÷（{highest}－{lowest}），得{result}",
            )
        return self.sentence

    def lower(self, call: Call) -> Lowered:
        x = call.node("x")
        lowest, highest = field_ends(call, x)
        rate = in_field(call, x, lowest, highest, lambda place: place)
        notes = (n.Named(name="lowest", node=lowest), n.Named(name="highest", node=highest))
        return Lowered(node=rate, notes=notes, low=Fraction(0), high=Fraction(1))
