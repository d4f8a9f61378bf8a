from fractions import Fraction

from assessment.core.absence import Absence
from assessment.core.types import Kind


def found(bench, a, b, **more):
    return bench.values(
        "ratio_of_sums",
        {"a": a, "b": b},
        numerator=bench.count("a"),
        denominator=bench.count("b"),
        **({"within": "all"} | more),
    )


def test_large_regions_weigh_more(bench):
    # (30 + 10) / (100 + 20), not the mean of 30 % and 50 %
    assert found(bench, [30, 10], [100, 20]) == [Fraction(1, 3)] * 2


def test_a_region_that_lacks_either_value_is_in_neither_sum(bench):
    assert found(bench, [30, 10, Absence.NOT_REPORTED], [100, 20, 999]) == [Fraction(1, 3)] * 3
    assert found(bench, [30, 10, 999], [100, 20, Absence.WITHHELD]) == [Fraction(1, 3)] * 3


def test_denominators_that_add_up_to_zero_are_undefined(bench):
    assert found(bench, [1, 2], [0, 0]) == [Absence.UNDEFINED] * 2
    assert found(bench, [Absence.WITHHELD], [5]) == [Absence.UNDEFINED]


def test_like_units_give_a_share_and_others_a_quotient_of_units(bench):
    alike = bench.lower(
        "ratio_of_sums", numerator=bench.count("a"), denominator=bench.count("b"), within="all"
    )
    assert alike.node.type.kind is Kind.SHARE
    money, people = bench.quantity("a", "万元"), bench.quantity("b", "人")
    other = bench.lower("ratio_of_sums", numerator=money, denominator=people, within="all")
    assert other.node.type.label.en == "万元/人"


def test_the_region_itself_may_be_left_out(bench):
    assert found(bench, [30, 10], [100, 20], own="no") == [Fraction(1, 2), Fraction(3, 10)]
