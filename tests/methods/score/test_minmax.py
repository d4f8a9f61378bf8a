from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.core.absence import Absence

FULL = {"all equal": "full"}


def test_the_best_gets_one_and_the_worst_nothing(bench):
    found = bench.values("minmax", {"x": [38, 21, 4]}, x=bench.count(), within="group", policies=FULL)
    assert found == [1, Fraction(1, 2), 0]  # (21 - 4) / (38 - 4) = 17 / 34


def test_lower_is_better_turns_it(bench):
    found = bench.values(
        "minmax", {"x": [38, 21, 4]}, x=bench.count(), within="group", better="lower", policies=FULL
    )
    assert found == [0, Fraction(1, 2), 1]


@pytest.mark.parametrize(
    ("policy", "rate"), [("full", 1), ("half", Fraction(1, 2)), ("zero", 0), ("undefined", Absence.UNDEFINED)]
)
def test_a_field_of_one_region_is_a_field_of_equal_values(bench, policy, rate):
    found = bench.values(
        "minmax", {"x": [7]}, x=bench.plain(), within="group", policies={"all equal": policy}
    )
    assert found == [rate]


@pytest.mark.parametrize("policy", ["full", "half", "zero", "undefined"])
def test_a_region_without_a_value_gets_nothing_of_the_policy(bench, policy):
    cells = {"x": [7, 7, Absence.NOT_REPORTED]}
    found = bench.values("minmax", cells, x=bench.plain(), within="all", policies={"all equal": policy})
    assert found[2] is Absence.NOT_REPORTED


def test_a_reference_subject_beyond_the_field_is_at_its_end(bench):
    cells = {"x": [1, 3, 100, 0, 2]}
    reference = [False, False, True, True, True]
    found = bench.values("minmax", cells, reference=reference, x=bench.plain(), within="all", policies=FULL)
    assert found == [0, 1, 1, 0, Fraction(1, 2)]


def test_the_ends_of_an_irrational_field_are_exact(bench):
    x = b.ln(bench.plain())
    found = bench.values("minmax", {"x": [2, 4, 8]}, x=x, within="all", policies=FULL)
    assert found == [0, Fraction(1, 2), 1]  # ln 4 lies half-way between ln 2 and ln 8


def test_a_field_without_values_is_absent(bench):
    cells = {"x": [Absence.NOT_REPORTED, Absence.WITHHELD]}
    found = bench.values("minmax", cells, x=bench.plain(), within="all", policies=FULL)
    assert found == [Absence.NOT_REPORTED, Absence.WITHHELD]
