from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.number import compare, root

FIXED = {"base": "60%", "poor": 6, "good": 12}


def test_the_ends_are_exact(bench):
    found = bench.values("exponential_efficacy", {"x": [6, 12]}, x=bench.plain(), **FIXED, clamp="none")
    assert found == [Fraction(3, 5), 1]


def test_half_the_way_is_the_geometric_mean(bench):
    (found,) = bench.values("exponential_efficacy", {"x": [9]}, x=bench.plain(), **FIXED, clamp="none")
    assert compare(found, root(Fraction(3, 5), 2)) == 0


def test_beyond_the_ends_it_goes_on_or_is_held(bench):
    x = bench.plain()
    # One whole way below the poor value and one above the good one: 0.6² and 1/0.6.
    free = bench.values("exponential_efficacy", {"x": [0, 18]}, x=x, **FIXED, clamp="none")
    assert free == [Fraction(9, 25), Fraction(5, 3)]
    held = bench.values("exponential_efficacy", {"x": [0, 18]}, x=x, **FIXED, clamp="both")
    assert held == [Fraction(3, 5), 1]


def test_the_field_gives_the_ends(bench):
    found = bench.values(
        "exponential_efficacy", {"x": [4, 38, 21]}, x=bench.plain(), base="60%", within="all"
    )
    assert found[:2] == [Fraction(3, 5), 1]
    assert compare(found[2], root(Fraction(3, 5), 2)) == 0
    turned = bench.values(
        "exponential_efficacy", {"x": [4, 38]}, x=bench.plain(), base="60%", within="all", better="lower"
    )
    assert turned == [1, Fraction(3, 5)]


@pytest.mark.parametrize(("policy", "rate"), [("full", 1), ("zero", 0), ("undefined", Absence.UNDEFINED)])
def test_where_all_are_equal_the_policy_speaks(bench, policy, rate):
    found = bench.values(
        "exponential_efficacy",
        {"x": [5, 5]},
        x=bench.plain(),
        base="60%",
        within="all",
        policies={"all equal": policy},
    )
    assert found == [rate, rate]


def test_it_lies_below_the_straight_line(bench):
    cells = {"x": [7, 8, 10, 11]}
    bent = bench.values("exponential_efficacy", cells, x=bench.plain(), **FIXED, clamp="none")
    straight = bench.values("efficacy", cells, x=bench.plain(), **FIXED, clamp="none")
    assert all(compare(one, other) < 0 for one, other in zip(bent, straight, strict=True))


@pytest.mark.parametrize("base", ["0%", "100%", "-10%"])
def test_a_base_without_a_curve_is_refused(bench, base):
    codes = bench.codes("exponential_efficacy", x=bench.plain(), base=base, poor=1, good=2, clamp="both")
    assert codes == ["argument-kind"]
