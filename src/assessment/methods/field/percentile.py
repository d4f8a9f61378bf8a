"""A percentile of a field, by a stated definition (百分位数)."""

from __future__ import annotations

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
)
from assessment.methods.order import ordered, whole
from assessment.number import Mode


class Percentile(Method):
    """The value below which a stated share of the field lies, by one of three definitions; `by` says which.

    With the n values of the field from the lowest to the highest, the place is

    - `inclusive`: `1 + (n - 1) * at`; the lowest value is the 0 % and the highest the 100 % percentile;
    - `exclusive`: `(n + 1) * at`, which exists from place 1 to place n only;
    - `nearest`: `n * at`, rounded up to a whole place, at least 1: always one of the values.

    Between two places the value lies on the straight line between their values:
    `percentile = value + fraction of the place * (next value - value)`. All is exact.
    Regions whose value is absent are left out, reference subjects always, `where` leaves out all for which its condition
    does not hold or cannot be answered.

    Edges: the inclusive 50 % percentile is the median; a field of one value has that value at every inclusive place.
    Undefined: where no region of the field has a value; an exclusive place below 1 or above n.
    Source: percentile and winsorised bounds (OECD/JRC handbook on composite indicators); inclusive and exclusive are
    the two functions of spreadsheets, PERCENTILE.INC and PERCENTILE.EXC.
    Worked: of 15, 20, 35, 40 and 50 at 40 %: inclusive place 1 + 4 * 0.4 = 2.6, so 20 + 0.6 * 15 = 29; exclusive place
    6 * 0.4 = 2.4, so 20 + 0.4 * 15 = 26; nearest place 2, so 20.
    """

    en = "percentile"
    zh = "百分位数"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="at",
            zh="位置",
            sort=Sort.NUMBER,
            constant=True,
            about=Text(en="the share that lies below, such as `at: 25%`", zh="其下所占比例，如 `位置：25%`"),
        ),
        Parameter(
            en="by",
            zh="算法",
            sort=Sort.WORD,
            choices=(("inclusive", "含端点"), ("exclusive", "不含端点"), ("nearest", "最近位次")),
            said=(
                Text(en="place 1 + (n - 1) × share", zh="位次＝1＋（个数－1）×比例"),
                Text(en="place (n + 1) × share", zh="位次＝（个数＋1）×比例"),
                Text(en="place n × share, rounded up", zh="位次＝个数×比例，进位取整"),
            ),
            about=Text(en="how the place among the values is found", zh="在各数值中的位次如何确定"),
        ),
        WITHIN,
        WHERE,
    )
    sentence = Text(
        en="of the {count} values in {within} the percentile at {share} ({by}) stands at place {place} from the lowest: "
        "{value} + {part} × ({next} - {value}) gives {result}",
        zh="{within}有数据 {count} 个，百分位{share}（{by}）为由低到高第{place}位："
        "{value}＋{part}×（{next}－{value}），即{result}",
    )
    examples = (
        "percentile(x, at: 25%, by: inclusive, within: all)",
        "百分位数（x，位置：95%，算法：不含端点，范围：同组）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        at = constant(call.node("at"))
        if at is None or 0 <= at <= 1:
            return ()
        return (
            Problem(
                code="argument-kind",
                text=Text(
                    en="a percentile lies between 0 % and 100 % of the values",
                    zh="百分位应在 0% 与 100% 之间",
                ),
                at="at",
                help=Text(en="write for instance `at: 25%`", zh="例如写 `位置：25%`"),
            ),
        )

    def phrase(self, call: Call) -> Text:
        if call.word("by") == "nearest":
            return Text(
                en="of the {count} values in {within} the percentile at {share} ({by}) is the one at place {place} "
                "from the lowest: {result}",
                zh="{within}有数据 {count} 个，百分位{share}（{by}）为由低到高第{place}位，即{result}",
            )
        return self.sentence

    def lower(self, call: Call) -> Lowered:
        at, by = call.node("at"), call.word("by")
        order, one = ordered(call), b.const(1)
        count = order.count
        written = constant(at)
        share = at if written is None else b.rate(written)
        notes = [n.Named(name="count", node=count), n.Named(name="share", node=share)]
        if by == "nearest":
            place = b.maximum(b.round_to(b.multiply(count, at), 0, Mode.UP), one)
            return Lowered(node=order.at(place), notes=(*notes, n.Named(name="place", node=place)))
        if by == "inclusive":
            place = b.add(one, b.multiply(b.subtract(count, one), at))
        else:
            place = b.multiply(b.add(count, one), at)
        below = whole(place)
        value, after = order.at(below), order.at(b.minimum(b.add(below, one), count))
        part = b.subtract(place, below)
        between = b.add(b.multiply(b.subtract(one, part), value), b.multiply(part, after))
        node = b.clamp(between, value, after)
        if by == "exclusive":
            inside = b.both(b.compare(">=", place, one), b.compare("<=", place, count))
            node = defined_where(inside, node)
        notes += [
            n.Named(name="place", node=place),
            n.Named(name="value", node=value),
            n.Named(name="part", node=part),
            n.Named(name="next", node=after),
        ]
        return Lowered(node=node, notes=tuple(notes))
