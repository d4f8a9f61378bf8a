"""A score that was fixed elsewhere and is itself the datum (直接得分)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import (
    Call,
    Lowered,
    Method,
    Parameter,
    Problem,
    Sort,
    Yields,
    constant,
    defined_where,
    ratio,
)
from assessment.methods.scale import NO_SCALE, scale_of, stays_on_scale


class Given(Method):
    """The datum is the score: as it is where it is in points, otherwise as a share of its scale.

    The scale is `from` to `to`, or the range that the input declares (`range 0 to 100`). A value in points is the score
    itself, and the scale then says between which points it may lie; the ends may come from data, such as the level that
    was decided. Nothing is held or stretched: a value outside its scale is no score.

    Undefined: a value outside the scale; ends from data in the wrong order.
    Source: indicators whose score another body publishes, 由主管部门直接提供得分; judgement within bands: 财预〔2020〕10 号:
    100–80 %, 80–60 %, 60–0 %.
    Worked: 85 on a scale of 0 to 100 is 85 %; 4.5 points on a scale of 0 to 6 are 4.5 points, 6.1 are none.
    """

    en = "given"
    zh = "直接得分"
    yields = Yields.SCORE
    parameters = (
        Parameter(en="value", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="from",
            zh="起",
            sort=Sort.LIKE,
            of="value",
            optional=True,
            about=Text(
                en="the lower end of the scale, unless the input declares it",
                zh="标度下端；未写时从数据的范围",
            ),
        ),
        Parameter(
            en="to",
            zh="止",
            sort=Sort.LIKE,
            of="value",
            optional=True,
            about=Text(
                en="the upper end of the scale, unless the input declares it",
                zh="标度上端；未写时从数据的范围",
            ),
        ),
    )
    rising = ("value",)
    sentence = Text(
        en="given as {value}, on a scale from {low} to {high}: {result}",
        zh="直接给定{value}，标度{low}至{high}，得{result}",
    )
    examples = (
        "given(outside_score, from: 0, to: 100)",
        "直接得分（考评得分，起：等级（档次） { 甲：8 分；乙：6 分；丙：0 分 }，止：等级（档次） { 甲：10 分；乙：8 分；丙：6 分 }）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        start, end = call.maybe("from"), call.maybe("to")
        if start is None and end is None and scale_of(call.node("value")) is not None:
            return ()
        if start is None or end is None:
            return (
                Problem(
                    code="judged-without-range",
                    text=Text(
                        en="it is not said between which ends this score lies", zh="未说明该得分在何标度之内"
                    ),
                    at="value",
                    help=Text(
                        en="write `from: …, to: …`, or give its input both ends: `range 0 to 100`",
                        zh="写明 `起：…，止：…`，或为该数据写明两端：`范围 0 到 100`",
                    ),
                ),
            )
        low, high = constant(start), constant(end)
        if low is None or high is None or low < high:
            return ()
        text = Text(en="the scale ends where it begins, or before", zh="标度的上端不大于下端")
        return (
            Problem(
                code="range-empty",
                text=text,
                at="to",
                also="from",
                help=Text(
                    en="write the lower end with `from` and the higher one with `to`",
                    zh="请在 `起` 写下端，在 `止` 写上端",
                ),
            ),
        )

    def lower(self, call: Call) -> Lowered:
        value = call.node("value")
        declared = scale_of(value) or NO_SCALE
        start = call.maybe("from") or b.const(declared[0], value.type)
        end = call.maybe("to") or b.const(declared[1], value.type)
        notes = (n.Named(name="low", node=start), n.Named(name="high", node=end))
        inside = b.both(b.compare(">=", value, start), b.compare("<=", value, end))
        if value.type.kind is Kind.POINTS:
            score, low, high = value, constant(start), constant(end)
        else:
            inside = b.both(inside, b.compare("<", start, end))
            score = ratio(b.subtract(value, start), b.subtract(end, start))
            low, high = NO_SCALE
        if call.maybe("from") is not None or not stays_on_scale(value):
            score = defined_where(inside, score)
        return Lowered(node=score, notes=notes, low=low, high=high)
