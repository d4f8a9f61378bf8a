"""The share of a field that lies below a value (百分等级)."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import BETTER, OWN
from assessment.methods.statistic import over_field


class PercentileRank(Method):
    """The share of the values of a field that a value is better than.

    `rate = (worse + part * equal) / n`. `equal_count` says what an equal value counts: nothing, half or fully. `own` says
    whether the region itself is one of the n values, and then one of the equal ones, or n counts the others only.
    Regions without a value do not count; with `where` only those for which its condition holds.

    Usual definitions: `equal_count: none, own: no` is the function of spreadsheets (PERCENTRANK.INC, and 1 less the place
    from 0 over n - 1), in which the worst gets 0 and the best 1; `equal_count: half, own: yes` is the mid-rank, whose
    mean over the field is always 50 %; `equal_count: full, own: yes` is the share at or below.

    Undefined: with `own: no` a field of one. A reference subject has no rank, nor has a region outside the condition; it is
    *not applicable*.
    Source: percentile ranks (OECD/JRC handbook on composite indicators, ranking); percentile scores of rankings.
    Worked: of 9, 7, 7 and 4 the 7 is better than one and equal to another: with the others only (1 + 0) / 3 = 33.33 %,
    by mid-ranks (1 + 0.5 * 2) / 4 = 50 %, at or below (1 + 2) / 4 = 75 %.
    """

    en = "percentile_rank"
    zh = "百分等级"
    yields = Yields.RATE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        WITHIN,
        Parameter(
            en="equal_count",
            zh="相等者计",
            sort=Sort.WORD,
            choices=(("none", "不计"), ("half", "一半"), ("full", "全数")),
            said=(
                Text(en="equal ones do not count", zh="相等者不计"),
                Text(en="equal ones count half", zh="相等者计一半"),
                Text(en="equal ones count fully", zh="相等者全数计入"),
            ),
            about=Text(en="what an equal value counts", zh="与之相等的数值如何计"),
        ),
        evolve(OWN, default=None),
        BETTER,
        WHERE,
    )
    rising = ("x",)
    sentence = Text(
        en="{x} is better than {worse} of {count} in {within} ({own}; {better} is better), "
        "equal to {equal} ({equal_count}): {result}",
        zh="{x}，{within}（{own}，{better}）{count} 个中优于 {worse} 个、相等 {equal} 个（{equal_count}），得{result}",
    )
    examples = (
        "percentile_rank(x, within: all, equal_count: half, own: yes)",
        "百分等级（研发占比，范围：同组，相等者计：不计，含本单位：否）",
    )

    def lower(self, call: Call) -> Lowered:
        x, own = call.node("x"), call.word("own") == "yes"
        # From the worst: the best place of equal ones has all worse ones before it, their worst place all equal ones too.
        highest_first = call.word("better") == "lower"

        def place(ties: str) -> n.Node:
            found = b.rank([(x, highest_first)], call.within(), ties=ties, where=call.where())
            return b.subtract(found, b.const(1 if ties == "min" or not own else 0, found.type))

        worse = place("min")
        equal = b.subtract(place("max"), worse)
        part = {"none": Fraction(0), "half": Fraction(1, 2), "full": Fraction(1)}[call.word("equal_count")]
        better_than = worse if part == 0 else b.add(worse, b.multiply(b.const(part), equal))
        count = over_field("count", x, call)
        return Lowered(
            node=b.cast(b.divide(better_than, count), Kind.RATE),
            notes=(
                n.Named(name="worse", node=worse),
                n.Named(name="equal", node=equal),
                n.Named(name="count", node=count),
            ),
            low=Fraction(0),
            high=Fraction(1),
        )
