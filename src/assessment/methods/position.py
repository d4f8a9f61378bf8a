"""The place of a value between two ends, as a rate: what efficacy, min–max and goalposts share.

A value that reaches an end *is* that end before anything is calculated with it, so its rate is exactly 0 or 1, for
irrational numbers too.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import RATE
from assessment.methods.base import Call, constant, ratio
from assessment.methods.statistic import over_field


def field_ends(call: Call, x: n.Node) -> tuple[n.Node, n.Node]:
    """The lowest and the highest value of the field that the call names and of the region that asks.

    For a region of the field these are the ends of the field. A reference subject, or a region for which the condition of
    `where` does not hold, may lie beyond them and is then an end itself, so that nobody gets less than nothing or more
    than everything. A region without a value has no ends: what
    is calculated with them is absent as the value is.
    """
    lowest, highest = over_field("min", x, call), over_field("max", x, call)
    return b.minimum(x, lowest), b.maximum(x, highest)


def in_field(
    call: Call, x: n.Node, lowest: n.Node, highest: n.Node, rate_at: Callable[[n.Node], n.Node]
) -> n.Node:
    """The rate at a place between the ends of a field; where they coincide, what the policy for *all equal* says.

    The place is 0 at the worst value and 1 at the best.
    """
    spread = b.subtract(highest, lowest)
    gained = b.subtract(highest, x) if call.maybe_word("better") == "lower" else b.subtract(x, lowest)
    wanted = EQUAL.get(call.policies.get("all equal", ""))
    otherwise = b.absent(Absence.UNDEFINED, RATE) if wanted is None else b.rate(wanted)
    apart = b.compare(">", spread, b.const(0, spread.type))
    return b.select(apart, rate_at(ratio(gained, spread)), otherwise)


EQUAL = {"full": Fraction(1), "half": Fraction(1, 2), "zero": Fraction(0)}
"""The marks that the policies for *all equal* give; `undefined` gives none."""


def between(x: n.Node, start: n.Node, end: n.Node) -> n.Node:
    """0 at `start` and 1 at `end`, whichever is larger; *undefined* where they are equal."""
    return ratio(b.subtract(x, start), b.subtract(end, start))


def hold(x: n.Node, start: n.Node, end: n.Node) -> n.Node:
    """The value held between two ends, in whichever order they come."""
    first, second = constant(start), constant(end)
    if first is not None and second is not None:
        return b.clamp(x, start, end) if first <= second else b.clamp(x, end, start)
    return b.clamp(x, b.minimum(start, end), b.maximum(start, end))
