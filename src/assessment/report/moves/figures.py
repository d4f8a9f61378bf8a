"""Figures of moves as texts: a total, and a move with its sign."""

from __future__ import annotations

from fractions import Fraction

from assessment.audit.amount import decimal_of
from assessment.audit.record import Amount
from assessment.core.types import Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.number import Real, enclosure
from assessment.report import words


def figure(value: Real | None, type_: Type, places: int | None) -> str:
    """A figure of the total, with its places where it is published."""
    if value is None:
        return words.NONE.en
    return (decimal_of(Amount(value=value, type=type_), places) or words.NONE.en).replace("-", "−")


def signed(value: Real | None, type_: Type) -> str:
    """A move with its sign, exact or behind `≈`."""
    if value is None:
        return words.NONE.en
    if isinstance(value, Fraction) and value == 0:
        return "0"
    text = decimal_of(Amount(value=value, type=type_), None) or words.NONE.en
    mark = "≈" if text.startswith("≈") else ""
    digits = text.removeprefix("≈")
    sign = "" if digits.startswith("-") else "+"
    return f"{mark}{sign}{digits}".replace("-", "−")


def in_points(title: Text, type_: Type) -> Text:
    """A heading, with points as the unit where the figures are points."""
    if type_.kind is not Kind.POINTS:
        return title
    return Text(en=f"{title.en} (points)", zh=f"{title.zh}（分）")


def rough(move: Real | None) -> Fraction:
    """A move for the order of rows and for its sign alone: one that is irrational as the lower end of its enclosure."""
    if move is None:
        return Fraction(0)
    return move if isinstance(move, Fraction) else Fraction(enclosure(move)[0])
