"""What can be said of a graph without any data: the range of each node's values and how each can be absent.

Ranges are intervals, propagated once through the graph in the order of evaluation. Inside a branch of a `select` and
beside a row of a step table the condition is known to hold, so the branch is looked at again under it: `x / y` is
bounded where `y > 0` was asked. A frame's contract narrows what arithmetic alone finds. Everything said is safe: a
present value lies in its interval and an absence that occurs was predicted. The reverse need not hold, because an
interval does not know that two occurrences of a measure move together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from copy import copy
from fractions import Fraction
from functools import reduce
from math import floor
from typing import assert_never

from attrs import evolve, frozen

from assessment.core import intervals as iv
from assessment.core import nodes as n
from assessment.core.absence import ALL_ABSENCES, Absence
from assessment.core.intervals import EITHER, EVERYTHING, FROM_ONE, FROM_ZERO, NO, YES, Interval
from assessment.core.numbering import Number, factored, numbering
from assessment.core.possible import (
    IMPOSSIBLE,
    MOST_CULPRITS,
    NEGATED,
    NONE,
    REPORTED,
    TURNED,
    UNDEFINED,
    Bounds,
    both,
    compared,
    constant,
    culprit,
    declared,
    joined,
    lacking,
    logic,
    merged,
    quotient,
    related,
    strict,
)
from assessment.core.types import Kind
from assessment.core.walk import Demand, children, order

__all__ = [
    "IMPOSSIBLE",
    "REPORTED",
    "Analysis",
    "Bounds",
    "Key",
    "Known",
    "Piece",
    "analyse",
    "bounds",
    "can_be_undefined",
]

_ZERO = Fraction(0)
_DEEPEST = 2
"""So many conditions inside one another are held in mind together."""
_MOST_KEYS = 1024
"""So many different measures are watched for in conditions; a graph with more is bounded without the rest."""


Key = tuple[Number, int]
"""A value, by its number and its period."""
Known = dict[Key, Bounds]
"""What a condition says of values while it holds."""
Read = Callable[..., Bounds]
"""The bounds of an operand, in the period of the node that reads it unless another is given."""
Look = Callable[[n.Node, int], Bounds]
"""The bounds of a node in a period."""


@frozen(kw_only=True)
class Piece:
    """The part of a step table's range in which one row applies; `row` is None for `otherwise`."""

    row: int | None
    interval: Interval


def bounds(node: n.Node) -> Bounds:
    """The bounds of one node.

    >>> from assessment.core import build as b
    >>> x = n.Input(name="x", type=b.rate(0).type, low=Fraction(0), high=Fraction(3))
    >>> bounds(b.clamp(x, None, b.rate(1))).interval.text
    '[0, 1]'
    """
    return analyse((node,)).of(node)


def can_be_undefined(node: n.Node, *, empty_fields: bool = False) -> tuple[n.Node, ...]:
    """The nodes that can make `node` *undefined*, at most four; none if it never is.

    A statistic of a field to which the region itself belongs is undefined only for reference subjects; it counts only
    with `empty_fields`.

    >>> from assessment.core import build as b
    >>> x = n.Input(name="x", type=b.const(1).type)
    >>> share = b.divide(b.const(1), x)
    >>> can_be_undefined(b.add(share, x)) == (share,)
    True
    """
    found = bounds(node)
    return (*found.undefined_by, *found.empty_by)[:MOST_CULPRITS] if empty_fields else found.undefined_by


def analyse(roots: Iterable[n.Node], *, given: Mapping[tuple[str, int], Bounds] | None = None) -> Analysis:
    """The bounds of every node that the roots need.

    `given` replaces what is declared of an input in a period (0 is the assessed one, -1 the one before), and says what is
    known of a score that is read, by its name.
    """
    return Analysis(tuple(roots), given or {})


