"""Calls of methods: arguments matched to parameters, checked by sort, and lowered into a frame."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.types import Clash, Entity, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.methods.base import Band, Call, Entry, Method, Parameter, Problem, Rows, Sort, Yields
from assessment.methods.registry import by_name, fold, methods
from assessment.semantics.scope import Scope
from assessment.semantics.scope import fold as fold_name
from assessment.syntax import ast

Elaborate = Callable[[ast.Expr], "n.Node | None"]
Argument = n.Node | str | int | tuple[n.Node, ...] | None

TARGET = ("target", "目标值")
"""The one function that is not a method: it reads the file's own `targets`."""


def method_named(name: str) -> Method | None:
    """The method of a name in either language."""
    return by_name(methods()).get(fold(name))


def elaborate_call(
    call: ast.Call, scope: Scope, *, size: Fraction | None, elaborate: Elaborate
) -> n.Node | None:
    """The frame of a call, or None once its fault is reported."""
    if call.name in TARGET:
        return _target(call, scope)
    method = method_named(call.name)
    if method is None:
        known = [name for each in methods() for name in (each.en, each.zh)] + list(TARGET)
        scope.unknown("unknown-method", call.name, call.name_span, known, Text(en="method", zh="方法"))
        return None
    before = len(scope.diagnostics)
    written = _matched(call, method, scope)
    arguments: dict[str, Argument] = {}
    for parameter in method.parameters:
        arguments[parameter.en] = _argument(parameter, written, arguments, call, scope, elaborate)
    table = _Table(method, call, arguments, scope, elaborate)
    table.read()
    if (
        len(scope.diagnostics) > before
        or any(_missing(p, arguments) for p in method.parameters)
        or table.broken
    ):
        return None
    typed = Call(
        arguments=arguments,
        bands=tuple(table.bands),
        entries=tuple(table.entries),
        otherwise=table.otherwise,
        size=size,
        policies=scope.policies,
    )
    for key in method.needed(typed):
        scope.used_policies.setdefault(key, call.span)
    problems = method.check(typed)
    for problem in problems:
        _report(problem, call, written, scope)
    if problems:
        return None
    try:
        lowered = method.lower(typed)
    except Clash as clash:
        scope.clash(clash, (), call.span)
        return None
    named = tuple(n.Named(name=name, node=node) for name, node in _nodes(arguments))
    return n.Frame(
        node=lowered.node,
        type=lowered.node.type,
        role="call",
        name=method.en,
        title=Text(en=method.en.replace("_", " "), zh=method.zh),
        text=call.span.text,
        arguments=named,
        notes=lowered.notes,
        sentence=method.say(typed),
        low=lowered.low,
        high=lowered.high,
        span=call.span,
    )


def _missing(parameter: Parameter, arguments: dict[str, Argument]) -> bool:
    return arguments[parameter.en] is None and parameter.default is None and not parameter.optional


def _nodes(arguments: dict[str, Argument]) -> list[tuple[str, n.Node]]:
    found: list[tuple[str, n.Node]] = []
    for name, value in arguments.items():
        if isinstance(value, tuple):
            found.extend((f"{name}{place}", node) for place, node in enumerate(value, start=1))
        elif value is not None and not isinstance(value, (str, int)):
            found.append((name, value))
    return found


def _matched(call: ast.Call, method: Method, scope: Scope) -> dict[str, list[ast.Argument]]:
    """The written arguments by the English name of their parameter."""
    by_written = {fold(name): p for p in method.parameters for name in (p.en, p.zh)}
    matched: dict[str, list[ast.Argument]] = {}
    position = 0
    for argument in call.arguments:
        if argument.name is None:
            if position >= len(method.parameters):
                scope.report(
                    "too-many-arguments",
                    Text(en=f"`{call.name}` takes no further argument", zh=f"`{call.name}` 没有更多参数"),
                    argument.span,
                    help=_signature(method),
                )
                continue
            parameter = method.parameters[position]
            if not parameter.many:
                position += 1
        else:
            found = by_written.get(fold(argument.name))
            if found is None:
                known = [name for p in method.parameters for name in (p.en, p.zh)]
                what = Text(en=f"parameter of `{call.name}` named", zh=f"`{call.name}` 参数")
                scope.unknown("unknown-parameter", argument.name, argument.span, known, what)
                continue
            parameter = found
        if parameter.en in matched and not parameter.many:
            scope.report(
                "too-many-arguments",
                Text(en=f"`{parameter.en}` is given twice", zh=f"参数 `{parameter.zh}` 给了两次"),
                argument.span,
                also=((matched[parameter.en][0].span, Text(en="first given here", zh="首次出现")),),
            )
            continue
        matched.setdefault(parameter.en, []).append(argument)
    return matched


