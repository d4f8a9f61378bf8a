"""Relative growth against an earlier period, in % (增速)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields, defined_where
from assessment.methods.parameters import PERIODS


class Growth(Method):
    """By how much a value grew, as a share of the earlier value.

    `growth = (x - before) / before`, with `before` the value `periods` periods ago, one unless stated. The result is a
    growth in %. What is itself a growth or is in percentage points has no meaningful relative growth; `change` gives its
    difference.

    Undefined: an earlier value of zero or below, for which the file must state a policy (`zero base`): from -2 to 1 the
    formula would give -150 %, though the value improved.
    Source: relative growth (增长速度), practice of statistical bulletins.
    Worked: from 500 to 520 the growth is 4 %. A share that rises from 1.0 % to 1.5 % grows by 50 %, though it changes by
    0.5 percentage points: write `change` where those are meant.
    """

    en = "growth"
    zh = "增速"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), PERIODS)
    needs = ("zero base",)
    rising = ("x",)
    sentence = Text(
        en="from {before} to {x}: ({x} - {before}) / {before} gives {result}",
        zh="由{before}到{x}：（{x}－{before}）÷{before}，即{result}",
    )
    examples = ("growth(x)", "增速（x，期数：2）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        return no_growth(call.node("x"))

    def lower(self, call: Call) -> Lowered:
        x = call.node("x")
        before = b.shift(x, -call.whole("periods"))
        grown = b.cast(b.divide(b.subtract(x, before), before), Kind.GROWTH)
        based = b.compare(">", before, b.const(0, before.type))
        return Lowered(node=defined_where(based, grown), notes=(n.Named(name="before", node=before),))


def no_growth(x: n.Node) -> tuple[Problem, ...]:
    """The problem that a growth, or percentage points, grow relatively to nothing; none for anything else."""
    kind = x.type.kind
    if kind not in (Kind.GROWTH, Kind.PP):
        return ()
    label = kind.label
    return (
        Problem(
            code="kind-mismatch",
            text=Text(
                en=f"a relative growth of {label.en} says nothing",
                zh=f"{label.zh}再求增速没有意义",
            ),
            at="x",
            help=Text(en="write `change(…)`, in percentage points", zh="改用 `变化（…）`，以百分点计"),
        ),
    )
