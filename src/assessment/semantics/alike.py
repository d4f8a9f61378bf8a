"""Formulas that are written alike are typed once; the others get the same graph with inputs and places of their own.

In a long rule file thousands of formulas differ in nothing but the input that they score, or are one default that scores
thousands of measures. Two formulas are alike where they read the same but for names of inputs of one type and range,
under the same policies, and where the tables that they read have equal entries for their indicators. The second of
them is typed with stand-ins in the place of what differs; where that cannot be done, each is typed by itself.
"""

from __future__ import annotations

import copy
from collections.abc import Hashable, Mapping
from functools import cached_property

from attrs import define, evolve, frozen

from assessment.core import nodes as n
from assessment.core.template import Filling, Template, stand_in, stand_in_name, stand_in_place
from assessment.core.types import Entity
from assessment.core.walk import inputs as inputs_of
from assessment.diagnostics.model import Span
from assessment.methods.base import UNLIMITED
from assessment.methods.registry import fold as fold_method
from assessment.semantics.elaborate import elaborate
from assessment.semantics.model import Policy
from assessment.semantics.scope import Given, Scope, fold
from assessment.semantics.table_entries import is_entry
from assessment.semantics.traverse import below, said, with_inner
from assessment.syntax import ast

__all__ = ["Formulas"]


@define(kw_only=True)
class _Alike:
    """What is known of formulas that are written alike: their number among the kinds and, once there are two, a template.

    `tables` are those by indicator, by folded name, of which each formula reads its entry.
    """

    number: int
    policies: Mapping[str, Policy]
    """Kept, since the key knows them by identity."""
    tried: bool = False
    template: Template | None = None
    tables: tuple[str, ...] = ()


@frozen(kw_only=True)
class _Reading:
    """A formula as it is compared: `key` is equal for those that are alike, `filling` is what it has of its own.

    `place_by_name` tells which of the filling's inputs a folded name stands for, `tables` which entries follow them.
    """

    key: Hashable
    filling: Filling
    place_by_name: Mapping[str, int]
    tables: tuple[str, ...]


