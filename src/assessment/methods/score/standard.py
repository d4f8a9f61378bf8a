"""A value as a share of its standard, as indices take it (标准值法)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
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


class Standard(Method):
    """A value divided by its standard; where lower is better, the standard divided by the value.

    `rate = min(x / standard, cap)`; with `better: lower`, `rate = min(standard / x, cap)`. The cap is always written:
    `cap: 100%` where reaching the standard is all there is to reach, `cap: none` where an index may go beyond it. The
    value and its standard are both above zero. For a best zone instead of one standard there is `interval`.

    Undefined: a standard or a value of zero or below, of which there is no index; but a value of zero in the
    direction where higher is better is a rate of zero.
    Source: standard value method (标准值法, 指数法): 三级指标除以标准乘以 100，大于 100 的按 100 计 (国家科技进步监测);
    regional indices without a cap; 全面小康: 正指标 x/标准，逆指标 标准/x.
    Worked: R&D of 2.3 % of GDP against a standard of 2.5 % is 92 %; 5 against 2.5 is 100 % under a cap of 100 %, 200 %
    without one. A wage gap of 2.8 against an inverse standard of 2.1 is 75 %.
    """

    en = "standard"
    zh = "标准值"
    yields = Yields.RATE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(en="standard", zh="标准", sort=Sort.LIKE, of="x"),
        Parameter(
            en="cap",
            zh="封顶",
            sort=Sort.RATE,
            unlimited=True,
            about=Text(
                en="the most that counts: `cap: 100%`, or `cap: none`",
                zh="最多计到多少：`封顶：100%`，或 `封顶：不限`",
            ),
        ),
        BETTER,
    )
    rising = ("x", "cap")
    falling = ("standard",)
    sentence = Text(
        en="{x} is {index} of the standard {standard}; at most {cap}: {result}",
        zh="{x}为标准{standard}的{index}，最高计{cap}，得{result}",
    )
    examples = (
        "standard(x, standard: 2.5, cap: 100%)",
        "标准值（城乡收入比，标准：2.1，封顶：不限，方向：越低越好）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        cap, standard = constant(call.limit("cap")), constant(call.node("standard"))
        if cap is not None and cap <= 0:
            shown = amount(cap, RATE)
            return (
                Problem(
                    code="argument-kind",
                    text=Text(
                        en=f"under a cap of {shown.en} nothing counts", zh=f"封顶为 {shown.zh}，无法计分"
                    ),
                    at="cap",
                    help=Text(
                        en="write a cap above zero, such as `cap: 100%`", zh="封顶应大于零，如 `封顶：100%`"
                    ),
                ),
            )
        if standard is None or standard > 0:
            return ()
        return (
            Problem(
                code="constant-zero-divisor",
                text=Text(
                    en="there is no index of a standard of zero or below", zh="标准为零或负数，无法计算指数"
                ),
                at="standard",
                help=Text(en="write a standard above zero", zh="标准应大于零"),
            ),
        )

    def directions(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return (
            (("standard", "cap"), ("x",)) if call.word("better") == "lower" else (self.rising, self.falling)
        )

    def phrase(self, call: Call) -> Text:
        text = self.sentence
        if call.word("better") == "lower":
            text = Text(
                en="lower is better: the standard {standard} is {index} of {x}; at most {cap}: {result}",
                zh="逆指标：标准{standard}为{x}的{index}，最高计{cap}，得{result}",
            )
        if not call.unlimited("cap"):
            return text
        return Text(
            en=text.en.replace("at most {cap}", "without a cap"), zh=text.zh.replace("最高计{cap}", "不封顶")
        )

    def lower(self, call: Call) -> Lowered:
        x, standard, cap = call.node("x"), call.node("standard"), call.limit("cap")
        inverse = call.word("better") == "lower"
        index = ratio(standard, x) if inverse else ratio(x, standard)
        zero, none = b.const(0, x.type), b.const(0, standard.type)
        has_index = b.compare(">" if inverse else ">=", x, zero)
        if constant(standard) is None:
            has_index = b.both(has_index, b.compare(">", standard, none))
        held = index if cap is None else b.minimum(index, cap)
        most = constant(cap)
        return Lowered(
            node=defined_where(has_index, held),
            notes=(n.Named(name="index", node=index),),
            low=Fraction(0) if cap is None or (most is not None and most > 0) else None,
            high=most,
        )
