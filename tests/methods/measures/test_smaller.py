from fractions import Fraction


def test_the_smallest_of_several_in_the_unit_of_the_first(bench):
    x, y = bench.quantity("x", "亿元"), bench.quantity("y", "万元")
    assert bench.values("smaller", {"x": [1, 1], "y": [20000, 5000]}, x=x, others=(y,)) == [1, Fraction(1, 2)]


def test_a_written_cap_holds(bench):
    assert bench.values("smaller", {"x": ["250%"]}, x=bench.growth(), others=("100%",)) == [1]