class Analysis:
    """The bounds of all nodes of a graph; `of` gives those of one."""

    def __init__(self, roots: tuple[n.Node, ...], given: Mapping[tuple[str, int], Bounds]) -> None:
        self.demands = order(roots)
        self._number = numbering(node for node, _ in self.demands)
        self._watched = self._masks()
        self.run(given)

    def with_given(self, given: Mapping[tuple[str, int], Bounds]) -> Analysis:
        """The bounds of the same graph with other ranges of its inputs; what does not depend on them is kept."""
        other = copy(self)
        other.run(given)
        return other

    def run(self, given: Mapping[tuple[str, int], Bounds]) -> None:
        """Find all bounds anew with these ranges in the place of declared ones."""
        self.begin(given)
        for node, period in self.demands:
            self.settle(node, period)

    def begin(self, given: Mapping[tuple[str, int], Bounds]) -> None:
        """Forget all bounds, for a walk through `demands` with these ranges in the place of declared ones."""
        self._given = given
        self._fixed: dict[tuple[int, int], Bounds] = {}
        self._bounds: dict[tuple[int, int], Bounds] = {}
        self._visits = 4_000 + 4 * len(self.demands)

    def settle(self, node: n.Node, period: int, known: Bounds | None = None) -> None:
        """Find the bounds of a node whose operands are settled, or take those that are `known` from elsewhere."""
        if known is not None:
            self._fixed[id(node), period] = known
        self._bounds[id(node), period] = self._transfer(node, period, self._reader(period), {}, 0)

    def _reader(self, period: int) -> Read:
        def read(operand: n.Node, at: int = period) -> Bounds:
            return self._bounds[id(operand), at]

        return read

    def of(self, node: n.Node, period: int = 0) -> Bounds:
        """The bounds of a node in a period; `KeyError` for a node that no root needs."""
        return self._bounds[id(node), period]

    def same(self, left: n.Node, right: n.Node) -> bool:
        """Whether two nodes are known to have one value."""
        return self._number[id(left)] == self._number[id(right)]

    def under(self, node: n.Node, period: int, known: Mapping[Key, Bounds] | None) -> Bounds:
        """The bounds of a node while `known` holds; of nothing at all where that is None."""
        return IMPOSSIBLE if known is None else self._under(node, period, dict(known), 0)

    def holding(self, condition: n.Node, truth: bool, period: int = 0) -> Known | None:
        """What is known while a condition holds (or does not); None if that cannot happen."""
        return self._implied(condition, truth, period, self._looking({}))

    def within(self, node: n.Node, interval: Interval, period: int = 0) -> Known | None:
        """What is known while a node lies in an interval; None if it cannot."""
        known: Known = {}
        possible = self._learn(known, node, period, Bounds(interval=interval), self._looking({}))
        return known if possible else None

    def pieces(self, node: n.Step, period: int = 0) -> tuple[Piece, ...]:
        """The rows that a step table can reach, each with the values that reach it; a row may have several pieces."""
        return _pieces(node, lambda operand: self._bounds[id(operand), period])

    def reachable(self, node: n.Step, period: int = 0) -> tuple[bool, ...]:
        """For each row of a step table whether any value reaches it."""
        rows = {piece.row for piece in self.pieces(node, period)}
        return tuple(row in rows for row in range(len(node.ranges)))

    # ── one node from its operands ───────────────────────────────────────────────────────────────────────────────────

    def _transfer(self, node: n.Node, period: int, read: Read, known: Known, depth: int) -> Bounds:
        if self._fixed:
            fixed = self._fixed.get((id(node), period))
            if fixed is not None:
                return fixed
        match node:
            case n.Const(value=value):
                return constant(node, value)
            case n.Input(name=name):
                absent = NONE if name == n.OWN_REGION else REPORTED
                return self._given.get((name, period)) or Bounds(interval=declared(node), absent=absent)
            case n.InGroup():
                return Bounds(interval=EITHER)
            case n.Score(name=name):
                interval = self._given[name, period].interval if (name, period) in self._given else EVERYTHING
                return Bounds(interval=interval, absent=ALL_ABSENCES, undefined_by=(node,))
            case n.Lookup(entries=entries):
                values = [iv.point(value) for _, _, value in entries]
                always = any((group, year) == (None, None) for group, year, _ in entries)
                absent = NONE if always else frozenset({Absence.NOT_APPLICABLE})
                return Bounds(interval=reduce(iv.hull, values, None), absent=absent)
            case n.Add(args=args):
                return strict([read(arg) for arg in args], lambda _: self._sum(args, read))
            case n.Mul(args=args):
                return strict([read(arg) for arg in args], lambda _: self._product(args, read))
            case n.Div(left=left, right=right):
                same = self.same(left, right)
                return strict(
                    [read(left), read(right)],
                    lambda parts: quotient(parts[0], parts[1], same),
                    culprit(node, read(right), NO),
                )
            case n.Power(value=value, exponent=exponent):
                refused = NO if exponent < 1 else None
                return strict(
                    [read(value)],
                    lambda parts: iv.power(parts[0], exponent),
                    culprit(node, read(value), refused),
                )
            case n.Root(value=value, index=index):
                refused = None if index % 2 else Interval(None, True, _ZERO, True)
                return strict(
                    [read(value)],
                    lambda parts: iv.root(parts[0], index),
                    culprit(node, read(value), refused),
                )
            case n.Ln(value=value):
                refused = Interval(None, True, _ZERO, False)
                return strict(
                    [read(value)], lambda parts: iv.ln(parts[0]), culprit(node, read(value), refused)
                )
            case n.Exp(value=value):
                return strict([read(value)], lambda parts: iv.exp(parts[0]))
            case n.Min(args=args):
                return strict([read(arg) for arg in args], lambda parts: iv.smallest(tuple(parts)))
            case n.Max(args=args):
                return strict([read(arg) for arg in args], lambda parts: iv.largest(tuple(parts)))
            case n.Compare(op=op, left=left, right=right):
                same = self.same(left, right)
                return strict([read(left), read(right)], lambda parts: compared(op, parts[0], parts[1], same))
            case n.And(args=args):
                return logic([read(arg) for arg in args], outweighs=False)
            case n.Or(args=args):
                return logic([read(arg) for arg in args], outweighs=True)
            case n.Not(value=value):
                return strict([read(value)], lambda parts: iv.add(YES, iv.scale(parts[0], Fraction(-1))))
            case n.Select():
                return self._select(node, period, read, known, depth)
            case n.Step():
                return self._step(node, period, read, known, depth)
            case n.Round(value=value, places=places, mode=mode, scale=scale):
                return strict([read(value)], lambda parts: iv.rounded(parts[0], places, mode, scale))
            case n.Aggregate():
                return self._aggregate(node, period, read, depth)
            case n.Rank(keys=keys):
                first = read(keys[0][0])
                absent = first.absent | {Absence.NOT_APPLICABLE}
                interval = None if first.interval is None else FROM_ONE
                return evolve(first, interval=interval, absent=absent)
            case n.Distinct(by=by):
                found = reduce(joined, (read(key) for key in by))
                return evolve(found, interval=EITHER)
            case n.Refer(value=value):
                found = read(value)
                return evolve(found, absent=found.absent | {Absence.NOT_REPORTED})
            case n.Shift(value=value, periods=periods):
                return read(value, period + periods)
            case n.IsAbsent(value=value, statuses=statuses):
                found = read(value)
                is_so = YES if found.absent & statuses else None
                is_not = NO if found.interval is not None or found.absent - statuses else None
                return Bounds(interval=iv.hull(is_so, is_not))
            case n.Recover(value=value, statuses=statuses, replacement=replacement):
                found = read(value)
                kept = lacking(found, statuses)
                return joined(kept, read(replacement)) if found.absent & statuses else kept
            case n.Frame(node=inner, low=low, high=high):
                found = read(inner)
                promised = iv.between(low, high)
                if found.interval is None or promised is None:
                    return found
                return evolve(found, interval=iv.meet(found.interval, promised) or found.interval)
            case _:
                assert_never(node)

    def _sum(self, args: tuple[n.Node, ...], read: Read) -> Interval | None:
        """A sum in which several occurrences of one measure count as one: `x - x` is 0."""
        terms: dict[Number, tuple[Fraction, n.Node, Interval | None]] = {}
        for arg in args:
            factor, core = factored(arg)
            number = self._number[id(core)]
            if number in terms:
                factor += terms[number][0]
                inner = read(core).interval
                terms[number] = (factor, core, None if inner is None else iv.scale(inner, factor))
            else:
                terms[number] = (factor, core, read(arg).interval)
        total: Interval | None = NO
        for _, _, part in terms.values():
            total = None if total is None or part is None else iv.add(total, part)
        return total

    def _product(self, args: tuple[n.Node, ...], read: Read) -> Interval | None:
        """A product in which a measure that occurs twice is a square, and so not below zero."""
        times: dict[Number, list[n.Node]] = {}
        for arg in args:
            times.setdefault(self._number[id(arg)], []).append(arg)
        total: Interval | None = YES
        for group in times.values():
            inside = read(group[0]).interval
            part = None if inside is None else inside if len(group) == 1 else iv.power(inside, len(group))
            total = None if total is None or part is None else iv.multiply(total, part)
        return total

    def _aggregate(self, node: n.Aggregate, period: int, read: Read, depth: int) -> Bounds:
        found = read(node.value)
        inside = found.interval
        if node.where is not None and depth < _DEEPEST:
            # Who is in the field meets the condition; conditions around the statistic are about someone else.
            implied = self._implied(node.where, True, period, self._looking({}))
            inside = None if implied is None else self._under(node.value, period, implied, depth + 1).interval
            if not read(node.where).can_be(True):
                inside = None
        passed = found if node.over == "rows" else Bounds(interval=None)
        absent, culprits, empty = passed.absent, passed.undefined_by, passed.empty_by
        match node.op:
            case "count":
                interval: Interval | None = NO if inside is None else FROM_ZERO
            case "sum":
                interval = NO if inside is None else iv.hull(NO, iv.multiply(inside, FROM_ONE))
            case _:
                interval = inside
                absent |= UNDEFINED
                if node.over != "rows" and node.own and node.where is None:
                    empty = merged(empty, (node,))
                else:
                    culprits = merged(culprits, (node,))
        return Bounds(interval=interval, absent=absent, undefined_by=culprits, empty_by=empty)

    # ── what a condition makes known ─────────────────────────────────────────────────────────────────────────────────

    def _select(self, node: n.Select, period: int, read: Read, known: Known, depth: int) -> Bounds:
        condition = read(node.condition)
        result = lacking(evolve(condition, interval=None), NONE)
        for truth, branch in ((True, node.then), (False, node.otherwise)):
            if not condition.can_be(truth):
                continue
            found = read(branch)
            if depth < _DEEPEST:
                implied = self._implied(node.condition, truth, period, self._looking(known))
                found = (
                    IMPOSSIBLE
                    if implied is None
                    else self._under(branch, period, _and(known, implied), depth + 1)
                )
            result = joined(result, found)
        return result

    def _step(self, node: n.Step, period: int, read: Read, known: Known, depth: int) -> Bounds:
        ends = [end for range_ in node.ranges for end in (range_.low, range_.high) if end is not None]
        result = reduce(joined, (evolve(read(part), interval=None) for part in (node.value, *ends)))
        spans: dict[int | None, Interval | None] = {}
        for piece in _pieces(node, read):
            spans[piece.row] = iv.hull(spans.get(piece.row), piece.interval)
        for row, span in spans.items():
            outcome = node.otherwise if row is None else node.results[row]
            if outcome is None:
                result = joined(result, Bounds(interval=None, absent=UNDEFINED, undefined_by=(node,)))
                continue
            found = read(outcome)
            if depth < _DEEPEST and span is not None and not isinstance(outcome, n.Const):
                learnt: Known = {}
                possible = self._learn(
                    learnt, node.value, period, Bounds(interval=span), self._looking(known)
                )
                found = (
                    self._under(outcome, period, _and(known, learnt), depth + 1) if possible else IMPOSSIBLE
                )
            result = joined(result, found)
        return result

    def _looking(self, known: Known) -> Look:
        """How a condition inside another one sees nodes: by their bounds and by what is known already."""

        def look(node: n.Node, period: int) -> Bounds:
            base = self._bounds[id(node), period]
            said = known.get((self._number[id(node)], period))
            return base if said is None else both(base, said)

        return look

    def _implied(self, condition: n.Node, truth: bool, period: int, look: Look) -> Known | None:
        """What holds of single values while a condition does; None where it cannot."""
        known: Known = {}
        stack: list[tuple[n.Node, bool, int]] = [(condition, truth, period)]
        while stack:
            node, wanted, at = stack.pop()
            said = Bounds(interval=YES if wanted else NO)
            if not self._learn(known, node, at, said, look):
                return None
            match node:
                case n.Frame(node=inner):
                    stack.append((inner, wanted, at))
                case n.Shift(value=value, periods=periods):
                    stack.append((value, wanted, at + periods))
                case n.Not(value=value):
                    stack.append((value, not wanted, at))
                case n.And(args=args) if wanted:
                    stack.extend((arg, True, at) for arg in args)
                case n.Or(args=args) if not wanted:
                    stack.extend((arg, False, at) for arg in args)
                case n.IsAbsent(value=value, statuses=statuses):
                    found = look(value, at)
                    left = (
                        evolve(found, interval=None, absent=found.absent & statuses)
                        if wanted
                        else lacking(found, statuses)
                    )
                    if not self._learn(known, value, at, left, look):
                        return None
                case n.Compare(op=op, left=left_node, right=right_node):
                    relation = op if wanted else NEGATED[op]
                    for one, other, turned in (
                        (left_node, right_node, relation),
                        (right_node, left_node, TURNED[relation]),
                    ):
                        beside = look(other, at).interval
                        mine = look(one, at).interval
                        inside = None if beside is None or mine is None else related(mine, turned, beside)
                        if inside is None or not self._learn(known, one, at, Bounds(interval=inside), look):
                            return None
                case _:
                    pass
        return known

    def _learn(self, known: Known, node: n.Node, period: int, said: Bounds, look: Look) -> bool:
        """Add what is said of a node, and what follows for the measure inside a constant factor or term; whether it can be."""
        while True:
            key = (self._number[id(node)], period)
            now = both(known.get(key) or look(node, period), said)
            if not now.possible:
                return False
            known[key] = now
            self._learn_of_field(known, node, period, now)
            inner = _unwrapped(node)
            if inner is None or said.interval is None:
                return True
            node, factor, term = inner
            moved = iv.scale(iv.add(said.interval, iv.point(-term)), 1 / factor)
            said = Bounds(interval=moved, absent=said.absent)

    def _learn_of_field(self, known: Known, node: n.Node, period: int, now: Bounds) -> None:
        """Where a field is known to count somebody, no statistic of the same field is empty."""
        counted = _counted(node, self._number)
        if counted is None or now.interval is None or now.interval.has(_ZERO):
            return
        for sibling in self._fields.get(counted, ()):
            inside, below = (self._bounds.get((id(one), period)) for one in (sibling, sibling.value))
            if inside is None or below is None:
                continue  # of another formula, and not looked at yet
            passed = below.absent if sibling.over == "rows" else NONE
            if Absence.UNDEFINED not in passed:
                known[self._number[id(sibling)], period] = lacking(inside, UNDEFINED)

    def _under(self, root: n.Node, period: int, known: Known, depth: int) -> Bounds:
        """The bounds of a node while `known` holds: only what depends on it is looked at again."""
        wanted = reduce(lambda mask, key: mask | self._watched.get(key[0], 0), known, 0)
        found: dict[tuple[int, int], Bounds] = {}
        stack: list[tuple[n.Node, int, bool]] = [(root, period, False)]

        def reader(period: int) -> Read:
            def read(operand: n.Node, at: int = period) -> Bounds:
                return found.get((id(operand), at)) or self._bounds[id(operand), at]

            return read

        while stack:
            node, at, ready = stack.pop()
            place = (id(node), at)
            if place in found:
                continue
            number = self._number[id(node)]
            said = known.get((number, at))
            if said is not None:
                now = both(self._bounds[place], said)
                found[place] = self._bounds[place] if now == self._bounds[place] else now
            elif not self._depends.get(number, 0) & wanted:
                found[place] = self._bounds[place]
            elif not ready:
                self._visits -= 1
                if self._visits < 0:
                    return self._bounds[id(root), period]
                stack.append((node, at, True))
                stack.extend((child, below, False) for child, below in _operands(node, at))
            else:
                before = self._bounds[place]
                if all(
                    found[id(child), below] is self._bounds[id(child), below]
                    for child, below in _operands(node, at)
                ):
                    found[place] = before
                    continue
                now = self._transfer(node, at, reader(at), known, depth)
                found[place] = before if now == before else now
        return found[id(root), period]

    # ── which nodes a condition can be about ─────────────────────────────────────────────────────────────────────────

    def _masks(self) -> dict[Number, int]:
        """A bit for each value that some condition is about; `_depends` collects them along the operands."""
        keys: set[Number] = set()
        self._fields: dict[Hashable, list[n.Aggregate]] = {}
        for node, _ in self.demands:
            if isinstance(node, n.Aggregate) and node.op not in ("count", "sum"):
                keys.add(self._number[id(node)])
                self._fields.setdefault(_field(node, self._number), []).append(node)
            for subject in _subjects(node):
                keys.add(self._number[id(subject)])
                inner = _unwrapped(subject)
                while inner is not None:
                    keys.add(self._number[id(inner[0])])
                    inner = _unwrapped(inner[0])
        bits = {number: 1 << place for place, number in enumerate(sorted(keys)[:_MOST_KEYS])}
        self._depends: dict[Number, int] = {}
        for node, _ in self.demands:
            number = self._number[id(node)]
            mask = self._depends.get(number, 0) | bits.get(number, 0)
            for child, _ in _operands(node, 0):
                mask |= self._depends.get(self._number[id(child)], 0)
            self._depends[number] = mask
        return bits


