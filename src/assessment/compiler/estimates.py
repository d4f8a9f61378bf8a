"""Where a score rests on an estimate, and statistics that leave estimated figures out.

A score rests on the estimates of its own region's figures. That a mean over the field counts the estimates of others is
seen in the members of that mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from assessment.compiler.bind import Binder
from assessment.compiler.program import Scored
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.walk import children
from assessment.errors import InternalError
from assessment.semantics.model import ESTIMATE, ESTIMATE_OUTSIDE

__all__ = ["Unestimated", "estimated_scores", "estimates_below", "is_estimate"]


def is_estimate(node: n.Node) -> bool:
    """Whether a node is the frame of an estimate."""
    return isinstance(node, n.Frame) and node.role == "policy" and node.name in (ESTIMATE, ESTIMATE_OUTSIDE)


def estimates_below(root: n.Node) -> Iterator[tuple[n.Frame, int]]:
    """The estimates that a graph reads for its own region, each with its period, not those inside another estimate."""
    stack: list[tuple[n.Node, int]] = [(root, 0)]
    seen: set[tuple[int, int]] = set()
    while stack:
        node, offset = stack.pop()
        if (id(node), offset) in seen:
            continue
        seen.add((id(node), offset))
        match node:
            case n.Frame() if is_estimate(node):
                yield node, offset
            case n.Frame(node=inner):
                stack.append((inner, offset))
            case n.Shift(value=value, periods=periods):
                stack.append((value, offset + periods))
            case n.Aggregate(over="group" | "all") | n.Rank(over="group" | "all") | n.Refer() | n.IsAbsent():
                continue
            case _:
                stack.extend((child, offset) for child in reversed(children(node)))


def _made(root: n.Node, *names: str) -> n.Node | None:
    """Whether any of the estimates that a graph reads was made; None where it reads none of these names."""
    found: list[n.Node] = []
    for frame, offset in estimates_below(root):
        if frame.name not in names:
            continue
        if not isinstance(frame.node, n.Recover):
            raise InternalError("an estimate recovers its input")
        made = b.both(b.is_absent(frame.node.value, frame.node.statuses), b.negation(b.is_absent(frame.node)))
        found.append(b.shift(made, offset))
    return b.either(*found) if found else None


def estimated_scores(root: Scored) -> dict[str, n.Node]:
    """By path, whether a score rests on an estimate; scores that never do are not there."""
    found: dict[str, n.Node] = {}
    _collect(root, found)
    return found


def _collect(one: Scored, found: dict[str, n.Node]) -> n.Node | None:
    rests: list[n.Node] = []
    if one.raw is not None:
        made = _made(one.raw, ESTIMATE, ESTIMATE_OUTSIDE)
        if made is not None:
            applies = [b.negation(gate.holds) for gate in one.gates]
            rests.append(b.both(made, b.negation(b.is_absent(one.raw)), *applies))
        asked = [_made(gate.condition, ESTIMATE, ESTIMATE_OUTSIDE) for gate in one.gates]
        rests += [condition for condition in asked if condition is not None]
    for child in one.children:
        below = _collect(child, found)
        if below is not None:
            kept = below if child.left_out is None else b.both(below, b.negation(child.left_out))
            rests.append(kept)
    if not rests:
        return None
    found[one.spec.path] = b.either(*rests)
    return found[one.spec.path]


class Unestimated(Binder):
    """Rebuilds graphs so that statistics over fields leave out figures whose estimates stay outside."""

    def __init__(self) -> None:
        # Scores that are read are bound later.
        super().__init__(lambda score: score, nested=False)

    def _replaced(self, node: n.Node, graphs: dict[int, n.Node]) -> n.Node:
        new = super()._replaced(node, graphs)
        if not isinstance(new, (n.Aggregate, n.Rank)) or new.over == "rows":
            return new
        operand = new.value if isinstance(new, n.Aggregate) else new.keys[0][0]
        made = _made(operand, ESTIMATE_OUTSIDE)
        if made is None:
            return new
        reported = b.negation(made)
        return evolve(new, where=reported if new.where is None else b.both(new.where, reported))
