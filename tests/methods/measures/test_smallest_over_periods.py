import pytest

from assessment.core import build as b
from assessment.core.absence import Absence

CELLS = {"x": [4], ("x", 1): [5], ("x", 2): [3]}


def test_the_smallest(bench):
    found = bench.values(
        "smallest_over_periods", CELLS, x=bench.plain(), periods=3, current="yes", missing="block"
    )
    assert found == [3]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_absent_value_is_left_out_wherever_it_stands(bench, place):
    values = [-4, -4, -4]
    values[place] = Absence.NOT_REPORTED
    cells = {"x": [values[0]], ("x", 1): [values[1]], ("x", 2): [values[2]]}
    found = bench.values(
        "smallest_over_periods", cells, x=bench.plain(), periods=3, current="yes", missing="skip", least=2
    )
    assert found == [-4]


def test_over_a_panel_of_regions_and_years(bench):
    found = bench.values(
        "smallest_over_periods",
        {"x": [4, 6], ("x", 1): [9, 2], ("x", 2): [1, 8]},
        x=b.aggregate("min", bench.plain(), "all"),
        periods=3,
        current="yes",
        missing="block",
    )
    assert found == [1, 1]
