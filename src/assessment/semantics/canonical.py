"""The tree with method names, parameter names and words of choice in their English spelling.

Keywords have one vocabulary in the tree already; names that belong to methods are data to the grammar and are translated
here, so that the Chinese and the English spelling of one rule set are equal trees. What the author named stays as it is.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

import attrs

from assessment.methods.base import UNLIMITED, Method, Parameter, Sort
from assessment.methods.registry import fold, method_named
from assessment.semantics.declared_targets import TARGET
from assessment.semantics.table_entries import ENTRY
from assessment.syntax import ast

__all__ = ["canonical"]

T = TypeVar("T", bound=ast.Node)


def canonical(node: T) -> T:
    """A rule file, or any node of one, with every call in English spelling.

    What no method knows is left as it was written: the checks report it.
    """
    changed: dict[str, Any] = {}
    for field in attrs.fields(type(node)):
        value = getattr(node, field.name)
        if isinstance(value, tuple):
            again = tuple(canonical(item) if isinstance(item, ast.Node) else item for item in value)
            if any(new is not old for new, old in zip(again, value, strict=True)):
                changed[field.name] = again
        elif isinstance(value, ast.Node):
            new = canonical(value)
            if new is not value:
                changed[field.name] = new
    found = attrs.evolve(node, **changed) if changed else node
    return cast("T", _call(found)) if isinstance(found, ast.Call) else found


def _call(call: ast.Call) -> ast.Call:
    for names in (TARGET, ENTRY):
        if fold(call.name) in map(fold, names):
            return attrs.evolve(call, name=names[0])
    method = method_named(call.name)
    if method is None:
        return call
    arguments = []
    position = 0
    for argument in call.arguments:
        parameter = _parameter(method, argument, position)
        if argument.name is None and (parameter is None or not parameter.many):
            position += 1
        arguments.append(argument if parameter is None else _argument(argument, parameter))
    return attrs.evolve(call, name=method.en, arguments=tuple(arguments))


def _parameter(method: Method, argument: ast.Argument, position: int) -> Parameter | None:
    if argument.name is None:
        return method.parameters[position] if position < len(method.parameters) else None
    wanted = fold(argument.name)
    return next((p for p in method.parameters if wanted in (fold(p.en), fold(p.zh))), None)


def _argument(argument: ast.Argument, parameter: Parameter) -> ast.Argument:
    value = argument.value
    if parameter.sort is Sort.WORD and isinstance(value, ast.Name):
        for choice in parameter.choices:
            if fold(value.name) in map(fold, choice):
                value = attrs.evolve(value, name=choice[0])
                break
    if parameter.unlimited and isinstance(value, ast.Name) and fold(value.name) in UNLIMITED:
        value = attrs.evolve(value, name=UNLIMITED[0])
    return attrs.evolve(argument, name=None if argument.name is None else parameter.en, value=value)
