"""The bounds of a graph for every region of a field at once, where some inputs are known only up to an interval.

Each region has an `Analysis` of its own, with its own ranges of inputs; the analyses walk through the graph side by
side, and a node that is about the field is settled from the bounds of all of its members. Everything said is safe, as
in `bounds`: whatever the inputs are within their intervals, the value of a node lies in its interval. The reverse need
not hold, because an interval does not know that two occurrences of a measure move together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from fractions import Fraction
from functools import reduce

from attrs import frozen

from assessment.core import intervals as iv
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.bounds import Analysis, analyse
from assessment.core.intervals import NO, Interval
from assessment.core.possible import UNDEFINED, Bounds
from assessment.core.walk import Demand, children

__all__ = ["Field", "FieldBounds", "field_bounds", "known"]


@frozen(kw_only=True)
class Field:
    """The regions of a field: their names, groups, and which are reference subjects that stand outside statistics."""

    regions: tuple[str, ...]
    groups: tuple[str | None, ...]
    reference: tuple[bool, ...]

    def members(self, region: int, over: n.Extent) -> list[int]:
        """Who is in the field of a region, itself included."""
        return [
            place
            for place in range(len(self.regions))
            if not self.reference[place] and (over == "all" or self.groups[place] == self.groups[region])
        ]


class FieldBounds:
    """The bounds of every node for every region; `of` gives those of one."""

    def __init__(self, analyses: tuple[Analysis, ...]) -> None:
        self._analyses = analyses

    def of(self, node: n.Node, region: int, period: int = 0) -> Bounds:
        """The bounds of a node for a region by its place."""
        return self._analyses[region].of(node, period)


def field_bounds(
    roots: Iterable[n.Node],
    field: Field,
    given: Sequence[Mapping[tuple[str, int], Bounds]],
    exact: Callable[[n.Node, int, int], Bounds | None],
) -> FieldBounds:
    """The bounds of all nodes that the roots need.

    `given` has for each region the ranges of the inputs, by name and period, that are known only up to an interval.
    `exact` gives for a node, a region and a period the bounds of a value that rests on no such input; None where it
    cannot say.
    """
    first = analyse(roots)
    analyses = tuple(copy(first) for _ in field.regions)
    for analysis, ranges in zip(analyses, given, strict=True):
        analysis.begin(ranges)
    moving = _moving(first.demands, given)
    for node, period in first.demands:
        moves = (id(node), period) in moving
        for region, analysis in enumerate(analyses):
            said = _of_field(node, period, region, field, analyses) if moves else exact(node, region, period)
            analysis.settle(node, period, said)
    return FieldBounds(analyses)


def _moving(
    demands: Sequence[Demand], given: Sequence[Mapping[tuple[str, int], Bounds]]
) -> frozenset[tuple[int, int]]:
    """The nodes that rest on an input which some region knows only up to an interval."""
    boxed = {key for ranges in given for key in ranges}
    found: set[tuple[int, int]] = set()
    for node, period in demands:
        if isinstance(node, n.Input):
            if (node.name, period) in boxed:
                found.add((id(node), period))
            continue
        below = period + node.periods if isinstance(node, n.Shift) else period
        if any((id(child), below) in found for child in children(node)):
            found.add((id(node), period))
    return frozenset(found)


def _of_field(
    node: n.Node, period: int, region: int, field: Field, analyses: Sequence[Analysis]
) -> Bounds | None:
    """What the other regions say of a node that is about the field; None for any other node."""
    match node:
        case n.Refer(subject=subject, value=value):
            if subject not in field.regions:
                return Bounds(interval=None, absent=frozenset({Absence.NOT_REPORTED}))
            return analyses[field.regions.index(subject)].of(value, period)
        case n.Aggregate(over="group" | "all" as over):
            members = field.members(region, over)
            if not node.own:
                members = [one for one in members if one != region]
            return _statistic(
                node, [_member(node.value, node.where, analyses[one], period) for one in members]
            )
        case n.Rank(over="group" | "all" as over):
            return _place(node, period, region, field.members(region, over), analyses)
        case _:
            return None


@frozen(kw_only=True)
class _Member:
    """One member of a field: what its value can be, None if it has none, and whether it is sure to have one and to count."""

    interval: Interval | None
    sure: bool


def _member(value: n.Node, where: n.Node | None, analysis: Analysis, period: int) -> _Member:
    found = analysis.of(value, period)
    if where is None:
        return _Member(interval=found.interval, sure=not found.absent)
    asked = analysis.of(where, period)
    if not asked.can_be(True):
        return _Member(interval=None, sure=False)
    inside = asked.interval is not None and asked.interval.point == 1 and not asked.absent
    return _Member(interval=found.interval, sure=inside and not found.absent)


def _statistic(node: n.Aggregate, members: Sequence[_Member]) -> Bounds:
    """The bounds of a statistic over members of which each may have a value, or is sure to."""
    present = [(one.interval, one.sure) for one in members if one.interval is not None]
    sure = [interval for interval, certain in present if certain]
    every = [interval for interval, _ in present]
    all_sure = len(sure) == len(every)
    if node.op == "count":
        return Bounds(interval=iv.between(Fraction(len(sure)), Fraction(len(every))))
    if node.op == "sum":
        total = NO
        for interval, certain in present:
            total = iv.add(total, interval if certain else iv.hull(NO, interval) or NO)
        return Bounds(interval=total)
    absent = frozenset() if sure else UNDEFINED
    culprits = () if sure else (node,)
    if not every:
        return Bounds(interval=None, absent=UNDEFINED, undefined_by=(node,))
    whole = reduce(lambda a, b: iv.hull(a, b) or a, every)
    found = whole
    match node.op:
        case "min" if sure:
            found = iv.smallest(tuple(every)) if all_sure else _below(whole, iv.smallest(tuple(sure)))
        case "max" if sure:
            found = iv.largest(tuple(every)) if all_sure else _above(whole, iv.largest(tuple(sure)))
        case "mean" if all_sure:
            found = iv.scale(reduce(iv.add, every), Fraction(1, len(every)))
        case "median" if all_sure:
            found = _median(every)
        case _:
            pass
    return Bounds(interval=found, absent=absent, undefined_by=culprits)


def _below(whole: Interval, surely: Interval) -> Interval:
    """From the lowest of all to the most that the smallest of the sure ones can be."""
    return Interval(whole.low, whole.low_open, surely.high, surely.high_open)


def _above(whole: Interval, surely: Interval) -> Interval:
    return Interval(surely.low, surely.low_open, whole.high, whole.high_open)


def _median(members: Sequence[Interval]) -> Interval:
    """The median grows with each member, so its ends are those of the lower and of the upper ends."""
    lows = [one.low for one in members]
    highs = [one.high for one in members]
    low = None if None in lows else _middle([one for one in lows if one is not None])
    high = None if None in highs else _middle([one for one in highs if one is not None])
    return Interval(low, low is None, high, high is None)


def _middle(values: Sequence[Fraction]) -> Fraction:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _place(
    node: n.Rank, period: int, region: int, members: Sequence[int], analyses: Sequence[Analysis]
) -> Bounds:
    """The places that a region can take: by how many others are surely, and may be, ahead of it."""
    own = analyses[region].of(node.keys[0][0], period)
    if region not in members:
        return Bounds(interval=None, absent=own.absent | {Absence.NOT_APPLICABLE})
    asked = None if node.where is None else analyses[region].of(node.where, period)
    absent = own.absent if node.where is None else own.absent | {Absence.NOT_APPLICABLE}
    if own.interval is None or (asked is not None and not asked.can_be(True)):
        return Bounds(interval=None, absent=absent)
    surely = maybe = level = 0
    for other in members:
        if other == region:
            continue
        seen = _member(node.keys[0][0], node.where, analyses[other], period)
        if seen.interval is None:
            continue
        ahead, tied = _before(node, period, analyses[other], analyses[region])
        surely += ahead is True and seen.sure
        maybe += ahead is not False
        level += ahead is False and tied
    first, last = 1 + surely, 1 + maybe
    if node.ties == "dense":
        first = 1 + min(surely, 1)
    elif node.ties != "min":
        last += level
    return Bounds(interval=iv.between(Fraction(first), Fraction(last)), absent=absent)


def _before(node: n.Rank, period: int, other: Analysis, own: Analysis) -> tuple[bool | None, bool]:
    """Whether another region is ahead (None where that is open), and whether the two may be tied."""
    for key, highest in node.keys:
        mine, theirs = own.of(key, period), other.of(key, period)
        if mine.interval is None or theirs.interval is None or mine.absent or theirs.absent:
            return None, True
        same = mine.interval.point is not None and mine.interval.point == theirs.interval.point
        if same:
            continue
        better, worse = (theirs.interval, mine.interval) if highest else (mine.interval, theirs.interval)
        if _above_all(better, worse):
            return True, False
        if _above_all(worse, better):
            return False, False
        return None, True
    return False, True


def _above_all(left: Interval, right: Interval) -> bool:
    """Whether every member of one interval is larger than every member of another."""
    if left.low is None or right.high is None:
        return False
    return left.low > right.high or (left.low == right.high and (left.low_open or right.high_open))


def known(value: Fraction | bool | Absence | None) -> Bounds | None:
    """The bounds of a value that is known exactly; None for one that has no place on the number line."""
    match value:
        case Absence():
            return Bounds(interval=None, absent=frozenset({value}))
        case bool() | Fraction():
            return Bounds(interval=iv.point(Fraction(value)))
        case _:
            return None
