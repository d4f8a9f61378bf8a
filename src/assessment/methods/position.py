"""The place of a value between two ends, as a rate: what efficacy, min–max and goalposts share.

The value is held between the ends before anything is calculated with it. A value that reaches an end then *is* that
end, so its rate is exactly 0 or 1, for irrational numbers too.
"""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.methods.base import Call, constant, ratio


def field_ends(call: Call, x: n.Node) -> tuple[n.Node, n.Node]:
    """The lowest and the highest value of the field that the call names."""
    return b.aggregate("min", x, call.within()), b.aggregate("max", x, call.within())


def in_field(held: n.Node, lowest: n.Node, highest: n.Node, *, better: str) -> n.Node:
    """0 at the worst value of the field and 1 at the best; *undefined* where all are equal.

    `held` is a value between the two. Only that of a reference subject can lie outside its field before it is held.
    """
    gained = b.subtract(highest, held) if better == "lower" else b.subtract(held, lowest)
    return ratio(gained, b.subtract(highest, lowest))


def between(x: n.Node, start: n.Node, end: n.Node, *, held: bool) -> n.Node:
    """0 at `start` and 1 at `end`, whichever is larger; *undefined* where they are equal."""
    return ratio(b.subtract(hold(x, start, end) if held else x, start), b.subtract(end, start))


def hold(x: n.Node, start: n.Node, end: n.Node) -> n.Node:
    """The value held between two ends, in whichever order they come."""
    first, second = constant(start), constant(end)
    if first is not None and second is not None:
        return b.clamp(x, start, end) if first <= second else b.clamp(x, end, start)
    return b.clamp(x, b.minimum(start, end), b.maximum(start, end))
