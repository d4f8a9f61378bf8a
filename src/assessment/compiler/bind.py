"""Put graphs in the place of the scores that a condition or a rank key reads."""

from __future__ import annotations

from collections.abc import Callable

from assessment.core import nodes as n
from assessment.core.walk import children, order, with_children


def bind(root: n.Node, graph_of: Callable[[n.Score], n.Node]) -> n.Node:
    """The same graph with every `Score` replaced; parts without one are shared with the original."""
    bound: dict[int, n.Node] = {}
    for node, _ in order((root,)):
        if isinstance(node, n.Score):
            bound[id(node)] = graph_of(node)
            continue
        below = children(node)
        replaced = tuple(bound[id(child)] for child in below)
        same = all(new is old for new, old in zip(replaced, below, strict=True))
        bound[id(node)] = node if same else with_children(node, replaced)
    return bound[id(root)]
