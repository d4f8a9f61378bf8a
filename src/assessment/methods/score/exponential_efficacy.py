"""Efficacy coefficient in its exponential form: the marks grow by a constant factor, not by a constant amount (指数功效)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Problem, constant
from assessment.methods.score.efficacy import Efficacy


class ExponentialEfficacy(Efficacy):
    """From a base to full marks along an exponential: `rate = base ^ (1 - (x - poor) / (good - poor))`.

    With a base of 60 % this is 60 · e^(ln(5/3) · place), 60 at the poor value and 100 at the good one, bent below the
    straight line of `efficacy` between them and going on more steeply above it. Where the two values come from, what
    holds the value between them and what *all equal* means is written as for `efficacy`.

    The rate is exact: at the two values it is the base and 1, elsewhere an irrational number whose published digits are
    certain. Ranks of such scores compare rounded values where the file says `compare rounded`.

    Undefined: as for `efficacy`; a base of zero or below has no such curve.
    Source: exponential efficacy function (指数型功效函数), the form with scores from 60 to 100 used by 人民论坛.
    Worked: at half the way from the poor to the good value, base 60 %: 0.6 ^ 0.5 = 77.46 %, where the straight line gives
    80 %; of 38, 21, … 4 firms the 21 get 0.6 ^ 0.5 as well, for (21 - 4) / (38 - 4) = 1/2.
    """

    en = "exponential_efficacy"
    zh = "指数功效"
    sentence = Text(
        en="in {within} the lowest is {lowest}, the highest {highest}: "
        "{base} ^ (1 - ({x} - {lowest}) / ({highest} - {lowest})) gives {result}",
        zh="{within}最低{lowest}、最高{highest}：{base}的（1－（{x}－{lowest}）÷（{highest}－{lowest}））次方，得{result}",
    )
    examples = (
        "exponential_efficacy(x, base: 60%, within: all)",
        "exponential_efficacy(x, base: 60%, within: group, better: lower)",
        "指数功效（研发占比，底分：60%，不允许值：1，满意值：3，限幅：两端）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        if constant(call.node("base")) == Fraction(0):
            return (
                Problem(
                    code="argument-kind",
                    text=Text(en="a base of zero never grows by a factor", zh="底分为零，指数形式恒为零"),
                    at="base",
                    help=Text(
                        en="write a base above 0%, or use `efficacy`", zh="底分应大于 0%，或用 `功效系数`"
                    ),
                ),
            )
        return super().check(call)

    def phrase(self, call: Call) -> Text:
        if call.maybe_word("within") is None:
            return Text(
                en="poor value {poor}, good value {good}, {clamp}: "
                "{base} ^ (1 - ({x} - {poor}) / ({good} - {poor})) gives {result}",
                zh="不允许值{poor}、满意值{good}，{clamp}：{base}的（1－（{x}－{poor}）÷（{good}－{poor}））次方，得{result}",
            )
        if call.maybe_word("better") == "lower":
            return Text(
                en="in {within} the lowest is {lowest}, the highest {highest}; lower is better: "
                "{base} ^ (1 - ({highest} - {x}) / ({highest} - {lowest})) gives {result}",
                zh="{within}最低{lowest}、最高{highest}，越低越好："
                "{base}的（1－（{highest}－{x}）÷（{highest}－{lowest}））次方，得{result}",
            )
        return self.sentence

    def rate_at(self, base: n.Node, place: n.Node) -> n.Node:
        left = b.subtract(b.const(1), b.cast(place, Kind.NUMBER))
        exponent = b.multiply(left, b.ln(b.cast(base, Kind.NUMBER)))
        return b.cast(b.exp(exponent), Kind.RATE)
