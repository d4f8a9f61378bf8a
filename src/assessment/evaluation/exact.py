"""The exact evaluator: every node of a graph for every region, in rationals and certified reals.

Nodes are evaluated in an order in which operands come first, each once for a period, for all regions together: a field
statistic is then an ordinary node. Values stay available, so the audit reads every step without calculating it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cmp_to_key
from itertools import groupby
from math import gcd, lcm
from typing import assert_never, cast

from assessment import number
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.lookup import entry_for
from assessment.core.types import Entity
from assessment.core.walk import Demand, children, order
from assessment.errors import InternalError
from assessment.evaluation.facts import UNDECIDED, Facts, Scalar, Undecided, Value
from assessment.number import Irrational, Real

Column = list[Value]

_ZERO = Fraction(0)
_FEW_BITS = 4096
"""Rationals up to this size are calculated with directly; above it `number` checks that they stay within limits."""


class Values:
    """The values of all evaluated nodes, one for each region, in the order of `facts.regions`."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        # Nodes are equal to themselves only, so they are keys by identity, and are kept as long as their values.
        self._columns: dict[Demand, Column] = {}
        self._branches: dict[Demand, list[int | None]] = {}

    def of(self, node: n.Node, offset: int = 0) -> tuple[Value, ...]:
        """The values of a node, `offset` periods from the assessed one (0, -1, …)."""
        return tuple(self._columns[node, offset])

    def at(self, node: n.Node, region: int, offset: int = 0) -> Value:
        """The value of a node for one region, by its place."""
        return self._columns[node, offset][region]

    def known(self, node: n.Node, offset: int = 0) -> bool:
        """Whether the node was evaluated for that period."""
        return (node, offset) in self._columns

    def branch(self, node: n.Step, region: int, offset: int = 0) -> int | None:
        """The range of a step table that held the value, None where none did."""
        return self._branches[node, offset][region]

    def put(self, demand: Demand, column: Column) -> None:
        """Keep the values of a node."""
        self._columns[demand] = column

    def put_branches(self, demand: Demand, branches: list[int | None]) -> None:
        """Keep the ranges of a step table that held its values."""
        self._branches[demand] = branches

    def column(self, node: n.Node, offset: int) -> Column:
        """The values of a node, not to be changed."""
        return self._columns[node, offset]


def run(
    roots: Iterable[n.Node],
    facts: Facts,
    *,
    demands: Sequence[Demand] | None = None,
    given: Mapping[n.Node, Sequence[Value]] | None = None,
) -> Values:
    """Evaluate what the roots need; `demands` is their `order`, where it is already known.

    `given` has values of the assessed period that stand for what nodes would make: the question what would follow if.

    >>> from assessment.core import build as b
    >>> facts = Facts(
    ...     regions=("a", "b"), groups=(None, None), reference=(False, False), period=2018, cells={}
    ... )
    >>> seven = b.divide(b.const(7), b.const(2))
    >>> run((seven,), facts).of(seven)
    (Fraction(7, 2), Fraction(7, 2))
    """
    values = Values(facts)
    for demand in order(roots) if demands is None else demands:
        node, offset = demand
        said = None if given is None or offset else given.get(node)
        values.put(demand, _column(demand, values) if said is None else list(said))
    return values


