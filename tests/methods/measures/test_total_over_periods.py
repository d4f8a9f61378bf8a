from assessment.core.absence import Absence


def test_what_was_done_over_the_years_of_a_plan(bench):
    cells = {"x": [5], ("x", 1): [4], ("x", 2): [3]}
    found = bench.values(
        "total_over_periods", cells, x=bench.count(), periods=3, current="yes", missing="block"
    )
    assert found == [12]


def test_absent_years_add_nothing_where_they_are_left_out(bench):
    cells = {
        "x": [5, Absence.WITHHELD],
        ("x", 1): [Absence.NOT_REPORTED] * 2,
        ("x", 2): [3, Absence.UNDEFINED],
    }
    found = bench.values(
        "total_over_periods", cells, x=bench.count(), periods=3, current="yes", missing="skip", least=1
    )
    # With none there, the first absence in their order: not reported.
    assert found == [8, Absence.NOT_REPORTED]
