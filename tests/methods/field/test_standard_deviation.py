from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.evaluation.facts import UNDECIDED
from assessment.number import compare, power

EIGHT = [2, 4, 4, 4, 5, 5, 7, 9]  # mean 5; squares of 3, 1, 1, 1, 0, 0, 2 and 4 add up to 32


def test_of_a_population_the_squares_are_divided_by_the_number(bench):
    found = bench.values("standard_deviation", {"x": EIGHT}, x=bench.plain(), of="population", within="all")
    assert found == [2] * 8  # sqrt(32 / 8)


def test_of_a_sample_they_are_divided_by_one_less_and_the_root_is_exact(bench):
    found = bench.values("standard_deviation", {"x": EIGHT}, x=bench.plain(), of="sample", within="all")
    assert power(found[0], 2) == Fraction(32, 7)


@pytest.mark.parametrize(("of", "expected"), [("population", 0), ("sample", Absence.UNDEFINED)])
def test_a_field_of_one(bench, of, expected):
    found = bench.values(
        "standard_deviation", {"x": [7, Absence.WITHHELD]}, x=bench.plain(), of=of, within="all"
    )
    assert found == [expected, expected]


def test_of_shares_it_is_in_percentage_points_and_of_counts_in_their_unit(bench):
    call = {"of": "population", "within": "all"}
    shares = bench.lower("standard_deviation", x=bench.share(), **call).node
    assert shares.type.kind is Kind.PP
    # 40 % and 20 %: the mean is 30 %, both are 10 points away from it.
    assert bench.evaluate(shares, {"x": ["40%", "20%"]}) == [Fraction(1, 10)] * 2
    firms = bench.lower("standard_deviation", x=bench.count(), **call).node
    assert firms.type.unit.text == "家"
    fence = b.add(bench.share(), b.multiply(b.const(3), shares))
    assert fence.type.kind is Kind.SHARE


def test_where_leaves_out_regions_and_own_the_one_that_asks(bench):
    cells = {"x": [2, 4, 9], "in": [True, True, False]}
    found = bench.values(
        "standard_deviation",
        cells,
        x=bench.plain(),
        of="population",
        within="all",
        where=bench.yes_no("in"),
        own="no",
    )
    # Among 2 and 4: without 2 only 4 is left, without 4 only 2, without 9 both.
    assert found == [0, 0, 1]


def test_irrational_values_have_an_exact_spread(bench):
    x = b.root(bench.plain(), 2)
    found = bench.values("standard_deviation", {"x": [2, 8]}, x=x, of="population", within="all")
    # sqrt 2 and 2 sqrt 2: the mean is 3/2 sqrt 2, each is sqrt 2 / 2 away, and its square is 1/2.
    assert found[0] is not UNDECIDED
    assert compare(power(found[0], 2), Fraction(1, 2)) == 0
