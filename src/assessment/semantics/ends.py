"""The most and the least that a node may be worth: the cap behind its size, and its `floor`.

Both are in points where there are points, and a share of full marks (1 is full) in an index. What a file does not state
is not read into it: a leaf is then held between zero and its points, a node with children is what they make.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from assessment.core.types import RATE
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.methods.wording import amount
from assessment.semantics.scheme import Scheme
from assessment.semantics.scope import Scope
from assessment.semantics.wording import points as in_points
from assessment.syntax import ast

__all__ = ["Cap", "Floor", "cap_of", "floor_of", "places_of"]


@frozen(kw_only=True)
class Cap:
    """The most that a node may be worth; `value` is None where nothing is stated, or where `up to none` says so."""

    value: Fraction | None = None
    none: bool = False
    span: Span | None = None


@frozen(kw_only=True)
class Floor:
    """The least that a node may be worth; `value` is None where nothing is stated, or where `floor none` says so."""

    value: Fraction | None = None
    none: bool = False
    span: Span | None = None


def cap_of(
    up_to: ast.Literal | ast.Infinity | None,
    full: Span | None,
    points: Fraction | None,
    scheme: Scheme,
    scope: Scope,
) -> Cap:
    """The cap of a node with these points (None in an index), which were written at `full`.

    One below full marks is reported and left out.
    """
    if up_to is None or _unsized(points, scheme):
        return Cap()
    if isinstance(up_to, ast.Infinity):
        return Cap(none=True)
    value = _read(up_to, points, scope)
    if value is None:
        return Cap()
    whole = Fraction(1) if points is None else points
    if value >= whole:
        return Cap(value=value, span=up_to.span)
    low, high = _shown(value, points), _shown(whole, points)
    scope.report(
        "cap-below-points",
        Text(en=f"the cap of {low.en} is below the {high.en}", zh=f"上限 {low.zh}低于分值 {high.zh}"),
        up_to.span,
        also=() if full is None else ((full, Text(en="the points are here", zh="分值在此")),),
        help=Text(en="leave the cap out, or set it above the points", zh="去掉上限，或使其高于分值"),
    )
    return Cap()


def floor_of(
    stated: ast.Floor | None, cap: Cap, points: Fraction | None, scheme: Scheme, scope: Scope
) -> Floor:
    """The floor of a node with these points and this cap; one above the cap is reported and left out."""
    if stated is None or _unsized(points, scheme):
        return Floor()
    if stated.value is None:
        return Floor(none=True)
    value = _read(stated.value, points, scope)
    if value is None:
        return Floor()
    most = cap.value if cap.value is not None else Fraction(1) if points is None else points
    if cap.none or value <= most:
        return Floor(value=value, span=stated.span)
    low, high = _shown(value, points), _shown(most, points)
    scope.report(
        "floor-above-cap",
        Text(
            en=f"the floor of {low.en} is above the most that can be had, {high.en}",
            zh=f"下限 {low.zh}高于最多可得的 {high.zh}",
        ),
        stated.span,
        help=Text(en="lower the floor", zh="降低下限"),
    )
    return Floor()


def places_of(cap: Cap, floor: Floor, together: Mapping[str, Span]) -> Mapping[str, Span]:
    """Where the ends of a node are stated, by their kind; `together` are those of all its bonuses and deductions."""
    own = {"ceiling": cap.span, "floor": floor.span}
    return {**{kind: span for kind, span in own.items() if span is not None}, **together}


def _unsized(points: Fraction | None, scheme: Scheme) -> bool:
    """Whether a node lacks the points that it must have; that was reported."""
    return points is None and (scheme.in_points or not scheme.known)


def _read(end: ast.Literal, points: Fraction | None, scope: Scope) -> Fraction | None:
    """An end in points, or as a share of full marks; None once it is reported that it is neither here."""
    if end.unit == "%":
        return end.value / 100 * (1 if points is None else points)
    if end.unit == "points" and points is not None:
        return end.value
    example = Text.same("`120 %`") if points is None else Text(en="`12 points`", zh="`12 分`")
    scope.report(
        "kind-mismatch",
        Text(
            en="this is a share of full marks, because there are no points here"
            if points is None
            else "this is in points, or in % of the points",
            zh="此处没有分值，应为满分的百分比" if points is None else "此处应为分值，或分值的百分比",
        ),
        end.span,
        help=Text(en=f"write for instance {example.en}", zh=f"例如写 {example.zh}"),
    )
    return None


def _shown(value: Fraction, points: Fraction | None) -> Text:
    return amount(value, RATE) if points is None else in_points(value)
