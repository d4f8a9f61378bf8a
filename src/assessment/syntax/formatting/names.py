"""Names that a text should be written with instead of its own, found by laying two trees beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from assessment.syntax import ast

__all__ = ["renamed"]


def renamed(old: ast.Node, new: ast.Node) -> Mapping[int, str]:
    """The names that differ between two trees of one shape, by their place in the text of the first."""
    return dict(_pairs(old, new))


def _pairs(old: ast.Node, new: ast.Node) -> Iterator[tuple[int, str]]:
    if old is new:
        return
    for each in attrs.fields(type(old)):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if each.name == "name" and isinstance(after, str) and before != after:
            yield old.span.start, after
        elif isinstance(before, tuple):
            for one, other in zip(before, after, strict=True):
                if isinstance(one, ast.Node):
                    yield from _pairs(one, other)
        elif isinstance(before, ast.Node):
            yield from _pairs(before, after)
