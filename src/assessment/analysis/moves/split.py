"""A figure of four runs → how much of its move the rules make, and how much the data."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from assessment import number
from assessment.number import Real

Side = Literal["old", "new"]

_HALF = Fraction(1, 2)


def effects(value: Mapping[tuple[Side, Side], Real | None], order: str) -> tuple[Real | None, Real | None]:
    """What the rules and what the data make of the move; `value` is by (rules, data). Both are None where one is not known."""
    old, new = value["old", "old"], value["new", "new"]
    rules_first = (minus(value["new", "old"], old), minus(new, value["new", "old"]))
    data_first = (minus(new, value["old", "new"]), minus(value["old", "new"], old))
    if order == "mean":
        rule, data = (_mean(one, other) for one, other in zip(rules_first, data_first, strict=True))
    else:
        rule, data = rules_first if order == "rules first" else data_first
    return (None, None) if rule is None or data is None else (rule, data)


def minus(one: Real | None, other: Real | None) -> Real | None:
    """The exact difference; None where a side is not there or nothing can be said of two irrational numbers."""
    if one is None or other is None:
        return None
    try:
        return number.add(one, number.neg(other))
    except number.NumberError:
        return None


def _mean(one: Real | None, other: Real | None) -> Real | None:
    if one is None or other is None:
        return None
    try:
        return number.mul(number.add(one, other), _HALF)
    except number.NumberError:
        return None
