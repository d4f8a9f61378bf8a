"""`lag 1`: an assessment reads the figure of the year before. Every figure is worked out by hand."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assessment
from assessment.errors import DataError
from assessment.testing import data_for

FILE = """
assessment late for 2018 "Late figures" {{
    authority "Notice 1"
    total 10 points
    round none
    policies {{ missing: {missing}; undefined: zero; all equal: full; not applicable: zero; ties: min; zero base: undefined }}
    rank within all; order total
    department office
    group county {{ East; West; North }}
    {inputs}
    {more}
    indicator 1 "One" 10 points {{ by office; cite "Annex" item 1; score = {score} }}
    {results}
}}
"""
LATE, PROMPT = "input x in yuan { range >= 0; lag 1 }", "input x in yuan { range >= 0 }"


def rules_of(score, inputs=LATE, *, missing="error", more="", results=""):
    return assessment.load(
        FILE.format(score=score, inputs=inputs, missing=missing, more=more, results=results)
    )


def table(years, name="x", regions=("East", "West", "North")):
    """By year, the values of the regions in order."""
    return {
        year: {region: {name: value} for region, value in zip(regions, values, strict=True)}
        for year, values in years.items()
    }


def totals(rules, data, period=None):
    read = assessment.read_data(data, rules, period=period)
    return [one.exact for one in rules.evaluate(read, period=period)]


def test_the_figure_of_the_year_before_is_scored():
    # 3/4, 1/4 and 4/4 of the target, of 10 points; the figures of 2018 are not read.
    data = table({2017: (3, 1, 4), 2018: (0, 0, 0)})
    assert totals(rules_of("attain(x, target: 4 yuan)"), data) == [Fraction("7.5"), Fraction("2.5"), 10]


def test_data_that_end_with_the_year_before_suffice_where_every_input_lags():
    rules = rules_of("attain(x, target: 4 yuan)")
    assert totals(rules, table({2017: (3, 1, 4)})) == [Fraction("7.5"), Fraction("2.5"), 10]


def test_the_year_that_is_read_is_the_one_that_is_missed():
    rules = rules_of("attain(x, target: 4 yuan)")
    with pytest.raises(DataError) as refused:
        assessment.read_data(table({2018: (3, 1, 4)}), rules)
    assert [one.code for one in refused.value.diagnostics] == ["data-missing-period"]
    assert "2017" in refused.value.diagnostics[0].message
    data = assessment.read_data(table({2017: (3, 1, 4)}), rules)
    with pytest.raises(DataError) as refused:
        rules.evaluate(data, period=2019)
    assert [one.code for one in refused.value.diagnostics] == ["data-missing-period"]
    assert "2018" in refused.value.diagnostics[0].message


def test_an_input_without_a_lag_still_needs_the_assessed_year():
    inputs = LATE + "\n    input y in yuan { range >= 0 }"
    rules = rules_of("attain(x + y, target: 4 yuan)", inputs)
    with pytest.raises(DataError) as refused:
        assessment.read_data(table({2017: (3, 1, 4)}), rules)
    assert [one.code for one in refused.value.diagnostics] == ["data-missing-period"]
    both = {
        2017: {"East": {"x": 1}, "West": {"x": 2}, "North": {"x": 0}},
        2018: {"East": {"y": 3}, "West": {"y": 0}, "North": {"y": 1}},
    }
    assert totals(rules, both) == [10, 5, Fraction("2.5")]


@pytest.mark.parametrize(
    ("score", "years", "expected"),
    [
        # 2017 over 2016: 10 %, 0 % and −50 %; of a target of 20 % that is 1/2, 0 and nothing.
        ("attain(growth(x), target: 20%)", {2016: (10, 5, 8), 2017: (11, 5, 4)}, [5, 0, 0]),
        # 2017 less 2016, of 2 yuan
        ("attain(increase(x), target: 2 yuan)", {2016: (10, 5, 8), 2017: (11, 9, 8)}, [5, 10, 0]),
        # a shift of it: the figure of 2016
        ("attain(x[-1], target: 10 yuan)", {2016: (10, 5, 8), 2017: (0, 0, 0)}, [10, 5, 8]),
        # the mean of the figures of 2017, 2016 and 2015: 4, 2 and 0, of 8
        (
            "attain(mean_over_periods(x, periods: 3, current: yes, missing: skip, least: 3), target: 8 yuan)",
            {2015: (2, 1, 0), 2016: (4, 2, 0), 2017: (6, 3, 0)},
            [5, Fraction("2.5"), 0],
        ),
        # within the field of 2017: (3 − 1) / (5 − 1) = 1/2
        ("minmax(x, within: all)", {2017: (3, 1, 5)}, [5, 0, 10]),
        # twice the mean of 2017, which is 3, is the target
        (
            "attain(x, target: 2 * mean(x, within: all))",
            {2017: (3, 1, 5)},
            [5, Fraction(5, 3), Fraction(25, 3)],
        ),
    ],
)
def test_whatever_reads_the_input_reads_it_a_year_earlier(score, years, expected):
    assert totals(rules_of(score), table(years)) == expected


values = st.tuples(*[st.integers(0, 40)] * 3)


@given(
    score=st.sampled_from(
        [
            "attain(x, target: 9 yuan)",
            "attain(growth(x), target: 20%)",
            "attain(x[-1] + x, target: 20 yuan)",
            "minmax(x, within: group)",
            "attain(mean_over_periods(x, periods: 2, current: yes, missing: skip, least: 1), target: 9 yuan)",
            "bands(place(x, within: all, ties: min)) { <= 1: 100%; otherwise: 50% }",
        ]
    ),
    lag=st.integers(1, 10),
    earlier=values,
    last=values,
)
def test_a_lag_is_the_same_data_moved_by_so_many_years(score, lag, earlier, last):
    late = rules_of(score, LATE.replace("lag 1", f"lag {lag}"))
    prompt = rules_of(score, PROMPT)
    moved = table({2017 - lag: earlier, 2018 - lag: last})
    assert totals(late, moved) == totals(prompt, table({2017: earlier, 2018: last}))


def test_several_years_in_one_run():
    rules = rules_of("attain(x, target: 10 yuan)")
    data = assessment.read_data(table({2016: (1, 2, 3), 2017: (4, 5, 6)}), rules, periods=[2017, 2018])
    run = rules.evaluate(data, periods=[2017, 2018])
    assert [[one.exact for one in run[year]] for year in (2017, 2018)] == [[1, 2, 3], [4, 5, 6]]
    assert rules.evaluate(data, periods="all").periods == (2017, 2018)


def test_one_year_of_data_is_assessed_as_the_year_after_where_the_rules_name_none():
    rules = assessment.load(
        FILE.format(
            score="attain(x, target: 10 yuan)", inputs=LATE, missing="error", more="", results=""
        ).replace(" for 2018", "")
    )
    data = assessment.read_data(table({2016: (1, 2, 3)}), rules)
    result = rules.evaluate(data)
    assert (result.period, [one.exact for one in result]) == (2017, [1, 2, 3])


def test_a_score_of_the_year_before_reads_the_figure_two_years_back():
    # 2018 by the figures of 2017, its score of 2017 by those of 2016; half of each.
    results = 'result final "Final" = total / 2 + total[-1] / 2 on 0 to 10 points, published full, unranked'
    rules = rules_of("attain(x, target: 10 yuan)", missing="zero", results=results)
    data = assessment.read_data(table({2016: (2, 4, 6), 2017: (4, 8, 10)}), rules)
    assert [one.results["final"].exact for one in rules.evaluate(data)] == [3, 6, 8]


def test_a_score_of_a_year_whose_figures_are_not_held_is_not_reported_whatever_the_policy():
    results = 'result final "Final" = total / 2 + total[-1] / 2 on 0 to 10 points, published full, unranked'
    rules = rules_of("attain(x, target: 10 yuan)", missing="zero", results=results)
    data = assessment.read_data(table({2017: (4, 8, 10)}), rules)
    assert {one.results["final"].status.value for one in rules.evaluate(data)} == {"not reported"}


AWARDS = (
    "input awards events level national, provincial "
    "{{ no rows mean none; lag {lag}; field day date required; field paper text required }}"
)
EVENTS = "events(awards, most: 10 points, once: paper{where}) {{ national: 3 points; provincial: 2 points }}"
# Two rows of the file of 2017; the second event is of the year after.
ROWS = {
    "East": {
        "awards": [
            {"awards": "national", "day": "2017-12-31", "paper": "1"},
            {"awards": "provincial", "day": "2018-01-01", "paper": "2"},
        ]
    },
    "West": {"awards": []},
    "North": {"awards": [{"awards": "provincial", "day": "2017-01-01", "paper": "3"}]},
}


@pytest.mark.parametrize(
    ("where", "expected", "codes"),
    [
        ("", [5, 0, 2], []),
        (", where: day in last year", [3, 0, 2], []),
        (", where: day from 2017-01-01 to 2017-12-31", [3, 0, 2], []),
        # The assessed year is 2018, to which no row of 2017 should belong.
        (", where: day in this year", [2, 0, 0], ["window-outside-year"]),
    ],
)
def test_rows_are_those_of_the_earlier_year_and_this_year_is_the_assessed_one(where, expected, codes):
    rules = rules_of(EVENTS.format(where=where), AWARDS.format(lag=1))
    assert [one.code for one in rules.diagnostics] == codes
    assert totals(rules, {2017: ROWS}) == expected


def test_a_window_beside_the_rows_says_of_which_year_they_are():
    rules = rules_of(EVENTS.format(where=", where: day in last year"), AWARDS.format(lag=2))
    (found,) = rules.diagnostics
    assert found.message == "no day of 2016 meets this condition on `awards.day`"
    assert found.help.en == "the rows are those of 2016, 2 years before the assessed one: write days of 2016"
    assert found.help.zh == "各行属于考核年度前 2 年，即 2016 年：请写 2016 年内的日期"


def test_an_estimate_of_a_late_figure_reads_the_year_before_that():
    # 2017 is not reported for East, so its 4 of 2016 stand for it; West has its own 6.
    more = "estimate x = x[-1] when not reported, outside statistics"
    data = table({2016: (4, 1, 1), 2017: (0, 6, 8)})
    del data[2017]["East"]["x"]
    rules = rules_of("attain(x, target: 8 yuan)", more=more)
    result = rules.evaluate(assessment.read_data(data, rules))
    assert [one.exact for one in result] == [5, Fraction("7.5"), 10]
    assert [one.status for one in result] == ["estimated", "scored", "scored"]
    # Outside statistics: the mean is that of 6 and 8.
    rules = rules_of("attain(mean(x, within: all), target: 14 yuan)", more=more)
    assert totals(rules, data) == [5, 5, 5]


def test_an_estimate_from_another_input_reads_that_of_the_assessed_year():
    inputs = LATE + "\n    input y in yuan { range >= 0 }"
    rules = rules_of(
        "attain(x, target: 8 yuan)", inputs, more="estimate x = y / 2 when not reported, in statistics"
    )
    data = table({2017: (0, 6, 8)})
    del data[2017]["East"]["x"]
    data[2018] = {"East": {"y": 8}, "West": {"y": 1}, "North": {"y": 1}}
    assert totals(rules, data) == [5, Fraction("7.5"), 10]


def test_a_target_is_that_of_the_assessed_year():
    # the figure of 2017 against the target of 2018
    rules = rules_of("attain(x, target: target(x))", more="targets all x { 2017: 100 yuan; 2018: 8 yuan }")
    assert totals(rules, table({2017: (4, 6, 8)})) == [5, Fraction("7.5"), 10]


def test_what_a_missing_figure_counts_as_is_of_the_year_that_is_read():
    rules = rules_of(
        "attain(x, target: 8 yuan)", "input x in yuan { range >= 0; lag 1; missing counts as 2 yuan }"
    )
    data = table({2017: (0, 6, 8)})
    del data[2017]["East"]["x"]
    assert totals(rules, data) == [Fraction("2.5"), Fraction("7.5"), 10]


def test_a_missing_figure_is_named_with_the_year_that_is_read():
    rules = rules_of("attain(x, target: 8 yuan)")
    data = table({2017: (1, "未报", 8)})
    with pytest.raises(DataError) as refused:
        assessment.read_data(data, rules)
    (found,) = refused.value.diagnostics
    assert (found.code, "2017" in found.message, "`West`" in found.message) == ("data-missing", True, True)


@settings(max_examples=20)
@given(st.data())
def test_drawn_data_hold_the_years_that_late_inputs_are_read_of(data):
    rules = rules_of("attain(x[-1] + 2 * growth(x) * 1 yuan, target: 9 yuan)", LATE.replace("lag 1", "lag 3"))
    drawn = data.draw(data_for(rules, absent=False))
    assert {2014, 2015} <= set(drawn.periods)
    assert [one.status for one in rules.evaluate(drawn)] == ["scored"] * 3


def test_the_cell_is_told_with_its_year_and_the_lag_in_both_languages():
    rules = rules_of("attain(x, target: 8 yuan)")
    east = rules.evaluate(assessment.read_data(table({2017: (4, 6, 8)}), rules))["East"]
    assert "x (2017) [lag 1]: 4 yuan, from sheet 2017" in str(east.explain(lang="en"))
    assert "x（2017 年）（滞后 1 年）：4 yuan，取自" in str(east.explain(lang="zh"))
