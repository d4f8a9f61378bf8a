from assessment.core.absence import Absence


def test_the_smallest_value_of_each_group(bench):
    cells = {"x": [38, 21, 4, 9]}
    assert bench.values("minimum", cells, groups="aabb", x=bench.count(), within="group") == [21, 21, 4, 4]
    assert bench.values("minimum", cells, groups="aabb", x=bench.count(), within="all") == [4] * 4


def test_absent_values_do_not_count_but_their_region_has_a_field(bench):
    cells = {"x": [38, Absence.NOT_REPORTED, 21]}
    assert bench.values("minimum", cells, x=bench.plain(), within="all") == [21, 21, 21]


def test_a_field_without_values_has_none(bench):
    cells = {"x": [Absence.NOT_REPORTED]}
    assert bench.values("minimum", cells, x=bench.plain(), within="all") == [Absence.UNDEFINED]


def test_the_region_itself_may_be_left_out(bench):
    cells = {"x": [1, 2, 3]}
    assert bench.values("minimum", cells, x=bench.plain(), within="all", own="no") == [2, 1, 1]


def test_a_reference_subject_never_counts(bench):
    cells = {"x": [1, 2, 3]}
    found = bench.values("minimum", cells, reference=[True, False, False], x=bench.plain(), within="all")
    assert found == [2, 2, 2]
