"""From a value back to the cells that it rests on: only along what decided it.

Of a choice only the branch that was taken is followed, of a condition that one answer settles only that answer, of a
table only the ranges up to the one that held the value. So what is met is what a score needs, and what an example reaches.

That a sibling is not left out is taken for granted where nothing is given of it: whoever expects one indicator need not give
the others. Where data that are not given would decide that it *is* left out, they are needed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from fractions import Fraction

from attrs import define, field

from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.walk import children
from assessment.evaluation.exact import ranges_of
from assessment.evaluation.facts import Value
from assessment.evaluation.outcome import Outcome

__all__ = ["Met", "back"]

Cell = tuple[str, int, str]
"""An input, a year and a region."""

Visit = tuple[n.Node, int, int]
"""A node, the place of a region, and the year counted from the assessed one."""


@define(kw_only=True)
class Met:
    """What lies behind a value: the nodes, the cells that were read, and the regions that are not there at all."""

    visits: list[Visit] = field(factory=list)
    read: dict[Cell, None] = field(factory=dict)
    absent_regions: dict[str, None] = field(factory=dict)


def back(root: n.Node, place: int, outcome: Outcome, left_out: Collection[int]) -> Met:
    """What lies behind the value of a node for one region; `left_out` are the conditions of siblings, by identity."""
    return _Back(outcome, left_out).follow(root, place, 0)


class _Back:
    def __init__(self, outcome: Outcome, left_out: Collection[int]) -> None:
        self.outcome, self.left_out = outcome, left_out
        self.values, self.facts = outcome.values, outcome.facts

    def follow(self, root: n.Node, place: int, offset: int) -> Met:
        met = Met()
        seen: set[tuple[int, int, int]] = set()
        stack: list[Visit] = [(root, place, offset)]
        while stack:
            node, where, when = stack.pop()
            if (id(node), where, when) in seen or not self.values.known(node, when):
                continue
            seen.add((id(node), where, when))
            if id(node) in self.left_out and node is not root and self.values.at(node, where, when) is False:
                continue
            met.visits.append((node, where, when))
            self._note(node, where, when, met)
            stack += self._behind(node, where, when)
        return met

    def _note(self, node: n.Node, place: int, offset: int, met: Met) -> None:
        match node:
            case n.Input() if node.name not in n.RESERVED:
                year, region = self.facts.period + offset, self.facts.regions[place]
                met.read[node.reported_as, year, region] = None
            case n.Refer(subject=subject) if subject not in self.facts.regions:
                met.absent_regions[subject] = None

    def _behind(self, node: n.Node, place: int, offset: int) -> list[Visit]:
        """What decided the value of a node."""

        def value(one: n.Node) -> Value:
            return self.values.at(one, place, offset)

        here: Iterable[n.Node]
        match node:
            case n.Frame(node=inner):
                here = (inner,)
            case n.Select(condition=condition, then=then, otherwise=otherwise):
                answers = _several(value(condition))
                here = (
                    condition,
                    *((then,) if any(one is True for one in answers) else ()),
                    *((otherwise,) if any(one is False for one in answers) else ()),
                )
            case n.And(args=args):
                here = _settling(args, value(node), False, value)
            case n.Or(args=args):
                here = _settling(args, value(node), True, value)
            case n.Recover(value=inner, statuses=statuses, replacement=replacement):
                acts = any(isinstance(one, Absence) and one in statuses for one in _several(value(inner)))
                here = (inner, replacement) if acts else (inner,)
            case n.Step():
                here = self._of_step(node, place, offset)
            case n.Aggregate(over="all" | "group"):
                return self._of_field(node, place, offset)
            case n.Rank(over="all" | "group"):
                return self._of_rank(node, place, offset)
            case n.Refer(subject=subject, value=inner):
                if subject not in self.facts.regions:
                    return []
                return [(inner, self.facts.regions.index(subject), offset)]
            case n.Shift(value=inner, periods=periods):
                return [(inner, place, offset + periods)]
            case _:
                here = children(node)
        return [(one, place, offset) for one in here]

    def _of_step(self, node: n.Step, place: int, offset: int) -> list[n.Node]:
        def at(one: n.Node) -> Value:
            return self.values.at(one, place, offset)

        found: list[n.Node] = [node.value]
        for branch in ranges_of(node, at):
            last = len(node.ranges) - 1 if branch is None else branch
            for range_ in node.ranges[: last + 1]:
                found += [end for end in (range_.low, range_.high) if end is not None]
            if branch is not None:
                found.append(node.results[branch])
            elif node.otherwise is not None and not isinstance(at(node.value), Absence):
                found.append(node.otherwise)
        return found

    def _of_field(self, node: n.Aggregate, place: int, offset: int) -> list[Visit]:
        found: list[Visit] = []
        for other in self._field(node.over, place):
            if other == place and not node.own:
                continue
            if node.where is not None:
                found.append((node.where, other, offset))
                if self.values.at(node.where, other, offset) is not True:
                    continue
            found.append((node.value, other, offset))
        return found

    def _of_rank(self, node: n.Rank, place: int, offset: int) -> list[Visit]:
        """The first keys of all; later ones only of those that are even with the region so far."""
        found: list[Visit] = []
        even = self._field(node.over, place)
        if node.where is not None:
            found += [(node.where, other, offset) for other in even]
            even = [other for other in even if self.values.at(node.where, other, offset) is True]
        for key, _ in node.keys:
            found += [(key, other, offset) for other in even]
            own = self.values.at(key, place, offset)
            even = [
                other
                for other in even
                if not isinstance(own, Fraction)
                or self.values.at(key, other, offset) == own
                or not isinstance(self.values.at(key, other, offset), Fraction | Absence)
            ]
            if even == [place]:
                break
        return found

    def _field(self, over: n.Extent, place: int) -> list[int]:
        groups = self.facts.groups
        return [
            other
            for other in range(len(self.facts.regions))
            if (over == "all" or groups[other] == groups[place])
            and (not self.facts.reference[other] or other == place)
        ]


def _settling(
    args: tuple[n.Node, ...], outcome: Value, settled: bool, value: Callable[[n.Node], Value]
) -> tuple[n.Node, ...]:
    """The operand that settles the answer alone, where one does; otherwise all."""
    if outcome is settled:
        first = next((one for one in args if value(one) is settled), None)
        return args if first is None else (first,)
    return args


def _several(value: Value) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)
