"""What the nodes of a graph read, with the period and the region whose values they read; scores are closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessment.compiler.estimates import is_estimate
from assessment.core import nodes as n
from assessment.core.walk import children
from assessment.semantics.model import COUNTS_AS


def is_score(node: n.Node) -> bool:
    """Whether a node is the score of a line, whose own steps are told there."""
    return isinstance(node, n.Frame) and node.role == "score"


Read = tuple[n.Node, int, str | None]
"""A node with its period and the region whose value is read, None for the one that is explained."""


def through(node: n.Node, offset: int, region: str | None = None) -> Read:
    """What another period or a named region shows: the node itself, in that period, of that region."""
    while True:
        match node:
            case n.Shift(value=value, periods=periods):
                node, offset = value, offset + periods
            case n.Refer(subject=subject, value=value):
                node, region = value, subject
            case _:
                return node, offset, region


def region_read(node: n.Node, region: str | None) -> str | None:
    """The region whose values a node reads, where it is read for a region; a call that names one reads all of that one."""
    match node:
        case n.Refer(subject=subject) | n.Frame(node=n.Refer(subject=subject)):
            return subject
        case _:
            return region


def in_order(root: n.Node) -> Iterator[Read]:
    """Every node that a formula reads, operands first, each once for a period and for a region; scores are closed."""
    done: set[tuple[int, int, str | None]] = set()
    stack: list[tuple[n.Node, int, str | None, bool]] = [(root, 0, None, False)]
    while stack:
        node, offset, region, ready = stack.pop()
        key = (id(node), offset, region)
        if key in done:
            continue
        if ready:
            done.add(key)
            yield node, offset, region
            continue
        stack.append((node, offset, region, True))
        if not is_score(node):
            below = offset + node.periods if isinstance(node, n.Shift) else offset
            whose = region_read(node, region)
            stack.extend((child, below, whose, False) for child in reversed(children(node)))


def cells_below(node: n.Node) -> tuple[tuple[n.Input, int], ...]:
    """The inputs of a region, with their periods, that make its value in a statistic; not those of other regions."""
    found = (
        (one, offset)
        for one, offset, region in in_order(node)
        if isinstance(one, n.Input) and region is None and not is_of_rows(one)
    )
    return tuple(found)


def is_of_rows(node: n.Input) -> bool:
    """Whether an input is a field of rows, or what rows are compared with."""
    return node.name != node.reported_as or node.name == n.OWN_REGION


def name_of(node: n.Node) -> str:
    """The name of what a node stands for: an input or a frame; empty for any other."""
    if isinstance(node, n.Frame) and (is_estimate(node) or node.name == COUNTS_AS):
        return name_of(reported(node))
    return node.name if isinstance(node, (n.Input, n.Frame)) else ""


def reported(frame: n.Frame) -> n.Node:
    """What an estimate stands for: an input, as it was reported or as a rule of its own counts it."""
    node: n.Node = frame
    while isinstance(node, (n.Frame, n.Recover)):
        node = node.node if isinstance(node, n.Frame) else node.value
    return node


def changed_by(node: n.Node) -> n.Node:
    """What a node of the value chain changed."""
    match node:
        case n.Recover(value=value):
            return value
        case n.Frame(node=n.Select(otherwise=otherwise)):
            return otherwise
        case n.Min(args=args) | n.Max(args=args):
            return args[0]
        case _:
            return children(node)[0]


def leaves(roots: Iterable[n.Node], offset: int, region: str | None = None) -> Iterator[Read]:
    """The inputs and frames that these graphs read directly, with period and region, in the order written."""
    stack: list[Read] = [(root, offset, region) for root in roots][::-1]
    seen: set[tuple[int, int, str | None]] = set()
    while stack:
        node, at, whose = through(*stack.pop())
        if (id(node), at, whose) in seen:
            continue
        seen.add((id(node), at, whose))
        if isinstance(node, (n.Input, n.Frame)):
            yield node, at, whose
        else:
            stack.extend((child, at, whose) for child in reversed(children(node)))
