"""Expressions → typed core graphs: the one place where names meet units, kinds and methods.

An expression is typed by building its graph with the constructors of `core.build`; a `Clash` becomes a diagnostic with
the places of both sides. What cannot be built is reported once and gives None, and whatever contains it stays silent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from attrs import evolve

from assessment import units
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import ALL_ABSENCES, Absence
from assessment.core.types import Clash, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.calls import elaborate_call
from assessment.semantics.scope import Scope, fold
from assessment.semantics.scores import LEVELS, Readable, Taken, read_grade, read_mark, read_score
from assessment.semantics.wording import MARK
from assessment.syntax import ast

DEEPEST = 60
"""How deep expressions may nest; far above what rules need, far below Python's stack."""


def elaborate(expr: ast.Expr, scope: Scope, *, depth: int = 0) -> n.Node | None:
    """The graph of an expression, or None once its fault is reported."""
    if depth > DEEPEST:
        outermost = scope.calls[0].place if scope.calls else None
        outermost = outermost if isinstance(outermost, Span) else None
        scope.report(
            "nesting-too-deep",
            Text(en=f"this expression nests deeper than {DEEPEST} levels", zh=f"表达式嵌套超过 {DEEPEST} 层"),
            expr.span if outermost is None else outermost,
            help=Text(en="name a part of it with `let`", zh="用 `定义` 为其中一部分命名"),
        )
        return None

    def all_of(*parts: ast.Expr) -> tuple[n.Node, ...] | None:
        found = [elaborate(part, scope, depth=depth + 1) for part in parts]
        present = tuple(node for node in found if node is not None)
        return present if len(present) == len(found) else None

    try:
        match expr:
            case ast.Literal():
                return literal(expr, scope)
            case ast.Name():
                return scope.lookup(expr)
            case ast.Date(day=day):
                return b.date(day, expr.span)
            case ast.FieldOf():
                return scope.field_of(expr)
            case ast.OwnRegion():
                return evolve(b.own_region(), span=expr.span)
            case ast.Infinity() | ast.String():
                scope.report(
                    "kind-mismatch",
                    Text(
                        en="a value is needed here, not a text or an infinity",
                        zh="此处需要数值，不能是文字或无穷",
                    ),
                    expr.span,
                    help=Text(en="write a number with its unit, or a name", zh="请写带单位的数字或名称"),
                )
                return None
            case ast.Earlier(operand=operand, offset=offset):
                parts = all_of(operand)
                return None if parts is None else b.shift(parts[0], offset)
            case ast.Negate(operand=operand):
                parts = all_of(operand)
                return None if parts is None else b.negate(parts[0])
            case ast.Sum():
                return _sum(expr, scope, depth)
            case ast.Product():
                return _product(expr, scope, depth)
            case ast.Power(base=base, exponent=exponent):
                parts = all_of(base)
                return None if parts is None else b.power(parts[0], exponent)
            case ast.Comparison(op=op, left=left, right=right):
                chosen = _level_comparison(expr, scope) or _text_comparison(expr, scope)
                if chosen is not None:
                    return chosen
                lacking = [one for one in (left, right) if scope.grade is None and _is_grade(one)]
                # Without grades the words beside `grade` name nothing, either.
                parts = all_of(*(lacking[:1] or (left, right)))
                return (
                    None
                    if parts is None
                    else _clashing(scope, (left, right), expr.span, lambda p: _compared(op, *p), parts)
                )
            case ast.Between(value=value, low=low, high=high):
                parts = all_of(value, low, high)
                return (
                    None
                    if parts is None
                    else _clashing(scope, (value, low, high), expr.span, lambda p: between(*p), parts)
                )
            case ast.InYear(value=value, offset=offset):
                parts = all_of(value)
                return (
                    None
                    if parts is None
                    else _clashing(scope, (value,), expr.span, lambda p: within_year(p[0], offset), parts)
                )
            case ast.Logical(op=op, operands=operands):
                parts = all_of(*operands)
                build = b.both if op == "and" else b.either
                return (
                    None
                    if parts is None
                    else _clashing(scope, operands, expr.span, lambda p: build(*p), parts)
                )
            case ast.Not(operand=operand):
                parts = all_of(operand)
                return (
                    None
                    if parts is None
                    else _clashing(scope, (operand,), expr.span, lambda p: b.negation(*p), parts)
                )
            case ast.Is(status=status, operand=operand):
                parts = all_of(operand)
                statuses = ALL_ABSENCES if status == "absent" else frozenset({Absence(status)})
                return None if parts is None else b.is_absent(parts[0], statuses)
            case ast.ScoreOf():
                return _score(expr, scope)
            case ast.Marked():
                return _marked(expr, scope)
            case ast.GradeOf():
                return _grade(expr, scope)
            case ast.Quantified():
                return _quantified(expr, scope, depth)
            case ast.It() if scope.its is not None:
                return scope.node_of(expr)
            case ast.It() | ast.ItsDirection():
                scope.report(
                    "statement-not-here",
                    Text(
                        en=f"`{expr.span.text}` has no meaning here",
                        zh=f"`{expr.span.text}` 在此处没有意义",
                    ),
                    expr.span,
                    help=_IT if isinstance(expr, ast.It) else _DIRECTION,
                )
                return None
            case ast.Call():
                return elaborate_call(
                    expr, scope, within=lambda inner, there: elaborate(inner, there, depth=depth + 1)
                )
            case _:
                assert_never(expr)
    except Clash as clash:
        scope.clash(clash, (), expr.span)
        return None


