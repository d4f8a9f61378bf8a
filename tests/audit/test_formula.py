"""A formula as written becomes words and numbers."""

from fractions import Fraction

import pytest

from assessment import units
from assessment.audit.formula import conversions, written
from assessment.audit.record import Amount, Ingredient
from assessment.core.types import Kind, Type
from assessment.diagnostics.bilingual import Text


def value(
    name: str, title: str, number: str, unit: str = "亿元", period: int = 2018, step: str | None = None
) -> Ingredient:
    amount = Amount(value=Fraction(number), type=Type(kind=Kind.QUANTITY, unit=units.unit(unit)))
    return Ingredient(name=name, title=Text.same(title), amount=amount, period=period, step=step)


RD, GDP = value("研发经费", "R&D经费支出", "10.5"), value("gdp", "生产总值", "500")


@pytest.mark.parametrize(
    ("formula", "words", "numbers"),
    [
        ("研发经费 / gdp", "R&D经费支出 ÷ 生产总值", "10.5 亿元 ÷ 500 亿元"),
        ("研发经费/gdp*2", "R&D经费支出 ÷ 生产总值 × 2", "10.5 亿元 ÷ 500 亿元 × 2"),
        (
            "（研发经费 + 12亿元）/ GDP",
            "(R&D经费支出 + 12亿元) ÷ 生产总值",
            "(10.5 亿元 + 12亿元) ÷ 500 亿元",
        ),
        ("研发经费 / 12 亿元", "R&D经费支出 ÷ 12 亿元", "10.5 亿元 ÷ 12 亿元"),
        ("6 件/万人 * gdp", "6 件/万人 × 生产总值", "6 件/万人 × 500 亿元"),
        ("12亿元/gdp", "12亿元 ÷ 生产总值", "12亿元 ÷ 500 亿元"),
        ("2.3% * gdp", "2.3% × 生产总值", "2.3% × 500 亿元"),
        ("未知 - gdp", "未知 - 生产总值", "未知 - 500 亿元"),
        ("", "", ""),
    ],
)
def test_formula_reads_in_words_and_in_numbers(formula: str, words: str, numbers: str) -> None:
    found = written(formula, (RD, GDP), "zh", period=2018)
    assert (found.words, found.numbers) == (words, numbers)


def test_earlier_year_is_named_with_its_title() -> None:
    before = value("gdp", "生产总值", "480", period=2017)
    found = written("gdp - gdp[-1]", (GDP, before), "zh", period=2018)
    assert (found.words, found.numbers) == ("生产总值 - 生产总值（2017 年）", "500 亿元 - 480 亿元")


def test_call_is_shown_by_the_value_of_its_step() -> None:
    call = Ingredient(
        name="growth",
        title=Text(en="growth", zh="增速"),
        amount=Amount(value=Fraction(1, 20), type=Type(kind=Kind.GROWTH)),
        period=2018,
        step="indicator 1/1",
    )
    found = written("增速（gdp） * 2", (call,), "zh", period=2018)
    assert (found.words, found.numbers) == ("增速（gdp） × 2", "5% × 2")


def test_negative_value_stands_in_brackets() -> None:
    assert (
        written("gdp + x", (GDP, value("x", "净额", "-3")), "zh", period=2018).numbers
        == "500 亿元 + (-3 亿元)"
    )


def test_ingredient_that_the_text_does_not_name_is_kept() -> None:
    assert written("gdp", (RD, GDP), "zh", period=2018).unused == (RD,)


def test_units_of_one_dimension_come_with_their_conversion() -> None:
    assert conversions((GDP, value("x", "x", "3", unit="万元"))) == ("1 亿元 = 10000 万元",)


def test_brackets_that_never_close_do_no_harm() -> None:
    assert written("growth(gdp", (GDP,), "en", period=2018).words == "growth(生产总值"