def _column(demand: Demand, values: Values) -> Column:
    node, offset = demand
    facts = values.facts
    size = len(facts.regions)

    def read(operand: n.Node) -> Column:
        return values.column(operand, offset)

    # The commonest kinds come first: a case is tried only after those above it.
    match node:
        case n.Const(value=value):
            return [value] * size
        case n.Select(condition=condition, then=then, otherwise=otherwise):
            return _lifted(node, _select, [read(condition), read(then), read(otherwise)])
        case n.Mul(args=args):
            return _each(node, _mul, [read(arg) for arg in args])
        case n.Add(args=args):
            return _each(node, _add, [read(arg) for arg in args])
        case n.Div(left=left, right=right):
            return _each(node, _div, [read(left), read(right)])
        case n.Compare(op=op, left=left, right=right):
            test = _TESTS[op]
            return _each(node, lambda a, b: test(_order(a, b)), [read(left), read(right)])
        case n.IsAbsent(value=operand, statuses=statuses):
            return _lifted(
                node,
                lambda x: x if x is UNDECIDED else x in statuses if isinstance(x, Absence) else False,
                [read(operand)],
            )
        case n.Frame(node=inner):
            return read(inner)
        case n.And(args=args):
            return _logic(node, [read(arg) for arg in args], outweighs=False)
        case n.Recover(value=operand, statuses=statuses, replacement=replacement):
            return _lifted(
                node,
                lambda x, y: y if isinstance(x, Absence) and x in statuses else x,
                [read(operand), read(replacement)],
            )
        case n.Input(name=name):
            if name == n.OWN_REGION:
                return list(facts.regions)
            found = facts.cells.get((name, facts.period + offset))
            return [Absence.NOT_REPORTED] * size if found is None else list(found)
        case n.Round(value=operand, places=places, mode=mode, scale=scale):
            return _each(
                node, lambda x: number.round_real(_times(x, scale), places, mode) / scale, [read(operand)]
            )
        case n.InGroup(groups=groups, regions=named):
            return [
                group in groups or region in named
                for group, region in zip(facts.groups, facts.regions, strict=True)
            ]
        case n.Lookup(entries=entries):
            year = facts.period + offset
            by_group = {group: entry_for(entries, group, year) for group in set(facts.groups)}
            rows = [by_group[group] for group in facts.groups]
            return [Absence.NOT_APPLICABLE if row is None else row[2] for row in rows]
        case n.Score(path=path):
            raise InternalError(f"the score `{path}` was not bound")
        case n.Power(value=operand, exponent=exponent):
            return _each(node, lambda x: _power(x, exponent), [read(operand)])
        case n.Root(value=operand, index=index):
            return _each(node, lambda x: _root(x, index), [read(operand)])
        case n.Ln(value=operand):
            return _each(node, _ln, [read(operand)])
        case n.Exp(value=operand):
            return _each(node, number.exp, [read(operand)])
        case n.Min(args=args):
            return _each(node, _min, [read(arg) for arg in args])
        case n.Max(args=args):
            return _each(node, _max, [read(arg) for arg in args])
        case n.Or(args=args):
            return _logic(node, [read(arg) for arg in args], outweighs=True)
        case n.Not(value=operand):
            return _each(node, lambda x: not x, [read(operand)])
        case n.Step():
            return _step(node, offset, values)
        case n.Aggregate():
            return _aggregate(node, read, facts)
        case n.Rank():
            return _rank(node, read, facts)
        case n.Distinct():
            return _distinct(node, read)
        case n.Refer(subject=subject, value=operand):
            if subject not in facts.regions:
                return [Absence.NOT_REPORTED] * size
            return [read(operand)[facts.regions.index(subject)]] * size
        case n.Shift(value=operand, periods=periods):
            return values.column(operand, offset + periods)
        case _:
            assert_never(node)


# ── one region at a time ─────────────────────────────────────────────────────────────────────────────────────────────


def _lifted(node: n.Node, operation: Callable[..., Scalar], columns: list[Column]) -> Column:
    """Apply an operation that deals with absence itself, region by region, and row by row for rows."""
    if node.type.entity is not Entity.ROW:
        return [operation(*row) for row in zip(*columns, strict=True)]
    result: Column = []
    for row in zip(*columns, strict=True):
        lengths = {len(value) for value in row if isinstance(value, tuple)}
        if not lengths:
            result.append(operation(*row))
            continue
        (length,) = lengths
        spread = [value if isinstance(value, tuple) else (value,) * length for value in row]
        result.append(tuple(operation(*one) for one in zip(*spread, strict=True)))
    return result