_IT = Text(
    en="`it` is the `measure` of an indicator or a part, in its score and in a default",
    zh="`本项` 指指标或分项 `取自` 的数据，用于其计分和默认计分",
)
_DIRECTION = Text(en="write it as `better: its direction`", zh="写成 `方向：本项方向`")


def literal(expr: ast.Literal, scope: Scope) -> n.Const | None:
    """A number with its unit as a constant: `2.3 %` is 23/1000 of a kind its context settles, `0.2 pp` is 2/1000."""
    value = expr.value
    match expr.unit:
        case None:
            return b.const(value, span=expr.span)
        case "%":
            return b.const(value / 100, Type(kind=Kind.PERCENT), expr.span)
        case "‰":
            return b.const(value / 1000, Type(kind=Kind.PERCENT), expr.span)
        case "pp":
            return b.const(value / 100, Type(kind=Kind.PP), expr.span)
        case "points":
            return b.points(value, expr.span)
        case word:
            unit = unit_of(word, expr.span, scope)
            return None if unit is None else b.const(value, Type(kind=Kind.QUANTITY, unit=unit), expr.span)


_UNITS = Text(
    en="build it from known units, as in `亿元`, `km2/persons` or `件/万人`",
    zh="请用已知单位组成，如 `亿元`、`平方公里`、`件/万人`",
)


def unit_of(word: str, span: Span, scope: Scope) -> units.Unit | None:
    """A unit by its text; an unknown one is reported."""
    try:
        return units.unit(word)
    except units.UnknownUnit as error:
        close = error.nearest
        scope.report(
            "unknown-unit",
            Text(en=f"`{word}` is not a known unit", zh=f"`{word}` 不是已知单位"),
            span,
            help=Text(en=f"did you mean `{close[0]}`?", zh=f"是否应为 `{close[0]}`？") if close else _UNITS,
        )
        return None


def _clashing(
    scope: Scope,
    operands: tuple[ast.Expr, ...],
    whole: Span,
    build: Callable[[tuple[n.Node, ...]], n.Node],
    parts: tuple[n.Node, ...],
) -> n.Node | None:
    """What `build` makes of the operands; a clash is reported at them and gives None."""
    try:
        return build(parts)
    except Clash as clash:
        scope.clash(clash, operands, whole)
        return None


