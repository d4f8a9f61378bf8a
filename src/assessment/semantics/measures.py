"""Named measures (`let`), elaborated in the order in which they need each other.

The order comes from a depth-first walk with a stack of its own, since a file may chain more definitions than Python may
nest calls. Definitions that need each other are reported once; they and what is built on them stay without a graph.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import RATIOS, Clash, Kind
from assessment.diagnostics.bilingual import Text
from assessment.semantics.elaborate import elaborate
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
    body: Body, names: Names, scope: Scope, *, declared: Callable[[str], None]
) -> tuple[Measure, ...]:
    """The measures of the file in source order, declared in the scope; `declared` is told each name."""
    stated = {
        fold(let.name): let for let in body.all(ast.Let) if names.add(let.name, let.name_span, _MEASURE)
    }
    needs = {
        name: tuple(dict.fromkeys(need for need in names_read(let.value, scope) if need in stated))
        for name, let in stated.items()
    }
    ordered, cycles = in_order(needs)
    in_cycle = {name for cycle in cycles for name in cycle}
    # Until it is declared, a measure counts as broken: inside a knot of cycles a need may come too late.
    scope.broken |= stated.keys()
    for cycle in cycles:
        _report_cycle(tuple(stated[name] for name in cycle), scope)
    found: dict[str, Measure] = {}
    for name in ordered:
        let = stated[name]
        node = None if name in in_cycle else _measure(let, scope)
        scope.declare(let.name, node, let.name_span)
        declared(let.name)
        if node is not None:
            found[name] = Measure(
                name=let.name,
                title=let.title or let.name,
                node=node,
                unit=None if let.unit is None or let.unit.text == "number" else let.unit.text,
                span=let.span,
            )
    return tuple(found[name] for name in stated if name in found)


def _report_cycle(lets: tuple[ast.Let, ...], scope: Scope) -> None:
    start = min(range(len(lets)), key=lambda place: lets[place].span.start)
    turned = (*lets[start:], *lets[:start])
    way = [f"`{let.name}`" for let in (*turned, turned[0])]
    scope.report(
        "cycle",
        Text(
            en=f"`{turned[0].name}` is defined through itself: {' needs '.join(way)}",
            zh=f"`{turned[0].name}` 的定义用到了自身：{' 用到 '.join(way)}",
        ),
        turned[0].name_span,
        also=tuple((let.name_span, Text(en="which is defined here", zh="在此定义")) for let in turned[1:]),
    )


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
