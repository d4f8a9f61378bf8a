"""Walks over the tree of a rule file, without recursion, and places inside what was written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

import attrs

from assessment.diagnostics.model import Span
from assessment.syntax import ast

__all__ = ["below", "name_place", "written_names"]


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


@cache
def _field_names(kind: type[ast.Node]) -> tuple[str, ...]:
    """The fields of a node that may hold nodes, the last first."""
    names = [field.name for field in attrs.fields(kind) if field.name not in ("span", "name_span", "comments")]
    return tuple(reversed(names))


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


def written_names(root: ast.Node) -> Iterator[Span]:
    """The place of every name, declared or used, in source order."""
    for node in below(root):
        match node:
            case ast.Name() | ast.Word() | ast.Member():
                yield node.span
            case ast.Input() | ast.Let() | ast.Part() | ast.Indicator() | ast.Category() | ast.Call():
                yield node.name_span
            case ast.Group(name=name) | ast.Department(name=name):
                yield name_place(node.span, name)
            case _:
                pass
