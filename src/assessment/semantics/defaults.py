"""How a leaf is scored that leaves something to what stands above it: its own measure as `it`, and a default score.

A default is typed anew for every leaf that it scores, as the body of a method is at every call. Nothing of it acts
silently: a measure that no score reads, a direction that no score asks for, and a default that scores nothing are told.
"""

from __future__ import annotations

from attrs import define, field, frozen

from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.alike import Formulas
from assessment.semantics.elaborate import elaborate
from assessment.semantics.formulas import checked_score
from assessment.semantics.scope import Given, Its, Scope
from assessment.semantics.sizes import Size
from assessment.semantics.statements import Body
from assessment.semantics.traverse import below
from assessment.syntax import ast

__all__ = ["NOTHING", "Default", "Measured", "Scoring", "scoring"]

FOR_THIS = Text(en="for this measure", zh="用于此项数据时")
_DEFAULT = Text(en="default score", zh="默认计分")
_SCORE = Text(en="score", zh="计分")


@define(kw_only=True)
class Measured:
    """A measure that was stated, and whether a score has read it and asked for its direction."""

    stated: ast.Measure
    its: Its
    read: bool = False
    asked: bool = False


@define(kw_only=True)
class Default:
    """A default that was stated, and whether it scores anything."""

    stated: ast.Default
    used: bool = False


@frozen(kw_only=True)
class Formula:
    """The formula of a leaf: its graph, its text, and what number those that are written like it have in common.

    Without a graph there is none, or its fault is reported.
    """

    graph: n.Node | None = None
    text: str = ""
    alike: int | None = None


@frozen(kw_only=True)
class Scoring:
    """What the nodes above, and a node itself, say of how it is scored: the nearest default and the nearest measure."""

    default: Default | None = None
    measured: Measured | None = None
    own: tuple[Default | Measured, ...] = field(default=())
    """What this very node states."""

    def formula(
        self, score: ast.Score | None, name: Span, size: Size, scope: Scope, formulas: Formulas
    ) -> Formula:
        """The formula of a leaf: its own score, or else the default."""
        if score is not None:
            its = self._its(score.value)
            inner = scope if its is None else scope.with_its(its)
            return _formula(score, its, size, inner, formulas, "score", _SCORE)
        if self.default is None:
            return Formula()
        stated = self.default.stated
        self.default.used = True
        its = self._its(stated.value)
        if its is None and any(isinstance(node, ast.It | ast.ItsDirection) for node in below(stated.value)):
            _no_measure(name, stated, scope)
            return Formula()
        place = name if its is None else its.place
        inner = scope.inside({}, place, its=its, how=FOR_THIS)
        return _formula(stated, its, size, inner, formulas, "default", _DEFAULT)

    def _its(self, expr: ast.Expr) -> Its | None:
        """What `it` is in a formula; notes what the formula takes of the measure."""
        if self.measured is None:
            return None
        for node in below(expr):
            self.measured.read |= isinstance(node, ast.It)
            self.measured.asked |= isinstance(node, ast.ItsDirection)
        return self.measured.its

    def leave(self, scope: Scope) -> None:
        """Report what this node states and nothing below it used."""
        for stated in self.own:
            match stated:
                case Default(used=False):
                    _unused_default(stated.stated, scope)
                case Measured(read=False):
                    _unused_measure(stated.stated, scope)
                case Measured(asked=False, its=Its(direction=str())):
                    _unused_direction(stated.stated, scope)
                case _:
                    pass


NOTHING = Scoring()
"""What stands above the file: no default and no measure."""


def scoring(body: Body, title: str, above: Scoring, scope: Scope) -> Scoring:
    """What a node is told of scoring from above, with what it states itself; `title` is the node's."""
    default, measure = body.one(ast.Default), body.one(ast.Measure)
    own_default = None if default is None else Default(stated=default)
    own_measure = None if measure is None else _measured(measure, title, scope)
    return Scoring(
        default=above.default if own_default is None else own_default,
        measured=above.measured if own_measure is None else own_measure,
        own=tuple(one for one in (own_default, own_measure) if one is not None),
    )


def _measured(stated: ast.Measure, title: str, scope: Scope) -> Measured:
    node = elaborate(stated.value, scope)
    measure = scope.measure_of(stated.value)
    if node is not None and measure is None:
        node = n.Frame(
            node=node,
            type=node.type,
            role="measure",
            name="measure",
            title=Text.same(title),
            text=stated.value.span.text,
            span=stated.value.span,
        )
    given = Given(value=node, measure=measure, place=stated.value.span)
    return Measured(stated=stated, its=Its(given=given, direction=stated.direction, place=stated.span))


def _formula(
    stated: ast.Score | ast.Default,
    its: Its | None,
    size: Size,
    scope: Scope,
    formulas: Formulas,
    name: str,
    title: Text,
) -> Formula:
    expr = stated.value
    node, alike = formulas.typed(expr, scope)
    found = _told(checked_score(node, expr, size, scope), expr, stated.span, its, name, title)
    return Formula(graph=found, text=expr.span.text, alike=alike)


def _told(
    found: n.Node | None, expr: ast.Expr, place: Span, its: Its | None, name: str, title: Text
) -> n.Node | None:
    """The graph with a frame that tells what `it` was, unless the formula is one call, which tells it itself."""
    if found is None or its is None or isinstance(expr, ast.Call):
        return found
    written = next((node for node in below(expr) if isinstance(node, ast.It)), None)
    if written is None:
        return found
    measure = its.given.value
    if not isinstance(measure, n.Base):
        return found
    word = written.span.text
    return n.Frame(
        node=found,
        type=found.type,
        role="call",
        name=name,
        title=title,
        text=expr.span.text,
        arguments=(n.Named(name=word, node=measure),),
        definition=n.Definition(text=expr.span.text, parameters=(word,), span=place),
        low=found.low if isinstance(found, n.Frame) else None,
        high=found.high if isinstance(found, n.Frame) else None,
        span=expr.span,
    )


def _no_measure(name: Span, default: ast.Default, scope: Scope) -> None:
    scope.report(
        "no-measure",
        Text(
            en=f"`{name.text}` is scored by the default and states no measure",
            zh=f"`{name.text}` 按默认计分，但未写明取自哪项数据",
        ),
        name,
        also=((default.span, Text(en="the default needs it here", zh="默认计分在此需要")),),
        help=Text(en="write `measure` with what is scored, or a `score`", zh="写 `取自` 和数据，或写 `计分`"),
    )


def _unused_default(default: ast.Default, scope: Scope) -> None:
    scope.report(
        "unused-default",
        Text(en="this default scores nothing", zh="此默认计分没有用于任何指标"),
        default.span,
        help=Text(
            en="leave it out, or leave the `score` of an indicator to it", zh="请删除，或让某一指标使用它"
        ),
    )


def _unused_measure(measure: ast.Measure, scope: Scope) -> None:
    scope.report(
        "unused-measure",
        Text(en="no score reads this measure as `it`", zh="没有计分以 `本项` 引用此数据"),
        measure.span,
        help=Text(en="write `it` in the score, or leave the measure out", zh="在计分中写 `本项`，或删除此项"),
    )


def _unused_direction(measure: ast.Measure, scope: Scope) -> None:
    scope.report(
        "unused-direction",
        Text(
            en="the score of this measure does not ask which direction is better",
            zh="此项数据的计分没有用到所写的方向",
        ),
        measure.span,
        help=Text(
            en="write `better: its direction` in the score, or leave the direction out",
            zh="在计分中写 `方向：本项方向`，或删除方向",
        ),
    )
