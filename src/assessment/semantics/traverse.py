"""Walks over the tree of a rule file, without recursion, and places inside what was written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, TypeVar

import attrs
from attrs import evolve

from assessment.diagnostics.model import Span
from assessment.syntax import ast

__all__ = ["below", "by_kind", "name_place", "said", "with_inner"]

N = TypeVar("N", bound=ast.Node)


def below(root: ast.Node | tuple[ast.Node, ...]) -> Iterator[ast.Node]:
    """A node and everything in it, in source order."""
    stack: list[Any] = [root]
    while stack:
        item = stack.pop()
        kind = type(item)
        inner = _INNER.get(kind)
        if inner is None:
            inner = _INNER[kind] = _inner_of(kind)
        if inner is _ITEMS:
            stack += reversed(item)
        elif inner is not _NOTHING:
            yield item
            stack += inner(item)


_Inner = Callable[[Any], Iterable[object]]


def _inner_of(kind: type) -> _Inner:
    """What gives the fields of a node that may hold nodes, the last first; for a tuple, what it holds."""
    if issubclass(kind, tuple):
        return _ITEMS
    if not issubclass(kind, ast.Node):
        return _NOTHING
    names = [field.name for field in attrs.fields(kind) if _may_hold_nodes(field)][::-1]
    # A getter of one name gives the value and no tuple.
    return attrgetter(*names) if len(names) > 1 else lambda node: [getattr(node, name) for name in names]


def by_kind(nodes: Iterable[ast.Node]) -> dict[type[ast.Node], tuple[ast.Node, ...]]:
    """Nodes by their class, in their order."""
    found: dict[type[ast.Node], list[ast.Node]] = {}
    for node in nodes:
        kind = type(node)
        if kind in found:
            found[kind].append(node)
        else:
            found[kind] = [node]
    return {kind: tuple(of_kind) for kind, of_kind in found.items()}


def said(node: ast.Node) -> object:
    """What a node says beside the nodes in it: its numbers, names and words."""
    kind = type(node)
    getter = _SAID.get(kind)
    if getter is None:
        plain = [
            one.name for one in attrs.fields(kind) if one.name not in _NO_NODES and not _may_hold_nodes(one)
        ]
        getter = _SAID[kind] = attrgetter(*plain) if plain else lambda _: None
    return getter(node)


def with_inner(node: N, change: Callable[[Any], Any]) -> N:
    """A node with what is made of each of the nodes that it holds; itself where each stays as it is."""
    changes: dict[str, Any] = {}
    for field in attrs.fields(type(node)):
        value = getattr(node, field.name)
        if isinstance(value, ast.Node):
            new = change(value)
            if new is not value:
                changes[field.name] = new
        elif isinstance(value, tuple):
            row = tuple([change(one) if isinstance(one, ast.Node) else one for one in value])
            if any(new is not old for new, old in zip(row, value, strict=True)):
                changes[field.name] = row
    return evolve(node, **changes) if changes else node


def _may_hold_nodes(field: attrs.Attribute[Any]) -> bool:
    return field.name not in _NO_NODES and not set(str(field.type).split(" | ")) <= _PLAIN


_NO_NODES = ("span", "name_span", "comments")
_PLAIN = {"None", "bool", "int", "str", "Fraction", "dt.date"}
_ITEMS: _Inner = tuple
_NOTHING: _Inner = iter
_INNER: dict[type, _Inner] = {}
_SAID: dict[type, Callable[[Any], object]] = {}


def name_place(span: Span, name: str) -> Span:
    """Where in a statement a name stands first; the whole statement where it cannot be found as it is written."""
    text = span.text
    at = text.find(name)
    if at < 0:
        # A folded name is found by its folded text, as long as folding keeps the positions.
        folded = unicodedata.normalize("NFKC", text)
        at = folded.find(unicodedata.normalize("NFKC", name)) if len(folded) == len(text) else -1
    if at < 0:
        return span
    return Span(source=span.source, start=span.start + at, end=span.start + at + len(name))
