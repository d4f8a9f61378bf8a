"""The type of a node: its kind, its unit and the entity it has a value for; and the rules by which kinds combine.

Kinds tell apart what units cannot: 2.3 % may be a share, a growth or a rate, and a difference of shares is in
percentage points. `Clash` carries the reason, in both languages, when an operation has no meaning.
"""

from __future__ import annotations

import unicodedata
from enum import Enum

from attrs import frozen

from assessment import units
from assessment.diagnostics.bilingual import Text
from assessment.units import Unit


class Kind(Enum):
    """What a number is a number of."""

    __hash__ = object.__hash__  # members are single; `Enum` would hash their names, in Python

    QUANTITY = "quantity"
    COUNT = "count"
    SHARE = "share"
    GROWTH = "growth"
    PP = "percentage points"
    RATE = "rate"
    POINTS = "points"
    RANK = "rank"
    LEVEL = "level"
    YESNO = "yes/no"
    LABEL = "label"
    """A text that is only told apart from others: the number of a document, the name of a rater."""
    DATE = "date"
    NUMBER = "number"
    PERCENT = "percent"
    """A literal such as `5 %` whose kind its context must settle; no finished node has it."""

    @property
    def label(self) -> Text:
        """The name of the kind in both languages, with an article in English where one reads better."""
        return _LABELS[self]


_LABELS = {
    Kind.QUANTITY: Text(en="a quantity", zh="数量"),
    Kind.COUNT: Text(en="a count", zh="计数"),
    Kind.SHARE: Text(en="a share in %", zh="比重（%）"),
    Kind.GROWTH: Text(en="a growth in %", zh="增速（%）"),
    Kind.PP: Text(en="percentage points", zh="百分点"),
    Kind.RATE: Text(en="a score rate", zh="得分率"),
    Kind.POINTS: Text(en="points", zh="分值"),
    Kind.RANK: Text(en="a rank", zh="名次"),
    Kind.LEVEL: Text(en="a level", zh="等级"),
    Kind.YESNO: Text(en="a yes or no", zh="是否"),
    Kind.LABEL: Text(en="a text", zh="文字"),
    Kind.DATE: Text(en="a date", zh="日期"),
    Kind.NUMBER: Text(en="a plain number", zh="纯数"),
    Kind.PERCENT: Text(en="a percent value of no known kind", zh="口径不明的百分数"),
}


class Entity(Enum):
    """What a node has a value for: nothing in particular, each region, or each of a region's rows (raters, events)."""

    CONSTANT = "constant"
    REGION = "region"
    ROW = "row"


@frozen(kw_only=True)
class Type:
    """Kind, unit and entity of a node. `unit` is there for quantities and counts only; `levels` for levels only."""

    kind: Kind
    unit: Unit | None = None
    entity: Entity = Entity.REGION
    levels: tuple[str, ...] = ()
    rows_of: str | None = None
    """For rows: the input whose rows they are."""

    def at(self, entity: Entity) -> Type:
        """The same kind and unit for another entity."""
        return _with(self, entity, self.rows_of if entity is Entity.ROW else None)

    @property
    def label(self) -> Text:
        """The type in words: the unit for quantities and counts, the kind for the rest."""
        return Text.same(self.unit.text) if self.unit is not None and self.unit.text else self.kind.label


class Clash(ValueError):
    """Types that do not go together; `code` is the diagnostic's, `operands` the places of the operands at fault."""

    def __init__(self, code: str, text: Text, *, help: Text, operands: tuple[int, ...] = ()) -> None:
        super().__init__(text.en)
        self.code = code
        self.text = text
        self.operands = operands
        self.help = help


def label_text(text: str) -> str:
    """A text as labels are compared: in compatibility form, with single blanks and none around it.

    >>> label_text(" 鲁政发（２０１８）１号 ")
    '鲁政发(2018)1号'
    """
    return " ".join(unicodedata.normalize("NFKC", text).split())


def number(entity: Entity = Entity.CONSTANT) -> Type:
    """The type of a plain number."""
    return Type(kind=Kind.NUMBER, entity=entity)


YESNO = Type(kind=Kind.YESNO)
LABEL = Type(kind=Kind.LABEL)
DATE = Type(kind=Kind.DATE)
POINTS = Type(kind=Kind.POINTS)
RATE = Type(kind=Kind.RATE)

RATIOS = frozenset({Kind.SHARE, Kind.GROWTH, Kind.RATE})
"""Kinds that a `%` literal can become."""

MEASURED = frozenset({Kind.QUANTITY, Kind.COUNT})
DAY = "天"
PLACE = "位"
"""The unit of a difference of two dates."""

