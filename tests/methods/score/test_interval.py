from fractions import Fraction

import pytest

from assessment.core.absence import Absence

ZONE = {"from_": "3%", "to": "6%"}
LIMITS = {"low": "1%", "high": "10%"}
X = ["0%", "1%", "2%", "3%", "4.5%", "6%", "7%", "10%", "11%"]


def found(bench, **written):
    return bench.values("interval", {"x": X}, x=bench.share(), **ZONE, **written)


def test_each_side_falls_over_its_own_distance(bench):
    # 2 points below, 4 points above
    assert found(bench, **LIMITS, fall="own") == [0, 0, Fraction(1, 2), 1, 1, 1, Fraction(3, 4), 0, 0]


def test_both_sides_fall_over_the_longer_distance(bench):
    # 4 points on both sides: at the lower limit of 1 % half is left
    quarter = Fraction(1, 4)
    assert found(bench, **LIMITS, fall="longer") == [
        quarter,
        2 * quarter,
        3 * quarter,
        1,
        1,
        1,
        3 * quarter,
        0,
        0,
    ]


def test_the_ratio_to_the_nearer_end(bench):
    third = Fraction(1, 3)
    expected = [0, third, 2 * third, 1, 1, 1, Fraction(6, 7), Fraction(6, 10), Fraction(6, 11)]
    assert found(bench, fall="ratio") == expected
    assert bench.values("interval", {"x": ["-1%"]}, x=bench.share(), **ZONE, fall="ratio") == [0]


def test_a_zone_of_one_point(bench):
    written = {"from_": 4, "to": 4, "low": 2, "high": 8, "fall": "own"}
    assert bench.values("interval", {"x": [3, 4, 6]}, x=bench.plain(), **written) == [
        Fraction(1, 2),
        1,
        Fraction(1, 2),
    ]


def test_ends_from_data_in_the_wrong_order_are_undefined(bench):
    cells = {"x": [4, 4, 4], "f": [3, 7, 0], "t": [6, 6, 6]}
    written = {"from_": bench.plain("f"), "to": bench.plain("t"), "fall": "ratio"}
    undefined = Absence.UNDEFINED
    assert bench.values("interval", cells, x=bench.plain(), **written) == [1, undefined, undefined]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ({"from_": 6, "to": 3, "fall": "ratio"}, ["range-empty"]),
        ({"from_": 3, "to": 6, "low": 3, "high": 9, "fall": "own"}, ["range-empty"]),
        ({"from_": 3, "to": 6, "low": 1, "high": 6, "fall": "own"}, ["range-empty"]),
        ({"from_": 0, "to": 6, "fall": "ratio"}, ["constant-zero-divisor"]),
        ({"from_": 3, "to": 6, "low": 1, "fall": "ratio"}, ["too-many-arguments"]),
        ({"from_": 3, "to": 6, "low": 1, "fall": "longer"}, ["missing-argument"]),
    ],
)
def test_what_is_said_of_arguments(bench, written, codes):
    assert bench.codes("interval", x=bench.plain(), **written) == codes
