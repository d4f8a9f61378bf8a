"""The grades as graphs: thresholds and conditions, the limits, and the quotas, from the best grade down.

What a region earns is decided by thresholds and conditions alone. The grade it gets is the best that it earns, that no limit keeps
from it, and whose quota has room: who is held down by a limit takes nobody's place, and who is beyond the line of one quota
stands for the next grade.
"""

from __future__ import annotations

from attrs import frozen

from assessment.compiler.bind import Binder
from assessment.compiler.program import BoundGrade, BoundLimit, BoundQuota
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind, Type
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.errors import InternalError
from assessment.number import exact_text
from assessment.semantics.model import CheckedRules, Grade, Quota

__all__ = ["Grading", "graded", "scores_in", "scores_read"]


@frozen(kw_only=True)
class Grading:
    """The grade by thresholds and conditions alone, and the one after limits and quotas, as places among the grades from 0."""

    earned: n.Node
    grade: n.Node
    grades: tuple[BoundGrade, ...]


def graded(
    rules: CheckedRules, total: n.Node, limits: tuple[BoundLimit, ...], binder: Binder
) -> Grading | None:
    """The grading of a rule set; None where there are no grades."""
    if not rules.grades:
        return None
    level = Type(kind=Kind.LEVEL, levels=tuple(grade.name for grade in rules.grades))
    places = [b.const(place, level, grade.span) for place, grade in enumerate(rules.grades)]
    if all(grade.condition is None and grade.quota is None for grade in rules.grades):
        earned = _by_thresholds(rules.grades, places, total)
        plain = tuple(BoundGrade(spec=grade) for grade in rules.grades)
        return Grading(earned=earned, grade=_limited(earned, limits), grades=plain)
    conditions = [
        None if grade.condition is None else binder.bound(grade.condition) for grade in rules.grades
    ]
    reached = [_reached(grade, total) for grade in rules.grades]
    meets = [
        one if condition is None else b.both(one, condition)
        for one, condition in zip(reached, conditions, strict=True)
    ]
    held = _limited(places[0], limits)
    bound: list[BoundGrade] = []
    taken: list[n.Node] = []
    for place, grade in enumerate(rules.grades):
        candidate = b.both(
            meets[place], b.compare("<=", held, places[place]), *(b.negation(one) for one in taken)
        )
        quota = None if grade.quota is None else _quota(grade.quota, candidate, total, rules, binder)
        taken.append(candidate if quota is None else b.both(candidate, quota.within_line))
        bound.append(
            BoundGrade(
                spec=grade,
                reached=reached[place],
                condition=conditions[place],
                scores=() if grade.condition is None else scores_read(grade.condition, binder),
                quota=quota,
            )
        )
    return Grading(
        earned=_first(meets, places, total), grade=_first(taken, places, total), grades=tuple(bound)
    )


def scores_in(root: n.Node) -> tuple[n.Score, ...]:
    """The scores that a condition reads."""
    return tuple(dict.fromkeys(node for node, _ in order((root,)) if isinstance(node, n.Score)))


def scores_read(condition: n.Node, binder: Binder) -> tuple[tuple[str, n.Node], ...]:
    """The scores that a condition reads, by path, as graphs."""
    return tuple((score.path, binder.bound(score)) for score in scores_in(condition))


def _by_thresholds(grades: tuple[Grade, ...], places: list[n.Const], total: n.Node) -> n.Node:
    ranges, results = [], []
    otherwise: n.Node | None = None
    for place, grade in zip(places, grades, strict=True):
        if grade.bound is None:
            otherwise = place
            continue
        label = Text.same(f"{grade.op} {exact_text(grade.bound)}")
        bound = b.const(grade.bound, total.type, grade.span)
        ranges.append(n.Range(low=bound, low_closed=grade.op != ">", label=label, span=grade.span))
        results.append(place)
    if ranges:
        return b.step(total, ranges, results, otherwise)
    if otherwise is None:
        raise InternalError("the grades have neither a threshold nor an `otherwise`")
    return _where_scored(otherwise, total)


def _where_scored(grade: n.Node, total: n.Node) -> n.Node:
    """The grade, and none for a region without a total."""
    return b.select(b.compare("=", total, total), grade, grade)


def _reached(grade: Grade, total: n.Node) -> n.Node:
    """Whether the total reaches the threshold of a grade."""
    if grade.bound is None:
        return b.compare("=", total, total)
    return b.compare(grade.op or ">=", total, b.const(grade.bound, total.type, grade.span))


def _first(holds: list[n.Node], places: list[n.Const], total: n.Node) -> n.Node:
    """The first grade of which something holds; the last one where nothing does."""
    grade: n.Node = places[-1]
    for place, one in reversed(list(zip(places[:-1], holds, strict=False))):
        grade = b.select(one, place, grade)
    return _where_scored(grade, total)


def _limited(earned: n.Node, limits: tuple[BoundLimit, ...]) -> n.Node:
    """The grade held down by every limit whose condition holds."""
    grade = earned
    for limit in limits:
        place = earned.type.levels.index(limit.spec.at_most)
        worst = b.const(place, earned.type, limit.spec.span)
        grade = b.select(limit.condition, b.maximum(grade, worst), grade)
    return grade


def _quota(quota: Quota, candidate: n.Node, total: n.Node, rules: CheckedRules, binder: Binder) -> BoundQuota:
    """The line of a quota, and whether a candidate is within it."""
    field = b.aggregate("count", total, quota.within)
    size: n.Node = b.const(quota.size, span=quota.span)
    places = size
    if quota.mode is not None:
        places = b.round_to(b.multiply(size, field), 0, quota.mode)
    keys = [(total, True)]
    if quota.ordered and rules.ranking is not None:
        keys = [(binder.bound(key), True) for key in rules.ranking.keys]
    place = b.rank(keys, quota.within, ties="min" if quota.ties == "in" else "max", where=candidate)
    return BoundQuota(
        candidate=candidate,
        field=field,
        places=places,
        place=place,
        within_line=b.compare("<=", b.cast(place, Kind.NUMBER), places),
    )
