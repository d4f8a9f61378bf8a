"""Laws of units."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessment.units import (
    DIMENSIONLESS,
    Unit,
    UnknownUnit,
    divide,
    factor,
    known_units,
    multiply,
    power,
    same_dimension,
    unit,
)

words = st.sampled_from(known_units()).map(unit)
few = ("元", "万元", "亿元", "人", "万人", "件", "公里", "米", "平方公里", "亩", "年", "月", "1")


@st.composite
def compounds(draw: st.DrawFn) -> Unit:
    """A unit of up to four words, many of which share dimensions."""
    result = draw(st.sampled_from(few).map(unit))
    for other in draw(st.lists(st.sampled_from(few).map(unit), max_size=3)):
        result = draw(st.sampled_from((multiply, divide)))(result, other)
    return result


units = st.one_of(words, compounds())


@given(compounds(), compounds())
def test_converting_there_and_back_changes_nothing(a: Unit, b: Unit) -> None:
    if same_dimension(a, b):
        assert factor(a, b) * factor(b, a) == 1
    assert factor(a, a) == 1


@given(units)
def test_the_text_of_a_unit_names_it(a: Unit) -> None:
    again = unit(a.text)
    assert again == a
    assert again.text == a.text


@given(units, units)
def test_multiplying_and_dividing_undo_each_other(a: Unit, b: Unit) -> None:
    assert divide(multiply(a, b), b) == a
    assert multiply(divide(a, b), b) == a


@given(units, units)
def test_products_commute(a: Unit, b: Unit) -> None:
    assert multiply(a, b) == multiply(b, a)


@given(compounds(), st.integers(-3, 3))
def test_a_power_is_a_repeated_product(a: Unit, n: int) -> None:
    product = DIMENSIONLESS
    for _ in range(abs(n)):
        product = multiply(product, a) if n > 0 else divide(product, a)
    assert power(a, n) == product


@given(units)
def test_factors_are_positive_rationals(a: Unit) -> None:
    assert isinstance(a.factor, Fraction)
    assert a.factor > 0
    assert all(exponent for _, exponent in a.dimension)
    assert list(a.dimension) == sorted(a.dimension)


@given(st.text(alphabet="元人万亿/·／ 1k2m*()^%日x", max_size=12))
def test_any_text_is_a_unit_or_is_refused(text: str) -> None:
    outcome: object
    try:
        outcome = unit(text)
    except UnknownUnit as error:
        outcome = error.reason.en
    assert isinstance(outcome, Unit) or outcome
