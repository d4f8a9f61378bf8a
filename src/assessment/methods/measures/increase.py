"""The absolute increase over an earlier period, in the unit of the value (增量)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import MEASURED, Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields
from assessment.methods.parameters import PERIODS


class Increase(Method):
    """How much there is more of a quantity than `periods` periods ago, one unless stated.

    `increase = x - before`, in the unit of `x`. Only quantities, counts, points and plain numbers have an
    increase; the difference of two shares is in percentage points and is called `change`.

    Undefined: nowhere; where either value is missing the increase is.
    Source: absolute increase (增量, 净增), which favours large units where growth favours small ones.
    Worked: from 50.0 to 53.5 亿元 the increase is 3.5 亿元.
    """

    en = "increase"
    zh = "增量"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), PERIODS)
    rising = ("x",)
    sentence = Text(en="from {before} to {x} the increase is {result}", zh="由{before}到{x}，增量为{result}")
    examples = ("increase(x)", "增量（合同额）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        kind = call.node("x").type.kind
        if kind in MEASURED | {Kind.NUMBER, Kind.POINTS}:
            return ()
        return (
            Problem(
                code="kind-mismatch",
                text=Text(
                    en=f"an absolute increase is of a quantity, not of {kind.label.en}",
                    zh=f"增量用于数量，不用于{kind.label.zh}",
                ),
                at="x",
                help=Text(
                    en="write `change(…)`: the difference in percentage points",
                    zh="改用 `变化（…）`，以百分点计",
                )
                if kind is not Kind.RANK
                else Text(en="write `change(…)`: the difference in places", zh="改用 `变化（…）`，以名次计"),
            ),
        )

    def lower(self, call: Call) -> Lowered:
        x = call.node("x")
        before = b.shift(x, -call.whole("periods"))
        return Lowered(node=b.subtract(x, before), notes=(n.Named(name="before", node=before),))
