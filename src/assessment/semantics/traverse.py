"""Walks over the tree of a rule file, without recursion, and places inside what was written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import attrs

from assessment.diagnostics.model import Span
from assessment.syntax import ast

__all__ = ["below", "name_place"]


def below(root: ast.Node | tuple[ast.Node, ...]) -> Iterator[ast.Node]:
    """A node and everything in it, in source order."""
    stack: list[object] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(reversed(item))
        elif isinstance(item, ast.Node):
            yield item
            stack.extend(getattr(item, name) for name in _field_names(type(item)))


def _field_names(kind: type[ast.Node]) -> tuple[str, ...]:
    """The fields of a node that may hold nodes, the last first."""
    known = _FIELDS.get(kind)
    if known is None:
        names = [field.name for field in attrs.fields(kind) if field.name not in _NO_NODES]
        known = _FIELDS[kind] = tuple(reversed(names))
    return known


_NO_NODES = ("span", "name_span", "comments")
_FIELDS: dict[type[ast.Node], tuple[str, ...]] = {}


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