def _signature(method: Method) -> Text:
    en = ", ".join(p.en for p in method.parameters)
    zh = "，".join(p.zh for p in method.parameters)
    return Text(en=f"it is written {method.en}({en})", zh=f"写法为 {method.zh}（{zh}）")


def _argument(
    parameter: Parameter,
    written: dict[str, list[ast.Argument]],
    earlier: dict[str, Argument],
    call: ast.Call,
    scope: Scope,
    elaborate: Elaborate,
) -> Argument:
    found = written.get(parameter.en)
    if found is None:
        if parameter.default is None:
            # An argument that another method's parameter could supply is still missing: nothing is guessed.
            if not parameter.optional and not _named_fault(call, scope):
                scope.report(
                    "missing-argument",
                    Text(
                        en=f"`{call.name}` needs `{parameter.en}`",
                        zh=f"`{call.name}` 缺少参数 `{parameter.zh}`",
                    ),
                    call.name_span,
                    help=_choices(parameter),
                )
            return None
        if isinstance(parameter.default, Fraction):
            kind = {Sort.RATE: t.RATE, Sort.POINTS: t.POINTS}.get(parameter.sort)
            return b.const(parameter.default, kind)
        return parameter.default
    if parameter.many:
        nodes = tuple(_value(parameter, a.value, earlier, call, scope, elaborate) for a in found)
        if any(node is None or isinstance(node, (str, int, tuple)) for node in nodes):
            return None
        return nodes  # type: ignore[return-value]
    return _value(parameter, found[0].value, earlier, call, scope, elaborate)


def _named_fault(call: ast.Call, scope: Scope) -> bool:
    """Whether a misspelt parameter of this call was reported: what it left unset is then no second fault."""
    return any(
        d.code == "unknown-parameter"
        and isinstance(d.span, Span)
        and call.span.start <= d.span.start < call.span.end
        for d in scope.diagnostics
    )


def _choices(parameter: Parameter) -> Text | None:
    if not parameter.choices:
        return parameter.about if parameter.about.en else None
    en = " or ".join(f"`{parameter.en}: {choice}`" for choice, _ in parameter.choices)
    zh = "或".join(f"`{parameter.zh}：{choice}`" for _, choice in parameter.choices)
    return Text(en=f"write {en}", zh=f"写明{zh}")


def _value(
    parameter: Parameter,
    expr: ast.Expr,
    earlier: dict[str, Argument],
    call: ast.Call,
    scope: Scope,
    elaborate: Elaborate,
) -> Argument:
    if parameter.sort is Sort.WORD:
        return _word(parameter, expr, scope)
    if parameter.sort is Sort.WHOLE:
        return _whole(parameter, expr, scope)
    node = elaborate(expr)
    if node is None:
        return None
    other = earlier.get(parameter.of) if parameter.of else None
    beside = _written(call, parameter.of) if parameter.of else None
    try:
        return _sorted(parameter, node, other if not isinstance(other, (str, int, tuple)) else None)
    except Clash as clash:
        operands = (expr,) if beside is None else (expr, beside)
        turned = (0,) if beside is None else (0, 1)
        scope.clash(Clash(clash.code, clash.text, operands=turned, help=clash.help), operands, call.span)
        return None


def _written(call: ast.Call, name: str | None) -> ast.Expr | None:
    method = method_named(call.name)
    if method is None:
        return None
    for place, parameter in enumerate(method.parameters):
        if parameter.en != name:
            continue
        for argument in call.arguments:
            if argument.name is not None and fold(argument.name) in (fold(parameter.en), fold(parameter.zh)):
                return argument.value
        if place < len(call.arguments) and call.arguments[place].name is None:
            return call.arguments[place].value
    return None


