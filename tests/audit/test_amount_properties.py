"""No digit that is shown is wrong."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessment.audit.amount import amount_text, digits_before_rounding
from assessment.audit.record import Amount
from assessment.core.types import Kind, Type
from assessment.number import Mode, round_exact

NUMBER = Type(kind=Kind.NUMBER)
FRACTIONS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@given(FRACTIONS)
def test_shown_value_is_exact_or_rounded_in_its_last_digit(value: Fraction) -> None:
    text = amount_text(Amount(value=value, type=NUMBER), "en")
    shown = Fraction(text.removeprefix("≈"))
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    assert abs(shown - value) <= half if text.startswith("≈") else shown == value


@given(FRACTIONS)
def test_share_is_the_number_a_hundredfold(value: Fraction) -> None:
    share = amount_text(Amount(value=value, type=Type(kind=Kind.SHARE)), "en")
    assert share == amount_text(Amount(value=value * 100, type=NUMBER), "en") + "%"


@given(st.fractions(min_value=0, max_value=1000, max_denominator=10**5), st.integers(0, 4))
def test_digits_before_rounding_round_as_the_value_does(value: Fraction, places: int) -> None:
    shown = Fraction(digits_before_rounding(value, places).removesuffix("…"))
    assert round_exact(shown, places, Mode.HALF_UP) == round_exact(value, places, Mode.HALF_UP)