def _sum(expr: ast.Sum, scope: Scope, depth: int) -> n.Node | None:
    """A sum from the left: each partial sum has a type, so that `share - share + pp` is read as it is written."""
    found = [elaborate(term.value, scope, depth=depth + 1) for term in expr.terms]
    values = [value for value in found if value is not None]
    if len(values) < len(found):
        return None
    result: n.Node | None = None
    for place, (term, value) in enumerate(zip(expr.terms, values, strict=True)):
        if result is None:
            result = value if term.sign > 0 else b.negate(value)
            continue
        try:
            result = b.plus(result, value) if term.sign > 0 else b.subtract(result, value)
        except Clash as clash:
            beside = expr.terms[place - 1].value
            scope.clash(_at(clash, (1, 0)), (beside, term.value), expr.span)
            return None
    return _placed(result, expr.span)


def _placed(node: n.Node | None, span: Span) -> n.Node | None:
    """A node that was just built, with the place of the expression it was built from."""
    return node if node is None or node.span is not None else evolve(node, span=span)


def _at(clash: Clash, operands: tuple[int, ...]) -> Clash:
    return Clash(clash.code, clash.text, operands=clash.operands or operands, help=clash.help)


def _product(expr: ast.Product, scope: Scope, depth: int) -> n.Node | None:
    found = [elaborate(factor.value, scope, depth=depth + 1) for factor in expr.factors]
    values = [value for value in found if value is not None]
    if len(values) < len(found):
        return None
    result: n.Node | None = None
    for place, (factor, value) in enumerate(zip(expr.factors, values, strict=True)):
        if result is None:
            result = value
            continue
        try:
            result = b.multiply(result, value) if factor.op == "*" else b.divide(result, value)
        except Clash as clash:
            scope.clash(_at(clash, (1, 0)), (expr.factors[place - 1].value, factor.value), expr.span)
            return None
        whole = place == len(expr.factors) - 1
        result = _placed(
            result, expr.span if whole else Span.covering(expr.factors[0].value.span, factor.value.span)
        )
        if factor.op == "/" and isinstance(value, n.Const) and value.value == 0:
            scope.report(
                "constant-zero-divisor",
                Text(en="this divides by zero", zh="除数为零"),
                factor.value.span,
                help=Text(
                    en="divide by something else than 0, or leave the division out",
                    zh="请改用不为零的除数，或删去除法",
                ),
            )
            return None
    return result


def _compared(op: str, left: n.Node, right: n.Node) -> n.Node:
    """A comparison; the better of two levels is the larger one, though levels count from 0, the best."""
    levels = Kind.LEVEL in (left.type.kind, right.type.kind)
    return b.compare(_TURNED[op] if levels else op, left, right)


def _level_comparison(expr: ast.Comparison, scope: Scope) -> n.Node | None:
    """`评定 = 好`: a level input beside the name of one of its levels."""
    for left, right in ((expr.left, expr.right), (expr.right, expr.left)):
        node = _level_of(left, scope)
        word = (
            right.name
            if isinstance(right, ast.Name)
            else right.text
            if isinstance(right, ast.String)
            else None
        )
        if node is None or node.type.kind is not Kind.LEVEL or word not in node.type.levels:
            continue
        place = b.const(node.type.levels.index(word), node.type, right.span)
        op = expr.op if left is expr.left else _TURNED[expr.op]
        # Levels count from 0, the best: `>= 较好` asks for a place that is not larger.
        return b.compare(_TURNED[op], node, place)
    return None


def _is_grade(expr: ast.Expr) -> bool:
    """Whether an expression is the grade, of this or of another year."""
    return isinstance(expr, ast.GradeOf) or (isinstance(expr, ast.Earlier) and _is_grade(expr.operand))


def _level_of(expr: ast.Expr, scope: Scope) -> n.Node | None:
    """An input, or the grade, of this or of another year; without a report."""
    match expr:
        case ast.GradeOf() if scope.grade is not None:
            return read_grade(scope.grade, expr.span)
        case ast.Earlier(operand=operand, offset=offset):
            node = _level_of(operand, scope)
            return None if node is None else b.shift(node, offset)
        case _:
            return scope.node_of(expr)


def _text_comparison(expr: ast.Comparison, scope: Scope) -> n.Node | None:
    """`文号 = "鲁政发〔2018〕1号"`: a text input beside a text that is written."""
    for left, right in ((expr.left, expr.right), (expr.right, expr.left)):
        node = b.own_region() if isinstance(left, ast.OwnRegion) else scope.node_of(left)
        if node is not None and node.type.kind is Kind.LABEL and isinstance(right, ast.String):
            return b.compare(expr.op, node, b.const(t.label_text(right.text), span=right.span))
    return None


