from fractions import Fraction

import pytest

from assessment.core.absence import Absence


def panel(bench):
    return bench.ratings(low=0, high=100)


def test_the_mean_of_all_raters_is_a_share_of_the_scale(bench):
    assert bench.values("ratings", {"x": [(80, 90)]}, rows=panel(bench)) == [Fraction(85, 100)]


def test_the_highest_and_the_lowest_are_left_out(bench):
    # The mean of 90, 88 and 85 is 263 / 3.
    found = bench.values("ratings", {"x": [(95, 90, 88, 85, 60)]}, rows=panel(bench), drop=1)
    assert found == [Fraction(263, 300)]


@pytest.mark.parametrize("order", [(95, 95, 60), (60, 95, 95), (95, 60, 95)])
def test_of_equal_highest_scores_one_is_left_out(bench, order):
    assert bench.values("ratings", {"x": [order]}, rows=panel(bench), drop=1) == [Fraction(95, 100)]


def test_equal_scores_keep_their_mean(bench):
    assert bench.values("ratings", {"x": [(80, 80, 80)]}, rows=panel(bench), drop=1) == [Fraction(4, 5)]
    assert bench.values("ratings", {"x": [(90, 80, 80, 80, 70)]}, rows=panel(bench), drop=2) == [
        Fraction(4, 5)
    ]


def test_too_few_raters_are_undefined(bench):
    cells = {"x": [(80, 90), (80, 90, 100), (80, 90, Absence.NOT_REPORTED)]}
    found = bench.values("ratings", cells, rows=panel(bench), drop=1)
    assert found == [Absence.UNDEFINED, Fraction(9, 10), Absence.UNDEFINED]


def test_the_least_number_of_raters_may_be_higher(bench):
    found = bench.values("ratings", {"x": [(80, 90, 100)]}, rows=panel(bench), drop=1, least=5)
    assert found == [Absence.UNDEFINED]


def test_an_absent_rater_does_not_count(bench):
    found = bench.values("ratings", {"x": [(80, Absence.NOT_REPORTED, 90)]}, rows=panel(bench))
    assert found == [Fraction(85, 100)]


def test_no_ratings_at_all_stay_missing(bench):
    assert bench.values("ratings", {"x": [Absence.NOT_REPORTED]}, rows=panel(bench)) == [Absence.NOT_REPORTED]
    assert bench.values("ratings", {"x": [()]}, rows=panel(bench)) == [Absence.UNDEFINED]


def test_a_scale_that_does_not_begin_at_zero(bench):
    found = bench.values("ratings", {"x": [(3,), (5,), (1,)]}, rows=bench.ratings(low=1, high=5))
    assert found == [Fraction(1, 2), 1, 0]


def test_ratings_without_a_scale_are_refused(bench):
    assert bench.codes("ratings", rows=bench.ratings()) == ["judged-without-range"]


def test_events_are_no_ratings(bench):
    assert bench.codes("ratings", rows=bench.events(("a", "b"))) == ["argument-kind"]


def test_raters_must_be_left_over(bench):
    (problem,) = bench.problems("ratings", rows=panel(bench), drop=2, least=4)
    assert (problem.code, problem.at, problem.also) == ("argument-kind", "least", "drop")


def test_the_sentence_names_how_many_were_left_out(bench):
    said = bench.method("ratings").say(bench.call("ratings", rows=panel(bench), drop=1))
    assert "去掉 1 个最高分和 1 个最低分" in said.zh
