from fractions import Fraction

import pytest

from assessment.core.absence import Absence

VALUES = [9, 7, 7, 4]


@pytest.mark.parametrize(
    ("equal_count", "own", "expected"),
    [
        ("none", "no", [1, Fraction(1, 3), Fraction(1, 3), 0]),
        ("half", "no", [1, Fraction(1, 2), Fraction(1, 2), 0]),
        ("full", "no", [1, Fraction(2, 3), Fraction(2, 3), 0]),
        ("none", "yes", [Fraction(3, 4), Fraction(1, 4), Fraction(1, 4), 0]),
        ("half", "yes", [Fraction(7, 8), Fraction(1, 2), Fraction(1, 2), Fraction(1, 8)]),
        ("full", "yes", [1, Fraction(3, 4), Fraction(3, 4), Fraction(1, 4)]),
    ],
)
def test_each_definition(bench, equal_count, own, expected):
    found = bench.values(
        "percentile_rank", {"x": VALUES}, x=bench.plain(), within="all", equal_count=equal_count, own=own
    )
    assert found == expected


def test_lower_is_better_turns_it(bench):
    found = bench.values(
        "percentile_rank",
        {"x": VALUES},
        x=bench.plain(),
        within="all",
        equal_count="none",
        own="no",
        better="lower",
    )
    assert found == [0, Fraction(1, 3), Fraction(1, 3), 1]


@pytest.mark.parametrize(("own", "expected"), [("no", Absence.UNDEFINED), ("yes", Fraction(1, 2))])
def test_a_field_of_one(bench, own, expected):
    found = bench.values(
        "percentile_rank",
        {"x": [3, Absence.WITHHELD]},
        x=bench.plain(),
        within="all",
        equal_count="half",
        own=own,
    )
    assert found == [expected, Absence.WITHHELD]


def test_outside_the_condition_and_outside_the_field_there_is_no_rank(bench):
    cells = {"x": [1, 2, 3, 4], "in": [True, True, False, Absence.NOT_REPORTED]}
    found = bench.values(
        "percentile_rank",
        cells,
        x=bench.plain(),
        within="all",
        equal_count="none",
        own="no",
        where=bench.yes_no("in"),
    )
    assert found == [0, 1, Absence.NOT_APPLICABLE, Absence.NOT_APPLICABLE]
