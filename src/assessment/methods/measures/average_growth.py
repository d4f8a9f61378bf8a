"""Average growth per period over several periods (平均增速)."""

from __future__ import annotations

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields, defined_where
from assessment.methods.measures.growth import no_growth
from assessment.methods.parameters import PERIODS
from assessment.methods.plain import plain


class AverageGrowth(Method):
    """The growth that, the same in each of `periods` periods, leads from the earlier value to this one.

    `average growth = (x / before) ^ (1 / periods) - 1`, a growth in %. Between the two values nothing counts. It is exact:
    a perfect power gives a rational, anything else a root that is compared and rounded with certainty.

    Edges: a value of zero gives -100 %.
    Undefined: an earlier value of zero or below, for which the file must state a policy (`zero base`); a value below zero.
    Source: compound growth (年均增长速度), practice of statistical bulletins.
    Worked: from 100 to 121 in two years it is sqrt(1.21) - 1 = 10 %; from 100 to 120 it is sqrt(1.2) - 1 = 9.544… %.
    """

    en = "average_growth"
    zh = "平均增速"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        evolve(PERIODS, default=None, low=2, most=1000),
    )
    needs = ("zero base",)
    rising = ("x",)
    sentence = Text(
        en="from {before} to {x} in {periods} periods: ({x} / {before}) ^ (1/{periods}) - 1 gives {result}",
        zh="由{before}到{x}，历 {periods} 期：（{x}÷{before}）^（1/{periods}）－1，即{result}",
    )
    examples = ("average_growth(x, periods: 5)", "平均增速（生产总值，期数：3）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        return no_growth(call.node("x"))

    def lower(self, call: Call) -> Lowered:
        x, periods = call.node("x"), call.whole("periods")
        before = b.shift(x, -periods)
        factor = b.root(b.divide(plain(x), plain(before)), periods)
        grown = b.cast(b.subtract(factor, b.const(1)), Kind.GROWTH)
        zero = b.const(0, x.type)
        meaningful = b.both(b.compare(">", before, zero), b.compare(">=", x, zero))
        return Lowered(node=defined_where(meaningful, grown), notes=(n.Named(name="before", node=before),))
