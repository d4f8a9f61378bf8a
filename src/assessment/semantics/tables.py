"""The table of a call → typed rows: bands with ranges, entries with keys."""

from __future__ import annotations

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.types import Clash, Entity, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.methods.base import Band, Entry, Method, Rows, Yields
from assessment.semantics.arguments import Argument, Elaborate, no_difference
from assessment.semantics.matching import no_table
from assessment.semantics.scope import Scope, fold
from assessment.semantics.wording import with_unit
from assessment.syntax import ast


class Table:
    """The rows of a call's table, typed; `broken` once a row was reported."""

    def __init__(
        self,
        method: Method,
        call: ast.Call,
        arguments: dict[str, Argument],
        scope: Scope,
        elaborate: Elaborate,
    ) -> None:
        self.method, self.call, self.scope, self.elaborate = method, call, scope, elaborate
        first = arguments[method.parameters[0].en] if method.parameters else None
        self.subject = None if isinstance(first, (str, int, tuple)) else first
        if method.rows is Rows.TIERS and self.subject is not None:
            self.subject = no_difference(self.subject)
        self.wanted = _wanted(method)
        self.bands: list[Band] = []
        self.entries: list[Entry] = []
        self.caps: list[Entry] = []
        kind = arguments.get("kind")
        self.kinds = () if kind is None or isinstance(kind, (str, int, tuple)) else kind.type.levels
        self.otherwise: n.Node | None = None
        self.broken = False

    def read(self) -> None:
        """Type every row; what is wrong is reported, and `broken` then says so."""
        table, shape = self.call.table, self.method.rows
        if table is None or shape is Rows.NONE:
            if table is not None:
                self.broken = True
                no_table(self.call, self.scope)
            elif shape is not Rows.NONE:
                text = Text(
                    en=f"`{self.call.name}` needs a table of rows", zh=f"`{self.call.name}` 需要列出各行"
                )
                self._fault("missing-argument", text, self.call.span, _ROW_HELP[shape])
            return
        if not table.rows:
            text = Text(en="this table has no rows", zh="表中没有任何行")
            self._fault("missing-argument", text, table.span, _ROW_HELP[shape])
        for row in table.rows:
            self._row(row, shape)

    def _row(self, row: ast.Row, shape: Rows) -> None:
        value = self._row_value(row.most if isinstance(row, ast.CapRow) else row.value)
        match row, shape:
            case ast.CapRow(key=key), Rows.EVENTS:
                place = self._level(key, self.kinds)
                if place is not None and value is not None:
                    label = Text.same(key.span.text.strip('“”"'))
                    self.caps.append(Entry(key=place, value=value, label=label, span=row.span))
            case ast.OtherwiseRow(), Rows.BANDS | Rows.LEVELS | Rows.DECISIONS | Rows.EVENTS:
                if self.otherwise is not None:
                    self._fault(
                        "band-unreachable",
                        Text(en="a second `otherwise` is never reached", zh="第二个“其余”不会用到"),
                        row.span,
                        Text(en="keep one of the two", zh="两处只保留一处"),
                    )
                self.otherwise = value
            case ast.CompareRow(op="!="), Rows.BANDS | Rows.TIERS:
                self._fault(
                    "argument-kind",
                    Text(en="a row cannot be for all values but one", zh="一行不能表示“除某值外的所有值”"),
                    row.span,
                    help=_ROW_HELP[shape],
                )
            case ast.CompareRow(op=op, bound=bound), Rows.BANDS | Rows.TIERS:
                end = self._bound(bound)
                if end is not None and value is not None:
                    self.bands.append(Band(range=_compared(op, end, row), value=value, span=row.span))
            case ast.RangeRow(), Rows.BANDS | Rows.TIERS:
                low = None if isinstance(row.low, ast.Infinity) else self._bound(row.low)
                high = None if isinstance(row.high, ast.Infinity) else self._bound(row.high)
                if value is not None and not self.broken:
                    range_ = n.Range(
                        low=low,
                        low_closed=row.low_closed,
                        high=high,
                        high_closed=row.high_closed,
                        label=_label(row),
                        span=row.span,
                    )
                    self.bands.append(Band(range=range_, value=value, span=row.span))
            case ast.KeyRow(key=key, each=each, up_to=up_to), _ if shape in _KEYED:
                self._keyed(row, key, value, each, up_to, shape)
            case _:
                self._fault(
                    "argument-kind",
                    Text(
                        en=f"`{self.call.name}` has no rows of this form",
                        zh=f"`{self.call.name}` 没有这种形式的行",
                    ),
                    row.span,
                    help=_ROW_HELP[shape],
                )

    def _keyed(
        self,
        row: ast.KeyRow,
        key: ast.Expr,
        value: n.Node | None,
        each: bool,
        up_to: ast.Expr | None,
        shape: Rows,
    ) -> None:
        node: n.Node | None
        if shape in (Rows.LEVELS, Rows.EVENTS):
            node = self._level(key, self.subject.type.levels if self.subject is not None else ())
        elif shape is Rows.CURVE:
            node = self._bound(key)
        else:
            node = self.elaborate(key)
            wanted, what = (_COUNTED, _A_COUNT) if each else _KEYED[shape]
            if node is not None and (node.type.kind not in wanted or node.type.entity is Entity.ROW):
                text = Text(
                    en=f"{what.en} is needed here, not {node.type.label.en}",
                    zh=f"此处需要{what.zh}，而不是{node.type.label.zh}",
                )
                counts = shape is Rows.CHECKS and not each
                self._fault("argument-kind", text, key.span, help=_EACH if counts else _ROW_HELP[shape])
                return
        if each and shape is not Rows.CHECKS:
            text = Text(en="`each` belongs in a checklist", zh="“每”只用于清单")
            self._fault("argument-kind", text, row.span, _ROW_HELP[shape])
            return
        if up_to is not None and shape is not Rows.CHECKS:
            self._fault(
                "argument-kind",
                Text(en="a row of this table has no limit of its own", zh="此表各行不另设上限"),
                up_to.span,
                help=_ROW_HELP[shape],
            )
            return
        limit = None if up_to is None else self._row_value(up_to)
        if node is None or value is None or (up_to is not None and limit is None):
            self.broken = True
            return
        label = Text.same(key.span.text.strip('“”"'))
        self.entries.append(Entry(key=node, value=value, label=label, each=each, up_to=limit, span=row.span))

    def _level(self, key: ast.Expr, levels: tuple[str, ...]) -> n.Node | None:
        """A level by its name, as a constant; None once an unknown one is reported."""
        word = key.name if isinstance(key, ast.Name) else key.text if isinstance(key, ast.String) else None
        folded = [fold(level) for level in levels]
        if word is not None and fold(word) in folded:
            place = folded.index(fold(word))
            return b.const(place, Type(kind=Kind.LEVEL, levels=levels), key.span)
        if levels:
            self.scope.unknown("unknown-name", key.span.text, key.span, levels, Text(en="level", zh="等级"))
        elif self.subject is None:
            self.broken = True
        elif not self.subject.type.levels:
            label = self.subject.type.label
            self._fault(
                "argument-kind",
                Text(en=f"these rows need levels, not {label.en}", zh=f"这些行需要等级，而不是{label.zh}"),
                key.span,
                help=Text(en="name an input or a field with levels", zh="请写等级类数据或字段"),
            )
        else:
            self._fault(
                "missing-argument",
                Text(en="it is not said which field tells the kinds apart", zh="未说明按哪个字段区分类别"),
                key.span,
                help=Text(en="add `kind:` with a field that has levels", zh="请用 `类别：` 写明有等级的字段"),
            )
        self.broken = True
        return None

    def _bound(self, expr: ast.Expr) -> n.Node | None:
        node = self.elaborate(expr)
        if node is None or self.subject is None:
            self.broken = True
            return None
        try:
            return b.like(node, self.subject)
        except Clash as clash:
            first = self.call.arguments[0].value if self.call.arguments else expr
            turned = Clash(clash.code, clash.text, operands=(0, 1), help=clash.help)
            self.scope.clash(turned, (expr, first), self.call.span)
            self.broken = True
            return None

    def _row_value(self, expr: ast.Expr) -> n.Node | None:
        node = self.elaborate(expr)
        if node is None:
            self.broken = True
            return None
        if self.wanted is None:
            self.wanted = self._settled(node.type.kind)
        wanted = self.wanted or t.POINTS
        if wanted.kind is Kind.RATE and node.type.kind is Kind.PERCENT:
            return evolve(node, type=wanted.at(node.type.entity))
        if node.type.kind is not wanted.kind:
            text = Text(
                en=f"{wanted.kind.label.en} must stand here, not {node.type.label.en}",
                zh=f"此处应为{wanted.kind.label.zh}，而不是{node.type.label.zh}",
            )
            help_ = with_unit(expr, wanted) if node.type.kind is Kind.NUMBER else None
            self._fault("argument-kind", text, expr.span, help=help_ or _ALIKE)
            return None
        return node

    def _settled(self, found: Kind) -> Type | None:
        """Points or shares of full marks, shares or parts: the first row says which, and the others follow."""
        if found in (Kind.PERCENT, Kind.RATE):
            return t.RATE
        other = t.number() if self.method.rows is Rows.WEIGHTS else t.POINTS
        return other if found is other.kind else None

    def _fault(self, code: str, text: Text, span: Span, help: Text) -> None:
        self.broken = True
        self.scope.report(code, text, span, help=help)


