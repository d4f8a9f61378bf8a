"""Exact real numbers: rationals, and what roots, logarithms and exponentials make of them.

A `Real` is a `Fraction` or an `Irrational`. Whatever is rational comes back as a `Fraction` where that is
found (perfect powers, quotients of logarithms of one base, clamped ends). Two values are compared, and a
value is rounded, only on proof: either certified enclosures part, or equality was proved. Where neither
happens within 8192 bits, `Undecided` is raised and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assessment.diagnostics.bilingual import Text
from assessment.number import algebra
from assessment.number.algebra import FIRST_BITS, LAST_BITS
from assessment.number.balls import bounds
from assessment.number.errors import TooLarge, Undecided
from assessment.number.expression import Irrational, Real
from assessment.number.rounding import Mode, round_exact

__all__ = [
    "Irrational",
    "Real",
    "add",
    "compare",
    "div",
    "exp",
    "floor_real",
    "interval",
    "ln",
    "mul",
    "neg",
    "power",
    "root",
    "round_real",
]

_ONE = Fraction(1)
#: Degrees of roots and powers of irrational numbers; no rule takes a mean over more children.
MOST_DEGREE = 1000


def add(*xs: Real) -> Real:
    """The sum; 0 of nothing.

    >>> add(Fraction(1, 2), Fraction(1, 3))
    Fraction(5, 6)
    """
    if len(xs) == 2:
        a, b = xs
        if isinstance(a, Fraction) and isinstance(b, Fraction):
            return algebra.within_limit(a + b)
    return algebra.total(xs)


def neg(x: Real) -> Real:
    """The number with the other sign."""
    return algebra.negative(x)


def mul(*xs: Real) -> Real:
    """The product; 1 of nothing.

    >>> mul(root(Fraction(2), 2), root(Fraction(8), 2))
    Fraction(4, 1)
    """
    rational = _ONE
    rest: list[Irrational] = []
    for x in xs:
        if isinstance(x, Fraction):
            rational = algebra.within_limit(rational * x)
        else:
            rest.append(x)
    if not rest or rational == 0:
        return rational
    return algebra.product([(rational, _ONE), *((x, _ONE) for x in rest)])


def div(a: Real, b: Real) -> Real:
    """The quotient.

    Errors: `ZeroDivisionError`, also for an irrational form that was proved to be 0.

    >>> div(ln(Fraction(8)), ln(Fraction(2)))
    Fraction(3, 1)
    """
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        if b == 0:
            raise ZeroDivisionError("division by zero")
        return algebra.within_limit(a / b)
    return algebra.product([(a, _ONE), (b, -_ONE)])


def power(x: Real, n: int) -> Real:
    """A whole power; anything to the power 0 is 1.

    Errors: `ZeroDivisionError`; `TooLarge`, found before computing.
    """
    if isinstance(x, Fraction):
        return algebra.rational_power(x, n)
    if abs(n) > MOST_DEGREE:
        raise _degree_too_large(n)
    return algebra.product([(x, Fraction(n))])


def root(x: Real, n: int) -> Real:
    """The real root of degree `n`, negative for a negative number under an odd root.

    Errors: `ValueError` for an even root of a negative number and for a degree below 1; `TooLarge` for
    a degree above 1000.

    >>> root(Fraction(27, 8), 3)
    Fraction(3, 2)
    """
    if n < 1:
        raise ValueError(f"a root of degree {n}; the degree is 1 or more")
    if n > MOST_DEGREE:
        raise _degree_too_large(n)
    if n == 1:
        return x
    signed = algebra.sign(x)
    if signed == 0:
        return Fraction(0)
    if signed > 0:
        return algebra.product([(x, Fraction(1, n))])
    if n % 2 == 0:
        raise ValueError("an even root of a negative number")
    return neg(algebra.product([(neg(x), Fraction(1, n))]))


def ln(x: Real) -> Real:
    """The natural logarithm.

    Errors: `ValueError` for 0 and less.
    """
    return algebra.ln(x)


def exp(x: Real) -> Real:
    """The exponential.

    Errors: `TooLarge` beyond exp(±50,000).

    >>> exp(div(ln(Fraction(9)), Fraction(2)))
    Fraction(3, 1)
    """
    return algebra.exp(x)


def compare(a: Real, b: Real) -> int:
    """−1, 0 or 1 as `a` is below, equal to or above `b`, certain.

    Errors: `Undecided` if equality can neither be proved nor excluded.

    >>> compare(mul(root(Fraction(2), 2), root(Fraction(6), 2)), mul(Fraction(2), root(Fraction(3), 2)))
    0
    """
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return (a > b) - (a < b)
    if a == b:
        return 0
    left, right = bounds(a, FIRST_BITS), bounds(b, FIRST_BITS)
    if left is not None and right is not None:
        if left[1] < right[0]:
            return -1
        if right[1] < left[0]:
            return 1
    return algebra.sign(algebra.total([a, neg(b)]))


def round_real(x: Real, places: int, mode: Mode) -> Fraction:
    """The multiple of 10^-`places` that `mode` gives, certain.

    A number on a tie, or on the grid for the directed modes, is proved to be there.
    Errors: `Undecided`; `ValueError` beyond 1000 places.

    >>> round_real(root(Fraction(2), 2), 3, Mode.HALF_UP)
    Fraction(707, 500)
    """
    if isinstance(x, Fraction):
        return round_exact(x, places, mode)
    step = Fraction(10) ** -places
    if mode.halves:
        step /= 2
    proof_tried = False
    for low, high in _enclosures(x):
        # Rounding is monotone: what both ends give, the number gives.
        below = round_exact(low, places, mode)
        if below == round_exact(high, places, mode):
            return below
        # The one place between the ends where the rounding can jump, if they are near enough.
        jump = step * (high // step)
        if not proof_tried and high - low < step and low <= jump:
            proof_tried = True
            if algebra.is_zero(add(x, -jump)):
                return round_exact(jump, places, mode)
    raise Undecided(
        Text(
            en=f"rounding to {places} places could not be decided with {LAST_BITS} bits",
            zh=f"用 {LAST_BITS} 个二进制位仍无法确定修约到 {places} 位小数的结果",
        )
    )


def floor_real(x: Real) -> int:
    """The largest whole number that is not above `x`, certain.

    Errors: `Undecided`.
    """
    return int(round_real(x, 0, Mode.DOWN))


def interval(x: Real, width: Fraction) -> tuple[Fraction, Fraction]:
    """Rationals below and above `x`, at most `width` apart.

    Errors: `Undecided` if 8192 bits do not reach that width.
    """
    for low, high in _enclosures(x):
        if high - low <= width:
            return low, high
    raise Undecided(
        Text(
            en=f"a number could not be enclosed as narrowly as asked with {LAST_BITS} bits",
            zh=f"用 {LAST_BITS} 个二进制位仍无法把数值限定到所需精度",
        )
    )


def _enclosures(x: Real) -> Iterator[tuple[Fraction, Fraction]]:
    """Enclosures at doubling precision, where they say anything."""
    bits = FIRST_BITS
    while bits <= LAST_BITS:
        ends = bounds(x, bits)
        if ends is not None:
            yield ends
        bits *= 2


def _degree_too_large(n: int) -> TooLarge:
    shown = str(n) if n.bit_length() < 64 else f"of {n.bit_length()} bits"
    return TooLarge(
        Text(
            en=f"a root or power of degree {shown} is too large, at most {MOST_DEGREE} is possible",
            zh=f"开方或乘方的次数 {shown} 过大，最多 {MOST_DEGREE}",
        )
    )
