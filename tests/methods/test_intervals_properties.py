"""The analysis of rows against looking up values one by one, on the ends and between them."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.methods.intervals import flaws, interval

ends = st.none() | st.integers(0, 6)
whole_line = [Fraction(half, 2) for half in range(-3, 16)]  # the ends and a value between any two of them


@st.composite
def listed(draw):
    return draw(ends), draw(st.booleans()), draw(ends), draw(st.booleans())


def row(low, low_closed, high, high_closed):
    range_ = n.Range(
        low=None if low is None else b.const(low),
        low_closed=low_closed,
        high=None if high is None else b.const(high),
        high_closed=high_closed,
    )
    # A row with both ends was written as a range; one with an open end as a comparison.
    found = interval(range_)
    assert found is not None
    return found


def holds(spec, value):
    low, low_closed, high, high_closed = spec
    above = low is None or value > low or (value == low and low_closed)
    below = high is None or value < high or (value == high and high_closed)
    return above and below


@given(st.lists(listed(), min_size=1, max_size=4))
def test_rows_without_flaws_hold_every_value_and_no_two_listed_ones_the_same(specs):
    if flaws([row(*spec) for spec in specs], otherwise=False):
        return
    for value in whole_line:
        holders = [spec for spec in specs if holds(spec, value)]
        assert holders, value
        if any(spec[0] is not None and spec[2] is not None for spec in holders):
            assert len(holders) == 1


@given(st.lists(listed(), min_size=1, max_size=4))
def test_a_flaw_has_a_witness_among_the_values(specs):
    rows = [row(*spec) for spec in specs]
    for flaw in flaws(rows, otherwise=False):
        held = [[place for place, spec in enumerate(specs) if holds(spec, value)] for value in whole_line]
        match flaw.code:
            case "range-empty":
                assert not any(flaw.at in places for places in held)
            case "band-overlap" | "band-both-closed":
                assert any({flaw.at, flaw.also} <= set(places) for places in held)
            case "band-gap" | "band-uncovered":
                assert [] in held
            case "band-unreachable":
                earlier = set(range(flaw.at))
                assert all(earlier & set(places) for places in held if flaw.at in places)
            case "band-order":
                assert flaw.also is not None
            case other:
                raise AssertionError(other)


@given(st.sets(st.integers(-5, 5), min_size=1, max_size=5), st.booleans(), st.booleans())
def test_a_partition_has_no_flaw_from_either_end(cuts, closed, turned):
    inner = sorted(cuts)
    specs = [
        (None, True, inner[0], not closed),
        *((low, closed, high, not closed) for low, high in pairwise(inner)),
        (inner[-1], closed, None, True),
    ]
    rows = [row(*spec) for spec in (reversed(specs) if turned else specs)]
    assert flaws(rows, otherwise=False) == ()
