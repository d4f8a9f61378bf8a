"""A root, as a transform of a skewed measure (开方)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields, constant
from assessment.methods.plain import plain


class Root(Method):
    """The root of a value in its declared unit, a plain number; `index: 2` is the square root, `index: 3` the cube root.

    `root = x ^ (1/index)`. A whole power is written `x ^ 2`, a power such as 2/3 `root(x ^ 2, index: 3)`. A root is kept
    exact: perfect powers give rationals, and values that are equal before are equal after.

    Edges: under an odd index a negative value has a negative root.
    Undefined: a value below zero under an even index.
    Source: square roots of skewed indicators (European Innovation Scoreboard).
    Worked: the square root of 9 is 3, that of 2 is 1.414…; the cube root of -8 is -2.
    """

    en = "root"
    zh = "开方"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="index",
            zh="次数",
            sort=Sort.WHOLE,
            low=2,
            most=1000,
            about=Text(en="2 for the square root, 3 for the cube root", zh="平方根写 2，立方根写 3"),
        ),
    )
    rising = ("x",)
    sentence = Text(en="the root of {x} (index {index}) is {result}", zh="{x}开 {index} 次方，即{result}")
    examples = ("root(x, index: 2)", "开方（x，次数：2）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        value = constant(call.node("x"))
        if value is None or value >= 0 or call.whole("index") % 2:
            return ()
        return (
            Problem(
                code="argument-kind",
                text=Text(en="there is no even root of a negative value", zh="负数不能开偶次方"),
                at="x",
                help=Text(en="write a value from zero up", zh="应为不小于零的数值"),
            ),
        )

    def lower(self, call: Call) -> Lowered:
        return Lowered(node=b.root(plain(call.node("x")), call.whole("index")))
