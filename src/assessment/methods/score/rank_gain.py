"""Points for places gained or lost against an earlier ranking (进退位)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields, constant
from assessment.methods.ends import between_ends, ends_problems, ends_said
from assessment.methods.steps import single

PLACES = frozenset({Kind.RANK, Kind.COUNT, Kind.NUMBER})


class RankGain(Method):
    """A basic score, `gain` more for each place gained and `loss` less for each place lost, between `floor` and `ceiling`.

    `before` is the earlier place as data (the ranking that was *published*, in 位), or a place computed from earlier
    values; the two differ where figures were revised or the list of regions changed. A smaller number is the better
    place: from 7 to 4 gains three. Where ties have the mean of their places, half places count half.

    A region without an earlier place (*not applicable*: it was not ranked) earns `unranked`, which the file must say; an
    earlier place that was not reported is missing, which is not the same.

    Undefined: nowhere.
    Source: 进退位: 与上年位次相比，每进 1 位加分，每退 1 位减分；上年未参加排名的另行规定.
    Worked: 5 points, 1 for a place gained and 0.5 for one lost, from 0 to 8: from 7 to 4 earns 8, from 7 to 1 also 8, from 4
    to 7 earns 3.5, an unchanged place 5.
    """

    en = "rank_gain"
    zh = "进退位"
    yields = Yields.POINTS
    parameters = (
        Parameter(en="now", zh="位次", sort=Sort.MEASURE),
        Parameter(en="before", zh="原位次", sort=Sort.MEASURE),
        Parameter(
            en="base",
            zh="基本分",
            sort=Sort.POINTS,
            about=Text(en="what an unchanged place earns", zh="位次不变所得分"),
        ),
        Parameter(en="gain", zh="每进一位", sort=Sort.POINTS),
        Parameter(en="loss", zh="每退一位", sort=Sort.POINTS),
        Parameter(en="ceiling", zh="不高于", sort=Sort.POINTS, unlimited=True),
        Parameter(en="floor", zh="不低于", sort=Sort.POINTS, unlimited=True),
        Parameter(
            en="unranked",
            zh="原未排名",
            sort=Sort.POINTS,
            about=Text(en="what a region without an earlier place earns", zh="原先未参加排名的地区所得分"),
        ),
    )
    rising = ("before", "base", "gain", "ceiling", "floor", "unranked")
    falling = ("now", "loss")
    sentence = Text(
        en="from {before} to {now}: {up} gained, {down} lost; {base} + {gain} × {up} - {loss} × {down}, "
        "from {floor} to {ceiling}; {unranked} without an earlier place: {result}",
        zh="由{before}至{now}：进 {up} 位、退 {down} 位；{base}＋{gain}×{up}－{loss}×{down}，不低于{floor}、不高于{ceiling}；"
        "原未排名的计{unranked}，得{result}",
    )
    examples = (
        (
            "rank_gain(place(x, within: all, ties: min), before: last_place, base: 5 points, gain: 1 points, "
            "loss: 0.5 points, ceiling: 8 points, floor: 0 points, unranked: 5 points)"
        ),
        (
            "进退位（名次（营收，范围：全部，并列：取高），原位次：上年位次，基本分：5 分，每进一位：1 分，每退一位：0.5 分，不高于：8 分，"
            "不低于：0 分，原未排名：5 分）"
        ),
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        found = []
        for name, zh in (("now", "位次"), ("before", "原位次")):
            type_ = call.node(name).type
            if type_.kind not in PLACES:
                found.append(
                    Problem(
                        code="argument-kind",
                        text=Text(
                            en=f"`{name}` needs a place, not {type_.label.en}",
                            zh=f"`{zh}` 需要名次，而不是{type_.label.zh}",
                        ),
                        at=name,
                        help=Text(
                            en="declare the input in 位, or use `place`", zh="数据以 位 为单位，或用 `名次`"
                        ),
                    )
                )
        for name in ("gain", "loss"):
            value = constant(call.node(name))
            if value is not None and value < 0:
                text = Text(en=f"`{name}` below zero turns gain and loss round", zh="进退位的分值不能为负")
                help_ = Text(en="write points from zero up", zh="应为不小于零的分值")
                found.append(Problem(code="argument-kind", text=text, at=name, help=help_))
        return (*found, *ends_problems(call))

    def phrase(self, call: Call) -> Text:
        text = self.sentence
        ends = ends_said(call)
        return Text(
            en=text.en.replace(", from {floor} to {ceiling}", ends.en),
            zh=text.zh.replace("，不低于{floor}、不高于{ceiling}", ends.zh),
        )

    def lower(self, call: Call) -> Lowered:
        now, before = _number(call.node("now")), _number(call.node("before"))
        moved = b.subtract(before, now)
        zero = b.const(0)
        up, down = b.maximum(moved, zero), b.maximum(b.negate(moved), zero)
        points = b.add(
            call.node("base"),
            b.multiply(call.node("gain"), up),
            b.negate(b.multiply(call.node("loss"), down)),
        )
        points = between_ends(points, call)
        # Nothing for the present place, which must be there all the same.
        unranked = b.add(call.node("unranked"), b.multiply(b.points(0), now))
        was_not = b.is_absent(before, frozenset({Absence.NOT_APPLICABLE}))
        low, high = _reach(call)
        return Lowered(
            node=b.select(was_not, unranked, points),
            notes=(n.Named(name="up", node=up), n.Named(name="down", node=down)),
            low=low,
            high=high,
        )


def _number(place: n.Node) -> n.Node:
    """A place as a plain number."""
    if place.type.kind is Kind.RANK:
        return b.subtract(place, b.const(0, place.type))
    return single(place)


def _reach(call: Call) -> tuple[Fraction | None, Fraction | None]:
    floor, ceiling, unranked = (
        constant(call.limit("floor")),
        constant(call.limit("ceiling")),
        constant(call.node("unranked")),
    )
    if unranked is None:
        return None, None
    low = None if floor is None else min(floor, unranked)
    high = None if ceiling is None else max(ceiling, unranked)
    if low is not None and ceiling is None and call.limit("ceiling") is not None:
        low = None
    return low, high
