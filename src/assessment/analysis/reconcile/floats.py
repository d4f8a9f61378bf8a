"""What binary floats would have published: the graph evaluated in them, only to test that hypothesis.

Nothing here decides a score. Absences, conditions on absences, and whatever has no number are taken from the exact run.
Rounding is one of the habits of programs (`float_habits`).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from assessment import number
from assessment.analysis.reconcile.float_habits import Rounded
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Entity
from assessment.core.walk import order
from assessment.evaluation.exact import Values, run
from assessment.evaluation.facts import UNDECIDED, Facts, Value
from assessment.number import Irrational

__all__ = ["float_columns"]


def float_columns(
    roots: Iterable[n.Node], facts: Facts, exact: Values, habit: Rounded
) -> Mapping[n.Node, tuple[Value, ...]]:
    """What the roots would be in floats, each as the shortest decimal of the float, as a program would print it."""
    wanted = tuple(roots)
    found: dict[tuple[n.Node, int], list[Any]] = {}
    for node, offset in order(wanted):
        if not exact.known(node, offset):
            exact = run(wanted, facts)
        kept = exact.of(node, offset)
        found[node, offset] = [
            _one(node, offset, region, known, found, facts, habit) for region, known in enumerate(kept)
        ]
    return {node: tuple(_shown(one) for one in found[node, 0]) for node in wanted}


def _shown(value: Any) -> Value:
    return (
        number.fraction_of_float(value)
        if isinstance(value, float) and math.isfinite(value)
        else UNDECIDED
        if isinstance(value, float)
        else value
    )


def _as_float(value: Any) -> Any:
    """An exact value as the nearest float; what is no number stays."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Fraction):
        return float(value) if abs(value) < 10**300 else math.inf
    if isinstance(value, Irrational):
        low, _ = number.enclosure(value)
        return float(low)
    return value


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}


def _one(
    node: n.Node,
    offset: int,
    region: int,
    exact: Value,
    found: Mapping[tuple[n.Node, int], list[Any]],
    facts: Facts,
    habit: Rounded,
) -> Any:
    """One node of one region; the exact value, as a float, wherever floats have nothing of their own to say."""
    if isinstance(exact, Absence | str | tuple) or exact is UNDECIDED or node.type.entity is Entity.ROW:
        return exact

    def at(operand: n.Node) -> Any:
        return found[operand, offset][region]

    try:
        result = _calculated(node, offset, region, at, found, facts, habit)
    except (ArithmeticError, ValueError):
        return _as_float(exact)
    return _as_float(exact) if result is None or isinstance(result, Absence | tuple) else result


def _calculated(
    node: n.Node,
    offset: int,
    region: int,
    at: Callable[[n.Node], Any],
    found: Mapping[tuple[n.Node, int], list[Any]],
    facts: Facts,
    habit: Rounded,
) -> Any:
    match node:
        case n.Add(args=args):
            return _folded(operator.add, [at(arg) for arg in args])
        case n.Mul(args=args):
            return _folded(operator.mul, [at(arg) for arg in args])
        case n.Div(left=left, right=right):
            return at(left) / at(right)
        case n.Power(value=value, exponent=exponent):
            return at(value) ** exponent
        case n.Root(value=value, index=index):
            return at(value) ** (1.0 / index)
        case n.Ln(value=value):
            return math.log(at(value))
        case n.Exp(value=value):
            return math.exp(at(value))
        case n.Min(args=args):
            return min(at(arg) for arg in args)
        case n.Max(args=args):
            return max(at(arg) for arg in args)
        case n.Compare(op=op, left=left, right=right):
            a, b = at(left), at(right)
            return None if isinstance(a, str) or isinstance(b, str) else _COMPARE[op](a, b)
        case n.And(args=args):
            return _logic([at(arg) for arg in args], all)
        case n.Or(args=args):
            return _logic([at(arg) for arg in args], any)
        case n.Not(value=value):
            return not at(value)
        case n.Select(condition=condition, then=then, otherwise=otherwise):
            asked = at(condition)
            return None if not isinstance(asked, bool) else at(then) if asked else at(otherwise)
        case n.Step():
            return _step(node, at)
        case n.Round(value=value, places=places, scale=scale):
            return habit(at(value) * scale, places) / scale
        case n.Aggregate(over="group" | "all"):
            return _statistic(node, region, offset, found, facts)
        case n.Rank(over="group" | "all"):
            return _rank(node, region, offset, found, facts)
        case n.Refer(subject=subject, value=value) if subject in facts.regions:
            return found[value, offset][facts.regions.index(subject)]
        case n.Shift(value=value, periods=periods):
            return found[value, offset + periods][region]
        case n.Recover(value=value, replacement=replacement):
            kept = at(value)
            return at(replacement) if isinstance(kept, Absence) else kept
        case n.Frame(node=inner):
            return at(inner)
        case _:
            return None


