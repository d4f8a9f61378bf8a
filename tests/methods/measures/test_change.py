from fractions import Fraction

from assessment.core.absence import Absence
from assessment.core.types import Kind


def test_the_change_of_a_share_is_in_percentage_points(bench):
    lowered = bench.lower("change", x=bench.share())
    assert lowered.node.type.kind is Kind.PP
    assert bench.evaluate(lowered.node, {"x": ["2.1%"], ("x", 1): ["2%"]}) == [Fraction(1, 1000)]


def test_the_change_of_a_count_is_a_count(bench):
    lowered = bench.lower("change", x=bench.count())
    assert lowered.node.type.kind is Kind.COUNT
    assert bench.evaluate(lowered.node, {"x": [24, 20], ("x", 1): [21, 21]}) == [3, -1]


def test_a_change_over_several_periods(bench):
    assert bench.values("change", {"x": [9], ("x", 3): [4]}, x=bench.plain(), periods=3) == [5]


def test_a_missing_value_in_either_period_is_missing(bench):
    cells = {"x": [Absence.WITHHELD, 1], ("x", 1): [1, Absence.NOT_REPORTED]}
    assert bench.values("change", cells, x=bench.plain()) == [Absence.WITHHELD, Absence.NOT_REPORTED]
