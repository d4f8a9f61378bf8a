from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.core.absence import Absence
from assessment.number import compare, mul, power, root

EIGHT = [2, 4, 4, 4, 5, 5, 7, 9]  # mean 5, population sd 2


def test_standard_deviations_above_the_mean(bench):
    found = bench.values("zscore", {"x": EIGHT}, x=bench.plain(), of="population", within="all")
    assert found == [Fraction(x - 5, 2) for x in EIGHT]


def test_where_lower_is_better_the_sign_turns(bench):
    found = bench.values(
        "zscore", {"x": EIGHT}, x=bench.plain(), of="population", within="all", better="lower"
    )
    assert found == [Fraction(5 - x, 2) for x in EIGHT]


def test_an_irrational_score_is_exact(bench):
    found = bench.values("zscore", {"x": [0, 1, 5]}, x=bench.share(), of="sample", within="all")
    # The mean is 2, the squares 4, 1 and 9 are 14 in all, the sd is sqrt 7: -2 / sqrt 7, whose square is 4/7.
    assert power(found[0], 2) == Fraction(4, 7)
    assert compare(found[0], Fraction(0)) == -1
    assert compare(found[2], mul(Fraction(3, 7), root(Fraction(7), 2))) == 0


@pytest.mark.parametrize("of", ["population", "sample"])
def test_where_all_are_equal_it_is_undefined_and_a_rule_may_say_zero(bench, of):
    cells = {"x": [7, 7, Absence.NOT_REPORTED]}
    node = bench.lower("zscore", x=bench.plain(), of=of, within="all").node
    gone = [Absence.UNDEFINED, Absence.UNDEFINED, Absence.NOT_REPORTED]
    assert bench.evaluate(node, cells) == gone
    neutral = bench.lower("if_undefined", x=node, value=0).node
    assert bench.evaluate(neutral, cells) == [0, 0, Absence.NOT_REPORTED]


def test_equal_sums_of_irrational_scores_tie(bench):
    """Two indicators with different roots: the first region has the scores of the second the other way round."""
    first = bench.lower("zscore", x=bench.plain("x"), of="population", within="all").node
    second = bench.lower("zscore", x=bench.plain("y"), of="population", within="all").node
    total = b.add(first, second)
    ranked = b.rank([(total, True)], "all", ties="min")
    # x: mean 3, sd sqrt(26/4); y the same values in another order, so the first two have equal sums of different terms.
    cells = {"x": [1, 7, 2, 2], "y": [7, 1, 2, 2]}
    assert bench.evaluate(ranked, cells) == [1, 1, 3, 3]


def test_a_reference_subject_has_a_score_in_a_field_that_it_does_not_belong_to(bench):
    found = bench.values(
        "zscore",
        {"x": [2, 4, 9]},
        reference=[False, False, True],
        x=bench.plain(),
        of="population",
        within="all",
    )
    assert found == [-1, 1, 6]  # mean 3, sd 1


def test_the_whole_runs_over_two_groups_apart(bench):
    node = bench.lower("zscore", x=bench.plain(), of="population", within="group").node
    found = bench.evaluate(node, {"x": [2, 4, 10, 30]}, groups=["g", "g", "h", "h"])
    assert found == [-1, 1, -1, 1]