def _sorted(parameter: Parameter, node: n.Node, other: n.Node | None) -> n.Node | None:
    """The argument as its parameter wants it; raises `Clash` where it is of another sort."""
    kind = node.type.kind
    if parameter.constant and node.type.entity is not Entity.CONSTANT:
        raise Clash(
            "argument-kind",
            Text(
                en=f"`{parameter.en}` must be the same for all regions",
                zh=f"`{parameter.zh}` 对各地区须为同一数值",
            ),
        )
    match parameter.sort:
        case Sort.MEASURE:
            if kind is Kind.PERCENT:
                raise Clash(
                    "percent-without-kind",
                    Text(
                        en="a value in % alone does not say of what it is a share",
                        zh="单独的百分数没有说明是什么的比重",
                    ),
                )
            _want(parameter, node, t.ORDERED)
            if node.type.entity is Entity.ROW:
                raise _rows_clash(parameter)
            return node
        case Sort.LIKE:
            return node if other is None else b.like(node, other)
        case Sort.DIFFERENCE:
            if other is None:
                return node
            wanted = Kind.PP if other.type.kind in (Kind.SHARE, Kind.GROWTH) else other.type.kind
            reference = b.const(0, Type(kind=wanted, unit=other.type.unit if wanted is not Kind.PP else None))
            return b.like(node, reference)
        case Sort.STEP if kind in (Kind.PERCENT, Kind.RATE):
            return evolve(node, type=t.RATE.at(node.type.entity))
        case Sort.STEP:
            return _sorted(evolve(parameter, sort=Sort.DIFFERENCE), node, other)
        case Sort.RATE:
            if kind in (Kind.PERCENT, Kind.NUMBER):
                return evolve(node, type=t.RATE.at(node.type.entity))
            _want(parameter, node, frozenset({Kind.RATE}))
            return node
        case Sort.POINTS:
            _want(parameter, node, frozenset({Kind.POINTS}))
            return node
        case Sort.NUMBER:
            if kind is Kind.PERCENT:
                return evolve(node, type=t.number(node.type.entity))
            _want(parameter, node, t.RATIOS | {Kind.NUMBER})
            return node
        case Sort.CONDITION:
            _want(parameter, node, frozenset({Kind.YESNO}))
            return node
        case Sort.LEVEL:
            _want(parameter, node, frozenset({Kind.LEVEL}))
            return node
        case Sort.ROWS:
            if node.type.entity is not Entity.ROW:
                raise Clash(
                    "argument-kind",
                    Text(
                        en=f"`{parameter.en}` needs ratings or events, not {node.type.label.en}",
                        zh=f"`{parameter.zh}` 需要评分或事项，而不是{node.type.label.zh}",
                    ),
                )
            return node
        case _:
            return None


def _rows_clash(parameter: Parameter) -> Clash:
    return Clash(
        "argument-kind",
        Text(
            en=f"`{parameter.en}` needs one value for each region, not ratings or events",
            zh=f"`{parameter.zh}` 需要每地区一个数值，不能是多行评分或事项",
        ),
    )


def _want(parameter: Parameter, node: n.Node, kinds: frozenset[Kind]) -> None:
    if node.type.kind in kinds:
        return
    wanted = next(iter(sorted(kinds, key=lambda k: k.value)))
    help_ = None
    if parameter.sort is Sort.POINTS and node.type.kind is Kind.NUMBER:
        help_ = Text(en="write the unit: `5 points`", zh="写明单位：`5 分`")
    if kinds == t.ORDERED:
        en, zh = "a measure", "可比较的数值"
    else:
        en, zh = wanted.label.en, wanted.label.zh
    raise Clash(
        "argument-kind",
        Text(
            en=f"`{parameter.en}` needs {en}, not {node.type.label.en}",
            zh=f"`{parameter.zh}` 需要{zh}，而不是{node.type.label.zh}",
        ),
        help=help_,
    )


def _word(parameter: Parameter, expr: ast.Expr, scope: Scope) -> str | None:
    name = expr.name if isinstance(expr, ast.Name) else None
    for choice in parameter.choices:
        if name is not None and fold(name) in {fold(word) for word in choice}:
            return choice[0]
    scope.report(
        "argument-kind",
        Text(
            en=f"`{expr.span.text}` is no choice for `{parameter.en}`",
            zh=f"参数 `{parameter.zh}` 不能取 `{expr.span.text}`",
        ),
        expr.span,
        help=_choices(parameter),
    )
    return None


