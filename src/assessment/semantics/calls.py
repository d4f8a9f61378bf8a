"""Calls of methods: arguments matched to parameters, checked by sort, and lowered into a frame."""

from __future__ import annotations

from attrs import evolve

from assessment.core import nodes as n
from assessment.core.types import Clash
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.methods.base import Call, Method, Parameter, Problem
from assessment.methods.registry import fold, method_named, methods
from assessment.semantics.arguments import Argument, Elaborate, argument
from assessment.semantics.declared_targets import TARGET, elaborate_target
from assessment.semantics.scope import Scope
from assessment.semantics.tables import Table
from assessment.syntax import ast


def elaborate_call(call: ast.Call, scope: Scope, *, elaborate: Elaborate) -> n.Node | None:
    """The frame of a call, or None once its fault is reported."""
    if call.name in TARGET:
        return elaborate_target(call, scope)
    method = method_named(call.name)
    if method is None:
        known = [name for each in methods() for name in (each.en, each.zh)] + list(TARGET)
        scope.unknown("unknown-method", call.name, call.name_span, known, Text(en="method", zh="方法"))
        return None
    before = len(scope.diagnostics)
    written = _matched(call, method, scope)
    arguments: dict[str, Argument] = {}
    for parameter in method.parameters:
        arguments[parameter.en] = argument(parameter, written, arguments, call, method, scope, elaborate)
    table = Table(method, call, arguments, scope, elaborate)
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
    for each in call.arguments:
        written = _named_by_equals(each, by_written, scope)
        if written.name is None:
            if position >= len(method.parameters):
                scope.report(
                    "too-many-arguments",
                    Text(en=f"`{call.name}` takes no further argument", zh=f"`{call.name}` 没有更多参数"),
                    written.span,
                    help=_signature(method),
                )
                continue
            parameter = method.parameters[position]
            if not parameter.many:
                position += 1
        else:
            found = by_written.get(fold(written.name))
            if found is None:
                known = [name for p in method.parameters for name in (p.en, p.zh)]
                what = Text(en=f"parameter of `{call.name}` named", zh=f"`{call.name}` 参数")
                scope.unknown("unknown-parameter", written.name, written.span, known, what)
                continue
            parameter = found
        if parameter.en in matched and not parameter.many:
            scope.report(
                "too-many-arguments",
                Text(en=f"`{parameter.en}` is given twice", zh=f"参数 `{parameter.zh}` 给了两次"),
                written.span,
                also=((matched[parameter.en][0].span, Text(en="first given here", zh="首次出现")),),
            )
            continue
        matched.setdefault(parameter.en, []).append(written)
    return matched


def _named_by_equals(written: ast.Argument, by_written: dict[str, Parameter], scope: Scope) -> ast.Argument:
    """The argument; `target = 100%`, where `target` is a parameter and nothing else, is reported and read as meant."""
    value = written.value
    if (
        written.name is not None
        or not isinstance(value, ast.Comparison)
        or value.op != "="
        or not isinstance(value.left, ast.Name)
        or fold(value.left.name) not in by_written
        or scope.knows(value.left.name)
    ):
        return written
    name = value.left.name
    scope.report(
        "syntax-error",
        Text(en=f"a colon stands behind the parameter `{name}`", zh=f"参数 `{name}` 之后应为冒号"),
        value.span,
        help=Text(
            en=f"write `{name}: {value.right.span.text}`", zh=f"请写 `{name}：{value.right.span.text}`"
        ),
    )
    return evolve(written, name=name, value=value.right)


def _signature(method: Method) -> Text:
    en = ", ".join(p.en for p in method.parameters)
    zh = "，".join(p.zh for p in method.parameters)
    return Text(en=f"it is written {method.en}({en})", zh=f"写法为 {method.zh}（{zh}）")


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
