"""Bonuses and deductions: what is added to a score, or taken from it, after its children are joined.

They are no children: they are never rescaled, and take no part in redistribution or coverage. Each states its cap, or
that it has none; the score states whether its own cap and floor hold before or after them, because both are practice.
An event that the data do not report did not happen, unless the policies refuse to go on without it: whatever else they
say of absent values, nothing is added then and nothing taken.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Literal

from attrs import evolve, field, frozen

from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.applies import exemptions
from assessment.semantics.ends import Cap
from assessment.semantics.formulas import score_formula
from assessment.semantics.model import Department, Disposal, Exemption, Policy, ScoreNode
from assessment.semantics.names import Names
from assessment.semantics.policies import VALUED_POLICIES, stated_policies
from assessment.semantics.regions import known_departments
from assessment.semantics.scheme import Scheme
from assessment.semantics.scope import Scope
from assessment.semantics.sizes import Size
from assessment.semantics.statements import Body, Where, sort_out
from assessment.semantics.wording import ADJUSTMENT, statement
from assessment.syntax import ast

__all__ = ["Adjusting", "Adjustments"]

When = Literal["before", "after"]


@frozen(kw_only=True)
class Adjusting:
    """What is added to one score and taken from it, and the order in which its ends hold."""

    nodes: tuple[ScoreNode, ...] = ()
    caps: dict[str, Fraction] = field(factory=dict)
    """The most that all bonuses, and all deductions, make together."""
    caps_at: dict[str, Span] = field(factory=dict)
    """Where these are stated."""
    order: When | None = None


class Adjustments:
    """Reads the bonuses and deductions of one file; their names are unlike each other in the whole file."""

    def __init__(
        self,
        scheme: Scheme,
        departments: tuple[Department, ...],
        clause: Callable[[ast.Cite], str],
        scope: Scope,
    ) -> None:
        self.scheme, self.departments, self.clause, self.scope = scheme, departments, clause, scope
        self.names = Names(scope)

    def of(self, body: Body, points: Fraction | None, name_span: Span) -> Adjusting:
        """Those of one body; `points` are those of the score that they change."""
        stated = body.all(ast.Adjustment)
        order, caps = body.one(ast.CapOrder), body.all(ast.AdjustmentCap)
        if not stated:
            for found in (*caps, *(() if order is None else (order,))):
                self._idle(found)
            return Adjusting()
        if not self.scheme.in_points:
            if self.scheme.known:
                self._no_points(stated[0])
            return Adjusting()
        if order is None:
            self._unordered(stated[0], name_span)
        nodes = [self._node(each, points) for each in stated]
        return Adjusting(
            nodes=tuple(node for node in nodes if node is not None),
            caps=self._caps(caps, stated, points),
            caps_at={one.kind: one.span for one in caps},
            order=None if order is None else "before" if order.when == "before" else "after",
        )

    def _node(self, stated: ast.Adjustment, points: Fraction | None) -> ScoreNode | None:
        scope = self.scope
        kind: Literal["bonus", "deduction"] = "bonus" if stated.kind == "bonus" else "deduction"
        self.names.add(stated.name, stated.name_span, ADJUSTMENT)
        body = sort_out(stated.body, Where.ADJUSTMENT, scope)
        policies = stated_policies(body, scope, f"{kind} {stated.name}")
        for policy in policies.values():
            if policy.key in VALUED_POLICIES and policy.then.value not in (*_REFUSALS, "zero"):
                self._no_policy(policy)
        scope.nested.extend(policies.values())
        with scope.under(policies):
            return self._scored(stated, kind, body, points)

    def _scored(
        self,
        stated: ast.Adjustment,
        kind: Literal["bonus", "deduction"],
        body: Body,
        points: Fraction | None,
    ) -> ScoreNode | None:
        scope = self.scope
        if stated.up_to is None:
            self._uncapped(stated)
            return None
        cap = self._cap(stated.up_to, points)
        score, cite = body.one(ast.Score), body.one(ast.Cite)
        responsible = body.one(ast.Responsible)
        if score is None:
            scope.report(
                "unscored-indicator",
                Text(
                    en=f"the {stated.kind} `{stated.name}` does not say how much it is",
                    zh=f"{_WORDS[kind].zh} `{stated.name}` 没有计分方法",
                ),
                stated.name_span,
                help=Text(en="write `score = …`", zh="写 `计分 = …`"),
            )
            return None
        # Whether a table gives more than the cap is no fault here: a cap is there to cut.
        formula = score_formula(score.value, Size(points=cap.value, cap=Cap(none=True)), scope)
        if formula is not None and cap.none and formula.type.kind is not Kind.POINTS:
            self._share_of_nothing(score, stated)
            formula = None
        return ScoreNode(
            path=f"{kind} {stated.name}",
            level=kind,
            name=stated.name,
            title=stated.title or stated.name,
            points=Fraction(1) if cap.value is None else cap.value,
            uncapped=cap.none,
            ends_at={} if cap.none else {"ceiling": stated.up_to.span},
            formula=formula,
            yields="points" if formula is not None and formula.type.kind is Kind.POINTS else "rate",
            text=score.value.span.text,
            departments=()
            if responsible is None
            else known_departments(responsible.departments, self.departments, scope),
            clause=None if cite is None else self.clause(cite),
            exemptions=self._exemptions(body.all(ast.Applies)),
            policies={key: self._policy(policy) for key, policy in scope.stated.items()},
            assumptions=tuple(found.text for found in body.all(ast.Assume)),
            span=stated.span,
        )

    def _exemptions(self, stated: tuple[ast.Applies, ...]) -> tuple[Exemption, ...]:
        with_arrow = tuple(each for each in stated if each.then is not None)
        return tuple(self._exemption(found, with_arrow) for found in exemptions(stated, self.scope))

    def _exemption(self, found: Exemption, arrows: tuple[ast.Applies, ...]) -> Exemption:
        """Where an adjustment does not apply, nothing is added; `not computed` stands in the way as everywhere."""
        if any(found.span is stated.span for stated in arrows) and found.then.value not in (
            *_REFUSALS,
            "zero",
        ):
            self._no_disposal(found.span)
        return found if found.then.value in _REFUSALS else evolve(found, then=_NOTHING)

    def _policy(self, policy: Policy) -> Policy:
        """A policy as it speaks of a bonus or deduction: what does not stand in the way adds nothing."""
        stands = policy.key not in VALUED_POLICIES or policy.then.value in _REFUSALS
        return policy if stands else evolve(policy, then=_NOTHING)

    def _cap(self, up_to: ast.Literal | ast.Infinity, points: Fraction | None) -> Cap:
        if isinstance(up_to, ast.Infinity):
            return Cap(none=True)
        if up_to.value <= 0:
            self.scope.report(
                "weight-missing",
                Text(en="the cap must be above 0", zh="上限须大于 0"),
                up_to.span,
                help=Text(
                    en="write how many points it may come to at most, as in `up to 5 points`",
                    zh="请写最多多少分，如 `至多 5 分`",
                ),
            )
            return Cap(value=Fraction(1))
        if up_to.unit == "%":
            return Cap(value=None if points is None else points * up_to.value / 100)
        return Cap(value=up_to.value)

    def _caps(
        self,
        stated: tuple[ast.AdjustmentCap, ...],
        adjustments: tuple[ast.Adjustment, ...],
        points: Fraction | None,
    ) -> dict[str, Fraction]:
        """The caps of all bonuses and of all deductions, each stated once and for what there is."""
        found: dict[str, Fraction] = {}
        first: dict[str, ast.AdjustmentCap] = {}
        for each in stated:
            if each.kind in first:
                self.scope.report(
                    "duplicate-statement",
                    Text(en="the cap of these is stated twice", zh="合计上限写了两次"),
                    each.span,
                    also=((first[each.kind].span, Text(en="first given here", zh="首次出现于此")),),
                    help=Text(en="keep one of the two", zh="两处只保留一处"),
                )
                continue
            first[each.kind] = each
            if not any(one.kind == each.kind for one in adjustments):
                self._idle(each)
                continue
            cap = self._cap(each.up_to, points)
            if cap.value is not None:
                found[each.kind] = cap.value
        return found

    # ── findings ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _idle(self, found: ast.AdjustmentCap | ast.CapOrder) -> None:
        word = statement(type(found))
        self.scope.report(
            "statement-not-here",
            Text(
                en=f"{word.en} has no meaning where there is nothing to add or to take off",
                zh=f"没有加分或扣分，{word.zh}不起作用",
            ),
            found.span,
            help=Text(
                en="leave it out, or write the bonus or deduction beside it", zh="删去，或在此写出加分或扣分"
            ),
        )

    def _no_points(self, stated: ast.Adjustment) -> None:
        self.scope.report(
            "size-mismatch",
            Text(
                en="bonuses and deductions are in points, and there are none here",
                zh="加分和扣分以分为单位，而此处没有分值",
            ),
            stated.span,
            also=((self.scheme.span, Text(en="the scale of the result", zh="结果的量程")),),
            help=Text(en="state a total of points", zh="改用以分计的总分"),
        )

    def _unordered(self, stated: ast.Adjustment, place: Span) -> None:
        self.scope.report(
            "no-cap-order",
            Text(
                en="it is not stated whether cap and floor hold before or after bonuses and deductions",
                zh="未约定上下限先于还是后于加分、扣分",
            ),
            place,
            also=((stated.name_span, Text(en="added to it here", zh="在此加减")),),
            help=Text(
                en="add `cap before adjustments` or `cap after adjustments`",
                zh="添加 `上下限 先于加减分` 或 `上下限 后于加减分`",
            ),
        )

    def _uncapped(self, stated: ast.Adjustment) -> None:
        word = _WORDS["bonus" if stated.kind == "bonus" else "deduction"]
        self.scope.report(
            "no-adjustment-cap",
            Text(en=f"the {word.en} `{stated.name}` has no cap", zh=f"{word.zh} `{stated.name}` 没有上限"),
            stated.name_span,
            help=Text(
                en="write for instance `up to 5 points`, or `up to none`",
                zh="例如写 `至多 5 分`，或 `至多 无`",
            ),
        )

    def _no_policy(self, policy: Policy) -> None:
        if policy.span is not None:
            self._no_disposal(policy.span)

    def _no_disposal(self, place: Span) -> None:
        self.scope.report(
            "policy-mismatch",
            Text(
                en="nothing but zero can stand in the place of a bonus or deduction that is not there",
                zh="没有的加分或扣分只能按零分计",
            ),
            place,
            help=Text(en="write `zero` or `not computed`", zh="请写 `零分` 或 `不计算`"),
        )

    def _share_of_nothing(self, score: ast.Score, stated: ast.Adjustment) -> None:
        self.scope.report(
            "kind-mismatch",
            Text(
                en="this is a rate, and there is no cap of which it could be a share",
                zh="此处为比率，而没有上限可作为其基数",
            ),
            score.value.span,
            also=((stated.name_span, Text(en="without a cap", zh="没有上限")),),
            help=Text(en="give points, or state a cap", zh="请给出分值，或写明上限"),
        )


_REFUSALS = ("error", "not computed")
"""What stands in the way of a score; every other policy adds nothing."""

_NOTHING = Disposal(value="zero")

_WORDS = {"bonus": Text(en="bonus", zh="加分"), "deduction": Text(en="deduction", zh="扣分")}
