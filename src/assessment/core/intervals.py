"""Intervals of real numbers with rational ends, open, closed or without limit, and arithmetic on them.

An interval is never empty; where nothing is left, a function gives None. Every result holds all values that the
operation can give on members of its operands, and is as narrow as that allows when the operands vary independently;
logarithms, roots and exponentials are enclosed from outside. Ends are kept short: past 512 bits they move outwards.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from itertools import product
from math import inf

from attrs import frozen

from assessment import number
from assessment.number import Mode, Real

_ZERO, _ONE = Fraction(0), Fraction(1)
_LONG = 512
"""Ends of more bits than this are moved outwards to `_KEPT` significant bits; no rule writes longer numbers."""
_KEPT = 128
_FAR = 4096
"""Ends beyond 2 to this power count as without limit, and nearer to zero than 2 to its negative as zero."""
_WIDTH = Fraction(1, 10**15)
_MOST_EXPONENT = 10_000


@frozen
class Interval:
    """Numbers from `low` to `high`; an end that is None is without limit and counts as open.

    >>> Interval(Fraction(0), False, None, True).text
    '[0, ∞)'
    """

    low: Fraction | None = None
    low_open: bool = True
    high: Fraction | None = None
    high_open: bool = True

    @property
    def point(self) -> Fraction | None:
        """The only member, where there is but one."""
        return self.low if self.low is not None and self.low == self.high else None

    @property
    def text(self) -> str:
        """The interval as it is written in mathematics."""
        low = "(-∞" if self.low is None else f"{'(' if self.low_open else '['}{self.low}"
        high = "∞)" if self.high is None else f"{self.high}{')' if self.high_open else ']'}"
        return f"{low}, {high}"

    def has(self, value: Fraction) -> bool:
        """Whether a number lies in the interval.

        >>> Interval(Fraction(0), True, Fraction(1), False).has(Fraction(0))
        False
        """
        if self.low is not None and (value < self.low or (value == self.low and self.low_open)):
            return False
        return self.high is None or value < self.high or (value == self.high and not self.high_open)


EVERYTHING = Interval()
FROM_ZERO = Interval(_ZERO, False)
FROM_ONE = Interval(_ONE, False)
EITHER = Interval(_ZERO, False, _ONE, False)
"""Yes (1) and no (0), where both are possible."""
YES = Interval(_ONE, False, _ONE, False)
NO = Interval(_ZERO, False, _ZERO, False)


def point(value: Fraction) -> Interval:
    """The interval of one number."""
    return Interval(value, False, value, False)


def between(
    low: Fraction | None, high: Fraction | None, *, low_open: bool = False, high_open: bool = False
) -> Interval | None:
    """The interval with these ends; None where no number lies in it."""
    if low is not None and high is not None and (low > high or (low == high and (low_open or high_open))):
        return None
    return Interval(low, low is None or low_open, high, high is None or high_open)


def meet(left: Interval, right: Interval) -> Interval | None:
    """What lies in both; None where nothing does."""
    low, low_open = max((_low(left), left.low_open), (_low(right), right.low_open))
    high, high_closed = min((_high(left), not left.high_open), (_high(right), not right.high_open))
    return between(_end(low), _end(high), low_open=low_open, high_open=not high_closed)


def hull(left: Interval | None, right: Interval | None) -> Interval | None:
    """The smallest interval that holds both; None stands for nothing."""
    if left is None or right is None:
        return left or right
    low, low_open = min((_low(left), left.low_open), (_low(right), right.low_open))
    high, high_closed = max((_high(left), not left.high_open), (_high(right), not right.high_open))
    return Interval(_end(low), low_open, _end(high), not high_closed)


def without(whole: Interval, cut: Interval) -> tuple[Interval, ...]:
    """What is left of `whole` when `cut` is taken out, from below: no, one or two pieces."""
    below = None if cut.low is None else meet(whole, Interval(None, True, cut.low, not cut.low_open))
    above = None if cut.high is None else meet(whole, Interval(cut.high, not cut.high_open, None, True))
    return tuple(piece for piece in (below, above) if piece is not None)


def add(left: Interval, right: Interval) -> Interval:
    """The sums of a member of each."""
    low = None if left.low is None or right.low is None else left.low + right.low
    high = None if left.high is None or right.high is None else left.high + right.high
    return _tame(Interval(low, left.low_open or right.low_open, high, left.high_open or right.high_open))


def scale(value: Interval, factor: Fraction) -> Interval:
    """The members times a constant."""
    if factor == 0:
        return NO
    low = None if value.low is None else value.low * factor
    high = None if value.high is None else value.high * factor
    if factor > 0:
        return _tame(Interval(low, value.low_open, high, value.high_open))
    return _tame(Interval(high, value.high_open, low, value.low_open))


def multiply(left: Interval, right: Interval) -> Interval:
    """The products of a member of each.

    >>> multiply(
    ...     Interval(Fraction(-1), False, Fraction(2), True), Interval(Fraction(3), False, Fraction(4), False)
    ... ).text
    '[-4, 8)'
    """
    corners = [_corner(a, b) for a, b in product(_ends(left), _ends(right))]
    low, low_open = min(corners)
    high, high_closed = max((value, not open_) for value, open_ in corners)
    return _tame(Interval(_end(low), low_open, _end(high), not high_closed))


def reciprocals(value: Interval) -> Interval | None:
    """One over each member that is not zero; None where zero is the only one.

    >>> reciprocals(Interval(Fraction(0), False, Fraction(4), False)).text
    '[1/4, ∞)'
    """
    pieces = without(value, NO)
    return reduce(hull, (_reciprocal(piece) for piece in pieces), None)


def divide(left: Interval, right: Interval) -> Interval | None:
    """The quotients by each member of `right` that is not zero; None where zero is the only one.

    >>> divide(
    ...     Interval(Fraction(1), False, Fraction(2), False), Interval(Fraction(0), False, Fraction(4), False)
    ... ).text
    '[1/4, ∞)'
    """
    quotients = (multiply(left, _reciprocal(piece)) for piece in without(right, NO))
    return reduce(hull, quotients, None)


def power(value: Interval, exponent: int) -> Interval | None:
    """A whole power of each member, of each that is not zero for exponents below one; None where none is left.

    >>> power(Interval(Fraction(-3), False, Fraction(2), True), 2).text
    '[0, 9]'
    """
    if exponent < 1:
        inverse = reciprocals(value)
        if inverse is None or exponent == 0:
            return None if inverse is None else point(_ONE)
        parts = [power(_reciprocal(piece), -exponent) for piece in without(value, NO)]
        return reduce(hull, parts, None)
    if exponent > _MOST_EXPONENT:
        return FROM_ZERO if exponent % 2 == 0 else EVERYTHING
    base = magnitude(value) if exponent % 2 == 0 else value
    low = None if base.low is None else _end(_powered(base.low, exponent, down=True))
    high = None if base.high is None else _end(_powered(base.high, exponent, down=False))
    return Interval(low, low is None or base.low_open, high, high is None or base.high_open)


def magnitude(value: Interval) -> Interval:
    """The members without their signs."""
    mirrored = scale(value, -_ONE)
    if not value.has(_ZERO):
        return value if value.low is not None and value.low >= 0 else mirrored
    whole = hull(value, mirrored) or value
    return Interval(_ZERO, False, whole.high, whole.high_open)


def root(value: Interval, index: int) -> Interval | None:
    """The root of each member that has one; None where none has.

    >>> root(Interval(Fraction(-1), False, Fraction(9), True), 2).text
    '[0, 3)'
    """
    inside = value if index % 2 else meet(value, FROM_ZERO)
    if inside is None:
        return None
    low = None if inside.low is None else _enclosed(lambda x: number.root(x, index), inside.low)[0]
    high = None if inside.high is None else _enclosed(lambda x: number.root(x, index), inside.high)[1]
    return Interval(low, low is None or inside.low_open, high, high is None or inside.high_open)


def ln(value: Interval) -> Interval | None:
    """The logarithm of each member above zero; None where none is.

    >>> ln(Interval(Fraction(0), False, Fraction(1), False)).text
    '(-∞, 0]'
    """
    inside = meet(value, Interval(_ZERO, True))
    if inside is None:
        return None
    low = None if not inside.low else _enclosed(number.ln, inside.low)[0]
    high = None if inside.high is None else _enclosed(number.ln, inside.high)[1]
    return Interval(low, low is None or inside.low_open, high, high is None or inside.high_open)


def exp(value: Interval) -> Interval:
    """The exponential of each member; it is above zero.

    >>> exp(Interval(None, True, Fraction(0), False)).text
    '(0, 1]'
    """
    low = None if value.low is None else _enclosed(number.exp, value.low)[0]
    high = None if value.high is None else _enclosed(number.exp, value.high)[1]
    if low is None or low <= 0:
        return Interval(_ZERO, True, high, high is None or value.high_open)
    return Interval(low, value.low_open, high, high is None or value.high_open)


def smallest(parts: tuple[Interval, ...]) -> Interval:
    """The smallest of one member of each."""
    low, low_open = min((_low(part), part.low_open) for part in parts)
    high, high_closed = min((_high(part), not part.high_open) for part in parts)
    return Interval(_end(low), low_open, _end(high), not high_closed)


def largest(parts: tuple[Interval, ...]) -> Interval:
    """The largest of one member of each."""
    low, low_open = max((_low(part), part.low_open) for part in parts)
    high, high_closed = max((_high(part), not part.high_open) for part in parts)
    return Interval(_end(low), low_open, _end(high), not high_closed)


def rounded(value: Interval, places: int, mode: Mode, factor: int) -> Interval:
    """The members times `factor` rounded to decimal places, over `factor`; the ends are reached.

    >>> rounded(Interval(Fraction(1, 2), True, Fraction(3, 2), True), 0, Mode.HALF_UP, 1).text
    '[1, 1]'
    """

    def settle(end: Fraction | None, open_: bool, inwards: int) -> Fraction | None:
        if end is None:
            return None
        scaled = end * factor
        if open_:
            # Rounding jumps only at multiples of half a step; none lies between the end and this point beside it.
            half_step = Fraction(10) ** -places / 2
            scaled += inwards * Fraction(1, 2 * scaled.denominator * half_step.denominator)
        return number.round_exact(scaled, places, mode) / factor

    low = settle(value.low, value.low_open, 1)
    high = settle(value.high, value.high_open, -1)
    return Interval(low, low is None, high, high is None)


# ── ends ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

_Extended = Fraction | float
"""A rational, or one of the two infinities; a float is never anything else here."""


def _low(value: Interval) -> _Extended:
    return -inf if value.low is None else value.low


def _high(value: Interval) -> _Extended:
    return inf if value.high is None else value.high


def _end(value: _Extended) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def _ends(value: Interval) -> tuple[tuple[_Extended, bool], tuple[_Extended, bool]]:
    return (_low(value), value.low_open), (_high(value), value.high_open)


def _corner(left: tuple[_Extended, bool], right: tuple[_Extended, bool]) -> tuple[_Extended, bool]:
    """The product of two ends, and whether it is only approached; a zero that is reached makes a product that is."""
    (a, a_open), (b, b_open) = left, right
    if a == 0 or b == 0:
        return _ZERO, not ((a == 0 and not a_open) or (b == 0 and not b_open))
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a * b, a_open or b_open
    return (inf if (a > 0) == (b > 0) else -inf), True


def _reciprocal(piece: Interval) -> Interval:
    """One over the members of an interval without zero."""
    low = None if piece.high is None or piece.high == 0 else 1 / piece.high
    high = None if piece.low is None or piece.low == 0 else 1 / piece.low
    # Beyond an end without limit the reciprocal comes near zero and does not reach it.
    if piece.high is None:
        low = _ZERO
    if piece.low is None:
        high = _ZERO
    return Interval(low, low is None or piece.high_open, high, high is None or piece.low_open)


def _powered(base: Fraction, exponent: int, *, down: bool) -> _Extended:
    """A power from the first on, moved outwards where it gets long; an infinity where it gets too far."""
    if base < 0:
        found = _powered(-base, exponent, down=not down)
        return -found
    result: Fraction = _ONE
    square = base
    while exponent:
        if exponent & 1:
            result = _moved(result * square, down=down)
        exponent >>= 1
        if exponent:
            square = _moved(square * square, down=down)
        if _far(result) or _far(square):
            # The base is above one, so what is still to be multiplied only adds to it.
            return Fraction(2**_FAR) if down else inf
    return result


def _enclosed(
    function: Callable[[Fraction], Real], value: Fraction
) -> tuple[Fraction | None, Fraction | None]:
    """Rationals around a value that may be irrational; None on both sides where it is too large."""
    try:
        found = function(value)
        if isinstance(found, Fraction):
            return found, found
        low, high = number.interval(found, _WIDTH)
        return _moved(low, down=True), _moved(high, down=False)
    except (number.TooLarge, number.Undecided):
        return None, None


def _tame(value: Interval) -> Interval:
    """The same interval with short ends, moved outwards; an end that moved is not reached."""
    low, high = value.low, value.high
    if (low is None or _bits(low) <= _LONG) and (high is None or _bits(high) <= _LONG):
        return value
    low, low_open = (low, value.low_open) if low is None else _outwards(low, value.low_open, down=True)
    high, high_open = (
        (high, value.high_open) if high is None else _outwards(high, value.high_open, down=False)
    )
    return Interval(low, low_open, high, high_open)


def _outwards(end: Fraction, open_: bool, *, down: bool) -> tuple[Fraction | None, bool]:
    if _far(end):
        # A lower end far above zero stays a number, so that the sign is kept; one far below is no limit at all.
        inner = (end > 0) == down
        return (Fraction(2**_FAR if end > 0 else -(2**_FAR)), True) if inner else (None, True)
    moved = _moved(end, down=down)
    return moved, open_ or moved != end


def _moved(value: Fraction, *, down: bool) -> Fraction:
    """A nearby number of few bits, not above (`down`) or not below the value."""
    if _bits(value) <= _LONG:
        return value
    shift = value.numerator.bit_length() - value.denominator.bit_length() - _KEPT
    if shift < -_FAR:
        # So near to zero that only the sign is kept: zero itself on the outer side, a tiny number on the inner one.
        if (value > 0) == down:
            return _ZERO
        return Fraction(1 if value > 0 else -1, 1 << (_FAR - _KEPT))
    step = Fraction(1 << shift) if shift >= 0 else Fraction(1, 1 << -shift)
    whole = value // step
    return (whole if down else whole + 1) * step


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def _far(value: Fraction) -> bool:
    """Whether a number is beyond 2 to the power `_FAR`, on either side of zero."""
    return value.numerator.bit_length() - value.denominator.bit_length() > _FAR
