from fractions import Fraction

from assessment.core.absence import Absence


def test_the_highest_and_the_lowest_are_left_out(bench):
    found = bench.values("trimmed_mean", {"x": [38, 21, 17, 14, 4]}, x=bench.count(), drop=1, within="all")
    assert found == [Fraction(52, 3)] * 5


def test_of_equal_values_one_is_left_out_for_each_place(bench):
    # 1, 5, 5, 5, 9 without one at each end: 5, 5, 5. 2, 2, 2 keeps one 2.
    assert (
        bench.values("trimmed_mean", {"x": [5, 9, 5, 1, 5]}, x=bench.plain(), drop=1, within="all") == [5] * 5
    )
    assert bench.values("trimmed_mean", {"x": [2, 2, 2]}, x=bench.plain(), drop=1, within="all") == [2] * 3
    # 1, 1, 8, 9 without two at each end keeps none.
    found = bench.values("trimmed_mean", {"x": [1, 9, 1, 8]}, x=bench.plain(), drop=2, within="all")
    assert found == [Absence.UNDEFINED] * 4


def test_absent_values_are_no_extremes(bench):
    cells = {"x": [1, Absence.NOT_REPORTED, 4, 9]}
    assert bench.values("trimmed_mean", cells, x=bench.plain(), drop=1, within="all") == [4] * 4


def test_groups_are_trimmed_apart(bench):
    cells = {"x": [1, 2, 6, 10, 20, 90]}
    groups = ["g", "g", "g", "h", "h", "h"]
    found = bench.values("trimmed_mean", cells, groups=groups, x=bench.plain(), drop=1, within="group")
    assert found == [2, 2, 2, 20, 20, 20]
