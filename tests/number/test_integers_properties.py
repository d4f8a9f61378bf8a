"""Coprime bases of sets of integers."""

from __future__ import annotations

from itertools import combinations
from math import gcd, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.number.integers import coprime_bases, perfect_root, split, valuation

# Small factors make integers that share factors in tangled ways.
tangled = st.lists(st.sampled_from((2, 3, 5, 6, 10, 12, 36, 49)), max_size=8).map(prod)


@given(st.frozensets(st.one_of(tangled, st.integers(1, 5000)), max_size=8))
def test_bases_are_coprime_and_give_every_integer_back(numbers: frozenset[int]) -> None:
    bases = coprime_bases(numbers, frozenset())
    assert all(gcd(a, b) == 1 for a, b in combinations(bases, 2))
    assert all(base > 1 for base in bases)
    assert all(prod(base**k for base, k in split(n, bases).items()) == n for n in numbers)


@given(st.frozensets(tangled, max_size=6))
def test_no_base_is_a_power_of_a_named_degree(numbers: frozenset[int]) -> None:
    bases = coprime_bases(numbers, frozenset({2, 3}))
    assert all(perfect_root(base, 2) is None and perfect_root(base, 3) is None for base in bases)


@given(st.integers(2, 10**30), st.integers(2, 7))
def test_roots_of_powers_are_found_and_of_neighbours_are_not(number: int, degree: int) -> None:
    assert perfect_root(number**degree, degree) == number
    assert perfect_root(number**degree + 1, degree) is None


@given(st.integers(2, 50), st.integers(0, 40), st.integers(1, 1000))
def test_valuation_counts_powers(factor: int, count: int, rest: int) -> None:
    while rest % factor == 0:
        rest //= factor
    assert valuation(rest * factor**count, factor) == count


def test_an_integer_outside_the_bases_is_refused() -> None:
    with pytest.raises(ValueError, match="bases"):
        split(10, frozenset({2, 3}))
