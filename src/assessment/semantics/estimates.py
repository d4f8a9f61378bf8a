"""Estimates: what stands for a figure that was not reported, by a rule that the file writes down.

An estimate is put around its input, so that whatever reads the input reads the estimate where one is made. What its formula
says of the input itself is what was reported: `estimate rd = rd[-1]` takes last year's report, never last year's estimate.
Of other inputs and of measures it reads what everything else reads, wherever they stand in the file; a measure that rests on
the input itself would be made from its estimate, so that is a cycle (`measures` orders both kinds of definitions).
"""

from __future__ import annotations

from attrs import frozen

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import ALL_ABSENCES, Absence
from assessment.core.types import Clash, Entity
from assessment.core.walk import children
from assessment.diagnostics.bilingual import Text
from assessment.semantics.elaborate import elaborate
from assessment.semantics.model import ESTIMATE, ESTIMATE_OUTSIDE, Input
from assessment.semantics.scope import Scope, fold
from assessment.semantics.statements import Body
from assessment.semantics.wording import FIRST, in_words
from assessment.syntax import ast

__all__ = ["StatedEstimate", "put_estimate", "stated_estimates"]

_INPUT = Text(en="input", zh="数据")


@frozen(kw_only=True)
class StatedEstimate:
    """An estimate as it is written, and the input that it stands for."""

    stated: ast.Estimate
    spec: Input


def stated_estimates(body: Body, inputs: tuple[Input, ...], scope: Scope) -> dict[str, StatedEstimate]:
    """The estimates of the file by the folded names of their inputs; what is stated amiss is reported and left out."""
    by_name = {fold(one.name): one for one in inputs}
    first: dict[str, StatedEstimate] = {}
    for stated in body.all(ast.Estimate):
        key = fold(stated.name.name)
        if key in scope.broken:
            continue
        if key not in by_name:
            names = [one.name for one in inputs]
            scope.unknown("unknown-name", stated.name.name, stated.name.span, names, _INPUT)
        elif key in first:
            scope.report(
                "duplicate-statement",
                Text(
                    en=f"`{stated.name.name}` is estimated twice",
                    zh=f"`{stated.name.name}` 的估算方法重复规定",
                ),
                stated.span,
                also=((first[key].stated.span, FIRST),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
        else:
            first[key] = StatedEstimate(stated=stated, spec=by_name[key])
    return first


def put_estimate(one: StatedEstimate, scope: Scope) -> None:
    """Put an estimate around its input; one that is faulty is reported, and the input stays as it is."""
    key = fold(one.spec.name)
    frame = _estimate(one.stated, scope.nodes[key], one.spec, scope)
    if frame is not None:
        scope.nodes[key] = frame


def _estimate(stated: ast.Estimate, reported: n.Node, spec: Input, scope: Scope) -> n.Node | None:
    if reported.type.entity is Entity.ROW:
        scope.report(
            "statement-not-here",
            Text(
                en="ratings, events and other rows have no single value to estimate",
                zh="多行的评分、事项等没有可估算的单一数值",
            ),
            stated.span,
            also=((spec.span, Text(en="the input is declared here", zh="该数据在此声明")),),
            help=Text(
                en="estimate an input that is one figure for each region", zh="请对每地区一个数值的数据作估算"
            ),
        )
        return None
    coded = "undefined" in scope.coded.get(spec.name, {})
    if "undefined" in stated.statuses and not coded:
        scope.report(
            "policy-mismatch",
            Text(
                en="a figure is undefined only where a code says so, otherwise what is calculated from it",
                zh="除非代码表示无意义，上报的数值不会无意义，只有据其计算的结果才会",
            ),
            stated.span,
            help=Text(
                en="write `not reported`, `withheld`, `not yet available` or `absent`, or give the input such a code",
                zh="请写 `未报`、`保密`、`尚未公布` 或 `缺值`，或为该数据规定此种代码",
            ),
        )
        return None
    value = elaborate(stated.value, scope)
    if value is None:
        return None
    statuses = frozenset(
        each
        for word in stated.statuses
        for each in (ALL_ABSENCES if word == "absent" else frozenset({Absence(word)}))
    )
    try:
        recovered = b.recover(reported, statuses, value, stated.span.text)
    except Clash as clash:
        scope.clash(clash, (stated.value,), stated.span)
        return None
    if _needs(value, reported):
        scope.report(
            "cycle",
            Text(
                en=f"`{spec.name}` is estimated from itself: where it is lacking, so is this",
                zh=f"`{spec.name}` 的估算用到了自身：该值缺失时，此式也缺失",
            ),
            stated.name.span,
            help=Text(
                en=f"take another year, as in `{spec.name}[-1]`, or other figures",
                zh=f"请改用其他年度（如 `{spec.name}[-1]`）或其他数据",
            ),
        )
        return None
    frame = n.Frame(
        node=recovered,
        type=recovered.type,
        role="policy",
        name=ESTIMATE_OUTSIDE if stated.fields == "outside" else ESTIMATE,
        title=Text.same(spec.title),
        text=stated.span.text,
        sentence=in_words(stated),
        span=stated.span,
    )
    if stated.fields is None:
        scope.estimates_unsaid[id(frame)] = frame
    return frame


_LOOK_ELSEWHERE = (
    n.Shift,
    n.Aggregate,
    n.Rank,
    n.Refer,
    n.Recover,
    n.IsAbsent,
    n.Select,
    n.Step,
    n.And,
    n.Or,
)
"""Nodes that can be present where the figure is not: of another year or region, or by a condition."""


def _needs(value: n.Node, reported: n.Node) -> bool:
    """Whether an estimate is absent wherever the figure that it stands for is."""
    stack, seen = [value], {id(value)}
    while stack:
        node = stack.pop()
        if node is reported:
            return True
        if isinstance(node, _LOOK_ELSEWHERE):
            continue
        # The arguments of a call are told, but only its meaning counts.
        for child in (node.node,) if isinstance(node, n.Frame) else children(node):
            if id(child) not in seen:
                seen.add(id(child))
                stack.append(child)
    return False
