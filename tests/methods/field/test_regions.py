from assessment.core import build as b
from assessment.core.absence import Absence


def test_the_number_of_regions_of_a_field(bench):
    node = bench.lower("regions", within="group").node
    cells = {"x": [1, 2, 3, 4]}
    assert bench.evaluate(node, cells, groups=["g", "g", "h", "g"]) == [3, 3, 1, 3]
    assert bench.evaluate(node, cells, reference=[False, True, False, False]) == [3] * 4


def test_those_that_meet_a_condition(bench):
    at_least = b.compare(">=", bench.share(), b.const(2, bench.share().type))
    cells = {"x": [2, 3, 1, Absence.NOT_REPORTED]}
    assert bench.values("regions", cells, within="all", where=at_least) == [2] * 4
    assert bench.values("regions", cells, within="all", where=at_least, own="no") == [1, 1, 2, 2]
