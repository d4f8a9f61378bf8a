"""Points for every step of a value above a start, up to a limit (每增一步得分)."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Problem, Sort, Yields, constant
from assessment.methods.parameters import COUNTING
from assessment.methods.steps import counted, never_incomplete, step_problem


class Every(Method):
    """`gain` points for every `each` above `from` (zero unless stated), `most` at most; `most: none` sets no limit.

    `points = min(gain * steps, most)` with `steps = max(0, (x - from) / each)`. A value below the start earns nothing; it
    costs nothing either.

    `counting` says what an incomplete step counts. It may be left out only where there is none: for a count, or the
    change of a count, by steps of one.

    Undefined: a step of zero that comes from data; one that is written out is an error.
    Source: 每净增 1 家加 0.5 分，最多加 2 分; 增幅每提高 0.1 个百分点加 0.1 分，10 分封顶.
    Worked: 3 more firms at 0.5 points each and 2 at most earn 1.5 points, 7 more earn 2, 2 fewer earn 0. At 3 points for
    every 10 %, +15 % earns 4.5 points in proportion, 3 by whole steps and 6 by started ones.
    """

    en = "every"
    zh = "每增"
    yields = Yields.POINTS
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="each", zh="每", sort=Sort.DIFFERENCE, of="x", about=Text(en="the size of a step", zh="步长")
        ),
        Parameter(en="gain", zh="得", sort=Sort.POINTS),
        Parameter(en="most", zh="至多", sort=Sort.POINTS, unlimited=True),
        Parameter(en="from", zh="起", sort=Sort.LIKE, of="x", optional=True),
        evolve(COUNTING, optional=True),
    )
    rising = ("x", "gain", "most")
    falling = ("each", "from")
    sentence = Text(
        en="{over} is {steps} steps of {each} each ({counting}); {gain} × {counted}, at most {most}: {result}",
        zh="{over}，每{each}为一步，合 {steps} 步（{counting}）；{gain}×{counted}，至多{most}，得{result}",
    )
    examples = (
        "every(x, each: 10, gain: 3 points, most: 9 points, counting: whole)",
        "每增（变化（高企数），每：1 家，得：0.5 分，至多：2 分）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        found = list(step_problem(call, "each"))
        if call.maybe_word("counting") is None and not _no_part_of_a_step(call):
            found.append(
                Problem(
                    code="missing-argument",
                    text=Text(en="it is not said what an incomplete step counts", zh="未说明不足一步如何计"),
                    help=Text(
                        en="write `counting: line`, `counting: whole` or `counting: started`",
                        zh="写明 `计法：按比例`、`计法：满一步计一步` 或 `计法：不足一步按一步`",
                    ),
                )
            )
        most = constant(call.limit("most"))
        if most is not None and most < 0:
            found.append(
                Problem(
                    code="floor-above-cap",
                    text=Text(en="the most that can be earned lies below zero", zh="至多得分低于零"),
                    at="most",
                    help=Text(en="write points from zero up", zh="应为不小于零的分值"),
                )
            )
        return tuple(found)

    def phrase(self, call: Call) -> Text:
        start = call.maybe("from") is not None
        above = Text(en="{x} from {from} on: ", zh="{x}，自{from}起算：") if start else Text(en="", zh="")
        limit = Text(en=", at most {most}", zh="，至多{most}")
        if call.unlimited("most"):
            limit = Text(en="", zh="")
        if call.maybe_word("counting") is None:
            return Text(
                en=above.en
                + "{over} by {each}, {counted} times; {gain} × {counted}"
                + limit.en
                + ": {result}",
                zh=above.zh
                + "{over}，每{each}计一次，共 {counted} 次；{gain}×{counted}"
                + limit.zh
                + "，得{result}",
            )
        return Text(
            en=above.en + self.sentence.en.replace(", at most {most}", limit.en),
            zh=above.zh + self.sentence.zh.replace("，至多{most}", limit.zh),
        )

    def lower(self, call: Call) -> Lowered:
        over = _over(call)
        steps = b.divide(over, call.node("each"))
        count = counted(b.maximum(steps, b.const(0, steps.type)), call.maybe_word("counting") or "line")
        gain, most = call.node("gain"), call.limit("most")
        points = b.multiply(gain, count)
        points = points if most is None else b.minimum(points, most)
        size, cap = constant(gain), constant(most)
        gains = size is not None and size >= 0
        return Lowered(
            node=points,
            notes=(
                n.Named(name="over", node=over),
                n.Named(name="steps", node=steps),
                n.Named(name="counted", node=count),
            ),
            low=Fraction(0) if gains and (most is None or (cap is not None and cap >= 0)) else None,
            high=cap,
        )


def _over(call: Call) -> n.Node:
    """What lies above the start, in the kind of a difference."""
    x, start = call.node("x"), call.maybe("from")
    if start is None and x.type.kind not in (Kind.SHARE, Kind.GROWTH, Kind.RANK):
        return x
    return b.subtract(x, b.const(0, x.type) if start is None else start)


def _no_part_of_a_step(call: Call) -> bool:
    start = call.maybe("from")
    return never_incomplete(call.node("each"), call.node("x"), *(() if start is None else (start,)))
