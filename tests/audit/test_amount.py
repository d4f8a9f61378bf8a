"""Amounts in words: by kind, in both languages, exact or marked as rounded."""

from fractions import Fraction

import pytest

from assessment import number, units
from assessment.audit.amount import amount_text, decimal_of, digits_before_rounding, equals, exact_text
from assessment.audit.record import Amount
from assessment.core.absence import Absence
from assessment.core.types import Entity, Kind, Type
from assessment.evaluation.facts import UNDECIDED, Value

YUAN = Type(kind=Kind.QUANTITY, unit=units.unit("亿元"))
SHARE = Type(kind=Kind.SHARE)
POINTS = Type(kind=Kind.POINTS)
NUMBER = Type(kind=Kind.NUMBER)
LEVELS = Type(kind=Kind.LEVEL, levels=("好", "较好", "一般"))
ROWS = Type(kind=Kind.NUMBER, entity=Entity.ROW)

SHOWN: list[tuple[Value, Type, str, str]] = [
    (Fraction("10.5"), YUAN, "10.5 亿元", "10.5 亿元"),
    (Fraction(3), Type(kind=Kind.COUNT, unit=units.unit("家")), "3 家", "3 家"),
    (Fraction("0.021"), SHARE, "2.1%", "2.1%"),
    (Fraction("-0.035"), Type(kind=Kind.GROWTH), "-3.5%", "-3.5%"),
    (Fraction(3, 4), Type(kind=Kind.RATE), "75%", "75%"),
    (Fraction("0.001"), Type(kind=Kind.PP), "0.1 个百分点", "0.1 percentage points"),
    (Fraction("0.01"), Type(kind=Kind.PP), "1 个百分点", "1 percentage point"),
    (Fraction(3), POINTS, "3 分", "3 points"),
    (Fraction(1), POINTS, "1 分", "1 point"),
    (Fraction(2), Type(kind=Kind.RANK), "第 2 名", "place 2"),
    (Fraction(1), LEVELS, "较好", "较好"),
    (True, Type(kind=Kind.YESNO), "是", "yes"),
    (False, Type(kind=Kind.YESNO), "否", "no"),
    (Absence.NOT_REPORTED, YUAN, "未报", "not reported"),
    (Absence.NOT_APPLICABLE, POINTS, "不适用", "not applicable"),
    (UNDECIDED, POINTS, "无法确定", "undecided"),
    ((Fraction(92), Fraction("88.5")), ROWS, "92、88.5", "92, 88.5"),
    ((), ROWS, "无", "none"),
    (Fraction(0), POINTS, "0 分", "0 points"),
]


@pytest.mark.parametrize(("value", "type_", "zh", "en"), SHOWN)
def test_amount_is_shown_in_its_unit(value: Value, type_: Type, zh: str, en: str) -> None:
    amount = Amount(value=value, type=type_)
    assert (amount_text(amount, "zh"), amount_text(amount, "en")) == (zh, en)


def test_value_without_a_short_decimal_is_marked_as_rounded() -> None:
    assert amount_text(Amount(value=Fraction(30, 1300), type=SHARE), "en") == "≈2.30769%"


def test_long_but_ending_decimal_of_twelve_digits_is_exact() -> None:
    assert amount_text(Amount(value=Fraction("1234567890.12"), type=YUAN), "zh") == "1234567890.12 亿元"


def test_large_rounded_value_keeps_its_whole_digits_and_two_decimals() -> None:
    # 10000000/3 = 3333333.333…: six significant digits would hide the last whole ones.
    assert amount_text(Amount(value=Fraction(10**7, 3), type=NUMBER), "en") == "≈3333333.33"


def test_exact_is_asked_for_as_a_fraction() -> None:
    assert amount_text(Amount(value=Fraction(1, 3), type=POINTS), "en", exact=True) == "1/3 points"


def test_irrational_value_is_shown_by_certified_digits() -> None:
    # √2 = 1.41421356…
    assert amount_text(Amount(value=number.root(Fraction(2), 2), type=NUMBER), "en") == "≈1.41421"


def test_exact_text_of_an_irrational_value_is_an_enclosure() -> None:
    low, high = exact_text(Amount(value=number.root(Fraction(2), 2), type=NUMBER)).strip("[]").split(", ")
    assert Fraction(low) ** 2 < 2 < Fraction(high) ** 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction("0.023"), "0.023"),
        (Fraction(1, 3), "1/3"),
        (True, "yes"),
        (Absence.UNDEFINED, "undefined"),
        (UNDECIDED, "undecided"),
    ],
)
def test_exact_text_is_the_value_as_kept(value: Value, text: str) -> None:
    assert exact_text(Amount(value=value, type=SHARE)) == text


def test_published_score_keeps_trailing_zeros() -> None:
    assert decimal_of(Amount(value=Fraction("85.3"), type=POINTS), 2) == "85.30"


def test_published_score_that_is_absent_has_no_decimal() -> None:
    assert decimal_of(Amount(value=Absence.WITHHELD, type=POINTS), 2) is None


def test_published_score_is_never_cut() -> None:
    assert decimal_of(Amount(value=Fraction("85.305"), type=POINTS), 2) == "85.305"


def test_amount_that_does_not_end_is_written_as_near_as_can_be() -> None:
    assert decimal_of(Amount(value=Fraction(1, 3), type=POINTS), 2) == "≈0.333333"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(527499999999999, 10**14), "5.27499999999999"),
        (Fraction(5275, 1000) - Fraction(1, 3 * 10**12), "5.2749999999996…"),
        (Fraction("5.275"), "5.275"),
        (Fraction(140, 9), "15.55555…"),
        (Fraction(5275, 1000) + Fraction(1, 3 * 10**7), "5.27500003…"),
        (Fraction(-1, 3), "-0.33333…"),
    ],
)
def test_digits_before_rounding_show_on_which_side_of_the_tie_they_lie(value: Fraction, shown: str) -> None:
    assert digits_before_rounding(value, 2) == shown


def test_rounded_text_follows_an_approximate_sign() -> None:
    assert (equals("≈1.5"), equals("1.5")) == ("≈ 1.5", "= 1.5")
