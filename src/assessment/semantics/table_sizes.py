"""Sizes from a table: indicators without points or weights of their own get those of the table that stands above them.

This comes before anything looks at sizes, so that a size from a table is a size like any other; its place is the row.
"""

from __future__ import annotations

from attrs import evolve

from assessment.diagnostics.bilingual import Text
from assessment.semantics.scope import Scope, fold
from assessment.semantics.signatures import Table
from assessment.semantics.statements import Body
from assessment.semantics.table_entries import TABLE, no_entry
from assessment.syntax import ast

__all__ = ["with_sizes"]


def with_sizes(body: Body, scope: Scope) -> Body:
    """The body of a file with the sizes that its tables give."""
    if not body.within(ast.SizesFrom):
        return body
    return Body(statements=_sized(body.statements, None, scope), aside=body.aside)


def _sized(
    statements: tuple[ast.Statement, ...], above: ast.SizesFrom | None, scope: Scope
) -> tuple[ast.Statement, ...]:
    nearest = next((found for found in statements if isinstance(found, ast.SizesFrom)), above)
    sized: list[ast.Statement] = []
    for found in statements:
        match found:
            case ast.Category(body=inner):
                sized.append(evolve(found, body=_sized(inner, nearest, scope)))
            case ast.Indicator() if nearest is not None:
                sized.append(_indicator(found, nearest, scope))
            case ast.SizesFrom():
                _known(found, scope)
                sized.append(found)
            case _:
                sized.append(found)
    return tuple(sized)


def _known(stated: ast.SizesFrom, scope: Scope) -> Table | None:
    """Report a table that is not there, or is not by indicator."""
    table = scope.tables.get(fold(stated.table.name))
    if table is None:
        known = [one.stated.name for one in scope.tables.values()]
        scope.unknown("unknown-name", stated.table.name, stated.table.span, known, TABLE)
        return None
    table.read = True
    if table.stated.by != "indicator":
        table.broken = True
        scope.report(
            "kind-mismatch",
            Text(
                en=f"sizes are given by indicator, and `{table.stated.name}` is read by {table.stated.by}",
                zh=f"分值和权重须按指标给出，而 `{table.stated.name}` 不是按指标的表",
            ),
            stated.table.span,
            also=((table.stated.name_span, Text(en="the table", zh="该表")),),
            help=Text(en="write a table `by indicator`", zh="请写 `按指标` 的表"),
        )
    return table


def _indicator(indicator: ast.Indicator, stated: ast.SizesFrom, scope: Scope) -> ast.Indicator:
    table = scope.tables.get(fold(stated.table.name))
    key = fold(indicator.number)
    if table is None or table.stated.by != "indicator":
        scope.unsized.add(key)
        return indicator
    row = table.rows.get(key)
    table.used.add(key)
    if row is None:
        if indicator.size is None and not any(fold(one.key.name) == key for one in table.stated.rows):
            no_entry(table, indicator.number, indicator.name_span, scope)
        scope.unsized.add(key)
        return indicator
    if indicator.size is not None:
        scope.report(
            "duplicate-statement",
            Text(
                en=f"the size of indicator {indicator.number} stands here and in `{table.stated.name}`",
                zh=f"指标 {indicator.number} 的分值既写在此处，又写在 `{table.stated.name}` 中",
            ),
            indicator.size.span,
            also=((row.span, Text(en="the row of the table", zh="表中一行")),),
            help=Text(en="keep one of the two", zh="两处只保留一处"),
        )
        return indicator
    size = _size(row, stated, scope)
    if size is None:
        scope.unsized.add(key)
        return indicator
    return evolve(indicator, size=size)


def _size(row: ast.DataRow, stated: ast.SizesFrom, scope: Scope) -> ast.Size | None:
    if stated.size == "weight":
        return ast.Size(span=row.span, weight=row.value)
    if row.value.unit != "points":
        scope.report(
            "kind-mismatch",
            Text(en="points must stand here", zh="此处应为分值"),
            row.value.span,
            also=((stated.span, Text(en="read as points here", zh="在此用作分值")),),
            help=Text(en=f"write `{row.key.name}: 5 points`", zh=f"例如写 `{row.key.name}：5 分`"),
        )
        return None
    return ast.Size(span=row.span, points=row.value)
