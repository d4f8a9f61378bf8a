from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.methods.steps import counted, is_whole, single


@pytest.mark.parametrize(
    ("counting", "expected"),
    [
        ("line", ["2.4", "-2.4", "2", "-2", "0"]),
        ("whole", ["2", "-2", "2", "-2", "0"]),
        ("started", ["3", "-3", "2", "-2", "0"]),
    ],
)
def test_a_step_down_counts_as_a_step_up_does(bench, counting, expected):
    node = counted(bench.plain(), counting)
    found = bench.evaluate(node, {"x": ["2.4", "-2.4", 2, -2, 0]})
    assert found == [Fraction(one) for one in expected]


def test_counts_and_what_is_added_of_them_are_whole(bench):
    count = bench.count()
    assert is_whole(count)
    assert is_whole(b.subtract(count, b.shift(count, -1)))
    assert is_whole(b.aggregate("sum", count, "all"))


def test_means_shares_and_counts_in_ten_thousands_are_not_whole(bench):
    count = bench.count()
    assert not is_whole(b.aggregate("mean", count, "all"))
    assert not is_whole(b.divide(count, b.const(2)))
    assert not is_whole(b.multiply(count, b.const(Fraction(1, 2))))
    assert not is_whole(bench.share())
    assert not is_whole(bench.count(unit="万家"))


def test_single_things_are_counted_in_any_unit(bench):
    assert bench.evaluate(single(bench.count(unit="万件")), {"x": ["1.2"]}) == [12000]
    assert bench.evaluate(single(bench.plain()), {"x": [3]}) == [3]
