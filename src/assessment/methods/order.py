"""Values by their place in a field, from the lowest: what percentiles and trimmed means are made of.

Equal values stand in the order of the data. Which of them stands first changes nothing, since their values are equal.
"""

from __future__ import annotations

from attrs import frozen

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.methods.base import Call
from assessment.methods.statistic import over_field
from assessment.number import Mode


@frozen(kw_only=True)
class Order:
    """The values of a field in order.

    `place` is that of a member, 1 for the lowest value, as a plain number; `count` is how many there are.
    """

    call: Call
    x: n.Node
    place: n.Node
    count: n.Node
    lowest: n.Node
    highest: n.Node

    def at(self, place: n.Node) -> n.Node:
        """The value at a whole place from 1 to the number of values; *undefined* in an empty field.

        The sum over the one member at that place, held between lowest and highest so that its bounds are known before
        any data.
        """
        found = over_field("sum", self.x, self.call, also=b.compare("=", self.place, place))
        return b.clamp(found, self.lowest, self.highest)


def ordered(call: Call) -> Order:
    """The order of `x` in the field that a call names."""
    x = call.node("x")
    place = b.rank([(x, False)], call.within(), ties="order", where=call.where())
    return Order(
        call=call,
        x=x,
        place=b.subtract(place, b.const(0, place.type)),
        count=over_field("count", x, call),
        lowest=over_field("min", x, call),
        highest=over_field("max", x, call),
    )


def whole(node: n.Node) -> n.Node:
    """The largest whole number that is not above a number."""
    return b.round_to(node, 0, Mode.DOWN)
