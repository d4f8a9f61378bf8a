"""The worked figures of practice on efficacy, normalisation and growth, from the text of a rule file to the score.

Sources are the sections of the catalogue of methods: 2.2 (功效系数法), 2.3 (极差标准化), 2.8 (增幅, 增量, 贡献).
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

import assessment
from assessment.core.absence import Absence
from assessment.result import Result

COUNTIES = dict(zip("ABCDEFGHIJ", (38, 21, 17, 14, 12, 12, 9, 7, 6, 4), strict=True))


def evaluated(
    inputs: str,
    formulas: list[str],
    data: Mapping[Any, Any],
    *,
    missing: str = "zero",
    undefined: str = "not computed",
    together: bool = False,
) -> Result:
    """Indicators of 100 points with these formulas over the data by year, `together` in one category or each in its own."""
    each = [
        f'indicator {place} "I" 100 points {{ by office cite "a" score = {text} }}'
        for place, text in enumerate(formulas, start=1)
    ]
    categories = ["\n".join(each)] if together else each
    indicators = "\n".join(f'category c{place} "C" {{ {text} }}' for place, text in enumerate(categories))
    text = f"""assessment practice for 2018 "Practice" {{
        authority "None"
        total {100 * len(formulas)} points
        round total half-up to 2 places
        compare full
        policies {{ missing: {missing}; undefined: {undefined}; zero base: undefined; all equal: half; ties: min }}
        rank within all; order total
        department office "Office"
        {inputs}
        {indicators}
    }}"""
    rules = assessment.load(text)
    return rules.evaluate(assessment.read_data(data, rules))


def points(result: Result, indicator: int = 1) -> dict[str, Any]:
    """The exact points of an indicator by region."""
    return {one.region: one.indicator(indicator).exact for one in result}


FIRMS = 'input firms "Firms" in 家 { from office; range >= 0 }'


# ── 2.2 efficacy ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_giant_squeezes_all_others_into_sixty_to_eighty():
    data = {2018: {name: {"firms": value} for name, value in COUNTIES.items()}}
    found = points(evaluated(FIRMS, ["efficacy(firms, base: 60%, within: all)"], data))
    assert (found["A"], found["B"], found["J"]) == (100, 80, 60)
    assert all(60 <= found[name] <= 80 for name in "BCDEFGHIJ")


def test_trimmed_bounds_and_roots_spread_them_again():
    """Without the giant the next highest, 21, is the end; with roots 38 and 4 are 6.16 and 2."""
    data = {2018: {name: {"firms": value} for name, value in COUNTIES.items()}}
    trimmed = "maximum(firms, within: all, where: place(firms, within: all) > 1)"
    found = evaluated(
        FIRMS,
        [
            f"efficacy(firms, base: 60%, poor: minimum(firms, within: all), good: {trimmed}, clamp: both)",
            "efficacy(root(firms, index: 2), base: 60%, within: all)",
        ],
        data,
    )
    assert points(found)["A"] == points(found)["B"] == 100
    assert points(found)["C"] == 60 + 40 * Fraction(17 - 4, 21 - 4)
    # 60 + 40 * (sqrt 21 - 2) / (sqrt 38 - 2) = 84.806…
    low, high = points(found, 2)["B"]
    assert Fraction("84.806") < Fraction(low) < Fraction(high) < Fraction("84.807")


TWO = """input x "X" in 家 { from office; range >= 0 }
         input y "Y" in 家 { from office; range >= 0 }"""


@pytest.mark.parametrize(
    ("joining", "expected", "order"),
    [((3, 20), {"A": "83.33", "B": "76.67"}, "AB"), ((40, 3), {"B": "82.11", "A": "74.21"}, "BA")],
)
def test_a_region_that_joins_turns_the_order_of_two_others(joining, expected, order):
    """A=(10, 5), B=(6, 8), C=(2, 2), of equal weights; D decides which of A and B is before the other."""
    cells = {"A": (10, 5), "B": (6, 8), "C": (2, 2), "D": joining}
    data = {2018: {name: {"x": x, "y": y} for name, (x, y) in cells.items()}}
    formulas = [f"efficacy({name}, base: 60%, within: all)" for name in "xy"]
    result = evaluated(TWO, formulas, data)
    means = {one.region: one.exact / 2 for one in result if one.region in expected}
    assert {name: round(mean, 2) for name, mean in means.items()} == {
        name: Fraction(text) for name, text in expected.items()
    }
    assert "".join(one.region for one in result.ranking() if one.region in "AB") == order


# ── 2.3 normalisation, and where its bounds come from ────────────────────────────────────────────────────────────────


def test_the_last_gets_nothing_between_the_ends_of_the_field():
    data = {2018: {name: {"firms": value} for name, value in COUNTIES.items()}}
    found = points(evaluated(FIRMS, ["minmax(firms, within: all)"], data))
    assert (found["A"], found["B"], found["J"]) == (100, 50, 0)


def test_bounds_without_what_lies_beyond_two_standard_deviations():
    """Of 1, 2, …, 9 and 100 the mean is 14.5, the mean square 1028.5, so sd = sqrt 818.25 = 28.6 and the fence is 71.7."""
    values = dict(zip("ABCDEFGHIJ", (*range(1, 10), 100), strict=True))
    data = {2018: {name: {"firms": value} for name, value in values.items()}}
    inside = (
        "firms <= mean(firms, within: all) + 2 * standard_deviation(firms, of: population, within: all) and "
        "firms >= mean(firms, within: all) - 2 * standard_deviation(firms, of: population, within: all)"
    )
    found = points(evaluated(FIRMS, [f"minmax(firms, within: all, where: {inside})"], data))
    assert found == {
        name: min(Fraction(100), Fraction(100 * (value - 1), 8)) for name, value in values.items()
    }


def test_winsorised_bounds_by_percentiles():
    """Of 1 to 9 and 100 the 10 % percentile is at place 1.9, 1.9, and the 90 % one at place 9.1, 9 + 0.1 * 91 = 18.1."""
    values = dict(zip("ABCDEFGHIJ", (*range(1, 10), 100), strict=True))
    data = {2018: {name: {"firms": value} for name, value in values.items()}}
    low, high = (f"percentile(firms, at: {at}, by: inclusive, within: all)" for at in ("10%", "90%"))
    found = points(evaluated(FIRMS, [f"minmax(firms, low: {low}, high: {high}, clamp: both)"], data))
    assert found["A"] == 0
    assert found["J"] == 100
    assert found["E"] == 100 * (5 - Fraction("1.9")) / (Fraction("18.1") - Fraction("1.9"))


YEARS = {
    2016: {"A": {"firms": 10}, "B": {"firms": 2}, "C": {"firms": 4}},
    2017: {"A": {"firms": 12}, "B": {"firms": 5}, "C": {"firms": 6}},
    2018: {"A": {"firms": 14}, "B": {"firms": 8}, "C": {"firms": 9}},
}
PERIODS = "periods: 3, current: yes, missing: skip, least: 1"


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        # this year's field 8 to 14, last year's 5 to 12, the panel's 2 to 14, the best in history before 2018 and zero
        ("minimum(firms, within: all)", "maximum(firms, within: all)", (1, 0, Fraction(1, 6))),
        (
            "minimum(firms, within: all)[-1]",
            "maximum(firms[-1], within: all)",
            (1, Fraction(3, 7), Fraction(4, 7)),
        ),
        (
            f"smallest_over_periods(minimum(firms, within: all), {PERIODS})",
            f"largest_over_periods(maximum(firms, within: all), {PERIODS})",
            (1, Fraction(1, 2), Fraction(7, 12)),
        ),
        (
            "0 家",
            "largest_over_periods(maximum(firms, within: all), periods: 2, current: no, missing: block)",
            (1, Fraction(2, 3), Fraction(3, 4)),
        ),
        ("2 家", "14 家", (1, Fraction(1, 2), Fraction(7, 12))),
    ],
    ids=["this year", "last year", "panel", "history", "fixed"],
)
def test_bounds_by_year_and_by_panel(low, high, expected):
    found = points(evaluated(FIRMS, [f"minmax(firms, low: {low}, high: {high}, clamp: both)"], YEARS))
    assert tuple(found[name] / 100 for name in "ABC") == expected


HDI = """
assessment panel for 2018 "An index with bounds over three years" {
    authority "None"
    result index on 0 to 1, published half-up to 3 places, ranked on rounded
    policies { missing: not computed; undefined: not computed; all equal: full; ties: min }
    input le "Life expectancy" in years { range > 0 }
    input gni "Income per head" in $ { range > 0 }
    let le_low = smallest_over_periods(minimum(le, within: all), periods: 3, current: yes, missing: block)
    let le_high = largest_over_periods(maximum(le, within: all), periods: 3, current: yes, missing: block)
    let gni_low = smallest_over_periods(minimum(gni, within: all), periods: 3, current: yes, missing: block)
    let gni_high = largest_over_periods(maximum(gni, within: all), periods: 3, current: yes, missing: block)
    category health "Health" weight 1 = minmax(le, low: le_low, high: le_high, clamp: both)
    category income "Income" weight 1 = minmax(ln(gni), low: ln(gni_low), high: ln(gni_high), clamp: both)
    join geometric
}
"""


def test_an_index_with_bounds_over_a_panel_of_years():
    """Health runs from 60 to 80 over all years and regions, income from 1000 to 16000, in logarithms."""
    rules = assessment.load(HDI)
    assert rules.checked is not None
    data = {
        2016: {"A": {"le": 60, "gni": 1000}, "B": {"le": 70, "gni": 8000}, "C": {"le": 65, "gni": 2000}},
        2017: {"A": {"le": 62, "gni": 1500}, "B": {"le": 80, "gni": 16000}, "C": {"le": 66, "gni": 2000}},
        2018: {"A": {"le": 65, "gni": 2000}, "B": {"le": 76, "gni": 8000}, "C": {"le": 65, "gni": 4000}},
    }
    result = rules.evaluate(assessment.read_data(data, rules))
    # A: 5/20 and ln 2 / ln 16 = 1/4: the geometric mean is 1/4. B: 16/20 and 3/4: sqrt 0.6. C: 1/4 and 1/2: sqrt 1/8.
    assert result["A"].exact == Fraction(1, 4)
    low, high = map(Fraction, result["B"].exact)
    assert low**2 < Fraction(3, 5) < high**2
    assert [str(result[name].total) for name in "ABC"] == ["0.250", "0.775", "0.354"]
    assert [result[name].rank for name in "ABC"] == [3, 1, 2]


def test_sums_of_z_scores_rank_with_exact_ties():
    """Two indicators with irrational standard deviations; A and B have each other's values and tie, C is behind."""
    data = {
        2018: {
            "A": {"x": 1, "y": 7},
            "B": {"x": 7, "y": 1},
            "C": {"x": 2, "y": 2},
            "D": {"x": 2, "y": 2},
        }
    }
    both = "zscore(x, of: population, within: all) + zscore(y, of: population, within: all)"
    ranks = "by_rank({}, within: all, first: 100%, step: 10%)"
    found = points(evaluated(TWO, [ranks.format(both)], data))
    assert found == {"A": 100, "B": 100, "C": 80, "D": 80}


