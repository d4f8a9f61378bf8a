"""Marks: what the rules award regions, to all for which a condition holds or to the first of them.

Their names are known before any condition is looked at, since any may read a mark; that none needs itself is found once the
graphs are there (`compiler.cycles`).
"""

from __future__ import annotations

from collections.abc import Mapping

from assessment.diagnostics.bilingual import Text
from assessment.semantics.applies import condition
from assessment.semantics.model import Mark
from assessment.semantics.names import Names
from assessment.semantics.quotas import quota
from assessment.semantics.scope import Scope, fold
from assessment.semantics.statements import Body
from assessment.semantics.traverse import below, name_place
from assessment.semantics.wording import MARK, in_words
from assessment.syntax import ast

__all__ = ["compares_scores", "marks", "stated_marks"]


def stated_marks(body: Body) -> Mapping[str, ast.Mark]:
    """The marks of a file by their folded names, as they are stated."""
    found: dict[str, ast.Mark] = {}
    for stated in body.all(ast.Mark):
        found.setdefault(fold(stated.name), stated)
    return found


def marks(body: Body, scope: Scope) -> tuple[Mark, ...]:
    """The marks in source order; one that nothing decides, or whose quota lacks something, is reported."""
    names = Names(scope)
    found: list[Mark] = []
    for stated in body.all(ast.Mark):
        names.add(stated.name, name_place(stated.span, stated.name), MARK)
        if stated.condition is None and stated.quota is None:
            scope.report(
                "missing-statement",
                Text(
                    en=f"it is not stated who gets the mark `{stated.name}`",
                    zh=f"未约定哪些地区获得认定 `{stated.name}`",
                ),
                stated.span,
                help=Text(
                    en="add a condition (`when …`), a quota (`, at most …`), or both",
                    zh="请添加条件（`当 …`）、名额（`，至多 …`），或二者兼有",
                ),
            )
            continue
        scope.comparing = True
        node = None if stated.condition is None else condition(stated.condition, scope)
        scope.comparing = False
        places = None if stated.quota is None else quota(stated.quota, stated.name, scope, chosen=True)
        if (node is None) is (stated.condition is None) and (places is None) is (stated.quota is None):
            found.append(
                Mark(
                    name=stated.name,
                    title=stated.title or stated.name,
                    condition=node,
                    quota=places,
                    words=in_words(stated),
                    span=stated.span,
                )
            )
    return tuple(found)


def compares_scores(body: Body) -> bool:
    """Whether any mark reads scores, so that it must be said which values of them are compared."""
    stated = body.all(ast.Mark)
    if any(one.quota is not None and one.quota.ordered for one in stated):
        return True
    return any(isinstance(node, ast.ScoreOf | ast.Quantified) for node in below(stated))
