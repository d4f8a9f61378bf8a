"""How many of a region's events or ratings count (件数)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Problem, Yields
from assessment.methods.event_rows import EVENTS, ONCE, REPEATS, WHERE, counted, notes, repeats_problem


class Count(Method):
    """How many rows a region has, of those for which `where` holds; with `once`, those with one value of a field count once.

    For events it must be said what happens to one that is reported twice: `once`, or `repeats: count`.

    Undefined: nowhere; rows that were not reported are missing, and no row is a count of zero.
    Source: measures that count cases, such as 获省级以上奖励项数.
    Worked: three reports of two documents are 2 with `once`, and 3 with `repeats: count`.
    """

    en = "count"
    zh = "件数"
    yields = Yields.MEASURE
    parameters = (EVENTS, WHERE, ONCE, REPEATS)
    sentence = Text(en="{result} of {count} count", zh="{count} 项中计 {result} 项")
    examples = ("count(awards, repeats: count)", "件数（表彰，重复：计入）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        return repeats_problem(call) if call.node("events").type.kind is Kind.LEVEL else ()

    def lower(self, call: Call) -> Lowered:
        events = call.node("events")
        rows = counted(call, events)
        return Lowered(
            node=b.aggregate("count", events, "rows", where=rows.both),
            notes=(n.Named(name="count", node=b.aggregate("count", events, "rows")), *notes(rows)),
        )
