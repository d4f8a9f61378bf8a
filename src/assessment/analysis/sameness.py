"""Whether two pieces of checked rules mean the same: graphs by what they compute, everything else by its fields.

Places, titles and texts as written do not count here; names of inputs and groups may be told to stand for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

import attrs
from attrs import evolve

from assessment.core import nodes as n
from assessment.core.numbering import operation
from assessment.core.walk import order
from assessment.diagnostics.model import Span
from assessment.semantics.model import ESTIMATE_OUTSIDE

__all__ = ["Sameness", "graphs"]

_WORDS_ONLY = frozenset({"text", "words", "title", "span", "language"})
"""Fields that say something and decide nothing."""


def graphs(value: object) -> Iterator[n.Node]:
    """Every graph that a piece of checked rules holds, at any depth."""
    stack: list[object] = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, n.Base):
            yield item  # type: ignore[misc]  # the union of all that derive from it
        elif isinstance(item, Mapping):
            stack += item.values()
        elif isinstance(item, tuple | list):
            stack += item
        elif attrs.has(type(item)) and not isinstance(item, Span):
            kind: type[Any] = type(item)
            stack += [getattr(item, each.name) for each in attrs.fields(kind)]


class Sameness:
    """What is the same in two rule sets: `key` is equal for pieces that mean the same.

    `renamed` maps names of the new rules to those of the old, and paths of scores likewise. A frame for which `closed` gives a key is not looked into.
    """

    def __init__(
        self,
        old: object,
        new: object,
        renamed: Mapping[str, str],
        closed: Callable[[n.Frame], Hashable | None] = lambda _: None,
    ) -> None:
        self._number_by_key: dict[Hashable, int] = {}
        self._number_by_node: dict[int, int] = {}
        self._held: list[n.Node] = []  # what is numbered by identity must stay
        self._closed = closed
        self._take(graphs(old), {})
        self._take(graphs(new), renamed)
        self._renamed = renamed

    def _take(self, roots: Iterable[n.Node], renamed: Mapping[str, str]) -> None:
        known = self._number_by_node
        for node, _ in order(tuple(roots)):
            if id(node) in known:
                continue
            self._held.append(node)
            closed = self._closed(node) if isinstance(node, n.Frame) else None
            if isinstance(node, n.Frame) and closed is None and node.name != ESTIMATE_OUTSIDE:
                known[id(node)] = known[id(node.node)]
                continue
            if closed is not None and isinstance(node, n.Frame):
                key: Hashable = ("closed", closed, tuple(known[id(one.node)] for one in node.arguments))
            elif isinstance(node, n.Frame):
                key = (ESTIMATE_OUTSIDE, known[id(node.node)])
            else:
                key = self._operation(node, renamed)
            known[id(node)] = self._number_by_key.setdefault(key, len(self._number_by_key))

    def _operation(self, node: n.Node, renamed: Mapping[str, str]) -> Hashable:
        match node:
            case n.Input(name=name):
                whole, dot, field = name.partition(".")
                return "Input", renamed.get(whole, whole) + dot + field
            case n.InGroup(groups=groups, regions=regions):
                return "InGroup", frozenset(renamed.get(one, one) for one in groups), frozenset(regions)
            case n.Score(path=path) if path in renamed:
                return operation(evolve(node, path=renamed[path]), self._number_by_node)
            case n.Lookup(entries=entries):
                told = {(None if g is None else renamed.get(g, g), year): value for g, year, value in entries}
                return "Lookup", frozenset(told.items())
            case _:
                return operation(node, self._number_by_node)

    def node(self, node: n.Node | None) -> int | None:
        """The number of a graph; equal numbers are one meaning."""
        return None if node is None else self._number_by_node[id(node)]

    def key(self, value: object) -> Hashable:
        """What is equal for pieces of rules that mean the same."""
        if isinstance(value, n.Base):
            return "graph", self._number_by_node[id(value)]
        if isinstance(value, Mapping):
            return "mapping", frozenset((key, self.key(held)) for key, held in value.items())
        if isinstance(value, tuple | list):
            return tuple(self.key(held) for held in value)
        if isinstance(value, Enum | frozenset | bool):
            return type(value).__name__, value
        if attrs.has(type(value)):
            return type(value).__name__, *(
                (each.name, self.key(getattr(value, each.name))) for each in _counted(type(value))
            )
        return value


def _counted(kind: type[Any]) -> list[attrs.Attribute[Any]]:
    return [each for each in attrs.fields(kind) if each.eq and each.name not in _WORDS_ONLY]
