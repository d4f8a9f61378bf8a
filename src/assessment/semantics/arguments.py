"""Arguments → what their parameters want: nodes of the right sort, words of a short list, whole numbers."""

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
from assessment.methods.base import AS_WRITTEN, UNLIMITED, Method, Parameter, Sort
from assessment.methods.registry import fold
from assessment.semantics.regions import known_region
from assessment.semantics.scope import Scope
from assessment.semantics.wording import with_unit
from assessment.syntax import ast

Elaborate = Callable[[ast.Expr], "n.Node | None"]
Argument = n.Node | str | int | tuple[n.Node, ...] | None
MEASURES = t.ARITHMETIC | {Kind.RANK}
"""Kinds with a scale; levels have an order only."""


def argument(
    parameter: Parameter,
    written: dict[str, list[ast.Argument]],
    earlier: dict[str, Argument],
    call: ast.Call,
    method: Method,
    scope: Scope,
    elaborate: Elaborate,
) -> Argument:
    """The argument for a parameter, its default where it has one, or None once its fault is reported."""
    found = written.get(parameter.en)
    if found is None:
        if parameter.default is None:
            # An argument that another method's parameter could supply is still missing: nothing is guessed.
            if not parameter.optional and not named_fault(call, scope):
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
        values = [_value(parameter, a.value, earlier, call, method, scope, elaborate) for a in found]
        nodes = tuple(value for value in values if isinstance(value, n.Base))
        return nodes if len(nodes) == len(values) else None
    return _value(parameter, found[0].value, earlier, call, method, scope, elaborate)


def named_fault(call: ast.Call, scope: Scope) -> bool:
    """Whether a misspelt parameter of this call was reported: what it left unset is then no second fault."""
    return any(
        d.code == "unknown-parameter"
        and isinstance(d.span, Span)
        and call.span.start <= d.span.start < call.span.end
        for d in scope.diagnostics
    )


def _choices(parameter: Parameter) -> Text:
    """What a parameter takes: its words, what it is about, or that it is to be written."""
    if not parameter.choices:
        written = Text(en=f"write `{parameter.en}: …`", zh=f"请写 `{parameter.zh}：…`")
        return parameter.about if parameter.about.en else written
    en = " or ".join(f"`{parameter.en}: {choice}`" for choice, _ in parameter.choices)
    zh = "或".join(f"`{parameter.zh}：{choice}`" for _, choice in parameter.choices)
    return Text(en=f"write {en}", zh=f"写明{zh}")


def _value(
    parameter: Parameter,
    expr: ast.Expr,
    earlier: dict[str, Argument],
    call: ast.Call,
    method: Method,
    scope: Scope,
    elaborate: Elaborate,
) -> Argument:
    if parameter.sort in AS_WRITTEN:
        return word(parameter, expr, scope)
    if parameter.unlimited and says_none(expr, scope):
        return UNLIMITED[0]
    other = earlier.get(parameter.of) if parameter.of else None
    if parameter.sort in (Sort.ROW_CONDITION, Sort.FIELD) and isinstance(other, n.Base):
        with scope.among(other.type.rows_of):
            node = elaborate(expr)
        if node is not None and node.span is None:
            node = evolve(node, span=expr.span)
    else:
        node = elaborate(expr)
    if node is None:
        return None
    beside = _written(call, method, parameter.of) if parameter.of else None
    try:
        return _sorted(parameter, node, other if not isinstance(other, (str, int, tuple)) else None)
    except Clash as clash:
        operands = (expr,) if beside is None else (expr, beside)
        turned = (0,) if beside is None else (0, 1)
        help_ = clash.help
        if node.type.kind is Kind.NUMBER:
            wanted = t.POINTS if parameter.sort is Sort.POINTS else None
            wanted = other.type if wanted is None and isinstance(other, n.Node) else wanted
            help_ = help_ if wanted is None else with_unit(expr, wanted) or help_
        scope.clash(Clash(clash.code, clash.text, operands=turned, help=help_), operands, call.span)
        return None


def says_none(expr: ast.Expr, scope: Scope | None = None) -> bool:
    """Whether a limit is expressly not set here, by the word or by a parameter that was given the word."""
    if not isinstance(expr, ast.Name):
        return False
    given = None if scope is None else scope.word_given(expr.name)
    return fold(expr.name) in UNLIMITED or given == UNLIMITED[0]


