"""Attainment of a target (目标值法)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import RATE
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import (
    Call,
    Lowered,
    Method,
    Parameter,
    Problem,
    Sort,
    Yields,
    constant,
    defined_where,
    ratio,
)
from assessment.methods.parameters import BETTER
from assessment.methods.wording import amount


class Attain(Method):
    """Share of a target that was reached, from 0 to the cap.

    Higher is better: `rate = max(0, min(actual / target, cap))`; a value below zero earns nothing.
    Lower is better: `rate = min(target / actual, cap)`; the less there is the more it earns, so a value of zero or
    below earns the cap, and is *undefined* where there is none.

    The cap is 1 unless stated; a cap above 1 lets over-fulfilment earn more than the part's points, where the part
    allows it (`up to`); `cap: none` sets none.

    Undefined: a target of zero or below is an error when it is written out, and *undefined* when it comes from data.
    Source: target-value method (目标值法, 完成率得分), and for lower values target over actual (逆指标: 标准÷实际).
    Worked: 45 of a target of 60 earns 75 % of the points, 70 of 60 all of them and 116.67 % under a cap of 120 %;
    an intensity of 0.5 against a target of at most 0.4 earns 80 %.
    """

    en = "attain"
    zh = "达标"
    yields = Yields.RATE
    parameters = (
        Parameter(en="actual", zh="实际值", sort=Sort.MEASURE),
        Parameter(en="target", zh="目标", sort=Sort.LIKE, of="actual"),
        Parameter(en="cap", zh="封顶", sort=Sort.RATE, default=Fraction(1), unlimited=True),
        BETTER,
    )
    rising = ("actual", "cap")
    falling = ("target",)
    sentence = Text(
        en="{actual} is {ratio} of the target {target}; counted from 0 to at most {cap}: {result}",
        zh="{actual}为目标{target}的{ratio}，按不低于 0、不高于{cap}计，得{result}",
    )
    examples = (
        "attain(x, target: 60)",
        "attain(x, target: 60, cap: 120%)",
        "达标（能耗强度，目标：0.4 吨标准煤/万元，方向：越低越好）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        target, cap = constant(call.node("target")), constant(call.limit("cap"))
        if cap is not None and cap <= 0:
            return (_no_cap(cap),)
        if target is None or target > 0:
            return ()
        lower = call.word("better") == "lower"
        return (
            Problem(
                code="constant-zero-divisor",
                text=Text(
                    en="a target of zero or below cannot be attained by a share",
                    zh="目标为零或负数，无法计算完成率",
                ),
                at="target",
                help=Text(en="use `meets`: all or nothing", zh="可改用 `达到即满分`")
                if lower
                else Text(en="write a target above zero", zh="目标应大于零"),
            ),
        )

    def directions(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if call.word("better") == "lower":
            return ("target", "cap"), ("actual",)
        return self.rising, self.falling

    def phrase(self, call: Call) -> Text:
        text = self.sentence
        if call.word("better") == "lower":
            text = Text(
                en="lower is better: the target {target} is {ratio} of {actual}; counted to at most {cap}: {result}",
                zh="越低越好：目标{target}为{actual}的{ratio}，按不高于{cap}计，得{result}",
            )
        if not call.unlimited("cap"):
            return text
        return Text(
            en=text.en.replace("from 0 to at most {cap}", "from 0").replace("; counted to at most {cap}", ""),
            zh=text.zh.replace("、不高于{cap}", "").replace("按不高于{cap}计，", ""),
        )

    def lower(self, call: Call) -> Lowered:
        actual, target, cap = call.node("actual"), call.node("target"), call.limit("cap")
        if call.word("better") == "lower":
            reached = ratio(target, actual)
            none_left = b.compare("<=", actual, b.const(0, actual.type))
            most_ = b.absent(Absence.UNDEFINED, RATE) if cap is None else cap
            held = b.select(none_left, most_, b.clamp(reached, b.rate(0), cap))
        else:
            reached = ratio(actual, target)
            held = b.clamp(reached, b.rate(0), cap)
        if constant(target) is None:
            positive = b.compare(">", target, b.const(0, target.type))
            held = defined_where(positive, held)
        most = constant(cap)
        low = Fraction(0) if cap is None or most is not None else None
        return Lowered(node=held, notes=(n.Named(name="ratio", node=reached),), low=low, high=most)


def _no_cap(cap: Fraction) -> Problem:
    shown = amount(cap, RATE)
    return Problem(
        code="argument-kind",
        text=Text(en=f"under a cap of {shown.en} nothing can be earned", zh=f"封顶为 {shown.zh}，无法得分"),
        at="cap",
        help=Text(en="write a cap above zero, such as `cap: 120%`", zh="封顶应大于零，如 `封顶：120%`"),
    )
