from fractions import Fraction

from assessment.core.absence import Absence
from assessment.core.types import Kind


def test_a_part_of_the_sum(bench):
    node = bench.lower("share_of_total", x=bench.count(), within="all").node
    assert node.type.kind is Kind.SHARE
    assert bench.evaluate(node, {"x": [38, 21, 4]}) == [Fraction(38, 63), Fraction(1, 3), Fraction(4, 63)]


def test_a_sum_of_zero_or_below_has_no_parts(bench):
    for values in ([0, 0], [1, -1], [1, -3]):
        found = bench.values("share_of_total", {"x": values}, x=bench.plain(), within="all")
        assert found == [Absence.UNDEFINED] * 2


def test_a_missing_value_is_missing_and_not_counted(bench):
    cells = {"x": [1, Absence.NOT_REPORTED, 3]}
    found = bench.values("share_of_total", cells, x=bench.plain(), within="all")
    assert found == [Fraction(1, 4), Absence.NOT_REPORTED, Fraction(3, 4)]


def test_a_share_of_the_others(bench):
    found = bench.values("share_of_total", {"x": [1, 2, 3]}, x=bench.plain(), within="all", own="no")
    assert found == [Fraction(1, 5), Fraction(1, 2), 1]
