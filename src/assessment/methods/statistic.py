"""A statistic over a field of regions, with the number of values that entered it."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.methods.base import Call, Lowered


def over_field(op: str, value: n.Node, call: Call, *, also: n.Node | None = None) -> n.Node:
    """A statistic over the field that a call names: `within`, `where` and `own`; `also` is a further condition."""
    conditions = [one for one in (call.where(), also) if one is not None]
    where = b.both(*conditions) if conditions else None
    own = call.maybe_word("own") != "no"
    return b.aggregate(op, value, call.within(), where=where, own=own)


def statistic(op: str, call: Call) -> Lowered:
    """The statistic of `x` over the field that the call names; the note `count` is how many regions have a value."""
    x = call.node("x")
    count = n.Named(name="count", node=over_field("count", x, call))
    return Lowered(node=over_field(op, x, call), notes=(count,))
