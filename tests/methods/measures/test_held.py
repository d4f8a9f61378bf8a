from fractions import Fraction

from assessment.core.absence import Absence


def test_between_two_ends(bench):
    cells = {"x": ["-80%", "-50%", "20%", "100%", "250%"]}
    found = bench.values("held", cells, x=bench.growth(), low="-50%", high="100%")
    assert found == [Fraction(-1, 2), Fraction(-1, 2), Fraction(1, 5), 1, 1]


def test_ends_in_the_wrong_order_are_refused_where_they_are_written(bench):
    assert bench.codes("held", x=bench.plain(), low=2, high=1) == ["range-empty"]
    assert bench.codes("held", x=bench.plain(), low=1, high=1) == []


def test_and_undefined_where_they_come_from_data(bench):
    cells = {"x": [5, 5, Absence.NOT_REPORTED], "low": [1, 9, 9], "high": [4, 4, 4]}
    found = bench.values("held", cells, x=bench.plain(), low=bench.plain("low"), high=bench.plain("high"))
    assert found == [4, Absence.UNDEFINED, Absence.NOT_REPORTED]