def _folded(operation: Callable[[Any, Any], Any], values: list[Any]) -> Any:
    """From left to right, as programs add and multiply."""
    result = values[0]
    for value in values[1:]:
        result = operation(result, value)
    return result


def _logic(values: list[Any], decide: Callable[[list[Any]], bool]) -> Any:
    return decide(values) if all(isinstance(value, bool) for value in values) else None


def _step(node: n.Step, at: Callable[[n.Node], Any]) -> Any:
    value = at(node.value)
    for range_, result in zip(node.ranges, node.results, strict=True):
        low = (
            True
            if range_.low is None
            else value >= at(range_.low)
            if range_.low_closed
            else value > at(range_.low)
        )
        high = (
            True
            if range_.high is None
            else value <= at(range_.high)
            if range_.high_closed
            else value < at(range_.high)
        )
        if low and high:
            return at(result)
    return None if node.otherwise is None else at(node.otherwise)


def _members(region: int, over: str, facts: Facts) -> list[int]:
    return [
        place
        for place in range(len(facts.regions))
        if not facts.reference[place] and (over == "all" or facts.groups[place] == facts.groups[region])
    ]


def _statistic(
    node: n.Aggregate, region: int, offset: int, found: Mapping[tuple[n.Node, int], list[Any]], facts: Facts
) -> Any:
    members = [one for one in _members(region, node.over, facts) if node.own or one != region]
    if node.where is not None:
        members = [one for one in members if found[node.where, offset][one] is True]
    values = [value for one in members if isinstance(value := found[node.value, offset][one], float)]
    match node.op:
        case "count":
            return None
        case "sum":
            return _folded(operator.add, [0.0, *values])
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "mean":
            return _folded(operator.add, values) / len(values)
        case _:
            ordered = sorted(values)
            half = len(ordered) // 2
            return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _rank(
    node: n.Rank, region: int, offset: int, found: Mapping[tuple[n.Node, int], list[Any]], facts: Facts
) -> Any:
    """The place by floats; None, for the exact one, under tie rules that look further than who is ahead."""
    members = _members(region, node.over, facts)
    if region not in members or node.where is not None:
        return None

    def keys(one: int) -> tuple[float, ...] | None:
        values = [(found[key, offset][one], highest) for key, highest in node.keys]
        if not isinstance(values[0][0], float):
            return None
        return tuple((-v if highest else v) if isinstance(v, float) else math.inf for v, highest in values)

    own = keys(region)
    if own is None:
        return None
    others = [known for one in members if one != region and (known := keys(one)) is not None]
    ahead = sum(other < own for other in others)
    tied = sum(other == own for other in others)
    match node.ties:
        case "min":
            return float(1 + ahead)
        case "max":
            return float(1 + ahead + tied)
        case "mean":
            return 1 + ahead + tied / 2
        case "dense":
            return float(1 + len({other for other in others if other < own}))
        case _:
            return None
