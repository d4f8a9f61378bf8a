"""The grades as graphs: thresholds and conditions, the limits, and the quotas, from the best grade down.

What a region earns is decided by thresholds and conditions alone. The grade it gets is the best that it earns, that no limit keeps
from it, and whose quota has room: who is held down by a limit takes nobody's place, and who is beyond the line of one quota
stands for the next grade. Vetoes come with the limits. Those that lower the grade count from what is earned, and add up; then
come the ends that vetoes and limits set.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from assessment.compiler.program import BoundGrade, BoundLimit, BoundVeto
from assessment.compiler.quotas import deciding, eligible, quota_line
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind, Type
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.errors import InternalError
from assessment.number import exact_text
from assessment.semantics.model import CheckedRules, Grade

Bound = Callable[[n.Node], n.Node]

__all__ = ["Grading", "graded", "scores_in", "scores_read"]


@frozen(kw_only=True)
class Grading:
    """The grade by thresholds and conditions alone, and the one after limits and quotas, as places among the grades from 0."""

    earned: n.Node
    grade: n.Node
    grades: tuple[BoundGrade, ...]


def graded(
    rules: CheckedRules,
    total: n.Node,
    limits: tuple[BoundLimit, ...],
    bound: Bound,
    *,
    vetoes: tuple[BoundVeto, ...] = (),
    ranked: n.Node | None = None,
) -> Grading | None:
    """The grading of a rule set; None where there are no grades.

    `bound` puts graphs in the place of the scores that conditions and keys read. `ranked` is who stands in the ranking, where not all do.
    """
    if not rules.grades:
        return None
    level = Type(kind=Kind.LEVEL, levels=tuple(grade.name for grade in rules.grades))
    places = [b.const(place, level, grade.span) for place, grade in enumerate(rules.grades)]
    if all(grade.condition is None and grade.quota is None for grade in rules.grades):
        earned = _by_thresholds(rules.grades, places, total)
        plain = tuple(BoundGrade(spec=grade) for grade in rules.grades)
        lowered = _limited(_lowered(earned, vetoes, places), limits, vetoes)
        return Grading(earned=earned, grade=lowered, grades=plain)
    conditions = [None if grade.condition is None else bound(grade.condition) for grade in rules.grades]
    reached = [_reached(grade, total) for grade in rules.grades]
    meets = [
        one if condition is None else b.both(one, condition)
        for one, condition in zip(reached, conditions, strict=True)
    ]
    earned = _first(meets, places, total)
    lowered = _lowered(earned, vetoes, places)
    held = _limited(places[0] if lowered is earned else lowered, limits, vetoes)
    found: list[BoundGrade] = []
    taken: list[n.Node] = []
    for place, grade in enumerate(rules.grades):
        candidate = b.both(
            meets[place], b.compare("<=", held, places[place]), *(b.negation(one) for one in taken)
        )
        quota = None
        if grade.quota is not None:
            among = eligible(grade.quota, ranked)
            candidate = candidate if among is None else b.both(candidate, among)
            keys = deciding(grade.quota, rules.ranking, total)
            bound_keys = [(bound(key), highest) for key, highest in keys]
            quota = quota_line(grade.quota, candidate, bound_keys, total, among)
        taken.append(candidate if quota is None else b.both(candidate, quota.within_line))
        found.append(
            BoundGrade(
                spec=grade,
                reached=reached[place],
                condition=conditions[place],
                scores=() if grade.condition is None else scores_read(grade.condition, bound),
                quota=quota,
            )
        )
    return Grading(earned=earned, grade=_first(taken, places, total), grades=tuple(found))


def scores_in(root: n.Node) -> tuple[n.Score, ...]:
    """The scores that a condition reads."""
    return tuple(dict.fromkeys(node for node, _ in order((root,)) if isinstance(node, n.Score)))


def scores_read(condition: n.Node, bound: Bound) -> tuple[tuple[str, n.Node], ...]:
    """The scores that a condition reads, those of earlier years as such, by path, as graphs."""
    nodes = dict.fromkeys(node for node, _ in order((condition,)))
    read = [(node, node.value if isinstance(node, n.Shift) else node) for node in nodes]
    return tuple((score.path, bound(node)) for node, score in read if isinstance(score, n.Score))


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


def _limited(earned: n.Node, limits: tuple[BoundLimit, ...], vetoes: tuple[BoundVeto, ...] = ()) -> n.Node:
    """The grade held down by every limit, and every veto, whose condition holds."""
    grade = earned
    ends = [(limit.condition, limit.spec.at_most, limit.spec.span) for limit in limits]
    ends += [
        (veto.condition, effect.grade, veto.spec.span)
        for veto in vetoes
        for effect in veto.spec.effects
        if effect.grade is not None
    ]
    for condition, at_most, span in ends:
        worst = b.const(earned.type.levels.index(at_most), earned.type, span)
        grade = b.select(condition, b.maximum(grade, worst), grade)
    return grade


def _lowered(earned: n.Node, vetoes: tuple[BoundVeto, ...], places: list[n.Const]) -> n.Node:
    """The grade that is earned, lowered by each veto that lowers it, at most to the last; itself where none does."""
    grade = earned
    for veto in vetoes:
        for by in (effect.down for effect in veto.spec.effects if effect.down):
            lower: n.Node = places[-1]
            for place in range(len(places) - 2, -1, -1):
                below = places[min(place + by, len(places) - 1)]
                lower = b.select(b.compare("=", grade, places[place]), below, lower)
            grade = b.select(veto.condition, lower, grade)
    return grade