def _written(call: ast.Call, method: Method, name: str | None) -> ast.Expr | None:
    """The argument that was written for a parameter."""
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
            help=Text(
                en="write a number, or a constant of the file such as an entry of a table",
                zh="请写数字，或写对各地区相同的数值",
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
                    help=Text(
                        en="name a share with `let … in %`, and write that",
                        zh="请先用 `定义 … 单位 %` 命名该比重，再引用",
                    ),
                )
            _want(parameter, node, MEASURES)
            if node.type.entity is Entity.ROW:
                raise _rows_clash(parameter)
            return node
        case Sort.LIKE:
            return node if other is None else b.like(node, other)
        case Sort.DIFFERENCE:
            if other is None:
                return node
            return b.like(node, no_difference(other))
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
        case Sort.ROW_CONDITION:
            _want(parameter, node, frozenset({Kind.YESNO}))
            if other is not None:
                t.spread(t.YESNO, node.type, other.type)
            return node
        case Sort.FIELD:
            if node.type.entity is not Entity.ROW:
                raise Clash(
                    "argument-kind",
                    Text(
                        en=f"`{parameter.en}` needs a field of the rows, not one value for each region",
                        zh=f"`{parameter.zh}` 需要各行的字段，而不是每地区一个数值",
                    ),
                    help=Text(
                        en="write a field that the input declares, as in `awards.level`",
                        zh="请写该数据声明的字段，如 `awards.level`",
                    ),
                )
            if other is not None:
                t.spread(node.type, node.type, other.type)
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
                    help=Text(
                        en="name an input that holds ratings or events", zh="请写评分或事项类数据的名称"
                    ),
                )
            return node
        case _:
            return None


def no_difference(other: n.Node) -> n.Const:
    """A difference of zero of two values like this one: of shares in percentage points, of ranks a number of places."""
    kind = _DIFFERENCES.get(other.type.kind, other.type.kind)
    return b.const(0, Type(kind=kind, unit=other.type.unit if kind is other.type.kind else None))


_DIFFERENCES = {Kind.SHARE: Kind.PP, Kind.GROWTH: Kind.PP, Kind.RANK: Kind.NUMBER}


def _rows_clash(parameter: Parameter) -> Clash:
    return Clash(
        "argument-kind",
        Text(
            en=f"`{parameter.en}` needs one value for each region, not ratings or events",
            zh=f"`{parameter.zh}` 需要每地区一个数值，不能是多行评分或事项",
        ),
        help=Text(
            en="sum the rows up first, as with `sum_of_rows` or `count`",
            zh="请先用 `各行合计`、`件数` 等归为每地区一个数值",
        ),
    )


_WANTED = {
    Kind.YESNO: Text(en="write a comparison, as in `x >= 5`", zh="请写比较式，如 `x >= 5`"),
    Kind.POINTS: Text(en="write it in points, as in `5 points`", zh="请写分值，如 `5 分`"),
    Kind.RATE: Text(
        en="write a share of full marks such as `60%`, or call a method that gives one, such as `attain`",
        zh="请写占满分的比例，如 `60%`，或调用得出得分率的方法，如 `达标`",
    ),
    Kind.LEVEL: Text(en="name an input that is one of several levels", zh="请写等级类数据的名称"),
}


def _want(parameter: Parameter, node: n.Node, kinds: frozenset[Kind]) -> None:
    if node.type.kind in kinds:
        return
    wanted = next(iter(sorted(kinds, key=lambda k: k.value)))
    if kinds == MEASURES:
        en, zh = "a measure", "可比较的数值"
        help = Text(en="name an input that is a number, or a measure", zh="请写数值类数据或定义的名称")
    elif Kind.NUMBER in kinds:
        en, zh = wanted.label.en, wanted.label.zh
        help = Text(
            en="write a plain number or a share, such as `0.5` or `50%`",
            zh="请写纯数或比例，如 `0.5` 或 `50%`",
        )
    else:
        en, zh = wanted.label.en, wanted.label.zh
        help = _WANTED[wanted]
    raise Clash(
        "argument-kind",
        Text(
            en=f"`{parameter.en}` needs {en}, not {node.type.label.en}",
            zh=f"`{parameter.zh}` 需要{zh}，而不是{node.type.label.zh}",
        ),
        help=help,
    )


