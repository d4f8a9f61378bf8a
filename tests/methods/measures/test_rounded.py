from fractions import Fraction

import pytest

from assessment.core.types import Kind


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        # 2.5, 3.5, -2.5 and 2.6 at no decimal place
        ("half_up", [3, 4, -2, 3]),
        ("half_away", [3, 4, -3, 3]),
        ("half_even", [2, 4, -2, 3]),
        ("up", [3, 4, -2, 3]),
        ("down", [2, 3, -3, 2]),
        ("truncate", [2, 3, -2, 2]),
    ],
)
def test_the_mode_says_what_becomes_of_the_rest(bench, mode, expected):
    data = {"x": ["2.5", "3.5", "-2.5", "2.6"]}
    assert bench.values("rounded", data, x=bench.plain(), places=0, mode=mode) == expected


def test_places_are_those_of_the_declared_unit(bench):
    node = bench.lower("rounded", x=bench.quantity(), places=1, mode="half_up").node
    assert node.type.kind is Kind.QUANTITY
    assert bench.evaluate(node, {"x": ["2.25"]}) == [Fraction(23, 10)]


def test_places_of_a_share_are_those_of_its_figure_in_percent(bench):
    found = bench.values("rounded", {"x": ["2.345%"]}, x=bench.share(), places=2, mode="half_up")
    assert found == [Fraction(235, 10000)]


def test_a_rounded_root_is_a_decimal(bench):
    root = bench.lower("root", x=bench.plain(), index=2).node
    assert bench.values("rounded", {"x": [2]}, x=root, places=3, mode="half_up") == [Fraction(1414, 1000)]
