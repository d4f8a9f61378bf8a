from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.core.types import Kind


def test_the_number_over_the_sum_of_reciprocals(bench):
    cells = {"x": ["50%"], "y": ["100%"]}
    node = bench.lower("harmonic_mean", x=bench.share(), others=(bench.share("y"),)).node
    assert node.type.kind is Kind.SHARE
    assert bench.evaluate(node, cells) == [Fraction(2, 3)]  # 2 / (2 + 1)


def test_units_are_those_of_the_first(bench):
    x = bench.quantity("x", "亿元")
    node = bench.lower("harmonic_mean", x=x, others=(bench.quantity("y", "万元"),)).node
    assert node.type.unit.text == "亿元"
    # 3 亿元 and 60000 万元 = 6 亿元: 2 / (1/3 + 1/6) = 4.
    assert bench.evaluate(node, {"x": [3], "y": [60000]}) == [4]


@pytest.mark.parametrize("low", [0, -1])
def test_zero_and_below_have_none(bench, low):
    cells = {"x": [low], "y": [2]}
    found = bench.values("harmonic_mean", cells, x=bench.plain(), others=(bench.plain("y"),))
    assert found == [Absence.UNDEFINED]


def test_a_missing_value_beside_a_zero_is_missing(bench):
    cells = {"x": [0], "y": [Absence.NOT_REPORTED]}
    found = bench.values("harmonic_mean", cells, x=bench.plain(), others=(bench.plain("y"),))
    assert found == [Absence.NOT_REPORTED]
