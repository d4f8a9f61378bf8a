"""Exact arithmetic on irrational numbers, and proofs that two of them are equal.

Every operation brings its operands onto common coprime integers first (see `integers`). Over those, roots of
rationals are independent over the rationals, and so are logarithms of rationals: a sum of either kind is zero
only if nothing is left after collecting terms. Products of sums stay factored unless they are short; `is_zero`
multiplies them out, clears denominators and raises both sides to a power where that frees a root.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import ceil, gcd, lcm, prod
from typing import assert_never

from assessment.diagnostics.bilingual import Text
from assessment.errors import InternalError
from assessment.number.balls import bounds
from assessment.number.errors import TooLarge, Undecided
from assessment.number.expression import (
    AbsLog,
    Atom,
    Base,
    Exp,
    Irrational,
    Log,
    Monomial,
    Real,
    from_terms,
    sorted_monomial,
)
from assessment.number.integers import coprime_bases, prime_factors, split
from assessment.number.text import MOST_BITS

__all__ = ["exp", "ln", "negative", "product", "rational_power", "sign", "total", "within_limit"]

#: Precisions tried: doubling from the first to the last.
FIRST_BITS, LAST_BITS = 64, 8192
#: A proof of equality comes after this precision has failed to tell two values apart.
_PROOF_BITS = 128
#: Products of sums are multiplied out at once up to this many terms, and in a proof up to this many steps.
_SHORT_TERMS, _PROOF_STEPS = 12, 4000
_MOST_SPLITS = 64
_LARGEST_EXPONENT = 50_000
_ONE = Fraction(1)


# ── Rationals within bounds ─────────────────────────────────────────────────────────────────────────────────


def within_limit(value: Fraction) -> Fraction:
    """`value` itself; `TooLarge` past 200,000 bits."""
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    if bits > MOST_BITS:
        raise _too_large(bits)
    return value


def rational_power(value: Fraction, exponent: int) -> Fraction:
    """A whole power of a rational; 0 to the power 0 is 1.

    Errors: `ZeroDivisionError`; `TooLarge`, before anything is computed.
    """
    if value == 0 and exponent < 0:
        raise ZeroDivisionError("a negative power of zero")
    if value not in (0, 1, -1):
        # b^e has at least (bits of b − 1)·e bits, so nothing that fits is refused by this estimate.
        bits = (value.numerator.bit_length() + value.denominator.bit_length() - 2) * abs(exponent)
        if bits > MOST_BITS:
            raise _too_large(bits)
    else:
        exponent = exponent % 2 + 2 if exponent else 0
    return within_limit(value**exponent)


def _too_large(bits: int) -> TooLarge:
    return TooLarge(
        Text(
            en=f"an exact result of {bits} bits is too large, at most {MOST_BITS} bits are kept",
            zh=f"精确结果需要 {bits} 个二进制位，最多保留 {MOST_BITS} 位",
        )
    )


# ── Sums and products ───────────────────────────────────────────────────────────────────────────────────────


def total(values: Sequence[Real]) -> Real:
    """The sum."""
    rational = _rational_total([value for value in values if isinstance(value, Fraction)])
    rest: list[Irrational] = [value for value in values if isinstance(value, Irrational)]
    if not rest:
        return rational
    for _ in range(_MOST_SPLITS):
        bases = coprime_bases(
            frozenset().union(*(value.ints for value in rest)),
            frozenset().union(*(value.degrees for value in rest)),
        )
        if all(value.ints <= bases for value in rest):
            break
        moved = [_over(value, bases) for value in rest]
        rational = _rational_total([rational, *(value for value in moved if isinstance(value, Fraction))])
        rest = [value for value in moved if isinstance(value, Irrational)]
    else:
        raise _too_entangled()
    terms: dict[Monomial, Fraction] = {(): rational}
    for value in rest:
        for monomial, factor in value.terms:
            terms[monomial] = within_limit(terms.get(monomial, Fraction(0)) + factor)
    return from_terms(terms)


def _rational_total(values: Sequence[Fraction]) -> Fraction:
    """The sum by halves, which keeps the numbers small for as long as possible."""
    if len(values) <= 2:
        return within_limit(sum(values, start=Fraction(0)))
    middle = len(values) // 2
    return within_limit(_rational_total(values[:middle]) + _rational_total(values[middle:]))


def negative(value: Real) -> Real:
    """The value with the other sign."""
    if isinstance(value, Fraction):
        return -value
    return Irrational(tuple((monomial, -factor) for monomial, factor in value.terms))


def _scaled(value: Irrational, factor: Fraction) -> Real:
    """A rational multiple."""
    return from_terms({monomial: within_limit(c * factor) for monomial, c in value.terms})


def product(factors: Iterable[tuple[Real, Fraction]], known: frozenset[int] = frozenset()) -> Real:
    """The product of powers; `known` are coprime integers that the result is to be written over.

    A value under a fractional power must be positive: callers see to it.
    Errors: `ZeroDivisionError`; `TooLarge`; `Undecided` if the sign of a factor stays open.
    """
    pending = list(factors)
    if len(pending) == 2 and not known:
        # A rational multiple needs no factoring.
        (a, p), (b, q) = pending
        if p == 1 and q.denominator == 1 and isinstance(a, Irrational) and isinstance(b, Fraction) and b:
            return _scaled(a, rational_power(b, q.numerator))
        if q == 1 and p.denominator == 1 and isinstance(b, Irrational) and isinstance(a, Fraction) and a:
            return _scaled(b, rational_power(a, p.numerator))
    gathered = _Gathered()
    for value, power in pending:
        gathered.take(value, power)
    if gathered.zero:
        return Fraction(0)
    for _ in range(_MOST_SPLITS):
        gathered.tidy()
        bases = coprime_bases(gathered.ints() | known, gathered.degrees())
        stale = [atom for atom in gathered.atoms if not atom.ints <= bases]
        if not stale:
            break
        for atom in stale:
            power = gathered.atoms.pop(atom)
            gathered.take(_atom_over(atom, bases), power)
    else:
        raise _too_entangled()
    powers: dict[Atom, Fraction] = dict(gathered.atoms)
    for number, power in gathered.radicals.items():
        for base, count in split(number, bases).items():
            atom = Base(base)
            powers[atom] = powers.get(atom, Fraction(0)) + count * power
    factor, monomial = _monomial(powers)
    factor = within_limit(factor * gathered.factor)
    return _multiplied_out_if_short(monomial, factor)


class _Gathered:
    """A product under way: a rational, powers of integers, powers of other atoms."""

    def __init__(self) -> None:
        self.factor = _ONE
        self.radicals: dict[int, Fraction] = {}
        self.atoms: dict[Atom, Fraction] = {}
        self.zero = False

    def take(self, value: Real, power: Fraction) -> None:
        """Multiply by a power of `value`."""
        if not power:
            return
        if isinstance(value, Fraction):
            self._take_rational(value, power)
        elif len(value.terms) == 1:
            ((monomial, factor),) = value.terms
            self._take_rational(factor, power)
            self._take_monomial(monomial, power)
        else:
            content, common, positive = _content(value)
            self._take_rational(content, power)
            if positive is not None:
                self._take_monomial(common, power)
                self.atoms[positive] = self.atoms.get(positive, Fraction(0)) + power

    def _take_monomial(self, monomial: Monomial, power: Fraction) -> None:
        for atom, inner in monomial:
            if isinstance(atom, Base):
                self._radical(atom.base, inner * power)
            else:
                self.atoms[atom] = self.atoms.get(atom, Fraction(0)) + inner * power

    def _take_rational(self, value: Fraction, power: Fraction) -> None:
        if value == 0:
            if power < 0:
                raise ZeroDivisionError("division by zero")
            self.zero = True
        elif power.denominator == 1:
            self.factor = within_limit(self.factor * rational_power(value, power.numerator))
        elif value < 0:
            raise ValueError("a fractional power of a negative number")
        else:
            self._radical(value.numerator, power)
            self._radical(value.denominator, -power)

    def _radical(self, number: int, power: Fraction) -> None:
        if number > 1:
            self.radicals[number] = self.radicals.get(number, Fraction(0)) + power

    def tidy(self) -> None:
        """Move whole powers of integers into the rational, and drop powers of 0."""
        for number, power in tuple(self.radicals.items()):
            if power.denominator == 1:
                del self.radicals[number]
                self.factor = within_limit(self.factor * rational_power(Fraction(number), power.numerator))
        self.atoms = {atom: power for atom, power in self.atoms.items() if power}

    def ints(self) -> frozenset[int]:
        return frozenset(self.radicals).union(*(atom.ints for atom in self.atoms))

    def degrees(self) -> frozenset[int]:
        powers = (*self.radicals.values(), *self.atoms.values())
        denominators = {power.denominator for power in powers if power.denominator > 1}
        return frozenset().union(
            *(prime_factors(number) for number in denominators), *(atom.degrees for atom in self.atoms)
        )


def _content(value: Irrational) -> tuple[Fraction, Monomial, Irrational | None]:
    """A sum as a rational (with its sign), a common monomial, and a positive sum with neither left in it."""
    signed = sign(value)
    if signed == 0:
        return Fraction(0), (), None
    top = gcd(*(factor.numerator for _, factor in value.terms))
    bottom = lcm(*(factor.denominator for _, factor in value.terms))
    content = within_limit(Fraction(signed * top, bottom))
    common = _common(value)
    inverse = tuple((atom, -power) for atom, power in common)
    rest: dict[Monomial, Fraction] = {}
    for monomial, factor in value.terms:
        extra, divided = _times(monomial, inverse)
        rest[divided] = factor / content * extra
    positive = from_terms(rest)
    if isinstance(positive, Fraction):  # cannot be: distinct monomials stay distinct
        raise InternalError("a sum of two terms became rational by division")
    return content, common, positive


def _common(value: Irrational) -> Monomial:
    """The monomial that divides every term: each atom they share, to its lowest power."""
    shared = dict(value.terms[0][0])
    for monomial, _ in value.terms[1:]:
        powers = dict(monomial)
        shared = {atom: min(power, powers[atom]) for atom, power in shared.items() if atom in powers}
    return sorted_monomial(shared.items())


def _monomial(powers: Mapping[Atom, Fraction]) -> tuple[Fraction, Monomial]:
    """Powers of distinct atoms as a rational and a monomial; integers keep the fractional part only."""
    factor = _ONE
    kept: list[tuple[Atom, Fraction]] = []
    for atom, power in powers.items():
        whole = power.numerator // power.denominator if isinstance(atom, Base) else 0
        if whole and isinstance(atom, Base):
            factor = within_limit(factor * rational_power(Fraction(atom.base), whole))
        kept.append((atom, power - whole))
    return factor, sorted_monomial(kept)


def _times(a: Monomial, b: Monomial) -> tuple[Fraction, Monomial]:
    """The product of two monomials over the same bases."""
    if not a:
        return _ONE, b
    if not b:
        return _ONE, a
    powers = dict(a)
    for atom, power in b:
        powers[atom] = powers.get(atom, Fraction(0)) + power
    return _monomial(powers)


def _multiplied_out_if_short(monomial: Monomial, factor: Fraction) -> Real:
    terms = prod(
        len(atom.terms) ** min(power.numerator // power.denominator, 20)
        for atom, power in monomial
        if isinstance(atom, Irrational) and power >= 1
    )
    single = len(monomial) == 1 and monomial[0][1] == 1
    if single or 1 < terms <= _SHORT_TERMS:
        expanded = _multiplied_out({monomial: factor}, _PROOF_STEPS)
        if expanded is not None:
            return from_terms(expanded)
    return from_terms({monomial: factor})


def _multiplied_out(terms: Mapping[Monomial, Fraction], most_steps: int) -> dict[Monomial, Fraction] | None:
    """The same sum with no sum left under a power of 1 or more; `None` if that takes too many steps."""
    done: dict[Monomial, Fraction] = {}
    waiting = list(terms.items())
    for _ in range(most_steps):
        if not waiting:
            return done
        monomial, factor = waiting.pop()
        for position, (atom, power) in enumerate(monomial):
            if isinstance(atom, Irrational) and power >= 1:
                left = ((atom, power - 1),) if power > 1 else ()
                rest = (*monomial[:position], *left, *monomial[position + 1 :])
                for inner, inner_factor in atom.terms:
                    extra, joined = _times(rest, inner)
                    waiting.append((joined, within_limit(factor * inner_factor * extra)))
                break
        else:
            done[monomial] = within_limit(done.get(monomial, Fraction(0)) + factor)
    return None


# ── Onto other coprime integers ─────────────────────────────────────────────────────────────────────────────


def _over(value: Irrational, bases: frozenset[int]) -> Real:
    """The same value, its integers written as powers of `bases`."""
    if value.ints <= bases:
        return value
    parts: list[Real] = []
    for monomial, factor in value.terms:
        powers = [(_atom_over(atom, bases), power) for atom, power in monomial]
        parts.append(product([(factor, _ONE), *powers], bases))
    return total(parts)


def _atom_over(atom: Atom, bases: frozenset[int]) -> Real:
    if atom.ints <= bases and not isinstance(atom, Base):
        return atom if isinstance(atom, Irrational) else Irrational(((((atom, _ONE),), _ONE),))
    match atom:
        case Base(base):
            return Fraction(base)
        case Log(base):
            return _log_of_bases(split(base, bases))
        case AbsLog(of):
            value = ln(_over(of, bases))
            return negative(value) if sign(value) < 0 else value
        case Exp(of):
            powers = [(_atom_over(inner, bases), power) for inner, power in of]
            return exp(product(powers, bases))
        case Irrational():
            return _over(atom, bases)
        case _:
            assert_never(atom)


def _log_of_bases(exponents: Mapping[int, int]) -> Real:
    return from_terms({((Log(base), _ONE),): Fraction(count) for base, count in exponents.items()})


def _too_entangled() -> TooLarge:
    return TooLarge(
        Text(
            en="an irrational number has too many unrelated integers to be brought into one form",
            zh="无理数所含的整数过多，无法化为统一形式",
        )
    )


# ── Logarithm and exponential ───────────────────────────────────────────────────────────────────────────────


def ln(value: Real) -> Real:
    """The natural logarithm.

    Errors: `ValueError` for 0 and less.
    """
    if sign(value) <= 0:
        raise ValueError("the logarithm of a number that is not positive")
    if isinstance(value, Fraction):
        logs = [(value.numerator, _ONE), (value.denominator, -_ONE)]
        # Numerator and denominator are coprime, so the two logarithms stand over coprime bases.
        return from_terms({((Log(number), _ONE),): factor for number, factor in logs if number > 1})
    if len(value.terms) > 1:
        factor, monomial, positive = _content(value)
        rest = [] if positive is None else [_log_of_atom(positive)]
        return total([_ln_of_term(monomial, factor), *rest])
    ((monomial, factor),) = value.terms
    return _ln_of_term(monomial, factor)


def _ln_of_term(monomial: Monomial, factor: Fraction) -> Real:
    return total([ln(factor), *(product([(_log_of_atom(atom), _ONE), (p, _ONE)]) for atom, p in monomial)])


def _log_of_atom(atom: Atom) -> Real:
    match atom:
        case Base(base):
            return ln(Fraction(base))
        case Exp(of):
            return from_terms({of: _ONE})
        case Log() | AbsLog() | Irrational():
            inner = atom if isinstance(atom, Irrational) else Irrational(((((atom, _ONE),), _ONE),))
            signed = sign(total([inner, Fraction(-1)]))
            if signed == 0:
                return Fraction(0)
            return Irrational(((((AbsLog(inner), _ONE),), Fraction(signed)),))
        case _:
            assert_never(atom)


def exp(value: Real) -> Real:
    """The exponential; of a sum with logarithms of rationals, the powers they stand for.

    Errors: `TooLarge` beyond exp(±50,000).
    """
    interval = bounds(value, FIRST_BITS)
    if interval is not None and max(abs(interval[0]), abs(interval[1])) > _LARGEST_EXPONENT:
        raise TooLarge(
            Text(
                en=f"an exponential of more than {_LARGEST_EXPONENT} is too large",
                zh=f"指数函数的自变量超过 {_LARGEST_EXPONENT}，结果过大",
            )
        )
    if isinstance(value, Fraction):
        return from_terms({((Exp(()), value),): _ONE}) if value else _ONE
    factors: list[tuple[Real, Fraction]] = []
    for monomial, factor in value.terms:
        atom = monomial[0][0] if len(monomial) == 1 and monomial[0][1] == 1 else None
        if isinstance(atom, Log):
            factors.append((Fraction(atom.base), factor))
        elif isinstance(atom, AbsLog):
            above_one = sign(total([atom.of, -_ONE])) > 0
            factors.append((atom.of, factor if above_one else -factor))
        else:
            factors.append((Irrational(((((Exp(monomial), _ONE),), _ONE),)), factor))
    return product(factors)


# ── Sign and proof of zero ──────────────────────────────────────────────────────────────────────────────────


def sign(value: Real) -> int:
    """−1, 0 or 1, certain.

    Equality with 0 is proved, never concluded from nearness.
    Errors: `Undecided` if neither a proof nor 8192 bits decide.
    """
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    return _sign(value)


@lru_cache(maxsize=4096)
def _sign(value: Irrational) -> int:
    if len(value.terms) == 1:
        # Atoms are positive.
        return 1 if value.terms[0][1] > 0 else -1
    bits = FIRST_BITS
    while bits <= LAST_BITS:
        interval = bounds(value, bits)
        if interval is not None and interval[0] > 0:
            return 1
        if interval is not None and interval[1] < 0:
            return -1
        if bits == _PROOF_BITS and is_zero(value):
            return 0
        bits *= 2
    raise Undecided(
        Text(
            en=f"two numbers agree to {LAST_BITS} bits and could not be proved equal",
            zh=f"两个数在 {LAST_BITS} 个二进制位内相同，但无法证明相等",
        )
    )


def is_zero(value: Real, depth: int = 4) -> bool:
    """Whether `value` was proved to be 0; `False` says only that it was not."""
    if isinstance(value, Fraction):
        return value == 0
    try:
        return _proved_zero(value, depth)
    except TooLarge:
        return False


def _proved_zero(value: Irrational, depth: int) -> bool:
    if len(value.terms) == 1:
        return False
    # Before denominators are cleared, as a power of a quotient often has none.
    if depth and _zero_by_powers(value, depth):
        return True
    cleared = _without_denominators(value)
    if cleared is None:
        return False
    if isinstance(cleared, Fraction):
        return cleared == 0
    if len(cleared.terms) == 1 or depth == 0:
        return False
    return (
        _zero_by_powers(cleared, depth)
        or _zero_by_freeing_a_root(cleared, depth)
        or _zero_by_exponential(value, depth)
    )


def _without_denominators(value: Irrational) -> Real | None:
    """`value` times powers of its (positive) sums, multiplied out; `None` if that is too long."""
    current: Real = value
    for _ in range(_MOST_SPLITS):
        if isinstance(current, Fraction):
            return current
        lowest: dict[Atom, Fraction] = {}
        for monomial, _factor in current.terms:
            for atom, power in monomial:
                if isinstance(atom, Irrational):
                    lowest[atom] = min(lowest.get(atom, Fraction(0)), power)
        common = sorted_monomial((atom, Fraction(ceil(-power))) for atom, power in lowest.items())
        terms: dict[Monomial, Fraction] = {}
        for monomial, factor in current.terms:
            extra, joined = _times(monomial, common)
            terms[joined] = within_limit(terms.get(joined, Fraction(0)) + factor * extra)
        expanded = _multiplied_out(terms, _PROOF_STEPS)
        if expanded is None:
            return None
        current = from_terms(expanded)
        # Multiplying out may bring up denominators that stood inside a sum.
        if not common:
            return current
    return None


def _zero_by_powers(value: Irrational, depth: int) -> bool:
    """Two terms cancel if a power of their quotient that has no roots left is 1."""
    if len(value.terms) != 2:
        return False
    (a, p), (b, q) = value.terms
    if (p > 0) == (q > 0):
        return False
    degree = lcm(*(power.denominator for _, power in (*a, *b)))
    if degree == 1:
        return False
    left = product([(abs(p), Fraction(degree)), *((_real(atom), power * degree) for atom, power in a)])
    right = product([(abs(q), Fraction(degree)), *((_real(atom), power * degree) for atom, power in b)])
    return is_zero(total([left, negative(right)]), depth - 1)


def _zero_by_freeing_a_root(value: Irrational, depth: int) -> bool:
    """A + B·S^(r/k) is 0 if A and B have opposite signs and A^k = (−B)^k·S^r."""
    roots = {
        (atom, power)
        for monomial, _ in value.terms
        for atom, power in monomial
        if isinstance(atom, Irrational) and power.denominator > 1
    }
    for atom, power in sorted(roots, key=lambda root: (root[0].order, root[1])):
        if sum(other == atom for other, _ in roots) > 1:
            continue
        free = {monomial: factor for monomial, factor in value.terms if (atom, power) not in monomial}
        bound = {
            tuple(pair for pair in monomial if pair[0] != atom): factor
            for monomial, factor in value.terms
            if (atom, power) in monomial
        }
        a, b = from_terms(free), from_terms(bound)
        if sign(a) * sign(b) != -1:
            continue
        degree = Fraction(power.denominator)
        left = product([(a, degree)])
        right = product([(negative(b), degree), (atom, Fraction(power.numerator))])
        if is_zero(total([left, negative(right)]), depth - 1):
            return True
    return False


def _zero_by_exponential(value: Irrational, depth: int) -> bool:
    """A sum of rational multiples of logarithms is 0 if the product they stand for is 1."""
    for monomial, _ in value.terms:
        if len(monomial) != 1 or monomial[0][1] != 1 or not isinstance(monomial[0][0], Log | AbsLog):
            return False
    return is_zero(total([exp(value), -_ONE]), depth - 1)


def _real(atom: Atom) -> Real:
    if isinstance(atom, Base):
        return Fraction(atom.base)
    return atom if isinstance(atom, Irrational) else Irrational(((((atom, _ONE),), _ONE),))
