from fractions import Fraction

from assessment.core import intervals as iv
from assessment.core.intervals import Interval
from assessment.number import Mode


def closed(low, high) -> Interval:
    return Interval(
        None if low is None else Fraction(low),
        low is None,
        None if high is None else Fraction(high),
        high is None,
    )


def opened(low, high) -> Interval:
    return Interval(
        None if low is None else Fraction(low), True, None if high is None else Fraction(high), True
    )


def test_an_interval_is_written_as_in_mathematics():
    assert Interval(Fraction(1, 2), True, Fraction(3), False).text == "(1/2, 3]"
    assert iv.EVERYTHING.text == "(-∞, ∞)"


def test_what_lies_in_both_is_open_where_either_is():
    assert iv.meet(closed(0, 2), opened(1, 2)) == opened(1, 2)
    assert iv.meet(closed(0, 1), opened(1, 2)) is None


def test_what_holds_both_is_closed_where_either_is():
    assert iv.hull(closed(0, 1), opened(0, 1)) == closed(0, 1)
    assert iv.hull(None, closed(0, 1)) == closed(0, 1)


def test_taking_out_the_middle_leaves_two_pieces_whose_inner_ends_are_open_where_it_was_closed():
    assert iv.without(closed(0, 3), Interval(Fraction(1), False, Fraction(2), True)) == (
        Interval(Fraction(0), False, Fraction(1), True),
        Interval(Fraction(2), False, Fraction(3), False),
    )
    assert iv.without(closed(0, 1), Interval(Fraction(0), True, Fraction(1), True)) == (
        iv.point(Fraction(0)),
        iv.point(Fraction(1)),
    )


def test_a_product_with_a_zero_that_is_reached_is_reached():
    assert iv.multiply(closed(0, 1), opened(2, None)) == Interval(Fraction(0), False, None, True)
    assert iv.multiply(opened(0, 1), opened(2, 3)) == opened(0, 3)


def test_division_across_zero_reaches_everything():
    assert iv.divide(closed(1, 2), closed(-1, 1)) == iv.EVERYTHING


def test_division_by_zero_alone_gives_nothing():
    assert iv.divide(closed(1, 2), iv.point(Fraction(0))) is None


def test_a_quotient_by_an_unlimited_divisor_comes_near_zero_and_does_not_reach_it():
    # 4 / [2, ∞) is (0, 2].
    assert iv.divide(iv.point(Fraction(4)), closed(2, None)) == Interval(
        Fraction(0), True, Fraction(2), False
    )


def test_negative_powers_turn_round_and_avoid_zero():
    # 1/x² for x in [-2, 4] without 0: from 1/16 without limit.
    assert iv.power(closed(-2, 4), -2) == closed(Fraction(1, 16), None)


def test_an_odd_power_keeps_signs():
    assert iv.power(closed(-2, 3), 3) == closed(-8, 27)


def test_huge_powers_are_bounded_at_once():
    assert iv.power(closed(2, 3), 10**9).low == 0
    found = iv.power(closed(2, 3), 9999)
    assert found.low is not None
    assert found.low >= 2**4096
    assert found.high is None


def test_long_ends_move_outwards():
    third = Interval(Fraction(1, 3), False, Fraction(1, 3), False)
    for _ in range(40):
        third = iv.multiply(third, third)
    assert third.low == 0
    assert third.high is not None
    assert 0 < third.high < Fraction(1, 10**100)


def test_a_root_that_is_rational_is_exact():
    assert iv.root(closed(4, 9), 2) == closed(2, 3)


def test_an_irrational_root_is_enclosed_from_outside():
    found = iv.root(iv.point(Fraction(2)), 2)
    assert found.low**2 < 2 < found.high**2
    assert found.high - found.low < Fraction(1, 10**12)


def test_an_even_root_of_negative_values_only_gives_nothing():
    assert iv.root(closed(-3, -1), 2) is None
    assert iv.root(closed(-8, -1), 3) == closed(-2, -1)


def test_a_logarithm_of_values_around_zero_has_no_lower_limit():
    assert iv.ln(closed(-1, 1)) == Interval(None, True, Fraction(0), False)
    assert iv.ln(closed(-2, 0)) is None


def test_an_exponential_is_above_zero_however_small():
    assert iv.exp(closed(-(10**6), 0)) == Interval(Fraction(0), True, Fraction(1), False)


def test_a_rounded_open_end_goes_to_where_values_beside_it_go():
    # Values just above 0.5 round to 1, values just below 1.5 to 1.
    assert iv.rounded(opened(Fraction(1, 2), Fraction(3, 2)), 0, Mode.HALF_EVEN, 1) == closed(1, 1)
    assert iv.rounded(opened(0, 1), 0, Mode.UP, 1) == closed(1, 1)
    assert iv.rounded(closed(0, 1), 0, Mode.UP, 1) == closed(0, 1)


def test_rounding_of_a_percentage_counts_places_in_percent():
    # 0.12345 is 12.345 %, and that is 12.3 % to one place.
    assert iv.rounded(iv.point(Fraction("0.12345")), 1, Mode.HALF_UP, 100) == iv.point(Fraction("0.123"))
