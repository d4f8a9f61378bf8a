"""The tables that a rule file declares: their keys and their values, typed; and what no score has read of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Clash
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.suggest import nearest
from assessment.semantics.elaborate import literal
from assessment.semantics.literals import type_of_unit
from assessment.semantics.names import Names
from assessment.semantics.scope import Scope, fold, known_names
from assessment.semantics.signatures import Table
from assessment.semantics.statements import Body
from assessment.semantics.table_entries import TABLE
from assessment.semantics.wording import FIRST, listed
from assessment.syntax import ast

__all__ = ["check_tables_read", "declare_tables"]

_WHAT = {
    "indicator": Text(en="indicator", zh="指标"),
    "group": Text(en="group", zh="组别"),
    "year": Text(en="year", zh="年度"),
}


def declare_tables(body: Body, names: Names, scope: Scope) -> None:
    """Put the tables of the file into the scope."""
    stated = body.all(ast.DataTable)
    if not stated:
        return
    numbers = {fold(node.number): node.number for node in body.within(ast.Indicator)}
    groups = {fold(group.name): group.name for group in scope.groups}
    for table in stated:
        if not names.add(table.name, table.name_span, TABLE):
            continue
        known = {"indicator": numbers, "group": groups}.get(table.by)
        rows = _rows(table, known, scope)
        values = _values(table, rows, scope)
        lacking = _lacking(table, rows, scope)
        scope.tables[fold(table.name)] = Table(
            stated=table,
            rows=rows,
            values=values,
            groups=groups,
            broken=len(values) < len(table.rows) or not rows or lacking,
        )


def _rows(table: ast.DataTable, known: Mapping[str, str] | None, scope: Scope) -> dict[str, ast.DataRow]:
    """The rows by their keys; keys that name nothing, or stand twice, are reported and left out."""
    rows: dict[str, ast.DataRow] = {}
    for row in table.rows:
        key = fold(row.key.name)
        if key in rows:
            scope.report(
                "duplicate-name",
                Text(en=f"`{row.key.name}` has two rows in this table", zh=f"表中 `{row.key.name}` 出现两次"),
                row.key.span,
                also=((rows[key].key.span, FIRST),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
        elif (known is None and not (key.isascii() and key.isdigit() and len(key) == 4)) or (
            known is not None and key not in known
        ):
            _unknown_key(table, row, known or {}, scope)
        else:
            rows[key] = row
    if not table.rows:
        scope.report(
            "missing-argument",
            Text(en="this table has no rows", zh="表中没有任何行"),
            table.span,
            help=Text(en="write a row such as `3: 5 points`", zh="请写各行，如 `3：5 分`"),
        )
    return rows


def _unknown_key(table: ast.DataTable, row: ast.DataRow, known: Mapping[str, str], scope: Scope) -> None:
    what, key = _WHAT[table.by], row.key.name
    close = None if key.replace(".", "").isdigit() else nearest(key, known.values())
    help_ = (
        known_names(known.values())
        if close is None
        else Text(en=f"did you mean `{close}`?", zh=f"是否应为 `{close}`？")
    )
    if table.by == "year":
        help_ = Text(en="write a year in four digits", zh="请写四位数的年度")
    scope.report(
        "unknown-table-key",
        Text(en=f"there is no {what.en} `{key}`", zh=f"没有{what.zh} `{key}`"),
        row.key.span,
        also=((table.name_span, Text(en="the keys of this table are told by it", zh="该表按此查取")),),
        help=help_,
    )


def _lacking(table: ast.DataTable, rows: Mapping[str, ast.DataRow], scope: Scope) -> bool:
    """Whether a group has no entry, which is reported; a reference group needs none."""
    if table.by != "group":
        return False
    lacking = [group.name for group in scope.groups if not group.reference and fold(group.name) not in rows]
    if lacking:
        names = listed(lacking)
        scope.report(
            "no-table-entry",
            Text(
                en=f"the table `{table.name}` has no entry for {names.en}",
                zh=f"表 `{table.name}` 中没有 {names.zh}",
            ),
            table.name_span,
            help=Text(en=f"add `{lacking[0]}: …`", zh=f"添加 `{lacking[0]}：…`"),
        )
    return bool(lacking)


def _values(table: ast.DataTable, rows: Mapping[str, ast.DataRow], scope: Scope) -> dict[str, n.Const]:
    """The values, in the unit that the table declares (a number without a unit is in it); without one, by group and by year in that of the first row."""
    declared = None
    if table.unit is not None:
        type_ = type_of_unit(table.unit.text, table.unit.span, scope)
        if type_ is None:
            return {}
        declared = b.const(Fraction(0), type_)
    values: dict[str, n.Const] = {}
    leading = declared
    origin = None if table.unit is None else table.unit.span
    for key, row in rows.items():
        written = row.value
        if written.unit is None and table.unit is not None and table.unit.text != "number":
            written = evolve(written, unit=table.unit.text)
        node = literal(written, scope)
        if node is None:
            continue
        if leading is not None:
            try:
                converted = b.like(node, leading)
            except Clash as clash:
                also = (
                    ()
                    if origin is None
                    else ((origin, Text(en="the unit comes from here", zh="单位在此规定")),)
                )
                scope.report(clash.code, clash.text, row.value.span, also=also, help=clash.help)
                continue
            node = converted if isinstance(converted, n.Const) else node
        elif table.by != "indicator":
            leading, origin = node, row.value.span
        values[key] = node
    return values


def check_tables_read(scope: Scope) -> None:
    """Warn of tables that nothing reads, and of rows by indicator that nothing reads."""
    for table in scope.tables.values():
        if not table.read:
            scope.report(
                "unused-table",
                Text(
                    en=f"nothing reads the table `{table.stated.name}`",
                    zh=f"表 `{table.stated.name}` 未被使用",
                ),
                table.stated.name_span,
                help=Text(
                    en="read it with `entry(…)` or `points from table`, or leave it out",
                    zh="用 `查表（…）` 或 `分值取自表` 引用，或删除",
                ),
            )
        elif table.stated.by == "indicator" and not table.broken:
            _unused_rows(table, (row for key, row in table.rows.items() if key not in table.used), scope)


def _unused_rows(table: Table, rows: Iterable[ast.DataRow], scope: Scope) -> None:
    for row in rows:
        scope.report(
            "unused-table-row",
            Text(
                en=f"indicator {row.key.name} does not read its entry in `{table.stated.name}`",
                zh=f"指标 {row.key.name} 没有用到它在 `{table.stated.name}` 中的一行",
            ),
            row.key.span,
            help=Text(en="read it in the score, or leave the row out", zh="请在计分中使用，或删除此行"),
        )
