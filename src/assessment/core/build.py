"""Constructors of nodes that apply the typing rules and insert the constant factors between units.

Every function takes nodes and gives a node; an operation without meaning raises `Clash`. Methods are written with
these, so that what a method computes is checked where it is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from attrs import evolve

from assessment import units
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import ALL_ABSENCES, Absence
from assessment.core.types import Clash, Entity, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.number import Mode

PERCENT = Fraction(1, 100)


def const(value: Fraction | int | bool | str, type_: Type | None = None, span: Span | None = None) -> n.Const:
    """A constant; a plain number, a yes or no or a text unless a type is given."""
    exact: n.Scalar = value if isinstance(value, (Fraction, bool, str)) else Fraction(value)
    found = type_ if type_ is not None else _natural(exact)
    return n.Const(value=exact, type=found.at(Entity.CONSTANT), span=span)


def _natural(value: n.Scalar) -> Type:
    if isinstance(value, bool):
        return t.YESNO
    return t.LABEL if isinstance(value, str) else t.number()


def date(value: dt.date, span: Span | None = None) -> n.Const:
    """A day, as the number of days from 1 for 0001-01-01."""
    return const(value.toordinal(), t.DATE, span)


def own_region() -> n.Input:
    """The name of the region that asks."""
    return n.Input(name=n.OWN_REGION, type=t.LABEL)


def points(value: Fraction | int, span: Span | None = None) -> n.Const:
    """A constant number of points."""
    return const(value, t.POINTS, span)


def rate(value: Fraction | int, span: Span | None = None) -> n.Const:
    """A constant rate, 1 for full marks."""
    return const(value, t.RATE, span)


def absent(status: Absence, type_: Type) -> n.Const:
    """An absence in the place of a value."""
    return n.Const(value=status, type=type_.at(Entity.CONSTANT))


def cast(node: n.Node, kind: Kind) -> n.Node:
    """The same graph read as another kind of plain ratio: a quotient of like quantities as a rate or a share."""
    if node.type.kind is kind:
        return node
    return evolve(node, type=Type(kind=kind, entity=node.type.entity))


def like(node: n.Node, other: n.Node) -> n.Node:
    """`node` with its `%` kind settled by `other` and converted into the unit of `other`; a clash if that cannot be."""
    t.unify(other.type, node.type)
    return convert(_settled(node, other), other.type)


def convert(node: n.Node, wanted: Type) -> n.Node:
    """`node` in the unit of `wanted`, which is of one dimension with it: a constant factor, none where they are equal."""
    have, want = node.type.unit, wanted.unit
    if have is None or want is None or have is want or have == want:
        return node
    factor = units.factor(have, want)
    in_unit = evolve(node.type, unit=want)
    if factor == 1:
        return evolve(node, type=in_unit)
    if isinstance(node, n.Const) and isinstance(node.value, Fraction):
        return evolve(node, value=node.value * factor, type=in_unit)
    return n.Mul(args=(const(factor), node), type=in_unit, span=node.span)


def declare(node: n.Node, wanted: Type) -> n.Node:
    """`node` with the kind and unit of its declaration (`in %`, `in 万元/人`)."""
    found = t.declared(node.type, wanted)
    if found.unit is not None and node.type.unit is not None:
        node = convert(node, found)
        # A unit of the same size may be written otherwise (`亿元/万人` and `万元/人`): what was declared is shown.
        return evolve(node, type=evolve(node.type, unit=found.unit))
    return node if found == node.type else evolve(node, type=found)


def add(*args: n.Node) -> n.Node:
    """The sum of one or more nodes, in the unit of the first."""
    if len(args) == 1:
        return args[0]
    type_, prepared = args[0].type, [args[0]]
    for place, arg in enumerate(args[1:], start=1):
        type_ = _typed(t.sum_of, type_, arg.type, place)
        prepared.append(_into(arg, type_))
    prepared[0] = _into(prepared[0], type_)
    return n.Add(args=tuple(prepared), type=type_)


def plus(left: n.Node, right: n.Node) -> n.Node:
    """A sum that grows from the left: a further term joins the terms that are there, so long sums stay flat."""
    if isinstance(left, n.Add) and t.sum_of(left.type, right.type) == left.type:
        return n.Add(args=(*left.args, _into(right, left.type)), type=left.type)
    return add(left, right)


def subtract(left: n.Node, right: n.Node) -> n.Node:
    """The difference; of two shares, in percentage points; of two ranks, a number of places."""
    type_ = t.difference_of(left.type, right.type)
    return n.Add(args=(_into(left, type_), _negated(_into(right, type_))), type=type_)


def negate(node: n.Node) -> n.Node:
    """Minus the node."""
    if node.type.kind not in t.ARITHMETIC | {Kind.PERCENT}:
        raise Clash(
            "kind-mismatch",
            Text(en=f"{node.type.kind.label.en} has no sign", zh=f"{node.type.kind.label.zh}没有正负"),
            help=Text(en="take a number instead, or leave the minus out", zh="请改用数值，或删去负号"),
        )
    return _negated(node)


def _negated(node: n.Node) -> n.Node:
    if isinstance(node, n.Const) and isinstance(node.value, Fraction):
        return evolve(node, value=-node.value)
    return n.Mul(args=(const(-1), node), type=node.type)


def multiply(*args: n.Node) -> n.Node:
    """The product of one or more nodes; where units cancel (`件/万人` times `人/件`), with the factor between them."""
    if len(args) == 1:
        return args[0]
    type_, cancelled = args[0].type, Fraction(1)
    for place, arg in enumerate(args[1:], start=1):
        before, type_ = type_, _typed(t.product_of, type_, arg.type, place)
        if type_.unit is None and before.unit is not None and arg.type.unit is not None:
            cancelled *= units.multiply(before.unit, arg.type.unit).factor
    return n.Mul(args=args if cancelled == 1 else (const(cancelled), *args), type=type_)


def divide(left: n.Node, right: n.Node) -> n.Node:
    """The quotient; of like quantities a plain number, whatever their units."""
    type_ = t.quotient_of(left.type, right.type)
    if type_.kind is Kind.NUMBER and left.type.unit is not None and right.type.unit is not None:
        right = convert(right, left.type)
    return n.Div(left=left, right=right, type=type_)


def power(node: n.Node, exponent: int) -> n.Node:
    """A whole power."""
    return n.Power(value=node, exponent=exponent, type=t.power_of(node.type, exponent))


def root(node: n.Node, index: int) -> n.Node:
    """The root of a plain number, a rate or another ratio; the kind stays."""
    _plain(node)
    return n.Root(value=node, index=index, type=node.type)


def ln(node: n.Node) -> n.Node:
    """The natural logarithm of a plain number, or of a quantity in its declared unit (a number)."""
    if node.type.kind not in t.ARITHMETIC | {Kind.PERCENT}:
        raise Clash(
            "kind-mismatch",
            Text(en=f"{node.type.kind.label.en} has no logarithm", zh=f"{node.type.kind.label.zh}不能取对数"),
            help=Text(en="take the logarithm of a number", zh="请对数值取对数"),
        )
    return n.Ln(value=node, type=t.spread(t.number(), node.type))


def exp(node: n.Node) -> n.Node:
    """The exponential of a plain number."""
    _plain(node)
    return n.Exp(value=node, type=t.spread(t.number(), node.type))


def minimum(*args: n.Node) -> n.Node:
    """The smallest of several values, in the unit of the first."""
    args = _unified(args)
    return args[0] if len(args) == 1 else n.Min(args=args, type=_wide(args))


def maximum(*args: n.Node) -> n.Node:
    """The largest of several values, in the unit of the first."""
    args = _unified(args)
    return args[0] if len(args) == 1 else n.Max(args=args, type=_wide(args))


def round_to(node: n.Node, places: int, mode: Mode, *, scale: int = 1) -> n.Node:
    """The value rounded to decimal places; `scale` 100 where the places are those of a percentage."""
    if node.type.kind not in t.ARITHMETIC:
        raise Clash(
            "kind-mismatch",
            Text(en=f"{node.type.kind.label.en} cannot be rounded", zh=f"{node.type.kind.label.zh}不能修约"),
            help=Text(en="round a number", zh="请对数值修约"),
        )
    return n.Round(value=node, places=places, mode=mode, scale=scale, type=node.type)


def clamp(node: n.Node, low: n.Node | None, high: n.Node | None) -> n.Node:
    """The value held between two ends, either of which may be None; an end that is reached is the end exactly."""
    if low is not None:
        node = maximum(node, low)
    return node if high is None else minimum(node, high)


def compare(op: str, left: n.Node, right: n.Node) -> n.Node:
    """A comparison of two values of one kind and dimension."""
    type_ = t.unify(left.type, right.type)
    if type_.kind in t.UNORDERED and op not in ("=", "!="):
        raise Clash(
            "kind-mismatch",
            Text(en="yes and no have no order", zh="是与否没有大小之分")
            if type_.kind is Kind.YESNO
            else Text(en="texts have no order", zh="文字没有大小之分"),
            help=Text(en="compare them with `=` or `!=`", zh="请用 `=` 或 `!=` 比较"),
        )
    left, right = _settled(left, right), _settled(right, left)
    return n.Compare(op=op, left=left, right=convert(right, left.type), type=t.spread(t.YESNO, type_))


def both(*args: n.Node) -> n.Node:
    """Whether all conditions hold."""
    type_ = _condition_type(args)
    return args[0] if len(args) == 1 else n.And(args=args, type=type_)


def either(*args: n.Node) -> n.Node:
    """Whether any condition holds."""
    type_ = _condition_type(args)
    return args[0] if len(args) == 1 else n.Or(args=args, type=type_)


def negation(node: n.Node) -> n.Node:
    """Whether the condition does not hold."""
    return n.Not(value=node, type=_condition_type((node,)))


def select(condition: n.Node, then: n.Node, otherwise: n.Node) -> n.Node:
    """One of two values of one type."""
    _condition_type((condition,))
    type_ = t.unify(then.type, otherwise.type)
    then, otherwise = _settled(then, otherwise), _settled(otherwise, then)
    return n.Select(
        condition=condition,
        then=then,
        otherwise=convert(otherwise, then.type),
        type=t.spread(then.type, condition.type, type_),
    )


def step(
    value: n.Node, ranges: Sequence[n.Range], results: Sequence[n.Node], otherwise: n.Node | None = None
) -> n.Step:
    """A step table; ends are brought into the unit of `value`, results into that of the first."""
    prepared = [
        evolve(
            range_,
            low=None if range_.low is None else like(range_.low, value),
            high=None if range_.high is None else like(range_.high, value),
        )
        for range_ in ranges
    ]
    every = [*results, *([] if otherwise is None else [otherwise])]
    unified = _unified(tuple(every))
    ends = [end for range_ in prepared for end in (range_.low, range_.high) if end is not None]
    return n.Step(
        value=value,
        ranges=tuple(prepared),
        results=unified[: len(results)],
        otherwise=None if otherwise is None else unified[-1],
        type=t.spread(unified[0].type, *(node.type for node in (value, *ends, *unified))),
    )


def aggregate(
    op: str, value: n.Node, over: n.Extent, *, where: n.Node | None = None, own: bool = True
) -> n.Node:
    """A statistic of a field; it keeps the kind and unit, except `count`, which is a plain number.

    Ranks and levels have a lowest and a highest, but no sum and no mean.
    """
    fitting = t.ORDERED if op in ("min", "max") else t.ARITHMETIC
    if op != "count" and value.type.kind not in fitting:
        raise Clash(
            "kind-mismatch",
            Text(en=f"{value.type.kind.label.en} has no {op}", zh=f"{value.type.kind.label.zh}不能求统计值"),
            help=Text(
                en="count rows or regions by a condition, or take a statistic of numbers",
                zh="请按条件计数，或对数值求统计值",
            ),
        )
    _of_one_field(over, value, where)
    type_ = t.number() if op == "count" else value.type
    return n.Aggregate(op=op, value=value, over=over, where=where, own=own, type=type_.at(Entity.REGION))


def _of_one_field(over: n.Extent, *operands: n.Node | None) -> None:
    """Rows are summed up for their region before regions are; one value is no field of rows."""
    types = [operand.type for operand in operands if operand is not None]
    rows = t.spread(types[0], *types).entity is Entity.ROW
    if rows and over != "rows":
        raise Clash(
            "kind-mismatch",
            Text(
                en="ratings or events need one value for each region first",
                zh="多行评分或事项须先得出每地区一个数值",
            ),
            operands=(0,),
            help=Text(
                en="sum the rows up first, as with `sum_of_rows` or `count`",
                zh="请先用 `各行合计`、`件数` 等把多行归为一个数值",
            ),
        )
    if over == "rows" and types[0].entity is not Entity.ROW:
        raise Clash(
            "kind-mismatch",
            Text(en="ratings or events are needed here", zh="此处需要多行的评分或事项"),
            operands=(0,),
            help=Text(
                en="name an input that holds ratings or events, or one of its fields",
                zh="请写评分、事项类数据的名称或其字段",
            ),
        )


def rank(
    keys: Sequence[tuple[n.Node, bool]], over: n.Extent, *, ties: str = "min", where: n.Node | None = None
) -> n.Node:
    """The place of a region in its field, by keys in order; a key is (value, highest first)."""
    _of_one_field(over, *(key for key, _ in keys), where)
    _ordered(key for key, _ in keys)
    entity = Entity.ROW if over == "rows" else Entity.REGION
    rows_of = keys[0][0].type.rows_of if over == "rows" else None
    return n.Rank(
        keys=tuple(keys),
        over=over,
        ties=ties,
        where=where,
        type=Type(kind=Kind.RANK, entity=entity, rows_of=rows_of),
    )


def distinct(
    by: Sequence[n.Node], keys: Sequence[tuple[n.Node, bool]] = (), *, where: n.Node | None = None
) -> n.Node:
    """Whether a row counts among its region's rows with the same `by`: the first by `keys`, then by the order of the data."""
    operands = (*by, *(key for key, _ in keys), *(() if where is None else (where,)))
    _of_one_field("rows", *operands)
    _ordered(key for key, _ in keys)
    return n.Distinct(
        by=tuple(by),
        keys=tuple(keys),
        where=where,
        type=t.spread(t.YESNO, *(operand.type for operand in operands)),
    )


