"""Indicators under another number: whatever the amended file says of the old one is said of the new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import evolve

from assessment.semantics.scope import fold
from assessment.semantics.traverse import with_inner
from assessment.syntax import ast

__all__ = ["renumbered", "without_rows"]

N = TypeVar("N", bound=ast.Node)


def renumbered(node: N, numbers: Mapping[str, str]) -> N:
    """A node in which every number of an indicator is the new one, be it in a formula or in a table by indicator."""
    changed = with_inner(node, lambda inner: renumbered(inner, numbers))
    match changed:
        case ast.ScoreOf() | ast.ZeroScore() if changed.node == "indicator" and changed.reference is not None:
            found: Any = evolve(changed, reference=_reference(changed.reference, numbers))
        case ast.DataTable(by="indicator"):
            rows = tuple(
                evolve(row, key=evolve(row.key, name=numbers.get(fold(row.key.name), row.key.name)))
                for row in changed.rows
            )
            found = evolve(changed, rows=rows)
        case _:
            found = changed
    return found  # type: ignore[no-any-return]  # of the class that was given


def without_rows(table: ast.DataTable, gone: set[str]) -> ast.DataTable:
    """A table without the rows of indicators that are no longer there; one that has only such rows stays as it is."""
    if table.by != "indicator":
        return table
    rows = tuple(row for row in table.rows if fold(row.key.name) not in gone)
    return evolve(table, rows=rows) if rows and len(rows) < len(table.rows) else table


def _reference(reference: str, numbers: Mapping[str, str]) -> str:
    """`9.level` of the indicator 9, `3.1` of the indicator 3.1."""
    whole = numbers.get(fold(reference))
    if whole is not None:
        return whole
    number, dot, part = reference.rpartition(".")
    if not dot or part[:1].isdecimal():
        return reference
    return f"{numbers.get(fold(number), number)}.{part}"
