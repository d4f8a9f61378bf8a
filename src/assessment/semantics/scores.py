"""Scores that expressions may read: every node of the tree, and what is made of all of them.

They are known before any formula is looked at, since a formula may read any of them; that none is made from itself is
found once the graphs are there (`compiler.cycles`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import frozen

from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.types import Entity, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.model import Level
from assessment.syntax import ast

__all__ = ["Readable", "Taken", "read_grade", "read_mark", "read_score", "scores_of"]

Taken = Literal["full", "rounded", "rescaled", "compared"]


@frozen(kw_only=True)
class Readable:
    """A score that can be read: its path, its type, what it is, and whether what is published is another value than the full.

    `ranked` says of a result whether it has places of its own; `rated` whether there is a rate.
    """

    path: str
    type: Type
    level: Literal["total", "key total", "category", "indicator", "part", "result"]
    key: bool = False
    rounded: bool = False
    ranked: bool = False
    rated: bool = True


def scores_of(
    body: Iterable[ast.Statement], *, in_points: bool, rounded: Iterable[Level]
) -> dict[str, Readable]:
    """The scores of a file by their paths: points, or plain numbers where there are none. `rounded` are the levels rounded."""
    levels = frozenset(rounded)
    type_ = t.POINTS if in_points else t.number()
    body = tuple(body)
    changed = "total" in levels or _is_rescaled(body)
    found = {"total": Readable(path="total", type=type_, level="total", rounded=changed)}
    marked = False
    stack: list[tuple[ast.Statement, str]] = [(statement, "") for statement in body][::-1]
    while stack:
        stated, above = stack.pop()
        match stated:
            case ast.Category(name=name, body=inner):
                path = f"category {name}"
                changed = "category" in levels or _is_rescaled(inner)
                found[path] = Readable(path=path, type=type_, level="category", rounded=changed)
            case ast.Indicator(number=number, key=key, body=inner):
                path = f"indicator {number}"
                marked = marked or key
                found[path] = Readable(
                    path=path,
                    type=type_,
                    level="indicator",
                    key=key,
                    rounded="indicator" in levels or _is_rescaled(inner),
                )
            case ast.Part(name=name, body=inner):
                path = f"{above}.{name}"
                changed = "part" in levels or _is_rescaled(inner)
                found[path] = Readable(path=path, type=type_, level="part", rounded=changed)
            case _:
                continue
        stack.extend((child, path) for child in reversed(inner))
    if marked and in_points:
        found["key total"] = Readable(
            path="key total", type=t.POINTS, level="key total", rounded="total" in levels
        )
    return found


def _is_rescaled(body: Iterable[ast.Statement]) -> bool:
    return any(isinstance(found, ast.Rescale) for found in body)


def read_score(readable: Readable, *, reading: str, taken: Taken, span: Span) -> n.Score:
    """A score as an expression reads it: itself, as a rate, or the place that it gives."""
    path = readable.path
    if reading == "rate":
        return n.Score(path=path, reading="rate", taken=taken, type=t.RATE.at(Entity.REGION), span=span)
    if reading in ("rank", "bottom"):
        rank = Type(kind=Kind.RANK, entity=Entity.REGION)
        return n.Score(
            path=path, reading="rank" if reading == "rank" else "bottom", taken=taken, type=rank, span=span
        )
    return n.Score(path=path, reading="score", taken=taken, type=readable.type.at(Entity.REGION), span=span)


def read_mark(name: str, span: Span) -> n.Score:
    """Whether a region has a mark, as an expression reads it."""
    return n.Score(
        path=f"mark {name}", reading="mark", taken="full", type=t.YESNO.at(Entity.REGION), span=span
    )


def read_grade(grade: Type, span: Span) -> n.Score:
    """The grade as an expression reads it: a level, the best first."""
    return n.Score(path=n.GRADE, reading="score", type=grade, span=span)


LEVELS: Mapping[str, Text] = {
    "category": Text(en="category", zh="一级指标"),
    "indicator": Text(en="indicator", zh="指标"),
    "result": Text(en="result", zh="结果"),
}
"""What a score is called whose path is not known."""