def _ordered(keys: Iterable[n.Node]) -> None:
    for key in keys:
        if key.type.kind is Kind.LABEL:
            raise Clash(
                "kind-mismatch",
                Text(en="texts have no order", zh="文字没有大小之分"),
                help=Text(en="compare them with `=` or `!=`", zh="请用 `=` 或 `!=` 比较"),
            )


def shift(node: n.Node, periods: int) -> n.Node:
    """The value in another period."""
    return node if periods == 0 else n.Shift(value=node, periods=periods, type=node.type)


def refer(subject: str, node: n.Node) -> n.Node:
    """The value of one named region."""
    return n.Refer(subject=subject, value=node, type=node.type)


def is_absent(node: n.Node, statuses: frozenset[Absence] = ALL_ABSENCES) -> n.Node:
    """Whether the value is absent in one of these ways."""
    return n.IsAbsent(value=node, statuses=statuses, type=t.spread(t.YESNO, node.type))


def recover(node: n.Node, statuses: frozenset[Absence], replacement: n.Node, policy: str) -> n.Node:
    """A policy: `replacement` where the value is absent in one of these ways."""
    t.unify(node.type, replacement.type)
    return n.Recover(
        value=node,
        statuses=statuses,
        replacement=convert(_settled(replacement, node), node.type),
        policy=policy,
        type=t.spread(node.type, node.type, replacement.type),
    )


