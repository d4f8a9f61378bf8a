from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.number import Irrational, Mode, add, compare, power, round_real


def test_a_perfect_power_gives_a_rational(bench):
    node = bench.lower("average_growth", x=bench.quantity(), periods=2).node
    assert node.type.kind is Kind.GROWTH
    assert bench.evaluate(node, {"x": [121], ("x", 2): [100]}) == [Fraction(1, 10)]


def test_anything_else_gives_an_exact_root(bench):
    (found,) = bench.values("average_growth", {"x": [120], ("x", 2): [100]}, x=bench.plain(), periods=2)
    assert isinstance(found, Irrational)
    assert power(add(found, Fraction(1)), 2) == Fraction(6, 5)
    assert round_real(found, 5, Mode.HALF_UP) == Fraction("0.09545")


def test_equal_growth_over_different_levels_is_equal(bench):
    cells = {"x": [120, 60], ("x", 3): [100, 50]}
    first, second = bench.values("average_growth", cells, x=bench.plain(), periods=3)
    assert compare(first, second) == 0


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (0, 100, -1),
        (100, 0, Absence.UNDEFINED),
        (1, -2, Absence.UNDEFINED),
        (-2, -1, Absence.UNDEFINED),
        (-2, 1, Absence.UNDEFINED),
        (Absence.NOT_REPORTED, 0, Absence.NOT_REPORTED),
        (5, Absence.WITHHELD, Absence.WITHHELD),
    ],
)
def test_bases_and_ends(bench, now, before, expected):
    cells = {"x": [now], ("x", 3): [before]}
    assert bench.values("average_growth", cells, x=bench.plain(), periods=3) == [expected]


@pytest.mark.parametrize("kind", ["growth", "change"])
def test_a_growth_does_not_grow(bench, kind):
    assert bench.codes("average_growth", x=getattr(bench, kind)(), periods=2) == ["kind-mismatch"]


def test_it_needs_the_policy_for_a_zero_base(bench):
    call = bench.call("average_growth", x=bench.plain(), periods=2)
    assert bench.method("average_growth").needed(call) == ("zero base",)
