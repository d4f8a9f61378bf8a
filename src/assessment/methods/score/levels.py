"""Points by a level that was decided (等级计分)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Rows, Sort, Yields, ends_of
from assessment.methods.level_rows import level_problems, level_ranges


class Levels(Method):
    """The points of the row for the level that a region was given.

    Every level that the input declares has its row, or `otherwise` takes the rest.

    Undefined: nowhere; a level that the input does not declare is refused when the data are read.
    Source: level tables such as 好 6 分、较好 4.5 分、一般 3 分.
    Worked: with that table the level 较好 earns 4.5 points.
    """

    en = "levels"
    zh = "等级"
    yields = Yields.SCORE
    parameters = (Parameter(en="x", zh="评定", sort=Sort.LEVEL),)
    rows = Rows.LEVELS
    sentence = Text(en="the level is {x}: {result}", zh="评定为“{x}”，得{result}")
    examples = (
        "levels(judgement) { good: 6 points; fair: 4.5 points; otherwise: 3 points }",
        "等级（治理评定） { 好：6 分；较好：4.5 分；一般：3 分 }",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        return level_problems(call, call.node("x").type)

    def lower(self, call: Call) -> Lowered:
        results = tuple(entry.value for entry in call.entries)
        low, high = ends_of((*results, *(() if call.otherwise is None else (call.otherwise,))))
        return Lowered(
            node=b.step(call.node("x"), level_ranges(call), results, call.otherwise),
            low=low,
            high=high,
        )