def _whole(parameter: Parameter, expr: ast.Expr, scope: Scope) -> int | None:
    if isinstance(expr, ast.Literal) and expr.unit is None and expr.value.denominator == 1:
        value = int(expr.value)
        if parameter.low is None or value >= parameter.low:
            return value
    least = "" if parameter.low is None else str(parameter.low)
    scope.report(
        "argument-kind",
        Text(
            en=f"`{parameter.en}` needs a whole number{' from ' + least if least else ''}",
            zh=f"`{parameter.zh}` 需要{'不小于 ' + least + ' 的' if least else ''}整数",
        ),
        expr.span,
    )
    return None


class _Table:
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
        self.wanted = t.POINTS if method.yields is Yields.POINTS else t.RATE
        self.bands: list[Band] = []
        self.entries: list[Entry] = []
        self.otherwise: n.Node | None = None
        self.broken = False

    def read(self) -> None:
        table, shape = self.call.table, self.method.rows
        if table is None or shape is Rows.NONE:
            if table is not None:
                self._fault(
                    "too-many-arguments",
                    Text(en=f"`{self.call.name}` takes no table", zh=f"`{self.call.name}` 不带表格"),
                    table.span,
                )
            elif shape is not Rows.NONE:
                text = Text(
                    en=f"`{self.call.name}` needs a table of rows", zh=f"`{self.call.name}` 需要列出各行"
                )
                self._fault("missing-argument", text, self.call.span)
            return
        if not table.rows:
            self._fault(
                "missing-argument", Text(en="this table has no rows", zh="表中没有任何行"), table.span
            )
        for row in table.rows:
            self._row(row, shape)

    def _row(self, row: ast.Row, shape: Rows) -> None:
        value = self._row_value(row.value)
        match row, shape:
            case ast.OtherwiseRow(), Rows.BANDS | Rows.LEVELS:
                if self.otherwise is not None:
                    self._fault(
                        "band-unreachable",
                        Text(en="a second `otherwise` is never reached", zh="第二个“其余”不会用到"),
                        row.span,
                    )
                self.otherwise = value
            case ast.CompareRow(op=op, bound=bound), Rows.BANDS:
                end = self._bound(bound)
                if end is not None and value is not None:
                    self.bands.append(Band(range=_compared(op, end, row.span), value=value, span=row.span))
            case ast.RangeRow(), Rows.BANDS:
                low = None if isinstance(row.low, ast.Infinity) else self._bound(row.low)
                high = None if isinstance(row.high, ast.Infinity) else self._bound(row.high)
                if value is not None and not self.broken:
                    range_ = n.Range(
                        low=low,
                        low_closed=row.low_closed,
                        high=high,
                        high_closed=row.high_closed,
                        label=Text.same(_key_text(row)),
                        span=row.span,
                    )
                    self.bands.append(Band(range=range_, value=value, span=row.span))
            case ast.KeyRow(key=key, each=each, up_to=up_to), Rows.CURVE | Rows.CHECKS | Rows.LEVELS:
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
        if shape is Rows.LEVELS:
            node = self._level(key)
        elif shape is Rows.CURVE:
            node = self._bound(key)
        else:
            node = self.elaborate(key)
            wanted = frozenset({Kind.COUNT, Kind.NUMBER, Kind.QUANTITY}) if each else frozenset({Kind.YESNO})
            if node is not None and node.type.kind not in wanted:
                what = Text(en="a count", zh="计数") if each else Text(en="a yes or no", zh="是否")
                text = Text(
                    en=f"{what.en} is needed here, not {node.type.label.en}",
                    zh=f"此处需要{what.zh}，而不是{node.type.label.zh}",
                )
                self._fault("argument-kind", text, key.span, help=None if each else _EACH)
                return
        if each and shape is not Rows.CHECKS:
            self._fault(
                "argument-kind", Text(en="`each` belongs in a checklist", zh="“每”只用于清单"), row.span
            )
            return
        limit = None if up_to is None else self._row_value(up_to)
        if node is None or value is None or (up_to is not None and limit is None):
            self.broken = True
            return
        label = Text.same(key.span.text.strip('“”"'))
        self.entries.append(Entry(key=node, value=value, label=label, each=each, up_to=limit, span=row.span))

    def _level(self, key: ast.Expr) -> n.Node | None:
        levels = self.subject.type.levels if self.subject is not None else ()
        word = key.name if isinstance(key, ast.Name) else key.text if isinstance(key, ast.String) else None
        if word is not None and fold_name(word) in map(fold_name, levels):
            place = [fold_name(level) for level in levels].index(fold_name(word))
            return b.const(place, Type(kind=Kind.LEVEL, levels=levels), key.span)
        if self.subject is not None and levels:
            self.scope.unknown("unknown-name", key.span.text, key.span, levels, Text(en="level", zh="等级"))
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
        if self.wanted.kind is Kind.RATE and node.type.kind is Kind.PERCENT:
            return evolve(node, type=t.RATE)
        if node.type.kind is not self.wanted.kind:
            text = Text(
                en=f"{self.wanted.kind.label.en} must stand here, not {node.type.label.en}",
                zh=f"此处应为{self.wanted.kind.label.zh}，而不是{node.type.label.zh}",
            )
            help_ = (
                Text(en="write the unit: `5 points`", zh="写明单位：`5 分`")
                if node.type.kind is Kind.NUMBER
                else None
            )
            self._fault("argument-kind", text, expr.span, help=help_)
            return None
        return node

    def _fault(self, code: str, text: Text, span: Span, help: Text | None = None) -> None:
        self.broken = True
        self.scope.report(code, text, span, help=help)


