"""Tables by year and targets that say nothing of a year which a score rests on: a fault, never *not applicable* in silence."""

from fractions import Fraction

import pytest

import assessment
from assessment.errors import DataError, RulesError

FILE = """
assessment years {head} "Years" {{
    authority "Notice 1"
    total 10 points
    round none
    policies {{ missing: error; not applicable: full; undefined: zero; zero base: undefined }}
    unranked
    department office
    group county {{ East; West }}
    group zone {{ Park }}
    {tables}
    input x in yuan {{ range >= 0 }}
    {more}
    indicator 1 "One" 10 points {{ by office; cite "Annex" item 1; {score} }}
}}
"""
RATES = "table rates by year { 2018: 5 yuan; 2019: 6 yuan; 2021: 8 yuan }"
TARGETS = "targets county x { 2018: 4 yuan; 2019: 5 yuan }\n targets zone x { 2018: 4 yuan }"
DATA = {year: {"East": {"x": 2}, "West": {"x": 3}, "Park": {"x": 4}} for year in range(2016, 2020)}


def run(score, year, *, tables=RATES, head="for 2018", more="", data=DATA):
    rules = assessment.load(
        FILE.format(
            head=head, tables=tables, more=more, score=score if "applies" in score else f"score = {score}"
        )
    )
    result = rules.evaluate(assessment.read_data(data, rules, period=year), period=year)
    return [one.exact for one in result]


def fault(*args, **more):
    with pytest.raises(DataError) as refused:
        run(*args, **more)
    (found,) = refused.value.diagnostics
    assert found.code == "no-entry-for-year"
    return found


@pytest.mark.parametrize(
    ("score", "year", "named"),
    [
        ("attain(x, target: entry(rates))", 2017, "2017"),  # the year before the first
        ("attain(growth(x / entry(rates)), target: 10%)", 2018, "2017"),  # that of the base
        (
            "attain(mean(x / entry(rates), within: all), target: 1)",
            2017,
            "2017",
        ),  # inside a mean of the field
    ],
)
def test_a_table_without_the_year_is_named_with_the_years_that_it_has(score, year, named):
    found = fault(score, year)
    assert found.message == f"`entry(rates)` is read for {named}, and nothing is stated of that year"
    assert found.message_text.zh == f"规则需要 {named} 年的 `entry(rates)`，而该年度未作规定"
    assert found.help.en == f"it is stated for 2018, 2019 and 2021: add {named}, or assess another year"
    assert found.help.zh == f"已规定 2018、2019、2021 年：请补充 {named} 年，或考核其他年度"
    assert found.span.text == "entry(rates)"


def test_many_years_in_a_row_are_named_by_their_ends():
    tables = "table rates by year { 2018: 5 yuan; 2019: 6 yuan; 2020: 7 yuan; 2021: 8 yuan }"
    found = fault("attain(x, target: entry(rates))", 2017, tables=tables)
    assert found.help.en.startswith("it is stated for 2018 to 2021:")


def test_the_stated_years_are_scored():
    # 2, 3 and 4 of 6 yuan, of 10 points
    assert run("attain(x, target: entry(rates))", 2019) == [Fraction(10, 3), 5, Fraction(20, 3)]


def test_a_target_of_some_groups_only_is_missed_by_the_others():
    found = fault("attain(x, target: target(x))", 2019, tables=TARGETS)
    assert found.message == "`target(x)` is read for 2019, and nothing is stated for `zone` of that year"
    assert found.help.en == "it is stated for 2018: add 2019, or assess another year"


def test_a_group_to_which_the_indicator_does_not_apply_needs_no_target():
    # 2 and 3 of 5 yuan; what does not apply has full points by the policy of the file.
    assert run("applies to county; score = attain(x, target: target(x))", 2019, tables=TARGETS) == [4, 6, 10]


def test_a_branch_that_is_not_taken_reads_nothing():
    # The condition holds for nobody, then for Park, whose 4 yuan lie above 3.
    score = "decide {{ x > {}: attain(x, target: entry(rates)) * 10 points; otherwise: attain(x, target: 4 yuan) * 10 points }}"
    assert run(score.format("4 yuan"), 2017) == [5, Fraction("7.5"), 10]
    assert "2017" in fault(score.format("3 yuan"), 2017).message


def test_an_estimate_that_is_not_needed_reads_nothing():
    more = "estimate x = entry(rates) when not reported, in statistics"
    assert run("attain(x, target: 4 yuan)", 2017, more=more) == [5, Fraction("7.5"), 10]
    lacking = {2017: {"East": {"x": 2}, "West": {}, "Park": {"x": 4}}}
    assert "2017" in fault("attain(x, target: 4 yuan)", 2017, more=more, data=lacking).message


def test_a_year_whose_figure_is_missing_anyway_is_not_looked_up():
    # The mean of 2018 alone, since 2017 has no figures: 2/5, 3/5 and 4/5 of 1.
    score = "attain(mean_over_periods(x / entry(rates), periods: 2, current: yes, missing: skip, least: 1), target: 1)"
    assert run(score, 2018, data={2018: DATA[2018]}) == [4, 6, 8]


def test_a_year_of_which_there_are_no_scores_is_not_looked_up():
    more = 'result both "Both" = total / 2 + total[-1] / 2 on 0 to 10 points, published full, unranked'
    only = {2018: DATA[2018]}
    assert run("attain(x, target: entry(rates))", 2018, more=more, data=only) == [4, 6, 8]
    assert "2017" in fault("attain(x, target: entry(rates))", 2018, more=more).message


def test_several_years_are_each_reported_once():
    rules = assessment.load(
        FILE.format(head="for 2018", tables=RATES, more="", score="score = attain(x, target: entry(rates))")
    )
    data = assessment.read_data(DATA, rules)
    with pytest.raises(DataError) as refused:
        rules.evaluate(data, periods="all")
    assert [one.message.split("for ")[1][:4] for one in refused.value.diagnostics] == ["2016", "2017"]


def test_targets_in_a_file_without_a_year_are_checked_for_the_groups_alone():
    score = "attain(x, target: target(x))"
    assert run(score, 2018, tables=TARGETS, head="") == [5, Fraction("7.5"), 10]
    assert "2016" in fault(score, 2016, tables="targets all x { 2018: 4 yuan }", head="").message
    with pytest.raises(RulesError) as refused:
        run(score, 2018, tables="targets county x { 2018: 4 yuan }", head="")
    (found,) = refused.value.diagnostics
    assert (found.code, found.message) == ("target-missing", "`x` has no target in `zone`")
    assert found.message_text.zh == "`x` 没有 `zone` 的目标"
