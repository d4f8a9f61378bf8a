"""Numbers as a person reads them: certified ends of an enclosure, and short approximations."""

from __future__ import annotations

from fractions import Fraction

from assessment.number.algebra import FIRST_BITS, LAST_BITS
from assessment.number.balls import bounds
from assessment.number.expression import Real
from assessment.number.real import interval, round_real
from assessment.number.rounding import MOST_PLACES, Mode, round_exact
from assessment.number.text import decimal_places, decimal_text

__all__ = ["enclosure", "magnitude", "plain_text"]

#: Beyond this many places before or after the point a number is written with a power of ten.
_PLAIN_PLACES = 30


def enclosure(x: Real, digits: int = 30) -> tuple[str, str]:
    """Decimal texts certified to be not above and not below `x`, about `digits` significant digits long.

    The two are equal for a number that such a decimal writes exactly.
    Errors: `Undecided` if 8192 bits do not suffice; `ValueError` for numbers below 10^-900.

    >>> enclosure(Fraction(1, 3), 5)
    ('0.33333', '0.33334')
    """
    if not 1 <= digits <= 100:
        raise ValueError(f"{digits} digits asked for, 1 to 100 are possible")
    if x == 0:
        return "0", "0"
    places = max(0, digits - 1 - magnitude(x))
    if places > MOST_PLACES:
        raise ValueError("the number is too near 0 to be written as a decimal")
    low, high = (x, x) if isinstance(x, Fraction) else interval(x, Fraction(1, 10 ** (places + 3)))
    below = round_exact(low, places, Mode.DOWN)
    above = round_exact(high, places, Mode.UP)
    if below == above:
        shortest = decimal_places(below) or 0
        return decimal_text(below, shortest), decimal_text(below, shortest)
    return decimal_text(below, places), decimal_text(above, places)


def plain_text(value: Real, digits: int = 10) -> str:
    """A short text for showing: exact where `digits` significant digits are enough, else with `≈` before it.

    >>> plain_text(Fraction(30, 13)), plain_text(Fraction(5, 2))
    ('≈2.307692308', '2.5')
    """
    if not 1 <= digits <= 100:
        raise ValueError(f"{digits} digits asked for, 1 to 100 are possible")
    if value == 0:
        return "0"
    size = magnitude(value)
    if abs(size) > MOST_PLACES - digits:
        return f"≈{'-' if _negative(value) else ''}10^{size}"
    rounded = round_real(value, digits - 1 - size, Mode.HALF_EVEN)
    if isinstance(value, Fraction) and value.denominator == 1 and size <= _PLAIN_PLACES:
        return decimal_text(value, 0)
    mark = "" if rounded == value else "≈"
    if abs(size) > _PLAIN_PLACES:
        scaled = rounded / Fraction(10) ** size
        return f"{mark}{decimal_text(scaled, decimal_places(scaled) or 0)}×10^{size}"
    places = decimal_places(rounded) or 0
    return mark + decimal_text(rounded, max(places, 0 if not mark else digits - 1 - size))


def magnitude(x: Real) -> int:
    """The power of ten of the leading digit of a number other than 0; one too high at most beside a power."""
    bits = FIRST_BITS
    while bits <= LAST_BITS:
        ends = bounds(x, bits)
        if ends is not None and (ends[0] > 0 or ends[1] < 0):
            return _power_of_ten(max(abs(ends[0]), abs(ends[1])))
        bits *= 2
    return 0


def _power_of_ten(value: Fraction) -> int:
    """The exponent of ten of the leading digit of a positive rational."""
    # log10(2) = 0.30102999566…; an estimate, corrected below.
    guess = (value.numerator.bit_length() - value.denominator.bit_length()) * 30103 // 100000
    while Fraction(10) ** guess > value:
        guess -= 1
    while Fraction(10) ** (guess + 1) <= value:
        guess += 1
    return guess


def _negative(value: Real) -> bool:
    ends = bounds(value, FIRST_BITS)
    return ends is not None and ends[1] < 0
