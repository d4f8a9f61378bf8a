from fractions import Fraction

from assessment.core.absence import Absence
from assessment.core.types import Kind


def test_a_value_on_a_scale_is_a_share_of_it(bench):
    found = bench.values("judged", {"x": [80, 0, 100]}, value=bench.plain(low=0, high=100))
    assert found == [Fraction(4, 5), 0, 1]


def test_a_value_in_points_is_the_score(bench):
    lowered = bench.lower("judged", value=bench.in_points(low=0, high=6))
    assert lowered.node.type.kind is Kind.POINTS
    assert bench.evaluate(lowered.node, {"x": ["4.5", Absence.NOT_REPORTED]}) == [
        Fraction("4.5"),
        Absence.NOT_REPORTED,
    ]
    assert (lowered.low, lowered.high) == (0, 6)


def test_a_judged_value_needs_both_ends_of_its_range(bench):
    assert bench.codes("judged", value=bench.plain()) == ["judged-without-range"]
    assert bench.codes("judged", value=bench.plain(low=0)) == ["judged-without-range"]