def _typed(rule: Callable[[Type, Type], Type], left: Type, right: Type, place: int) -> Type:
    """The type that a rule gives to what came before and the operand at a place; a clash names the two by place."""
    try:
        return rule(left, right)
    except Clash as clash:
        operands = tuple((0, place)[side] for side in clash.operands) or (0, place)
        raise Clash(clash.code, clash.text, operands=operands, help=clash.help) from None


def _into(node: n.Node, type_: Type) -> n.Node:
    """An operand of a sum of this type: `%` literals get a kind, quantities the unit."""
    if node.type.kind is Kind.PERCENT:
        kind = type_.kind if type_.kind is not Kind.PP else Kind.SHARE
        return evolve(node, type=evolve(node.type, kind=kind))
    return convert(node, type_)


def _settled(node: n.Node, other: n.Node) -> n.Node:
    type_ = t.settle(node.type, other.type)
    return node if type_ is node.type else evolve(node, type=type_)


def _unified(args: tuple[n.Node, ...]) -> tuple[n.Node, ...]:
    """The operands with `%` settled by whichever operand has a kind, all in the unit of the first."""
    if all(arg.type is args[0].type for arg in args):
        return args  # as most are
    leader = next((arg for arg in args if arg.type.kind is not Kind.PERCENT), args[0])
    settled = []
    for place, arg in enumerate(args):
        _typed(t.unify, leader.type, arg.type, place)
        settled.append(_settled(arg, leader))
    return tuple(convert(arg, settled[0].type) for arg in settled)


