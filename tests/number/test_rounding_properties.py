"""Laws of rounding."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessment.number import Mode, round_exact

# Half steps of hundredths: every second value is a tie.
near_ties = st.integers(-2000, 2000).map(lambda n: Fraction(n, 200))
values = st.one_of(near_ties, st.fractions(max_denominator=10**4))
modes = st.sampled_from(Mode)


@given(values, modes)
def test_rounding_twice_is_rounding_once(value: Fraction, mode: Mode) -> None:
    once = round_exact(value, 2, mode)
    assert round_exact(once, 2, mode) == once


@given(values, values, modes)
def test_rounding_keeps_the_order(a: Fraction, b: Fraction, mode: Mode) -> None:
    low, high = sorted((a, b))
    assert round_exact(low, 2, mode) <= round_exact(high, 2, mode)


@given(values, st.sampled_from((Mode.HALF_UP, Mode.HALF_AWAY, Mode.HALF_EVEN)))
def test_rounding_to_the_nearest_moves_by_half_a_step_at_most(value: Fraction, mode: Mode) -> None:
    assert abs(round_exact(value, 2, mode) - value) <= Fraction(1, 200)


@given(values)
def test_symmetric_modes_are_symmetric_and_directed_ones_mirror(value: Fraction) -> None:
    for mode in (Mode.HALF_AWAY, Mode.HALF_EVEN, Mode.TRUNCATE):
        assert round_exact(-value, 2, mode) == -round_exact(value, 2, mode)
    assert round_exact(-value, 2, Mode.UP) == -round_exact(value, 2, Mode.DOWN)


@given(values)
def test_half_even_agrees_with_python_on_rationals(value: Fraction) -> None:
    assert round_exact(value, 2, Mode.HALF_EVEN) == round(value, 2)
