from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.number import Mode, round_real


def test_seventy_two_years_are_four_fifths(bench):
    x = bench.quantity(unit="年")
    found = bench.values("goalposts", {"x": [72, 20, 85, 10, 90]}, x=x, from_=20, to=85)
    assert found == [Fraction(4, 5), 0, 1, 0, 1]


def test_posts_the_other_way_round_say_lower_is_better(bench):
    found = bench.values("goalposts", {"x": [0, 25, 100, 120]}, x=bench.plain(), from_=100, to=0)
    assert found == [1, Fraction(3, 4), 0, 0]


def test_a_logarithmic_scale_counts_ratios(bench):
    # ln(1000 / 10) / ln(100000 / 10) = 2 / 4
    found = bench.values("goalposts", {"x": [1000]}, x=bench.plain(), from_=10, to=100000, on="log")
    assert found == [Fraction(1, 2)]


def test_the_posts_of_a_logarithmic_scale_are_exact_and_zero_needs_no_logarithm(bench):
    cells = {"x": [100, 75000, 0, -5, 100000]}
    found = bench.values("goalposts", cells, x=bench.plain(), from_=100, to=75000, on="log")
    assert found == [0, 1, 0, 0, 1]


def test_an_income_of_the_human_development_report(bench):
    # (ln 64660 - ln 100) / (ln 75000 - ln 100) = 0.977588… (natural logarithms 11.07690, 11.22524, 4.60517)
    (found,) = bench.values("goalposts", {"x": [64660]}, x=bench.plain(), from_=100, to=75000, on="log")
    assert round_real(found, 4, Mode.HALF_UP) == Fraction("0.9776")


def test_equal_posts_are_refused(bench):
    (problem,) = bench.problems("goalposts", x=bench.plain(), from_=5, to=5)
    assert (problem.code, problem.at, problem.also) == ("range-empty", "to", "from")


@pytest.mark.parametrize(("posts", "at"), [({"from_": 0, "to": 5}, "from"), ({"from_": 5, "to": -1}, "to")])
def test_a_post_without_a_logarithm_is_refused(bench, posts, at):
    (problem,) = bench.problems("goalposts", x=bench.plain(), on="log", **posts)
    assert (problem.code, problem.at) == ("argument-kind", at)


def test_equal_posts_from_data_are_undefined(bench):
    cells = {"x": [3, 3], "low": [5, 1], "high": [5, 5]}
    found = bench.values(
        "goalposts", cells, x=bench.plain(), from_=bench.plain("low"), to=bench.plain("high")
    )
    assert found == [Absence.UNDEFINED, Fraction(1, 2)]