class Formulas:
    """The formulas of one tree."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._alike: dict[Hashable, _Alike] = {}

    def typed(self, expr: ast.Expr, scope: Scope) -> tuple[n.Node | None, int | None]:
        """The graph of a formula, and a number that it has in common with those that are written alike, where there are any.

        `scope` is that of the tree, or one inside it.
        """
        read = self._read(expr, scope)
        if read is None:
            return elaborate(expr, scope), None
        alike = self._alike.get(read.key)
        if alike is None:
            before = len(scope.diagnostics)
            node = elaborate(expr, scope)
            if node is None or len(scope.diagnostics) > before:
                return node, None
            number = len(self._alike)
            self._alike[read.key] = _Alike(number=number, policies=scope.stated)
            return node, number
        if not alike.tried:
            alike.tried = True
            alike.template, alike.tables = _template(expr, read, scope)
        if alike.template is None:
            return elaborate(expr, scope), None
        for name in alike.tables:
            scope.tables[name].used.add(fold(scope.indicator or ""))
        return alike.template.filled(read.filling), alike.number

    def _read(self, expr: ast.Expr, scope: Scope) -> _Reading | None:
        """A formula as it is compared; None where it is the only one of its kind."""
        source, start, end = expr.span.source, expr.span.start, expr.span.end
        place_by_name: dict[str, int] = {}
        inputs: list[n.Input] = []
        told: list[object] = [id(scope.stated), id(expr) if scope.calls else None]
        cuts: list[Span] = []
        reads_entries = False

        def place_of(name: str, node: n.Input) -> int:
            place = place_by_name.setdefault(name, len(inputs))
            if place == len(inputs):
                inputs.append(node)
            return place

        for node in below(expr):
            span, kind = node.span, type(node)
            if span.source is not source or span.start < start or span.end > end:
                return None
            told.append(kind)
            if kind is ast.Literal:
                continue  # a number is always as it is written
            if isinstance(node, ast.Name):
                name = fold(node.name)
                input_ = self._replaceable(name)
                if input_ is not None:
                    told.append(place_of(name, input_))
                    cuts.append(span)
                    continue
            elif isinstance(node, ast.It | ast.ItsDirection):
                its = scope.its
                name = "" if its is None else fold(its.given.measure or "")
                input_ = self._replaceable(name)
                if its is None or input_ is None or its.given.value is not input_:
                    return None
                told += [place_of(name, input_), its.direction]
            elif isinstance(node, ast.Call):
                own = scope.own.get(fold_method(node.name))
                reads_entries |= is_entry(node.name) or (own is not None and own.by_indicator)
            told.append(said(node))
        for cut in cuts:
            told.append(source.text[start : cut.start])
            start = cut.end
        told.append(source.text[start:end])
        told += [_facts(input_) for input_ in inputs]
        names = [input_.name for input_ in inputs]
        spans = [input_.span for input_ in inputs]
        tables = self._by_indicator if reads_entries and scope.indicator else ()
        for table in tables:
            key = fold(scope.indicator or "")
            if key not in scope.tables[table].values:
                return None
            entry = scope.tables[table].values[key]
            told += [entry.value, entry.type.kind, _unit(entry)]
            spans += [scope.tables[table].rows[key].span, entry.span]
        if tables:
            names.append(scope.indicator or "")
        return _Reading(
            key=tuple(told),
            filling=Filling(inputs=inputs, names=names, spans=spans, whole=expr.span, cuts=cuts),
            place_by_name=place_by_name,
            tables=tables,
        )

    def _replaceable(self, name: str) -> n.Input | None:
        """The input of a folded name, where any other of its type and range could stand as well."""
        node = self._scope.nodes.get(name)
        if type(node) is not n.Input or node.type.entity is not Entity.REGION or name in self._apart:
            return None
        return node

    @cached_property
    def _apart(self) -> frozenset[str]:
        """Folded names that may mean something else than an input, and of inputs that other graphs read or that have codes."""
        scope = self._scope
        nodes = [
            *scope.nodes.values(),
            *(node for fields in scope.fields.values() for node in fields.values()),
        ]
        levels = {level for node in nodes for level in node.type.levels}
        fields = {name for fields in scope.fields.values() for name in fields}
        read = {name for name, _ in inputs_of(node for node in nodes if type(node) is not n.Input)}
        bodies = {name for own in scope.own.values() for name in own.reads}
        names = (*UNLIMITED, *levels, *read, *scope.coded)
        return frozenset(fields | bodies | {fold(name) for name in names})

    @cached_property
    def _by_indicator(self) -> tuple[str, ...]:
        return tuple(name for name, table in self._scope.tables.items() if table.stated.by == "indicator")


def _facts(node: n.Input) -> Hashable:
    """What typing asks of an input beside its name."""
    type_ = node.type
    return (type_.kind, _unit(node), type_.levels, node.low, node.low_closed, node.high, node.high_closed)


def _unit(node: n.Node) -> str | None:
    return None if node.type.unit is None else node.type.unit.text


def _template(expr: ast.Expr, read: _Reading, scope: Scope) -> tuple[Template | None, tuple[str, ...]]:
    """The formula typed with stand-ins, and the tables by indicator that it reads; None where they cannot stand in."""
    again = copy.copy(scope)
    again.diagnostics, again.from_bodies, again.compared, again.expanded = [], {}, [0], [0]
    stand_ins = [stand_in(place, input_) for place, input_ in enumerate(read.filling.inputs)]
    again.given = {one.name: Given(value=one, measure=one.name) for one in stand_ins}
    if scope.its is not None and scope.its.given.measure is not None:
        place = read.place_by_name.get(fold(scope.its.given.measure))
        if place is not None:
            again.its = evolve(scope.its, given=again.given[stand_in_name(place)])
    if read.tables:
        again.indicator, key = stand_in_name(len(stand_ins)), fold(scope.indicator or "")
        again.tables = dict(scope.tables)
        for number, name in enumerate(read.tables):
            table, place = scope.tables[name], len(stand_ins) + 2 * number
            again.tables[name] = evolve(
                table,
                rows={again.indicator: evolve(table.rows[key], span=stand_in_place(place))},
                values={again.indicator: evolve(table.values[key], span=stand_in_place(place + 1))},
                used=set(),
            )

    def renamed(node: ast.Node) -> ast.Node:
        if isinstance(node, ast.Name) and fold(node.name) in read.place_by_name:
            return evolve(node, name=stand_in_name(read.place_by_name[fold(node.name)]))
        return with_inner(node, renamed)

    node = elaborate(renamed(expr), again)  # type: ignore[arg-type]  # an expression, since `expr` is one
    if node is None or again.diagnostics:
        return None, ()
    template = Template(node, evolve(read.filling, inputs=stand_ins), fixed=bool(scope.calls))
    return template, tuple(name for name in read.tables if again.tables[name].used)
