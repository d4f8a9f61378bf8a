"""What stands inside a frame, and what of it a step shows: statistics, ranks and tables whose members can be looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessment.core import nodes as n
from assessment.core.walk import children


def fields_of(frame: n.Frame, inner: Iterable[n.Node]) -> Iterator[n.Aggregate | n.Rank]:
    """The statistics and ranks of a step whose members its reader can look up.

    A call shows the fields of its arguments and notes. What a method makes of them on the way, such as squares, or the
    one member at a place, serves its formula only.
    """
    known = {id(named.node) for named in (*frame.arguments, *frame.notes)}
    for node in inner:
        if not isinstance(node, (n.Aggregate, n.Rank)):
            continue
        if (
            frame.role == "call"
            and node.over != "rows"
            and id(node) not in known
            and not _is_told(node, known)
        ):
            continue
        yield node


def _is_told(node: n.Aggregate | n.Rank, known: set[int]) -> bool:
    match node:
        case n.Rank(keys=keys, ties=ties):
            return ties != "order" and id(keys[0][0]) in known
        case n.Aggregate(value=value, where=where):
            return id(value) in known and (where is None or not _reads_ties(where))


def _reads_ties(condition: n.Node) -> bool:
    """Whether a condition reads a place that tells apart what is equal, which only methods ask for."""
    stack, seen = [condition], set[int]()
    while stack:
        node = stack.pop()
        if id(node) in seen or isinstance(node, n.Frame):
            continue
        seen.add(id(node))
        if isinstance(node, n.Rank) and node.ties == "order":
            return True
        stack.extend(children(node))
    return False


def told_tables(frame: n.Frame, inner: Iterable[n.Node]) -> tuple[n.Lookup, ...]:
    """The tables of a frame whose sentence says which row applied."""
    if frame.sentence is None or "{branch}" not in frame.sentence.en:
        return ()
    return tuple(node for node in inner if isinstance(node, n.Lookup))


def inside(frame: n.Frame) -> Iterable[n.Node]:
    """The nodes of a frame without those of the frames in it, operands first."""
    stack: list[n.Node] = [frame.node]
    seen: set[int] = set()
    found: list[n.Node] = []
    while stack:
        node = stack.pop()
        if id(node) in seen or isinstance(node, n.Frame):
            continue
        seen.add(id(node))
        found.append(node)
        stack.extend(children(node))
    return reversed(found)