_EACH = Text(en="write `each` before a count", zh="计数前写“每”")
_ROW_HELP = {
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
    Rows.NONE: None,
}


def _compared(op: str, end: n.Node, span: Span) -> n.Range:
    label = Text.same(_row_label(span))
    if op in (">=", ">"):
        return n.Range(low=end, low_closed=op == ">=", label=label, span=span)
    if op in ("<=", "<"):
        return n.Range(high=end, high_closed=op == "<=", label=label, span=span)
    return n.Range(low=end, high=end, label=label, span=span)


def _key_text(row: ast.RangeRow) -> str:
    return _row_label(row.span)


def _row_label(span: Span) -> str:
    """The row as written up to its colon."""
    return span.text.replace("：", ":").rsplit(":", 1)[0].strip()


def _report(problem: Problem, call: ast.Call, written: dict[str, list[ast.Argument]], scope: Scope) -> None:
    span = _problem_place(problem.at, call, written)
    also: tuple[tuple[Span, Text], ...] = ()
    if problem.also is not None:
        label = problem.also_text or Text(en="the other one", zh="另一处")
        also = ((_problem_place(problem.also, call, written), label),)
    scope.report(problem.code, problem.text, span, also=also, help=problem.help)


def _problem_place(at: str | int | None, call: ast.Call, written: dict[str, list[ast.Argument]]) -> Span:
    if isinstance(at, str) and at in written:
        return written[at][0].value.span
    rows = (
        () if call.table is None else tuple(r for r in call.table.rows if not isinstance(r, ast.OtherwiseRow))
    )
    if isinstance(at, int) and at < len(rows):
        return rows[at].span
    return call.span


def _target(call: ast.Call, scope: Scope) -> n.Node | None:
    """`target(rd_share)`: the declared target of a measure for the region's group and the year."""
    name = call.arguments[0].value if len(call.arguments) == 1 and call.table is None else None
    if not isinstance(name, ast.Name):
        scope.report(
            "missing-argument",
            Text(
                en=f"`{call.name}` takes the name of one measure",
                zh=f"`{call.name}` 需要一个定义或数据的名称",
            ),
            call.span,
        )
        return None
    node = scope.lookup(name)
    if node is None:
        return None
    declared = [target for target in scope.targets if fold_name(target.measure) == fold_name(name.name)]
    if not declared:
        known = sorted({target.measure for target in scope.targets})
        scope.unknown("target-unknown", name.name, name.span, known, Text(en="target for", zh="目标"))
        return None
    entries = tuple((None if x.scope == "all" else x.scope, x.year, x.value) for x in declared)
    lacking = [
        group.title
        for group in scope.groups
        if not group.reference
        and not {(group.name, scope.year), (None, scope.year)} & {e[:2] for e in entries}
    ]
    if lacking:
        scope.report(
            "target-missing",
            Text(
                en=f"`{name.name}` has no target for {scope.year} in {', '.join(lacking)}",
                zh=f"`{name.name}` 没有 {'、'.join(lacking)} {scope.year} 年的目标",
            ),
            call.span,
            also=((declared[0].span, Text(en="its targets are declared here", zh="目标在此声明")),),
        )
        return None
    lookup = n.Lookup(entries=entries, type=node.type.at(Entity.REGION), span=call.span)
    return n.Frame(
        node=lookup,
        type=lookup.type,
        role="call",
        name="target",
        title=Text(en="target", zh="目标值"),
        text=call.span.text,
        span=call.span,
    )