# ── 2.8 growth in all its kinds ──────────────────────────────────────────────────────────────────────────────────────

SHARE = 'input share "Share" in % { from office }'
LEVEL = 'input gdp "GDP" in 亿元 { from office }'


def test_percentage_points_and_growth_turn_the_order_of_two_counties():
    data = {
        2017: {"A": {"share": "1.0"}, "B": {"share": "3.0"}},
        2018: {"A": {"share": "1.5"}, "B": {"share": "3.6"}},
    }
    result = evaluated(
        SHARE, ["attain(change(share), target: 1 pp)", "attain(growth(share), target: 100%)"], data
    )
    assert points(result, 1) == {"A": 50, "B": 60}
    assert points(result, 2) == {"A": 50, "B": 20}


def test_growth_of_growth_by_steps_of_a_tenth_of_a_percentage_point():
    """From 4 % to 5.05 % are ten whole steps, held to 0.9 of full marks; from 10 % to 0 % is none."""
    data = {
        2016: {"A": {"gdp": 100}, "B": {"gdp": 100}},
        2017: {"A": {"gdp": 104}, "B": {"gdp": 110}},
        2018: {"A": {"gdp": "109.252"}, "B": {"gdp": 110}},  # 104 * 1.0505
    }
    steps = "every(change(growth(gdp)), each: 0.1 pp, gain: 10 points, most: 90 points, counting: whole)"
    found = points(evaluated(LEVEL, [steps], data))
    assert found == {"A": 90, "B": 0}


