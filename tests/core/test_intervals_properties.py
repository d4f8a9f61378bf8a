"""Every result holds what members give, and no end is further out than it must be."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from assessment.core import intervals as iv
from assessment.core.intervals import Interval
from assessment.number import Mode, round_exact

ENDS = st.none() | st.sampled_from([Fraction(x, 2) for x in range(-6, 7)])
NUMBERS = st.sampled_from([Fraction(x, 4) for x in range(-16, 17)]) | st.fractions(
    min_value=-5, max_value=5, max_denominator=9
)


@st.composite
def intervals(draw) -> Interval:
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    found = iv.between(low, high, low_open=draw(st.booleans()), high_open=draw(st.booleans()))
    assume(found is not None)
    return found


@st.composite
def members(draw) -> tuple[Interval, Fraction]:
    whole = draw(intervals())
    value = draw(NUMBERS)
    assume(whole.has(value))
    return whole, value


@given(members(), members())
def test_operations_on_members_stay_inside(left, right):
    (a, x), (b, y) = left, right
    assert iv.add(a, b).has(x + y)
    assert iv.multiply(a, b).has(x * y)
    assert iv.smallest((a, b)).has(min(x, y))
    assert iv.largest((a, b)).has(max(x, y))
    assert iv.hull(a, b).has(x)
    if y != 0:
        assert iv.divide(a, b).has(x / y)


@given(members(), st.integers(-3, 4))
def test_powers_of_members_stay_inside(one, exponent):
    whole, x = one
    if x != 0 or exponent > 0:
        assert iv.power(whole, exponent).has(x**exponent)


@given(members(), st.integers(-1, 2), st.sampled_from(Mode), st.sampled_from([1, 100]))
def test_rounded_members_stay_inside(one, places, mode, scale):
    whole, x = one
    assert iv.rounded(whole, places, mode, scale).has(round_exact(x * scale, places, mode) / scale)


@given(intervals(), intervals(), NUMBERS)
def test_membership_decides_what_is_in_both_in_either_and_left_over(left, right, x):
    both = iv.meet(left, right)
    assert (both is not None and both.has(x)) == (left.has(x) and right.has(x))
    assert any(piece.has(x) for piece in iv.without(left, right)) == (left.has(x) and not right.has(x))


@given(intervals(), intervals())
def test_the_ends_of_a_product_are_reached_or_come_near(left, right):
    """Brute force on a grid: a finite end of the product is the product of two ends."""
    found = iv.multiply(left, right)
    ends = [[end for end in (one.low, one.high) if end is not None] for one in (left, right)]
    products = {x * y for x in ends[0] for y in ends[1]} | {Fraction(0)}
    assert found.low is None or found.low in products
    assert found.high is None or found.high in products


@given(intervals(), intervals(), NUMBERS, NUMBERS)
def test_an_open_end_of_a_product_is_not_reached(left, right, x, y):
    found = iv.multiply(left, right)
    if left.has(x) and right.has(y):
        assert not (found.low_open and x * y == found.low)
        assert not (found.high_open and x * y == found.high)
