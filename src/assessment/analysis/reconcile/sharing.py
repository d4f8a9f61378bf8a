"""What a changed program has in common with the one it was made from: nodes that say the same, and so have the same values.

A change of rounding leaves nearly the whole graph as it was; only what differs, and what reads it, is evaluated again.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import attrs

from assessment.core import nodes as n
from assessment.core.walk import order
from assessment.diagnostics.model import Span
from assessment.evaluation.exact import Values, run
from assessment.evaluation.facts import Facts, Value

__all__ = ["Shared"]


class Shared:
    """The values of some nodes by what the nodes say, to stand for those of others that say the same."""

    def __init__(self, roots: Iterable[n.Node], values: Values) -> None:
        self._names: dict[Hashable, int] = {}
        self._columns: dict[int, Sequence[Value]] = {}
        for node, name in self._named(roots).items():
            if values.known(node, 0):
                self._columns[name] = values.of(node)

    def run(self, roots: Sequence[n.Node], facts: Facts) -> Values:
        """Evaluate what the roots need and no node of which the values are known."""
        named = self._named(roots)
        # `given` is of the assessed year: what another year asks for as well is evaluated.
        shifted = {id(node) for node, period in order(roots) if period}
        given = {
            node: self._columns[name]
            for node, name in named.items()
            if name in self._columns and id(node) not in shifted
        }
        return run(roots, facts, demands=order(roots, closed=given.__contains__), given=given)

    def _named(self, roots: Iterable[n.Node]) -> dict[n.Node, int]:
        """A number for each node; the same for nodes that say the same."""
        found: dict[n.Node, int] = {}
        for node, _ in order(roots):
            if node not in found:
                found[node] = self._names.setdefault(_form(node, found), len(self._names))
        return found


def _form(node: n.Node, names: dict[n.Node, int]) -> Hashable:
    """What a node says, with the numbers of its operands in the place of these."""

    def form(value: Any) -> Hashable:
        if isinstance(value, n.Base):
            return (n.Base, names[value])  # type: ignore[index]
        if isinstance(value, tuple):
            return tuple(map(form, value))
        if isinstance(value, Span):
            return None
        if isinstance(value, n.Range | n.Named):
            return tuple(form(getattr(value, one.name)) for one in attrs.fields(type(value)))
        return (bool, value) if isinstance(value, bool) else value  # True is no 1 here

    return (type(node), *(form(getattr(node, one.name)) for one in attrs.fields(type(node))))