def test_growth_from_a_low_base_is_capped():
    data = {2017: {"A": {"gdp": 2}, "B": {"gdp": 100}}, 2018: {"A": {"gdp": 7}, "B": {"gdp": 150}}}
    found = points(evaluated(LEVEL, ["attain(smaller(growth(gdp), 100%), target: 200%)"], data))
    assert found == {"A": 50, "B": 25}  # 250 % counts as 100 %; 50 %


def test_contribution_to_the_increase_of_the_group():
    data = {
        2017: {"A": {"gdp": 10}, "B": {"gdp": 10}, "C": {"gdp": 10}},
        2018: {"A": {"gdp": 16}, "B": {"gdp": 13}, "C": {"gdp": 9}},
    }
    kept = "attain(larger(contribution(gdp, within: all, falls: count), 0%), target: 100%)"
    none = "if_undefined(attain(contribution(gdp, within: all, falls: none), target: 100%), value: 20%)"
    result = evaluated(LEVEL, [kept, none], data)
    assert points(result, 1) == {"A": 75, "B": Fraction(75, 2), "C": 0}
    assert points(result, 2) == {"A": 20, "B": 20, "C": 20}


def test_average_growth_is_exact():
    data = {2016: {"A": {"gdp": 100}, "B": {"gdp": 100}}, 2018: {"A": {"gdp": 121}, "B": {"gdp": 144}}}
    found = points(evaluated(LEVEL, ["attain(average_growth(gdp, periods: 2), target: 20%)"], data))
    assert found == {"A": 50, "B": 100}


