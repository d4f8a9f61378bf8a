"""What a node can be: the range of its values and its possible absences, and how those of operands combine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import reduce
from math import prod
from typing import assert_never

from attrs import evolve, field, frozen

from assessment.core import intervals as iv
from assessment.core import nodes as n
from assessment.core.absence import ALL_ABSENCES, Absence
from assessment.core.intervals import EITHER, EVERYTHING, FROM_ONE, FROM_ZERO, NO, YES, Interval
from assessment.core.types import Kind
from assessment.core.walk import children

REPORTED = ALL_ABSENCES - {Absence.UNDEFINED}
"""How an input can be absent; *undefined* only ever comes out of a calculation."""

UNDEFINED = frozenset({Absence.UNDEFINED})
NONE: frozenset[Absence] = frozenset()
MOST_CULPRITS = 4
"""So many places are kept that can make a value undefined: enough to show, and no more to carry along."""
_ZERO = Fraction(0)


@frozen(kw_only=True)
class Bounds:
    """The range of the present values of a node, and the absences that are possible.

    Yes is 1 and no is 0. `interval` is None where the node never has a value. `undefined_by` names nodes that can make it
    *undefined*, at most four; `empty_by` those statistics that can only do so when nobody is in their field.
    """

    interval: Interval | None
    absent: frozenset[Absence] = NONE
    undefined_by: tuple[n.Node, ...] = field(default=(), repr=False)
    empty_by: tuple[n.Node, ...] = field(default=(), repr=False)

    @property
    def low(self) -> Fraction | None:
        """The lower end; None where there is no limit, or no value at all."""
        return None if self.interval is None else self.interval.low

    @property
    def low_open(self) -> bool:
        """Whether the lower end itself is left out."""
        return self.interval is None or self.interval.low_open

    @property
    def high(self) -> Fraction | None:
        """The upper end; None where there is no limit, or no value at all."""
        return None if self.interval is None else self.interval.high

    @property
    def high_open(self) -> bool:
        """Whether the upper end itself is left out."""
        return self.interval is None or self.interval.high_open

    @property
    def possible(self) -> bool:
        """Whether there is any value or absence at all; not so in a branch that cannot be reached."""
        return self.interval is not None or bool(self.absent)

    def can_be(self, truth: bool) -> bool:
        """Whether a yes-or-no node can be yes (or no)."""
        return self.interval is not None and self.interval.has(Fraction(truth))


IMPOSSIBLE = Bounds(interval=None)
"""What is said of a branch that cannot be reached."""

NEGATED = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "!=", "!=": "="}
"""The relation that holds where one does not."""
TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "=": "=", "!=": "!="}
"""The relation seen from the other side."""


def constant(node: n.Const, value: n.Scalar | Absence) -> Bounds:
    """The bounds of a constant; one that is *undefined* names itself as the culprit."""
    if isinstance(value, Absence):
        culprits = (node,) if value is Absence.UNDEFINED else ()
        return Bounds(interval=None, absent=frozenset({value}), undefined_by=culprits)
    # Texts have no place on the number line: of them nothing is said.
    return Bounds(interval=EVERYTHING if isinstance(value, str) else iv.point(Fraction(value)))


def declared(node: n.Input) -> Interval | None:
    """The declared range; levels and ranks have one by their kind."""
    match node.type.kind:
        case Kind.YESNO:
            return EITHER
        case Kind.LEVEL:
            return iv.between(_ZERO, Fraction(len(node.type.levels) - 1)) if node.type.levels else FROM_ZERO
        case Kind.LABEL:
            return EVERYTHING
        case Kind.RANK | Kind.DATE:
            natural = FROM_ONE
        case _:
            natural = EVERYTHING
    stated = iv.between(node.low, node.high, low_open=not node.low_closed, high_open=not node.high_closed)
    return None if stated is None else iv.meet(stated, natural)


def strict(
    parts: list[Bounds], operation: Callable[[list[Interval]], Interval | None], culprit: n.Node | None = None
) -> Bounds:
    """An operation on present values: absent where any operand is."""
    absent = frozenset().union(*(part.absent for part in parts))
    undefined = merged(*(part.undefined_by for part in parts)) if absent else ()
    empty = merged(*(part.empty_by for part in parts)) if absent else ()
    inside = [part.interval for part in parts if part.interval is not None]
    if len(inside) < len(parts):
        return Bounds(interval=None, absent=absent, undefined_by=undefined, empty_by=empty)
    if culprit is not None:
        absent, undefined = absent | UNDEFINED, merged(undefined, (culprit,))
    return Bounds(interval=operation(inside), absent=absent, undefined_by=undefined, empty_by=empty)


def quotient(left: Interval, right: Interval, same: bool) -> Interval | None:
    """The quotients that exist; 1 where both sides are one measure."""
    found = iv.divide(left, right)
    return YES if same and found is not None else found


def compared(op: str, left: Interval, right: Interval, same: bool) -> Interval | None:
    """The answers that a comparison can give; a measure beside itself always gives one."""
    if same:
        return YES if op in (">=", "<=", "=") else NO
    holds = YES if related(left, op, right) is not None else None
    fails = NO if related(left, NEGATED[op], right) is not None else None
    return iv.hull(holds, fails)


def related(left: Interval, op: str, right: Interval) -> Interval | None:
    """The part of `left` that can stand in a relation to some member of `right`; None where no part can."""
    match op:
        case "<" | "<=":
            return iv.meet(
                left, Interval(None, True, right.high, right.high is None or right.high_open or op == "<")
            )
        case ">" | ">=":
            return iv.meet(
                left, Interval(right.low, right.low is None or right.low_open or op == ">", None, True)
            )
        case "=":
            return iv.meet(left, right)
        case _:
            if right.point is None:
                return left
            return reduce(iv.hull, iv.without(left, right), None)


def logic(parts: list[Bounds], *, outweighs: bool) -> Bounds:
    """`and` (a no outweighs) and `or` (a yes does): one that outweighs decides, whatever else is absent."""
    decided = any(part.can_be(outweighs) for part in parts)
    others = all(part.can_be(not outweighs) for part in parts)
    interval = iv.hull(
        iv.point(Fraction(outweighs)) if decided else None,
        iv.point(Fraction(not outweighs)) if others else None,
    )
    # What is absent shows unless another part is sure to outweigh it; a part that can be absent is not sure itself.
    open_ = all(part.absent or part.can_be(not outweighs) for part in parts)
    absent = frozenset[Absence]().union(*(part.absent for part in parts)) if open_ else frozenset[Absence]()
    undefined = merged(*(part.undefined_by for part in parts)) if Absence.UNDEFINED in absent else ()
    empty = merged(*(part.empty_by for part in parts)) if Absence.UNDEFINED in absent else ()
    return Bounds(interval=interval, absent=absent, undefined_by=undefined, empty_by=empty)


def culprit(node: n.Node, operand: Bounds, refused: Interval | None) -> n.Node | None:
    """The node where its operand can take a value for which the operation has no result."""
    if refused is None or operand.interval is None or iv.meet(operand.interval, refused) is None:
        return None
    return node


def joined(left: Bounds, right: Bounds) -> Bounds:
    """What holds of a value that is one of two."""
    return Bounds(
        interval=iv.hull(left.interval, right.interval),
        absent=left.absent | right.absent,
        undefined_by=merged(left.undefined_by, right.undefined_by),
        empty_by=merged(left.empty_by, right.empty_by),
    )


def both(left: Bounds, right: Bounds) -> Bounds:
    """What holds of a value of which two things are known."""
    inside = (
        None if left.interval is None or right.interval is None else iv.meet(left.interval, right.interval)
    )
    absent = left.absent & right.absent
    return lacking(evolve(left, interval=inside, absent=absent), NONE)


def lacking(found: Bounds, statuses: frozenset[Absence]) -> Bounds:
    """The bounds without some absences, and without the culprits of what can no longer happen."""
    absent = found.absent - statuses
    if Absence.UNDEFINED in absent:
        return evolve(found, absent=absent)
    return Bounds(interval=found.interval, absent=absent)


def is_surely_defined(roots: Iterable[n.Node]) -> bool:
    """Whether nothing that makes these values can be *undefined*, as far as single nodes tell: a quick yes.

    What only explains a value (the arguments and notes of frames) and what is about other regions does not make it.
    """
    stack, seen = list(roots), set[int]()
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if _may_be_at_fault(node):
            return False
        match node:
            case n.Frame(node=inner):
                stack.append(inner)
            case n.Aggregate(over="group") | n.Aggregate(over="all"):
                pass
            case _:
                stack.extend(children(node))
    return True


def _may_be_at_fault(node: n.Node) -> bool:
    """Whether an operation can be *undefined* on present operands."""
    match node:
        case n.Const(value=value):
            return value is Absence.UNDEFINED
        case n.Div(right=divisor):
            return not _written_out(divisor)
        case n.Ln() | n.Score():
            return True
        case n.Power(exponent=exponent):
            return exponent < 1
        case n.Root(index=index):
            return index % 2 == 0
        case n.Step(otherwise=otherwise):
            return otherwise is None
        case n.Aggregate(op=op, over=over, own=own, where=where):
            # A field to which the region itself belongs is empty for reference subjects only.
            return op not in ("count", "sum") and (over == "rows" or not own or where is not None)
        case (
            n.Input()
            | n.InGroup()
            | n.Lookup()
            | n.Add()
            | n.Mul()
            | n.Exp()
            | n.Min()
            | n.Max()
            | n.Compare()
        ):
            return False
        case (
            n.And()
            | n.Or()
            | n.Not()
            | n.Select()
            | n.Round()
            | n.Rank()
            | n.Distinct()
            | n.Refer()
            | n.Shift()
        ):
            return False
        case n.IsAbsent() | n.Recover() | n.Frame():
            return False
        case _:
            assert_never(node)


def _written_out(node: n.Node, depth: int = 3) -> Fraction | None:
    """The value of a constant, or of a sum or a product of constants; None for any other node."""
    match node:
        case n.Const(value=Fraction() as value):
            return value
        case n.Add(args=args) | n.Mul(args=args) if depth:
            values = [_written_out(arg, depth - 1) for arg in args]
            known = [value for value in values if value is not None]
            if len(known) < len(values):
                return None
            return sum(known, _ZERO) if isinstance(node, n.Add) else prod(known, start=Fraction(1))
        case _:
            return None


def merged(*parts: tuple[n.Node, ...]) -> tuple[n.Node, ...]:
    """Each node once, the first few."""
    filled = [part for part in parts if part]
    if len(filled) < 2:
        return filled[0] if filled else ()
    return tuple(dict.fromkeys(node for part in filled for node in part))[:MOST_CULPRITS]
