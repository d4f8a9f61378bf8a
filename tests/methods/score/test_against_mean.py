from fractions import Fraction

import pytest

from assessment.core.absence import Absence

TERMS = {"base": 6, "gain": "0.5", "floor": 0, "ceiling": 8}


def found(bench, values, *, every="5%", counting="line", mean="40%"):
    x = bench.share()
    return bench.values(
        "against_mean", {"x": values}, x=x, mean=mean, every=every, counting=counting, **TERMS
    )


def test_the_mean_earns_the_basic_score(bench):
    assert found(bench, ["40%"]) == [6]


def test_five_percent_is_a_share_of_the_mean(bench):
    # 46 % is 15 % above 40 %: 3 steps, 1.5 points; 42 % is one step above it.
    assert found(bench, ["46%", "42%", "38%"]) == [Fraction("7.5"), Fraction("6.5"), Fraction("5.5")]


def test_five_percentage_points_are_a_difference(bench):
    # 46 % is 6 pp above 40 %: 1.2 steps, 0.6 points.
    assert found(bench, ["46%", "35%"], every="5pp") == [Fraction("6.6"), Fraction("5.5")]


@pytest.mark.parametrize(
    ("counting", "above", "below"),
    [("line", "7.75", "4.25"), ("whole", "7.5", "4.5"), ("started", "8", "4")],
)
def test_an_incomplete_step_counts_as_the_file_says(bench, counting, above, below):
    # 47 % and 33 % are 17.5 % above and below: 3.5 steps.
    assert found(bench, ["47%", "33%"], counting=counting) == [Fraction(above), Fraction(below)]


def test_whole_steps_exactly_on_the_edge_count_in_full(bench):
    for counting in ("line", "whole", "started"):
        assert found(bench, ["46%", "34%"], counting=counting) == [Fraction("7.5"), Fraction("4.5")]


def test_floor_and_ceiling_hold(bench):
    assert found(bench, ["100%", "0%"]) == [8, 0]


def test_a_mean_of_zero_is_undefined_for_a_share_of_it_only(bench):
    assert found(bench, ["1%"], mean="0%") == [Absence.UNDEFINED]
    assert found(bench, ["5%"], mean="0%", every="5pp") == [Fraction("6.5")]


@pytest.mark.parametrize("every", ["0%", "-5%", "0pp"])
def test_a_step_without_size_is_refused(bench, every):
    x = bench.share()
    codes = bench.codes("against_mean", x=x, mean="40%", every=every, counting="line", **TERMS)
    assert codes == ["step-without-size"]


def test_a_floor_above_the_ceiling_is_refused(bench):
    terms = TERMS | {"floor": 9}
    (problem,) = bench.problems(
        "against_mean", x=bench.share(), mean="40%", every="5%", counting="line", **terms
    )
    assert (problem.code, problem.at, problem.also) == ("floor-above-cap", "floor", "ceiling")


def test_what_an_incomplete_step_counts_has_no_default(bench):
    counting = next(p for p in bench.method("against_mean").parameters if p.en == "counting")
    assert counting.default is None
    assert not counting.optional