BASES = {
    2017: {"A": {"gdp": 0}, "B": {"gdp": 100}, "C": {"gdp": 100}, "D": {"gdp": -2}},
    2018: {"A": {"gdp": 5}, "B": {"gdp": 110}, "C": {"gdp": 130}, "D": {"gdp": 1}},
}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # full marks; the mean of the others, (10 % + 30 %) / 2; the level alone; and growth over the size of the base
        ("if_undefined(attain(growth(gdp), target: 40%), value: 100%)", (100, 25, 75, 100)),
        (
            "attain(if_undefined(growth(gdp), value: mean(growth(gdp), within: all)), target: 40%)",
            (50, 25, 75, 50),
        ),
        (
            "if_undefined(attain(growth(gdp), target: 40%), value: attain(gdp, target: 10 亿元))",
            (50, 25, 75, 10),
        ),
        (
            (
                "if_undefined(if_undefined(attain(growth(gdp), target: 300%), "
                "value: attain(increase(gdp) / absolute(gdp[-1]), target: 3)), value: 0%)"
            ),
            (0, Fraction(10, 3), 10, 50),
        ),
    ],
    ids=["full marks", "mean of the group", "level alone", "over the size of the base"],
)
def test_what_stands_in_the_place_of_a_growth_from_zero_or_below(formula, expected):
    found = points(evaluated(LEVEL, [formula], BASES))
    assert tuple(found[name] for name in "ABCD") == expected


