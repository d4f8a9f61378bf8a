"""The relative distance to a reference (相对差距)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core.types import Kind
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
from assessment.methods.parameters import BETTER


class Distance(Method):
    """How far a value lies above a reference, in multiples of the reference, as a plain number.

    `distance = (x - to) / to`; where lower is better `(to - x) / to`. The reference is a target, the best or the mean of the
    field, or the value of a named region or year. The quotient without the difference is `ratio`.

    Undefined: a reference of zero or below, which is an error where it is written out.
    Source: distance to a reference (OECD/JRC handbook on composite indicators, normalisation).
    Worked: 2.5 % to a reference of 2 % is 0.25; 1.5 % is -0.25, and 0.25 where lower is better.
    """

    en = "distance"
    zh = "相对差距"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="to",
            zh="参照值",
            sort=Sort.LIKE,
            of="x",
            about=Text(en="what the value is compared with", zh="与何数值相比"),
        ),
        BETTER,
    )
    rising = ("x",)
    sentence = Text(
        en="reference {to}: ({x} - {to}) / {to} gives {result}",
        zh="参照值{to}：（{x}－{to}）÷{to}，即{result}",
    )
    examples = ("distance(x, to: maximum(x, within: all))", "相对差距（x，参照值：2.5%）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        to = constant(call.node("to"))
        if to is None or to > 0:
            return ()
        return (
            Problem(
                code="argument-kind",
                text=Text(en="the reference must be above zero", zh="参照值必须大于零"),
                at="to",
                help=Text(en="write a value above zero", zh="应为大于零的数值"),
            ),
        )

    def phrase(self, call: Call) -> Text:
        if call.word("better") == "lower":
            return Text(
                en="reference {to}, lower is better: ({to} - {x}) / {to} gives {result}",
                zh="参照值{to}，越低越好：（{to}－{x}）÷{to}，即{result}",
            )
        return self.sentence

    def lower(self, call: Call) -> Lowered:
        x, to = call.node("x"), call.node("to")
        above = b.subtract(to, x) if call.word("better") == "lower" else b.subtract(x, to)
        unit = b.const(0, to.type)
        number = b.divide(b.cast(above, x.type.kind) if above.type.kind is Kind.PP else above, to)
        return Lowered(node=defined_where(b.compare(">", to, unit), b.cast(number, Kind.NUMBER)))
