from fractions import Fraction

from assessment.core.absence import Absence
from assessment.core.types import Kind


def test_each_region_counts_by_its_weight(bench):
    node = bench.lower(
        "weighted_mean", x=bench.share(), weight=bench.quantity("w", "万人"), within="all"
    ).node
    assert node.type.kind is Kind.SHARE
    found = bench.evaluate(node, {"x": ["40%", "20%"], "w": [3, 1]})
    assert found == [Fraction(35, 100)] * 2


def test_equal_weights_give_the_plain_mean(bench):
    cells = {"x": [1, 2, 6], "w": [7, 7, 7]}
    assert (
        bench.values("weighted_mean", cells, x=bench.plain(), weight=bench.plain("w"), within="all")
        == [3] * 3
    )


def test_a_region_without_a_value_or_a_weight_does_not_count(bench):
    cells = {"x": [1, 5, Absence.WITHHELD], "w": [2, Absence.NOT_REPORTED, 9]}
    assert (
        bench.values("weighted_mean", cells, x=bench.plain(), weight=bench.plain("w"), within="all")
        == [1] * 3
    )


def test_weights_of_zero_in_all_and_weights_below_zero_have_no_mean(bench):
    for weights in ([0, 0], [3, -1]):
        cells = {"x": [1, 5], "w": weights}
        found = bench.values("weighted_mean", cells, x=bench.plain(), weight=bench.plain("w"), within="all")
        assert found == [Absence.UNDEFINED] * 2


def test_a_weight_of_zero_takes_no_part(bench):
    cells = {"x": [1, 5], "w": [0, 2]}
    assert bench.values("weighted_mean", cells, x=bench.plain(), weight=bench.plain("w"), within="all") == [
        5,
        5,
    ]


def test_without_the_region_itself(bench):
    cells = {"x": [1, 5, 8], "w": [1, 1, 2]}
    found = bench.values(
        "weighted_mean", cells, x=bench.plain(), weight=bench.plain("w"), within="all", own="no"
    )
    assert found == [7, Fraction(17, 3), 3]  # (5 + 16) / 3, (1 + 16) / 3, (1 + 5) / 2
