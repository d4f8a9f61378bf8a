"""Arithmetic on units."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.units import (
    DIMENSIONLESS,
    UnitMismatch,
    dimension_text,
    divide,
    factor,
    multiply,
    power,
    same_dimension,
    unit,
)


def test_a_quotient_is_written_with_its_words() -> None:
    per_head = divide(unit("亿元"), unit("万人"))
    assert per_head.text == "亿元/万人"
    assert per_head == unit("亿元/万人")


def test_equal_words_cancel_and_unequal_ones_convert() -> None:
    assert divide(unit("亿元"), unit("亿元")).text == "1"
    assert divide(unit("亿元"), unit("亿元")) == DIMENSIONLESS
    ratio = divide(unit("亿元"), unit("万元"))
    assert ratio.dimension == ()
    assert factor(ratio, DIMENSIONLESS) == 10000
    assert multiply(unit("元/人"), unit("人")).text == "元"


def test_dividing_by_a_quotient_turns_it_over() -> None:
    assert divide(unit("元"), unit("元/人")).text == "人"
    assert divide(DIMENSIONLESS, unit("元/人")).text == "人/元"
    assert divide(DIMENSIONLESS, unit("人")).text == "1/人"


def test_powers_repeat_the_word() -> None:
    assert power(unit("公里"), 2) == unit("平方公里")
    assert power(unit("元/人"), 2).text == "元·元/人/人"
    assert power(unit("元/人"), -1).text == "人/元"
    assert power(unit("元/人"), 0) == DIMENSIONLESS


@pytest.mark.parametrize("n", [17, -17, 10**9])
def test_a_unit_of_too_many_words_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="16 words"):
        power(unit("元"), n)


def test_units_are_equal_by_what_they_measure() -> None:
    assert unit("persons") == unit("人")
    assert unit("度") == unit("千瓦时")
    assert unit("件") != unit("家")
    assert unit("万元") != unit("元")


def test_unlike_units_do_not_convert_and_the_reason_names_both() -> None:
    assert not same_dimension(unit("家"), unit("件"))
    with pytest.raises(UnitMismatch) as caught:
        factor(unit("万家"), unit("件/万人"))
    assert caught.value.reason.en == "`万家` measures 家, `件/万人` measures 件/人"
    assert caught.value.reason.zh == "`万家` 的量纲是 家，`件/万人` 的量纲是 件/人"


def test_money_converts_into_no_other_money() -> None:
    with pytest.raises(UnitMismatch):
        factor(unit("$"), unit("PPP$"))


def test_a_dimension_is_written_in_base_words() -> None:
    assert dimension_text(unit("吨/公顷").dimension) == "克/米/米"
    assert dimension_text(()) == "1"
    assert factor(unit("吨/公顷"), unit("千克/平方米")) == Fraction(1, 10)
