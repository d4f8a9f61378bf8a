"""The one function that is not a method: `target(x)` reads the file's own targets."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.core import nodes as n
from assessment.core.types import Entity
from assessment.diagnostics.bilingual import Text
from assessment.methods.registry import fold as fold_method
from assessment.semantics.model import Target
from assessment.semantics.scope import Scope, fold
from assessment.semantics.wording import listed
from assessment.syntax import ast

TARGET = ("target", "目标值")
"""Its names."""


def is_target(name: str) -> bool:
    """Whether a call of this name reads a target; its names are compared as those of methods are."""
    return fold_method(name) in TARGET


def elaborate_target(call: ast.Call, scope: Scope) -> n.Node | None:
    """`target(rd_share)`: the declared target of a measure for the region's group and the year."""
    name = call.arguments[0].value if len(call.arguments) == 1 and call.table is None else None
    if not isinstance(name, ast.Name | ast.It):
        scope.report(
            "missing-argument",
            Text(
                en=f"`{call.name}` takes the name of one measure",
                zh=f"`{call.name}` 需要一个定义或数据的名称",
            ),
            call.span,
            help=Text(
                en=f"write `{call.name}(x)`, where `targets … x` are declared",
                zh=f"请写 `{call.name}（x）`，其中 x 为已声明目标的数据",
            ),
        )
        return None
    node = scope.lookup(name) if isinstance(name, ast.Name) else scope.node_of(name)
    if node is None:
        return None
    measure = scope.measure_of(name) or name.span.text
    declared = [target for target in scope.targets if fold(target.measure) == fold(measure)]
    if not declared:
        known = sorted({target.measure for target in scope.targets})
        scope.unknown("target-unknown", measure, name.span, known, Text(en="target for", zh="目标"))
        return None
    entries = tuple((None if x.scope == "all" else x.scope, x.year, x.value) for x in declared)
    if _is_lacking(declared, measure, call, scope):
        return None
    lookup = n.Lookup(entries=entries, type=node.type.at(Entity.REGION), span=call.span)
    return n.Frame(
        node=lookup,
        type=lookup.type,
        role="call",
        name="target",
        title=Text(en="target", zh="目标值"),
        text=call.span.text,
        span=call.span,
    )


def _is_lacking(declared: Sequence[Target], measure: str, call: ast.Call, scope: Scope) -> bool:
    """Whether a group has no target for the year of the file (or, where that names none, for any), which is reported."""
    year = scope.year
    stated = {target.scope for target in declared if year is None or target.year == year}
    lacking = [
        group.title for group in scope.groups if not group.reference and not {group.name, "all"} & stated
    ]
    if stated and not lacking:
        return False
    names = listed(lacking)
    where = Text(en=f" in {names.en}" if lacking else "", zh=f" {names.zh} " if lacking else " ")
    when = Text(en="", zh="") if year is None else Text(en=f" for {year}", zh=f"{year} 年")
    scope.report(
        "target-missing",
        Text(
            en=f"`{measure}` has no target{when.en}{where.en}",
            zh=f"`{measure}` 没有{where.zh}{when.zh}的目标",
        ),
        call.span,
        also=((declared[0].span, Text(en="its targets are declared here", zh="目标在此声明")),),
        help=Text(
            en=f"add `{year or 'YEAR'}: …` to the targets of `{measure}` there, or declare targets for all",
            zh=f"请在该组目标中补充 `{year or '年度'}：…`，或声明全市目标",
        ),
    )
    return True
