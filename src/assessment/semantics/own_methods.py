"""Calls of methods that the rule file defines: the body is read anew at each call, with the types of its arguments.

A parameter stands for one graph, however often the body names it, and a body that was read before with the very same
arguments is not read again: graphs stay as small as what is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import RATIOS, Clash, Kind
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.methods.base import UNLIMITED
from assessment.methods.registry import fold as fold_method
from assessment.semantics.arguments import named_fault, says_none, word
from assessment.semantics.matching import matched, no_table, signature
from assessment.semantics.scope import Given, Scope, fold
from assessment.semantics.signatures import OwnMethod, OwnParameter
from assessment.semantics.traverse import below
from assessment.syntax import ast

__all__ = ["MOST_BODIES", "Within", "call_own", "names_read"]

Within: TypeAlias = Callable[[ast.Expr, Scope], "n.Node | None"]
"""Elaborates an expression in a scope."""

MOST_BODIES = 1000
"""How many bodies one call may be turned into; methods that call methods twice double with every step."""


def names_read(expr: ast.Expr, scope: Scope) -> Iterator[str]:
    """The folded names in an expression, and those that the methods it calls need."""
    for node in below(expr):
        if isinstance(node, ast.Name):
            yield fold(node.name)
        elif isinstance(node, ast.Call):
            own = scope.own.get(fold_method(node.name))
            if own is not None:
                yield from sorted(own.reads)


def call_own(call: ast.Call, method: OwnMethod, scope: Scope, within: Within) -> n.Node | None:
    """The frame of a call of a method of the file, or None once its fault is reported."""
    written = matched(call, method, scope)
    no_table(call, scope)
    if not method.sound:
        return None
    given = {
        fold(parameter.name): _given(parameter, written, call, method, scope, within)
        for parameter in method.own
    }
    lacking = any(one is None or one.value is None for one in given.values())
    if lacking or call.table is not None:
        return None
    present = {name: one for name, one in given.items() if one is not None}
    body = _instance(method, present, call, scope, within)
    if body is None:
        return None
    words = tuple(
        (parameter.name, _said(parameter, one.value))
        for parameter, one in zip(method.own, present.values(), strict=True)
        if isinstance(one.value, (str, int))
    )
    nodes = tuple(
        n.Named(name=parameter.name, node=one.value)
        for parameter, one in zip(method.own, present.values(), strict=True)
        if isinstance(one.value, n.Base)
    )
    return n.Frame(
        node=body,
        type=body.type,
        role="call",
        name=method.name,
        title=Text.same(method.title or method.name),
        text=call.span.text,
        arguments=nodes,
        definition=n.Definition(
            text=method.value.span.text,
            parameters=tuple(one.name for one in nodes),
            words=words,
            span=method.span,
        ),
        low=body.low if isinstance(body, n.Frame) else None,
        high=body.high if isinstance(body, n.Frame) else None,
        span=call.span,
    )


def _said(parameter: OwnParameter, value: str | int) -> Text:
    """A word or a whole number as people say it."""
    choices = (UNLIMITED,) if parameter.word is None else parameter.word.choices
    chosen = next((choice for choice in choices if choice[0] == value), None)
    return Text.same(str(value)) if chosen is None else Text(en=chosen[0], zh=chosen[1])


# ── arguments ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _given(
    parameter: OwnParameter,
    written: dict[str, list[ast.Argument]],
    call: ast.Call,
    method: OwnMethod,
    scope: Scope,
    within: Within,
) -> Given | None:
    """What a parameter stands for at a call; None where it is missing."""
    found = written.get(parameter.name)
    if found is not None:
        return _value(parameter, found[0].value, scope, within)
    if parameter.default is not None:
        # A default belongs to the definition: it sees no parameter of whoever calls.
        return _value(parameter, parameter.default, scope.inside({}, call.name_span), within)
    if not named_fault(call, scope):
        scope.report(
            "missing-argument",
            Text(
                en=f"`{call.name}` needs `{parameter.name}`", zh=f"`{call.name}` 缺少参数 `{parameter.name}`"
            ),
            call.name_span,
            also=((parameter.span, Text(en="it is declared here", zh="在此声明")),),
            help=signature(method),
        )
    return None


def _value(parameter: OwnParameter, expr: ast.Expr, scope: Scope, within: Within) -> Given:
    if parameter.word is not None:
        return Given(value=word(parameter.word, expr, scope), place=expr.span)
    if parameter.unlimited and says_none(expr, scope):
        return Given(value=UNLIMITED[0], place=expr.span)
    node = within(expr, scope)
    if node is not None and parameter.type is not None:
        node = _declared(node, parameter, expr, scope)
    return Given(value=node, measure=scope.measure_of(expr), place=expr.span)


def _declared(node: n.Node, parameter: OwnParameter, expr: ast.Expr, scope: Scope) -> n.Node | None:
    """The argument in the unit that the parameter declares."""
    wanted = parameter.type
    if wanted is None or (wanted.kind in RATIOS and node.type.kind in RATIOS):
        return node
    try:
        return b.like(node, b.const(0, wanted)) if node.type.kind is Kind.PERCENT else b.declare(node, wanted)
    except Clash as clash:
        label = node.type.label
        scope.report(
            clash.code,
            clash.text,
            expr.span,
            here=Text(en=f"this is {label.en}", zh=f"这是{label.zh}"),
            also=((parameter.span, Text(en="the parameter is declared here", zh="参数在此声明")),),
            help=clash.help,
        )
        return None


# ── bodies ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _instance(
    method: OwnMethod, given: dict[str, Given], call: ast.Call, scope: Scope, within: Within
) -> n.Node | None:
    """The body with its arguments put in."""
    # Policies act inside bodies, and what they are needed for is noted there.
    policies = tuple(sorted((name, id(policy)) for name, policy in scope.stated.items()))
    indicator = scope.indicator if method.by_indicator else None
    key = (id(method), policies, indicator, *(_identity(one) for one in given.values()))
    if key in scope.instances:
        return scope.instances[key][0]
    if scope.expanded[0] >= MOST_BODIES:
        _too_large(call.name_span, scope)
        return None
    inner = scope.inside(given, call.name_span)
    scope.expanded[0] += 1
    body = within(method.value, inner)
    scope.instances[key] = (body, given)
    return body


def _identity(given: Given) -> object:
    value = given.value
    return (value if isinstance(value, (str, int)) else id(value), given.measure)


def _too_large(call: Span, scope: Scope) -> None:
    place = scope.calls[0].place if scope.calls else call
    outermost = place if isinstance(place, Span) else call
    scope.report(
        "method-too-large",
        Text(
            en=f"this call of `{outermost.text}` leads to more than {MOST_BODIES} further calls",
            zh=f"此处调用 `{outermost.text}` 会引出 {MOST_BODIES} 次以上的后续调用",
        ),
        outermost,
        help=Text(
            en="let methods call each other less often, or name what they share with `let`",
            zh="减少方法之间的相互调用，或用 `定义` 为共用部分命名",
        ),
    )