ARITHMETIC = MEASURED | RATIOS | {Kind.PP, Kind.POINTS, Kind.NUMBER}
ORDERED = ARITHMETIC | {Kind.RANK, Kind.LEVEL, Kind.DATE}
UNORDERED = frozenset({Kind.YESNO, Kind.LABEL})
"""Kinds that are compared for equality only."""


def wider(*entities: Entity) -> Entity:
    """The entity of an operation over operands of these: rows before regions before constants."""
    for entity in (Entity.ROW, Entity.REGION):
        if entity in entities:
            return entity
    return Entity.CONSTANT


def spread(type_: Type, *operands: Type) -> Type:
    """The type for the widest entity of some operands; a clash where they are rows of different inputs.

    Rows of two inputs do not pair up: a region has as many raters of one thing as it has, and events of another.
    """
    entity = wider(*[operand.entity for operand in operands])
    if entity is not Entity.ROW:
        return _with(type_, entity, None)
    rows = sorted({operand.rows_of for operand in operands if operand.rows_of is not None})
    if len(rows) > 1:
        raise Clash(
            "kind-mismatch",
            Text(
                en=f"rows of `{rows[0]}` and rows of `{rows[1]}` do not pair up",
                zh=f"`{rows[0]}` 的各行与 `{rows[1]}` 的各行无法对应",
            ),
            help=Text(
                en="take both from one input, or sum one of them up for the region first",
                zh="两者请取自同一数据，或先把其中之一归为每地区一个数值",
            ),
        )
    return _with(type_, entity, rows[0] if rows else None)


def _with(type_: Type, entity: Entity, rows_of: str | None) -> Type:
    """A type for another entity; itself where it is for that one already, as most are."""
    if type_.entity is entity and type_.rows_of == rows_of:
        return type_
    return Type(kind=type_.kind, unit=type_.unit, entity=entity, levels=type_.levels, rows_of=rows_of)


def _of_kind(type_: Type, kind: Kind) -> Type:
    if type_.kind is kind:
        return type_
    return Type(kind=kind, unit=type_.unit, entity=type_.entity, levels=type_.levels, rows_of=type_.rows_of)


def settle(literal: Type, other: Type) -> Type:
    """The type of a `%` literal beside `other`: the kind of `other` where that is a ratio; otherwise a clash.

    A literal in % beside percentage points is the mistake this exists for. A plain constant beside a rank is a rank, and so is
    a value in 位.
    """
    if literal.kind is Kind.NUMBER and literal.entity is Entity.CONSTANT and other.kind is Kind.RANK:
        return _of_kind(literal, Kind.RANK)
    if other.kind is Kind.RANK and literal.kind in MEASURED and literal.unit == units.unit(PLACE):
        # A place that is given as data, such as last year's as it was published.
        return Type(kind=Kind.RANK, entity=literal.entity, rows_of=literal.rows_of)
    if literal.kind is not Kind.PERCENT:
        return literal
    if other.kind in RATIOS:
        return _of_kind(literal, other.kind)
    if other.kind is Kind.PP:
        raise Clash(
            "percent-for-percentage-points",
            Text(en="a value in % stands where percentage points are meant", zh="此处应为百分点，却写成了 %"),
            help=Text(en="write `pp` instead of `%`", zh="把 `%` 改为 `百分点`"),
        )
    if other.kind is Kind.PERCENT:
        return literal
    raise Clash(
        "percent-without-kind",
        Text(
            en=f"a value in % cannot be compared or added to {other.label.en}",
            zh=f"百分数不能与{other.label.zh}比较或相加",
        ),
        help=Text(en="write the value in the unit of the other side", zh="按另一侧的单位书写"),
    )


def unify(left: Type, right: Type) -> Type:
    """The one type of two operands that are compared or chosen between; the unit is the left one's.

    Raises `Clash` where kinds or dimensions differ. The caller converts the right side into the left side's unit.
    """
    if left is right:
        return left
    left, right = settle(left, right), settle(right, left)
    if left.kind in MEASURED and right.kind in MEASURED:
        _one_dimension(left, right)
        kind = left.kind if left.kind is right.kind else Kind.QUANTITY
        return spread(_of_kind(left, kind), left, right)
    if left.kind is not right.kind:
        raise _kinds_differ(left, right)
    if left.kind is Kind.LEVEL and left.levels != right.levels:
        raise Clash(
            "kind-mismatch",
            Text(
                en=f"levels {', '.join(left.levels)} meet levels {', '.join(right.levels)}",
                zh=f"等级 {'、'.join(left.levels)} 与等级 {'、'.join(right.levels)} 不同",
            ),
            operands=(0, 1),
            help=Text(en="compare inputs that have the same levels", zh="请比较等级相同的数据"),
        )
    return spread(left, left, right)


