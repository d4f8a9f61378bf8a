"""Grades by the total, from the best, and the limits that hold a grade down."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import nodes as n
from assessment.core.types import Entity, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.number import exact_text
from assessment.semantics.applies import condition
from assessment.semantics.model import Grade, Limit
from assessment.semantics.names import Names
from assessment.semantics.quotas import quota
from assessment.semantics.scheme import Scheme
from assessment.semantics.scope import Scope, fold
from assessment.semantics.statements import Body
from assessment.semantics.traverse import name_place
from assessment.semantics.wording import GRADE, in_words
from assessment.semantics.wording import points as in_points
from assessment.syntax import ast

__all__ = ["grade_type", "grades", "limits"]


def grade_type(body: Body) -> Type | None:
    """The grades of a file as a level for each region, the best first; None where it has none."""
    names = tuple(dict.fromkeys(stated.name for stated in body.all(ast.Grade)))
    return Type(kind=Kind.LEVEL, entity=Entity.REGION, levels=names) if names else None


def grades(body: Body, scheme: Scheme, scope: Scope) -> tuple[Grade, ...]:
    """The grades in order, the best first; out of order, not covering or in the wrong unit is reported."""
    names = Names(scope)
    found: list[Grade] = []
    faulty = False
    for stated in body.all(ast.Grade):
        names.add(stated.name, name_place(stated.span, stated.name), GRADE)
        if stated.bound is not None and not _fits(stated, stated.bound, scheme, scope):
            faulty = True
            continue
        bound = None if stated.bound is None else stated.bound.value
        grade = Grade(
            name=stated.name,
            op=stated.op,
            bound=bound,
            condition=_condition(stated, scope),
            words=in_words(stated),
            quota=None if stated.quota is None else quota(stated.quota, stated.name, scope),
            span=stated.span,
        )
        if found and not _follows(found[-1], grade, scheme, scope):
            faulty = True
            continue
        found.append(grade)
    if found and not faulty:
        _covers(found[-1], scheme, scope)
    return tuple(found)


def _condition(stated: ast.Grade, scope: Scope) -> n.Node | None:
    """What else a grade takes; it reads the scores that the file compares."""
    if stated.condition is None:
        return None
    scope.comparing = True
    node = condition(stated.condition, scope)
    scope.comparing = False
    return node


def _fits(stated: ast.Grade, bound: ast.Literal, scheme: Scheme, scope: Scope) -> bool:
    """Whether a bound is a lower one and in the unit of the total."""
    if stated.op not in (">=", ">"):
        scope.report(
            "grade-order",
            Text(en="a grade states the least score that earns it", zh="等次应写明达到该等次的最低得分"),
            stated.span,
            help=Text(
                en="begin with the best grade, write `>=`, and end with `otherwise`",
                zh="从最好的等次写起，用 `>=`，最后用 `其余`",
            ),
        )
        return False
    wanted = "points" if scheme.in_points else None
    if bound.unit == wanted:
        return True
    figure = exact_text(bound.value)
    right = (
        Text(en=f"`{figure} points`", zh=f"`{figure} 分`") if scheme.in_points else Text.same(f"`{figure}`")
    )
    scope.report(
        "kind-mismatch",
        Text(
            en="the total is in points" if scheme.in_points else "the result is a plain number",
            zh="总分以分为单位" if scheme.in_points else "结果为纯数",
        ),
        bound.span,
        also=((scheme.span, Text(en="as stated here", zh="规定于此")),),
        help=Text(en=f"write {right.en}", zh=f"请写 {right.zh}"),
    )
    return False


def _follows(better: Grade, grade: Grade, scheme: Scheme, scope: Scope) -> bool:
    """Whether a grade lies below the one before it."""
    if better.bound is None:
        scope.report(
            "grade-order",
            Text(
                en=f"`{grade.name}` comes after `otherwise` and is never given",
                zh=f"`{grade.name}` 写在“其余”之后，永远不会得到",
            ),
            grade.span,
            also=(
                (better.span, Text(en="this takes every score that is left", zh="此等次已包括其余全部得分")),
            ),
            help=Text(en="write `otherwise` last", zh="把“其余”写在最后"),
        )
        return False
    if grade.bound is None or grade.bound < better.bound:
        return True
    if grade.bound == better.bound and (
        (better.op, grade.op) == (">", ">=") or better.condition is not None or better.quota is not None
    ):
        return True
    low, high = _shown(grade.bound, scheme), _shown(better.bound, scheme)
    scope.report(
        "grade-order",
        Text(
            en=f"`{grade.name}` from {low.en} is never given, because `{better.name}` begins at {high.en}",
            zh=f"`{grade.name}` 自 {low.zh}起，而 `{better.name}` 自 {high.zh}起已包括，永远不会得到",
        ),
        grade.span,
        also=((better.span, Text(en="the better grade is here", zh="较好的等次在此")),),
        help=Text(en="write the grades from the best to the worst", zh="等次从最好写到最差"),
    )
    return False


def _covers(last: Grade, scheme: Scheme, scope: Scope) -> None:
    if last.condition is not None or last.quota is not None:
        scope.report(
            "grade-uncovered",
            Text(
                en=f"`{last.name}` is the last grade and does not take everybody who is left",
                zh=f"`{last.name}` 是最后一个等次，却不能包括其余全部地区",
            ),
            last.span,
            help=Text(
                en="end with a grade `otherwise` that has neither condition nor quota",
                zh="最后写一个不带条件和名额的 `等次 … 其余`",
            ),
        )
        return
    if last.bound is None or (scheme.known and last.bound <= scheme.scale.low and last.op == ">="):
        return
    bound = _shown(last.bound, scheme)
    below = last.bound if last.op == ">=" else None
    scope.report(
        "grade-uncovered",
        Text(
            en=f"a total {'below' if below is not None else 'of at most'} {bound.en} has no grade",
            zh=f"总分{'低于' if below is not None else '不高于'} {bound.zh}时没有等次",
        ),
        last.span,
        help=Text(en="end with `grade … otherwise`", zh="最后写 `等次 … 其余`"),
    )


def _shown(value: Fraction, scheme: Scheme) -> Text:
    return in_points(value) if scheme.in_points else Text.same(exact_text(value))


def limits(body: Body, known: tuple[Grade, ...], scope: Scope) -> tuple[Limit, ...]:
    """The limits; one to no grade, or to the best one, has no effect and is reported."""
    stated_grades = {fold(grade.name): grade.name for grade in known}
    declared = {fold(grade.name) for grade in body.all(ast.Grade)}
    found = []
    for stated in body.all(ast.Limit):
        key = fold(stated.at_most.name)
        if not declared:
            _without_effect(
                stated,
                Text(en="a limit has no effect where there are no grades", zh="没有等次，限制不起作用"),
                Text(en="add `grade` statements", zh="添加 `等次` 语句"),
                scope,
            )
        elif key not in declared:
            scope.unknown(
                "unknown-name", stated.at_most.name, stated.at_most.span, stated_grades.values(), GRADE
            )
        elif known and key == fold(known[0].name):
            _without_effect(
                stated,
                Text(
                    en=f"every grade is at most `{stated.at_most.name}`, the best one",
                    zh=f"`{stated.at_most.name}` 已是最好的等次，限制不起作用",
                ),
                Text(en="name a lower grade", zh="请写较低的等次"),
                scope,
            )
        scope.comparing = True
        node = condition(stated.condition, scope)
        scope.comparing = False
        if node is not None and key in stated_grades:
            at_most = stated_grades[key]
            found.append(
                Limit(
                    condition=node,
                    at_most=at_most,
                    text=stated.span.text,
                    words=in_words(stated),
                    span=stated.span,
                )
            )
    return tuple(found)


def _without_effect(stated: ast.Limit, text: Text, help_: Text, scope: Scope) -> None:
    scope.report("veto-without-effect", text, stated.at_most.span, help=help_)