def _each(node: n.Node, operation: Callable[..., Real | bool | Absence], columns: list[Column]) -> Column:
    """Apply an operation on present values; an undecided operand wins, then the first absence in their order."""

    def strict(*operands: Scalar) -> Scalar:
        for operand in operands:
            if operand.__class__ is not Fraction and (operand is UNDECIDED or operand.__class__ is Absence):
                return _unavailable(operands)
        try:
            return operation(*operands)
        except (number.Undecided, number.TooLarge):
            return UNDECIDED

    return _lifted(node, strict, columns)


def _unavailable(operands: Iterable[Scalar]) -> Scalar:
    if any(operand is UNDECIDED for operand in operands):
        return UNDECIDED
    return Absence.first(tuple(operand for operand in operands if isinstance(operand, Absence)))


def _add(*args: Real) -> Real:
    """A sum over one common denominator, reduced once."""
    numerator, denominator = 0, 1
    for arg in args:
        if arg.__class__ is not Fraction:
            return number.add(*args)
        other = arg.denominator
        if other == denominator:
            numerator += arg.numerator
            continue
        common = gcd(denominator, other)
        numerator = numerator * (other // common) + arg.numerator * (denominator // common)
        denominator *= other // common
    return _short(Fraction(numerator, denominator))


def _short(value: Fraction) -> Fraction:
    """The value itself, unless its digits run away: squares of squares double them each time."""
    if value.denominator.bit_length() + value.numerator.bit_length() > _FEW_BITS:
        number.add(value, _ZERO)
    return value


def _mul(*args: Real) -> Real:
    """A product, reduced once where few factors keep it short."""
    if len(args) == 2:
        left, right = args
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            return _short(Fraction(left.numerator * right.numerator, left.denominator * right.denominator))
    result = args[0]
    for arg in args[1:]:
        result = _times(result, arg)
    return result


def _times(left: Real, right: Real | int) -> Real:
    if isinstance(left, Fraction) and isinstance(right, (Fraction, int)):
        return _short(left * right)
    return number.mul(left, Fraction(right) if isinstance(right, int) else right)


def _div(left: Real, right: Real) -> Real | Absence:
    if isinstance(right, Fraction):
        if right == 0:
            return Absence.UNDEFINED
        if isinstance(left, Fraction):
            return _short(left / right)
    elif number.compare(right, Fraction(0)) == 0:
        return Absence.UNDEFINED
    return number.div(left, right)


def _power(value: Real, exponent: int) -> Real | Absence:
    if exponent < 1 and _order(value, Fraction(0)) == 0:
        return Absence.UNDEFINED
    return number.power(value, exponent)


def _root(value: Real, index: int) -> Real | Absence:
    if index % 2 == 0 and _order(value, Fraction(0)) < 0:
        return Absence.UNDEFINED
    return number.root(value, index)


def _ln(value: Real) -> Real | Absence:
    return Absence.UNDEFINED if _order(value, Fraction(0)) <= 0 else number.ln(value)


def _order(left: Real | bool | str, right: Real | bool | str) -> int:
    """-1, 0 or 1; yes and no, and texts, are compared for equality only."""
    if isinstance(left, Irrational) or isinstance(right, Irrational):
        return number.compare(cast("Real", left), cast("Real", right))
    if isinstance(left, str) or isinstance(right, str):
        return int(left != right)
    return (left > right) - (left < right)


def _min(*args: Real) -> Real:
    return _extreme(args, -1)


def _max(*args: Real) -> Real:
    return _extreme(args, 1)


def _extreme(args: Sequence[Real], sign: int) -> Real:
    best = args[0]
    for arg in args[1:]:
        if _order(arg, best) == sign:
            best = arg
    return best


_TESTS: dict[str, Callable[[int], bool]] = {
    ">=": lambda order_: order_ >= 0,
    ">": lambda order_: order_ > 0,
    "<=": lambda order_: order_ <= 0,
    "<": lambda order_: order_ < 0,
    "=": lambda order_: order_ == 0,
    "!=": lambda order_: order_ != 0,
}


def _logic(node: n.Node, columns: list[Column], *, outweighs: bool) -> Column:
    """`and` (a no outweighs what is absent) and `or` (a yes does)."""
    neutral = not outweighs

    def one(*operands: Scalar) -> Scalar:
        certain = True
        for operand in operands:
            if operand is outweighs:
                return outweighs
            certain = certain and operand is neutral
        return neutral if certain else _unavailable(operands)

    return _lifted(node, one, columns)


def _select(condition: Scalar, then: Scalar, otherwise: Scalar) -> Scalar:
    return then if condition is True else otherwise if condition is False else condition


def _step(node: n.Step, offset: int, values: Values) -> Column:
    if node.type.entity is Entity.ROW:
        return _step_of_rows(node, offset, values)
    result: Column = []
    branches: list[int | None] = []
    for region, value in enumerate(values.column(node.value, offset)):

        def at(operand: n.Node, region: int = region) -> Value:
            return values.at(operand, region, offset)

        branch, outcome = _outcome(node, value, at)
        branches.append(branch)
        result.append(outcome)
    values.put_branches((node, offset), branches)
    return result


def _step_of_rows(node: n.Step, offset: int, values: Values) -> Column:
    """A step table for each row; which range held a row is not kept."""
    operands = children(node)
    columns = [values.column(operand, offset) for operand in operands]

    def one(*row: Scalar) -> Scalar:
        found = {id(operand): value for operand, value in zip(operands, row, strict=True)}
        outcome = _outcome(node, found[id(node.value)], lambda operand: found[id(operand)])[1]
        return cast("Scalar", outcome)

    result = _lifted(node, one, columns)
    values.put_branches((node, offset), [None] * len(result))
    return result


def _outcome(node: n.Step, value: Value, at: Callable[[n.Node], Value]) -> tuple[int | None, Value]:
    """The range that holds a value, None where none does, and what the table gives."""
    branch, blocked = _held(node, value, at)
    if branch is not None:
        return branch, at(node.results[branch])
    if blocked is not None:
        return None, blocked
    return None, Absence.UNDEFINED if node.otherwise is None else at(node.otherwise)


def ranges_of(node: n.Step, at: Callable[[n.Node], Value]) -> list[int | None]:
    """The range that held the value of a step table, or of each of its rows; None where none did."""
    if node.type.entity is not Entity.ROW:
        return [_outcome(node, at(node.value), at)[0]]
    found: list[int | None] = []
    operands = children(node)
    columns = [at(operand) for operand in operands]
    length = next((len(column) for column in columns if isinstance(column, tuple)), 0)
    for row in range(length):
        held = {
            id(operand): column[row] if isinstance(column, tuple) else column
            for operand, column in zip(operands, columns, strict=True)
        }
        found.append(_outcome(node, held[id(node.value)], lambda one, held=held: held[id(one)])[0])  # type: ignore[misc]
    return found


def _held(node: n.Step, value: Value, end: Callable[[n.Node], Value]) -> tuple[int | None, Value | None]:
    """The first range that holds a value; or None and what stands in the way, which is None for no range at all."""
    if value is UNDECIDED or isinstance(value, Absence):
        return None, value
    for place, range_ in enumerate(node.ranges):
        for bound, closed, inner in (
            (range_.low, range_.low_closed, 1),
            (range_.high, range_.high_closed, -1),
        ):
            if bound is None:
                continue
            limit = end(bound)
            if limit is UNDECIDED or isinstance(limit, Absence):
                return None, limit
            try:
                side = _order(cast("Real", value), cast("Real", limit))
            except (number.Undecided, number.TooLarge):
                return None, UNDECIDED
            if side != inner and not (side == 0 and closed):
                break
        else:
            return place, None
    return None, None


# ── over a field ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _aggregate(node: n.Aggregate, read: Callable[[n.Node], Column], facts: Facts) -> Column:
    column = read(node.value)
    where: Column | None = None if node.where is None else read(node.where)
    if node.over == "rows":
        return [
            value
            if value is UNDECIDED or isinstance(value, Absence)
            else _statistic(node.op, _members(value, None if where is None else where[region]))
            for region, value in enumerate(column)
        ]
    shared: dict[str | None, Value] = {}
    result: Column = []
    for region, group in enumerate(facts.groups):
        key = group if node.over == "group" else None
        if node.own or facts.reference[region]:
            if key not in shared:
                shared[key] = _statistic(node.op, _field(column, where, facts, key, node.over, None))
            result.append(shared[key])
        else:
            result.append(_statistic(node.op, _field(column, where, facts, key, node.over, region)))
    return result


def _field(
    column: Column, where: Column | None, facts: Facts, group: str | None, over: n.Extent, without: int | None
) -> list[Scalar]:
    """The values of a field without reference subjects, without what `where` leaves out."""
    return [
        _counted(cast("Scalar", value), True if where is None else where[region])
        for region, value in enumerate(column)
        if not facts.reference[region]
        and region != without
        and (over == "all" or facts.groups[region] == group)
        and (where is None or where[region] is True or where[region] is UNDECIDED)
    ]


def _counted(value: Scalar, flag: Value) -> Scalar:
    """A member of a field; nothing is known of one that may not belong to it, unless it has no value anyway."""
    return UNDECIDED if flag is UNDECIDED and not isinstance(value, Absence) else value


def _rows(value: Value) -> tuple[Scalar, ...]:
    """The rows of a region; a policy that put one value in the place of rows left one row."""
    return value if isinstance(value, tuple) else (value,)


def _members(value: Value, where: Value | None) -> list[Scalar]:
    rows = _rows(value)
    if where is None:
        return list(rows)
    flags = where if isinstance(where, tuple) else (where,) * len(rows)
    return [
        _counted(one, flag)
        for one, flag in zip(rows, flags, strict=True)
        if flag is True or flag is UNDECIDED
    ]


def _statistic(op: str, members: list[Scalar]) -> Scalar:
    if any(member is UNDECIDED for member in members):
        return UNDECIDED
    present = cast("list[Real]", [member for member in members if not isinstance(member, Absence)])
    try:
        match op:
            case "count":
                return Fraction(len(present))
            case "sum":
                return _add(*present) if present else Fraction(0)
            case _ if not present:
                return Absence.UNDEFINED
            case "min":
                return _extreme(present, -1)
            case "max":
                return _extreme(present, 1)
            case "mean":
                return _div(_add(*present), Fraction(len(present)))
            case "median":
                ordered = sorted(present, key=cmp_to_key(_order))
                middle = len(ordered) // 2
                if len(ordered) % 2:
                    return ordered[middle]
                return _div(_add(ordered[middle - 1], ordered[middle]), Fraction(2))
            case _:
                raise InternalError(f"no statistic is called `{op}`")
    except (number.Undecided, number.TooLarge):
        return UNDECIDED


def _rank(node: n.Rank, read: Callable[[n.Node], Column], facts: Facts) -> Column:
    keys = [(read(key), highest) for key, highest in node.keys]
    where: Column | None = None if node.where is None else read(node.where)
    if node.over == "rows":
        return [_ranked_rows(keys, where, region, node.ties) for region in range(len(facts.regions))]
    ranked: dict[int, Scalar] = {}
    for group in dict.fromkeys(facts.groups if node.over == "group" else [None]):
        field = [
            region
            for region in range(len(facts.regions))
            if not facts.reference[region] and (node.over == "all" or facts.groups[region] == group)
        ]
        ranked |= _taking_part(keys, field, where, node.ties)
    return [ranked.get(region, _unranked(value)) for region, value in enumerate(keys[0][0])]


def _ranked_rows(keys: list[tuple[Column, bool]], where: Column | None, region: int, ties: str) -> Value:
    value = keys[0][0][region]
    if value is UNDECIDED or isinstance(value, Absence):
        return value
    rows = _rows(value)
    by_row = [
        ([_at_row(column[region], place) for place in range(len(rows))], highest) for column, highest in keys
    ]
    flags = None if where is None else [_at_row(where[region], place) for place in range(len(rows))]
    ranks = _taking_part(
        cast("list[tuple[Column, bool]]", by_row), list(range(len(rows))), cast("Column | None", flags), ties
    )
    found = tuple(ranks.get(place, _unranked(rows[place])) for place in range(len(rows)))
    return found if isinstance(value, tuple) else found[0]


def _distinct(node: n.Distinct, read: Callable[[n.Node], Column]) -> Column:
    by = [read(key) for key in node.by]
    keys = [(read(key), highest) for key, highest in node.keys]
    where: Column | None = None if node.where is None else read(node.where)
    result: Column = []
    for region, flag in enumerate([True] * len(by[0]) if where is None else where):
        columns = [column[region] for column in by]
        # Without rows, or with one value in their place, there is one answer.
        lengths = {len(value) for value in (*columns, flag) if isinstance(value, tuple)}
        rows = max(lengths, default=1)
        by_row = [[_at_row(value, row) for value in columns] for row in range(rows)]
        flags = [_at_row(flag, row) for row in range(rows)]
        key_rows = [
            ([_at_row(column[region], row) for row in range(rows)], highest) for column, highest in keys
        ]
        found = _counting(by_row, flags, cast("list[tuple[Column, bool]]", key_rows))
        result.append(tuple(found) if lengths else found[0])
    return result


def _counting(by: list[list[Scalar]], flags: list[Scalar], keys: list[tuple[Column, bool]]) -> list[Scalar]:
    """For each row of one region whether it is the one that counts among those with the same values of `by`."""
    lacking = [
        _unavailable(values) if any(isinstance(one, (Absence, Undecided)) for one in values) else None
        for values in by
    ]
    in_doubt = any(
        (flag is UNDECIDED and not isinstance(lack, Absence)) or (flag is True and lack is UNDECIDED)
        for flag, lack in zip(flags, lacking, strict=True)
    )
    taking = [
        row
        for row, flag in enumerate(flags)
        if flag in (True, UNDECIDED) and not isinstance(lacking[row], Absence)
    ]
    in_doubt = in_doubt or any(column[row] is UNDECIDED for row in taking for column, _ in keys)
    found: list[Scalar] = [
        UNDECIDED if flag is UNDECIDED else lack if flag is True and isinstance(lack, Absence) else False
        for flag, lack in zip(flags, lacking, strict=True)
    ]
    chosen: list[int] = []
    try:
        if not in_doubt:
            chosen = _firsts(by, taking, keys)
    except (number.Undecided, number.TooLarge):
        in_doubt = True
    for row in taking:
        found[row] = UNDECIDED if in_doubt else row in chosen
    return found


def _firsts(by: list[list[Scalar]], taking: list[int], keys: list[tuple[Column, bool]]) -> list[int]:
    """The first row by the keys of each set of rows with equal values."""
    sets: list[list[int]] = []
    by_value: dict[tuple[Scalar, ...], list[int]] = {}
    proven = any(isinstance(value, Irrational) for row in taking for value in by[row])
    for row in taking:
        values = tuple(by[row])
        if proven:
            same = next((one for one in sets if _agree(by[one[0]], by[row])), None)
        else:
            same = by_value.get(values)
        if same is None:
            same = []
            sets.append(same)
            by_value.setdefault(values, same)
        same.append(row)
    return [_tiers(keys, rows)[0][0] if keys else rows[0] for rows in sets]


def _agree(left: list[Scalar], right: list[Scalar]) -> bool:
    return all(_order(cast("Real", a), cast("Real", b)) == 0 for a, b in zip(left, right, strict=True))


def _taking_part(
    keys: list[tuple[Column, bool]], field: list[int], where: Column | None, ties: str
) -> dict[int, Scalar]:
    """The places of those in a field for whom `where` holds; in doubt about one of them no place is certain."""
    chosen = [place for place in field if where is None or where[place] is True or where[place] is UNDECIDED]
    present = [place for place in chosen if not isinstance(keys[0][0][place], Absence)]
    if where is not None and any(where[place] is UNDECIDED for place in present):
        return dict.fromkeys(present, UNDECIDED)
    return _places(keys, chosen, ties)


def _at_row(value: Value, row: int) -> Scalar:
    return value[row] if isinstance(value, tuple) else value


def _unranked(value: Value) -> Scalar:
    return value if isinstance(value, Absence) else Absence.NOT_APPLICABLE


def _places(keys: list[tuple[Column, bool]], taking_part: list[int], ties: str) -> dict[int, Scalar]:
    """The places of those that take part and whose first key is present; an undecided key leaves all undecided."""
    present = [place for place in taking_part if not isinstance(keys[0][0][place], Absence)]
    if any(column[place] is UNDECIDED for place in present for column, _ in keys):
        return dict.fromkeys(present, UNDECIDED)
    try:
        tiers = _tiers(keys, present)
    except (number.Undecided, number.TooLarge):
        return dict.fromkeys(present, UNDECIDED)
    ranks: dict[int, Scalar] = {}
    before = 0
    for dense, tier in enumerate(tiers, start=1):
        last = before + len(tier)
        shared = {"min": Fraction(before + 1), "max": Fraction(last), "dense": Fraction(dense)}
        for place, member in enumerate(tier, start=before + 1):
            mean = Fraction(before + 1 + last, 2) if ties == "mean" else Fraction(place)
            ranks[member] = shared.get(ties, mean)
        before = last
    return ranks


def _tiers(keys: list[tuple[Column, bool]], present: list[int]) -> list[list[int]]:
    """Those that are ranked, in order, with equals together; an absent later key comes after all values."""
    whole = [_whole(column, present, highest) for column, highest in keys]
    if all(places is not None for places in whole):
        by_member = dict(
            zip(present, zip(*cast("list[list[tuple[bool, int]]]", whole), strict=True), strict=True)
        )
        ordered = sorted(present, key=by_member.__getitem__)
        return [list(tier) for _, tier in groupby(ordered, key=by_member.__getitem__)]

    def compare(left: int, right: int) -> int:
        for column, highest in keys:
            a, b = column[left], column[right]
            if isinstance(a, Absence) or isinstance(b, Absence):
                side = isinstance(a, Absence) - isinstance(b, Absence)
            else:
                side = _order(cast("Real", a), cast("Real", b)) * (-1 if highest else 1)
            if side:
                return side
        return 0

    tiers: list[list[int]] = []
    for member in sorted(present, key=cmp_to_key(compare)):
        if tiers and compare(tiers[-1][0], member) == 0:
            tiers[-1].append(member)
        else:
            tiers.append([member])
    return tiers


def _whole(column: Column, present: list[int], highest: bool) -> list[tuple[bool, int]] | None:
    """The values as whole numbers over one denominator, best first, each behind whether it is absent.

    None where a value is no rational, or the denominator would grow out of hand: whole numbers are only the quicker way.
    """
    denominator = 1
    for member in present:
        value = column[member]
        if isinstance(value, Fraction):
            denominator = lcm(denominator, value.denominator)
            if denominator.bit_length() > _FEW_BITS:
                return None
        elif not isinstance(value, Absence):
            return None
    sign = -1 if highest else 1
    return [
        (False, sign * value.numerator * (denominator // value.denominator))
        if isinstance(value := column[member], Fraction)
        else (True, 0)
        for member in present
    ]
