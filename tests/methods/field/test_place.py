from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.core.types import Kind

HALF = Fraction(5, 2)


@pytest.mark.parametrize(
    ("ties", "places"),
    [("min", [1, 2, 2, 4]), ("max", [1, 3, 3, 4]), ("mean", [1, HALF, HALF, 4]), ("dense", [1, 2, 2, 3])],
)
def test_ties(bench, ties, places):
    assert bench.values("place", {"x": [38, 21, 21, 4]}, x=bench.count(), within="all", ties=ties) == places


def test_the_policy_of_the_file_decides_where_the_call_does_not(bench):
    found = bench.values("place", {"x": [5, 5]}, x=bench.plain(), within="all", policies={"ties": "max"})
    assert found == [2, 2]


def test_lower_is_better_counts_from_the_bottom(bench):
    found = bench.values(
        "place", {"x": [38, 21, 4]}, x=bench.plain(), within="all", ties="min", better="lower"
    )
    assert found == [3, 2, 1]


def test_a_place_is_a_rank_and_absent_values_have_none(bench):
    lowered = bench.lower("place", x=bench.plain(), within="all", ties="min")
    assert lowered.node.type.kind is Kind.RANK
    assert bench.evaluate(lowered.node, {"x": [1, Absence.WITHHELD, 2]}) == [2, Absence.WITHHELD, 1]
