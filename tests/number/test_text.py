"""Reading and writing numbers as decimal text."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.number import (
    NumberError,
    TooLarge,
    decimal_places,
    decimal_text,
    exact_text,
    fraction_of_float,
    parse_number,
    read_number,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("12", Fraction(12)),
        ("-3.50", Fraction(-7, 2)),
        ("+2.3", Fraction(23, 10)),
        ("1,234.5", Fraction(12345, 10)),
        ("12,345,678", Fraction(12345678)),
        ("1e3", Fraction(1000)),
        ("2.5E-3", Fraction(1, 400)),
        ("007", Fraction(7)),
        ("1e60", Fraction(10**60)),
        ("9" * 60, Fraction(10**60 - 1)),
    ],
)
def test_decimal_text_is_read_exactly(text: str, value: Fraction) -> None:
    assert parse_number(text) == value
    assert not read_number(text).folded


@pytest.mark.parametrize(
    ("text", "value"),
    [("１２．５", Fraction(25, 2)), ("−3", Fraction(-3)), ("－１", Fraction(-1)), ("＋2", Fraction(2))],
)
def test_full_width_text_is_folded_and_said_to_be(text: str, value: Fraction) -> None:
    read = read_number(text)
    assert read.value == value
    assert read.folded


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "12 ",
        "1,23",
        "12,34,567",
        ",123",
        "1,234,",
        "1,234.5,6",
        "٣",
        "१२",
        "1_000",
        "nan",
        "inf",
        "-Infinity",
        "0x10",
        "1e",
        "e5",
        "1e61",
        "1e-61",
        "1e999999999999",
        ".5",
        "5.",
        "1.2.3",
        "--1",
        "2.3%",
        "１，２３４",
        "½",
        "²",
        "1/3",
        "9" * 61,
        "0." + "1" * 60,
        "1" * 10_000,
        "1" + ",111" * 5000,
        "=1+1",
        "12\n",
        "—",
        "无",
    ],
)
def test_anything_else_is_refused_with_a_reason_in_both_languages(text: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text)
    reason = caught.value.reason
    assert reason.en
    assert reason.zh
    assert reason.en != reason.zh
    assert len(reason.en) < 300
    assert str(caught.value) == reason.en


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,23", "comma"),
        ("nan", "finite"),
        ("٣", "digits other"),
        (".5", "decimal point"),
        (" 1", "blanks"),
        ("1e99", "exponent"),
    ],
)
def test_the_reason_names_the_flaw(text: str, words: str) -> None:
    with pytest.raises(NumberError, match=words):
        parse_number(text)


def test_a_float_is_taken_by_its_shortest_decimal() -> None:
    assert fraction_of_float(0.1) == Fraction(1, 10)
    assert fraction_of_float(59.30) == Fraction(593, 10)
    assert fraction_of_float(1e22) == Fraction(10**22)
    assert fraction_of_float(-0.0) == 0


@pytest.mark.parametrize("x", [float("nan"), float("inf"), float("-inf")])
def test_a_float_that_is_no_number_is_refused(x: float) -> None:
    with pytest.raises(NumberError, match="finite"):
        fraction_of_float(x)


def test_fixed_point_text_keeps_the_places_asked_for() -> None:
    assert decimal_text(Fraction(5), 2) == "5.00"
    assert decimal_text(Fraction(-1, 20), 2) == "-0.05"
    assert decimal_text(Fraction(0), 3) == "0.000"
    assert decimal_text(Fraction(-12), 0) == "-12"


@pytest.mark.parametrize("places", [2, -1])
def test_fixed_point_text_never_loses_digits(places: int) -> None:
    with pytest.raises(ValueError, match="places"):
        decimal_text(Fraction(1, 8), places)


def test_exact_text_is_a_decimal_where_a_short_one_exists() -> None:
    assert exact_text(Fraction(1, 8)) == "0.125"
    assert exact_text(Fraction(-2, 7)) == "-2/7"
    assert exact_text(Fraction(10**40)) == "1" + "0" * 40
    assert exact_text(Fraction(1, 2**40)) == f"1/{2**40}"  # 40 decimal places are not short


def test_exact_text_passes_the_digit_limit_of_python_and_stops_at_its_own() -> None:
    text = exact_text(Fraction(10**9000 + 7))
    assert len(text) == 9001
    assert text.startswith("1000")
    assert text.endswith("0007")
    with pytest.raises(TooLarge):
        exact_text(Fraction(2**300_000))


def test_decimal_places_are_the_fewest_that_suffice() -> None:
    assert decimal_places(Fraction(1, 40)) == 3
    assert decimal_places(Fraction(7)) == 0
    assert decimal_places(Fraction(1, 6)) is None
    assert decimal_places(Fraction(1, 5**20_000)) == 20_000
