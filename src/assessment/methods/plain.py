"""Values as plain numbers in their declared unit, for squares, roots and deviations, and back again."""

from __future__ import annotations

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import MEASURED, Kind, Type


def plain(x: n.Node) -> n.Node:
    """The number that a value has in its declared unit; of a ratio, the ratio itself."""
    if x.type.kind is Kind.NUMBER:
        return x
    return b.cast(b.divide(x, b.const(1, x.type)), Kind.NUMBER)


def again(number: n.Node, like: Type) -> n.Node:
    """A plain number as a value of a type again."""
    if like.kind is Kind.NUMBER:
        return number
    return b.multiply(number, b.const(1, like)) if like.kind in MEASURED else b.cast(number, like.kind)


def deviation_of(type_: Type) -> Type:
    """The type of a difference of two values of a type: percentage points for shares and growth."""
    if type_.kind in (Kind.SHARE, Kind.GROWTH):
        return evolve(type_, kind=Kind.PP)
    return type_
