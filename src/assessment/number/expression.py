"""Irrational numbers as sums of products of powers: the form in which they are kept.

A value is a sum of rational multiples of *monomials*; a monomial is a product of *atoms* to rational powers.
This module holds the data and says nothing about how a form is reached: that is `algebra`.

Invariants, kept by `algebra` and relied on by everything that reads a form:

- every atom is a positive number, so a monomial is positive and a single term has the sign of its factor;
- the integers inside one value (`ints`) are pairwise coprime and above 1, and none is a perfect power of a
  degree in `degrees`; the power of an integer in a monomial lies strictly between 0 and 1;
- a sum inside a monomial has at least two terms, whole coefficients without a common divisor, and is positive;
- monomials and atoms are sorted, so equal forms are equal data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, TypeAlias

import attrs

from assessment.diagnostics.bilingual import Text
from assessment.number.errors import TooLarge
from assessment.number.integers import prime_factors

__all__ = [
    "AbsLog",
    "Atom",
    "Base",
    "Exp",
    "Irrational",
    "Log",
    "Monomial",
    "Real",
    "from_terms",
    "sorted_monomial",
]

#: What atoms are sorted by: a number per kind of atom, then its contents.
Order: TypeAlias = tuple[Any, ...]
#: Atoms in one value, counted as often as they occur; what keeps comparing and hashing short.
MOST_ATOMS = 20_000
#: Atoms inside one another, as in ln(1 + ln(1 + …)); reading a form calls itself once or more for each.
MOST_DEPTH = 60
_SHOWN = 200


@attrs.frozen(cache_hash=True)
class _OfInteger:
    """An atom made of one whole number above 1."""

    base: int

    rank: ClassVar[int]

    @cached_property
    def order(self) -> Order:
        """What atoms are sorted by."""
        return (self.rank, self.base)

    @cached_property
    def ints(self) -> frozenset[int]:
        """The integers it is made of."""
        return frozenset((self.base,))

    @property
    def degrees(self) -> frozenset[int]:
        """Primes in the denominators of powers inside it."""
        return frozenset()

    @property
    def size(self) -> int:
        """How many atoms it counts for."""
        return 1

    @property
    def depth(self) -> int:
        """How many atoms are inside one another, itself included."""
        return 1


@attrs.frozen(cache_hash=True)
class Base(_OfInteger):
    """A whole number above 1; with a power such as 1/2 it is a root."""

    rank = 0

    def __str__(self) -> str:
        return _int_text(self.base)


@attrs.frozen(cache_hash=True)
class Log(_OfInteger):
    """The natural logarithm of a whole number above 1."""

    rank = 1

    def __str__(self) -> str:
        return f"ln {_int_text(self.base)}"


@attrs.frozen(cache_hash=True)
class AbsLog:
    """The natural logarithm, without its sign, of a positive irrational number other than 1."""

    of: Irrational

    @cached_property
    def order(self) -> Order:
        """What atoms are sorted by."""
        return (2, self.of.order)

    @property
    def ints(self) -> frozenset[int]:
        """The integers it is made of."""
        return self.of.ints

    @property
    def degrees(self) -> frozenset[int]:
        """Primes in the denominators of powers inside it."""
        return self.of.degrees

    @property
    def size(self) -> int:
        """How many atoms it counts for."""
        return 1 + self.of.size

    @cached_property
    def depth(self) -> int:
        """How many atoms are inside one another, itself included."""
        return 1 + self.of.depth

    def __str__(self) -> str:
        return f"|ln({self.of})|"


@attrs.frozen(cache_hash=True)
class Exp:
    """The exponential of a monomial (of 1 if it is empty); multiples are powers of this atom."""

    of: Monomial

    @cached_property
    def order(self) -> Order:
        """What atoms are sorted by."""
        return (3, _order(self.of))

    @cached_property
    def ints(self) -> frozenset[int]:
        """The integers it is made of."""
        return frozenset().union(*(atom.ints for atom, _ in self.of))

    @cached_property
    def degrees(self) -> frozenset[int]:
        """Primes in the denominators of powers inside it."""
        return _degrees(self.of)

    @cached_property
    def size(self) -> int:
        """How many atoms it counts for."""
        return 1 + sum(atom.size for atom, _ in self.of)

    @cached_property
    def depth(self) -> int:
        """How many atoms are inside one another, itself included."""
        return 1 + max((atom.depth for atom, _ in self.of), default=0)

    def __str__(self) -> str:
        return f"exp({_monomial_text(self.of) or '1'})"


@attrs.frozen(cache_hash=True, repr=False)
class Irrational:
    """A number that is not known to be rational, exact, in the form this module describes.

    Made and read only by the functions of `assessment.number`; it has no operators, so that it is never
    mixed with floats by accident. Equal data are equal numbers; the reverse is what `compare` proves.
    """

    terms: tuple[tuple[Monomial, Fraction], ...]

    @cached_property
    def order(self) -> Order:
        """What atoms are sorted by."""
        return (4, tuple((_order(monomial), factor) for monomial, factor in self.terms))

    @cached_property
    def ints(self) -> frozenset[int]:
        """The integers it is made of."""
        return frozenset().union(*(atom.ints for monomial, _ in self.terms for atom, _ in monomial))

    @cached_property
    def degrees(self) -> frozenset[int]:
        """Primes in the denominators of powers inside it."""
        return frozenset().union(*(_degrees(monomial) for monomial, _ in self.terms))

    @cached_property
    def size(self) -> int:
        """How many atoms it counts for."""
        return sum(1 + sum(atom.size for atom, _ in monomial) for monomial, _ in self.terms)

    @cached_property
    def depth(self) -> int:
        """How many atoms are inside one another, itself included."""
        return 1 + max((atom.depth for monomial, _ in self.terms for atom, _ in monomial), default=0)

    def __str__(self) -> str:
        parts: list[str] = []
        for monomial, factor in self.terms:
            parts.append(_term_text(monomial, factor))
            if len(parts) > 9:
                break
        text = " + ".join(parts)
        return text if len(text) <= _SHOWN and len(parts) == len(self.terms) else text[:_SHOWN] + "…"

    def __repr__(self) -> str:
        return f"Irrational({self})"


Atom: TypeAlias = Base | Log | AbsLog | Exp | Irrational
Monomial: TypeAlias = tuple[tuple[Atom, Fraction], ...]
Real: TypeAlias = Fraction | Irrational


def from_terms(terms: Mapping[Monomial, Fraction]) -> Real:
    """The value of canonical terms: rational where nothing irrational is left.

    Errors: `TooLarge` past 20,000 atoms, or 60 inside one another.
    """
    kept = [(monomial, factor) for monomial, factor in terms.items() if factor]
    if not kept:
        return Fraction(0)
    if len(kept) == 1 and kept[0][0] == ():
        return kept[0][1]
    kept.sort(key=lambda term: _order(term[0]))
    value = Irrational(tuple(kept))
    if value.size > MOST_ATOMS:
        raise TooLarge(
            Text(
                en=f"an irrational number of {value.size} parts is too large, at most {MOST_ATOMS} are kept",
                zh=f"无理数含 {value.size} 个部分，最多 {MOST_ATOMS} 个",
            )
        )
    if value.depth > MOST_DEPTH:
        raise TooLarge(
            Text(
                en=f"roots and logarithms stand inside one another {value.depth} deep, at most {MOST_DEPTH} are kept",
                zh=f"根式和对数嵌套 {value.depth} 层，最多 {MOST_DEPTH} 层",
            )
        )
    return value


def sorted_monomial(powers: Iterable[tuple[Atom, Fraction]]) -> Monomial:
    """The monomial of powers of distinct atoms; powers of 0 fall away."""
    return tuple(sorted(((atom, power) for atom, power in powers if power), key=lambda pair: pair[0].order))


def _order(monomial: Monomial) -> Order:
    return tuple((atom.order, power) for atom, power in monomial)


def _degrees(monomial: Monomial) -> frozenset[int]:
    """Primes in the denominators of powers, which integers must not be perfect powers of."""
    found = frozenset().union(*(atom.degrees for atom, _ in monomial))
    for _, power in monomial:
        if power.denominator > 1:
            found |= prime_factors(power.denominator)
    return found


def _term_text(monomial: Monomial, factor: Fraction) -> str:
    text = _monomial_text(monomial)
    if factor == 1 and text:
        return text
    shown = _int_text(factor.numerator)
    if factor.denominator > 1:
        shown += f"/{_int_text(factor.denominator)}"
    return f"{shown}·{text}" if text else shown


def _monomial_text(monomial: Monomial) -> str:
    return "·".join(_power_text(atom, power) for atom, power in monomial[:9])


def _power_text(atom: Atom, power: Fraction) -> str:
    text = f"({atom})" if isinstance(atom, Irrational) else str(atom)
    return text if power == 1 else f"{text}^({power})"


def _int_text(number: int) -> str:
    return str(number) if number.bit_length() < 200 else f"[{number.bit_length()} bits]"
