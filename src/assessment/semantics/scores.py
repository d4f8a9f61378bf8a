"""Scores that expressions may read, and where they may be read."""

from __future__ import annotations

from assessment.core import types as t
from assessment.core.types import Type
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import ScoreNode
from assessment.semantics.scope import Scope
from assessment.semantics.traverse import below
from assessment.syntax import ast

__all__ = ["reads_no_scores", "scores_of"]


def reads_no_scores(expr: ast.Expr, scope: Scope) -> bool:
    """Whether an expression keeps to measures; the first score that it reads is reported.

    Limits and the order of ranks read scores. Anything else would be a score made from scores, which rules cannot say.
    """
    for node in below(expr):
        if isinstance(node, ast.ScoreOf | ast.Quantified):
            scope.report(
                "statement-not-here",
                Text(en="a score cannot be read here", zh="此处不能引用得分"),
                node.span,
                help=Text(
                    en="scores are read by `limit` and by the `order` of `rank`",
                    zh="得分只能在 `限制` 和 `先后` 中引用",
                ),
            )
            return False
    return True


def scores_of(tree: ScoreNode) -> dict[str, Type]:
    """The scores that limits and ranks may read, with their types: points, or plain numbers where there are none."""
    found: dict[str, Type] = {}
    for node in tree.walk():
        if node.level == "part":
            continue
        type_ = t.POINTS if node.points is not None else t.number()
        found[node.path] = type_
        if node.key:
            found[f"key {node.path}"] = type_
            if node.points is not None:
                found["key total"] = t.POINTS
    return found