def _wide(args: tuple[n.Node, ...]) -> Type:
    if any(arg.type.kind not in t.ORDERED for arg in args):
        raise Clash(
            "kind-mismatch",
            Text(
                en=f"{args[0].type.kind.label.en} has no order",
                zh=f"{args[0].type.kind.label.zh}没有大小之分",
            ),
            help=Text(en="compare with `=` or `!=`, or take numbers", zh="请用 `=` 或 `!=` 比较，或改用数值"),
        )
    return t.spread(args[0].type, *(arg.type for arg in args))


def _condition_type(args: tuple[n.Node, ...]) -> Type:
    """The type of a condition on conditions; a clash at the first operand that is none."""
    for place, arg in enumerate(args):
        if arg.type.kind is not Kind.YESNO:
            raise Clash(
                "kind-mismatch",
                Text(
                    en=f"a condition is needed here, not {arg.type.kind.label.en}",
                    zh=f"此处需要条件，而不是{arg.type.kind.label.zh}",
                ),
                operands=(place,),
                help=Text(en="write a comparison, as in `x >= 5`", zh="请写比较式，如 `x >= 5`"),
            )
    return t.spread(t.YESNO, *(arg.type for arg in args))


def _plain(node: n.Node) -> None:
    if node.type.kind not in t.RATIOS | {Kind.NUMBER}:
        raise Clash(
            "kind-mismatch",
            Text(
                en=f"a plain number is needed here, not {node.type.label.en}",
                zh=f"此处需要纯数，而不是{node.type.label.zh}",
            ),
            help=Text(
                en="divide by a value of the same unit to get a plain number", zh="除以同单位的数值即得纯数"
            ),
        )