_ALIKE = Text(en="write every row of this table in the same way", zh="表中各行请用同一类数值")


def _wanted(method: Method) -> Type | None:
    """What the rows hold; None where the first row decides."""
    if method.rows is Rows.WEIGHTS:
        return None
    return {Yields.POINTS: t.POINTS, Yields.SCORE: None}.get(method.yields, t.RATE)


_COUNTED = frozenset({Kind.COUNT, Kind.NUMBER, Kind.QUANTITY})
_A_COUNT = Text(en="a count", zh="计数")
_YES_NO = (frozenset({Kind.YESNO}), Text(en="a yes or no", zh="是否"))
_KEYED = {
    Rows.CURVE: _YES_NO,
    Rows.LEVELS: _YES_NO,
    Rows.EVENTS: _YES_NO,
    Rows.CHECKS: _YES_NO,
    Rows.DECISIONS: _YES_NO,
    Rows.COUNTS: (_COUNTED, _A_COUNT),
    Rows.WEIGHTS: (t.ARITHMETIC, Text(en="a score or another value", zh="得分或其他数值")),
}
"""The shapes whose rows begin with an expression, and what it has to be where the subject does not say."""

_EACH = Text(en="write `each` before a count", zh="计数前写“每”")
_ROW_HELP: dict[Rows, Text] = {
    Rows.BANDS: Text(
        en="write `>= 6: 8 points`, `[2, 6): 5 points` or `otherwise: 0 points`",
        zh="写成 `>= 6：8 分`、`[2, 6)：5 分` 或 `其余：0 分`",
    ),
    Rows.CURVE: Text(en="write `value: points`", zh="写成 `数值：分值`"),
    Rows.CHECKS: Text(
        en="write `condition: points` or `each count: points up to points`",
        zh="写成 `条件：分值` 或 `每 计数：分值 至多 分值`",
    ),
    Rows.LEVELS: Text(en="write `level: points`", zh="写成 `等级：分值`"),
    Rows.DECISIONS: Text(
        en="write `condition: points`, and `otherwise: points` last",
        zh="写成 `条件：分值`，末行写 `其余：分值`",
    ),
    Rows.TIERS: Text(
        en="write `[0, 10) pp: 0.5 points` or `>= 20 pp: 0.25 points`",
        zh="写成 `0（含）至 10（不含）百分点：0.5 分` 或 `>= 20 百分点：0.25 分`",
    ),
    Rows.COUNTS: Text(en="write `count: 75%`", zh="写成 `计数：75%`"),
    Rows.WEIGHTS: Text(en="write `value: 70%` or `value: 6`", zh="写成 `数值：70%` 或 `数值：6`"),
    Rows.EVENTS: Text(
        en="write `level: points`, or `kind: up to points`", zh="写成 `等级：分值`，或 `类别：至多 分值`"
    ),
    Rows.NONE: Text(en="take the table out", zh="请删去表格"),
}


def _compared(op: str, end: n.Node, row: ast.CompareRow) -> n.Range:
    label, span = _label(row), row.span
    if op in (">=", ">"):
        return n.Range(low=end, low_closed=op == ">=", label=label, span=span)
    if op in ("<=", "<"):
        return n.Range(high=end, high_closed=op == "<=", label=label, span=span)
    return n.Range(low=end, high=end, label=label, span=span)


def _label(row: ast.CompareRow | ast.RangeRow) -> Text:
    """The row as written up to the colon before its value."""
    before_value = row.span.text[: row.value.span.start - row.span.start]
    return Text.same(before_value.rstrip().removesuffix(":").removesuffix("：").rstrip())
