"""What part of the increase of a whole field a region has (贡献率)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import (
    WHERE,
    WITHIN,
    Call,
    Lowered,
    Method,
    Parameter,
    Sort,
    Yields,
    defined_where,
)
from assessment.methods.parameters import PERIODS
from assessment.methods.statistic import over_field


class Contribution(Method):
    """The increase of a region as a share of the increase of its field.

    `contribution = (x - before) / sum over the field of (x - before)`, in %, with `before` the value `periods` periods ago,
    one unless stated. The sum is over the regions that have both values, without reference subjects and without those
    for which the condition of `where` does not hold.

    Some regions may have fallen while the whole grew. Shares then go below zero and above 100 %, and whether they still
    say something is for the rule to decide: `falls: count` keeps them, `falls: none` makes all of them *undefined*.

    Undefined: where the whole did not grow, since a fall would then count as a contribution; with `falls: none` also
    where any region of the field fell.
    Source: contribution to the increase (增长贡献率, Δi / ΣΔ).
    Worked: increases of 6, 3 and 1 亿元 are 10 in all: 60 %, 30 % and 10 %. With 6, 3 and -1 they are 8 in all:
    75 %, 37.5 % and -12.5 %, or *undefined*.
    """

    en = "contribution"
    zh = "贡献率"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        WITHIN,
        Parameter(
            en="falls",
            zh="有下降时",
            sort=Sort.WORD,
            choices=(("count", "照计"), ("none", "均不计")),
            said=(
                Text(en="regions that fell count", zh="下降地区照计"),
                Text(en="no shares where a region fell", zh="有地区下降时均无意义"),
            ),
            about=Text(en="what holds where some regions of the field fell", zh="参照地区中有下降时如何处理"),
        ),
        PERIODS,
        WHERE,
    )
    sentence = Text(
        en="from {before} to {x} the increase is {own_increase}, that of {within} ({count} with both values; {falls}) "
        "{whole}: {own_increase} / {whole} gives {result}",
        zh="由{before}到{x}，增量{own_increase}；{within}（两期数据齐全 {count} 个，{falls}）增量合计{whole}："
        "{own_increase}÷{whole}，即{result}",
    )
    examples = (
        "contribution(x, within: all, falls: count)",
        "贡献率（生产总值，范围：全部，有下降时：均不计）",
    )

    def lower(self, call: Call) -> Lowered:
        x = call.node("x")
        before = b.shift(x, -call.whole("periods"))
        increase = b.subtract(x, before)
        whole = over_field("sum", increase, call)
        zero = b.const(0, whole.type)
        grown = b.compare(">", whole, zero)
        if call.word("falls") != "count":
            grown = b.both(grown, b.compare(">=", over_field("min", increase, call), zero))
        share = b.cast(b.divide(increase, whole), Kind.SHARE)
        return Lowered(
            node=defined_where(grown, share),
            notes=(
                n.Named(name="before", node=before),
                n.Named(name="own_increase", node=increase),
                n.Named(name="whole", node=whole),
                n.Named(name="count", node=over_field("count", increase, call)),
            ),
        )
