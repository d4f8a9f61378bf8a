from fractions import Fraction

import pytest

from assessment.core.types import Kind, Type
from assessment.methods.intervals import ABOVE_ALL, BELOW_ALL, Flaw, Interval, flaws, natural_floor


def at_least(value):
    return Interval(start=(0, Fraction(value), 0), end=ABOVE_ALL, listed=False)


def test_a_flaw_carries_the_stretch_in_question():
    (found,) = flaws([at_least(6), at_least(3)], otherwise=False)
    assert found == Flaw(code="band-uncovered", at=None, high=Fraction(3))


def test_values_below_the_floor_need_no_row():
    assert flaws([at_least(6), at_least(0)], otherwise=False, floor=Fraction(0)) == ()


def test_a_row_that_several_rows_above_cover_together_is_unreachable():
    below_three = Interval(start=BELOW_ALL, end=(0, Fraction(3), 0), listed=False)
    (found,) = flaws([below_three, at_least(3), at_least(1)], otherwise=False)
    assert (found.code, found.at, found.also) == ("band-unreachable", 2, None)


@pytest.mark.parametrize(
    ("kind", "floor"),
    [(Kind.SHARE, 0), (Kind.COUNT, 0), (Kind.RANK, 1), (Kind.GROWTH, None), (Kind.PP, None)],
)
def test_where_tables_of_a_kind_may_begin(kind, floor):
    assert natural_floor(Type(kind=kind)) == floor
