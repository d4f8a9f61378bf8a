from assessment.core.absence import Absence


def test_the_sum_of_the_field(bench):
    assert bench.values("total_of", {"x": [38, 21, 4]}, x=bench.count(), within="all") == [63] * 3


def test_the_sum_over_no_value_is_zero(bench):
    assert bench.values("total_of", {"x": [Absence.WITHHELD]}, x=bench.plain(), within="all") == [0]
