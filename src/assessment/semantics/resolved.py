"""The rules with everything written out where it applies: defaults, `it`, directions, and what tables give indicators.

The resolved document says the same as the file, so it can be laid beside the published one: each indicator shows its
own score, points and standards. What differs from region to region, an entry by group or by year, stays as it is.
"""

from __future__ import annotations

from typing import Any, TypeVar

from attrs import evolve, frozen

from assessment.semantics.scope import fold
from assessment.semantics.table_entries import is_entry
from assessment.semantics.traverse import below, with_inner
from assessment.syntax import ast

__all__ = ["resolved"]

N = TypeVar("N", bound=ast.Node)


@frozen(kw_only=True)
class _Above:
    """What a node is told from above."""

    default: ast.Default | None = None
    measure: ast.Measure | None = None
    sizes: ast.SizesFrom | None = None
    indicator: str | None = None


def resolved(file: ast.RuleFile) -> ast.RuleFile:
    """The same rules without defaults, measures and tables by indicator; the rules must be free of errors.

    A table stays where the body of a method reads it, which belongs to no indicator.
    """
    tables = {fold(one.name): one for one in file.body if isinstance(one, ast.DataTable)}
    body = _body(file.body, _Above(), tables)
    read = {
        fold(node.arguments[0].value.name)
        for node in below(body)
        if isinstance(node, ast.Call)
        and is_entry(node.name)
        and node.arguments
        and isinstance(node.arguments[0].value, ast.Name)
    }
    return evolve(
        file,
        body=tuple(one for one in body if not isinstance(one, ast.DataTable) or fold(one.name) in read),
    )


def _body(
    statements: tuple[ast.Statement, ...], above: _Above, tables: dict[str, ast.DataTable]
) -> tuple[ast.Statement, ...]:
    for found in statements:
        match found:
            case ast.Default():
                above = evolve(above, default=found)
            case ast.Measure():
                above = evolve(above, measure=found)
            case ast.SizesFrom():
                above = evolve(above, sizes=found)
            case _:
                pass
    found_in: list[ast.Statement] = []
    for found in statements:
        match found:
            case ast.Default() | ast.Measure() | ast.SizesFrom():
                continue
            case ast.Category() | ast.Indicator() | ast.Part():
                found_in.append(_node(found, above, tables))
            case ast.Score(value=value):
                found_in.append(evolve(found, value=_put_in(value, above, tables)))
            case _:
                found_in.append(found)
    return tuple(found_in)


def _node(
    node: ast.Category | ast.Indicator | ast.Part, above: _Above, tables: dict[str, ast.DataTable]
) -> ast.Category | ast.Indicator | ast.Part:
    if isinstance(node, ast.Indicator):
        above = evolve(above, indicator=node.number)
        row = None if above.sizes is None else _row(above.sizes.table.name, above, tables)
        if node.size is None and row is not None and above.sizes is not None:
            in_points = above.sizes.size == "points"
            points, weight = (row.value, None) if in_points else (None, row.value)
            node = evolve(node, size=ast.Size(span=row.span, points=points, weight=weight))
    body = _body(node.body, above, tables)
    inner = any(isinstance(one, ast.Category | ast.Indicator | ast.Part | ast.Score) for one in body)
    default = next((one for one in node.body if isinstance(one, ast.Default)), above.default)
    measure = next((one for one in node.body if isinstance(one, ast.Measure)), above.measure)
    needs = default is not None and any(isinstance(one, ast.It) for one in below(default.value))
    if default is not None and not inner and (measure is not None or not needs):
        told = evolve(above, measure=measure)
        score = ast.Score(span=default.span, value=_put_in(default.value, told, tables))
        body = (*body, score)
    return evolve(node, body=body)


def _row(name: str, above: _Above, tables: dict[str, ast.DataTable]) -> ast.DataRow | None:
    table = tables.get(fold(name))
    if table is None or table.by != "indicator" or above.indicator is None:
        return None
    found = next((row for row in table.rows if fold(row.key.name) == fold(above.indicator or "")), None)
    if found is None or table.unit is None or table.unit.text == "number" or found.value.unit is not None:
        return found
    return evolve(found, value=evolve(found.value, unit=table.unit.text))


def _put_in(node: N, above: _Above, tables: dict[str, ast.DataTable]) -> Any:
    """An expression with what `it`, its direction and entries by indicator stand for."""
    match node:
        case ast.It() if above.measure is not None:
            return above.measure.value
        case ast.ItsDirection() if above.measure is not None and above.measure.direction is not None:
            return ast.Name(span=node.span, name=above.measure.direction)
        case ast.Call(name=name, arguments=(ast.Argument(value=ast.Name(name=table)),)) if is_entry(name):
            row = _row(table, above, tables)
            if row is not None:
                return row.value
        case _:
            pass
    return with_inner(node, lambda inner: _put_in(inner, above, tables))
