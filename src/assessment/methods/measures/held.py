"""A value held between two ends (限于)."""

from __future__ import annotations

from assessment.core import build as b
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
)
from assessment.methods.wording import amount


class Held(Method):
    """The value, or the end that it would pass.

    `min(max(x, low), high)`, in the unit and kind of the value. A value at or beyond an end is that end exactly. One end
    alone is `larger(x, low)` or `smaller(x, high)`.

    Undefined: where `low` lies above `high`; written out, that is an error.
    Source: winsorised values, caps and floors on growth (增幅超过 100% 按 100% 计).
    Worked: of 250 % between -50 % and 100 % it is 100 %; of -80 % it is -50 %.
    """

    en = "held"
    zh = "限于"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(en="low", zh="下限", sort=Sort.LIKE, of="x"),
        Parameter(en="high", zh="上限", sort=Sort.LIKE, of="x"),
    )
    rising = ("x", "low", "high")
    sentence = Text(en="{x} held between {low} and {high} is {result}", zh="{x}限于{low}至{high}，为{result}")
    examples = ("held(growth(x), low: -50%, high: 100%)", "限于（增速（x），下限：0%，上限：100%）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        low, high = constant(call.node("low")), constant(call.node("high"))
        if low is None or high is None or low <= high:
            return ()
        start, end = amount(low, call.node("low").type), amount(high, call.node("high").type)
        return (
            Problem(
                code="range-empty",
                text=Text(
                    en=f"`low` is {start.en} and `high` only {end.en}",
                    zh=f"`下限` 为{start.zh}，高于 `上限` {end.zh}",
                ),
                at="high",
                also="low",
                help=Text(en="exchange the two, or widen the range", zh="请对调两端，或放宽范围"),
            ),
        )

    def lower(self, call: Call) -> Lowered:
        x, low, high = call.node("x"), call.node("low"), call.node("high")
        held = b.clamp(x, low, high)
        if constant(low) is None or constant(high) is None:
            held = defined_where(b.compare("<=", low, high), held)
        return Lowered(node=held)
