"""The names that belong to methods, found in a text: what each is called in another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from assessment.diagnostics.bilingual import Lang
from assessment.semantics.canonical import canonical
from assessment.syntax import ast

__all__ = ["names_in"]


def names_in(file: ast.RuleFile, lang: Lang) -> Mapping[int, str]:
    """Names of methods, parameters and words of choice in a language, by their place in the text.

    What the author named is not among them.
    """
    return dict(_renamed(file, canonical(file, lang)))


def _renamed(old: ast.Node, new: ast.Node) -> Iterator[tuple[int, str]]:
    """The places of names that two trees of one shape have different."""
    if old is new:
        return
    for each in attrs.fields(type(old)):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if each.name == "name" and isinstance(after, str) and before != after:
            yield old.span.start, after
        elif isinstance(before, tuple):
            for one, other in zip(before, after, strict=True):
                if isinstance(one, ast.Node):
                    yield from _renamed(one, other)
        elif isinstance(before, ast.Node):
            yield from _renamed(before, after)
