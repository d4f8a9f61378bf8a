"""Scores that formulas read: rounded or full, as rate or place, of earlier years; every figure is worked by hand beside it."""

from decimal import Decimal
from fractions import Fraction

import pytest

import assessment
from assessment.core.absence import Absence
from assessment.errors import DataError, RulesError

HEAD = """assessment t.readings for 2018 "T" {{
    authority "none"
    total 10 points
    round {round}
    compare {compare}
    policies {{ {policies} }}
    rank within all; order total
    input a in number {{ range 0 to 10 }}
    input b in number {{ range 0 to 10 }}
    {lets}
    {tree}
}}"""
DEFAULTS = {
    "round": "indicator half-up to 0 places; total half-up to 0 places",
    "compare": "rounded",
    "policies": "missing: zero; undefined: zero; not applicable: zero; ties: min",
    "lets": "",
}


def run(tree, years, **changes):
    rules = assessment.load(HEAD.format(**{**DEFAULTS, **changes, "tree": tree}))
    return rules.evaluate(assessment.read_data(years, rules))


def exact(result, path="total"):
    return {one.region: one.lines[path].exact.value for one in result}


TWO = "indicator 1 6 points = a * 0.6 points\n indicator 2 4 points = {formula}"


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        # a = 4: indicator 1 is 2.4 in full and 2 as rounded, of 6 points.
        ("indicator 1 full", Fraction("2.4")),
        ("indicator 1 rounded", Fraction(2)),
        ("indicator 1 score rounded", Fraction(2)),
        ("indicator 1 rate full * 4 points", Fraction("1.6")),
        ("indicator 1 rate rounded * 4 points", Fraction(4, 3)),
    ],
)
def test_a_formula_reads_the_value_that_it_names(reading, expected):
    result = run(TWO.format(formula=reading), {2018: {"R": {"a": 4, "b": 0}}})
    assert exact(result, "indicator 2") == {"R": expected}


def test_chinese_readings_give_the_same_as_english_ones():
    tree = "指标 1 6 分 = a * 0.6 分\n 指标 2 4 分 = 指标 1 得分率 修约值 * 4 分"
    assert exact(run(tree, {2018: {"R": {"a": 4}}}), "indicator 2") == {"R": Fraction(4, 3)}


def test_a_part_is_read_by_its_name_behind_the_number():
    tree = """indicator 1 6 points { part x 2 points = a * 0.2 points
        part y 4 points = indicator 1.x rate * 0.5 }
        indicator 2 4 points = b * 0.4 points"""
    # x is 5 × 0.2 = 1 of 2 points, a rate of 1/2; y is 4 × 1/4 = 1.
    assert exact(run(tree, {2018: {"R": {"a": 5, "b": 0}}}), "indicator 1.y") == {"R": 1}


def test_a_score_enters_a_field_statistic_and_a_measure():
    # Indicator 1: 6, 3 and 0 points, mean 3; ahead by 3, 0, -3.
    tree = TWO.format(formula="larger(0 points, smaller(4 points, ahead))")
    lets = "let ahead = indicator 1 full - mean(indicator 1 full, within: all)"
    data = {2018: {"P": {"a": 10}, "Q": {"a": 5}, "S": {"a": 0}}}
    assert exact(run(tree, data, lets=lets), "indicator 2") == {"P": 3, "Q": 0, "S": 0}


def test_places_are_read_from_the_value_that_is_named():
    # In full 2.52, 2.4 and 1.8; rounded 3, 2 and 2, so that the last two share the second place.
    data = {2018: {"P": {"a": "4.2"}, "Q": {"a": 4}, "S": {"a": 3}}}
    grades = (
        'grade "A" >= 0 points; "B" otherwise\nlimit when indicator 1 rank {taken} > 2: grade at most "B"'
    )
    simple = TWO.format(formula="b * 0.4 points")
    by_full = run(simple + "\n" + grades.format(taken="full"), data)
    by_rounded = run(simple + "\n" + grades.format(taken="rounded"), data)
    assert [one.grade for one in by_full] == ["A", "A", "B"]
    assert [one.grade for one in by_rounded] == ["A", "A", "A"]


def test_total_rank_in_a_condition_is_the_published_rank():
    tree = (
        TWO.format(formula="b * 0.4 points")
        + """
        grade "A" >= 0 points; "B" otherwise
        limit when total rank > 1: grade at most "B" """
    )
    # Totals 6.0 and 6.4 are both 6 when rounded and share place 1; 3.0 is behind them.
    data = {2018: {"P": {"a": 10, "b": 0}, "Q": {"a": 4, "b": 10}, "S": {"a": 5, "b": 0}}}
    result = run(tree, data)
    assert [(one.rank, one.grade) for one in result] == [(1, "A"), (1, "A"), (3, "B")]


EARLIER = """indicator 1 10 points = a * 1 point
    grade "up" >= 0 points; "down" otherwise
    limit when moved < 0 points: grade at most "down" """


