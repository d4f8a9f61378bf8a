"""The difference from an earlier period, in percentage points for shares and growth (变化)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import PERIODS


class Change(Method):
    """The value less the value `periods` periods ago, one unless stated.

    `change = x - before`. Of a share or a growth it is in percentage points, of anything else in the unit of the value;
    of ranks it is a number of places.

    Undefined: nowhere; where either value is missing the change is.
    Source: 比上年提高（下降）… 个百分点.
    Worked: from 2.0 % to 2.1 % the change is 0.1 percentage points; from 21 to 24 firms it is 3.
    """

    en = "change"
    zh = "变化"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), PERIODS)
    rising = ("x",)
    sentence = Text(en="from {before} to {x} the change is {result}", zh="由{before}到{x}，变化{result}")
    examples = ("change(x)", "变化（研发占比）")

    def lower(self, call: Call) -> Lowered:
        x = call.node("x")
        before = b.shift(x, -call.whole("periods"))
        return Lowered(node=b.subtract(x, before), notes=(n.Named(name="before", node=before),))
