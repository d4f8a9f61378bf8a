"""Min–max normalisation over a field, or between stated bounds (极差标准化)."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
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
    defined_where,
    known_with,
)
from assessment.methods.parameters import BETTER, CLAMP
from assessment.methods.position import field_ends, in_field
from assessment.methods.problems import beside_a_field, superfluous
from assessment.methods.wording import amount


class MinMax(Method):
    """The place of a value between a lowest and a highest one: the worst gets 0, the best 1.

    `rate = (x - lowest) / (highest - lowest)`; where lower is better, `rate = (highest - x) / (highest - lowest)`.
    The two are either

    - those of the field (`within`): of the regions that have a value and, with `where`, meet its condition. A reference
      subject or a region outside the condition that lies beyond them gets 0 or 1; or
    - stated (`low`, `high`): the field of an earlier year, the panel of several years, percentiles or fences that leave
      outliers out. A value may then lie beyond them: `clamp: both` holds it between them, `clamp: none` lets the line go
      on; the file has to say which.

    Undefined: where both are equal, the policy for *all equal* decides (full, zero, half or undefined); a field of one
    region is such a field. A `low` above `high`, which is an error where both are written out.
    Source: range normalisation (极差标准化, min–max); bounds by sample, last year, best in history, without outliers
    (OECD/JRC handbook on composite indicators; European Innovation Scoreboard).
    Worked: of 38, 21, 17, 14, 12, 12, 9, 7, 6 and 4 firms the 21 get (21 - 4) / (38 - 4) = 50 %. Between last year's 5
    and 25 firms they get (21 - 5) / (25 - 5) = 80 %, and the 38 get 100 % where they are held, else 165 %.
    """

    en = "minmax"
    zh = "极差"
    yields = Yields.RATE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        evolve(WITHIN, optional=True),
        BETTER,
        Parameter(
            en="low",
            zh="最低值",
            sort=Sort.LIKE,
            of="x",
            optional=True,
            about=Text(en="the lowest value, instead of a field", zh="最低值，写明时不另取范围"),
        ),
        Parameter(
            en="high",
            zh="最高值",
            sort=Sort.LIKE,
            of="x",
            optional=True,
            about=Text(en="the highest value, instead of a field", zh="最高值，写明时不另取范围"),
        ),
        CLAMP,
        WHERE,
    )
    needs = ("all equal",)
    rising = ("x",)
    sentence = Text(
        en="in {within} the lowest is {lowest}, the highest {highest}: "
        "({x} - {lowest}) / ({highest} - {lowest}) gives {result}",
        zh="{within}最低{lowest}、最高{highest}：（{x}－{lowest}）÷（{highest}－{lowest}），得{result}",
    )
    examples = (
        "minmax(x, within: group)",
        "极差（高企数，范围：同组）",
        "minmax(x, low: minimum(x[-1], within: all), high: maximum(x[-1], within: all), clamp: both)",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        if call.maybe_word("within") is not None:
            return beside_a_field(call, {"low": "最低值", "high": "最高值", "clamp": "限幅"})
        low, high = call.maybe("low"), call.maybe("high")
        if low is None or high is None:
            return (_lacking("within" if low is None and high is None else "low" if low is None else "high"),)
        found = []
        if call.where() is not None:
            found.append(superfluous("where", "条件", "low", "最低值"))
        if call.maybe_word("clamp") is None:
            found.append(_lacking("clamp"))
        least, most = constant(low), constant(high)
        if least is not None and most is not None and least >= most:
            start, end = amount(least, low.type), amount(most, high.type)
            found.append(
                Problem(
                    code="range-empty",
                    text=Text(
                        en=f"`low` is {start.en} and `high` {end.en}, so nothing lies between them",
                        zh=f"`最低值` 为 {start.zh}，`最高值` 为 {end.zh}，其间没有取值",
                    ),
                    at="high",
                    also="low",
                    help=Text(
                        en="write the lower value as `low`; where lower is better add `better: lower`",
                        zh="较小者写作 `最低值`；越低越好时加写 `方向：越低越好`",
                    ),
                )
            )
        return tuple(found)

    def phrase(self, call: Call) -> Text:
        start, start_zh = (
            "in {within} the lowest is {lowest}, the highest {highest}",
            "{within}最低{lowest}、最高{highest}",
        )
        if call.maybe_word("within") is None:
            start = "the lowest is {lowest}, the highest {highest}, {clamp}"
            start_zh = "最低{lowest}、最高{highest}，{clamp}"
        if call.word("better") == "lower":
            return Text(
                en=f"{start}; lower is better: ({{highest}} - {{x}}) / ({{highest}} - {{lowest}}) gives {{result}}",
                zh=f"{start_zh}，越低越好：（{{highest}}－{{x}}）÷（{{highest}}－{{lowest}}），得{{result}}",
            )
        return Text(
            en=f"{start}: ({{x}} - {{lowest}}) / ({{highest}} - {{lowest}}) gives {{result}}",
            zh=f"{start_zh}：（{{x}}－{{lowest}}）÷（{{highest}}－{{lowest}}），得{{result}}",
        )

    def lower(self, call: Call) -> Lowered:
        x = call.node("x")
        if call.maybe_word("within") is not None:
            lowest, highest = field_ends(call, x)
            rate, held = in_field(call, x, lowest, highest, lambda place: place), True
        else:
            lowest, highest = call.node("low"), call.node("high")
            held = call.word("clamp") == "both"
            taken = b.clamp(x, lowest, highest) if held else x
            inside = in_field(call, taken, lowest, highest, lambda place: place)
            ordered = b.compare("<=", lowest, highest)
            rate = known_with(x, inside if _ordered(lowest, highest) else defined_where(ordered, inside))
        notes = (n.Named(name="lowest", node=lowest), n.Named(name="highest", node=highest))
        low, high = (Fraction(0), Fraction(1)) if held else (None, None)
        return Lowered(node=rate, notes=notes, low=low, high=high)


def _ordered(low: n.Node, high: n.Node) -> bool:
    """Whether both are written out, and so in order."""
    return constant(low) is not None and constant(high) is not None


_LACK = {
    "within": (
        Text(en="`minmax` needs a field or two bounds", zh="`极差` 需要写明范围，或写明最低值和最高值"),
        Text(
            en="write `within: group`, or `low: …` and `high: …`",
            zh="写明 `范围：同组`，或写明 `最低值：…` 和 `最高值：…`",
        ),
    ),
    "low": (
        Text(en="`minmax` needs `low` beside `high`", zh="`极差` 有最高值而缺少最低值"),
        Text(en="write `low: …`", zh="写明 `最低值：…`"),
    ),
    "high": (
        Text(en="`minmax` needs `high` beside `low`", zh="`极差` 有最低值而缺少最高值"),
        Text(en="write `high: …`", zh="写明 `最高值：…`"),
    ),
    "clamp": (
        Text(en="`minmax` needs `clamp` beside stated bounds", zh="`极差` 写明最低值和最高值时须写明限幅"),
        Text(en="write `clamp: both` or `clamp: none`", zh="写明 `限幅：两端` 或 `限幅：不限`"),
    ),
}


def _lacking(name: str) -> Problem:
    text, help_ = _LACK[name]
    return Problem(code="missing-argument", text=text, help=help_)
