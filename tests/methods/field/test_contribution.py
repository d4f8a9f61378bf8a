from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.core.types import Kind


@pytest.mark.parametrize("falls", ["count", "none"])
def test_a_part_of_the_increase_of_all(bench, falls):
    node = bench.lower("contribution", x=bench.quantity(), within="all", falls=falls).node
    assert node.type.kind is Kind.SHARE
    cells = {"x": [16, 13, 1], ("x", 1): [10, 10, 0]}  # increases 6, 3 and 1
    assert bench.evaluate(node, cells) == [Fraction(3, 5), Fraction(3, 10), Fraction(1, 10)]


def test_where_a_region_fell_the_rule_decides(bench):
    cells = {"x": [16, 13, 9], ("x", 1): [10, 10, 10]}  # 6, 3 and -1 are 8
    kept = bench.values("contribution", cells, x=bench.quantity(), within="all", falls="count")
    assert kept == [Fraction(3, 4), Fraction(3, 8), Fraction(-1, 8)]
    none = bench.values("contribution", cells, x=bench.quantity(), within="all", falls="none")
    assert none == [Absence.UNDEFINED] * 3


@pytest.mark.parametrize("falls", ["count", "none"])
@pytest.mark.parametrize("now", [[10, 10], [9, 11], [9, 10]])
def test_a_field_that_did_not_grow_has_no_contributions(bench, falls, now):
    cells = {"x": now, ("x", 1): [10, 10]}
    found = bench.values("contribution", cells, x=bench.plain(), within="all", falls=falls)
    assert found == [Absence.UNDEFINED] * 2


def test_a_region_without_a_base_does_not_count_and_stays_missing(bench):
    cells = {"x": [16, 14, 100], ("x", 1): [10, 10, Absence.NOT_REPORTED]}
    found = bench.values("contribution", cells, x=bench.plain(), within="all", falls="none")
    assert found == [Fraction(3, 5), Fraction(2, 5), Absence.NOT_REPORTED]


def test_a_region_that_stood_still_contributes_nothing(bench):
    cells = {"x": [10, 14], ("x", 1): [10, 10]}
    assert bench.values("contribution", cells, x=bench.plain(), within="all", falls="none") == [0, 1]
