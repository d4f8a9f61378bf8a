"""Efficacy coefficient: a base plus the place between an unacceptable and a satisfactory value (功效系数法)."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import RATE
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import (
    WHERE,
    WITHIN,
    Call,
    Lowered,
    Method,
    Parameter,
    Problem,
    Sort,
    Yields,
    constant,
)
from assessment.methods.parameters import BETTER, CLAMP
from assessment.methods.position import EQUAL, between, field_ends, hold, in_field
from assessment.methods.problems import beside_a_field, superfluous
from assessment.methods.wording import amount


class Efficacy(Method):
    """A base, and the rest of the marks by the place between a poor and a good value.

    `rate = base + (1 - base) * (x - poor) / (good - poor)`. The two values are either

    - those of the field (`within`): the lowest is poor and the highest good, or the reverse where lower is better; or
    - fixed (`poor` 不允许值, `good` 满意值): a good value below the poor one says that lower is better. Outside them the
      line goes on unless `clamp: both` holds the value between them; the file has to say which.

    In a field every region gets at least the base. A reference subject beyond its ends gets the base or full marks, and so
    does a region that is left out of the field by `where`.

    Undefined: where all values of the field are equal, the policy for *all equal* decides: full, zero and half are
    full marks, none and half of them, not places between base and full. Equal fixed values are an error when they
    are written out, and *undefined* when they come from data.
    Source: efficacy coefficient method (功效系数法, 60+40).
    Worked: x = 5.81, poor 6, good 12, base 60 %: 60 + 40 * (5.81 - 6) / (12 - 6) = 58.73 %, below the base because
    nothing holds it. Of 38, 21, …, 4 firms the 21 get 60 + 40 * (21 - 4) / (38 - 4) = 80.00 %, the 4 get 60.00 %.
    """

    en = "efficacy"
    zh = "功效系数"
    yields = Yields.RATE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="base",
            zh="底分",
            sort=Sort.RATE,
            about=Text(
                en="what the poor value earns, such as `base: 60%`", zh="不允许值所得的比例，如 `底分：60%`"
            ),
        ),
        evolve(WITHIN, optional=True),
        Parameter(en="poor", zh="不允许值", sort=Sort.LIKE, of="x", optional=True),
        Parameter(en="good", zh="满意值", sort=Sort.LIKE, of="x", optional=True),
        evolve(BETTER, default=None, optional=True),
        CLAMP,
        WHERE,
    )
    needs = ("all equal",)
    rising = ("x",)
    sentence = Text(
        en="in {within} the lowest is {lowest}, the highest {highest}: "
        "{base} + {rest} × ({x} - {lowest}) / ({highest} - {lowest}) gives {result}",
        zh="{within}最低{lowest}、最高{highest}：{base}＋{rest}×（{x}－{lowest}）÷（{highest}－{lowest}），得{result}",
    )
    examples = (
        "efficacy(x, base: 60%, within: group)",
        "功效系数（研发占比，范围：同组，底分：60%）",
        "efficacy(x, base: 60%, poor: 6, good: 12, clamp: none)",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        poor, good = call.maybe("poor"), call.maybe("good")
        base = constant(call.node("base"))
        if base is not None and not 0 <= base < 1:
            return (_no_base(base),)
        if call.maybe_word("within") is not None:
            return beside_a_field(call, {"poor": "不允许值", "good": "满意值", "clamp": "限幅"})
        if poor is None or good is None:
            lacking = "within" if poor is None and good is None else "poor" if poor is None else "good"
            return (_lacking(lacking),)
        found = []
        low, high = constant(poor), constant(good)
        if low is not None and low == high:
            both = amount(low, poor.type)
            found.append(
                Problem(
                    code="range-empty",
                    text=Text(
                        en=f"`poor` and `good` are both {both.en}, so nothing lies between them",
                        zh=f"`不允许值` 与 `满意值` 同为 {both.zh}，其间没有取值",
                    ),
                    at="good",
                    also="poor",
                    help=Text(en="write two different values", zh="请写两个不同的数值"),
                )
            )
        if call.maybe_word("better") is not None:
            found.append(superfluous("better", "方向", "poor", "不允许值"))
        if call.where() is not None:
            found.append(superfluous("where", "条件", "poor", "不允许值"))
        if call.maybe_word("clamp") is None:
            found.append(_lacking("clamp"))
        return tuple(found)

    def needed(self, call: Call) -> tuple[str, ...]:
        return self.needs if call.maybe_word("within") is not None else ()

    def directions(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        poor, good = constant(call.maybe("poor")), constant(call.maybe("good"))
        if call.maybe_word("within") is None and (poor is None or good is None):
            return (), ()
        lower = call.maybe_word("better") == "lower" or (
            poor is not None and good is not None and good < poor
        )
        return ((), ("x",)) if lower else (("x",), ())

    def phrase(self, call: Call) -> Text:
        if call.maybe_word("within") is None:
            return Text(
                en="poor value {poor}, good value {good}, {clamp}: "
                "{base} + {rest} × ({x} - {poor}) / ({good} - {poor}) gives {result}",
                zh="不允许值{poor}、满意值{good}，{clamp}：{base}＋{rest}×（{x}－{poor}）÷（{good}－{poor}），得{result}",
            )
        if call.maybe_word("better") == "lower":
            return Text(
                en="in {within} the lowest is {lowest}, the highest {highest}; lower is better: "
                "{base} + {rest} × ({highest} - {x}) / ({highest} - {lowest}) gives {result}",
                zh="{within}最低{lowest}、最高{highest}，越低越好："
                "{base}＋{rest}×（{highest}－{x}）÷（{highest}－{lowest}），得{result}",
            )
        return self.sentence

    def rate_at(self, base: n.Node, place: n.Node) -> n.Node:
        """The rate at a place: 0 at the poor value, 1 at the good one."""
        return b.add(base, b.multiply(b.subtract(b.rate(1), base), place))

    def lower(self, call: Call) -> Lowered:
        x, base = call.node("x"), call.node("base")
        rest = b.subtract(b.rate(1), base)
        notes: tuple[n.Named, ...] = (n.Named(name="rest", node=rest),)
        start = constant(base)

        def rate_at(place: n.Node) -> n.Node:
            return self.rate_at(base, place)

        if call.maybe_word("within") is None:
            held = call.word("clamp") == "both"
            poor, good = call.node("poor"), call.node("good")
            rate = rate_at(between(hold(x, poor, good) if held else x, poor, good))
            return Lowered(
                node=rate,
                notes=notes,
                low=start if held else None,
                high=Fraction(1) if held and start is not None else None,
            )
        lowest, highest = field_ends(call, x)
        rate = in_field(call, x, lowest, highest, rate_at)
        notes += (n.Named(name="lowest", node=lowest), n.Named(name="highest", node=highest))
        return Lowered(
            node=rate,
            notes=notes,
            low=None if start is None else min(start, EQUAL.get(call.policies.get("all equal", ""), start)),
            high=None if start is None else Fraction(1),
        )


_LACKING = {
    "within": (
        Text(
            en="neither a field nor two fixed values are written",
            zh="没有写明范围，也没有写明不允许值和满意值",
        ),
        Text(
            en="write `within: group`, or `poor: …` and `good: …`",
            zh="写明 `范围：同组`，或写明 `不允许值：…` 和 `满意值：…`",
        ),
    ),
    "poor": (
        Text(en="there is `good`, and no `poor` beside it", zh="有满意值而缺少不允许值"),
        Text(en="write `poor: …`, the value that earns the base", zh="写明 `不允许值：…`，即得底分的数值"),
    ),
    "good": (
        Text(en="there is `poor`, and no `good` beside it", zh="有不允许值而缺少满意值"),
        Text(en="write `good: …`, the value that earns full marks", zh="写明 `满意值：…`，即得满分的数值"),
    ),
    "clamp": (
        Text(
            en="fixed values do not say what a value outside them earns",
            zh="用固定的两值时，未说明超出两值的数值如何计分",
        ),
        Text(
            en="write `clamp: both` to hold it between them, or `clamp: none` to go on along the line",
            zh="写明 `限幅：两端`（限于两值之间）或 `限幅：不限`（沿直线延伸）",
        ),
    ),
}


def _no_base(base: Fraction) -> Problem:
    shown = amount(base, RATE)
    return Problem(
        code="argument-kind",
        text=Text(
            en=f"a base of {shown.en} leaves nothing between it and full marks",
            zh=f"底分为 {shown.zh}，与满分之间没有余地",
        )
        if base >= 1
        else Text(en=f"a base of {shown.en} lies below zero", zh=f"底分为 {shown.zh}，低于零"),
        at="base",
        help=Text(en="write a base from 0% to below 100%", zh="底分应不小于 0% 且小于 100%"),
    )


def _lacking(name: str) -> Problem:
    text, help_ = _LACKING[name]
    return Problem(code="missing-argument", text=text, help=help_)
