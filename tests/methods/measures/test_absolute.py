from fractions import Fraction

from assessment.core.absence import Absence


def test_the_sign_goes(bench):
    cells = {"x": ["-3pp", "0", "2pp", Absence.WITHHELD]}
    found = bench.values("absolute", cells, x=bench.change())
    assert found == [Fraction(3, 100), 0, Fraction(2, 100), Absence.WITHHELD]


def test_the_unit_stays(bench):
    assert bench.lower("absolute", x=bench.quantity()).node.type == bench.quantity().type