def sum_of(left: Type, right: Type) -> Type:
    """The type of `left + right`."""
    left, right = _settle_pp(left, right), _settle_pp(right, left)
    kinds = {left.kind, right.kind}
    if kinds in ({Kind.SHARE, Kind.PP}, {Kind.GROWTH, Kind.PP}):
        return spread(_of_kind(left, (kinds - {Kind.PP}).pop()), left, right)
    if not kinds <= ARITHMETIC | {Kind.PERCENT}:
        raise _no_arithmetic(left if left.kind not in ARITHMETIC else right)
    return unify(left, right)


def difference_of(left: Type, right: Type) -> Type:
    """The type of `left - right`: of two shares or of two growths in percentage points, of two dates in days."""
    left, right = _settle_pp(left, right), _settle_pp(right, left)
    if left.kind is right.kind and left.kind in (Kind.SHARE, Kind.GROWTH):
        return spread(_of_kind(left, Kind.PP), left, right)
    if left.kind in (Kind.SHARE, Kind.GROWTH) and right.kind is Kind.PP:
        return spread(left, left, right)
    if left.kind is Kind.RANK and right.kind is Kind.RANK:
        return spread(number(), left, right)
    if left.kind is Kind.DATE and right.kind is Kind.DATE:
        return spread(_measured(units.unit(DAY)), left, right)
    if not {left.kind, right.kind} <= ARITHMETIC | {Kind.PERCENT}:
        raise _no_arithmetic(left if left.kind not in ARITHMETIC else right)
    return unify(left, right)


def product_of(left: Type, right: Type) -> Type:
    """The type of `left * right`: numbers scale anything, a `%` literal any ratio, a rate of points is points, units multiply."""
    for side in (left, right):
        if side.kind not in ARITHMETIC | {Kind.PERCENT}:
            raise _no_arithmetic(side)
    for percent, other in ((left, right), (right, left)):
        if percent.kind is Kind.PERCENT and other.kind in RATIOS | {Kind.PP}:
            return spread(other, left, right)
    left, right = _share_if_percent(left), _share_if_percent(right)
    if right.kind is Kind.NUMBER:
        return spread(left, left, right)
    if left.kind is Kind.NUMBER:
        return spread(right, left, right)
    if Kind.POINTS in (left.kind, right.kind):
        other = right if left.kind is Kind.POINTS else left
        if other.kind in RATIOS:
            return spread(POINTS, left, right)
        raise _kinds_differ(left, right)
    if left.kind in MEASURED and right.kind in MEASURED:
        return spread(_measured(units.multiply(_unit(left), _unit(right))), left, right)
    if left.kind in MEASURED:
        return spread(_of_kind(left, Kind.QUANTITY), left, right)
    if right.kind in MEASURED:
        return spread(_of_kind(right, Kind.QUANTITY), left, right)
    if left.kind is right.kind and left.kind is not Kind.PP:
        return spread(left, left, right)
    return spread(number(), left, right)


def quotient_of(left: Type, right: Type) -> Type:
    """The type of `left / right`: a plain number where the kinds cancel, otherwise the units divide."""
    for side in (left, right):
        if side.kind not in ARITHMETIC | {Kind.PERCENT}:
            raise _no_arithmetic(side)
    left, right = _share_if_percent(left), _share_if_percent(right)
    if left.kind in MEASURED and right.kind in MEASURED:
        if units.same_dimension(_unit(left), _unit(right)):
            return spread(number(), left, right)
        return spread(_measured(units.divide(_unit(left), _unit(right))), left, right)
    if right.kind is Kind.NUMBER or (right.kind in RATIOS and left.kind is not right.kind):
        return spread(left, left, right)
    if left.kind is Kind.POINTS and right.kind is Kind.POINTS:
        return spread(RATE, left, right)
    if left.kind is right.kind:
        return spread(number(), left, right)
    if right.kind in MEASURED:
        return spread(_measured(units.divide(units.DIMENSIONLESS, _unit(right))), left, right)
    raise _kinds_differ(left, right)


def power_of(base: Type, exponent: int) -> Type:
    """The type of `base ^ exponent`: of a quantity, the power of its unit; of any other ratio or number, a number."""
    if base.kind not in ARITHMETIC:
        raise _no_arithmetic(base)
    if base.kind in MEASURED:
        return spread(_measured(units.power(_unit(base), exponent)), base)
    return spread(number(), base)


