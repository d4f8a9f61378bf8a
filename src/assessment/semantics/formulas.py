"""The formula of a leaf: what is scored must be a rate of full marks or points, and may not exceed them."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from assessment.core import nodes as n
from assessment.core.types import RATE, Entity, Kind
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.methods.base import Yields
from assessment.methods.registry import method_named, methods
from assessment.semantics.elaborate import elaborate
from assessment.semantics.scope import Scope
from assessment.semantics.sizes import Size
from assessment.semantics.wording import points as in_points
from assessment.syntax import ast

__all__ = ["checked_score", "score_formula"]

_SHOWN = ("attain", "达标", "bands", "分档", "minmax", "极差")
"""Score maps that a help text names, where they are there."""


def score_formula(expr: ast.Expr, size: Size, scope: Scope) -> n.Node | None:
    """The graph of a score, of kind rate or points; None once its fault is reported."""
    return checked_score(elaborate(expr, scope), expr, size, scope)


def checked_score(node: n.Node | None, expr: ast.Expr, size: Size, scope: Scope) -> n.Node | None:
    """The graph of a formula as that of a score; None where it is none, which is reported."""
    if node is None:
        return None
    if node.type.entity is Entity.ROW:
        _no_score(expr, Text(en="ratings or events", zh="多行评分或事项"), scope)
        return None
    if node.type.kind is Kind.PERCENT:
        node = evolve(node, type=RATE.at(node.type.entity))
    if node.type.kind is Kind.POINTS and size.weight is not None:
        scope.report(
            "size-mismatch",
            Text(
                en="this gives points, and there are none where weights are joined",
                zh="结果为分值，而按权重合成时没有分值",
            ),
            expr.span,
            also=() if size.span is None else ((size.span, Text(en="the weight is here", zh="权重在此")),),
            help=Text(en="use a method that gives a rate of full marks", zh="请用结果为得分率的方法"),
        )
        return None
    if node.type.kind not in (Kind.RATE, Kind.POINTS):
        _no_score(expr, node.type.label, scope)
        return None
    return None if _table_exceeds(expr, size, scope) else node


def _no_score(expr: ast.Expr, found: Text, scope: Scope) -> None:
    """A measure where a score is meant: say which methods make a score of it."""
    maps = [method for method in methods() if method.yields is not Yields.MEASURE]
    known = [method for method in maps if method.en in _SHOWN] or maps[:3]
    en = ", ".join(f"`{method.en}`" for method in known)
    zh = "、".join(f"`{method.zh}`" for method in known)
    scope.report(
        "measure-not-scored",
        Text(
            en=f"a score is needed here, and this is {found.en}"
            if not _is_unit(found)
            else f"a score is needed here, and this is in {found.en}",
            zh=f"此处需要得分，而这是{found.zh}",
        ),
        expr.span,
        help=Text(en=f"turn it into a score with a method such as {en}", zh=f"用计分方法得出得分，如 {zh}"),
    )


def _is_unit(label: Text) -> bool:
    """Whether a type's label is its unit."""
    return label.en == label.zh


def _table_exceeds(expr: ast.Expr, size: Size, scope: Scope) -> bool:
    """Whether a table of points holds more than the node may have; its highest row is reported."""
    if not isinstance(expr, ast.Call) or expr.table is None or size.points is None or size.cap.none:
        return False
    method = method_named(expr.name)
    if method is None or method.yields not in (Yields.POINTS, Yields.SCORE):
        return False
    most = size.cap.value if size.cap.value is not None else size.points
    highest: tuple[Fraction, Span] | None = None
    for row in expr.table.rows:
        if isinstance(row, ast.CapRow):
            continue
        for value in (row.value, row.up_to if isinstance(row, ast.KeyRow) else None):
            if not isinstance(value, ast.Literal) or value.unit != "points" or value.value <= most:
                continue
            if highest is None or value.value > highest[0]:
                highest = (value.value, value.span)
    if highest is None:
        return False
    given, limit = in_points(highest[0]), in_points(most)
    scope.report(
        "table-points-exceed",
        Text(
            en=f"this row gives {given.en}, and there are {limit.en} to be had",
            zh=f"此行给 {given.zh}，而最多只有 {limit.zh}",
        ),
        highest[1],
        also=()
        if size.span is None
        else ((size.span, Text(en="the points are stated here", zh="分值在此规定")),),
        help=Text(en="lower the row, or write `up to` behind the points", zh="降低此行，或在分值后写 `至多`"),
    )
    return True
