"""A statistic over a field of regions, with the number of values that entered it."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.methods.base import Call, Lowered


def statistic(op: str, call: Call) -> Lowered:
    """The statistic of `x` over the field that the call names; the note `count` is how many regions have a value."""
    x, own = call.node("x"), call.word("own") == "yes"
    found = b.aggregate(op, x, call.within(), own=own)
    count = b.aggregate("count", x, call.within(), own=own)
    return Lowered(node=found, notes=(n.Named(name="count", node=count),))
