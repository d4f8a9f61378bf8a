"""A piecewise linear curve through given points (折线)."""

from __future__ import annotations

from itertools import pairwise

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import (
    Call,
    Entry,
    Lowered,
    Method,
    Parameter,
    Problem,
    Rows,
    Sort,
    Yields,
    constant,
    ends_of,
)
from assessment.methods.wording import amount


class Curve(Method):
    """Points by straight lines between the rows of a table, and level outside them.

    `points = y1 + (y2 - y1) * (x - x1) / (x2 - x1)` between two neighbouring rows `x1: y1` and `x2: y2`; below the
    first row its points, above the last row its points. The rows rise strictly in `x`.

    The graph adds up, for each stretch, its slope times the part of it that the value has passed: a sum of clamps, in
    which no comparison decides anything, so there is no jump at a row.

    Undefined: nowhere.
    Source: piecewise linear scores, such as 增幅 ≤ 0 得 0 分，0.1 个百分点得 3 分，≥ 0.2 个百分点得满分，其间按直线内插.
    Worked: with `0 pp: 0 points; 0.1 pp: 3 points; 0.2 pp: 5 points` a change of 0.15 pp earns 3 + 2 * 0.5 = 4 points.
    """

    en = "curve"
    zh = "折线"
    yields = Yields.SCORE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE),)
    rows = Rows.CURVE
    sentence = Text(
        en="{x}, within {lowest} to {highest}: {held}; on the straight line from {before} ({before_points}) to {after} "
        "({after_points}): {before_points} + ({after_points} - {before_points}) × ({held} - {before}) / "
        "({after} - {before}) gives {result}",
        zh="{x}，限于{lowest}至{highest}，取{held}；在{before}（{before_points}）与{after}（{after_points}）之间按直线内插："
        "{before_points}＋（{after_points}－{before_points}）×（{held}－{before}）÷（{after}－{before}），得{result}",
    )
    examples = (
        "curve(x) { 0: 0 points; 1: 3 points; 2: 5 points }",
        "折线（x） { 0：0 分；1：3 分；2：5 分 }",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        if len(call.entries) < 2:
            return (
                Problem(
                    code="missing-argument",
                    text=Text(en="a curve needs two rows at least", zh="折线至少需要两行"),
                    help=Text(en="write `0: 0 points; 1: 5 points`", zh="写成 `0：0 分；1：5 分`"),
                ),
            )
        found = []
        for place, entry in enumerate(call.entries):
            if constant(entry.key) is None:
                found.append(
                    Problem(
                        code="argument-kind",
                        text=Text(
                            en="a row of a curve begins with a written number", zh="折线各行应以数值开头"
                        ),
                        at=place,
                        help=Text(
                            en="write a number with its unit, as in `5%: 3 points`",
                            zh="请写带单位的数字，如 `5%：3 分`",
                        ),
                    )
                )
        if found:
            return tuple(found)
        return tuple(_order(call.entries))

    def lower(self, call: Call) -> Lowered:
        x, rows = call.node("x"), call.entries
        low, high = ends_of(row.value for row in rows)
        return Lowered(
            node=b.add(rows[0].value, *(_stretch(x, first, second) for first, second in pairwise(rows))),
            notes=_told(x, rows),
            low=low,
            high=high,
        )


def _order(rows: tuple[Entry, ...]) -> list[Problem]:
    found = []
    for place, (first, second) in enumerate(pairwise(rows), start=1):
        before, after = constant(first.key), constant(second.key)
        if before is None or after is None or before < after:
            continue
        shown, above = amount(after, second.key.type), amount(before, first.key.type)
        found.append(
            Problem(
                code="band-order",
                text=Text(
                    en=f"this row stands at {shown.en}, not above the {above.en} before it",
                    zh=f"本行的 {shown.zh} 不大于前一行的 {above.zh}",
                ),
                at=place,
                also=place - 1,
                also_text=Text(en="the row before", zh="前一行"),
                help=Text(en="list the rows from the lowest value up", zh="各行应按数值从低到高排列"),
            )
        )
    return found


def _stretch(x: n.Node, first: Entry, second: Entry) -> n.Node:
    """What one stretch adds: its rise times the share of it that the value has passed."""
    passed = b.subtract(b.clamp(x, first.key, second.key), first.key)
    share = b.divide(passed, b.subtract(second.key, first.key))
    return b.multiply(b.subtract(second.value, first.value), share)


def _told(x: n.Node, rows: tuple[Entry, ...]) -> tuple[n.Named, ...]:
    """What the sentence names: the ends, the value held between them, and the rows of the stretch that it lies on.

    Outside the table it is the outermost stretch, on which the value held lies at the end: so the formula always holds.
    """
    ranges = [n.Range(high=row.key, high_closed=False) for row in rows[1:-1]]

    def chosen(rows: tuple[Entry, ...], *, points: bool) -> n.Node:
        nodes = [row.value if points else row.key for row in rows]
        return b.step(x, ranges, nodes[:-1], nodes[-1]) if ranges else nodes[-1]

    low, high = rows[0].key, rows[-1].key
    return (
        n.Named(name="lowest", node=low),
        n.Named(name="highest", node=high),
        n.Named(name="held", node=b.clamp(x, low, high)),
        n.Named(name="before", node=chosen(rows[:-1], points=False)),
        n.Named(name="before_points", node=chosen(rows[:-1], points=True)),
        n.Named(name="after", node=chosen(rows[1:], points=False)),
        n.Named(name="after_points", node=chosen(rows[1:], points=True)),
    )
