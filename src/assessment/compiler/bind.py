"""Put graphs in the place of the scores that formulas, conditions and rank keys read.

A score's own graph may read other scores, so that graphs are bound in the order in which they need each other: the walk
goes from a `Score` on into the graph that stands for it. A score that needs itself is a cycle, and cannot be bound.
"""

from __future__ import annotations

from collections.abc import Callable

from assessment.core import nodes as n
from assessment.core.walk import children, with_children


class Cycle(Exception):
    """A score needs itself; `way` are the nodes from one reading of it to the next."""

    def __init__(self, way: tuple[n.Node, ...]) -> None:
        super().__init__("a score needs itself")
        self.way = way


class Binder:
    """Binds graphs that share nodes; what was bound once is shared by all.

    `nested` says whether the graphs that stand for scores may read scores themselves; where they do not, they are not
    walked through.
    """

    def __init__(self, graph_of: Callable[[n.Score], n.Node], *, nested: bool = True) -> None:
        self._graph_of, self._nested = graph_of, nested
        # Nodes are kept beside what stands for them, so that no other node takes their identity.
        self._bound: dict[int, tuple[n.Node, n.Node]] = {}

    def bound(self, root: n.Node) -> n.Node:
        """The same graph with every `Score` replaced; parts without one are shared with the original.

        Errors: `Cycle` where a score needs itself.
        """
        done = self._bound
        way: list[n.Node] = []
        entered: set[int] = set()
        graphs: dict[int, n.Node] = {}
        stack: list[tuple[n.Node, bool]] = [(root, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                way.pop()
                entered.discard(id(node))
                done[id(node)] = node, self._replaced(node, graphs)
            elif id(node) in entered:
                first = next(place for place, other in enumerate(way) if other is node)
                raise Cycle((*way[first:], node))
            elif id(node) in done:
                continue
            elif isinstance(node, n.Score) and not self._nested:
                done[id(node)] = node, self._graph_of(node)
            else:
                way.append(node)
                entered.add(id(node))
                stack.append((node, True))
                if isinstance(node, n.Score):
                    graphs[id(node)] = below = self._graph_of(node)
                    stack.append((below, False))
                else:
                    stack.extend((child, False) for child in reversed(children(node)))
        return done[id(root)][1]

    def _replaced(self, node: n.Node, graphs: dict[int, n.Node]) -> n.Node:
        if isinstance(node, n.Score):
            return self._bound[id(graphs[id(node)])][1]
        below = children(node)
        replaced = tuple(self._bound[id(child)][1] for child in below)
        same = all(new is old for new, old in zip(replaced, below, strict=True))
        return node if same else with_children(node, replaced)


def bind(root: n.Node, graph_of: Callable[[n.Score], n.Node]) -> n.Node:
    """The same graph with every `Score` replaced by what `graph_of` gives for it."""
    return Binder(graph_of).bound(root)
