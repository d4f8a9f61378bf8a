from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.core.types import RATE

TERMS = {"within": "group", "first": "100%", "step": "5%"}


def percents(values):
    return [value * 100 for value in values]


def test_each_place_costs_a_step(bench):
    x = bench.quantity()
    found = bench.values("by_rank", {"x": [9, 7, 5, 1]}, x=x, ties="min", **TERMS)
    assert percents(found) == [100, 95, 90, 85]


def test_the_last_of_ten_gets_fifty_five(bench):
    found = bench.values("by_rank", {"x": list(range(10))}, x=bench.plain(), ties="min", **TERMS)
    assert percents(found)[0] == 55


@pytest.mark.parametrize(
    ("ties", "second"), [("min", 95), ("max", 90), ("mean", Fraction("92.5")), ("dense", 95)]
)
def test_equal_values_get_what_the_rule_for_ties_says(bench, ties, second):
    found = bench.values("by_rank", {"x": [9, 7, 7, 4]}, x=bench.plain(), ties=ties, **TERMS)
    assert percents(found) == [100, second, second, 90 if ties == "dense" else 85]


def test_the_policy_of_the_file_decides_where_the_call_does_not(bench):
    call = {"x": bench.plain(), **TERMS}
    found = bench.values("by_rank", {"x": [7, 7]}, policies={"ties": "max"}, **call)
    assert percents(found) == [95, 95]
    assert bench.method("by_rank").needed(bench.call("by_rank", **call)) == ("ties",)
    assert bench.method("by_rank").needed(bench.call("by_rank", ties="min", **call)) == ()


def test_lower_is_better_counts_from_the_other_end(bench):
    found = bench.values("by_rank", {"x": [9, 7, 1]}, x=bench.plain(), ties="min", better="lower", **TERMS)
    assert percents(found) == [90, 95, 100]


def test_the_rate_does_not_fall_below_the_floor(bench):
    terms = TERMS | {"step": "40%"}
    assert percents(bench.values("by_rank", {"x": [4, 3, 2, 1]}, x=bench.plain(), ties="min", **terms)) == [
        100,
        60,
        20,
        0,
    ]
    held = bench.values("by_rank", {"x": [4, 3, 2, 1]}, x=bench.plain(), ties="min", floor="30%", **terms)
    assert percents(held) == [100, 60, 30, 30]


def test_absent_values_and_reference_subjects_take_no_place(bench):
    found = bench.values(
        "by_rank",
        {"x": [9, Absence.NOT_REPORTED, 100, 7]},
        reference=[False, False, True, False],
        x=bench.plain(),
        ties="min",
        **TERMS,
    )
    assert found == [1, Absence.NOT_REPORTED, Absence.NOT_APPLICABLE, Fraction("0.95")]


def test_a_step_without_size_is_refused(bench):
    assert bench.codes("by_rank", x=bench.plain(), ties="min", **(TERMS | {"step": 0})) == [
        "step-without-size"
    ]


def test_a_step_from_the_data_promises_no_upper_end(bench):
    # With a step of -20 % the second place would earn 120 %: the first place is the best only where steps cost.
    call = {"x": bench.plain(), "ties": "min", "within": "group", "first": "100%"}
    assert bench.lower("by_rank", step="5%", **call).high == 1
    assert bench.lower("by_rank", step=bench.input("w", RATE, low=-1, high=1), **call).high is None
