"""Bands: points by the row of a table that holds the value (分档计分)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Rows, Sort, Yields, ends_of
from assessment.methods.intervals import band_problems


class Bands(Method):
    """The points of the first row that holds the value.

    Rows are comparisons, which are read from the top (`>= 6: 8 points; >= 2.5: 5 points; otherwise: 0 points`), or
    ranges with open or closed ends (`[2.5, 6): 5 points`), which must neither meet nor leave a gap; `otherwise` takes
    what is left. Ends may come from data; rows with such ends are read from the top and are not judged beforehand.

    Edges: a value on an end belongs to the row whose end is closed.
    Undefined: a value that no row holds. Without `otherwise` the rows must cover every value that the
    declared ranges allow, from zero on for kinds that do not fall below it.
    Source: step scoring (分档计分): 达到 5% 得 1 分，10% 得 2 分，15% 以上得 3 分.
    Worked: under `>= 6: 8 points; >= 2.5: 6 points; >= 1: 4 points; otherwise: 2 points` a value of 2.5 earns 6.
    """

    en = "bands"
    zh = "分档"
    yields = Yields.SCORE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE),)
    rows = Rows.BANDS
    sentence = Text(en="{x} falls under `{branch}`: {result}", zh="{x}适用“{branch}”一档，得{result}")
    examples = (
        "bands(x) { >= 6: 8 points; >= 2.5: 5 points; otherwise: 0 points }",
        "分档（x） { 0（含）至 2.5（不含）：2 分；2.5（含）至 6（不含）：5 分；>= 6：8 分 }",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        ranges = [band.range for band in call.bands]
        return band_problems(ranges, otherwise=call.otherwise is not None, subject=call.node("x"))

    def lower(self, call: Call) -> Lowered:
        results = tuple(band.value for band in call.bands)
        low, high = ends_of((*results, *(() if call.otherwise is None else (call.otherwise,))))
        return Lowered(
            node=b.step(call.node("x"), [band.range for band in call.bands], results, call.otherwise),
            low=low,
            high=high,
        )
