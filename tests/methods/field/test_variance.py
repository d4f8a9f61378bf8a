from fractions import Fraction

from assessment.core.absence import Absence
from assessment.core.types import Kind

EIGHT = [2, 4, 4, 4, 5, 5, 7, 9]


def test_population_and_sample(bench):
    for of, expected in (("population", Fraction(4)), ("sample", Fraction(32, 7))):
        assert bench.values("variance", {"x": EIGHT}, x=bench.plain(), of=of, within="all")[0] == expected


def test_of_a_quantity_it_has_the_square_of_its_unit(bench):
    node = bench.lower("variance", x=bench.quantity(), of="population", within="all").node
    assert node.type.unit.dimension == tuple(
        (word, 2 * power) for word, power in bench.quantity().type.unit.dimension
    )
    assert bench.evaluate(node, {"x": [1, 3]}) == [1, 1]


def test_of_a_share_it_is_a_plain_number(bench):
    node = bench.lower("variance", x=bench.share(), of="population", within="all").node
    assert node.type.kind is Kind.NUMBER
    assert bench.evaluate(node, {"x": ["40%", "20%"]}) == [Fraction(1, 100)] * 2


def test_a_sample_of_one_has_none(bench):
    assert bench.values("variance", {"x": [3]}, x=bench.plain(), of="sample", within="all") == [
        Absence.UNDEFINED
    ]
