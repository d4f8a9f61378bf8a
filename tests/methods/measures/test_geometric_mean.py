from fractions import Fraction

from assessment.core.absence import Absence
from assessment.core.types import Kind


def test_the_cube_root_of_the_product(bench):
    x, y, z = bench.share("x"), bench.share("y"), bench.share("z")
    lowered = bench.lower("geometric_mean", x=x, others=(y, z))
    assert lowered.node.type.kind is Kind.SHARE
    # 0.9 * 0.6 * 0.4 = 0.216 = 0.6 ^ 3
    assert bench.evaluate(lowered.node, {"x": ["90%"], "y": ["60%"], "z": ["40%"]}) == [Fraction(3, 5)]


def test_quantities_keep_their_unit(bench):
    x, y = bench.quantity("x", "亿元"), bench.quantity("y", "万元")
    lowered = bench.lower("geometric_mean", x=x, others=(y,))
    assert lowered.node.type.label.en == "亿元"
    assert bench.evaluate(lowered.node, {"x": [4], "y": [90000]}) == [6]  # 4 and 9 亿元


def test_a_zero_makes_it_zero_and_a_negative_value_undefined(bench):
    x, others = bench.plain("x"), (bench.plain("y"), bench.plain("z"))
    cells = {"x": [0, -1, -1], "y": [5, -1, 2], "z": [5, 3, 4]}
    found = bench.values("geometric_mean", cells, x=x, others=others)
    assert found == [0, Absence.UNDEFINED, Absence.UNDEFINED]
