"""What can be wrong with conditions on rows and with the fields that tell rows apart, seen in the calls that use them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from assessment.core import intervals as iv
from assessment.core import nodes as n
from assessment.core.bounds import analyse
from assessment.core.types import Entity, Kind
from assessment.core.walk import order
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
    """Warn of a condition that no day of the assessed year meets."""
    if scope.year is None or not 1 <= scope.year <= 9999:
        return
    days = [node for node, _ in order((where,)) if isinstance(node, n.Input) and node.type.kind is Kind.DATE]
    found = analyse((where,))
    known = found.holding(where, True)
    first, last = (Fraction(dt.date(scope.year, *day).toordinal()) for day in ((1, 1), (12, 31)))
    year = iv.between(first, last)
    for day in days:
        inside = found.under(day, 0, known).interval if known is not None else None
        if inside is None or year is None or iv.meet(inside, year) is not None:
            continue
        scope.report(
            "window-outside-year",
            Text(
                en=f"no day of {scope.year} meets this condition on `{day.name}`",
                zh=f"{scope.year} 年没有一天符合对 `{day.name}` 的条件",
            ),
            where.span or frame.span or day.span or scope.declared_at[day.reported_as],
            help=Text(
                en="write `in this year`, or days of the assessed year",
                zh="请写 `在本年度`，或写考核年度内的日期",
            ),
        )
