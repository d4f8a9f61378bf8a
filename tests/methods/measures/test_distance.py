from fractions import Fraction

from assessment.core import build as b
from assessment.core.absence import Absence
from assessment.core.types import Kind


def test_in_multiples_of_the_reference(bench):
    cells = {"x": ["2.5%", "2%", "1.5%"]}
    node = bench.lower("distance", x=bench.share(), to="2%").node
    assert node.type.kind is Kind.NUMBER
    assert bench.evaluate(node, cells) == [Fraction(1, 4), 0, Fraction(-1, 4)]
    lower = bench.values("distance", cells, x=bench.share(), to="2%", better="lower")
    assert lower == [Fraction(-1, 4), 0, Fraction(1, 4)]


def test_to_the_best_of_the_field(bench):
    x = bench.quantity()
    cells = {"x": [10, 8, Absence.WITHHELD]}
    found = bench.values("distance", cells, x=x, to=b.aggregate("max", x, "all"))
    assert found == [0, Fraction(-1, 5), Absence.WITHHELD]


def test_every_kind_with_a_scale(bench):
    for x in (bench.plain(), bench.share(), bench.growth(), bench.change(), bench.count(), bench.in_points()):
        node = bench.lower("distance", x=x, to=2).node
        assert node.type.kind is Kind.NUMBER
        assert bench.evaluate(node, {"x": [3]}) == [Fraction(1, 2)]


def test_a_reference_of_zero_or_below(bench):
    assert bench.codes("distance", x=bench.plain(), to=0) == ["argument-kind"]
    cells = {"x": [1, 1], "to": [0, -2]}
    found = bench.values("distance", cells, x=bench.plain(), to=bench.plain("to"))
    assert found == [Absence.UNDEFINED] * 2
