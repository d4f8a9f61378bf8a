"""How a value moves when one input of a region moves, and where it jumps: said of the graph alone, without data.

Directions are propagated by sign: a sum of rising terms rises, a quotient falls in a positive divisor. What cannot be
shown is *unknown*; a method may still promise more than its arithmetic shows, and tests hold it to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import assert_never

from attrs import frozen

from assessment.core import intervals as iv
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.bounds import Analysis, Bounds, analyse
from assessment.core.intervals import Interval
from assessment.core.walk import children, order


class Direction(Enum):
    """How a value moves when an input grows and all else stays."""

    INCREASING = "increasing"
    """It never falls."""
    DECREASING = "decreasing"
    """It never rises."""
    CONSTANT = "constant"
    UNKNOWN = "unknown"


_Sign = int | None
"""1, -1 or 0 for rising, falling and still; None where nothing is known."""
_Pair = tuple[_Sign, _Sign]
"""For the region whose input moves, and for every other region (which sees it through the field)."""

_DIRECTION = {
    1: Direction.INCREASING,
    -1: Direction.DECREASING,
    0: Direction.CONSTANT,
    None: Direction.UNKNOWN,
}


@frozen(kw_only=True)
class Jump:
    """A step comparison at which a value can change at once.

    `node` is the step table, or the comparison; `at` is the threshold where it is a constant. `others` is what is
    compared with it.
    """

    node: n.Step | n.Compare
    subject: n.Node
    at: Fraction | None


def monotone(node: n.Node, in_input: str, *, period: int = 0) -> Direction:
    """How the value of a region moves when its own input grows in one period, all else unchanged.

    Absences are left aside: the direction is that among present values.

    >>> from assessment.core import build as b
    >>> x = n.Input(name="x", type=b.rate(0).type)
    >>> monotone(b.clamp(b.subtract(b.rate(1), x), b.rate(0), None), "x")
    <Direction.DECREASING: 'decreasing'>
    """
    found = analyse((node,))
    return _DIRECTION[_Motion(found, in_input, period).of(node)]


def jumps(node: n.Node) -> tuple[Jump, ...]:
    """The step comparisons at which the value is not shown to be continuous, in the order of evaluation.

    Clamps, and tables whose neighbouring rows meet, do not jump. Roundings and ranks do by nature and are not listed.

    >>> from assessment.core import build as b
    >>> x = n.Input(name="x", type=b.const(1).type)
    >>> passed = b.select(b.compare(">=", x, b.const(60)), b.points(5), b.points(0))
    >>> [jump.at for jump in jumps(passed)]
    [Fraction(60, 1)]
    """
    found = analyse((node,))
    return tuple(dict.fromkeys(jump for one, period in found.demands for jump in _jumps(one, period, found)))


# ── directions ───────────────────────────────────────────────────────────────────────────────────────────────────────


class _Motion:
    """The direction of every node of an analysed graph, in one input."""

    def __init__(self, found: Analysis, name: str, period: int) -> None:
        self.found = found
        self._touched: set[tuple[int, int]] = set()
        """Nodes that read the input at all, by whatever way."""
        self._signs: dict[tuple[int, int], _Pair] = {}
        for node, at in found.demands:
            moving = isinstance(node, n.Input) and (node.name, at) == (name, period)
            if (
                moving
                or isinstance(node, n.Score)
                or any(self._is_touched(c, _below(node, at)) for c in children(node))
            ):
                self._touched.add((id(node), at))
                self._signs[id(node), at] = (1, 0) if moving else self._pair(node, at)

    def of(self, node: n.Node) -> _Sign:
        return self._sign(node, 0)[0]

    def _is_touched(self, node: n.Node, at: int) -> bool:
        return (id(node), at) in self._touched

    def _sign(self, node: n.Node, at: int) -> _Pair:
        return self._signs.get((id(node), at), (0, 0))

    def _pair(self, node: n.Node, at: int) -> _Pair:
        match node:
            case n.Aggregate():
                return self._aggregate(node, at)
            case n.Rank(keys=keys, where=where, over=over):
                if over == "rows" or len(keys) > 1 or (where is not None and self._is_touched(where, at)):
                    return None, None
                (key, highest) = keys[0]
                own, others = (side if not highest else _turn(side) for side in self._sign(key, at))
                # A key of others that moves as well can change places among them in any way.
                return _agree(own, _turn(others)), _turn(own) if others == 0 else None
            case n.Distinct():
                # Which row counts can change in any way.
                return None, None
            case n.Refer(value=value):
                either = _agree(*self._sign(value, at))
                return either, either
            case n.Score():
                return None, None
            case _:
                return self._side(node, at, 0), self._side(node, at, 1)

    def _aggregate(self, node: n.Aggregate, at: int) -> _Pair:
        own, others = self._sign(node.value, at)
        where_moves = node.where is not None and self._is_touched(node.where, at)
        comes_and_goes = Absence.UNDEFINED in self.found.of(node.value, at).absent
        if where_moves or comes_and_goes:
            return None, None
        if node.op == "count":
            return 0, 0
        if node.over == "rows":
            return own, others
        # Every other region has the moving one in its field, if it is in the same; itself only if it counts itself.
        return _agree(others, own if node.own else 0), _agree(others, own)

    def _side(self, node: n.Node, at: int, side: int) -> _Sign:
        """The direction of a node whose value depends on operands of the same region."""

        def sign(operand: n.Node) -> _Sign:
            return self._sign(operand, at)[side]

        def inside(operand: n.Node) -> Interval | None:
            return self.found.of(operand, at).interval

        match node:
            case n.Add(args=args) | n.Min(args=args) | n.Max(args=args):
                return _agree(*map(sign, args))
            case n.And(args=args) | n.Or(args=args):
                return _agree(*map(sign, args))
            case n.Mul(args=args):
                return reduce(_times, ((sign(arg), inside(arg)) for arg in args))[0]
            case n.Div(left=left, right=right):
                return _over((sign(left), inside(left)), (sign(right), inside(right)))
            case n.Power(value=value, exponent=exponent):
                return _powered(sign(value), inside(value), exponent)
            case n.Root(value=value) | n.Ln(value=value) | n.Exp(value=value) | n.Round(value=value):
                return sign(value)
            case n.Not(value=value):
                return _turn(sign(value))
            case n.Compare(op=op, left=left, right=right):
                if op in ("=", "!="):
                    return 0 if sign(left) == sign(right) == 0 else None
                rises = _agree(sign(left), _turn(sign(right)))
                return rises if op in (">=", ">") else _turn(rises)
            case n.Select():
                return self._select(node, at, sign)
            case n.Step():
                return self._step(node, at, sign)
            case n.Shift(value=value, periods=periods):
                return self._sign(value, at + periods)[side]
            case n.IsAbsent(value=value, statuses=statuses):
                return None if self._fades(value, statuses, at) else 0
            case n.Recover(value=value, statuses=statuses, replacement=replacement):
                return None if self._fades(value, statuses, at) else _agree(sign(value), sign(replacement))
            case n.Frame(node=inner):
                return sign(inner)
            case n.Const() | n.Input() | n.InGroup() | n.Lookup():
                return 0
            case n.Aggregate() | n.Rank() | n.Distinct() | n.Refer() | n.Score():
                return None
            case _:
                assert_never(node)

    def _fades(self, value: n.Node, statuses: frozenset[Absence], at: int) -> bool:
        """Whether a value can become *undefined* as the input moves, where that is asked for."""
        undefined = Absence.UNDEFINED in statuses & self.found.of(value, at).absent
        return undefined and self._is_touched(value, at)

    def _select(self, node: n.Select, at: int, sign: Callable[[n.Node], _Sign]) -> _Sign:
        along = _agree(sign(node.then), sign(node.otherwise))
        turning = sign(node.condition)
        if turning == 0 or turning is None:
            return along if turning == 0 else None
        then = self.found.under(node.then, at, self.found.holding(node.condition, True, at))
        otherwise = self.found.under(node.otherwise, at, self.found.holding(node.condition, False, at))
        before, after = (otherwise, then) if turning > 0 else (then, otherwise)
        return _agree(along, _change(before, after))

    def _step(self, node: n.Step, at: int, sign: Callable[[n.Node], _Sign]) -> _Sign:
        ends = [end for range_ in node.ranges for end in (range_.low, range_.high) if end is not None]
        moving = sign(node.value)
        pieces = _sorted_pieces(node, at, self.found)
        outcomes = [node.otherwise if row is None else node.results[row] for row, _ in pieces or ()]
        if pieces is None or moving is None or any(self._is_touched(end, at) for end in ends):
            every = (*node.results, *(() if node.otherwise is None else (node.otherwise,)))
            still = moving == 0 and not any(self._is_touched(end, at) for end in ends)
            return _agree(*map(sign, every)) if still else None
        along = _agree(*(sign(outcome) for outcome in outcomes if outcome is not None))
        if moving == 0:
            return along
        values = [
            self.found.under(outcome, at, self.found.within(node.value, span, at))
            for outcome, (_, span) in zip(outcomes, pieces, strict=True)
            if outcome is not None
        ]
        change = _agree(*(_change(low, high) for low, high in pairwise(values)))
        return _agree(along, change if moving > 0 else _turn(change))


def _below(node: n.Node, at: int) -> int:
    return at + node.periods if isinstance(node, n.Shift) else at


def _turn(sign: _Sign) -> _Sign:
    return None if sign is None else -sign


def _agree(*signs: _Sign) -> _Sign:
    """The direction of what all of them push: one direction, or nothing known."""
    moving = set(signs) - {0}
    return 0 if not moving else moving.pop() if len(moving) == 1 else None


def _sign_of(inside: Interval | None) -> _Sign:
    """The sign of all members, where they have one; 0 where zero is the only one."""
    if inside is None:
        return 0
    if inside.low is not None and inside.low >= 0:
        return 0 if inside.high == 0 else 1
    return -1 if inside.high is not None and inside.high <= 0 else None


def _scaled(sign: _Sign, factor: _Sign) -> _Sign:
    if sign == 0 or factor == 0:
        return 0
    return None if sign is None or factor is None else sign * factor


def _times(
    left: tuple[_Sign, Interval | None], right: tuple[_Sign, Interval | None]
) -> tuple[_Sign, Interval | None]:
    sign = _agree(_scaled(left[0], _sign_of(right[1])), _scaled(right[0], _sign_of(left[1])))
    inside = None if left[1] is None or right[1] is None else iv.multiply(left[1], right[1])
    return sign, inside


def _over(left: tuple[_Sign, Interval | None], right: tuple[_Sign, Interval | None]) -> _Sign:
    divisor = _sign_of(right[1])
    if divisor is None and right[0] != 0:
        return None
    return _agree(_scaled(left[0], divisor), _scaled(_turn(right[0]), _sign_of(left[1])))


def _powered(sign: _Sign, inside: Interval | None, exponent: int) -> _Sign:
    if exponent == 0:
        return 0
    side = _sign_of(inside)
    if exponent < 0:
        # On each side of zero a negative power turns the direction; across zero it has none.
        return None if side is None and sign != 0 else _scaled(_turn(sign), 1 if exponent % 2 else side)
    return sign if exponent % 2 else _scaled(sign, side)


def _change(before: Bounds, after: Bounds) -> _Sign:
    """The direction of a change from any value of one to any value of the other."""
    if before.interval is None or after.interval is None:
        return 0
    rises = before.high is not None and after.low is not None and before.high <= after.low
    falls = before.low is not None and after.high is not None and before.low >= after.high
    return 0 if rises and falls else 1 if rises else -1 if falls else None


# ── jumps ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _jumps(node: n.Node, at: int, found: Analysis) -> Iterator[Jump]:
    match node:
        case n.Select(condition=condition, then=then, otherwise=otherwise):
            compared = list(_comparisons(condition, at))
            alone = _alone(condition)
            for compare, period in compared:
                if compare is alone and _meet(compare, then, otherwise, at, found):
                    continue
                yield from _jump(compare, period, found)
        case n.Step(value=value):
            pieces = _sorted_pieces(node, at, found)
            if pieces is None:
                yield Jump(node=node, subject=value, at=None)
                return
            for (row, low), (next_row, high) in pairwise(pieces):
                edge = low.high if low.high == high.low else None
                outcomes = [node.otherwise if r is None else node.results[r] for r in (row, next_row)]
                if edge is None or outcomes[0] is None or outcomes[1] is None:
                    continue
                if not _equal_at(value, edge, outcomes[0], outcomes[1], at, found):
                    yield Jump(node=node, subject=value, at=edge)
        case n.Aggregate(where=where) | n.Rank(where=where) | n.Distinct(where=where) if where is not None:
            for compare, period in _comparisons(where, at):
                yield from _jump(compare, period, found)
        case _:
            return


def _comparisons(condition: n.Node, at: int) -> Iterator[tuple[n.Compare, int]]:
    """The comparisons that a condition is made of."""
    stack, seen = [(condition, at)], set()
    while stack:
        node, period = stack.pop()
        if (id(node), period) in seen:
            continue
        seen.add((id(node), period))
        match node:
            case n.Compare():
                yield node, period
            case n.And(args=args) | n.Or(args=args):
                stack.extend((arg, period) for arg in reversed(args))
            case n.Not(value=value) | n.Recover(value=value):
                stack.append((value, period))
            case n.Frame(node=inner):
                stack.append((inner, period))
            case n.Shift(value=value, periods=periods):
                stack.append((value, period + periods))
            case _:
                pass


def _alone(condition: n.Node) -> n.Node:
    """The condition without frames and negations around it."""
    while isinstance(condition, (n.Frame, n.Not)):
        condition = condition.node if isinstance(condition, n.Frame) else condition.value
    return condition


def _jump(compare: n.Compare, at: int, found: Analysis) -> Iterator[Jump]:
    truth = found.of(compare, at)
    if truth.can_be(True) and truth.can_be(False):
        left, right = found.of(compare.left, at).interval, found.of(compare.right, at).interval
        if right is not None and right.point is None and left is not None and left.point is not None:
            yield Jump(node=compare, subject=compare.right, at=left.point)
        else:
            yield Jump(node=compare, subject=compare.left, at=None if right is None else right.point)


def _meet(compare: n.Compare, then: n.Node, otherwise: n.Node, at: int, found: Analysis) -> bool:
    """Whether both branches are shown to be equal where the two sides of the comparison are."""
    for side, other in ((compare.left, compare.right), (compare.right, compare.left)):
        inside = found.of(other, at).interval
        if inside is not None and inside.point is not None:
            return _equal_at(side, inside.point, then, otherwise, at, found)
    return False


def _equal_at(subject: n.Node, edge: Fraction, one: n.Node, other: n.Node, at: int, found: Analysis) -> bool:
    known = found.within(subject, iv.point(edge), at)
    if known is None or found.same(one, other):
        return True
    left, right = (found.under(node, at, known).interval for node in (one, other))
    return left is not None and left == right and left.point is not None


def _sorted_pieces(node: n.Step, at: int, found: Analysis) -> list[tuple[int | None, Interval]] | None:
    """Rows with the values that reach them, from below; None where the ends of a row are not constants."""
    ends = [end for range_ in node.ranges for end in (range_.low, range_.high) if end is not None]
    for end in ends:
        inside = found.of(end, at).interval
        if inside is None or inside.point is None:
            return None
    pieces = [(piece.row, piece.interval) for piece in found.pieces(node, at)]
    return sorted(pieces, key=lambda piece: (piece[1].low is not None, piece[1].low or 0, piece[1].low_open))


def depth(roots: tuple[n.Node, ...]) -> int:
    """How many statistics or ranks are read one after another: the number of stages after the first.

    >>> from assessment.core import build as b
    >>> x = n.Input(name="x", type=b.const(1).type)
    >>> depth((b.rank([(b.aggregate("mean", x, "all"), True)], "all"),))
    2
    """
    stage: dict[tuple[int, int], int] = {}
    for node, at in order(roots):
        below = max((stage[id(child), _below(node, at)] for child in children(node)), default=0)
        field_node = isinstance(node, (n.Aggregate, n.Rank)) and node.over != "rows"
        stage[id(node), at] = below + (1 if field_node or isinstance(node, n.Refer) else 0)
    return max((stage[id(root), 0] for root in roots), default=0)
