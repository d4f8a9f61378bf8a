"""Which parameters of a file's methods take words: those that a body hands on to a parameter that takes a word.

A word of choice, a whole number or a region is no value: `method f(x, way) = minmax(x, within: all, better: way)` is
called with `way: lower`. A limit is a value, or the word `none` where the parameter that it is handed on to takes it. That is told from the tree alone, so that the canonical form can tell it before any check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from assessment.methods.base import AS_WRITTEN, Parameter
from assessment.methods.registry import fold as fold_method
from assessment.methods.registry import method_named
from assessment.semantics.declared_targets import is_target
from assessment.semantics.matching import with_parameters
from assessment.semantics.order import in_order
from assessment.semantics.scope import fold
from assessment.semantics.table_entries import is_entry
from assessment.semantics.traverse import below
from assessment.syntax import ast

__all__ = ["calls_among", "handed_words", "is_built_in", "parts", "stated_methods"]


def is_built_in(name: str) -> bool:
    """Whether the language has a method, or a function that is no method, of this name."""
    return method_named(name) is not None or is_target(name) or is_entry(name)


def stated_methods(methods: Iterable[ast.Method]) -> dict[str, ast.Method]:
    """The methods by their folded name; of two with one name the first, and none that hides one of the language."""
    stated: dict[str, ast.Method] = {}
    for method in methods:
        if not is_built_in(method.name):
            stated.setdefault(fold_method(method.name), method)
    return stated


def parts(method: ast.Method) -> Iterator[ast.Expr]:
    """The expressions that a method is made of: its body and its defaults."""
    yield method.value
    yield from (one.default for one in method.parameters if one.default is not None)


def calls_among(stated: Mapping[str, ast.Method]) -> dict[str, tuple[str, ...]]:
    """The methods of the file that each method of the file calls, in the order of the text."""
    return {
        name: tuple(
            dict.fromkeys(
                fold_method(node.name)
                for part in parts(method)
                for node in below(part)
                if isinstance(node, ast.Call) and fold_method(node.name) in stated
            )
        )
        for name, method in stated.items()
    }


def handed_words(stated: Mapping[str, ast.Method]) -> dict[str, tuple[Parameter | None, ...]]:
    """By method, for each parameter what it takes where that is a word or can be `none`, under its own name; None for a value.

    In a cycle, which is reported, what a method hands to one that is not looked at yet counts as a value.
    """
    found: dict[str, tuple[Parameter | None, ...]] = {}
    for name in in_order(calls_among(stated))[0]:
        method = stated[name]
        handed = ((one.name, _word(one.name, method, found)) for one in method.parameters)
        found[name] = tuple(
            None if word is None else evolve(word, en=own, zh=own, many=False) for own, word in handed
        )
    return found


def _word(
    name: str, method: ast.Method, known: Mapping[str, tuple[Parameter | None, ...]]
) -> Parameter | None:
    """The parameter that takes a word to which the body hands one of its own, as it is; None where there is none.

    One that takes nothing but words goes before one that takes `none` beside values.
    """
    limit: Parameter | None = None
    for call in below(method.value):
        if not isinstance(call, ast.Call):
            continue
        built_in = method_named(call.name)
        parameters = built_in.parameters if built_in is not None else known.get(fold_method(call.name), ())
        for argument, parameter in with_parameters(call.arguments, parameters):
            handed = isinstance(argument.value, ast.Name) and fold(argument.value.name) == fold(name)
            if not handed or parameter is None:
                continue
            if parameter.sort in AS_WRITTEN:
                return parameter
            if parameter.unlimited and limit is None:
                limit = parameter
    return limit
