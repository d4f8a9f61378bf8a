"""Reach and order of a graph, without recursion: graphs may be far deeper than Python's stack."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from attrs import evolve

from assessment.core import nodes as n
from assessment.diagnostics.model import Span

Demand = tuple[n.Node, int]
"""A node and the period it is asked for, counted from the assessed one: 0, -1, …"""


def children(node: n.Node) -> tuple[n.Node, ...]:
    """The nodes that a node reads, in order."""
    match node:
        # What graphs hold most comes first: this is asked of every node many times.
        case n.Const() | n.Input():
            return ()
        case n.Add(args=args) | n.Mul(args=args) | n.Min(args=args) | n.Max(args=args):
            return args
        case n.Frame(node=inner, arguments=arguments, notes=notes):
            return (inner, *[named.node for named in arguments], *[named.node for named in notes])
        case n.Div(left=left, right=right) | n.Compare(left=left, right=right):
            return (left, right)
        case n.Recover(value=value, replacement=replacement):
            return (value, replacement)
        case n.InGroup() | n.Score() | n.Lookup():
            return ()
        case n.And(args=args) | n.Or(args=args):
            return args
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
        case n.Distinct(by=by, keys=keys, where=where):
            return (*by, *(key for key, _ in keys), *(() if where is None else (where,)))
        case _:
            assert_never(node)


def order(roots: Iterable[n.Node], *, closed: Callable[[n.Node], bool] | None = None) -> tuple[Demand, ...]:
    """Every node that the roots need, with its period, each once and after all that it reads.

    What a `closed` node reads is left out.
    """
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
        read = () if closed is not None and closed(node) else children(node)
        if not read:
            done.add(key)
            result.append((node, period))
            continue
        stack.append((node, period, True))
        below = period + node.periods if isinstance(node, n.Shift) else period
        stack += [(child, below, False) for child in read[::-1] if (id(child), below) not in done]
    return tuple(result)


def any_of(roots: Iterable[n.Node], kind: type[n.Base] | tuple[type[n.Base], ...]) -> bool:
    """Whether a node of this kind, or of one of these, is among those that the roots need."""
    stack, seen = list(roots), set[int]()
    while stack:
        node = stack.pop()
        if isinstance(node, kind):
            return True
        read = children(node)
        if read and id(node) not in seen:
            seen.add(id(node))
            stack += read
    return False


def place_of(root: n.Node, wanted: n.Node) -> Span | None:
    """The place of the innermost node with a place that contains the wanted one."""
    stack: list[tuple[n.Node, Span | None]] = [(root, root.span)]
    seen: set[int] = set()
    while stack:
        node, span = stack.pop()
        if node is wanted:
            return span
        if id(node) not in seen:
            seen.add(id(node))
            stack.extend((child, child.span or span) for child in children(node))
    return None


def inputs(roots: Iterable[n.Node]) -> tuple[tuple[str, int], ...]:
    """The inputs that the roots read, with their periods, each once, in order of first use."""
    return tuple(
        dict.fromkeys((node.name, period) for node, period in order(roots) if isinstance(node, n.Input))
    )


def with_children(node: n.Node, replaced: tuple[n.Node, ...]) -> n.Node:
    """The node with other children, in the order of `children`; a leaf is given back as it is."""
    match node:
        case n.Const() | n.Input() | n.InGroup() | n.Score() | n.Lookup():
            return node
        case n.Add() | n.Mul() | n.Min() | n.Max() | n.And() | n.Or():
            return evolve(node, args=replaced)
        case n.Div() | n.Compare():
            left, right = replaced
            return evolve(node, left=left, right=right)
        case (
            n.Power()
            | n.Root()
            | n.Ln()
            | n.Exp()
            | n.Not()
            | n.Round()
            | n.IsAbsent()
            | n.Refer()
            | n.Shift()
        ):
            return evolve(node, value=replaced[0])
        case n.Select():
            condition, then, otherwise = replaced
            return evolve(node, condition=condition, then=then, otherwise=otherwise)
        case n.Step(ranges=ranges, results=results, otherwise=other):
            rest = iter(replaced)
            value = next(rest)
            moved = tuple(
                evolve(
                    range_,
                    low=None if range_.low is None else next(rest),
                    high=None if range_.high is None else next(rest),
                )
                for range_ in ranges
            )
            outcomes = tuple(next(rest) for _ in results)
            return evolve(
                node,
                value=value,
                ranges=moved,
                results=outcomes,
                otherwise=None if other is None else next(rest),
            )
        case n.Aggregate(where=where):
            return evolve(node, value=replaced[0], where=None if where is None else replaced[1])
        case n.Rank(keys=keys, where=where):
            moved_keys = tuple((new, highest) for new, (_, highest) in zip(replaced, keys, strict=False))
            return evolve(node, keys=moved_keys, where=None if where is None else replaced[-1])
        case n.Distinct(by=by, keys=keys, where=where):
            rest = iter(replaced)
            return evolve(
                node,
                by=tuple(next(rest) for _ in by),
                keys=tuple((next(rest), highest) for _, highest in keys),
                where=None if where is None else next(rest),
            )
        case n.Recover():
            value, replacement = replaced
            return evolve(node, value=value, replacement=replacement)
        case n.Frame(arguments=arguments, notes=notes):
            rest = iter(replaced)
            inner = next(rest)
            return evolve(
                node,
                node=inner,
                arguments=tuple(evolve(named, node=next(rest)) for named in arguments),
                notes=tuple(evolve(named, node=next(rest)) for named in notes),
            )
        case _:
            assert_never(node)
