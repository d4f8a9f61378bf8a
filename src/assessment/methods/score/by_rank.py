"""A rate by the place in a field: so much for the first, so much less for each further place (位次计分)."""

from __future__ import annotations

from fractions import Fraction

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
    Problem,
    Sort,
    Yields,
    constant,
)
from assessment.methods.parameters import BETTER, TIES
from assessment.methods.steps import step_problem


class ByRank(Method):
    """`first` for the first place, `step` less for each further place, and never below `floor`.

    `rate = max(floor, first - (place - 1) * step)`. Places are counted among the regions of the field that have a value.
    Equal values get the better place, the worse place, the mean of the places or one place without a gap, as `ties` says;
    where it is not written, the policy of the file for ties decides.

    Undefined: a reference subject has no place, nor has a region for which the condition of `where` does not hold; its
    rate is *not applicable*.
    Source: 争先进位计分法: the first gets 100 %, each next 5 % less.
    Worked: 9, 7, 7 and 4 earn 100 %, 95 %, 95 % and 85 % with the better place for ties, 100 %, 92.5 %, 92.5 % and 85 %
    with the mean of the places. Of ten regions the last gets 55 %.
    """

    en = "by_rank"
    zh = "位次"
    yields = Yields.RATE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        WITHIN,
        Parameter(
            en="first",
            zh="首位",
            sort=Sort.RATE,
            about=Text(en="what the first place earns", zh="第一名所得比例"),
        ),
        Parameter(
            en="step",
            zh="每降一位",
            sort=Sort.RATE,
            about=Text(en="what each place costs", zh="每降一位扣减的比例"),
        ),
        TIES,
        BETTER,
        Parameter(en="floor", zh="不低于", sort=Sort.RATE, default=Fraction(0)),
        WHERE,
    )
    needs = ("ties",)
    rising = ("x", "first", "floor")
    falling = ("step",)
    sentence = Text(
        en="{x} is {place} in {within}: {first} - {step} × {down}, not below {floor}: {result}",
        zh="{x}，在{within}中列{place}：{first}－{step}×{down}，不低于{floor}，得{result}",
    )
    examples = (
        "by_rank(x, within: group, first: 100%, step: 5%, ties: min)",
        "位次（合同额，范围：同组，首位：100%，每降一位：5%，并列：取高）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        return step_problem(call, "step")

    def needed(self, call: Call) -> tuple[str, ...]:
        return () if call.maybe_word("ties") is not None else self.needs

    def lower(self, call: Call) -> Lowered:
        highest_first = call.word("better") == "higher"
        ties = call.maybe_word("ties") or call.policies.get("ties", "min")
        place = b.rank([(call.node("x"), highest_first)], call.within(), ties=ties, where=call.where())
        down = b.subtract(place, b.const(1, place.type))
        lost = b.multiply(call.node("step"), down)
        floor, first = call.node("floor"), call.node("first")
        rate = b.maximum(b.subtract(first, lost), floor)
        # A step from the data may be below zero, and places then gain.
        least = constant(floor)
        most = None if constant(call.node("step")) is None else constant(first)
        return Lowered(
            node=rate,
            notes=(n.Named(name="place", node=place), n.Named(name="down", node=down)),
            low=least,
            high=None if most is None or least is None else max(most, least),
        )
