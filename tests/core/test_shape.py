from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.shape import Direction, depth, jumps, monotone
from assessment.core.types import Entity

NUMBER = t.number(Entity.REGION)
X = n.Input(name="x", type=NUMBER)
P = n.Input(name="p", type=NUMBER, low=Fraction(0), low_closed=False)
UP, DOWN, STILL, UNKNOWN = Direction.INCREASING, Direction.DECREASING, Direction.CONSTANT, Direction.UNKNOWN


def bands(value: n.Node, *points: int) -> n.Step:
    """Three rows: from 6, from 2, and the rest."""
    rows = [n.Range(low=b.const(6)), n.Range(low=b.const(2))]
    return b.step(value, rows, [b.points(points[0]), b.points(points[1])], b.points(points[2]))


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (X, UP),
        (b.const(1), STILL),
        (P, STILL),
        (b.negate(X), DOWN),
        (b.multiply(X, P), UP),
        (b.multiply(X, X), UNKNOWN),
        (b.divide(X, P), UP),
        (b.divide(b.const(-2), b.maximum(X, b.const(1))), UP),
        (b.divide(b.const(1), X), UNKNOWN),
        (b.power(X, 3), UP),
        (b.power(b.maximum(X, b.const(0)), 2), UP),
        (b.ln(X), UP),
        (b.clamp(X, b.const(0), b.const(1)), UP),
        (b.minimum(X, b.negate(X)), UNKNOWN),
        (b.compare("<", X, b.const(1)), DOWN),
        (b.negation(b.compare("<", X, b.const(1))), UP),
        (b.compare("=", X, b.const(1)), UNKNOWN),
        (b.select(b.compare(">=", X, b.const(60)), b.points(5), b.points(0)), UP),
        (b.select(b.compare(">=", X, b.const(60)), b.points(0), b.points(5)), DOWN),
        (b.select(b.compare(">=", X, b.const(2)), X, b.const(5)), UNKNOWN),
        (b.select(b.compare(">=", X, b.const(5)), X, b.const(5)), UP),
        (bands(X, 8, 5, 2), UP),
        (bands(X, 8, 5, 6), UNKNOWN),
        (bands(b.negate(X), 8, 5, 2), DOWN),
        (b.shift(X, -1), STILL),
        (b.subtract(X, b.shift(X, -1)), UP),
        (b.is_absent(X), STILL),
        (b.aggregate("mean", X, "all"), UP),
        (b.aggregate("mean", X, "all", own=False), STILL),
        (b.aggregate("count", X, "all"), STILL),
        (b.subtract(X, b.aggregate("mean", X, "all")), UNKNOWN),
        (b.rank([(X, True)], "all"), DOWN),
        (b.rank([(X, False)], "all"), UP),
        (b.refer("A", X), UP),
        (n.Score(path="total", reading="score", type=t.POINTS), UNKNOWN),
    ],
)
def test_directions_follow_from_signs(node, expected):
    assert monotone(node, "x") is expected


def test_the_direction_in_an_earlier_period_is_another_one():
    assert monotone(b.subtract(X, b.shift(X, -1)), "x", period=-1) is DOWN


def test_a_mean_over_ranks_of_others_is_not_said_to_move():
    places = b.subtract(b.rank([(X, True)], "all"), b.rank([(P, True)], "all"))
    assert monotone(b.aggregate("max", places, "all"), "x") is UNKNOWN


def thresholds(node: n.Node) -> list[Fraction | None]:
    return [jump.at for jump in jumps(node)]


def test_bands_jump_at_each_edge():
    assert sorted(thresholds(bands(X, 8, 5, 2))) == [2, 6]


def test_rows_that_meet_do_not_jump():
    # Up to 10 the value itself, above it 10: continuous at 10.
    table = b.step(X, [n.Range(low=b.const(10))], [b.const(10)], X)
    assert thresholds(table) == []


def test_a_clamp_does_not_jump():
    assert thresholds(b.clamp(X, b.const(0), b.const(1))) == []


def test_a_choice_jumps_where_its_branches_differ():
    assert thresholds(b.select(b.compare(">=", X, b.const(3)), b.const(1), b.const(0))) == [3]


def test_a_choice_whose_branches_meet_does_not_jump():
    # 2x from 3 up, x + 3 below: both are 6 at 3.
    bent = b.select(b.compare(">", X, b.const(3)), b.multiply(b.const(2), X), b.add(X, b.const(3)))
    assert thresholds(bent) == []


def test_a_comparison_with_another_measure_has_no_fixed_threshold():
    assert thresholds(b.select(b.compare(">", X, P), b.const(1), b.const(0))) == [None]


def test_a_comparison_that_is_always_so_does_not_jump():
    assert thresholds(b.select(b.compare(">", P, b.const(-1)), b.const(1), b.const(0))) == []


def test_who_belongs_to_a_field_jumps():
    where = b.compare(">=", X, b.const(4))
    assert thresholds(b.aggregate("mean", X, "all", where=where)) == [4]


def test_each_field_that_is_read_adds_a_stage():
    mean = b.aggregate("mean", X, "all")
    assert depth((X,)) == 0
    assert depth((b.rank([(b.subtract(X, mean), True)], "all"),)) == 2
