"""Values by their place in a field, from the lowest: what percentiles and trimmed means are made of.

Equal values stand in the order of the data. Which of them stands first changes nothing, since their values are equal.
"""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.methods.base import Call
from assessment.methods.statistic import over_field
from assessment.number import Mode


def places(x: n.Node, call: Call) -> n.Node:
    """The place of a member of the field, 1 for the lowest value, as a plain number."""
    place = b.rank([(x, False)], call.within(), ties="order", where=call.where())
    return b.subtract(place, b.const(0, place.type))


def at_place(x: n.Node, place: n.Node, call: Call) -> n.Node:
    """The value at a whole place between 1 and the number of values, from the lowest; *undefined* in an empty field.

    The sum over the one member at that place, held between lowest and highest so that its bounds are known before any
    data.
    """
    found = over_field("sum", x, call, also=b.compare("=", places(x, call), place))
    return b.clamp(found, over_field("min", x, call), over_field("max", x, call))


def whole(node: n.Node) -> n.Node:
    """The largest whole number that is not above a number."""
    return b.round_to(node, 0, Mode.DOWN)
