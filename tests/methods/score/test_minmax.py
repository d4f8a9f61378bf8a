from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.core.absence import Absence

FULL = {"all equal": "full"}


def test_the_best_gets_one_and_the_worst_nothing(bench):
    found = bench.values("minmax", {"x": [38, 21, 4]}, x=bench.count(), within="group", policies=FULL)
    assert found == [1, Fraction(1, 2), 0]  # (21 - 4) / (38 - 4) = 17 / 34


def test_lower_is_better_turns_it(bench):
    found = bench.values("minmax", {"x": [38, 21, 4]}, x=bench.count(), within="group", better="lower", policies=FULL)
    assert found == [0, Fraction(1, 2), 1]


@pytest.mark.parametrize(
    ("policy", "rate"), [("full", 1), ("half", Fraction(1, 2)), ("zero", 0), ("undefined", Absence.UNDEFINED)]
)
def test_a_field_of_one_region_is_a_field_of_equal_values(bench, policy, rate):
    found = bench.values("minmax", {"x": [7]}, x=bench.plain(), within="group", policies={"all equal": policy})
    assert found == [rate]


def test_the_ends_of_an_irrational_field_are_exact(bench):
    x = b.ln(bench.plain())
    found = bench.values("minmax", {"x": [2, 4, 8]}, x=x, within="all", policies=FULL)
    assert found == [0, Fraction(1, 2), 1]  # ln 4 lies half-way between ln 2 and ln 8


def test_a_field_without_values_is_absent(bench):
    cells = {"x": [Absence.NOT_REPORTED, Absence.WITHHELD]}
    found = bench.values("minmax", cells, x=bench.plain(), within="all", policies=FULL)
    assert found == [Absence.NOT_REPORTED, Absence.WITHHELD]
