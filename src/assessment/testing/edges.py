"""Where the scores of a rule set turn: thresholds of its own graph, as values of the inputs that meet them.

A comparison, a step table or a clamp has an edge where its two sides are equal. Where one side is a constant and the other
an input, times and plus constants, the edge is a value of that input; where it is a change of an input or a ratio of two,
it is kept as such; so is every other formula (the change of a ratio), to be solved for one of its inputs when the values of
the others are known. Values are in the stored scale (a share of 2.3 % is 23/1000).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from assessment.core import nodes as n
from assessment.core.walk import order
from assessment.ruleset import RuleSet

__all__ = ["Edges", "edges_of"]


_FEW = 40
"""How large a formula may be that is solved for its inputs."""


@frozen(kw_only=True)
class Edges:
    """`values` by input; `changes` against the year before, by input; `ratios` by the two inputs.

    `others` are further formulas with a value that they turn at.
    """

    values: dict[str, tuple[Fraction, ...]]
    changes: dict[str, tuple[Fraction, ...]]
    ratios: dict[tuple[str, str], tuple[Fraction, ...]]
    others: tuple[tuple[n.Node, Fraction], ...] = field(default=(), repr=False)


def edges_of(rules: RuleSet) -> Edges:
    """The edges of a rule set, each input's declared ends and zero among them.

    >>> from assessment import load
    >>> rules = load(
    ...     'assessment t for 2018 "T" { total 4 points round none rank none policies { missing: zero } '
    ...     "input x in 家 { range 0 to 20 } indicator 1 4 points = attain(x, target: 7 家) }"
    ... )
    >>> [str(edge) for edge in edges_of(rules).values["x"]]
    ['0', '7', '20']
    """
    values: dict[str, set[Fraction]] = {one.name: set() for one in rules.inputs}
    changes: dict[str, set[Fraction]] = {}
    ratios: dict[tuple[str, str], set[Fraction]] = {}
    others: dict[tuple[int, Fraction], tuple[n.Node, Fraction]] = {}
    for one in rules.inputs:
        ends = (one.bounds.low, one.bounds.high, Fraction(0))
        values[one.name] |= {end for end in ends if end is not None and one.bounds.hold(end)}
    for node, _ in order(rules.program.roots):
        for side, edge in _sides(node):
            match _solved(side, edge):
                case (n.Input(name=name), value):
                    values.setdefault(name, set()).add(value)
                case (n.Add(args=(now, before)), value) if (changed := _changed(now, before)) is not None:
                    changes.setdefault(changed, set()).add(value)
                case (n.Div(left=left, right=right), value):
                    (above, factor), (below, share) = _scaled(left), _scaled(right)
                    if isinstance(above, n.Input) and isinstance(below, n.Input) and factor:
                        ratios.setdefault((above.name, below.name), set()).add(value * share / factor)
                    else:
                        others[id(side), edge] = side, edge
                case (n.Add() | n.Mul(), _):
                    others[id(side), edge] = side, edge
    return Edges(
        values={name: tuple(sorted(found)) for name, found in values.items()},
        changes={name: tuple(sorted(found)) for name, found in changes.items()},
        ratios={pair: tuple(sorted(found)) for pair, found in ratios.items()},
        others=tuple(one for one in others.values() if len(order((one[0],))) <= _FEW),
    )


def _sides(node: n.Node) -> Iterator[tuple[n.Node, Fraction]]:
    """What a node compares with a constant, and the constant."""
    match node:
        case n.Compare(left=left, right=right):
            pairs = [(left, right), (right, left)]
        case n.Step(value=value, ranges=ranges):
            pairs = [
                (value, end) for range_ in ranges for end in (range_.low, range_.high) if end is not None
            ]
        case n.Min(args=args) | n.Max(args=args):
            pairs = [(one, other) for one in args for other in args]
        case _:
            return
    for side, edge in pairs:
        if isinstance(edge, n.Const) and isinstance(edge.value, Fraction) and not isinstance(side, n.Const):
            yield side, edge.value


def _solved(node: n.Node, edge: Fraction) -> tuple[n.Node, Fraction]:
    """The innermost node that must have a value for this one to meet an edge, and that value."""
    while True:
        match node:
            case n.Frame(node=inner) | n.Round(value=inner) | n.Shift(value=inner):
                node = inner
            case n.Add(args=args) | n.Mul(args=args):
                constants = [arg.value for arg in args if isinstance(arg, n.Const)]
                rest = [arg for arg in args if not isinstance(arg, n.Const)]
                numbers = [value for value in constants if isinstance(value, Fraction)]
                if len(rest) != 1 or len(numbers) < len(constants):
                    return node, edge
                for value in numbers:
                    if isinstance(node, n.Mul) and value == 0:
                        return node, edge
                    edge = edge - value if isinstance(node, n.Add) else edge / value
                node = rest[0]
            case n.Min(args=args) | n.Max(args=args):
                rest = [arg for arg in args if not isinstance(arg, n.Const)]
                if len(rest) != 1:
                    return node, edge
                node = rest[0]
            case n.Div(left=left, right=n.Const(value=Fraction() as value)) if value:
                node, edge = left, edge * value
            case n.Div(left=n.Const(value=Fraction() as value), right=right) if edge:
                node, edge = right, value / edge
            case _:
                return node, edge


def _scaled(node: n.Node) -> tuple[n.Node, Fraction]:
    """A node without the constants that it is multiplied by, and their product."""
    inner, value = _solved(node, Fraction(1))
    zero = _solved(node, Fraction(0))[1]
    return (inner, 1 / value) if zero == 0 and value else (node, Fraction(1))


def _changed(one: n.Node, other: n.Node) -> str | None:
    """The input whose change a sum of two terms is: its value, less its value of the year before."""
    now, before = _bare(one), _bare(other)
    match other:
        case n.Mul() if isinstance(now, n.Input) and isinstance(before, n.Input) and now.name == before.name:
            return now.name
        case _:
            return None


def _bare(node: n.Node) -> n.Node:
    return _solved(node, Fraction(1))[0]


# ── other formulas, solved for an input ──────────────────────────────────────────────────────────────────────────────

Known: TypeAlias = Callable[[str, int], Fraction | None]
"""The stored value of an input so many years from now, where there is one."""


def solved(node: n.Node, edge: Fraction, name: str, known: Known) -> Fraction | None:
    """The value of this year's input with which a formula meets an edge, the others as known; None where none is found."""
    while True:
        match node:
            case n.Frame(node=inner) | n.Round(value=inner):
                node = inner
            case n.Input() if node.name == name:
                return edge
            case n.Add(args=args) | n.Mul(args=args):
                inside = [arg for arg in args if _reads(arg, name)]
                rest = [value_of(arg, known) for arg in args if arg not in inside]
                if len(inside) != 1:
                    return None
                for value in rest:
                    if value is None or (isinstance(node, n.Mul) and value == 0):
                        return None
                    edge = edge - value if isinstance(node, n.Add) else edge / value
                node = inside[0]
            case n.Div(left=left, right=right):
                above, below = value_of(left, known), value_of(right, known)
                if not _reads(right, name) and below:
                    node, edge = left, edge * below
                elif not _reads(left, name) and above is not None and edge:
                    node, edge = right, above / edge
                else:
                    return None
            case n.Min(args=args) | n.Max(args=args):
                inside = [arg for arg in args if _reads(arg, name)]
                if len(inside) != 1:
                    return None
                node = inside[0]
            case _:
                return None


def value_of(node: n.Node, known: Known, years: int = 0) -> Fraction | None:
    """The value of a formula of sums, products and quotients."""
    match node:
        case n.Frame(node=inner):
            return value_of(inner, known, years)
        case n.Const(value=Fraction() as value):
            return value
        case n.Input(name=name):
            return known(name, years)
        case n.Shift(value=inner, periods=periods):
            return value_of(inner, known, years + periods)
        case n.Add(args=args) | n.Mul(args=args):
            result = Fraction(0) if isinstance(node, n.Add) else Fraction(1)
            for arg in args:
                one = value_of(arg, known, years)
                if one is None:
                    return None
                result = result + one if isinstance(node, n.Add) else result * one
            return result
        case n.Div(left=left, right=right):
            above, below = value_of(left, known, years), value_of(right, known, years)
            return above / below if above is not None and below else None
        case _:
            return None


def inputs_of(node: n.Node) -> tuple[str, ...]:
    """The inputs of this year that a formula reads."""
    found = order((node,))
    return tuple(dict.fromkeys(one.name for one, years in found if isinstance(one, n.Input) and years == 0))


def _reads(node: n.Node, name: str) -> bool:
    return name in inputs_of(node)
