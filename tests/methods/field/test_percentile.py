from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.absence import Absence

FIVE = [35, 20, 50, 15, 40]


@pytest.mark.parametrize(
    ("by", "at", "expected"),
    [
        ("inclusive", "40%", 29),  # place 1 + 4 * 0.4 = 2.6: 20 + 0.6 * (35 - 20)
        ("exclusive", "40%", 26),  # place 6 * 0.4 = 2.4: 20 + 0.4 * (35 - 20)
        ("nearest", "40%", 20),  # place 5 * 0.4 = 2
        ("nearest", "41%", 35),  # place 2.05, rounded up to 3
        ("inclusive", "0%", 15),
        ("inclusive", "100%", 50),
        ("nearest", "0%", 15),  # at least place 1
        ("nearest", "100%", 50),
        ("inclusive", "50%", 35),
        ("exclusive", "50%", 35),
        ("exclusive", "1/6", 15),  # place 1 exactly
        ("exclusive", "5/6", 50),  # place 5 exactly
        ("exclusive", "0.16", Absence.UNDEFINED),  # place 0.96
        ("exclusive", "0.84", Absence.UNDEFINED),  # place 5.04
    ],
)
def test_each_definition(bench, by, at, expected):
    found = bench.values("percentile", {"x": FIVE}, x=bench.plain(), at=at, by=by, within="all")
    assert found == [expected] * 5


def test_absent_members_and_those_outside_the_condition_do_not_count(bench):
    cells = {"x": [1, 2, 3, Absence.NOT_REPORTED, 100], "in": [True, True, True, True, False]}
    found = bench.values(
        "percentile", cells, x=bench.plain(), at="50%", by="inclusive", within="all", where=bench.yes_no("in")
    )
    assert found == [2] * 5


@pytest.mark.parametrize("by", ["inclusive", "exclusive", "nearest"])
def test_an_empty_field_has_none(bench, by):
    cells = {"x": [Absence.WITHHELD, Absence.NOT_REPORTED]}
    found = bench.values("percentile", cells, x=bench.plain(), at="50%", by=by, within="all")
    assert found == [Absence.UNDEFINED] * 2


def test_a_percentile_outside_the_field_is_refused(bench):
    for at in ("-1%", "101%"):
        assert bench.codes("percentile", x=bench.plain(), at=at, by="inclusive", within="all") == [
            "argument-kind"
        ]


@given(
    values=st.lists(st.integers(-5, 5), min_size=1, max_size=7),
    at=st.fractions(0, 1, max_denominator=12),
)
def test_the_inclusive_percentile_is_the_line_through_the_sorted_values(bench, values, at):
    (found, *_) = bench.values(
        "percentile", {"x": values}, x=bench.plain(), at=at, by="inclusive", within="all"
    )
    ordered = sorted(values)
    place = (len(values) - 1) * at
    below = place.numerator // place.denominator
    part = place - below
    expected = ordered[below] + (part * (ordered[below + 1] - ordered[below]) if part else 0)
    assert found == expected


@given(values=st.lists(st.integers(0, 9), min_size=1, max_size=7))
def test_the_percentile_at_half_is_the_median(bench, values):
    call = {"at": Fraction(1, 2), "by": "inclusive", "within": "all"}
    cells = {"x": values}
    assert bench.values("percentile", cells, x=bench.plain(), **call) == bench.values(
        "median", cells, x=bench.plain(), within="all"
    )