def between(value: n.Node, low: n.Node, high: n.Node) -> n.Node:
    """Whether a value lies between two ends, both of which belong to it."""
    return b.both(b.compare(">=", value, low), b.compare("<=", value, high))


_YEARS = range(1900, 2200)


def within_year(day: n.Node, offset: int) -> n.Node:
    """Whether a day lies in the assessed year, or so many years from it."""
    ends = (
        n.Lookup(
            entries=tuple(
                (None, year, Fraction(dt.date(year + offset, month, last).toordinal())) for year in _YEARS
            ),
            type=t.DATE,
        )
        for month, last in ((1, 1), (12, 31))
    )
    return between(day, *ends)


_TURNED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "=", "!=": "!="}


def _score(expr: ast.ScoreOf, scope: Scope) -> n.Node | None:
    path = expr.node if expr.reference is None else f"{expr.node} {expr.reference}"
    readable = scope.scores.get(path)
    if readable is None:
        _unknown_score(expr, scope)
        return None
    taken = _taken(expr, readable, scope)
    if taken is None or not _has_it(expr, readable, scope):
        return None
    return read_score(readable, reading=expr.reading, taken=taken, span=expr.span)


def _marked(expr: ast.Marked, scope: Scope) -> n.Node | None:
    stated = scope.marks.get(fold(expr.name.name))
    if stated is None:
        known = [one.name for one in scope.marks.values()]
        scope.unknown("unknown-name", expr.name.name, expr.name.span, known, MARK)
        return None
    return read_mark(stated.name, expr.span)


def _grade(expr: ast.GradeOf, scope: Scope) -> n.Node | None:
    if scope.grade is not None:
        return read_grade(scope.grade, expr.span)
    scope.report(
        "missing-statement",
        Text(en="the grade is read here, and these rules have no grades", zh="此处引用等次，而规则没有等次"),
        expr.span,
        help=Text(en="add `grade` statements", zh="添加 `等次` 语句"),
    )
    return None


def _taken(expr: ast.ScoreOf | ast.Quantified, readable: Readable, scope: Scope) -> Taken | None:
    """Which value of a score an expression reads; None once it is reported that it does not say."""
    if expr.taken is not None:
        return "rounded" if expr.taken == "rounded" else "rescaled" if expr.taken == "rescaled" else "full"
    if scope.comparing or (expr.reading in ("rank", "bottom") and readable.level in ("total", "result")):
        return "compared"
    if not readable.rounded:
        return "full"
    scope.report(
        "reading-not-stated",
        Text(
            en=f"`{expr.span.text}` is rounded, and it is not stated which of its values is read here",
            zh=f"`{expr.span.text}` 有修约，此处未写明引用修约值还是原值",
        ),
        expr.span,
        help=Text(
            en=f"write `{expr.span.text} full` or `{expr.span.text} rounded`",
            zh=f"请写 `{expr.span.text} 原值` 或 `{expr.span.text} 修约值`",
        ),
    )
    return None


def _has_it(expr: ast.ScoreOf | ast.Quantified, readable: Readable, scope: Scope) -> bool:
    """Whether a rate or a place that is read exists; a place in a file that ranks nobody is reported."""
    if expr.reading == "rate" and not readable.rated:
        scope.report(
            "kind-mismatch",
            Text(
                en="this result is made from scores, and has no rate of its own",
                zh="此结果由得分算出，没有得分率",
            ),
            expr.span,
            help=Text(en="read its value instead: leave `rate` out", zh="请改读其数值，删去 `得分率`"),
        )
        return False
    ranked = readable.ranked if readable.level == "result" else scope.ranked
    if expr.reading not in ("rank", "bottom") or ranked:
        return True
    scope.report(
        "missing-statement",
        Text(en="a place is read here, and these rules rank nobody", zh="此处引用名次，而规则不排名"),
        expr.span,
        help=Text(
            en="add for instance `rank within all`, or write `place(total full, within: all)`",
            zh="例如添加 `名次 全部`，或写 `名次（总分 原值，范围：全部）`",
        ),
    )
    return False


