"""A best zone with less on both sides of it: an indicator that should be neither low nor high (适度指标)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
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


class Interval(Method):
    """Full marks inside a best zone, and less the farther a value lies outside it, never below zero.

    Inside, ends included, the rate is 1. Outside, `fall` says how it falls, and there is no default because published
    formulas differ:

    - `fall: own`, each side over its own distance: `1 - (from - x) / (from - low)` below the zone and
      `1 - (x - to) / (high - to)` above it;
    - `fall: longer`, both sides over the longer of the two distances: `1 - (from - x) / d`, `1 - (x - to) / d` with
      `d = max(from - low, high - to)`; at the nearer limit some marks then remain, and the line goes on until none do;
    - `fall: ratio`, without limits: `x / from` below the zone and `to / x` above it.

    The limits `low` and `high` belong to the first two. A zone that is one point (`from` equals `to`) is allowed.

    Undefined: ends in the wrong order, or a `ratio` with an end of zero or below, where they come from data; written out
    they are errors.
    Source: interval indicators (适度指标, 区间指标), as in 全面小康 with six of them, 失业率 among them: zone 3 % to 6 %.
    Worked: zone 3 % to 6 %, limits 1 % and 10 %: 4.5 %, 3 % and 6 % earn 100 %; 7 % earns 1 - 1/4 = 75 % and 2 % earns
    1 - 1/2 = 50 % over own distances, 1 - 1/4 = 75 % over the longer one; 8 % earns 6/8 = 75 % by ratio.
    """

    en = "interval"
    zh = "适度值"
    yields = Yields.RATE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="from",
            zh="起",
            sort=Sort.LIKE,
            of="x",
            about=Text(en="where the best zone begins", zh="最佳区间的下端"),
        ),
        Parameter(
            en="to", zh="止", sort=Sort.LIKE, of="x", about=Text(en="where it ends", zh="最佳区间的上端")
        ),
        Parameter(
            en="fall",
            zh="递减",
            sort=Sort.WORD,
            choices=(("own", "各侧"), ("longer", "长侧"), ("ratio", "比率")),
            said=(
                Text(en="each side over its own distance", zh="两侧各按本侧距离递减"),
                Text(en="both sides over the longer distance", zh="两侧同按较长距离递减"),
                Text(en="by the ratio to the nearer end", zh="按与近端之比递减"),
            ),
            about=Text(en="how the rate falls outside the zone", zh="区间之外如何递减"),
        ),
        Parameter(
            en="low",
            zh="下限",
            sort=Sort.LIKE,
            of="x",
            optional=True,
            about=Text(en="the lower limit", zh="区间以下的限值"),
        ),
        Parameter(
            en="high",
            zh="上限",
            sort=Sort.LIKE,
            of="x",
            optional=True,
            about=Text(en="the upper limit", zh="区间以上的限值"),
        ),
    )
    sentence = Text(
        en="best from {from} to {to}, {fall}; {x} lies outside it by {outside}: {result}",
        zh="最佳区间{from}至{to}，{fall}；{x}，偏离区间{outside}，得{result}",
    )
    examples = (
        "interval(x, from: 3, to: 6, fall: own, low: 1, high: 10)",
        "适度值（失业率，起：3%，止：6%，递减：比率）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        by_ratio = call.word("fall") == "ratio"
        found: list[Problem] = []
        for name, zh in (("low", "下限"), ("high", "上限")):
            written = call.maybe(name) is not None
            if by_ratio and written:
                found.append(
                    Problem(
                        code="too-many-arguments",
                        text=Text(
                            en=f"`{name}` has no meaning beside `fall: ratio`",
                            zh=f"`递减：比率` 时 `{zh}` 没有意义",
                        ),
                        at=name,
                        also="fall",
                        help=Text(en=f"take out `{name}`", zh=f"删去 `{zh}`"),
                    )
                )
            if not by_ratio and not written:
                found.append(
                    Problem(
                        code="missing-argument",
                        text=Text(en=f"`interval` needs `{name}` to fall to", zh=f"`适度值` 缺少参数 `{zh}`"),
                        help=Text(
                            en=f"write `{name}: …`, or `fall: ratio`", zh=f"写明 `{zh}：…`，或 `递减：比率`"
                        ),
                    )
                )
        return tuple(found) or tuple(_order(call))

    def phrase(self, call: Call) -> Text:
        if call.word("fall") == "ratio":
            return self.sentence
        return Text(
            en="best from {from} to {to}, limits {low} and {high}, {fall}; "
            "{x} lies outside it by {outside}: {result}",
            zh="最佳区间{from}至{to}，下限{low}、上限{high}，{fall}；{x}，偏离区间{outside}，得{result}",
        )

    def lower(self, call: Call) -> Lowered:
        x, start, end = call.node("x"), call.node("from"), call.node("to")
        short, over = b.subtract(start, b.minimum(x, start)), b.subtract(b.maximum(x, end), end)
        zero = b.const(0, short.type)
        sound = [b.compare("<=", start, end)]
        if call.word("fall") == "ratio":
            # Below the zone the second quotient is 1, above it the first is.
            below, above = ratio(b.minimum(x, start), start), ratio(end, b.maximum(x, end))
            rate = b.maximum(b.minimum(below, above), b.rate(0))
            sound.append(b.compare(">", start, b.const(0, start.type)))
        else:
            down, up = b.subtract(start, call.node("low")), b.subtract(call.node("high"), end)
            sound += [b.compare(">", down, zero), b.compare(">", up, zero)]
            if call.word("fall") == "longer":
                down = up = b.maximum(down, up)
            lost = b.add(ratio(short, down), ratio(over, up))
            rate = b.maximum(b.subtract(b.rate(1), lost), b.rate(0))
        if any(constant(node) is None for node in _ends(call)):
            rate = defined_where(b.both(*sound), rate)
        return Lowered(
            node=rate,
            notes=(n.Named(name="outside", node=b.add(short, over)),),
            low=Fraction(0),
            high=Fraction(1),
        )


def _ends(call: Call) -> list[n.Node]:
    return [node for name in ("low", "from", "to", "high") if (node := call.maybe(name)) is not None]


def _order(call: Call) -> list[Problem]:
    """Ends in the wrong order, or a ratio to zero, where they are written out."""
    low, start, end, high = (constant(call.maybe(name)) for name in ("low", "from", "to", "high"))
    if start is not None and end is not None and start > end:
        text = Text(en="the best zone ends before it begins", zh="最佳区间的上端小于下端")
        return [Problem(code="range-empty", text=text, at="to", also="from", help=_ORDER)]
    if low is not None and start is not None and low >= start:
        text = Text(en="the lower limit does not lie below the best zone", zh="下限不在最佳区间之下")
        return [Problem(code="range-empty", text=text, at="low", also="from", help=_ORDER)]
    if high is not None and end is not None and high <= end:
        text = Text(en="the upper limit does not lie above the best zone", zh="上限不在最佳区间之上")
        return [Problem(code="range-empty", text=text, at="high", also="to", help=_ORDER)]
    if call.word("fall") == "ratio" and start is not None and start <= 0:
        text = Text(en="there is no ratio to an end of zero or below", zh="区间端点为零或负数，无法计算比率")
        return [Problem(code="constant-zero-divisor", text=text, at="from", help=_LIMITS)]
    return []


_ORDER = Text(en="write `low` < `from` <= `to` < `high`", zh="应为 `下限` < `起` <= `止` < `上限`")
_LIMITS = Text(en="write limits and `fall: own`", zh="写明下限和上限，并写 `递减：各侧`")
