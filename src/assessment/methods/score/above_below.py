"""Three rates by whether a value lies above, near or below a mean (高于、接近、低于均值)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
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
    ends_of,
)
from assessment.methods.wording import amount


class AboveBelow(Method):
    """One rate for values clearly above the mean, one for values near it, one for values clearly below.

    `margin` is how far a value may lie from the mean and still count as near: a share *of the mean* (`margin: 20%`) or a
    difference in the kind of the measure (`margin: 5 pp`). A value exactly on the edge is near. The mean is an argument:
    the mean of the field, a ratio of sums, or an outside reference. The three rates are written; `100%`, `0%` and `-100%`
    are the indicator of the handbook, `100%`, `50%` and `0%` the same within full marks.

    Undefined: with a share of the mean, a mean of zero or below.
    Source: indicators above or below the mean, OECD and JRC, Handbook on Constructing Composite Indicators, section 5.6.
    Worked: mean 50, margin 20 %: 60.1 is above, 60, 50 and 40 are near, 39.9 is below.
    """

    en = "above_below"
    zh = "高低于均值"
    yields = Yields.RATE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(en="mean", zh="均值", sort=Sort.LIKE, of="x"),
        Parameter(
            en="margin",
            zh="幅度",
            sort=Sort.STEP,
            of="x",
            about=Text(
                en="how far from the mean is still near: `20%` of the mean, or a difference",
                zh="与均值相差多少仍属接近：均值的 `20%`，或差值",
            ),
        ),
        Parameter(en="above", zh="高于", sort=Sort.RATE),
        Parameter(en="near", zh="接近", sort=Sort.RATE),
        Parameter(en="below", zh="低于", sort=Sort.RATE),
    )
    rising = ("above", "near", "below")
    sentence = Text(
        en="{x} against the mean {mean}: near from {low_edge} to {high_edge}, which earns {near}; above {above}, below "
        "{below}: {result}",
        zh="{x}，均值{mean}；{low_edge}至{high_edge}为接近，计{near}，高于计{above}，低于计{below}，得{result}",
    )
    examples = (
        "above_below(x, mean: mean(x, within: all), margin: 20%, above: 100%, near: 50%, below: 0%)",
        "高低于均值（就业率，均值：均值（就业率，范围：全部），幅度：5 百分点，高于：100%，接近：50%，低于：0%）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        margin = constant(call.node("margin"))
        if margin is None or margin >= 0:
            return ()
        shown = amount(margin, call.node("margin").type)
        return (
            Problem(
                code="step-without-size",
                text=Text(en=f"no value is nearer than {shown.en}", zh=f"幅度 {shown.zh} 之内没有取值"),
                at="margin",
                help=Text(en="write a margin from zero up", zh="幅度应不小于零"),
            ),
        )

    def directions(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        below, near, above = (constant(call.maybe(name)) for name in ("below", "near", "above"))
        if below is None or near is None or above is None:
            return self.rising, ()
        if below <= near <= above:
            return (*self.rising, "x"), ()
        return self.rising, ("x",) if below >= near >= above else ()

    def lower(self, call: Call) -> Lowered:
        x, mean, margin = call.node("x"), call.node("mean"), call.node("margin")
        relative = margin.type.kind is Kind.RATE
        if relative:
            share, whole = b.cast(margin, Kind.NUMBER), b.const(1)
            low, high = b.multiply(b.subtract(whole, share), mean), b.multiply(b.add(whole, share), mean)
        else:
            low, high = b.subtract(mean, margin), b.add(mean, margin)
        rates = tuple(call.node(name) for name in ("below", "near", "above"))
        rate: n.Node = b.select(
            b.compare("<", x, low), rates[0], b.select(b.compare(">", x, high), rates[2], rates[1])
        )
        if relative:
            rate = defined_where(b.compare(">", mean, b.const(0, mean.type)), rate)
        least, most = ends_of(rates)
        return Lowered(
            node=rate,
            notes=(n.Named(name="low_edge", node=low), n.Named(name="high_edge", node=high)),
            low=least,
            high=most,
        )
