"""A rate from several raters' scores, without the highest and lowest where the rule says so (评委评分)."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.types import Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import (
    Call,
    Lowered,
    Method,
    Parameter,
    Problem,
    Sort,
    Yields,
    defined_where,
    ratio,
)
from assessment.methods.event_rows import WHERE, Counted, notes
from assessment.methods.scale import NO_SCALE, scale_of


class Ratings(Method):
    """The mean of the raters' scores as a share of their scale, without the `drop` highest and the `drop` lowest.

    `rate = (mean - low) / (high - low)` on the scale that the input declares (`ratings 0 to 100`). `drop: 1` leaves out one
    highest and one lowest score; of several equal ones, one. An absent rater does not count, nor does one for whom `where`
    does not hold (a rater from the region itself: `where: 来自 != own region`). With `weight`, the mean is weighted:
    `sum(weight * score) / sum(weight)` over the raters that are left.

    Undefined: fewer raters than `least`, which is `2 * drop + 1` unless stated; it cannot be less. A weight below zero, or
    weights that add up to zero.
    Source: expert panels 去掉一个最高分和一个最低分后取平均.
    Worked: 95, 90, 88, 85 and 60 on a scale of 0 to 100, one highest and one lowest dropped: (90 + 88 + 85) / 3 = 87.67,
    a rate of 87.67 %.
    """

    en = "ratings"
    zh = "评分"
    yields = Yields.RATE
    parameters = (
        Parameter(en="rows", zh="评分表", sort=Sort.ROWS),
        Parameter(
            en="drop",
            zh="去掉最高最低",
            sort=Sort.WHOLE,
            default=0,
            low=0,
            about=Text(
                en="how many highest and how many lowest scores are left out", zh="最高分、最低分各去掉几个"
            ),
        ),
        Parameter(
            en="least",
            zh="至少",
            sort=Sort.WHOLE,
            optional=True,
            low=1,
            about=Text(en="how many raters there must be", zh="至少需要几名评委"),
        ),
        evolve(
            WHERE,
            of="rows",
            about=Text(
                en="which raters count; their fields stand by their names", zh="哪些评委计入，字段直接写名称"
            ),
        ),
        Parameter(
            en="weight",
            zh="权重",
            sort=Sort.FIELD,
            of="rows",
            optional=True,
            about=Text(en="the field with the weight of each rater", zh="各评委权重所在的字段"),
        ),
    )
    rising = ("rows",)
    sentence = Text(
        en="the mean of {count} raters is {mean}, on a scale from {low} to {high}: {result}",
        zh="{count} 名评委平均{mean}，分值范围{low}至{high}，得{result}",
    )
    examples = ("ratings(panel, drop: 1)", "评分（队伍评分，去掉最高最低：1）")

    def check(self, call: Call) -> tuple[Problem, ...]:
        rows, found = call.node("rows"), []
        if rows.type.kind is Kind.LEVEL:
            return (
                Problem(
                    code="argument-kind",
                    text=Text(
                        en="`rows` needs ratings, not events with levels",
                        zh="参数 `评分表` 需要评分，而不是有等级的事项",
                    ),
                    at="rows",
                    help=Text(en="use `highest` for events", zh="事项请用 `最高等级`"),
                ),
            )
        if scale_of(rows) is None:
            found.append(
                Problem(
                    code="judged-without-range",
                    text=Text(en="these ratings have no declared scale", zh="这些评分没有规定分值范围"),
                    at="rows",
                    help=Text(en="declare the input as `ratings 0 to 100`", zh="数据声明为 `评分 0 到 100`"),
                )
            )
        least, drop = call.maybe_whole("least"), call.whole("drop")
        if least is not None and least <= 2 * drop:
            found.append(
                Problem(
                    code="argument-kind",
                    text=Text(
                        en=f"of {least} raters none is left without {drop} highest and {drop} lowest",
                        zh=f"{least} 名评委各去掉 {drop} 个最高分和最低分后没有剩余",
                    ),
                    at="least",
                    also="drop",
                    help=Text(en=f"write at least {2 * drop + 1}", zh=f"至少写 {2 * drop + 1}"),
                )
            )
        weight = call.maybe("weight")
        if weight is not None and weight.type.kind not in t.RATIOS | {Kind.NUMBER}:
            found.append(
                Problem(
                    code="argument-kind",
                    text=Text(
                        en=f"weights are plain numbers or shares, not {weight.type.label.en}",
                        zh=f"权重应为纯数或比重，而不是{weight.type.label.zh}",
                    ),
                    at="weight",
                    help=Text(
                        en="give weights such as `0.6` or `60%`, or a field that holds plain numbers",
                        zh="请写 `0.6`、`60%` 之类的权重，或纯数的字段",
                    ),
                )
            )
        return tuple(found)

    def phrase(self, call: Call) -> Text:
        weighted = call.maybe("weight") is not None
        mean, mean_zh = ("weighted mean", "加权平均") if weighted else ("mean", "平均")
        if not call.whole("drop"):
            if not weighted:
                return self.sentence
            return Text(
                en="the weighted mean of {count} raters is {mean}, on a scale from {low} to {high}: {result}",
                zh="{count} 名评委加权平均{mean}，分值范围{low}至{high}，得{result}",
            )
        return Text(
            en=f"of {{count}} raters the {{drop}} highest and the {{drop}} lowest are left out, the {mean} of the rest is {{mean}}, "
            "on a scale from {low} to {high}: {result}",
            zh=f"{{count}} 名评委，去掉 {{drop}} 个最高分和 {{drop}} 个最低分，其余{mean_zh}{{mean}}，分值范围{{low}}至{{high}}，得{{result}}",
        )

    def lower(self, call: Call) -> Lowered:
        rows, drop = call.node("rows"), call.whole("drop")
        low, high = scale_of(rows) or NO_SCALE
        where, weight = call.maybe("where"), call.maybe("weight")
        kept = _kept(rows, drop, where) if drop else where
        mean = (
            b.aggregate("mean", rows, "rows", where=kept) if weight is None else _weighted(rows, weight, kept)
        )
        count = b.aggregate("count", rows, "rows", where=where)
        start, end = b.const(low, mean.type), b.const(high, mean.type)
        rate = ratio(b.subtract(mean, start), b.subtract(end, start))
        enough = b.compare(">=", count, b.const(call.maybe_whole("least") or 2 * drop + 1))
        return Lowered(
            node=defined_where(enough, rate),
            notes=(
                n.Named(name="count", node=count),
                n.Named(name="mean", node=mean),
                n.Named(name="low", node=start),
                n.Named(name="high", node=end),
                *notes(Counted(where=where, once=None, both=where), kept=kept if drop else None),
            ),
            low=Fraction(0),
            high=Fraction(1),
        )


def _weighted(rows: n.Node, weight: n.Node, kept: n.Node | None) -> n.Node:
    """The weighted mean, *undefined* where a weight lies below zero or nothing has any."""
    zero = b.const(0, weight.type)
    has_score = b.negation(b.is_absent(rows))
    who = has_score if kept is None else b.both(has_score, kept)
    weights = b.aggregate("sum", weight, "rows", where=who)
    least = b.aggregate("min", weight, "rows", where=who)
    mean = b.divide(b.aggregate("sum", b.multiply(rows, weight), "rows", where=who), weights)
    sound = b.both(b.compare(">=", least, zero), b.compare(">", weights, zero))
    return defined_where(sound, b.cast(mean, rows.type.kind))


def _kept(rows: n.Node, drop: int, where: n.Node | None) -> n.Node:
    """Rows that are neither among the highest nor among the lowest.

    Equal rows are taken in the order of the data. Should one row be both, then all rows between highest and lowest are
    equal, and leaving out one fewer does not change their mean.
    """
    place = b.const(drop, Type(kind=Kind.RANK))
    from_top = b.rank([(rows, True)], "rows", ties="order", where=where)
    from_bottom = b.rank([(rows, False)], "rows", ties="order", where=where)
    return b.both(b.compare(">", from_top, place), b.compare(">", from_bottom, place))
