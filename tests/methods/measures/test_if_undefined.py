from fractions import Fraction

from assessment.core.absence import Absence


def test_a_value_stands_where_a_growth_from_zero_would(bench):
    growth = bench.lower("growth", x=bench.count()).node
    cells = {"x": [3, 12, 0], ("x", 1): [0, 10, 0]}
    found = bench.values("if_undefined", cells, x=growth, value="5%")
    assert found == [Fraction(1, 20), Fraction(1, 5), Fraction(1, 20)]


def test_other_absences_stay(bench):
    cells = {"x": list(Absence)}
    found = bench.values("if_undefined", cells, x=bench.plain(), value=1)
    assert found == [1 if status is Absence.UNDEFINED else status for status in Absence]


def test_what_stands_instead_may_be_missing_itself(bench):
    cells = {"x": [Absence.UNDEFINED, 2], "y": [Absence.WITHHELD, Absence.WITHHELD]}
    assert bench.values("if_undefined", cells, x=bench.plain(), value=bench.plain("y")) == [
        Absence.WITHHELD,
        2,
    ]