# ── what a graph looks like to an analysis ───────────────────────────────────────────────────────────────────────────


def _operands(node: n.Node, period: int) -> tuple[Demand, ...]:
    """What a node's value is made of for the same region; statistics and named regions are about others."""
    match node:
        case n.Aggregate() | n.Rank() | n.Distinct() | n.Refer():
            return ()
        case n.Frame(node=inner):
            return ((inner, period),)
        case n.Shift(value=value, periods=periods):
            return ((value, period + periods),)
        case _:
            return tuple((child, period) for child in children(node))


def _subjects(node: n.Node) -> tuple[n.Node, ...]:
    """The nodes that a condition at this node speaks about."""
    match node:
        case n.Compare(left=left, right=right):
            return (node, left, right)
        case n.Step(value=value):
            return (value,)
        case n.IsAbsent(value=value):
            return (node, value)
        case n.Select(condition=condition):
            return (condition,)
        case n.Aggregate(where=where) if where is not None:
            return (where,)
        case n.And(args=args) | n.Or(args=args):
            return (node, *args)
        case n.Not(value=value):
            return (node, value)
        case _:
            return ()


def _field(node: n.Aggregate, number: Mapping[int, Number]) -> Hashable:
    """What tells the fields of statistics apart: whose values, and who takes part."""
    where = None if node.where is None else number[id(node.where)]
    return node.over, node.own, number[id(node.value)], where


