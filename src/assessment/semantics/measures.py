"""Named measures (`let`), elaborated with the estimates of inputs in the order in which they need each other.

The order comes from a depth-first walk with a stack of its own, since a file may chain more definitions than Python may
nest calls. Definitions that need each other are reported once; they and what is built on them stay without a graph.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import RATIOS, Clash, Kind
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.elaborate import elaborate
from assessment.semantics.estimates import StatedEstimate, put_estimate
from assessment.semantics.literals import type_of_unit
from assessment.semantics.model import Measure
from assessment.semantics.names import Names
from assessment.semantics.order import in_order
from assessment.semantics.own_methods import names_read
from assessment.semantics.scope import Scope, fold
from assessment.semantics.statements import Body
from assessment.syntax import ast

__all__ = ["declare_measures"]

_MEASURE = Text(en="input or measure", zh="数据或定义")


def declare_measures(
    body: Body,
    names: Names,
    scope: Scope,
    *,
    estimates: Mapping[str, StatedEstimate],
    declared: Callable[[str], None],
) -> tuple[Measure, ...]:
    """The measures of the file in source order, declared in the scope; `declared` is told each name.

    The estimates are put around their inputs in the same order of needs, since measures read estimates and estimates measures.
    """
    lets = {fold(let.name): let for let in body.all(ast.Let) if names.add(let.name, let.name_span, _MEASURE)}
    stated: dict[str, ast.Let | ast.Estimate] = {name: one.stated for name, one in estimates.items()} | lets
    needs = {name: _needs(name, one, stated, scope) for name, one in stated.items()}
    ordered, cycles = in_order(needs)
    in_cycle = {name for cycle in cycles for name in cycle}
    # Until it is declared, a measure counts as broken: inside a knot of cycles a need may come too late.
    scope.broken |= lets.keys()
    for cycle in cycles:
        _report_cycle(tuple(stated[name] for name in cycle), scope)
    found: dict[str, Measure] = {}
    for name in ordered:
        one = stated[name]
        if isinstance(one, ast.Estimate):
            if name not in in_cycle:
                put_estimate(estimates[name], scope)
            continue
        node = None if name in in_cycle else _measure(one, scope)
        scope.declare(one.name, node, one.name_span)
        declared(one.name)
        if node is not None:
            found[name] = Measure(
                name=one.name,
                title=one.title or one.name,
                node=node,
                unit=None if one.unit is None or one.unit.text == "number" else one.unit.text,
                span=one.span,
            )
    return tuple(found[name] for name in lets if name in found)


def _needs(name: str, one: ast.Let | ast.Estimate, stated: Collection[str], scope: Scope) -> tuple[str, ...]:
    """The definitions that one reads; what an estimate says of its own input is what was reported."""
    read = dict.fromkeys(need for need in names_read(one.value, scope) if need in stated)
    if isinstance(one, ast.Estimate):
        read.pop(name, None)
    return tuple(read)


def _report_cycle(cycle: tuple[ast.Let | ast.Estimate, ...], scope: Scope) -> None:
    estimated = [one for one in cycle if isinstance(one, ast.Estimate)]
    first = min(estimated or cycle, key=lambda one: one.span.start)
    start = cycle.index(first)
    turned = (*cycle[start:], *cycle[:start])
    name = _called(first)
    way = [f"`{_called(one)}`" for one in (*turned, first)]
    if not estimated:
        message = Text(
            en=f"`{name}` is defined through itself: {' needs '.join(way)}",
            zh=f"`{name}` 的定义用到了自身：{' 用到 '.join(way)}",
        )
        help = Text(
            en="define one of them without the others, or take an earlier year of an input, as in `x[-1]`",
            zh="其中一项的定义请不用其他各项，或改用数据的往年数值，如 `x[-1]`",
        )
    else:
        message = Text(
            en=f"`{name}` is estimated through itself: {' needs '.join(way)}",
            zh=f"`{name}` 的估算用到了自身：{' 用到 '.join(way)}",
        )
        help = (
            Text(
                en=f"write the measure out: in its own estimate, `{name}` is what was reported",
                zh=f"请写出该定义的算式：在其自身的估算式中，`{name}` 指上报的数值",
            )
            if len(estimated) == 1
            else Text(
                en="calculate one of them from figures that are not estimated themselves",
                zh="其中一项请改用本身不估算的数值计算",
            )
        )
    scope.report(
        "cycle",
        message,
        _place(first),
        also=tuple(
            (
                _place(one),
                Text(en="estimated here", zh="在此估算")
                if isinstance(one, ast.Estimate)
                else Text(en="which is defined here", zh="在此定义"),
            )
            for one in turned[1:]
        ),
        help=help,
    )


def _called(one: ast.Let | ast.Estimate) -> str:
    return one.name if isinstance(one, ast.Let) else one.name.name


def _place(one: ast.Let | ast.Estimate) -> Span:
    return one.name_span if isinstance(one, ast.Let) else one.name.span


def _measure(let: ast.Let, scope: Scope) -> n.Node | None:
    """The frame of a measure, in its declared unit; None once its fault is reported."""
    node = elaborate(let.value, scope)
    if node is None:
        return None
    if let.unit is not None:
        wanted = type_of_unit(let.unit.text, let.unit.span, scope)
        if wanted is None:
            return None
        if node.type.kind is Kind.PERCENT and wanted.kind in RATIOS:
            node = evolve(node, type=evolve(node.type, kind=wanted.kind))
        try:
            node = b.declare(node, wanted)
        except Clash as clash:
            scope.report(
                clash.code,
                clash.text,
                let.value.span,
                here=Text(en=f"this gives {node.type.label.en}", zh=f"结果为{node.type.label.zh}"),
                also=((let.unit.span, Text(en="declared here", zh="在此声明")),),
                help=clash.help,
            )
            return None
    if node.type.kind is Kind.PERCENT:
        scope.report(
            "percent-without-kind",
            Text(
                en="a value in % alone does not say of what it is a share",
                zh="单独的百分数没有说明是什么的比重",
            ),
            let.value.span,
            help=Text(en="add `in %` behind it", zh="在其后加 `单位 %`"),
        )
        return None
    return n.Frame(
        node=node,
        type=node.type,
        role="measure",
        name=let.name,
        title=Text.same(let.title or let.name),
        text=let.value.span.text,
        span=let.name_span,
    )
