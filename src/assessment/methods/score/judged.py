"""A score that was decided by people and is itself the datum (评定值)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields, ratio
from assessment.methods.scale import NO_SCALE, scale_of, stays_on_scale


class Judged(Method):
    """The judged value: as it is where it is in points, otherwise as a share of its declared range.

    A value in points is the score. Any other value becomes `rate = (value - low) / (high - low)` over the range that the
    input declares (`range 0 to 100`), which must therefore have both ends.

    Undefined: nowhere; a value outside its range is refused when the data are read.
    Source: 酌情计分: a judged value with a range, and a reason where the input asks for one.
    Worked: 80 on a scale of 0 to 100 is 80 %; 4.5 points on an input of 0 to 6 points are 4.5 points.
    """

    en = "judged"
    zh = "评定值"
    yields = Yields.SCORE
    parameters = (Parameter(en="value", zh="数值", sort=Sort.MEASURE),)
    rising = ("value",)
    sentence = Text(
        en="judged {value} on a scale from {low} to {high}: {result}",
        zh="评定为{value}，范围{low}至{high}，得{result}",
    )
    examples = ("judged(opinion)", "评定值（工作评价）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        if scale_of(call.node("value")) is not None:
            return ()
        return (
            Problem(
                code="judged-without-range",
                text=Text(en="this judged value has no declared range", zh="该评定值未规定范围"),
                at="value",
                help=Text(
                    en="give its input both ends: `range 0 to 100`", zh="为该数据写明两端：`范围 0 到 100`"
                ),
            ),
        )

    def lower(self, call: Call) -> Lowered:
        value = call.node("value")
        low, high = scale_of(value) or NO_SCALE
        start, end = b.const(low, value.type), b.const(high, value.type)
        notes = (n.Named(name="low", node=start), n.Named(name="high", node=end))
        held = stays_on_scale(value)
        if value.type.kind is Kind.POINTS:
            return Lowered(node=value, notes=notes, low=low if held else None, high=high if held else None)
        rate = ratio(b.subtract(value, start), b.subtract(end, start))
        if not held:
            return Lowered(node=rate, notes=notes)
        return Lowered(node=rate, notes=notes, low=Fraction(0), high=Fraction(1))
