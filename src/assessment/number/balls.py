"""Certified enclosures of irrational numbers, by ball arithmetic at a chosen precision.

The one module that imports python-flint, and only when an irrational number is first evaluated. Its `arb`
carries a midpoint with a proved error bound through every operation.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from assessment.diagnostics.bilingual import Text
from assessment.number.errors import TooLarge
from assessment.number.expression import AbsLog, Atom, Base, Exp, Irrational, Log, Monomial, Real
from assessment.number.text import MOST_BITS

if TYPE_CHECKING:
    from flint import arb

__all__ = ["bounds"]


def bounds(value: Real, bits: int) -> tuple[Fraction, Fraction] | None:
    """Rationals below and above `value`, from arithmetic with `bits` bits.

    `None` where this precision says nothing, for example after a division by a ball that contains 0.
    Errors: `TooLarge` for values beyond 2^±200,000.
    """
    if isinstance(value, Fraction):
        return value, value
    from flint import ctx

    with ctx.workprec(bits):
        ball = _Balls().value(value)
        if not ball.is_finite():
            return None
        return _exact(ball.lower()), _exact(ball.upper())


def _exact(point: arb) -> Fraction:
    """The rational of a ball without radius."""
    mantissa, exponent = (int(part) for part in point.man_exp())
    if abs(exponent) > MOST_BITS:
        raise TooLarge(
            Text(
                en=f"a number near 2^{exponent} is beyond the range of 2^±{MOST_BITS}",
                zh=f"数的大小约为 2^{exponent}，超出 2^±{MOST_BITS} 的范围",
            )
        )
    return Fraction(mantissa << exponent) if exponent >= 0 else Fraction(mantissa, 1 << -exponent)


class _Balls:
    """One evaluation: shared atoms are computed once."""

    def __init__(self) -> None:
        from flint import arb, fmpq

        self._arb = arb
        self._fmpq = fmpq
        self._known: dict[int, arb] = {}

    def value(self, value: Irrational) -> arb:
        total = self._arb(0)
        for monomial, factor in value.terms:
            total += self._rational(factor) * self._monomial(monomial)
        return total

    def _rational(self, value: Fraction) -> arb:
        return self._arb(self._fmpq(value.numerator, value.denominator))

    def _monomial(self, monomial: Monomial) -> arb:
        product = self._arb(1)
        for atom, power in monomial:
            product *= self._power(atom, power)
        return product

    def _power(self, atom: Atom, power: Fraction) -> arb:
        if isinstance(atom, Exp):
            return (self._rational(power) * self._monomial(atom.of)).exp()
        ball = self._atom(atom)
        if power.denominator > 1:
            # Atoms are positive; a ball that reaches below 0 only lacks precision, and gives nan here.
            ball = ball.root(power.denominator)
        return ball if power.numerator == 1 else ball**power.numerator

    def _atom(self, atom: Base | Log | AbsLog | Irrational) -> arb:
        known = self._known.get(id(atom))
        if known is None:
            known = self._known[id(atom)] = self._fresh(atom)
        return known

    def _fresh(self, atom: Base | Log | AbsLog | Irrational) -> arb:
        match atom:
            case Base(base):
                return self._arb(base)
            case Log(base):
                return self._arb(base).log()
            case AbsLog(of):
                return abs(self.value(of).log())
            case Irrational():
                return self.value(atom)
            case _:
                assert_never(atom)