def declared(found: Type, wanted: Type) -> Type:
    """`found` as it is declared by `in …`: a ratio of like quantities may be declared a share or a growth.

    Raises `Clash` where the declaration contradicts what was found.
    """
    if found.kind is Kind.NUMBER and wanted.kind in (Kind.SHARE, Kind.GROWTH, Kind.RATE, Kind.NUMBER):
        return spread(wanted, found)
    if found.kind in RATIOS and wanted.kind in RATIOS:
        return spread(wanted, found) if wanted.kind is not Kind.SHARE else found
    if found.kind in MEASURED and wanted.kind in MEASURED:
        _one_dimension(wanted, found)
        return spread(_of_kind(wanted, Kind.COUNT if found.kind is Kind.COUNT else wanted.kind), found)
    if found.kind is wanted.kind:
        return found
    raise _kinds_differ(wanted, found)


def _measured(unit: Unit) -> Type:
    return Type(kind=Kind.QUANTITY, unit=unit) if unit.dimension else number()


def _unit(type_: Type) -> Unit:
    return type_.unit if type_.unit is not None else units.DIMENSIONLESS


def _settle_pp(side: Type, other: Type) -> Type:
    """A `%` literal beside percentage points in a sum is a share: share + pp is meant."""
    if side.kind is Kind.PERCENT and other.kind is Kind.PP:
        return _of_kind(side, Kind.SHARE)
    return settle(side, other)


def _share_if_percent(side: Type) -> Type:
    return _of_kind(side, Kind.SHARE) if side.kind is Kind.PERCENT else side


def _one_dimension(left: Type, right: Type) -> None:
    if not units.same_dimension(_unit(left), _unit(right)):
        raise Clash(
            "unit-mismatch",
            Text(
                en=f"`{_unit(right).text}` and `{_unit(left).text}` are units of different things",
                zh=f"`{_unit(right).text}` 与 `{_unit(left).text}` 不是同一类单位",
            ),
            operands=(1, 0),
            help=_one_unit(left, right),
        )


def _one_unit(left: Type, right: Type) -> Text:
    """What would be right where units of different things meet."""
    return Text(
        en=f"take two values of one unit, or turn `{_unit(right).text}` into `{_unit(left).text}` by a product or a quotient",
        zh=f"请使用同类单位的数值，或以乘除把 `{_unit(right).text}` 化为 `{_unit(left).text}`",
    )


def _one_kind(left: Type, right: Type) -> Text:
    """What would be right where two kinds meet that cannot be compared or added."""
    numbers = {Kind.NUMBER, *RATIOS}
    if left.kind in MEASURED and right.kind in numbers:
        return Text(
            en=f"write a unit behind it, such as `{left.label.en}`", zh=f"请写明单位，如 `{left.label.zh}`"
        )
    if right.kind in MEASURED and left.kind in numbers:
        return Text(
            en=f"divide it by a value in `{right.label.en}`, or give the other side that unit",
            zh=f"请除以以 `{right.label.zh}` 为单位的数值，或使另一侧也带该单位",
        )
    return Text(en="write two values of one kind", zh="两侧请写同一类数值")


def _kinds_differ(left: Type, right: Type) -> Clash:
    pair = {left.kind, right.kind}
    if Kind.PP in pair and pair & (RATIOS | {Kind.PERCENT}):
        wrong = 1 if right.kind is Kind.PP else 0
        return Clash(
            "percentage-points-for-percent",
            Text(
                en=f"{left.label.en} and {right.label.en} do not go together",
                zh=f"{left.label.zh}与{right.label.zh}不能混用",
            ),
            operands=(wrong, 1 - wrong),
            help=Text(
                en="a difference of two shares is in percentage points; a share or a growth is in %",
                zh="两个比重之差用百分点，比重和增速用 %",
            ),
        )
    return Clash(
        "kind-mismatch",
        Text(
            en=f"{right.label.en} does not go together with {left.label.en}",
            zh=f"{right.label.zh}与{left.label.zh}不能混用",
        ),
        operands=(1, 0),
        help=_one_kind(left, right),
    )


def _no_arithmetic(side: Type) -> Clash:
    return Clash(
        "kind-mismatch",
        Text(en=f"{side.kind.label.en} cannot be calculated with", zh=f"{side.kind.label.zh}不能参加运算"),
        help=Text(en="use it in a condition or a table, or take a number", zh="请用于条件或表格，或改用数值"),
    )
