"""Targets of measures by year, each converted into the unit of its measure."""

from __future__ import annotations

from assessment.core.types import Entity, Kind
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.literals import literal_like
from assessment.semantics.model import Target
from assessment.semantics.regions import ANYWHERE
from assessment.semantics.scope import Scope, fold
from assessment.semantics.statements import Body
from assessment.semantics.wording import FIRST, GROUP
from assessment.syntax import ast

__all__ = ["Targets"]


class Targets:
    """The target statements of a file; those of a measure are read as soon as the measure is known."""

    def __init__(self, body: Body, scope: Scope) -> None:
        self._scope = scope
        self._by_measure: dict[str, list[ast.Targets]] = {}
        self._first: dict[tuple[str, str, int], Span] = {}
        known = {fold(name): name for name in (*(group.name for group in scope.groups), *ANYWHERE)}
        self._scopes: dict[int, str] = {}
        for stated in body.all(ast.Targets):
            self._by_measure.setdefault(fold(stated.measure.name), []).append(stated)
            name = known.get(fold(stated.scope.name))
            if name is None:
                scope.unknown("unknown-group", stated.scope.name, stated.scope.span, known.values(), GROUP)
            else:
                self._scopes[id(stated)] = name

    def read(self, measure: str) -> None:
        """Put the targets of a measure into the scope; the measure has just been declared there."""
        for stated in self._by_measure.pop(fold(measure), ()):
            node = self._scope.nodes.get(fold(measure))
            if node is None:
                continue
            if node.type.entity is Entity.ROW or node.type.kind in (Kind.YESNO, Kind.LEVEL, Kind.RANK):
                self._scope.report(
                    "kind-mismatch",
                    Text(
                        en=f"a target needs a measured value, and `{measure}` is {node.type.label.en}",
                        zh=f"目标须针对数值，而 `{measure}` 是{node.type.label.zh}",
                    ),
                    stated.measure.span,
                    also=((self._scope.declared_at[fold(measure)], Text(en="declared here", zh="在此声明")),),
                    help=Text(
                        en=f"compare `{measure}` in the score itself, and leave the target out",
                        zh=f"请在计分式中直接判断 `{measure}`，并删去目标",
                    ),
                )
                continue
            for entry in stated.entries:
                self._entry(stated, entry, measure)

    def _entry(self, stated: ast.Targets, entry: ast.YearEntry, measure: str) -> None:
        scope, key = self._scope, fold(measure)
        group = self._scopes.get(id(stated))
        origin = (scope.declared_at[key], Text(en="the measure is declared here", zh="在此声明"))
        value = literal_like(entry.value, scope.nodes[key].type, scope, origin=origin)
        if value is None or group is None:
            return
        first = self._first.setdefault((group, key, entry.year), entry.span)
        if first is not entry.span:
            scope.report(
                "duplicate-statement",
                Text(
                    en=f"`{measure}` has two targets for {entry.year}",
                    zh=f"`{measure}` 的 {entry.year} 年目标写了两次",
                ),
                entry.span,
                also=((first, FIRST),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
            return
        target = Target(
            scope=group,
            measure=measure,
            year=entry.year,
            value=value,
            text=entry.value.span.text,
            span=entry.span,
        )
        scope.targets = (*scope.targets, target)

    def report_unknown(self) -> None:
        """Report the targets of measures that were never declared."""
        for statements in self._by_measure.values():
            for stated in statements:
                self._scope.unknown(
                    "target-unknown",
                    stated.measure.name,
                    stated.measure.span,
                    self._scope.names.values(),
                    Text(en="measure or input named", zh="数据或定义"),
                )
