"""Exact reals against decimal arithmetic of 120 digits, which shares no code with them."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.number import (
    Mode,
    Real,
    add,
    compare,
    decimal_text,
    div,
    enclosure,
    exp,
    floor_real,
    ln,
    mul,
    neg,
    power,
    root,
    round_exact,
    round_real,
)

DIGITS = 120
#: Below this a difference of two decimals is taken for 0; far above their error, far below any true difference here.
NOTHING = Decimal(10) ** -80


@attrs.frozen
class Both:
    """One number twice: exactly, and as a long decimal."""

    exact: Real
    decimal: Decimal


def rational(value: Fraction) -> Both:
    return Both(value, Decimal(value.numerator) / Decimal(value.denominator))


small = st.fractions(min_value=Fraction(1, 30), max_value=30, max_denominator=30)
whole = st.integers(1, 40).map(Fraction)


@st.composite
def positive_numbers(draw: st.DrawFn, depth: int = 3) -> Both:
    """A positive number made of roots, logarithms, sums, products and quotients."""
    with localcontext() as context:
        context.prec = DIGITS
        return _positive(draw, depth)


def _positive(draw: st.DrawFn, depth: int) -> Both:
    kind = draw(st.sampled_from(("rational", "root", "ln", "add", "mul", "div", "root-of", "power", "exp")))
    if depth == 0 or kind == "rational":
        return rational(draw(st.one_of(small, whole)))
    if kind == "root":
        value, degree = draw(whole), draw(st.integers(2, 4))
        return Both(root(value, degree), _root(rational(value).decimal, degree))
    if kind == "ln":
        value = draw(st.one_of(whole, small)) + 1
        return Both(ln(value), rational(value).decimal.ln())
    a = _positive(draw, depth - 1)
    if kind == "root-of":
        degree = draw(st.integers(2, 3))
        return Both(root(a.exact, degree), _root(a.decimal, degree))
    if kind == "power":
        exponent = draw(st.integers(-2, 3))
        return Both(power(a.exact, exponent), a.decimal**exponent)
    if kind == "exp":
        assume(a.decimal < 50)
        return Both(exp(a.exact), a.decimal.exp())
    b = _positive(draw, depth - 1)
    if kind == "add":
        return Both(add(a.exact, b.exact), a.decimal + b.decimal)
    if kind == "mul":
        return Both(mul(a.exact, b.exact), a.decimal * b.decimal)
    return Both(div(a.exact, b.exact), a.decimal / b.decimal)


def _root(value: Decimal, degree: int) -> Decimal:
    return value ** (Decimal(1) / degree)


@settings(max_examples=150, deadline=None)
@given(positive_numbers(), positive_numbers())
def test_comparing_agrees_with_long_decimals(a: Both, b: Both) -> None:
    with localcontext() as context:
        context.prec = DIGITS
        difference = (a.decimal - b.decimal) / max(a.decimal, b.decimal)
    expected = 0 if abs(difference) < NOTHING else 1 if difference > 0 else -1
    assert compare(a.exact, b.exact) == expected
    assert compare(b.exact, a.exact) == -expected
    assert compare(neg(a.exact), neg(b.exact)) == -expected


@settings(max_examples=100, deadline=None)
@given(positive_numbers(), st.integers(0, 6), st.sampled_from(Mode))
def test_rounding_lies_within_one_step_and_agrees_with_long_decimals(
    a: Both, places: int, mode: Mode
) -> None:
    assume(a.decimal < Decimal(10) ** 30)
    rounded = round_real(a.exact, places, mode)
    near = Fraction(a.decimal)
    step = Fraction(1, 10**places)
    assert abs(rounded - near) < step + Fraction(1, 10**80)
    doubled = near / step * 2
    if abs(doubled - round(doubled)) > Fraction(1, 10**60):  # not beside a place where rounding jumps
        assert rounded == round_exact(near, places, mode)


@settings(max_examples=60, deadline=None)
@given(positive_numbers())
def test_enclosure_contains_the_number(a: Both) -> None:
    assume(Decimal(10) ** -30 < a.decimal < Decimal(10) ** 30)
    low, high = enclosure(a.exact, 12)
    slack, near = Fraction(1, 10**60), Fraction(a.decimal)
    assert Fraction(low) - slack <= near <= Fraction(high) + slack
    assert Fraction(high) - Fraction(low) < near / 10**10


@settings(max_examples=60, deadline=None)
@given(positive_numbers(depth=2), positive_numbers(depth=2), positive_numbers(depth=1))
def test_the_laws_of_a_field_are_proved(a: Both, b: Both, c: Both) -> None:
    x, y, z = a.exact, b.exact, c.exact
    assert compare(mul(x, add(y, z)), add(mul(x, y), mul(x, z))) == 0
    assert compare(add(add(x, y), z), add(x, add(y, z))) == 0
    assert compare(mul(div(x, y), y), x) == 0
    assert add(x, neg(x)) == 0


@settings(max_examples=60, deadline=None)
@given(positive_numbers(depth=2), positive_numbers(depth=2), st.integers(2, 4))
def test_the_laws_of_roots_and_logarithms_are_proved(a: Both, b: Both, degree: int) -> None:
    x, y = a.exact, b.exact
    assert compare(root(mul(x, y), degree), mul(root(x, degree), root(y, degree))) == 0
    assert compare(power(root(x, degree), degree), x) == 0
    assert compare(ln(mul(x, y)), add(ln(x), ln(y))) == 0
    assert compare(exp(ln(x)), x) == 0


@settings(max_examples=80, deadline=None)
@given(st.integers(-(10**6), 10**6), st.integers(1, 4), st.integers(0, 4), st.sampled_from(Mode))
def test_a_power_hidden_under_its_root_rounds_as_the_rational(
    n: int, degree: int, places: int, mode: Mode
) -> None:
    # n halves of a step: every second one lies on the tie.
    tie = Fraction(n, 2 * 10**places)
    assume(tie > 0)
    hidden = root(power(tie, degree), degree)
    assert hidden == tie
    # The same number, once in a form that only a proof shows to be rational: (√2 + 1)(√2 − 1) = 1.
    unit = add(div(Fraction(1), add(root(Fraction(2), 2), Fraction(-1))), neg(root(Fraction(2), 2)))
    assert round_real(mul(tie, unit), places, mode) == round_exact(tie, places, mode)


@settings(max_examples=80, deadline=None)
@given(positive_numbers())
def test_floor_is_the_whole_number_below(a: Both) -> None:
    assume(a.decimal < Decimal(10) ** 20)
    low = floor_real(a.exact)
    assert compare(Fraction(low), a.exact) <= 0 < compare(Fraction(low + 1), a.exact)


@given(st.fractions(max_denominator=1000), st.integers(0, 6))
def test_rational_rounding_is_the_same_for_both_kinds_of_number(value: Fraction, places: int) -> None:
    rounded = round_real(value, places, Mode.HALF_UP)
    assert rounded == round_exact(value, places, Mode.HALF_UP)
    assert Fraction(decimal_text(rounded, places)) == rounded


@pytest.mark.parametrize("goal", [Fraction(100), Fraction(75000), Fraction(1824190915, 10**6)])
@settings(max_examples=40, deadline=None)
@given(st.fractions(min_value=101, max_value=74999, max_denominator=10**6))
def test_log_goalposts_compare_as_their_arguments(goal: Fraction, income: Fraction) -> None:
    def index(value: Fraction) -> Real:
        low = ln(Fraction(100))
        return root(mul(Fraction(2, 3), div(add(ln(value), neg(low)), add(ln(Fraction(75000)), neg(low)))), 3)

    assert compare(index(income), index(goal)) == (income > goal) - (income < goal)
