from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.core.types import Kind


def test_growth_is_the_difference_as_a_share_of_the_earlier_value(bench):
    cells = {"x": [520, 480, 500], ("x", 1): [500, 500, 500]}
    assert bench.values("growth", cells, x=bench.quantity()) == [Fraction(4, 100), Fraction(-4, 100), 0]


def test_growth_is_of_kind_growth_for_quantities_and_shares(bench):
    for x in (bench.quantity(), bench.share(), bench.count(), bench.plain()):
        assert bench.lower("growth", x=x).node.type.kind is Kind.GROWTH


def test_a_share_that_rises_by_half_grows_by_fifty_percent(bench):
    cells = {"x": ["1.5%"], ("x", 1): ["1%"]}
    assert bench.values("growth", cells, x=bench.share()) == [Fraction(1, 2)]


def test_a_base_of_zero_or_below_is_undefined(bench):
    cells = {"x": [1, 1], ("x", 1): [0, -2]}
    assert bench.values("growth", cells, x=bench.plain()) == [Absence.UNDEFINED] * 2


def test_a_missing_base_is_missing_and_not_undefined(bench):
    cells = {"x": [1], ("x", 1): [Absence.NOT_REPORTED]}
    assert bench.values("growth", cells, x=bench.plain()) == [Absence.NOT_REPORTED]


def test_a_missing_value_beside_a_base_of_zero_is_missing(bench):
    cells = {"x": [Absence.NOT_REPORTED], ("x", 1): [0]}
    assert bench.values("growth", cells, x=bench.plain()) == [Absence.NOT_REPORTED]


def test_growth_over_two_periods(bench):
    cells = {"x": [6], ("x", 1): [5], ("x", 2): [4]}
    assert bench.values("growth", cells, x=bench.plain(), periods=2) == [Fraction(1, 2)]


@pytest.mark.parametrize("kind", ["growth", "change"])
def test_a_growth_of_a_growth_is_refused(bench, kind):
    assert bench.codes("growth", x=getattr(bench, kind)()) == ["kind-mismatch"]


def test_growth_needs_a_policy_for_a_zero_base(bench):
    assert bench.method("growth").needed(bench.call("growth", x=bench.plain())) == ("zero base",)
