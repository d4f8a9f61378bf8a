"""Rules that differ from year to year: items in force in some years only, points, weights and totals by year."""

from decimal import Decimal
from fractions import Fraction

import pytest

import assessment
from assessment.errors import DataError, RulesError

HEAD = """assessment example for 2019 "Example" {
    authority "Document 1"
    round none
    policies { missing: error; ties: min }
    rank within all
    department office "Office"
    input a in yuan { from office; range >= 0 }
    input b in yuan { from office; range >= 0 }
"""


def item(number, size, name, *, more="", target=10):
    return f"""
    indicator {number} "No. {number}" {size} {{
        by office
        cite "Annex" item 1
        {more}
        score = attain({name}, target: {target} yuan)
    }}
"""


def scored(text, year, a=5, b=2):
    rules = assessment.load(text)
    row = {"甲": {"a": a, "b": b}}
    return rules.evaluate(assessment.read_data({year: row}, rules, period=year), period=year)["甲"]


POINTS = (
    HEAD
    + "total points by year { 2018: 10; 2019: 15; 2020: 12 }"
    + item(1, "points by year { 2018: 10; 2019: 9; 2020: 12 }", "a")
    + item(2, "6 points", "b", more="in force from 2019 to 2019")
    + "}"
)


# a attains 5/10, b attains 2/10: 2018 10 × 1/2; 2019 9 × 1/2 + 6 × 1/5; 2020 12 × 1/2.
@pytest.mark.parametrize(("year", "total"), [(2018, "5"), (2019, "5.7"), (2020, "6")])
def test_points_and_total_by_year(year, total):
    assert scored(POINTS, year).total == Decimal(total)


def test_many_years_in_one_run_each_by_its_own_tree():
    rules = assessment.load(POINTS)
    data = assessment.read_data(
        {year: {"甲": {"a": 5, "b": 2}, "乙": {"a": 4, "b": 10}} for year in (2018, 2019, 2020)}, rules
    )
    run = rules.evaluate(data, periods="all")
    assert [run[year]["甲"].total for year in run.periods] == [5, Decimal("5.7"), 6]
    # 乙: 10 × 2/5; 9 × 2/5 + 6; 12 × 2/5.
    assert [run[year]["乙"].total for year in run.periods] == [4, Decimal("9.6"), Decimal("4.8")]
    assert [run[year]["乙"].rank for year in run.periods] == [2, 1, 2]


def test_what_is_not_in_force_needs_no_data():
    rules = assessment.load(POINTS)
    data = assessment.read_data({2018: {"甲": {"a": 5}}}, rules, period=2018)
    assert rules.evaluate(data, period=2018)["甲"].total == 5
    with pytest.raises(DataError):
        assessment.read_data({2019: {"甲": {"a": 5}}}, rules, period=2019)


def test_a_year_that_no_size_states_is_refused_with_the_years_that_are_stated():
    rules = assessment.load(POINTS)
    data = assessment.read_data({year: {"甲": {"a": 5, "b": 2}} for year in (2019, 2021)}, rules)
    with pytest.raises(DataError) as raised:
        rules.evaluate(data, period=2021)
    assert [one.code for one in raised.value.diagnostics] == ["no-size-for-year"] * 2
    assert "2018, 2019, 2020" in str(raised.value)


def test_weights_by_year():
    text = HEAD.replace("round none\n", "") + (
        "    result index on 0 to 1, published half-up to 3 places, ranked on full\n"
        + item(1, "weight by year { 2018: 1; 2019: 3 }", "a")
        + item(2, "weight 1", "b")
        + "}"
    )
    text = text.replace("    rank within all\n", "")
    # (1/2 + 1/5) / 2 = 7/20; (3 × 1/2 + 1/5) / 4 = 17/40.
    assert scored(text, 2018).exact == Fraction(7, 20)
    assert scored(text, 2019).exact == Fraction(17, 40)


def test_points_close_in_every_year_and_the_finding_names_the_year():
    with pytest.raises(RulesError) as raised:
        assessment.load(POINTS.replace("2019: 9", "2019: 8"))
    (found,) = raised.value.diagnostics
    assert found.code == "points-not-total"
    assert "in 2019" in found.message_text.en
    assert "2019 年" in found.message_text.zh
