from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.core.absence import Absence

BASIS = {"from_": 100, "base": 5}
UP = {"up": 3, "gain": "0.5", "up_counting": "whole"}
DOWN = {"down": 2, "loss": "0.5", "down_counting": "whole"}


def test_each_side_has_its_own_step(bench):
    # 107: 7 / 3 = 2.33, two whole steps, 5 + 1. 97: 3 / 2, one step, 5 - 0.5.
    found = bench.values(
        "up_down",
        {"x": [100, 107, 97, 103, 98]},
        x=bench.quantity(),
        **BASIS,
        **UP,
        ceiling=10,
        **DOWN,
        floor=0,
    )
    assert found == [5, 6, Fraction("4.5"), Fraction("5.5"), Fraction("4.5")]


@pytest.mark.parametrize(
    ("counting", "up", "down"), [("line", "7/6", "7/4"), ("whole", "1", "3/2"), ("started", "3/2", "2")]
)
def test_incomplete_steps_count_as_each_side_says(bench, counting, up, down):
    # 7 above are 7/3 steps of half a point, 7 below 7/2.
    written = {**BASIS, **UP, **DOWN, "most": "none", "worst": "none"}
    one = {**written, "up_counting": counting}
    assert bench.values("up_down", {"x": [107]}, x=bench.quantity(), **one) == [5 + Fraction(up)]
    other = {**written, "down_counting": counting}
    assert bench.values("up_down", {"x": [93]}, x=bench.quantity(), **other) == [5 - Fraction(down)]


def test_the_bonus_is_capped_apart_from_the_total(bench):
    x = bench.quantity()
    keep = {"from_": 100, "base": 8, "up": "5%", "gain": 1, "up_counting": "whole"}
    # +60 % are twelve steps.
    assert bench.values("up_down", {"x": [160, 125, 112]}, x=x, **keep, most=5) == [13, 13, 10]
    assert bench.values("up_down", {"x": [160, 125, 112]}, x=x, **keep, ceiling=15) == [15, 13, 10]
    assert bench.values("up_down", {"x": [160]}, x=x, **keep, most=5, ceiling=12) == [12]
    assert bench.values("up_down", {"x": [160]}, x=x, **keep, most="none") == [20]


def test_the_loss_is_limited_apart_from_the_total(bench):
    written = {**BASIS, **DOWN}
    x = bench.quantity()
    assert bench.values("up_down", {"x": [80, 60]}, x=x, **written, worst=4) == [1, 1]
    assert bench.values("up_down", {"x": [80, 60]}, x=x, **written, floor=-1) == [0, -1]
    assert bench.values("up_down", {"x": [80, 60]}, x=x, **written, floor="none") == [0, -5]


def test_where_lower_is_better_the_sides_change_places(bench):
    x = bench.quantity(unit="吨")
    found = bench.values(
        "up_down",
        {"x": [35, 36, 33, 60]},
        x=x,
        from_=35,
        base=8,
        up=1,
        gain=1,
        up_counting="line",
        ceiling=10,
        down=1,
        loss="0.5",
        down_counting="line",
        floor=0,
        better="lower",
    )
    assert found == [8, Fraction("7.5"), 10, 0]


def test_a_share_of_the_reference_and_percentage_points_differ(bench):
    x = bench.share()
    written = {"from_": "80%", "base": 10, "loss": "0.5", "down_counting": "whole", "floor": 0}
    assert bench.values("up_down", {"x": ["76%"]}, x=x, down="1%", **written) == [Fraction("7.5")]
    assert bench.values("up_down", {"x": ["76%"]}, x=x, down="1pp", **written) == [8]


def test_a_side_that_is_not_written_changes_nothing(bench):
    x = bench.quantity()
    assert bench.values("up_down", {"x": [90, 106]}, x=x, **BASIS, **UP, ceiling=10) == [5, 6]
    assert bench.values("up_down", {"x": [90, 106]}, x=x, **BASIS, **DOWN, floor=0) == [Fraction("2.5"), 5]


def test_a_reference_of_zero_has_no_share(bench):
    x, start = bench.quantity("x"), bench.quantity("start")
    written = {"from_": start, "base": 5, "up": "5%", "gain": 1, "up_counting": "line", "most": 5}
    found = bench.values("up_down", {"x": [5, 5, 5], "start": [0, -5, 5]}, x=x, **written)
    assert found == [Absence.UNDEFINED, Absence.UNDEFINED, 5]


def test_what_is_missing_stays_missing(bench):
    found = bench.values(
        "up_down",
        {"x": [Absence.NOT_REPORTED, Absence.NOT_APPLICABLE]},
        x=bench.quantity(),
        **BASIS,
        **UP,
        most=5,
    )
    assert found == [Absence.NOT_REPORTED, Absence.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ({}, ["missing-argument"]),
        ({"up": 3, "most": 5}, ["missing-argument"]),
        ({**UP}, ["missing-argument"]),
        ({"up": 3, "gain": 1, "most": 5}, ["missing-argument"]),
        ({**DOWN, "floor": 0, "ceiling": 9}, ["too-many-arguments"]),
        ({**UP, "up": 0, "most": 5}, ["step-without-size"]),
        ({**UP, "gain": -1, "most": 5}, ["argument-kind"]),
        ({**UP, "ceiling": 4}, ["floor-above-cap"]),
        ({**DOWN, "floor": 6}, ["floor-above-cap"]),
        ({**UP, "most": 0}, []),
        ({**UP, "ceiling": 5}, []),
    ],
)
def test_what_is_said_of_arguments(bench, written, codes):
    assert bench.codes("up_down", x=bench.quantity(), **BASIS, **written) == codes


def test_the_counting_may_be_left_out_where_no_step_is_incomplete(bench):
    count = bench.count()
    step = {"up": 1, "gain": 1, "most": 5, "base": 5}
    assert bench.codes("up_down", x=count, from_=b.shift(count, -1), **step) == []
    assert bench.codes("up_down", x=count, from_=100, **step) == []
    assert bench.codes("up_down", x=count, from_="99.5", **step) == ["missing-argument"]


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ({**UP, "most": 3}, (5, 8)),
        ({**UP, "ceiling": 7, "most": "none"}, (5, 7)),
        ({**UP, "most": "none"}, (5, None)),
        ({**UP, "most": 3, **DOWN, "worst": 9, "floor": 1}, (1, 8)),
        ({**DOWN, "floor": "none"}, (None, 5)),
    ],
)
def test_the_contract(bench, written, ends):
    lowered = bench.lower("up_down", x=bench.quantity(), **BASIS, **written)
    assert (lowered.low, lowered.high) == ends
