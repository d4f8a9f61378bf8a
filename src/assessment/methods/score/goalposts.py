"""Goalposts: the place between two fixed values, on a linear or a logarithmic scale (标杆法)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields, constant
from assessment.methods.position import between, hold
from assessment.methods.wording import amount


class Goalposts(Method):
    """The place of a value between two fixed posts, held between them: 0 at `from`, 1 at `to`.

    `rate = (f(x) - f(from)) / (f(to) - f(from))` with `x` first held between the posts; `f` is the value itself, or its
    natural logarithm with `on: log`. A `to` below `from` says that lower is better.

    Edges: a value at or beyond a post is that post exactly, so no logarithm of zero or of a negative value is taken.
    Undefined: equal posts, and on a logarithmic scale posts of zero or below, are errors when they are written out, and
    *undefined* when they come from data.
    Source: the dimension indices of the Human Development Index (UNDP, technical note 1); 标杆法.
    Worked: a life expectancy of 72 years between 20 and 85: 52 / 65 = 80 %. An income of 1000 between 10 and 100000 on
    a logarithmic scale: ln 100 / ln 10000 = 50 %.
    """

    en = "goalposts"
    zh = "标杆"
    yields = Yields.RATE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(en="from", zh="起", sort=Sort.LIKE, of="x"),
        Parameter(en="to", zh="止", sort=Sort.LIKE, of="x"),
        Parameter(
            en="on",
            zh="尺度",
            sort=Sort.WORD,
            choices=(("linear", "线性"), ("log", "对数")),
            default="linear",
            about=Text(en="whether steps or ratios count alike", zh="按差值还是按比率计"),
        ),
    )
    rising = ("x",)
    sentence = Text(
        en="from {from} to {to}: ({x} - {from}) / ({to} - {from}), from 0 to 1: {result}",
        zh="自{from}至{to}：（{x}－{from}）÷（{to}－{from}），限于 0 至 1，得{result}",
    )
    examples = (
        "goalposts(x, from: 20 years, to: 85 years)",
        "标杆（人均收入，起：100 $，止：75000 $，尺度：对数）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        start, end = constant(call.node("from")), constant(call.node("to"))
        if start is not None and start == end:
            both = amount(start, call.node("from").type)
            return (
                Problem(
                    code="range-empty",
                    text=Text(
                        en=f"`from` and `to` are both {both.en}, so nothing lies between them",
                        zh=f"`起` 与 `止` 同为 {both.zh}，其间没有取值",
                    ),
                    at="to",
                    also="from",
                    help=Text(en="write two different ends", zh="请写两个不同的端点"),
                ),
            )
        if call.word("on") != "log":
            return ()
        return tuple(
            _no_logarithm(name, zh)
            for name, zh, value in (("from", "起", start), ("to", "止", end))
            if value is not None and value <= 0
        )

    def directions(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        start, end = constant(call.node("from")), constant(call.node("to"))
        if start is None or end is None:
            return (), ()
        return (("x",), ()) if start < end else ((), ("x",))

    def phrase(self, call: Call) -> Text:
        if call.word("on") == "log":
            return Text(
                en="from {from} to {to} on a logarithmic scale: "
                "(ln {x} - ln {from}) / (ln {to} - ln {from}), from 0 to 1: {result}",
                zh="自{from}至{to}，按自然对数：（ln {x}－ln {from}）÷（ln {to}－ln {from}），限于 0 至 1，得{result}",
            )
        return self.sentence

    def lower(self, call: Call) -> Lowered:
        x, start, end = call.node("x"), call.node("from"), call.node("to")
        held: n.Node = hold(x, start, end)
        if call.word("on") == "log":
            held, start, end = b.ln(held), b.ln(start), b.ln(end)
        return Lowered(node=between(held, start, end), low=Fraction(0), high=Fraction(1))


def _no_logarithm(en: str, zh: str) -> Problem:
    return Problem(
        code="argument-kind",
        text=Text(
            en=f"`{en}` must be above zero on a logarithmic scale",
            zh=f"对数尺度下，参数 `{zh}` 必须大于零",
        ),
        at=en,
        help=Text(en="write a value above zero, or `on: linear`", zh="改为大于零的数值，或写 `尺度：线性`"),
    )
