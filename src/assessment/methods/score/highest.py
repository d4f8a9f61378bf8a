"""Points for the highest level that occurs among events, and only for that one (最高等级计分)."""

from __future__ import annotations

from itertools import pairwise

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
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
from assessment.methods.event_rows import (
    EVENTS,
    KIND,
    WHERE,
    Counted,
    capped,
    kinds_phrase,
    notes,
    of_kind,
    problems,
    sum_ends,
)
from assessment.methods.level_rows import level_problems, level_ranges


class Highest(Method):
    """The points of the highest level among a region's events; 0 points where there is no event.

    Levels are declared from the highest down, and the table must not give more for a lower one. Every level has its row,
    or `otherwise` takes the rest. More events of one level, or lower ones beside it, add nothing.

    `where` leaves out events, such as those outside a window of dates. With `kind` the highest of each kind counts once, and
    the kinds are added up, each at most its cap where the table has one (`科技: up to 4 points`), all of them at most
    `most`.

    Undefined: nowhere; events that were not reported are missing, which is not the same as no event.
    Source: commendation tables counted once (同项内容按最高级别计分，不重复加分): 国家级 3 分，省级 2 分.
    Worked: one national and two provincial commendations earn 3 points, two provincial ones 2, none 0. By kind, one national
    and one provincial in science and one provincial in education earn 3 + 2 = 5.
    """

    en = "highest"
    zh = "最高等级"
    yields = Yields.POINTS
    parameters = (
        EVENTS,
        WHERE,
        evolve(KIND, about=Text(en="the field whose kinds each count once", zh="各类分别按最高等级计一次")),
        Parameter(
            en="most",
            zh="至多",
            sort=Sort.POINTS,
            optional=True,
            about=Text(en="the most that all kinds earn together", zh="各类合计的上限"),
        ),
    )
    rows = Rows.EVENTS
    sentence = Text(
        en="{events}, {count} in all; only the highest level counts, and none earns nothing: {result}",
        zh="{events}，共 {count} 项；只按最高等级计分，没有则不得分，得{result}",
    )
    examples = (
        "highest(awards) { national: 3 points; provincial: 2 points }",
        "最高等级（表彰） { 国家级：3 分；省级：2 分 }",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        found = problems(call, caps_needed=False)
        return found or level_problems(call, call.node("events").type) or _order(call)

    def phrase(self, call: Call) -> Text:
        kinds = kinds_phrase(call)
        most = call.maybe("most") is not None
        if not kinds.en and call.maybe("where") is None and not most:
            return self.sentence
        counted = Text(
            en="{events}: {counted} of {count} take part; ", zh="{events}：{count} 项中有 {counted} 项参与；"
        )
        end = Text(en=", at most {most}: {result}", zh="，至多{most}，得{result}") if most else None
        end = end or Text(en=": {result}", zh="，得{result}")
        if not kinds.en:
            return Text(
                en=f"{counted.en}only the highest level counts, and none earns nothing{end.en}",
                zh=f"{counted.zh}只按最高等级计分，没有则不得分{end.zh}",
            )
        return Text(
            en=f"{counted.en}of each kind the highest level: {kinds.en}{end.en}",
            zh=f"{counted.zh}各类按最高等级：{kinds.zh}{end.zh}",
        )

    def lower(self, call: Call) -> Lowered:
        events, kind, most = call.node("events"), call.maybe("kind"), call.maybe("most")
        results = tuple(entry.value for entry in call.entries)
        others = () if call.otherwise is None else (call.otherwise,)
        where = call.maybe("where")
        rows = Counted(where=where, once=None, both=where)
        kinds = (None,) if kind is None else tuple(range(len(kind.type.levels)))
        # Levels count from 0, the highest.
        earned, named = capped(call, kind, [_best(call, events, of_kind(rows, kind, one)) for one in kinds])
        low, high = sum_ends(call, kind, ends_of((b.points(0), *results, *others)))
        if most is not None:
            end = constant(most)
            low = None if low is None or end is None else min(low, end)
            high = end
        told = kind is not None or where is not None or most is not None
        return Lowered(
            node=earned if most is None else b.minimum(earned, most),
            notes=(
                n.Named(name="count", node=b.aggregate("count", events, "rows")),
                *(
                    ()
                    if not told
                    else (n.Named(name="counted", node=b.aggregate("count", events, "rows", where=where)),)
                ),
                *named,
                *notes(rows, kind=kind, best=_counts(events, kind, where)),
            ),
            low=low,
            high=high,
        )


def _best(call: Call, events: n.Node, where: n.Node | None) -> n.Node:
    """The points of the best event for which a condition holds; none earns nothing."""
    best = b.aggregate("min", events, "rows", where=where)
    count = b.aggregate("count", events, "rows", where=where)
    table = b.step(best, level_ranges(call), tuple(entry.value for entry in call.entries), call.otherwise)
    return b.select(b.compare("=", count, b.const(0)), b.points(0), table)


def _counts(events: n.Node, kind: n.Node | None, where: n.Node | None) -> n.Node:
    """For each event whether it is the one that counts, among all or among those of its kind."""
    if kind is not None:
        return b.distinct([kind], [(events, False)], where=where)
    place = b.rank([(events, False)], "rows", ties="order", where=where)
    return b.compare("=", place, b.const(1, place.type))


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
                    help=Text(
                        en="give the higher level the larger score, or list the levels of the input from best to worst",
                        zh="请让较高等级的分值较大，或按由高到低列出该数据的等级",
                    ),
                ),
            )
    return ()