def _unknown_score(expr: ast.ScoreOf, scope: Scope) -> None:
    """Report a score that is not there; another number is no misspelling, so only names get a suggestion."""
    if expr.reference is None:
        scope.report(
            "unknown-indicator",
            Text(en="there is no key total", zh="没有重点指标得分"),
            expr.span,
            help=Text(
                en="it is the points of the indicators that are marked with ※",
                zh="它是标有 ※ 的指标的得分合计",
            ),
        )
        return
    known = [path.removeprefix(f"{expr.node} ") for path in scope.scores if path.startswith(f"{expr.node} ")]
    if expr.reference.replace(".", "").isdigit():
        known = []
    scope.unknown("unknown-indicator", expr.reference, expr.span, known, LEVELS[expr.node])


def _quantified(expr: ast.Quantified, scope: Scope, depth: int) -> n.Node | None:
    """`any key indicator rate < 60 %`: the condition written out for each of them."""
    found = {path: one for path, one in scope.scores.items() if _is_subject(one, expr.subjects)}
    if not found:
        scope.report(
            "unknown-indicator",
            Text(en=f"there is no {expr.subjects} to look at", zh="没有可供判断的指标"),
            expr.span,
            help=_TO_LOOK_AT,
        )
        return None
    first = next(iter(found.values()))
    taken = _taken(expr, first, scope)
    right = elaborate(expr.right, scope, depth=depth + 1)
    if right is None or taken is None or not _has_it(expr, first, scope):
        return None
    if expr.count is not None and not _can_be_counted(expr, expr.count, len(found), scope):
        return None
    scored: list[n.Node] = []
    conditions: list[n.Node] = []
    for readable in found.values():
        score = read_score(readable, reading=expr.reading, taken=taken, span=expr.span)
        unscored = b.is_absent(score)
        compared = b.compare(expr.op, score, right)
        # An indicator without a score, such as one that does not apply, takes no part.
        scored.append(b.negation(unscored))
        conditions.append(
            b.either(unscored, compared) if expr.quantifier == "all" else b.both(scored[-1], compared)
        )
    if expr.count is not None:
        return _counted(expr.quantifier, expr.count, scored, conditions)
    return b.either(*conditions) if expr.quantifier == "any" else b.both(b.either(*scored), *conditions)


_RELATIONS = {"at least": ">=", "at most": "<=", "exactly": "="}


def _counted(rule: str, count: Fraction, scored: list[n.Node], conditions: list[n.Node]) -> n.Node:
    """How many of those with a score meet a condition; of nothing that is scored nothing is said, so that it does not hold."""
    each = [b.select(one, b.const(1), b.const(0)) for one in conditions]
    found = b.compare(_RELATIONS[rule], b.add(*each), b.const(count))
    return b.both(b.either(*scored), found)


def _can_be_counted(expr: ast.Quantified, count: Fraction, most: int, scope: Scope) -> bool:
    """Whether a count rule can both hold and not hold among so many."""
    low, high = {"at least": (1, most), "at most": (0, most - 1), "exactly": (0, most)}[expr.quantifier]
    if low <= count <= high:
        return True
    scope.report(
        "count-out-of-range",
        Text(
            en=f"there are {most} to look at, so that this always holds or never does",
            zh=f"可供判断的只有 {most} 项，此条件恒成立或恒不成立",
        ),
        expr.span,
        help=Text(en=f"write a number from {low} to {high}", zh=f"请写 {low} 至 {high} 之间的整数")
        if low <= high
        else Text(en="leave this condition out", zh="请删去此条件"),
    )
    return False


_TO_LOOK_AT = Text(
    en="mark indicators with ※ where key indicators are meant, or say `any indicator`",
    zh="若指重点指标，请为指标标注 ※；否则请写 `任一指标`",
)


def _is_subject(readable: Readable, subjects: str) -> bool:
    """Whether a score is among those that a quantifier counts."""
    if subjects == "key indicator":
        return readable.level == "indicator" and readable.key
    return readable.level == subjects
