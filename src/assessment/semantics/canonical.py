"""The tree with method names, parameter names and words of choice in the spelling of one language, English unless asked.

Keywords have one vocabulary in the tree already; names that belong to methods are data to the grammar and are translated
here, so that the Chinese and the English spelling of one rule set are equal trees. What the author named stays as it is;
what is handed to a method of the file as a word of choice is translated too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

import attrs
from attrs import field, frozen

from assessment.diagnostics.bilingual import Lang
from assessment.methods.base import UNLIMITED, Parameter
from assessment.methods.registry import fold, method_named
from assessment.semantics.declared_targets import TARGET, is_target
from assessment.semantics.handed_words import handed_words, stated_methods
from assessment.semantics.matching import with_parameters
from assessment.semantics.scope import fold as fold_name
from assessment.semantics.table_entries import ENTRY, is_entry
from assessment.syntax import ast

__all__ = ["canonical"]

T = TypeVar("T", bound=ast.Node)


@frozen(kw_only=True)
class _Words:
    """The language to spell in, and by method of the file the parameters that take words."""

    lang: Lang
    handed: Mapping[str, Sequence[Parameter | None]] = field(factory=dict)

    def one(self, names: tuple[str, str]) -> str:
        """Of an English and a Chinese name the one in the language."""
        return names[1] if self.lang == "zh" else names[0]


def canonical(node: T, lang: Lang = "en") -> T:
    """A rule file, or any node of one, with every call in the spelling of a language.

    What no method knows is left as it was written: the checks report it. The methods of a file are known where the node
    is the whole file.
    """
    words = _Words(lang=lang)
    if isinstance(node, ast.RuleFile):
        stated = stated_methods(one for one in node.body if isinstance(one, ast.Method))
        words = _Words(lang=lang, handed=handed_words(stated))
    return _canonical(node, words, frozenset())


def _canonical(node: T, words: _Words, given: frozenset[str]) -> T:
    """The node, in a body in which the folded names `given` are parameters."""
    if isinstance(node, ast.Method):
        given = frozenset(fold_name(one.name) for one in node.parameters)
    changed: dict[str, Any] = {}
    for each in attrs.fields(type(node)):
        value = getattr(node, each.name)
        if isinstance(value, tuple):
            again = tuple(
                _canonical(item, words, given) if isinstance(item, ast.Node) else item for item in value
            )
            if any(new is not old for new, old in zip(again, value, strict=True)):
                changed[each.name] = again
        elif isinstance(value, ast.Node):
            new = _canonical(value, words, given)
            if new is not value:
                changed[each.name] = new
    if isinstance(node, ast.Method):
        changed["parameters"] = _with_defaults(node, words)
    found = attrs.evolve(node, **changed) if changed else node
    return cast("T", _call(found, words, given)) if isinstance(found, ast.Call) else found


def _with_defaults(method: ast.Method, words: _Words) -> tuple[ast.Parameter, ...]:
    """The parameters of a method; a default sees no parameter."""
    known = words.handed.get(fold(method.name), (None,) * len(method.parameters))
    found = []
    for one, parameter in zip(method.parameters, known, strict=True):
        default = None if one.default is None else _canonical(one.default, words, frozenset())
        if default is not None and parameter is not None:
            default = _word(default, parameter, words, frozenset())
        found.append(one if default is one.default else attrs.evolve(one, default=default))
    return tuple(found)


def _call(call: ast.Call, words: _Words, given: frozenset[str]) -> ast.Call:
    if is_target(call.name) or is_entry(call.name):
        return attrs.evolve(call, name=words.one(TARGET if is_target(call.name) else ENTRY))
    method = method_named(call.name)
    parameters = words.handed.get(fold(call.name), ()) if method is None else method.parameters
    arguments = tuple(
        argument
        if parameter is None
        else attrs.evolve(
            argument,
            name=None if argument.name is None else words.one((parameter.en, parameter.zh)),
            value=_word(argument.value, parameter, words, given),
        )
        for argument, parameter in with_parameters(call.arguments, parameters)
    )
    name = call.name if method is None else words.one((method.en, method.zh))
    return attrs.evolve(call, name=name, arguments=arguments)


def _word(value: ast.Expr, parameter: Parameter, words: _Words, given: frozenset[str]) -> ast.Expr:
    """What is written for a parameter, in the spelling of the language where it is a word; a parameter's own name stays."""
    if not isinstance(value, ast.Name) or fold_name(value.name) in given:
        return value
    choices = (*parameter.choices, *((UNLIMITED,) if parameter.unlimited else ()))
    chosen = next((choice for choice in choices if fold(value.name) in map(fold, choice)), None)
    return value if chosen is None else attrs.evolve(value, name=words.one(chosen))
