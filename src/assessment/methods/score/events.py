"""Points for every event by its level, with caps for each kind and for all, and nothing counted twice (事项计分)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Rows, Sort, Yields, constant
from assessment.methods.event_rows import (
    EVENTS,
    KIND,
    ONCE,
    REPEATS,
    WHERE,
    capped,
    counted,
    kinds_phrase,
    notes,
    of_kind,
    problems,
    repeats_problem,
)
from assessment.methods.level_rows import level_problems, level_ranges


class Events(Method):
    """Each event earns the points of its level; all of them earn at most `most`, those of one kind at most its cap.

    `points = min(most, sum over kinds of min(cap, sum of the points of its events))`; without `kind` the inner sum is over
    all events. An event counts where `where` holds (a date window, a list of organs). With `once`, of several rows with
    one value of that field (the number of a document) one counts: the highest level, and of equal levels the first; rows
    that `where` leaves out take nobody's place. `repeats: count` says that every row counts; one of the two must be said.

    The table has a row for every level, or `otherwise`; with `kind` also one for every kind, `科技: up to 4 points`. No
    event earns 0 points. What is earned here may as well be taken off: a deduction of 0.3, 0.2 and 1.5 points for each
    event is the same sum.

    Undefined: nowhere; events that were not reported are missing, which is not the same as no event.
    Source: 加分项 by event with levels, a ceiling for each kind and for all (每类各有上限), 单个项目不重复加分; deductions for each event.
    Worked: two national ones (3 points each) and a provincial one (2) in science, capped at 4, and one provincial one in
    education, capped at 3: min(4, 3 + 3 + 2) + min(3, 2) = 6 points; with at most 5 in all, 5.
    """

    en = "events"
    zh = "事项计分"
    yields = Yields.POINTS
    parameters = (
        EVENTS,
        Parameter(
            en="most",
            zh="至多",
            sort=Sort.POINTS,
            about=Text(en="the most that all events earn together", zh="全部事项合计的上限"),
        ),
        WHERE,
        ONCE,
        REPEATS,
        KIND,
    )
    rows = Rows.EVENTS
    rising = ("most",)
    sentence = Text(
        en="{events}: {counted} of {count} count and earn {earned}, at most {most}: {result}",
        zh="{events}：{count} 项中计 {counted} 项，合计{earned}，至多{most}，得{result}",
    )
    examples = (
        "events(awards, most: 5 points, repeats: count) { national: 3 points; provincial: 2 points }",
        "事项计分（表彰，至多：5 分，重复：计入） { 国家级：3 分；省级：2 分 }",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        found = problems(call, caps_needed=True)
        if found:
            return found
        most = constant(call.node("most"))
        if most is not None and most < 0:
            return (
                Problem(
                    code="floor-above-cap",
                    text=Text(en="the most that can be earned lies below zero", zh="至多得分低于零"),
                    at="most",
                    help=Text(en="write points from zero up", zh="应为不小于零的分值"),
                ),
            )
        return (*level_problems(call, call.node("events").type), *repeats_problem(call))

    def phrase(self, call: Call) -> Text:
        kinds = kinds_phrase(call)
        if not kinds.en:
            return self.sentence
        return Text(
            en=f"{{events}}: {{counted}} of {{count}} count; {kinds.en}; {{earned}} in all, at most {{most}}: {{result}}",
            zh=f"{{events}}：{{count}} 项中计 {{counted}} 项；{kinds.zh}；合计{{earned}}，至多{{most}}，得{{result}}",
        )

    def lower(self, call: Call) -> Lowered:
        events, kind, most = call.node("events"), call.maybe("kind"), call.node("most")
        results = tuple(entry.value for entry in call.entries)
        points = b.step(events, level_ranges(call), results, call.otherwise)
        rows = counted(call, events)
        kinds = (None,) if kind is None else tuple(range(len(kind.type.levels)))
        sums = [b.aggregate("sum", points, "rows", where=of_kind(rows, kind, one)) for one in kinds]
        earned, named = capped(call, kind, sums)
        values = [
            constant(value) for value in (*results, *(() if call.otherwise is None else (call.otherwise,)))
        ]
        caps = [constant(entry.value) for entry in call.caps]
        safe = all(value is not None and value >= 0 for value in (*values, *caps))
        return Lowered(
            node=b.minimum(earned, most),
            notes=(
                n.Named(name="count", node=b.aggregate("count", events, "rows")),
                n.Named(name="counted", node=b.aggregate("count", events, "rows", where=rows.both)),
                n.Named(name="earned", node=earned),
                *named,
                *notes(rows, points, kind),
            ),
            low=Fraction(0) if safe else None,
            high=constant(most),
        )