def test_an_earlier_score_is_computed_from_the_data_of_its_year():
    lets = "let moved = total full - total full[-1]"
    result = run(
        EARLIER, {2017: {"P": {"a": 5}, "Q": {"a": 5}}, 2018: {"P": {"a": 5}, "Q": {"a": 4}}}, lets=lets
    )
    assert [one.grade for one in result] == ["up", "down"]


def test_an_earlier_score_of_a_year_that_the_data_do_not_hold_is_not_reported():
    # With `missing: zero` every value of 2017 would be worth zero; the year is not there at all.
    tree = 'indicator 1 10 points = a * 1 point\n grade "known" >= 0 points; "open" otherwise\n'
    limit = 'limit when unreported total full[-1]: grade at most "open"'
    without = run(tree + limit, {2018: {"P": {"a": 5}}})
    held = run(tree + limit, {2017: {"Q": {"a": 1}}, 2018: {"P": {"a": 5}}})
    assert [one.grade for one in without] == ["open"]
    assert {one.region: one.grade for one in held}["P"] == "known"


def test_an_absent_score_of_an_earlier_year_is_told_with_its_year():
    rules = "missing: error; ties: min"
    tree = "indicator 1 6 points = a * 0.6 points\n indicator 2 4 points = smaller(4 points, key)"
    text = HEAD.format(
        **{**DEFAULTS, "policies": rules, "tree": tree, "lets": "let key = indicator 1 full[-1]"}
    )
    checked = assessment.load(text)
    with pytest.raises(DataError) as raised:
        checked.evaluate(assessment.read_data({2018: {"P": {"a": 5, "b": 1}}}, checked))
    (found,) = raised.value.diagnostics
    assert found.code == "undefined-score"
    assert "indicator 1 full" in found.message
    assert "2017" in found.message


def test_what_is_absent_because_a_score_is_is_reported_once():
    rules = "missing: error; ties: min"
    tree = "indicator 1 6 points = (a + b) * 0.3 points\n indicator 2 4 points = smaller(4 points, indicator 1 full)"
    text = HEAD.format(**{**DEFAULTS, "policies": rules, "tree": tree})
    checked = assessment.load(text)
    data = assessment.read_data({2018: {"P": {"a": 1, "b": "保密"}}}, checked)
    with pytest.raises(DataError) as raised:
        checked.evaluate(data)
    assert [found.code for found in raised.value.diagnostics] == ["data-missing"]


def test_breakdown_names_the_score_that_a_step_reads_and_does_not_tell_it_again():
    result = run(TWO.format(formula="indicator 1 rate full * 4 points"), {2018: {"R": {"a": 4}}})
    line = result["R"].lines["indicator 2"]
    (read,) = line.steps[0].ingredients
    assert (read.name, read.step, read.amount.value) == (
        "indicator 1 rate full",
        "indicator 1",
        Fraction(2, 5),
    )
    assert [step.name for step in line.steps] == ["measure", "points", "rounding"]
    assert "indicator 1 (rate) × 4 points = 40% × 4 points = 1.6 points" in result["R"].explain("en")


def test_a_breakdown_with_readings_is_valid_json():
    result = run(TWO.format(formula="indicator 1 rate full * 4 points"), {2018: {"R": {"a": 4}}})
    assert result.to_json()["regions"]


def test_published_totals_are_those_of_the_formulas_read():
    result = run(TWO.format(formula="indicator 1 rounded"), {2018: {"R": {"a": 4}}})
    assert result["R"].total == Decimal(4)  # 2.4 + 2 = 4.4


@pytest.mark.parametrize(
    ("formula", "chain"),
    [
        ("smaller(4 points, total full)", "indicator 2 needs total needs indicator 2"),
        ("smaller(4 points, m)", "indicator 2 needs `m` needs total needs indicator 2"),
        ("smaller(4 points, indicator 3 full)", "indicator 2 needs indicator 3 needs indicator 2"),
    ],
)
def test_a_cycle_is_told_as_a_chain(formula, chain):
    tree = f"""indicator 1 2 points = a * 0.2 points
        indicator 2 4 points = {formula}
        indicator 3 4 points = indicator 2 full"""
    with pytest.raises(RulesError) as raised:
        run(tree, {}, lets="let m = total full")
    (found,) = [one for one in raised.value.diagnostics if one.code == "cycle"]
    assert chain in found.message


def test_absence_of_a_score_that_is_read_is_the_absence_of_what_reads_it():
    tree = """indicator 1 6 points { not applicable to all when b > 5 -> not computed
        score = a * 0.6 points }
        indicator 2 4 points = smaller(4 points, indicator 1 full)"""
    result = run(
        tree,
        {2018: {"R": {"a": 4, "b": 6}}},
        policies="missing: zero; undefined: zero; not applicable: not computed; ties: min",
    )
    assert result["R"].lines["indicator 2"].status is Absence.NOT_APPLICABLE
