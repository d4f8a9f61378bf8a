"""What a statement is called, so that an amendment can point at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import frozen

from assessment.diagnostics.bilingual import Text
from assessment.errors import InternalError
from assessment.semantics.scope import fold
from assessment.syntax import ast
from assessment.syntax.words import human_name

__all__ = ["Key", "Path", "Places", "Tree", "called", "key_of", "key_of_reference"]

Key: TypeAlias = tuple[str, str]
"""The kind of a thing, and its folded number or name."""

Path: TypeAlias = tuple[int, ...]
"""The way to a statement: its place in the body of the file, then in the body of that statement, and so on."""

Tree: TypeAlias = ast.Category | ast.Indicator | ast.Part | ast.Adjustment
"""What has a body."""

_NAMED: dict[type[ast.Node], str] = {
    ast.Category: "category",
    ast.Part: "part",
    ast.Input: "input",
    ast.Let: "let",
    ast.Method: "method",
    ast.DataTable: "table",
    ast.RegionClass: "class",
    ast.Department: "department",
    ast.Result: "result",
    ast.ResultScale: "result",
    ast.Group: "group",
    ast.Grade: "grade",
    ast.Mark: "mark",
    ast.Veto: "veto",
}


def key_of(statement: ast.Statement) -> Key | None:
    """What a statement declares; None for what has no name."""
    match statement:
        case ast.Indicator(number=number):
            return "indicator", fold(number)
        case ast.Adjustment(kind=kind, name=name):
            return kind, fold(name)
        case ast.Estimate(name=word):
            return "estimate", fold(word.name)
        case ast.Targets(scope=scope, measure=measure):
            return "targets", f"{fold(scope.name)} {fold(measure.name)}"
        case _:
            kind_ = _NAMED.get(type(statement))
            return None if kind_ is None else (kind_, fold(str(getattr(statement, "name", ""))))


def key_of_reference(reference: ast.Reference) -> Key:
    """What a reference points at; of a part the indicator that it belongs to."""
    if reference.scope is not None:
        return reference.kind, f"{fold(reference.scope)} {fold(reference.name)}"
    return reference.kind, fold(reference.name)


def called(reference: ast.Reference) -> Text:
    """A reference as a message quotes it."""
    terminal = "METHOD_WORD" if reference.kind == "method" else reference.kind.upper()
    word = human_name(terminal)
    scope = "" if reference.scope is None else f"{reference.scope} "
    name = scope + ".".join((reference.name, *reference.parts))
    return Text(en=f"{word.en[:-1]} {name}`", zh=f"{word.zh[:-1]} {name}`")


@frozen(kw_only=True)
class Places:
    """Where everything that has a name stands in one body, and in the bodies in it."""

    by_key: dict[Key, tuple[Path, ...]]

    @staticmethod
    def of(body: tuple[ast.Statement, ...], at: Path = ()) -> Places:
        """The places of a body that itself stands at a path."""
        found: dict[Key, list[Path]] = {}
        for path, statement in walk(body, at):
            key = key_of(statement)
            if key is not None:
                found.setdefault(key, []).append(path)
        return Places(by_key={key: tuple(paths) for key, paths in found.items()})


def walk(body: tuple[ast.Statement, ...], at: Path = ()) -> Iterator[tuple[Path, ast.Statement]]:
    """Every statement of a body and of the bodies in it, outer ones first."""
    for place, statement in enumerate(body):
        yield (*at, place), statement
        if isinstance(statement, Tree):
            yield from walk(statement.body, (*at, place))


def at_path(body: tuple[ast.Statement, ...], path: Path) -> ast.Statement:
    """The statement at a path."""
    found = body[path[0]]
    for place in path[1:]:
        if not isinstance(found, Tree):
            raise InternalError("a path through a statement without a body")
        found = found.body[place]
    return found
