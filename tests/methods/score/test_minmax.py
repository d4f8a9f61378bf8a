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


# ── stated bounds ──


def stated(bench, cells, **written):
    return bench.values("minmax", cells, x=bench.plain(), policies={"all equal": "half"}, **written)


def test_between_stated_bounds_a_value_is_held_or_not(bench):
    cells = {"x": [38, 21, 5, 1]}
    assert stated(bench, cells, low=5, high=25, clamp="both") == [1, Fraction(4, 5), 0, 0]
    assert stated(bench, cells, low=5, high=25, clamp="none") == [
        Fraction(33, 20),
        Fraction(4, 5),
        0,
        Fraction(-1, 5),
    ]


def test_stated_bounds_where_lower_is_better(bench):
    cells = {"x": [38, 21, 5, 1]}
    found = stated(bench, cells, low=5, high=25, clamp="both", better="lower")
    assert found == [0, Fraction(1, 5), 1, 1]


def test_last_years_field_gives_the_bounds(bench):
    x = bench.plain()
    last = b.shift(x, -1)
    cells = {"x": [8, 3, 12], ("x", 1): [10, 2, 6]}
    low, high = b.aggregate("min", last, "all"), b.aggregate("max", last, "all")
    assert stated(bench, cells, low=low, high=high, clamp="both") == [Fraction(3, 4), Fraction(1, 8), 1]


def test_equal_bounds_from_data_follow_the_policy_and_crossed_ones_are_undefined(bench):
    cells = {
        "x": [5, 7, Absence.NOT_REPORTED, 5, Absence.WITHHELD],
        "low": [7, 7, 7, 9, 9],
        "high": [7, 7, 7, 4, 4],
    }
    found = stated(bench, cells, low=bench.plain("low"), high=bench.plain("high"), clamp="both")
    half = Fraction(1, 2)
    assert found == [half, half, Absence.NOT_REPORTED, Absence.UNDEFINED, Absence.WITHHELD]


def test_where_leaves_outliers_out_of_the_field(bench):
    cells = {"x": [1, 3, 5, 100], "in": [True, True, True, False]}
    found = bench.values(
        "minmax", cells, x=bench.plain(), within="all", where=bench.yes_no("in"), policies=FULL
    )
    assert found == [0, Fraction(1, 2), 1, 1]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ({}, ["missing-argument"]),
        ({"low": 1}, ["missing-argument"]),
        ({"high": 1, "clamp": "both"}, ["missing-argument"]),
        ({"low": 1, "high": 2}, ["missing-argument"]),
        ({"low": 1, "high": 1, "clamp": "both"}, ["range-empty"]),
        ({"low": 2, "high": 1, "clamp": "both"}, ["range-empty"]),
        ({"within": "all", "low": 1}, ["too-many-arguments"]),
        ({"within": "all", "clamp": "both"}, ["too-many-arguments"]),
        ({"low": 1, "high": 2, "clamp": "none"}, []),
    ],
)
def test_a_field_or_two_bounds(bench, written, codes):
    assert bench.codes("minmax", x=bench.plain(), **written) == codes