def test_what_cannot_be_compared_is_left_to_the_policy_for_undefined():
    """Not comparable: no score for the indicator, or its points go to the other indicators of the category."""
    result = evaluated(LEVEL, ["attain(growth(gdp), target: 40%)"], BASES)
    assert points(result) == {"A": None, "B": 25, "C": 75, "D": None}
    assert [result[name].indicator(1).status for name in "ABCD"] == [
        Absence.UNDEFINED,
        "scored",
        "scored",
        Absence.UNDEFINED,
    ]
    formulas = ["attain(growth(gdp), target: 40%)", "attain(gdp, target: 200 亿元)"]
    result = evaluated(LEVEL, formulas, BASES, undefined="rescale in category", together=True)
    # A's whole 200 points are in the level: 5 / 200 of them; B has 25 for its growth and 110 / 200 of 100 for its level.
    assert (result["A"].exact, result["B"].exact) == (5, 80)


def test_other_absences_are_no_undefined_growth():
    data = {2017: {"A": {"gdp": 100}}, 2018: {"A": {"gdp": Absence.NOT_REPORTED}}}
    formula = "if_undefined(attain(growth(gdp), target: 40%), value: 100%)"
    assert points(evaluated(LEVEL, [formula], data)) == {"A": 0}


def test_a_year_that_may_be_missing_is_not_demanded_of_the_data_and_one_that_may_not_is():
    data = {2016: {"A": {"gdp": 100}}, 2018: {"A": {"gdp": 120}}}
    text = "attain(mean_over_periods(gdp, periods: 3, current: yes, {}), target: 220 亿元)"
    lenient = text.format("missing: skip, least: 2")
    assert points(evaluated(LEVEL, [lenient], data, missing="error")) == {"A": 50}
    with pytest.raises(assessment.DataError, match="2017"):
        evaluated(LEVEL, [text.format("missing: block")], data, missing="error")
    with pytest.raises(assessment.DataError, match="not reported"):
        evaluated(LEVEL, [text.format("missing: skip, least: 3")], data, missing="error")


def test_a_statistic_of_an_earlier_year_is_told_with_its_year():
    result = evaluated(FIRMS, ["attain(firms, target: maximum(firms, within: all)[-1])"], YEARS)
    assert "最大值（2017 年）：全部地区（含本地区，有数据 3 个）最大值为 12 家" in result["A"].explain("zh")
    assert "maximum (2017): the largest value in all regions" in " ".join(result["A"].explain("en").split())


def test_what_cannot_be_proved_is_undecided_for_its_region_alone():
    """(1 + sqrt x)^2 = 1 + x + 2 sqrt x, so both sides are equal; with a factor of ln 3 no proof is known for x = 2."""
    left = "2 * ln(1 + root(x, index: 2)) * ln(y)"
    right = "ln(1 + x / 1 家 + 2 * root(x, index: 2)) * ln(y)"
    data = {2018: {"A": {"x": 2, "y": 3}, "B": {"x": 4, "y": 3}, "C": {"x": 3, "y": 1}}}
    result = evaluated(TWO, [f"meets({left}, target: {right})"], data)
    assert {one.region: one.indicator(1).status for one in result} == {
        "A": "undecided",
        "B": "scored",
        "C": "scored",
    }
    assert (result["B"].exact, result["C"].exact) == (100, 100)
    # A place next to an undecided total would be a guess: nobody is ranked.
    assert [result[name].rank for name in "ABC"] == [None, None, None]


def test_a_method_of_the_file_hands_on_the_name_of_a_region():
    inputs = f"""group county {{ A; B }}
        group city reference {{ City }}
        {SHARE}
        method ahead(m, who) = attain(larger(m - value_of_region(m, region: who), 0 pp), target: 1 pp)"""
    data = {2018: {"A": {"share": 3}, "B": {"share": "2.5"}, "City": {"share": 2}}}
    result = evaluated(inputs, ["ahead(share, City)", "ahead(share, B)"], data)
    assert points(result, 1) == {"A": 100, "B": 50, "City": 0}
    assert points(result, 2) == {"A": 50, "B": 0, "City": 0}
    assert "City的数值为 2%" in result["A"].explain("zh")
    with pytest.raises(assessment.RulesError, match="there is no region `Cty`"):
        evaluated(inputs, ["ahead(share, City)", "ahead(share, Cty)"], data)
