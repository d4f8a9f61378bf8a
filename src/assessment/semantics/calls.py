"""Calls of methods: arguments matched to parameters, checked by sort, and lowered into a frame."""

from __future__ import annotations

from assessment.core import nodes as n
from assessment.core.types import Clash
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.methods.base import Call, Parameter, Problem
from assessment.methods.registry import fold, method_named, methods
from assessment.semantics.arguments import Argument, argument
from assessment.semantics.declared_targets import TARGET, elaborate_target, is_target
from assessment.semantics.matching import matched
from assessment.semantics.own_methods import Within, call_own
from assessment.semantics.scope import Scope
from assessment.semantics.table_entries import ENTRY, elaborate_entry, is_entry
from assessment.semantics.tables import Table
from assessment.syntax import ast

_LISTED = Text(
    en="docs/reference/methods lists the methods; a file may define its own with `method`",
    zh="可用的方法见 docs/reference/methods；也可用 `方法` 自行定义",
)


def elaborate_call(call: ast.Call, scope: Scope, *, within: Within) -> n.Node | None:
    """The frame of a call, or None once its fault is reported; `within` elaborates an expression in a scope."""

    def elaborate(expr: ast.Expr) -> n.Node | None:
        return within(expr, scope)

    if is_target(call.name):
        return elaborate_target(call, scope)
    if is_entry(call.name):
        return elaborate_entry(call, scope)
    method = method_named(call.name)
    own = scope.own.get(fold(call.name)) if method is None else None
    if own is not None:
        return call_own(call, own, scope, within)
    if method is None:
        known = [name for each in methods() for name in (each.en, each.zh)] + [*TARGET, *ENTRY]
        known += [one.name for one in scope.own.values()]
        scope.unknown(
            "unknown-method",
            call.name,
            call.name_span,
            known,
            Text(en="method", zh="方法"),
            otherwise=_LISTED,
        )
        return None
    before = len(scope.diagnostics)
    written = matched(call, method, scope)
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
        caps=tuple(table.caps),
        otherwise=table.otherwise,
        policies=scope.policies,
    )
    for key in method.needed(typed):
        scope.need(key, call.span)
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
