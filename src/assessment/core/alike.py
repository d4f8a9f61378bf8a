"""Which graphs are the same but for the names of their inputs: what bounds say of one, they say of all of them.

In a long rule file thousands of formulas are written alike, each with a measure of its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from assessment.core import nodes as n
from assessment.core.numbering import operation
from assessment.core.walk import order

__all__ = ["pattern"]


def pattern(roots: Iterable[n.Node]) -> Hashable:
    """What is equal for graphs that differ only in names, places and words; inputs are told by their order.

    >>> from fractions import Fraction
    >>> from assessment.core import build as b
    >>> x, y, z = (n.Input(name=name, type=b.rate(0).type) for name in "xyz")
    >>> pattern([b.subtract(x, y)]) == pattern([b.subtract(y, z)])
    True
    >>> pattern([b.subtract(x, y)]) == pattern([b.subtract(x, x)])
    False
    """
    roots = tuple(roots)
    places: dict[int, int] = {}
    names: dict[str, int] = {}
    found: list[Hashable] = []
    for node, period in order(roots):
        match node:
            case n.Input(name=name):
                told = name if name == n.OWN_REGION else names.setdefault(name, len(names))
                ends = (node.low, node.low_closed, node.high, node.high_closed)
                key: Hashable = ("Input", told, ends, len(node.type.levels))
            case n.Frame(node=inner, low=low, high=high):
                key = ("Frame", low, high, places[id(inner)])
            case _:
                key = operation(node, places)
        found.append((period, node.type.kind, key))
        places.setdefault(id(node), len(places))
    return (*found, *(places[id(root)] for root in roots))
