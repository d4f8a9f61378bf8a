"""Attainment of a target (目标值法)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import RATE
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields, constant, ratio


class Attain(Method):
    """Share of a target that was reached, from 0 to the cap.

    `rate = max(0, min(actual / target, cap))`. A value below zero earns nothing. The cap is 1 unless stated; a cap
    above 1 lets over-fulfilment earn more than the part's points, where the part allows it (`up to`).

    Undefined: a target of zero or below is an error when it is written out, and *undefined* when it comes from data.
    Source: target-value method (目标值法, 完成率得分): 45 of a target of 60 earns 0.75 of the points, 70 of 60 all of them.
    """

    en = "attain"
    zh = "达标"
    yields = Yields.RATE
    parameters = (
        Parameter(en="actual", zh="实际值", sort=Sort.MEASURE),
        Parameter(en="target", zh="目标", sort=Sort.LIKE, of="actual"),
        Parameter(en="cap", zh="封顶", sort=Sort.RATE, default=Fraction(1)),
    )
    rising = ("actual", "cap")
    falling = ("target",)
    sentence = Text(
        en="{actual} is {ratio} of the target {target}; counted from 0 to at most {cap}: {result}",
        zh="{actual}为目标{target}的{ratio}，按不低于0、不高于{cap}计，得{result}",
    )
    examples = ("attain(x, target: 60)", "attain(x, target: 60, cap: 120%)")

    def check(self, call: Call) -> tuple[Problem, ...]:
        target = constant(call.node("target"))
        if target is not None and target <= 0:
            return (
                Problem(
                    code="constant-zero-divisor",
                    text=Text(en="a target of zero or below cannot be attained by a share", zh="目标为零或负数，无法计算完成率"),
                    at="target",
                    help=Text(en="write a target above zero", zh="目标应大于零"),
                ),
            )
        return ()

    def lower(self, call: Call) -> Lowered:
        actual, target, cap = call.node("actual"), call.node("target"), call.node("cap")
        reached = ratio(actual, target)
        positive = b.compare(">", target, b.const(0, target.type))
        held = b.clamp(reached, b.rate(0), cap)
        if constant(target) is None:
            held = b.select(positive, held, b.absent(Absence.UNDEFINED, RATE))
        return Lowered(node=held, notes=(n.Named(name="ratio", node=reached),), low=Fraction(0))
