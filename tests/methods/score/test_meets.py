from assessment.core.absence import Absence


def test_the_target_itself_is_met(bench):
    assert bench.values("meets", {"x": ["59.99", 60, 61]}, actual=bench.plain(), target=60) == [0, 1, 1]


def test_lower_is_better_turns_the_comparison(bench):
    found = bench.values("meets", {"x": ["12.1", 12, 0]}, actual=bench.plain(), target=12, better="lower")
    assert found == [0, 1, 1]


def test_a_missing_value_does_not_count_as_missed(bench):
    cells = {"x": [Absence.WITHHELD]}
    assert bench.values("meets", cells, actual=bench.plain(), target=60) == [Absence.WITHHELD]


def test_a_target_of_zero_is_a_target(bench):
    found = bench.values("meets", {"x": [0, 1]}, actual=bench.plain(), target=0, better="lower")
    assert found == [1, 0]
