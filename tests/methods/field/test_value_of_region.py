from fractions import Fraction

from assessment.core.absence import Absence


def test_every_region_reads_the_one_that_is_named(bench):
    cells = {"x": [2, 5, Absence.NOT_REPORTED]}
    found = bench.values("value_of_region", cells, x=bench.plain(), region="r1")
    assert found == [5, 5, 5]


def test_its_absence_is_everybodys_and_an_unknown_region_has_not_reported(bench):
    cells = {"x": [2, Absence.WITHHELD]}
    assert bench.values("value_of_region", cells, x=bench.plain(), region="r1") == [Absence.WITHHELD] * 2
    assert bench.values("value_of_region", cells, x=bench.plain(), region="r9") == [Absence.NOT_REPORTED] * 2


def test_a_reference_subject_may_be_named(bench):
    found = bench.values(
        "value_of_region", {"x": ["2%", "2.5%"]}, reference=[False, True], x=bench.share(), region="r1"
    )
    assert found == [Fraction(25, 1000)] * 2


def test_the_sentence_names_the_region(bench):
    said = bench.method("value_of_region").say(bench.call("value_of_region", x=bench.plain(), region="全市"))
    assert said.zh == "全市的数值为{result}"