def word(parameter: Parameter, expr: ast.Expr, scope: Scope) -> str | int | None:
    """A word of choice, a whole number or the name of a region, whichever the parameter takes."""
    return {Sort.WHOLE: _whole, Sort.REGION: _region}.get(parameter.sort, _word)(parameter, expr, scope)


def _word(parameter: Parameter, expr: ast.Expr, scope: Scope) -> str | None:
    if isinstance(expr, ast.ItsDirection):
        return _direction(parameter, expr, scope)
    name = expr.name if isinstance(expr, ast.Name) else None
    given = None if name is None else scope.word_given(name)
    name = given if isinstance(given, str) else name
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


def _direction(parameter: Parameter, expr: ast.ItsDirection, scope: Scope) -> str | None:
    """The direction of the measure that `it` stands for."""
    its = scope.its
    if its is None:
        scope.report(
            "statement-not-here",
            Text(en="there is no measure here that has a direction", zh="此处没有写明方向的数据"),
            expr.span,
            help=Text(
                en="state the direction with the `measure` of the indicator",
                zh="在指标的 `取自` 中写明方向",
            ),
        )
        return None
    if its.direction is None:
        scope.report(
            "no-direction",
            Text(
                en="this measure does not say whether higher or lower is better",
                zh="此项数据未写明越高越好还是越低越好",
            ),
            its.place,
            also=((expr.span, Text(en="asked for here", zh="在此需要")),),
            help=Text(
                en="write `, higher is better` or `, lower is better` behind it",
                zh="在其后写 `，越高越好` 或 `，越低越好`",
            ),
        )
        return None
    if its.direction in {choice for choice, _ in parameter.choices}:
        return its.direction
    scope.report(
        "argument-kind",
        Text(en=f"`{parameter.en}` does not take a direction", zh=f"参数 `{parameter.zh}` 不是方向"),
        expr.span,
        help=_choices(parameter),
    )
    return None


def _region(parameter: Parameter, expr: ast.Expr, scope: Scope) -> str | None:
    """The name of a region, as its group lists it."""
    given = scope.word_given(expr.name) if isinstance(expr, ast.Name) else None
    if isinstance(given, str):
        return given
    if isinstance(expr, ast.Name):
        return known_region(ast.Word(name=expr.name, span=expr.span), scope)
    if isinstance(expr, ast.String):
        return known_region(ast.Word(name=expr.text, span=expr.span), scope)
    scope.report(
        "argument-kind",
        Text(
            en=f"`{parameter.en}` needs the name of a region",
            zh=f"参数 `{parameter.zh}` 需要地区名称",
        ),
        expr.span,
        help=Text(en="write the name, in quotation marks where it has blanks", zh="写明地区名称，可加引号"),
    )
    return None


def _whole(parameter: Parameter, expr: ast.Expr, scope: Scope) -> int | None:
    given = scope.word_given(expr.name) if isinstance(expr, ast.Name) else None
    if isinstance(given, int) and _fits(given, parameter):
        return given
    if isinstance(expr, ast.Literal) and expr.unit is None and expr.value.denominator == 1:
        value = int(expr.value)
        if _fits(value, parameter):
            return value
    least = "" if parameter.low is None else f" from {parameter.low}"
    most = "" if parameter.most is None else f" up to {parameter.most}"
    least_zh = "" if parameter.low is None else f"不小于 {parameter.low} "
    most_zh = "" if parameter.most is None else f"不大于 {parameter.most} "
    joint = "、" if least_zh and most_zh else ""
    of_zh = "的" if least_zh or most_zh else ""
    scope.report(
        "argument-kind",
        Text(
            en=f"`{parameter.en}` needs a whole number{least}{most}",
            zh=f"`{parameter.zh}` 需要{least_zh}{joint}{most_zh}{of_zh}整数",
        ),
        expr.span,
        help=Text(
            en=f"write it in figures, as in `{parameter.en}: {parameter.low or 1}`",
            zh=f"请直接写数字，如 `{parameter.zh}：{parameter.low or 1}`",
        ),
    )
    return None


def _fits(value: int, parameter: Parameter) -> bool:
    """Whether a whole number lies between the ends of its parameter."""
    return (parameter.low is None or value >= parameter.low) and (
        parameter.most is None or value <= parameter.most
    )
