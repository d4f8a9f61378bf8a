"""Exact reals: what is proved equal, what is told apart, what is refused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction

import pytest

from assessment.number import (
    Irrational,
    Mode,
    Real,
    TooLarge,
    Undecided,
    add,
    compare,
    div,
    enclosure,
    exp,
    floor_real,
    interval,
    ln,
    mul,
    neg,
    plain_text,
    power,
    root,
    round_real,
)


def F(n: int, d: int = 1) -> Fraction:  # noqa: N802 (reads as in the formulas below)
    return Fraction(n, d)


def sqrt(n: int) -> Real:
    return root(F(n), 2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (root(F(27, 8), 3), F(3, 2)),
        (root(F(-8), 3), F(-2)),
        (root(F(0), 4), F(0)),
        (root(F(5), 1), F(5)),
        (mul(sqrt(2), sqrt(8)), F(4)),
        (mul(root(F(4), 3), root(F(2), 3)), F(2)),
        (ln(F(1)), F(0)),
        (exp(F(0)), F(1)),
        (ln(exp(F(3, 7))), F(3, 7)),
        (exp(ln(F(5, 3))), F(5, 3)),
        (div(ln(F(8)), ln(F(2))), F(3)),
        (div(ln(F(8)), ln(F(4))), F(3, 2)),
        (add(ln(F(6)), neg(ln(F(2))), neg(ln(F(3)))), F(0)),
        (mul(add(sqrt(2), F(1)), add(sqrt(2), F(-1))), F(1)),
        (power(sqrt(3), 4), F(9)),
        (power(sqrt(3), -2), F(1, 3)),
        (add(sqrt(2), neg(sqrt(2))), F(0)),
        (mul(F(0), ln(F(7))), F(0)),
        (add(), F(0)),
        (mul(), F(1)),
        # The geometric mean by logarithms: (ln 2 + ln 32) / 2 = ln 8.
        (exp(div(add(ln(F(2)), ln(F(32))), F(2))), F(8)),
    ],
)
def test_rational_results_come_back_as_rationals(value: Real, expected: Fraction) -> None:
    assert isinstance(value, Fraction)
    assert value == expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (mul(sqrt(2), sqrt(6)), mul(F(2), sqrt(3))),
        (div(F(1), add(sqrt(2), F(-1))), add(sqrt(2), F(1))),
        (add(sqrt(8), sqrt(18)), sqrt(50)),  # 2√2 + 3√2 = 5√2
        (root(add(F(3), mul(F(2), sqrt(2))), 2), add(F(1), sqrt(2))),  # √(3 + 2√2) = 1 + √2
        (add(ln(F(6)), F(1)), add(ln(F(2)), F(1), ln(F(3)))),
        (ln(sqrt(2)), div(ln(F(2)), F(2))),
        (root(exp(F(1)), 2), exp(F(1, 2))),
        (mul(exp(F(1)), exp(F(2))), exp(F(3))),
        (div(ln(F(9)), ln(F(5))), div(ln(F(3)), div(ln(F(5)), F(2)))),
        (ln(mul(ln(F(3)), ln(F(5)))), add(ln(ln(F(3))), ln(ln(F(5))))),
        (exp(div(ln(add(F(1), sqrt(2))), F(2))), root(add(F(1), sqrt(2)), 2)),
    ],
)
def test_equal_values_in_different_forms_are_proved_equal(a: Real, b: Real) -> None:
    assert compare(a, b) == 0
    assert compare(b, a) == 0


def test_values_that_agree_to_many_digits_are_told_apart() -> None:
    tiny = Fraction(1, 10**300)
    assert compare(add(sqrt(2), tiny), sqrt(2)) == 1
    assert compare(root(add(F(2), neg(tiny)), 2), sqrt(2)) == -1


def test_values_nearer_than_the_last_precision_are_undecided_rather_than_guessed() -> None:
    # e^√2 and e^(√2·(1 + 2^-9000)) differ, but in no bit that is looked at, and no proof exists.
    a, b = exp(sqrt(2)), exp(mul(sqrt(2), add(F(1), F(1, 2**9000))))
    with pytest.raises(Undecided) as caught:
        compare(a, b)
    assert "8192" in caught.value.reason.en
    assert "8192" in caught.value.reason.zh


def test_a_number_on_the_tie_is_proved_to_be_there() -> None:
    # (1/(√2 − 1) − √2) is 1 in a form that stays irrational data; 5/1000 of it is a tie of two decimals.
    one = add(div(F(1), add(sqrt(2), F(-1))), neg(sqrt(2)))
    assert isinstance(one, Irrational)
    tie = mul(F(5, 1000), one)
    assert round_real(tie, 2, Mode.HALF_UP) == F(1, 100)
    assert round_real(tie, 2, Mode.HALF_EVEN) == 0
    assert round_real(neg(tie), 2, Mode.HALF_UP) == 0
    assert round_real(neg(tie), 2, Mode.HALF_AWAY) == F(-1, 100)
    assert floor_real(one) == 1


def test_a_number_beside_the_tie_is_not_taken_for_it() -> None:
    beside = root(add(F(1, 4), F(1, 10**400)), 2)  # a little above 1/2
    assert round_real(beside, 0, Mode.HALF_EVEN) == 1
    assert round_real(neg(beside), 0, Mode.HALF_UP) == -1


def index(income: Fraction) -> Real:
    """Income on the logarithmic goalposts 100 to 75,000."""
    low = ln(F(100))
    return div(add(ln(income), neg(low)), add(ln(F(75000)), neg(low)))


def test_a_human_development_index_rounds_as_published() -> None:
    # Afghanistan 2021: 61.9824 years, 10.26384398 and 2.98506999 years of school, 1824.190915 dollars; 0.478.
    health = (Fraction("61.9824") - 20) / 65
    education = (Fraction("10.26384398") / 18 + Fraction("2.98506999") / 15) / 2
    value = root(mul(health, education, index(Fraction("1824.190915"))), 3)
    assert round_real(value, 3, Mode.HALF_UP) == Fraction("0.478")


def test_equal_logarithmic_goalposts_are_proved_equal_to_each_other_and_to_rationals() -> None:
    # √(750)·100 lies half way between 100 and 75,000 on the logarithm.
    half = div(add(ln(mul(F(100), sqrt(750))), neg(ln(F(100)))), add(ln(F(75000)), neg(ln(F(100)))))
    assert half == F(1, 2)
    assert index(F(75000)) == 1
    assert index(F(100)) == 0
    # Twice the points for the root of the income above 100: ln(x/100) = 2·ln(√(x/100)).
    a = root(mul(F(1, 3), index(F(400))), 3)
    b = root(mul(F(2, 3), index(F(200))), 3)
    assert compare(a, b) == 0


def test_values_outside_the_domain_are_refused() -> None:
    with pytest.raises(ValueError, match="even root"):
        root(F(-4), 2)
    with pytest.raises(ValueError, match="even root"):
        root(neg(ln(F(2))), 2)
    with pytest.raises(ValueError, match="degree"):
        root(F(4), 0)
    for value in (F(0), F(-1), neg(sqrt(2))):
        with pytest.raises(ValueError, match="logarithm"):
            ln(value)


def test_division_by_zero_is_found_in_every_form() -> None:
    hidden = add(root(add(F(3), mul(F(2), sqrt(2))), 2), F(-1), neg(sqrt(2)))
    for zero in (F(0), hidden):
        with pytest.raises(ZeroDivisionError):
            div(sqrt(2), zero)
    with pytest.raises(ZeroDivisionError):
        power(F(0), -1)


def test_whole_powers_of_any_number_to_zero_are_one() -> None:
    assert power(F(0), 0) == 1
    assert power(sqrt(2), 0) == 1
    assert power(F(-1), 10**100 + 1) == -1


def squared_again_and_again() -> Real:
    x: Real = add(sqrt(2), F(1))
    for _ in range(60):
        x = add(mul(x, x), sqrt(3))
    return x


@pytest.mark.parametrize(
    "huge",
    [
        lambda: power(F(10), 10**10),
        lambda: power(sqrt(2), 10**10),
        lambda: power(F(3, 2), -(10**9)),
        lambda: exp(F(10**9)),
        lambda: root(F(2), 10**9),
        lambda: mul(F(3**60_000), F(3**60_000), F(3**60_000)),
        squared_again_and_again,
    ],
)
def test_huge_results_are_refused_at_once(huge: object) -> None:
    assert callable(huge)
    with pytest.raises(TooLarge) as caught:
        huge()
    assert caught.value.reason.zh


def test_the_enclosure_is_certified_and_tight() -> None:
    # √2 = 1.41421356237309504880168872420969807856967…
    assert enclosure(sqrt(2)) == ("1.41421356237309504880168872420", "1.41421356237309504880168872421")
    assert enclosure(neg(sqrt(2)), 3) == ("-1.42", "-1.41")
    assert enclosure(F(1, 8)) == ("0.125", "0.125")
    assert enclosure(F(0)) == ("0", "0")
    low, high = interval(ln(F(2)), F(1, 10**50))
    assert high - low <= F(1, 10**50)
    assert low < high


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (F(30, 13), "≈2.307692308"),
        (F(5, 2), "2.5"),
        (F(0), "0"),
        (F(-1, 8), "-0.125"),
        (F(12345678901234), "12345678901234"),
        (F(10**40), "1×10^40"),
        (F(1, 3 * 10**40), "≈3.333333333×10^-41"),
        (root(F(2), 2), "≈1.414213562"),
        (F(2**150_000, 3), "≈10^45154"),
    ],
)
def test_plain_text_is_short_and_says_when_it_is_not_exact(value: Real, text: str) -> None:
    assert plain_text(value) == text


def test_the_library_for_balls_is_loaded_only_for_irrational_numbers() -> None:
    program = (
        "import sys; from fractions import Fraction; from assessment import number as n\n"
        "n.round_real(n.div(Fraction(1), Fraction(3)), 2, n.Mode.UP); n.plain_text(Fraction(1, 3))\n"
        "assert 'flint' not in sys.modules\n"
        "n.compare(n.root(Fraction(2), 2), Fraction(1)); assert 'flint' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("deeper", [lambda x: ln(add(x, F(20))), lambda x: root(add(x, F(1)), 2)])
def test_roots_and_logarithms_deep_inside_one_another_are_refused(deeper: Callable[[Real], Real]) -> None:
    def nested(levels: int) -> Real:
        value: Real = F(2)
        for _ in range(levels):
            value = deeper(value)
        return value

    assert compare(nested(25), F(0)) == 1
    with pytest.raises(TooLarge, match="inside one another"):
        nested(200)
