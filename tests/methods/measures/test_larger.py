from fractions import Fraction

from assessment.core.absence import Absence


def test_the_largest_of_several(bench):
    cells = {"x": [1, 5, 2], "y": [3, 4, Absence.NOT_REPORTED]}
    found = bench.values("larger", cells, x=bench.plain("x"), others=(bench.plain("y"),))
    assert found == [3, 5, Absence.NOT_REPORTED]


def test_a_written_floor_holds(bench):
    assert bench.values("larger", {"x": ["-3%", "2%"]}, x=bench.growth(), others=("0%",)) == [
        0,
        Fraction(2, 100),
    ]
