"""Points for the highest level that occurs among events, and only for that one (最高等级计分)."""

from __future__ import annotations

from itertools import pairwise

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
    Rows,
    Sort,
    Yields,
    constant,
    ends_of,
)
from assessment.methods.level_rows import level_problems, level_ranges


class Highest(Method):
    """The points of the highest level among a region's events; 0 points where there is no event.

    Levels are declared from the highest down, and the table must not give more for a lower one. Every level has its row,
    or `otherwise` takes the rest. More events of one level, or lower ones beside it, add nothing.

    Undefined: nowhere; events that were not reported are missing, which is not the same as no event.
    Source: commendation tables counted once (同项内容按最高级别计分，不重复加分): 国家级 3 分，省级 2 分.
    Worked: one national and two provincial commendations earn 3 points, two provincial ones 2, none 0.
    """

    en = "highest"
    zh = "最高等级"
    yields = Yields.POINTS
    parameters = (Parameter(en="events", zh="事项", sort=Sort.ROWS),)
    rows = Rows.LEVELS
    sentence = Text(
        en="{events}, {count} in all; only the highest level counts, and none earns nothing: {result}",
        zh="{events}，共 {count} 项；只按最高等级计分，没有则不得分，得{result}",
    )
    examples = (
        "highest(awards) { national: 3 points; provincial: 2 points }",
        "最高等级（表彰） { 国家级：3 分；省级：2 分 }",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        type_ = call.node("events").type
        if type_.kind is not Kind.LEVEL:
            return (
                Problem(
                    code="argument-kind",
                    text=Text(
                        en="`events` needs events with levels, not ratings",
                        zh="参数 `事项` 需要有等级的事项，而不是评分",
                    ),
                    at="events",
                    help=Text(en="use `ratings` for ratings", zh="评分请用 `评分`"),
                ),
            )
        return level_problems(call, type_) or _order(call)

    def lower(self, call: Call) -> Lowered:
        events = call.node("events")
        # Levels count from 0, the highest.
        best, count = b.aggregate("min", events, "rows"), b.aggregate("count", events, "rows")
        results = tuple(entry.value for entry in call.entries)
        others = () if call.otherwise is None else (call.otherwise,)
        table = b.step(best, level_ranges(call), results, call.otherwise)
        nothing = b.points(0)
        low, high = ends_of((nothing, *results, *others))
        return Lowered(
            node=b.select(b.compare("=", count, b.const(0)), nothing, table),
            notes=(n.Named(name="count", node=count),),
            low=low,
            high=high,
        )


def _order(call: Call) -> tuple[Problem, ...]:
    """A lower level that earns more than a higher one contradicts that only the highest counts."""
    by_level = sorted(
        (level, place, points)
        for place, entry in enumerate(call.entries)
        if (level := constant(entry.key)) is not None and (points := constant(entry.value)) is not None
    )
    for (_, above, more), (_, place, points) in pairwise(by_level):
        if points > more:
            return (
                Problem(
                    code="band-order",
                    text=Text(
                        en="a lower level earns more than a higher one, though only the highest counts",
                        zh="只按最高等级计分，而较低等级的分值反而更高",
                    ),
                    at=place,
                    also=above,
                    also_text=Text(en="the higher level", zh="较高等级"),
                ),
            )
    return ()
