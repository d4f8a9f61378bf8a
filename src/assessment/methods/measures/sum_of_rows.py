"""The sum of a field over a region's rows (各行合计)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields
from assessment.methods.event_rows import EVENTS, WHERE, Counted, notes


class SumOfRows(Method):
    """The sum of what each row of a region has in a field, of those rows for which `where` holds; 0 where there is none.

    With it the counts of a survey, one answer a row, make a rate: the answers that satisfy, weighted, by all answers but
    *不了解*, which leave the denominator.

    Undefined: nowhere; rows that were not reported are missing. A row without a value in the field adds nothing.
    Source: surveys in which 不了解不计分.
    Worked: answers 300, 150, 50 and 100 at 100 %, 75 %, 55 % and none: (300 + 112.5 + 27.5) / 500 = 88 %.
    """

    en = "sum_of_rows"
    zh = "各行合计"
    yields = Yields.MEASURE
    parameters = (
        EVENTS,
        Parameter(
            en="field",
            zh="字段",
            sort=Sort.FIELD,
            of="events",
            about=Text(en="what is added up", zh="合计的内容"),
        ),
        WHERE,
    )
    sentence = Text(
        en="the sum of {counted} of {count} rows is {result}", zh="{count} 行中 {counted} 行合计{result}"
    )
    examples = ("sum_of_rows(panel, panel)", "各行合计（队伍评分，队伍评分）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        field = call.node("field")
        if field.type.kind not in (Kind.LEVEL, Kind.YESNO, Kind.LABEL, Kind.DATE):
            return ()
        return (
            Problem(
                code="argument-kind",
                text=Text(
                    en=f"{field.type.kind.label.en} cannot be added up",
                    zh=f"{field.type.kind.label.zh}不能合计",
                ),
                at="field",
                help=Text(
                    en="add up a field of numbers, or count the rows with `count`",
                    zh="请合计数值字段，或用 `件数` 计数",
                ),
            ),
        )

    def lower(self, call: Call) -> Lowered:
        events, field, where = call.node("events"), call.node("field"), call.maybe("where")
        return Lowered(
            node=b.aggregate("sum", field, "rows", where=where),
            notes=(
                n.Named(name="count", node=b.aggregate("count", events, "rows")),
                n.Named(name="counted", node=b.aggregate("count", events, "rows", where=where)),
                *notes(Counted(where=where, once=None, both=where)),
            ),
        )
