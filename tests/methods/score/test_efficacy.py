from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.number import Mode, round_exact

FIRMS = [38, 21, 17, 14, 12, 12, 9, 7, 6, 4]
FULL = {"all equal": "full"}


def percent(value):
    return round_exact(value * 100, 2, Mode.HALF_UP)


def test_the_textbook_value_is_58_73(bench):
    # 60 + 40 * (5.81 - 6) / (12 - 6) = 58.7333…
    found = bench.values(
        "efficacy", {"x": ["5.81"]}, x=bench.plain(), base="60%", poor=6, good=12, clamp="none"
    )
    assert percent(found[0]) == Fraction("58.73")


def test_a_clamp_holds_the_value_between_the_two(bench):
    cells = {"x": ["5.81", 6, 9, 12, 13]}
    found = bench.values("efficacy", cells, x=bench.plain(), base="60%", poor=6, good=12, clamp="both")
    assert [percent(value) for value in found] == [60, 60, 80, 100, 100]


def test_a_good_value_below_the_poor_one_says_lower_is_better(bench):
    cells = {"x": [14, 12, 9, 6, 5]}
    found = bench.values("efficacy", cells, x=bench.plain(), base="60%", poor=12, good=6, clamp="both")
    assert [percent(value) for value in found] == [60, 60, 80, 100, 100]


def test_ten_counties_with_firms(bench):
    # The runner-up gets 60 + 40 * 17 / 34 = 80.00, the last 60.00, the first 100.00.
    found = bench.values("efficacy", {"x": FIRMS}, x=bench.count(), base="60%", within="group", policies=FULL)
    assert [percent(value) for value in found[:2]] == [100, 80]
    assert percent(found[-1]) == 60


def test_lower_is_better_turns_the_field(bench):
    found = bench.values(
        "efficacy", {"x": FIRMS}, x=bench.count(), base="60%", within="group", better="lower", policies=FULL
    )
    assert (percent(found[0]), percent(found[1]), percent(found[-1])) == (60, 80, 100)


@pytest.mark.parametrize(
    ("policy", "rate"), [("full", 1), ("half", Fraction(1, 2)), ("zero", 0), ("undefined", Absence.UNDEFINED)]
)
def test_equal_values_get_what_the_policy_says(bench, policy, rate):
    found = bench.values(
        "efficacy", {"x": [7, 7]}, x=bench.plain(), base="60%", within="all", policies={"all equal": policy}
    )
    assert found == [rate, rate]


def test_groups_are_fields_of_their_own(bench):
    found = bench.values(
        "efficacy",
        {"x": [1, 3, 10, 30]},
        groups=["a", "a", "b", "b"],
        x=bench.plain(),
        base="60%",
        within="group",
        policies=FULL,
    )
    assert found == [Fraction(3, 5), 1, Fraction(3, 5), 1]


def test_a_reference_subject_is_held_between_the_ends(bench):
    found = bench.values(
        "efficacy",
        {"x": [1, 3, 100]},
        reference=[False, False, True],
        x=bench.plain(),
        base="60%",
        within="all",
        policies=FULL,
    )
    assert found == [Fraction(3, 5), 1, 1]


def test_an_absent_value_does_not_move_the_ends(bench):
    found = bench.values(
        "efficacy",
        {"x": [1, 3, Absence.NOT_REPORTED]},
        x=bench.plain(),
        base="60%",
        within="all",
        policies=FULL,
    )
    assert found == [Fraction(3, 5), 1, Absence.NOT_REPORTED]


def test_neither_field_nor_fixed_values_is_refused(bench):
    assert bench.codes("efficacy", x=bench.plain(), base="60%") == ["missing-argument"]


@pytest.mark.parametrize("given", [{"poor": 6}, {"good": 12}])
def test_one_fixed_value_alone_is_refused(bench, given):
    assert bench.codes("efficacy", x=bench.plain(), base="60%", **given) == ["missing-argument"]


def test_fixed_values_must_say_whether_they_hold(bench):
    assert bench.codes("efficacy", x=bench.plain(), base="60%", poor=6, good=12) == ["missing-argument"]


def test_equal_fixed_values_are_refused(bench):
    found = bench.codes("efficacy", x=bench.plain(), base="60%", poor=6, good=6, clamp="both")
    assert found == ["range-empty"]


@pytest.mark.parametrize("extra", [{"poor": 6}, {"good": 12}, {"clamp": "both"}])
def test_fixed_values_beside_a_field_are_refused(bench, extra):
    assert bench.codes("efficacy", x=bench.plain(), base="60%", within="all", **extra) == [
        "too-many-arguments"
    ]


@pytest.mark.parametrize("base", ["100%", "120%", "-10%"])
def test_a_base_that_leaves_nothing_to_earn_is_refused(bench, base):
    (problem,) = bench.problems("efficacy", x=bench.plain(), base=base, within="all")
    assert (problem.code, problem.at) == ("argument-kind", "base")


def test_only_a_field_needs_a_policy(bench):
    method = bench.method("efficacy")
    assert method.needed(bench.call("efficacy", x=bench.plain(), base="60%", within="all")) == ("all equal",)
    fixed = bench.call("efficacy", x=bench.plain(), base="60%", poor=6, good=12, clamp="both")
    assert method.needed(fixed) == ()
