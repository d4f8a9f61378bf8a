from fractions import Fraction

import pytest

from assessment.core.absence import Absence


def test_a_share_of_the_declared_scale(bench):
    found = bench.values("given", {"x": [85, 0, 100]}, value=bench.plain(low=0, high=100))
    assert found == [Fraction("0.85"), 0, 1]


def test_points_are_the_score(bench):
    found = bench.values("given", {"x": ["4.5"]}, value=bench.in_points(low=0, high=6))
    assert found == [Fraction("4.5")]


def test_a_value_outside_its_scale_is_no_score(bench):
    written = {"value": bench.plain(), "from_": 10, "to": 20}
    found = bench.values("given", {"x": [9, 10, 15, 20, 21]}, **written)
    assert found == [Absence.UNDEFINED, 0, Fraction(1, 2), 1, Absence.UNDEFINED]


def test_ends_from_data(bench):
    cells = {"x": [9, 9, 9], "low": [8, 6, 9], "high": [10, 8, 9]}
    written = {"value": bench.in_points(), "from_": bench.in_points("low"), "to": bench.in_points("high")}
    assert bench.values("given", cells, **written) == [9, Absence.UNDEFINED, 9]
    plain = {"value": bench.plain(), "from_": bench.plain("low"), "to": bench.plain("high")}
    # Between 9 and 9 there is no scale.
    assert bench.values("given", cells, **plain) == [Fraction(1, 2), Absence.UNDEFINED, Absence.UNDEFINED]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ({}, ["judged-without-range"]),
        ({"from_": 0}, ["judged-without-range"]),
        ({"from_": 5, "to": 5}, ["range-empty"]),
        ({"from_": 0, "to": 5}, []),
    ],
)
def test_the_scale_must_be_said(bench, written, codes):
    assert bench.codes("given", value=bench.plain(), **written) == codes


def test_the_contract(bench):
    points = bench.lower("given", value=bench.in_points(low=0, high=6))
    assert (points.low, points.high) == (0, 6)
    rate = bench.lower("given", value=bench.plain(), from_=10, to=20)
    assert (rate.low, rate.high) == (0, 1)
