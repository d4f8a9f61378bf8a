"""Reach and order of a graph, without recursion: graphs may be far deeper than Python's stack."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from assessment.core import nodes as n

Demand = tuple[n.Node, int]
"""A node and the period it is asked for, counted from the assessed one: 0, -1, …"""


def children(node: n.Node) -> tuple[n.Node, ...]:
    """The nodes that a node reads, in order."""
    match node:
        case n.Const() | n.Input() | n.InGroup() | n.Score() | n.Lookup():
            return ()
        case n.Add(args=args) | n.Mul(args=args) | n.Min(args=args) | n.Max(args=args):
            return args
        case n.And(args=args) | n.Or(args=args):
            return args
        case n.Div(left=left, right=right) | n.Compare(left=left, right=right):
            return (left, right)
        case n.Power(value=value) | n.Root(value=value) | n.Ln(value=value) | n.Exp(value=value):
            return (value,)
        case n.Not(value=value) | n.Round(value=value) | n.IsAbsent(value=value):
            return (value,)
        case n.Refer(value=value) | n.Shift(value=value):
            return (value,)
        case n.Select(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case n.Step(value=value, ranges=ranges, results=results, otherwise=otherwise):
            ends = tuple(end for range_ in ranges for end in (range_.low, range_.high) if end is not None)
            return (value, *ends, *results, *(() if otherwise is None else (otherwise,)))
        case n.Aggregate(value=value, where=where):
            return (value,) if where is None else (value, where)
        case n.Rank(keys=keys, where=where):
            return (*(key for key, _ in keys), *(() if where is None else (where,)))
        case n.Recover(value=value, replacement=replacement):
            return (value, replacement)
        case n.Frame(node=inner, arguments=arguments, notes=notes):
            return (inner, *(named.node for named in arguments), *(named.node for named in notes))
        case _:
            assert_never(node)


def order(roots: Iterable[n.Node]) -> tuple[Demand, ...]:
    """Every node that the roots need, with its period, each once and after all that it reads."""
    done: set[tuple[int, int]] = set()
    result: list[Demand] = []
    stack: list[tuple[n.Node, int, bool]] = [(root, 0, False) for root in roots][::-1]
    while stack:
        node, period, ready = stack.pop()
        key = (id(node), period)
        if key in done:
            continue
        if ready:
            done.add(key)
            result.append((node, period))
            continue
        stack.append((node, period, True))
        below = period + node.periods if isinstance(node, n.Shift) else period
        stack.extend((child, below, False) for child in reversed(children(node)))
    return tuple(result)


def inputs(roots: Iterable[n.Node]) -> tuple[tuple[str, int], ...]:
    """The inputs that the roots read, with their periods, each once, in order of first use."""
    return tuple(dict.fromkeys((node.name, period) for node, period in order(roots) if isinstance(node, n.Input)))
