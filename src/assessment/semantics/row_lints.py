"""What can be wrong with conditions on rows and with the fields that tell rows apart, seen in the calls that use them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from attrs import evolve

from assessment.core import intervals as iv
from assessment.core import nodes as n
from assessment.core.bounds import analyse
from assessment.core.lookup import entry_for
from assessment.core.types import Entity, Kind
from assessment.core.walk import children, order, with_children
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import Input, ScoreNode
from assessment.semantics.scope import Scope

__all__ = ["check_rows"]

_NEEDED = {
    "once": Text(en="tells events apart", zh="用于判重"),
    "kind": Text(en="tells kinds apart", zh="用于区分类别"),
    "weight": Text(en="is the weight of each row", zh="用作各行的权重"),
}
"""Parameters whose field every row must have: a row without it could neither count nor not count."""


def check_rows(tree: ScoreNode, inputs: tuple[Input, ...], scope: Scope) -> None:
    """Report fields that rows may lack where each must have one, and windows of dates that leave out the assessed year."""
    fields = {f"{rows.name}.{field.name}": field for rows in inputs for field in rows.fields}
    if not fields:
        return
    formulas = tuple(node.formula for node in tree.walk() if node.formula is not None)
    seen: set[tuple[str, str]] = set()
    for frame in _calls(formulas):
        for named in frame.arguments:
            if named.name == "where" and named.node.type.entity is Entity.ROW:
                _window(frame, named.node, scope)
            if named.name not in _NEEDED:
                continue
            for node, _ in order((named.node,)):
                field = fields.get(node.name) if isinstance(node, n.Input) else None
                if field is not None and field.lacking is None and (named.name, field.name) not in seen:
                    seen.add((named.name, field.name))
                    _optional(frame, field, _NEEDED[named.name], scope)


def _calls(formulas: Iterable[n.Node]) -> Iterable[n.Frame]:
    return [node for node, _ in order(tuple(formulas)) if isinstance(node, n.Frame) and node.role == "call"]


def _optional(frame: n.Frame, field: Input, why: Text, scope: Scope) -> None:
    scope.report(
        "row-key-optional",
        Text(
            en=f"the field `{field.name}` {why.en}, and a row may lack it",
            zh=f"字段 `{field.name}` {why.zh}，而各行可以缺少它",
        ),
        field.span if frame.span is None else frame.span,
        also=((field.span, Text(en="the field is declared here", zh="字段在此声明")),),
        help=Text(
            en="add `required` behind the field; for evidence, `required` or `or not counted`",
            zh="在字段后写 `必填`；佐证可写 `必填` 或 `否则不计`",
        ),
    )


def _window(frame: n.Frame, where: n.Node, scope: Scope) -> None:
    """Warn of a condition that no day of the year meets to which the rows belong: the assessed one, or with a lag an earlier one."""
    if scope.year is None or not 1 <= scope.year <= 9999:
        return
    days = [
        (node, back)
        for node, back in order((where,))
        if isinstance(node, n.Input) and node.type.kind is Kind.DATE
    ]
    condition = where
    if any(back for _, back in days):
        # `in this year` means the assessed year, whatever year the rows are of.
        condition, days = _of_year(where, scope.year)
    found = analyse((condition,))
    known = found.holding(condition, True)
    for day, back in days:
        rows = scope.year + back
        if rows < 1:
            continue
        first, last = (Fraction(dt.date(rows, *day_).toordinal()) for day_ in ((1, 1), (12, 31)))
        year = iv.between(first, last)
        inside = found.under(day, 0, known).interval if known is not None else None
        if inside is None or year is None or iv.meet(inside, year) is not None:
            continue
        scope.report(
            "window-outside-year",
            Text(
                en=f"no day of {rows} meets this condition on `{day.name}`",
                zh=f"{rows} 年没有一天符合对 `{day.name}` 的条件",
            ),
            where.span or frame.span or day.span or scope.declared_at[day.reported_as],
            help=_right(rows, back),
        )


def _right(rows: int, back: int) -> Text:
    """What would be right, for rows of a year so many years from the assessed one."""
    match back:
        case 0:
            return Text(
                en="write `in this year`, or days of the assessed year",
                zh="请写 `在本年度`，或写考核年度内的日期",
            )
        case -1:
            return Text(
                en=f"the rows are those of {rows}, a year before the assessed one: write `in last year`, or days of {rows}",
                zh=f"各行属于考核年度的上一年 {rows} 年：请写 `在上年度`，或写 {rows} 年内的日期",
            )
        case _:
            return Text(
                en=f"the rows are those of {rows}, {-back} years before the assessed one: write days of {rows}",
                zh=f"各行属于考核年度前 {-back} 年，即 {rows} 年：请写 {rows} 年内的日期",
            )


def _of_year(where: n.Node, year: int) -> tuple[n.Node, list[tuple[n.Input, int]]]:
    """A condition with what a year gives in the place of its tables and shifts; and its days, with the years before."""
    made: dict[tuple[n.Node, int], n.Node] = {}
    days: list[tuple[n.Input, int]] = []
    for node, back in order((where,)):
        new: n.Node
        match node:
            case n.Lookup(entries=entries):
                entry = entry_for(entries, None, year + back)
                new = node if entry is None else n.Const(value=entry[2], type=node.type, span=node.span)
            case n.Input():
                new = evolve(node)
                if node.type.kind is Kind.DATE:
                    days.append((new, back))
            case n.Shift(value=value, periods=periods):
                new = made[value, back + periods]
            case _:
                new = with_children(node, tuple(made[child, back] for child in children(node)))
        made[node, back] = new
    return made[where, 0], days
