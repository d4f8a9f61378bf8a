"""Estimates: what stands for a figure that was not reported, by a rule that the file writes down.

An estimate is put around its input, so that whatever reads the input reads the estimate where one is made. What its formula
says of the input itself is what was reported: `estimate rd = rd[-1]` takes last year's report, never last year's estimate.
Of other inputs it reads the estimates, wherever they stand in the file.
"""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import ALL_ABSENCES, Absence
from assessment.core.types import Clash, Entity
from assessment.core.walk import children
from assessment.diagnostics.bilingual import Text
from assessment.semantics.elaborate import elaborate
from assessment.semantics.model import ESTIMATE, ESTIMATE_OUTSIDE, Input
from assessment.semantics.order import in_order
from assessment.semantics.own_methods import names_read
from assessment.semantics.scope import Scope, fold
from assessment.semantics.statements import Body
from assessment.semantics.wording import FIRST
from assessment.syntax import ast

__all__ = ["declare_estimates"]

_INPUT = Text(en="input", zh="数据")


def declare_estimates(body: Body, inputs: tuple[Input, ...], scope: Scope) -> None:
    """Put the estimates of the file around their inputs; what is faulty is reported and left out."""
    by_name = {fold(one.name): one for one in inputs}
    first: dict[str, ast.Estimate] = {}
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
                also=((first[key].span, FIRST),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
        else:
            first[key] = stated
    needs = {
        key: tuple(
            dict.fromkeys(need for need in names_read(one.value, scope) if need in first and need != key)
        )
        for key, one in first.items()
    }
    ordered, cycles = in_order(needs)
    in_cycle = {key for cycle in cycles for key in cycle}
    for cycle in cycles:
        _report_cycle(tuple(first[key] for key in cycle), scope)
    for key in ordered:
        if key not in in_cycle:
            frame = _estimate(first[key], scope.nodes[key], by_name[key], scope)
            if frame is not None:
                scope.nodes[key] = frame


def _report_cycle(cycle: tuple[ast.Estimate, ...], scope: Scope) -> None:
    names = [f"`{one.name.name}`" for one in (*cycle, cycle[0])]
    scope.report(
        "cycle",
        Text(
            en=f"{names[0]} is estimated through itself: {' needs '.join(names)}",
            zh=f"{names[0]} 的估算用到了自身：{' 用到 '.join(names)}",
        ),
        cycle[0].name.span,
        also=tuple((one.name.span, Text(en="estimated here", zh="在此估算")) for one in cycle[1:]),
        help=Text(
            en="calculate one of them from figures that are not estimated themselves",
            zh="其中一项请改用本身不估算的数值计算",
        ),
    )


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
        )
        return None
    if "undefined" in stated.statuses:
        scope.report(
            "policy-mismatch",
            Text(
                en="a figure that is reported is never undefined, only what is calculated from it",
                zh="上报的数值不会无意义，只有据其计算的结果才会",
            ),
            stated.span,
            help=Text(
                en="write `not reported`, `withheld`, `not yet available` or `absent`",
                zh="请写 `未报`、`保密`、`尚未公布` 或 `缺值`",
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
        _report_cycle((stated,), scope)
        return None
    frame = n.Frame(
        node=recovered,
        type=recovered.type,
        role="policy",
        name=ESTIMATE_OUTSIDE if stated.fields == "outside" else ESTIMATE,
        title=Text(en=f"estimate of {spec.title}", zh=f"{spec.title}估算值"),
        text=stated.span.text,
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
