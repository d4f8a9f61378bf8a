"""Laws of reading and writing numbers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessment.diagnostics import Text
from assessment.number import (
    Mode,
    NumberError,
    decimal_text,
    exact_text,
    fraction_of_float,
    parse_number,
    plain_text,
    round_exact,
)

decimals = st.builds(
    lambda n, places: Fraction(n, 10**places), st.integers(-(10**20), 10**20), st.integers(0, 10)
)


@given(decimals)
def test_written_decimals_are_read_back(value: Fraction) -> None:
    assert parse_number(decimal_text(value, 10)) == value
    assert parse_number(exact_text(value)) == value


@given(st.integers(-(10**18), 10**18), st.integers(0, 4))
def test_thousands_commas_change_nothing(number: int, places: int) -> None:
    text = f"{number:,}" + (f".{7:0{places}}" if places else "")
    assert parse_number(text) == parse_number(text.replace(",", ""))


@given(st.fractions())
def test_exact_text_gives_the_number_back(value: Fraction) -> None:
    assert Fraction(exact_text(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_comes_back_from_its_rational(x: float) -> None:
    assert float(fraction_of_float(x)) == x


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_is_refused_with_a_reason(text: str) -> None:
    outcome: Fraction | Text
    try:
        outcome = parse_number(text)
    except NumberError as error:
        outcome = error.reason
    assert isinstance(outcome, Fraction) or (outcome.en and outcome.zh)


@given(st.fractions(max_denominator=10**6))
def test_plain_text_is_exact_or_marked(value: Fraction) -> None:
    text = plain_text(value, 8)
    shown = Fraction(text.removeprefix("≈").replace("×10^", "e"))
    assert (shown == value) == (not text.startswith("≈"))
    assert abs(shown - value) <= abs(value) / 10**7


@given(decimals, st.integers(0, 8), st.sampled_from(Mode))
def test_rounded_numbers_can_be_written_in_their_places(value: Fraction, places: int, mode: Mode) -> None:
    text = decimal_text(round_exact(value, places, mode), places)
    assert len(text.partition(".")[2]) == places
