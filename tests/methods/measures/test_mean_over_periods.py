from fractions import Fraction

import pytest

from assessment.core.absence import Absence

FOUR = {"x": [90], ("x", 1): [93], ("x", 2): [86], ("x", 3): [91], ("x", 4): [88]}
GONE = Absence.NOT_REPORTED


def test_with_and_without_the_current_period(bench):
    call = {"x": bench.plain(), "periods": 4, "missing": "block"}
    # (88 + 91 + 86 + 93) / 4, and (91 + 86 + 93 + 90) / 4
    assert bench.values("mean_over_periods", FOUR, current="no", **call) == [Fraction(179, 2)]
    assert bench.values("mean_over_periods", FOUR, current="yes", **call) == [90]


def test_the_final_score_of_practice_two_point_twenty_three(bench):
    """Mean of the years × 50 % + the last year × 50 %: 89.5 and 90 are 89.75."""
    (mean,) = bench.values(
        "mean_over_periods", FOUR, x=bench.plain(), periods=4, current="no", missing="block"
    )
    assert mean / 2 + Fraction(90) / 2 == Fraction("89.75")


@pytest.mark.parametrize(("least", "expected"), [(1, 87), (2, 87), (3, GONE)])
def test_absent_values_are_left_out_as_long_as_enough_remain(bench, least, expected):
    cells = {"x": [88], ("x", 1): [GONE], ("x", 2): [86]}
    found = bench.values(
        "mean_over_periods", cells, x=bench.plain(), periods=3, current="yes", missing="skip", least=least
    )
    assert found == [expected]


def test_or_make_the_mean_absent(bench):
    cells = {"x": [88], ("x", 1): [Absence.WITHHELD], ("x", 2): [86]}
    found = bench.values(
        "mean_over_periods", cells, x=bench.plain(), periods=3, current="yes", missing="block"
    )
    assert found == [Absence.WITHHELD]


def test_an_undefined_period_is_left_out_too(bench):
    growth = bench.lower("growth", x=bench.plain()).node
    cells = {"x": [12, 12], ("x", 1): [10, 10], ("x", 2): [0, 8]}
    found = bench.values(
        "mean_over_periods", cells, x=growth, periods=2, current="yes", missing="skip", least=1
    )
    assert found == [Fraction(1, 5), Fraction(9, 40)]  # 20 %; (20 % + 25 %) / 2


@pytest.mark.parametrize("missing", ["skip", "block"])
def test_what_does_not_apply_now_has_no_mean_of_earlier_periods(bench, missing):
    cells = {"x": [Absence.NOT_APPLICABLE], ("x", 1): [4], ("x", 2): [6]}
    least = {"least": 1} if missing == "skip" else {}
    found = bench.values(
        "mean_over_periods", cells, x=bench.plain(), periods=2, current="no", missing=missing, **least
    )
    assert found == [Absence.NOT_APPLICABLE]


def test_least_belongs_to_skip(bench):
    call = {"x": bench.plain(), "periods": 3, "current": "yes"}
    assert bench.codes("mean_over_periods", **call, missing="skip") == ["missing-argument"]
    assert bench.codes("mean_over_periods", **call, missing="skip", least=4) == ["argument-kind"]
    assert bench.codes("mean_over_periods", **call, missing="block", least=2) == ["too-many-arguments"]
    assert bench.codes("mean_over_periods", **call, missing="skip", least=3) == []


def test_the_sentence_names_the_values_while_they_are_few(bench):
    method = bench.method("mean_over_periods")
    few = bench.call("mean_over_periods", x=bench.plain(), periods=2, current="yes", missing="skip", least=1)
    assert (
        method.say(few).zh
        == "2 期（含本期，缺值的略过，有数据 {present} 期，至少须 1 期）{value1}、{value2}的均值，即{result}"
    )
    many = bench.call("mean_over_periods", x=bench.plain(), periods=50, current="no", missing="block")
    assert (
        method.say(many).en
        == "the mean of 50 periods (up to the one before, none may be absent) gives {result}"
    )
