"""The methods that a rule file defines: their names, their parameters, and what is wrong with them by themselves.

A body is typed where it is called (`own_methods`). Here it is read once more with parameters of which nothing is known:
what is wrong then is wrong whatever is given, and is reported without a call. A method that nothing calls is read with
the units that its parameters declare.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping

from attrs import evolve

from assessment.core import nodes as n
from assessment.core.types import Entity
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span
from assessment.methods.base import AS_WRITTEN, Parameter, Sort
from assessment.methods.registry import fold as fold_method
from assessment.semantics.arguments import says_none
from assessment.semantics.elaborate import elaborate
from assessment.semantics.handed_words import calls_among, handed_words, is_built_in, parts, stated_methods
from assessment.semantics.literals import type_of_unit
from assessment.semantics.names import Names
from assessment.semantics.order import in_order
from assessment.semantics.scope import Given, Its, Scope, fold
from assessment.semantics.signatures import OwnMethod, OwnParameter
from assessment.semantics.statements import Body
from assessment.semantics.table_entries import is_entry
from assessment.semantics.traverse import below
from assessment.syntax import ast

__all__ = ["check_bodies", "declare_methods"]

_METHOD = Text(en="method", zh="方法")
_PARAMETER = Text(en="parameter", zh="参数")
_TAKEN = Text(en="declared here", zh="在此声明")
_MOST_CALLS = 3
"""How many calls a finding in a body names."""


def declare_methods(body: Body, names: Names, scope: Scope) -> None:
    """Put the methods of the file into the scope; bodies are looked at when they are called."""
    named: tuple[ast.Input | ast.Let, ...] = (*body.all(ast.Input), *body.all(ast.Let))
    taken = {fold(one.name): one.name_span for one in named}
    # A method is called whatever the case of its letters, a measure is not.
    called = Names(scope, folded=fold_method)
    for method in body.all(ast.Method):
        if is_built_in(method.name):
            _hides_built_in(method, scope)
        elif names.add(method.name, method.name_span, _METHOD):
            called.add(method.name, method.name_span, _METHOD)
    stated = stated_methods(body.all(ast.Method))
    needs = calls_among(stated)
    ordered, cycles = in_order(needs)
    in_cycle = {name for cycle in cycles for name in cycle}
    for cycle in cycles:
        _recursive(tuple(stated[name] for name in cycle), scope)
    words = handed_words(stated)
    for name in ordered:
        method = stated[name]
        scope.own[name] = _method(method, taken, needs[name], words[name], scope, sound=name not in in_cycle)


def _hides_built_in(method: ast.Method, scope: Scope) -> None:
    scope.report(
        "duplicate-name",
        Text(
            en=f"`{method.name}` is the name of a method that the language has",
            zh=f"`{method.name}` 是语言自带方法的名称",
        ),
        method.name_span,
        help=Text(en="give the method another name", zh="请为该方法另取名称"),
    )


def _recursive(methods: tuple[ast.Method, ...], scope: Scope) -> None:
    start = min(range(len(methods)), key=lambda place: methods[place].span.start)
    turned = (*methods[start:], *methods[:start])
    way = [f"`{method.name}`" for method in (*turned, turned[0])]
    scope.report(
        "recursive-method",
        Text(
            en=f"`{turned[0].name}` is defined through itself: {' calls '.join(way)}",
            zh=f"`{turned[0].name}` 的定义调用了自身：{' 调用 '.join(way)}",
        ),
        turned[0].name_span,
        also=tuple((one.name_span, Text(en="which is defined here", zh="在此定义")) for one in turned[1:]),
        help=Text(en="write out what the method does without it", zh="不借助自身写出该方法的内容"),
    )


def _method(
    method: ast.Method,
    taken: Mapping[str, Span],
    needs: tuple[str, ...],
    words: tuple[Parameter | None, ...],
    scope: Scope,
    *,
    sound: bool,
) -> OwnMethod:
    own_names = Names(scope, folded=fold_method)
    parameters: list[OwnParameter] = []
    for one, word in zip(method.parameters, words, strict=True):
        own_names.add(one.name, one.span, _PARAMETER)
        if any(fold(one.name) == fold(before.name) for before in parameters):
            continue
        if fold(one.name) in taken:
            scope.report(
                "duplicate-name",
                Text(
                    en=f"the parameter `{one.name}` would hide an input or measure of that name",
                    zh=f"参数 `{one.name}` 会遮蔽同名的数据或定义",
                ),
                one.span,
                also=((taken[fold(one.name)], _TAKEN),),
                help=Text(en="give the parameter another name", zh="请为参数另取名称"),
            )
        parameters.append(_parameter(one, word, scope))
    if not method.parameters:
        scope.report(
            "missing-argument",
            Text(en=f"the method `{method.name}` has no parameter", zh=f"方法 `{method.name}` 没有参数"),
            method.name_span,
            help=Text(en="write `let` for what depends on nothing", zh="不依赖参数的内容请用 `定义`"),
        )
    _unused_parameters(method, scope)
    reads = {fold(node.name) for part in parts(method) for node in below(part) if isinstance(node, ast.Name)}
    reads -= {fold(one.name) for one in method.parameters}
    for need in needs:
        reads |= scope.own[need].reads if need in scope.own else frozenset()
    by_indicator = any(
        isinstance(node, ast.Call) and is_entry(node.name) for part in parts(method) for node in below(part)
    ) or any(need in scope.own and scope.own[need].by_indicator for need in needs)
    return OwnMethod(
        name=method.name,
        title=method.title,
        own=tuple(parameters),
        value=method.value,
        reads=frozenset(reads),
        sound=sound,
        by_indicator=by_indicator,
        span=method.span,
        name_span=method.name_span,
    )


def _unused_parameters(method: ast.Method, scope: Scope) -> None:
    used = {fold(node.name) for node in below(method.value) if isinstance(node, ast.Name)}
    for one in method.parameters:
        if fold(one.name) not in used:
            scope.report(
                "unused-parameter",
                Text(
                    en=f"`{method.name}` does not use its parameter `{one.name}`",
                    zh=f"`{method.name}` 没有用到参数 `{one.name}`",
                ),
                one.span,
                help=Text(en="use it or leave it out", zh="请使用或删除"),
            )


def _parameter(stated: ast.Parameter, handed: Parameter | None, scope: Scope) -> OwnParameter:
    word = handed if handed is not None and handed.sort in AS_WRITTEN else None
    type_ = None if stated.unit is None else type_of_unit(stated.unit.text, stated.unit.span, scope)
    if word is not None and stated.unit is not None:
        scope.report(
            "argument-kind",
            Text(
                en=f"`{stated.name}` is a word of choice in this method and has no unit",
                zh=f"`{stated.name}` 在本方法中是选项，没有单位",
            ),
            stated.unit.span,
            help=Text(en="leave the unit out", zh="去掉单位"),
        )
    return OwnParameter(
        name=stated.name,
        type=type_,
        word=word,
        unlimited=word is None and handed is not None,
        default=stated.default,
        span=stated.span,
    )


# ── bodies by themselves ─────────────────────────────────────────────────────────────────────────────────────────────


def check_bodies(body: Body, scope: Scope) -> None:
    """Report what is wrong in bodies: by itself where it is, otherwise with the calls that make it so."""
    called = {fold_method(name) for name in {node.name for node in body.within(ast.Call)}}
    at_calls = dict(scope.from_bodies)
    # What a body needs of policies is asked where it is called.
    reader = copy.copy(scope)
    reader.used_policies, reader.acting = {}, set()
    reader.indicator = ""
    scope.from_bodies.clear()
    for name, method in scope.own.items():
        if method.sound:
            _read_alone(method, reader, typed=name not in called)
        if name not in called:
            scope.report(
                "unused-method",
                Text(en=f"nothing calls the method `{method.name}`", zh=f"方法 `{method.name}` 未被调用"),
                method.name_span,
                help=Text(en="use it or leave it out", zh="请使用或删除"),
            )
    for default in body.within(ast.Default):
        # Nothing is known of what it will stand for, only that it will have a direction.
        its = Its(given=Given(value=None), direction="higher", place=default.span)
        elaborate(default.value, reader.inside({}, default.span, its=its))
    alone = dict(scope.from_bodies)
    scope.from_bodies.clear()
    scope.diagnostics.extend(found.finding for found in alone.values())
    scope.diagnostics.extend(
        _with_calls(found.finding, found.calls) for key, found in at_calls.items() if key not in alone
    )


def _read_alone(method: OwnMethod, scope: Scope, *, typed: bool) -> None:
    given = {fold(one.name): Given(value=_placeholder(one, typed=typed)) for one in method.own}
    inner = scope.inside(given, method.name_span)
    elaborate(method.value, inner)
    for one in method.own:
        if one.default is not None and one.word is None and not (one.unlimited and says_none(one.default)):
            elaborate(one.default, scope.inside({}, method.name_span))


def _placeholder(parameter: OwnParameter, *, typed: bool) -> n.Node | str | int | None:
    """What stands for a parameter of which only its declaration is known."""
    if parameter.word is not None:
        match parameter.word.sort:
            case Sort.WORD:
                return parameter.word.choices[0][0]
            case Sort.REGION:
                return ""
            case _:
                return parameter.word.low or 1
    if not typed or parameter.type is None:
        return None
    return n.Input(name=parameter.name, type=evolve(parameter.type, entity=Entity.REGION))


def _with_calls(found: Diagnostic, calls: tuple[Label, ...]) -> Diagnostic:
    """A finding with the calls that lead to it, the innermost first."""
    shown = calls if len(calls) <= _MOST_CALLS else (calls[0], *calls[1 - _MOST_CALLS :])
    labels = tuple(call for call in reversed(shown) if call.place != found.span)
    return evolve(found, labels=(*found.labels, *labels))
