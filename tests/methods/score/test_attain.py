from fractions import Fraction

import pytest

from assessment.core.absence import Absence


def test_forty_five_of_sixty_is_three_quarters(bench):
    x = bench.plain()
    # 45 / 60 = 0.75; 70 / 60 is more than all; a negative value earns nothing.
    found = bench.values("attain", {"x": [45, 60, 70, -5, 0]}, actual=x, target=60)
    assert found == [Fraction(3, 4), 1, 1, 0, 0]


def test_a_cap_above_one_lets_over_fulfilment_count(bench):
    found = bench.values("attain", {"x": [70, 72, 73]}, actual=bench.plain(), target=60, cap="120%")
    assert found == [Fraction(7, 6), Fraction(6, 5), Fraction(6, 5)]  # 72 is exactly 120 %


def test_lower_is_better_turns_the_ratio(bench):
    # 0.4 / 0.5 = 80 %; at the target and below it the cap; nothing left at all is as good as it gets.
    cells = {"x": ["0.5", "0.4", "0.3", 0, -1]}
    found = bench.values("attain", cells, actual=bench.plain(), target="0.4", better="lower")
    assert found == [Fraction(4, 5), 1, 1, 1, 1]


def test_lower_is_better_over_fulfils_up_to_the_cap(bench):
    cells = {"x": ["0.35", "0.2", 0]}
    found = bench.values("attain", cells, actual=bench.plain(), target="0.4", cap="120%", better="lower")
    assert found == [Fraction(8, 7), Fraction(6, 5), Fraction(6, 5)]


def test_a_cap_that_leaves_nothing_to_earn_is_refused(bench):
    (problem,) = bench.problems("attain", actual=bench.plain(), target=60, cap="0%")
    assert (problem.code, problem.at) == ("argument-kind", "cap")


@pytest.mark.parametrize("better", ["higher", "lower"])
@pytest.mark.parametrize("target", [0, -1])
def test_a_written_target_of_zero_or_below_is_refused(bench, better, target):
    (problem,) = bench.problems("attain", actual=bench.plain(), target=target, better=better)
    assert (problem.code, problem.at) == ("constant-zero-divisor", "target")


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_target_from_data_that_is_zero_is_undefined(bench, better):
    cells = {"x": [5, 5], "t": [0, 10]}
    found = bench.values("attain", cells, actual=bench.plain(), target=bench.plain("t"), better=better)
    assert found[0] is Absence.UNDEFINED
    assert found[1] == (Fraction(1, 2) if better == "higher" else 1)


def test_a_missing_value_stays_missing(bench):
    cells = {"x": [Absence.NOT_REPORTED, Absence.NOT_APPLICABLE]}
    assert bench.values("attain", cells, actual=bench.plain(), target=60) == [
        Absence.NOT_REPORTED,
        Absence.NOT_APPLICABLE,
    ]


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_missing_value_beside_a_target_of_zero_stays_missing(bench, better):
    cells = {"x": [Absence.NOT_REPORTED, 5, 0], "t": [0, Absence.WITHHELD, Absence.WITHHELD]}
    found = bench.values("attain", cells, actual=bench.plain(), target=bench.plain("t"), better=better)
    assert found == [Absence.NOT_REPORTED, Absence.WITHHELD, Absence.WITHHELD]


def test_units_of_value_and_target_may_differ(bench):
    # 5000 万元 of 1 亿元 are one half.
    cells = {"x": [5000], "t": [1]}
    found = bench.values(
        "attain", cells, actual=bench.quantity(unit="万元"), target=bench.quantity("t", unit="亿元")
    )
    assert found == [Fraction(1, 2)]


def test_the_sentence_says_which_way_is_better(bench):
    call = bench.call("attain", actual=bench.plain(), target=60, better="lower")
    assert bench.method("attain").say(call).zh.startswith("越低越好")
