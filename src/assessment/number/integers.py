"""Whole numbers as products of coprime bases, without factoring into primes.

Greatest common divisors alone split any set of integers into pairwise coprime bases such that each integer is
a product of powers of them (Bernstein, *Factoring into coprimes in essentially linear time*). Over such bases
a product of powers is 1 only if every exponent is 0: that is how equality of radicals and of sums of
logarithms is proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import gcd, isqrt

__all__ = ["coprime_bases", "perfect_root", "prime_factors", "split", "valuation"]


@lru_cache(maxsize=1024)
def coprime_bases(numbers: frozenset[int], degrees: frozenset[int]) -> frozenset[int]:
    """Pairwise coprime integers above 1 of whose powers each of `numbers` (all positive) is a product.

    `degrees` are primes; no base is a perfect power of such a degree, so that roots of that degree of
    products of the bases are rational only where the exponents say so.
    """
    bases: list[int] = []
    waiting = sorted(numbers, reverse=True)
    while waiting:
        new = waiting.pop()
        for position, old in enumerate(bases):
            if new == 1:
                break
            common = gcd(new, old)
            if common == 1:
                continue
            if common == old:
                new = _without(new, old)
                continue
            # Neither divides away cleanly: the three pieces have a smaller product, so this ends.
            del bases[position]
            waiting += [_without(old, common), new, common]
            new = 1
            break
        if new > 1:
            # `_without` may leave a number that shares a factor with a base passed before.
            if any(gcd(new, old) > 1 for old in bases):
                waiting.append(new)
            else:
                bases.append(new)
    return frozenset(_primitive(base, degrees) for base in bases)


def _without(number: int, factor: int) -> int:
    """`number` with every whole power of `factor` divided out."""
    return number // int(factor ** valuation(number, factor))


def valuation(number: int, factor: int) -> int:
    """How often `factor` (above 1) divides `number` (not 0).

    >>> valuation(72, 6)
    2
    """
    powers = [factor]
    while number % powers[-1] == 0:
        powers.append(powers[-1] * powers[-1])
    count = 0
    for exponent in range(len(powers) - 2, -1, -1):
        if number % powers[exponent] == 0:
            number //= powers[exponent]
            count += 1 << exponent
    return count


def _primitive(base: int, degrees: Iterable[int]) -> int:
    """`base` with perfect powers of the given prime degrees undone."""
    for degree in sorted(degrees):
        while (root := perfect_root(base, degree)) is not None:
            base = root
    return base


def split(number: int, bases: frozenset[int]) -> dict[int, int]:
    """Exponents of the coprime `bases` whose product is `number`.

    Errors: `ValueError` if it is no such product.

    >>> split(72, frozenset({2, 3})) == {2: 3, 3: 2}
    True
    """
    exponents: dict[int, int] = {}
    for base in sorted(bases):
        if number == 1:
            break
        count = valuation(number, base)
        if count:
            exponents[base] = count
            number //= base**count
    if number != 1:
        raise ValueError("the number is not a product of powers of the bases")
    return exponents


def perfect_root(number: int, degree: int) -> int | None:
    """The whole number whose power of `degree` is `number` (at least 2), or `None`.

    >>> perfect_root(27, 3), perfect_root(28, 3)
    (3, None)
    """
    if degree >= number.bit_length():
        return None
    root = isqrt(number) if degree == 2 else _floor_root(number, degree)
    return root if root**degree == number else None


def _floor_root(number: int, degree: int) -> int:
    """The largest whole number whose power does not exceed `number`, by Newton's method from above."""
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better


def prime_factors(number: int) -> frozenset[int]:
    """Primes that divide a small positive number, by trial.

    >>> sorted(prime_factors(12))
    [2, 3]
    """
    found: set[int] = set()
    divisor = 2
    while divisor * divisor <= number:
        while number % divisor == 0:
            found.add(divisor)
            number //= divisor
        divisor += 1
    if number > 1:
        found.add(number)
    return frozenset(found)