def _counted(node: n.Node, number: Mapping[int, Number]) -> Hashable | None:
    """The field that a node counts, if it does."""
    return _field(node, number) if isinstance(node, n.Aggregate) and node.op == "count" else None


def _unwrapped(node: n.Node) -> tuple[n.Node, Fraction, Fraction] | None:
    """`(x, factor, term)` for a node that is x times a constant plus a constant; None for any other."""
    match node:
        case n.Frame(node=inner):
            return inner, Fraction(1), _ZERO
        case n.Mul(args=args) | n.Add(args=args):
            constants = [
                arg.value for arg in args if isinstance(arg, n.Const) and isinstance(arg.value, Fraction)
            ]
            rest = [arg for arg in args if not isinstance(arg, n.Const)]
            if len(rest) != 1 or len(constants) != len(args) - 1:
                return None
            if isinstance(node, n.Add):
                return rest[0], Fraction(1), sum(constants, _ZERO)
            factor = reduce(lambda a, b: a * b, constants, Fraction(1))
            return (rest[0], factor, _ZERO) if factor else None
        case _:
            return None


def _pieces(node: n.Step, read: Read) -> tuple[Piece, ...]:
    whole = read(node.value).interval
    left = [] if whole is None else [whole]
    found: list[Piece] = []
    levels = node.value.type.kind is Kind.LEVEL
    for row, range_ in enumerate(node.ranges):
        low = EVERYTHING if range_.low is None else read(range_.low).interval
        high = EVERYTHING if range_.high is None else read(range_.high).interval
        if low is None or high is None:
            # An end that is never there: whoever comes to this row goes no further.
            continue
        # The widest that the row can be; exactly the row where its ends are constants.
        row_interval = iv.between(
            low.low,
            high.high,
            low_open=low.low_open or not range_.low_closed,
            high_open=high.high_open or not range_.high_closed,
        )
        if row_interval is None:
            continue
        found += [
            Piece(row=row, interval=hit) for part in left if (hit := iv.meet(part, row_interval)) is not None
        ]
        if all(end is None or _fixed(read(end)) for end in (range_.low, range_.high)):
            left = [piece for part in left for piece in iv.without(part, row_interval)]
    # Between two levels there is none.
    return (*found, *(Piece(row=None, interval=part) for part in left if not levels or _has_whole(part)))


def _has_whole(inside: Interval) -> bool:
    """Whether there is a whole number from zero up in an interval."""
    low = inside.low or _ZERO
    first = Fraction(floor(low)) + 1 if inside.low_open or low.denominator != 1 else low
    return inside.has(max(first, _ZERO))


def _fixed(found: Bounds) -> bool:
    return found.interval is not None and found.interval.point is not None


def _and(left: Known, right: Known) -> Known:
    result = dict(left)
    for key, said in right.items():
        result[key] = both(result[key], said) if key in result else said
    return result
