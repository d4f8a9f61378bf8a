import pytest

from assessment.core import build as b
from assessment.core.absence import Absence
from assessment.core.types import Kind


@pytest.mark.parametrize(
    ("x", "index", "expected"), [(9, 2, 3), (0, 2, 0), (27, 3, 3), (-8, 3, -2), (-4, 2, Absence.UNDEFINED)]
)
def test_roots(bench, x, index, expected):
    assert bench.values("root", {"x": [x]}, x=bench.plain(), index=index) == [expected]


def test_the_root_of_a_quantity_is_that_of_its_number(bench):
    node = bench.lower("root", x=bench.quantity(), index=2).node
    assert node.type.kind is Kind.NUMBER
    assert bench.evaluate(node, {"x": [16]}) == [4]


def test_the_root_of_a_share_is_a_plain_number(bench):
    node = bench.lower("root", x=bench.share(), index=2).node
    assert node.type.kind is Kind.NUMBER
    assert bench.evaluate(node, {"x": ["25%"]}) == [b.const(1).value / 2]


def test_ranks_of_roots_are_those_of_their_values_with_ties(bench):
    node = b.rank([(bench.lower("root", x=bench.plain(), index=2).node, True)], "all")
    assert bench.evaluate(node, {"x": [2, 3, 2, 5]}) == [3, 2, 3, 1]


def test_an_even_root_of_a_written_negative_value_is_refused(bench):
    assert bench.codes("root", x=b.const(-4), index=2) == ["argument-kind"]
    assert bench.codes("root", x=b.const(-8), index=3) == []
