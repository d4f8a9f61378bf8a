"""What scores can be, said of rules for points alone: the bounds of formulas, carried up the tree.

The rate of a node lies between the least and the greatest rate below it, whatever its join and its weights are and
whatever points are passed on. Policies, ends, bonuses, roundings, rescaling and vetoes add what they can make of it. What is not sure
stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import reduce

from assessment.core import intervals as iv
from assessment.core import nodes as n
from assessment.core.intervals import EVERYTHING, FROM_ONE, Interval
from assessment.semantics.model import CheckedRules, Disposal, ScoreNode

__all__ = ["ScoreBounds"]

_NONE = iv.point(Fraction(0))
_FULL = iv.point(Fraction(1))


class ScoreBounds:
    """The ranges of scores; `of_formula` gives the range of the formula of a leaf, on its own scale."""

    def __init__(self, rules: CheckedRules, of_formula: Callable[[ScoreNode], Interval]) -> None:
        self._rules, self._of_formula = rules, of_formula
        self._zeroed = any(effect.kind == "zero" for veto in rules.vetoes for effect in veto.effects)
        nodes = tuple(rules.tree.walk())
        self._fixed = not any(then.rescales for node in nodes for then in _disposals(node))
        self._alike = not any(node.by_group for node in nodes)
        self._rates: dict[str, Interval] = {}
        self._possible: dict[str, Fraction] = {}
        self._levels = {node.path: node.level for node in nodes}
        if rules.scale.points is not None:
            self._rate(rules.tree, rules.scale.points, ())

    @property
    def paths(self) -> Iterable[str]:
        """The scores of which something may be said."""
        return self._rates

    def of(self, score: n.Score) -> Interval:
        """The range of a score as it is read."""
        if score.reading == "rank":
            return FROM_ONE
        if score.path not in self._rates:
            return EVERYTHING
        rate, possible = self._rates[score.path], self._possible[score.path]
        taken = self._rules.compare if score.taken == "compared" else score.taken
        rounding = self._rules.rounding.get(self._levels[score.path]) if taken == "rounded" else None
        if score.reading == "rate":
            return rate if rounding is None else EVERYTHING
        found = iv.scale(rate, possible)
        if not self._alike or not (self._fixed or score.path == "total"):
            # What can be earned here is anything up to that.
            found = _hull(found, _NONE)
        return found if rounding is None else iv.rounded(found, rounding.places, rounding.mode, 1)

    def _rate(self, node: ScoreNode, possible: Fraction, above: tuple[Disposal, ...]) -> Interval:
        """The range of the rate of a node that can earn at most so many points, and of all below it."""
        self._possible[node.path] = possible
        above += tuple(one.then for one in node.exemptions)
        if node.children:
            rates = (
                self._carried(child, self._below(child, node, possible), above) for child in node.children
            )
            found = _hull(*rates)
        else:
            found = self._leaf(node)
        found = _with_disposals(found, node, above)
        if node.cap_order != "after" and node.children:
            found = _held(found, node)
        if node.rescale is not None:
            found = _hull(found, _NONE, _FULL) if found.low is not None and found.low >= 0 else EVERYTHING
        found = iv.add(found, _adjusted(node))
        if node.cap_order == "after":
            found = _held(found, node)
        if self._zeroed:
            found = _hull(found, _NONE)
        self._rates[node.path] = found
        return found

    def _below(self, child: ScoreNode, parent: ScoreNode, possible: Fraction) -> Fraction:
        """What a child can earn at most: its points, unless others pass theirs on or it stands for the whole."""
        stands = child.points is None or child.weight is not None or parent.join in ("min", "max")
        return possible if stands or not self._fixed or child.points is None else child.points

    def _carried(self, child: ScoreNode, possible: Fraction, above: tuple[Disposal, ...]) -> Interval:
        """The range of the rate that the parent reads."""
        rate = self._rate(child, possible, above)
        rules = self._rules
        carry = child.carry or rules.carry_at.get(child.level, rules.carry)
        # A rounding can move a rate by whatever its place is of the points that are possible.
        return EVERYTHING if carry == "rounded" and child.level in rules.rounding else rate

    def _leaf(self, leaf: ScoreNode) -> Interval:
        if leaf.formula is None:
            return _NONE
        found = self._of_formula(leaf)
        if leaf.yields == "points":
            if not leaf.points or leaf.by_group:
                return EVERYTHING
            found = iv.scale(found, 1 / leaf.points)
        return found if leaf.cap_order == "after" else _held(found, leaf)


def _hull(*parts: Interval) -> Interval:
    return reduce(lambda left, right: iv.hull(left, right) or EVERYTHING, parts)


def _held(found: Interval, node: ScoreNode) -> Interval:
    """A rate between the ends that the file states, which go with the points that are possible."""
    whole = node.points or Fraction(1)
    if node.least is not None:
        found = iv.largest((found, iv.point(node.least / whole)))
    if node.most is not None:
        found = iv.smallest((found, iv.point(node.most / whole)))
    return found


def _adjusted(node: ScoreNode) -> Interval:
    """What bonuses and deductions can add to a rate; anything where they have no cap, or points are passed on."""
    if not node.adjustments:
        return _NONE
    free = any(one.uncapped or one.unfloored or one.floor is not None for one in node.adjustments)
    if free or node.level != "total" or not node.points:
        return EVERYTHING
    sums = {
        kind: sum((one.points or Fraction(0) for one in node.adjustments if one.level == kind), Fraction(0))
        for kind in ("bonus", "deduction")
    }
    up, down = (min(sums[kind], node.adjustment_caps.get(kind, sums[kind])) / node.points for kind in sums)
    return Interval(-down, False, up, False)


def _with_disposals(found: Interval, node: ScoreNode, above: tuple[Disposal, ...]) -> Interval:
    """A rate, or what takes its place where it is not there; peers and references have rates of the same range."""
    for then in (*_disposals(node), *above):
        for value in _values(then):
            found = _hull(found, iv.point(value))
    return found


def _disposals(node: ScoreNode) -> Iterable[Disposal]:
    yield from (policy.then for policy in node.policies.values())
    yield from (one.then for one in node.exemptions)
    if node.coverage is not None:
        yield node.coverage.then


def _values(then: Disposal) -> Iterator[Fraction]:
    match then.value:
        case "zero":
            yield Fraction(0)
        case "full":
            yield Fraction(1)
        case _ if then.rate is not None:
            yield then.rate
    if then.otherwise is not None:
        yield from _values(then.otherwise)
