"""Literals that belong to a value of a known type: ends of ranges, targets, substitutes."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from assessment.core import build as b
from assessment.core import types as t
from assessment.core.types import Clash, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.methods.base import constant
from assessment.semantics.elaborate import literal, unit_of
from assessment.semantics.scope import Scope
from assessment.semantics.wording import with_unit
from assessment.syntax import ast

__all__ = ["counted", "literal_like", "scale_of", "type_of_unit"]

COUNTED = frozenset("家个件项处台套次篇户座所起宗例位张辆艘条种类门场批笔册头只株栋间村")
"""Measure words: alone, without a prefix, they count whole things."""

COUNTED_WORDS = frozenset({"名"})
"""Spellings that count, although the unit they stand for also measures."""


def counted(type_: Type, unit: str | None) -> Type:
    """A quantity in a bare measure word as a count."""
    if type_.unit is None or unit is None:
        return type_
    dimension = type_.unit.dimension
    single = len(dimension) == 1 and dimension[0][1] == 1 and type_.unit.factor == 1
    if unit in COUNTED_WORDS or (single and dimension[0][0] in COUNTED):
        return evolve(type_, kind=Kind.COUNT)
    return type_


def type_of_unit(unit: str | None, span: Span, scope: Scope) -> Type | None:
    """The type of a number with a unit as written; None once an unknown unit is reported."""
    match unit:
        case None | "number":
            return t.number()
        case "%" | "‰":
            return Type(kind=Kind.SHARE)
        case "pp":
            return Type(kind=Kind.PP)
        case "points":
            return t.POINTS
        case word:
            found = unit_of(word, span, scope)
            return None if found is None else Type(kind=Kind.QUANTITY, unit=found)


def scale_of(unit: str | None) -> Fraction:
    """What a number written under a unit is multiplied by to be stored: 1/100 for `%` and `pp`."""
    return {"%": Fraction(1, 100), "pp": Fraction(1, 100), "‰": Fraction(1, 1000)}.get(
        unit or "", Fraction(1)
    )


def literal_like(
    expr: ast.Literal,
    type_: Type,
    scope: Scope,
    *,
    unit: str | None = None,
    origin: tuple[Span, Text] | None = None,
) -> Fraction | None:
    """The value of a literal in the stored scale of `type_`, or None once a clash is reported.

    A literal without a unit is in `unit`, where one is given. `origin` is the place where the type comes from.
    """
    if expr.unit is None and unit is not None:
        return expr.value * scale_of(unit)
    node = literal(expr, scope)
    if node is None:
        return None
    try:
        converted = b.like(node, b.const(0, type_))
    except Clash as clash:
        help_ = with_unit(expr, type_)
        if help_ is None and type_.unit is not None:
            help_ = Text(
                en=f"write the value in `{type_.unit.text}`", zh=f"以 `{type_.unit.text}` 为单位书写"
            )
        also = () if origin is None else (origin,)
        scope.report(clash.code, clash.text, expr.span, also=also, help=help_ or clash.help)
        return None
    return constant(converted)
