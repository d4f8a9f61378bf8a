"""Which nodes of a graph have the same value whatever the data are.

Nodes are made anew when a kind is settled or a type is declared, so identity alone misses that `x / y in %` and `x / y`
are one value. Here every node gets a number that two nodes share only if they are the same operation on operands that
share their numbers; frames and types are looked through, and the order of terms and factors does not count.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import assert_never

from assessment.core import nodes as n

Number = int
"""The number of a value; equal numbers mean equal values, different numbers mean nothing."""


def numbering(nodes: Iterable[n.Node]) -> dict[int, Number]:
    """The number of each node, by the node's `id`; operands must come before what reads them.

    >>> from assessment.core import build as b
    >>> x = n.Input(name="x", type=b.const(1).type)
    >>> left, right = b.add(x, b.const(1)), b.add(b.const(1), x)
    >>> found = numbering((x, *left.args, left, *right.args, right))
    >>> found[id(left)] == found[id(right)] != found[id(x)]
    True
    """
    number_by_node: dict[int, Number] = {}
    number_by_key: dict[Hashable, Number] = {}
    for node in nodes:
        if id(node) in number_by_node:
            continue
        if isinstance(node, n.Frame):
            number_by_node[id(node)] = number_by_node[id(node.node)]
        else:
            key = operation(node, number_by_node)
            number_by_node[id(node)] = number_by_key.setdefault(key, len(number_by_key))
    return number_by_node


def operation(node: n.Node, known: Mapping[int, Number]) -> Hashable:
    """What a node does with which operands, told by their numbers; a frame is only itself."""

    def of(*operands: n.Node) -> tuple[Number, ...]:
        return tuple(known[id(operand)] for operand in operands)

    def maybe(operand: n.Node | None) -> Number | None:
        return None if operand is None else known[id(operand)]

    kind = type(node).__name__
    match node:
        case n.Const(value=value):
            # `True == 1` in Python, but a yes is no number.
            return kind, type(value).__name__, value
        case n.Input(name=name):
            return kind, name
        case n.InGroup(groups=groups, regions=regions):
            return kind, groups, regions
        case n.Score(path=path, reading=reading, taken=taken):
            return kind, path, reading, taken
        case n.Lookup(entries=entries):
            return kind, entries
        case n.Add(args=args) | n.Mul(args=args) | n.Min(args=args) | n.Max(args=args):
            return kind, tuple(sorted(of(*args)))
        case n.And(args=args) | n.Or(args=args):
            return kind, tuple(sorted(of(*args)))
        case n.Div(left=left, right=right):
            return kind, *of(left, right)
        case n.Compare(op=op, left=left, right=right):
            return kind, op, *of(left, right)
        case n.Power(value=value, exponent=exponent):
            return kind, exponent, *of(value)
        case n.Root(value=value, index=index):
            return kind, index, *of(value)
        case n.Ln(value=value) | n.Exp(value=value) | n.Not(value=value):
            return kind, *of(value)
        case n.Select(condition=condition, then=then, otherwise=otherwise):
            return kind, *of(condition, then, otherwise)
        case n.Step(value=value, ranges=ranges, results=results, otherwise=other):
            ends = tuple((maybe(r.low), r.low_closed, maybe(r.high), r.high_closed) for r in ranges)
            return kind, of(value), ends, of(*results), maybe(other)
        case n.Round(value=value, places=places, mode=mode, scale=scale):
            return kind, places, mode, scale, *of(value)
        case n.Aggregate(op=op, value=value, over=over, where=where, own=own):
            return kind, op, over, own, *of(value), maybe(where)
        case n.Rank(keys=keys, over=over, ties=ties, where=where):
            return kind, over, ties, tuple((*of(key), highest) for key, highest in keys), maybe(where)
        case n.Distinct(by=by, keys=keys, where=where):
            return kind, of(*by), tuple((*of(key), highest) for key, highest in keys), maybe(where)
        case n.Refer(subject=subject, value=value):
            return kind, subject, *of(value)
        case n.Shift(value=value, periods=periods):
            return kind, periods, *of(value)
        case n.IsAbsent(value=value, statuses=statuses):
            return kind, statuses, *of(value)
        case n.Recover(value=value, statuses=statuses, replacement=replacement):
            return kind, statuses, *of(value, replacement)
        case n.Frame():
            return kind, id(node)
        case _:
            assert_never(node)


def factored(node: n.Node) -> tuple[Fraction, n.Node]:
    """A node as a constant times a node: `(2, x)` for twice x, `(1, x)` for x; frames around it are taken off.

    >>> from assessment.core import build as b
    >>> x = n.Input(name="x", type=b.const(1).type)
    >>> factored(b.multiply(b.const(3), x)) == (3, x)
    True
    """
    factor = Fraction(1)
    while True:
        match node:
            case n.Frame(node=inner):
                node = inner
            case n.Mul(args=args):
                constants = [
                    arg.value for arg in args if isinstance(arg, n.Const) and isinstance(arg.value, Fraction)
                ]
                rest = [
                    arg for arg in args if not (isinstance(arg, n.Const) and isinstance(arg.value, Fraction))
                ]
                if len(rest) != 1:
                    return factor, node
                for value in constants:
                    factor *= value
                node = rest[0]
            case _:
                return factor, node
