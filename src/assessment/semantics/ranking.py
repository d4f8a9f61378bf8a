"""The field of the ranks and what decides them, in order."""

from __future__ import annotations

from assessment.core import nodes as n
from assessment.core.types import ORDERED, Entity, Kind
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.elaborate import elaborate
from assessment.semantics.model import Ranking
from assessment.semantics.scope import Scope
from assessment.semantics.scores import read_score
from assessment.semantics.statements import Body
from assessment.semantics.wording import FIRST
from assessment.syntax import ast

__all__ = ["is_ranked", "rank_keys", "ranking"]


def ranking(body: Body, head: Span, scope: Scope) -> Ranking | None:
    """How regions are ranked; None where the file says that they are not, or where it does not say, which is reported."""
    stated, result = body.one(ast.Ranking), body.one(ast.ResultScale)
    ranked = None if result is None else result.ranked
    if stated is None and ranked is None:
        scope.report(
            "missing-statement",
            Text(en="it is not stated whether and how regions are ranked", zh="未约定地区是否排名、如何排名"),
            head,
            help=Text(
                en="add for instance `rank within all; order total`, or `rank none`",
                zh="例如添加 `名次 全部；先后 总分`，或 `不排名`",
            ),
        )
        return None
    if (
        stated is not None
        and result is not None
        and ranked is not None
        and (ranked == "none") is not (stated.within is None)
    ):
        scope.report(
            "duplicate-statement",
            Text(
                en="the result and the ranking disagree on whether regions are ranked",
                zh="结果与名次关于是否排名的规定不一致",
            ),
            stated.span,
            also=((result.span, FIRST),),
            help=Text(en="keep one of the two", zh="两处只保留一处"),
        )
        return None
    if stated is not None and stated.within is None:
        return None
    if stated is None and ranked == "none":
        return None
    place = stated.span if stated is not None else result.span if result is not None else head
    scope.need("ties", place)
    scope.comparing = True
    keys = rank_keys(() if stated is None else stated.keys, scope)
    scope.comparing = False
    if keys is None:
        total = scope.scores["total"]
        keys = ((read_score(total, reading="score", taken="compared", span=place), True),)
    return Ranking(
        within="group" if stated is not None and stated.within == "group" else "all",
        keys=keys,
        ties=scope.policies.get("ties", ""),
        both_ends=stated is not None and stated.both_ends,
    )


def is_ranked(body: Body) -> bool:
    """Whether the file says that regions are ranked."""
    stated, result = body.one(ast.Ranking), body.one(ast.ResultScale)
    if stated is not None:
        return stated.within is not None
    return result is not None and result.ranked not in (None, "none")


def rank_keys(stated: tuple[ast.OrderKey, ...], scope: Scope) -> tuple[tuple[n.Node, bool], ...] | None:
    """The keys that a file states, each the highest first unless it says the lowest; None where it states none."""
    found = [(_rank_key(key.value, scope), key.first != "lowest") for key in stated]
    return tuple((node, highest) for node, highest in found if node is not None) if stated else None


def _rank_key(expr: ast.Expr, scope: Scope) -> n.Node | None:
    """The graph of what decides a place; None once it is reported that it cannot."""
    node = elaborate(expr, scope)
    if node is None:
        return None
    if (
        node.type.kind not in ORDERED
        or node.type.kind is Kind.PERCENT
        or node.type.entity is not Entity.REGION
    ):
        scope.report(
            "kind-mismatch",
            Text(
                en=f"a rank needs a value for each region that has an order, not {node.type.label.en}",
                zh=f"排名依据须为各地区可比较的数值，而不是{node.type.label.zh}",
            ),
            expr.span,
            help=Text(
                en="name a score, such as `total` or `indicator 2`", zh="请写得分，如 `总分` 或 `指标 2`"
            ),
        )
        return None
    return node
