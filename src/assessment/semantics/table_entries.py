"""The second function that is no method: `entry(standards)` reads a table of the file.

The table says by what it is read. By indicator the entry is a constant, that of the indicator in which it is written;
by group and by year it is looked up for each region.
"""

from __future__ import annotations

from fractions import Fraction

from assessment.core import nodes as n
from assessment.core.types import Entity
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.methods.base import constant
from assessment.methods.registry import fold as fold_method
from assessment.semantics.scope import Scope, fold
from assessment.semantics.signatures import Table
from assessment.syntax import ast

__all__ = ["ENTRY", "elaborate_entry", "is_entry", "no_entry"]

ENTRY = ("entry", "查表")
"""Its names."""

TABLE = Text(en="table", zh="表")


def is_entry(name: str) -> bool:
    """Whether a call of this name reads a table; its names are compared as those of methods are."""
    return fold_method(name) in ENTRY


def elaborate_entry(call: ast.Call, scope: Scope) -> n.Node | None:
    """The entry of a table for the indicator, the group or the year; None once its fault is reported."""
    name = call.arguments[0].value if len(call.arguments) == 1 and call.table is None else None
    if not isinstance(name, ast.Name):
        scope.report(
            "missing-argument",
            Text(
                en=f"`{call.name}` takes the name of one table",
                zh=f"`{call.name}` 需要一个表的名称",
            ),
            call.span,
            help=Text(en="write `entry(…)` with the name of a table", zh="请写 `查表（…）`，括号内为表名"),
        )
        return None
    table = scope.tables.get(fold(name.name))
    if table is None:
        known = [one.stated.name for one in scope.tables.values()]
        scope.unknown("unknown-name", name.name, name.span, known, TABLE)
        return None
    table.read = True
    if table.broken:
        return None
    return (_own if table.stated.by == "indicator" else _looked_up)(table, call, scope)


def _own(table: Table, call: ast.Call, scope: Scope) -> n.Node | None:
    """The entry of the indicator in which the call stands."""
    if scope.indicator is None:
        scope.report(
            "statement-not-here",
            Text(
                en=f"`{table.stated.name}` is read by indicator, and this is in none",
                zh=f"`{table.stated.name}` 按指标查取，而此处不在任何指标中",
            ),
            call.span,
            also=((table.stated.name_span, Text(en="the table", zh="该表")),),
            help=Text(en="read it in the score of an indicator", zh="请在指标的计分中查取"),
        )
        return None
    if scope.indicator == "":  # a body by itself, of which nobody knows where it will be used
        return None
    row = table.rows.get(fold(scope.indicator))
    if row is None:
        no_entry(table, scope.indicator, call.span, scope)
        return None
    table.used.add(fold(scope.indicator))
    node = table.values[fold(scope.indicator)]
    return _framed(node, table, call, row.span, _by_key(scope.indicator))


def no_entry(table: Table, indicator: str, place: Span, scope: Scope) -> None:
    """Report an indicator that a table does not have."""
    stated = table.stated
    scope.report(
        "no-table-entry",
        Text(
            en=f"the table `{stated.name}` has no entry for indicator {indicator}",
            zh=f"表 `{stated.name}` 中没有指标 {indicator}",
        ),
        place,
        also=((stated.name_span, Text(en="the table", zh="该表")),),
        help=Text(en=f"add `{indicator}: …` to the table", zh=f"在表中添加 `{indicator}：…`"),
    )


def _by_key(key: str) -> Text:
    return Text(en=f"the row {key} of the table gives {{result}}", zh=f"表中 {key} 一行为{{result}}")


def _looked_up(table: Table, call: ast.Call, scope: Scope) -> n.Node | None:
    """The entry for the group of the region, or for the year."""
    by_year = table.stated.by == "year"
    entries: list[tuple[str | None, int | None, Fraction]] = []
    for key, row in table.rows.items():
        value = constant(table.values[key])
        if value is not None:
            entries.append((None, int(row.key.name), value) if by_year else (table.groups[key], None, value))
    if by_year and scope.year is not None and not any(year == scope.year for _, year, _ in entries):
        scope.report(
            "no-table-entry",
            Text(
                en=f"the table `{table.stated.name}` has no entry for {scope.year}",
                zh=f"表 `{table.stated.name}` 中没有 {scope.year} 年",
            ),
            call.span,
            also=((table.stated.name_span, Text(en="the table", zh="该表")),),
            help=Text(en=f"add `{scope.year}: …` to the table", zh=f"在表中添加 `{scope.year}：…`"),
        )
        return None
    type_ = next(iter(table.values.values())).type.at(Entity.REGION)
    lookup = n.Lookup(entries=tuple(entries), type=type_, span=call.span)
    sentence = Text(en="the row {branch} of the table gives {result}", zh="表中 {branch} 一行为{result}")
    return _framed(lookup, table, call, call.span, sentence)


def _framed(node: n.Node, table: Table, call: ast.Call, place: Span, sentence: Text) -> n.Frame:
    return n.Frame(
        node=node,
        type=node.type,
        role="call",
        name=ENTRY[0],
        title=Text.same(table.stated.title or table.stated.name),
        text=call.span.text,
        sentence=sentence,
        span=place,
    )
