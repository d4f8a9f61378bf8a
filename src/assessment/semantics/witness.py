"""Values of inputs that drive a formula beyond a limit, found by trying: a finding with a witness is never a false alarm.

A formula is bounded with every input held at one value, where interval arithmetic gives that very value. Only values that
data may have are tried: declared ends, thresholds of the formula, and round numbers between. An input with no declared
lower end is tried from zero up, because a negative count is nobody's intention. All regions are given the same values,
so a statistic of the field is the value itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from assessment.core import nodes as n
from assessment.core.bounds import Bounds, analyse
from assessment.core.intervals import Interval, between, point
from assessment.core.types import ARITHMETIC, MEASURED, Kind
from assessment.core.walk import order

__all__ = ["Witness", "find"]

Variable: TypeAlias = tuple[str, int]
"""An input and its period, counted from the assessed one."""

_MOST_NODES, _MOST_TRIES, _MOST_VALUES = 600, 300, 16
_ROUND = tuple(map(Fraction, (0, 1, 2, 5, 10, 20, 50, 100, 1000, 10**4, 10**6)))
_SHARES = tuple(Fraction(percent, 100) for percent in (0, 1, 5, 10, 50, 100, 120, 150, 200, 1000))


@frozen(kw_only=True)
class Witness:
    """Values of inputs, and what the formula gives with them."""

    values: tuple[tuple[n.Input, int, Fraction], ...]
    result: Fraction


def find(formula: n.Node, limit: Fraction, *, above: bool) -> Witness | None:
    """Values with which a formula is above (or below) a limit; None where trying found none."""
    demands = order((formula,))
    if len(demands) > _MOST_NODES:
        return None
    inputs = {(node.name, period): node for node, period in demands if isinstance(node, n.Input)}
    written = {
        node.value for node, _ in demands if isinstance(node, n.Const) and isinstance(node.value, Fraction)
    }
    choices = {variable: _choices(node, written) for variable, node in inputs.items()}
    if not all(choices.values()):
        return None
    sign = 1 if above else -1
    tries = 0
    analysis = analyse((formula,))
    known: dict[tuple[Fraction, ...], Fraction | None] = {}

    def reached(values: Mapping[Variable, Fraction]) -> Fraction | None:
        """How far the formula surely goes, in the direction that is looked for; several rounds ask for the same."""
        key = tuple(values.values())
        if key not in known:
            known[key] = surely(values)
        return known[key]

    def surely(values: Mapping[Variable, Fraction]) -> Fraction | None:
        given = {variable: Bounds(interval=point(value)) for variable, value in values.items()}
        inside = analysis.with_given(given).of(formula).interval
        end = None if inside is None else inside.low if above else inside.high
        return None if end is None else sign * end

    for start in (0, -1, len(_ROUND) // 4):
        values = {variable: found[min(start, len(found) - 1)] for variable, found in choices.items()}
        best = reached(values)
        for _ in range(2):
            for variable, found in choices.items():
                for value in found:
                    if best is not None and best > sign * limit:
                        return _witness(inputs, values, sign * best)
                    if tries >= _MOST_TRIES:
                        return None
                    tries += 1
                    tried = {**values, variable: value}
                    now = reached(tried)
                    if now is not None and (best is None or now > best):
                        values, best = tried, now
        if best is not None and best > sign * limit:
            return _witness(inputs, values, sign * best)
    return None


def _witness(
    inputs: Mapping[Variable, n.Input], values: Mapping[Variable, Fraction], result: Fraction
) -> Witness:
    found = tuple((inputs[variable], variable[1], value) for variable, value in values.items())
    return Witness(values=found, result=result)


def _choices(node: n.Input, written: Iterable[Fraction]) -> tuple[Fraction, ...]:
    """Values that data may have for an input, in order, the simplest ones and those near thresholds."""
    match node.type.kind:
        case Kind.YESNO:
            return (Fraction(0), Fraction(1))
        case Kind.LEVEL:
            return tuple(Fraction(place) for place in range(len(node.type.levels)))
        case kind if kind not in ARITHMETIC:
            return ()
        case kind:
            declared = _declared(node)
            if declared is None:
                return ()
            grid = _ROUND if kind in MEASURED | {Kind.NUMBER, Kind.POINTS} else _SHARES
            ends = {end for end in (declared.low, declared.high) if end is not None}
            tried = ends | set(grid) | set(written) | {value + 1 for value in ends}
            inside = sorted(value for value in tried if declared.has(value))
            if len(inside) <= _MOST_VALUES:
                return tuple(inside)
            # Both ends, and a regular pick of what lies between.
            last = len(inside) - 1
            return tuple(inside[place * last // (_MOST_VALUES - 1)] for place in range(_MOST_VALUES))


def _declared(node: n.Input) -> Interval | None:
    low, low_closed = node.low, node.low_closed
    if low is None and (node.high is None or node.high > 0):
        low, low_closed = Fraction(0), True
    return between(low, node.high, low_open=not low_closed, high_open=not node.high_closed)
