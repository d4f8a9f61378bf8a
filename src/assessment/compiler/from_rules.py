"""Checked rules → program: the score tree, then the key total, ranks, limits and grades that read it."""

from __future__ import annotations

from assessment.compiler.bind import bind
from assessment.compiler.program import BoundLimit, Program, Scored
from assessment.compiler.scores import rate_of, rounded, scored_tree, sum_of_kept
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind, Type
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.errors import InternalError
from assessment.number import exact_text
from assessment.semantics.model import CheckedRules

KeyTotal = tuple[n.Node, n.Node]


def compile_rules(rules: CheckedRules) -> Program:
    """The program of checked rules."""
    root = scored_tree(rules)
    key_total = _key_total(root, rules)
    readings = _Readings(rules, root, key_total)
    ranks: dict[n.Extent, n.Node] = {}
    if rules.ranking is not None:
        keys = [(readings.bound(key), True) for key in rules.ranking.keys]
        keys = keys or [(readings.total, True)]
        ranks = {over: b.rank(keys, over, ties=rules.ranking.ties) for over in ("group", "all")}
    limits = tuple(
        BoundLimit(
            spec=limit, condition=readings.bound(limit.condition), scores=readings.read_by(limit.condition)
        )
        for limit in rules.limits
    )
    earned = _earned_grade(rules, readings.total)
    return Program(
        rules=rules,
        root=root,
        key_total=key_total,
        rank_in_group=ranks.get("group"),
        rank_in_all=ranks.get("all"),
        earned_grade=earned,
        grade=None if earned is None else _limited(earned, limits),
        limits=limits,
        extra=tuple(measure.node for measure in rules.measures),
    )


class _Readings:
    """The scores that ranks, grades and limits look at: full or rounded, by the file's `compare`."""

    def __init__(self, rules: CheckedRules, root: Scored, key_total: KeyTotal | None) -> None:
        self.rules, self.root, self.key_total = rules, root, key_total
        self._by_path = {one.spec.path: one for one in root.walk()}
        self._known: dict[tuple[str, str], n.Node] = {}

    def bound(self, root: n.Node) -> n.Node:
        """A condition or a key with the graphs of the scores that it reads."""
        return bind(root, self._graph_of)

    def read_by(self, condition: n.Node) -> tuple[tuple[str, n.Node], ...]:
        """The scores that a condition reads, by path, each with the graph that stands for it."""
        scores = (node for node, _ in order((condition,)) if isinstance(node, n.Score))
        return tuple((score.path, self._graph_of(score)) for score in scores)

    @property
    def total(self) -> n.Node:
        """The score of the whole."""
        return self._read(self.root.full, self.root.published)

    def _read(self, full: n.Node, published: n.Node) -> n.Node:
        return published if self.rules.compare == "rounded" else full

    def _graph_of(self, score: n.Score) -> n.Node:
        key = (score.path, score.reading)
        if key not in self._known:
            self._known[key] = self._found(score)
        return self._known[key]

    def _found(self, score: n.Score) -> n.Node:
        if score.path == "key total":
            if self.key_total is None:
                raise InternalError("a key total is read although no indicator is marked ※")
            return self._read(*self.key_total)
        one = self._by_path[score.path]
        found = self._read(one.full, one.published)
        if score.reading == "rate":
            return rate_of(found, one.spec, one.possible, self.rules.scale)
        return b.cast(found, score.type.kind)


def _key_total(root: Scored, rules: CheckedRules) -> KeyTotal | None:
    """The subtotal of the indicators marked ※, full and as published; it is rounded like the total."""
    marked = [one for one in root.walk() if one.spec.key]
    if not marked or rules.scale.points is None:
        return None
    full = sum_of_kept([(one.carried, one.left_out) for one in marked])
    return full, rounded(full, rules.rounding.get("total"))


def _earned_grade(rules: CheckedRules, total: n.Node) -> n.Node | None:
    """The grade by thresholds, as a place among the grades from 0, the best; None where there are none."""
    if not rules.grades:
        return None
    level = Type(kind=Kind.LEVEL, levels=tuple(grade.name for grade in rules.grades))
    ranges, results = [], []
    otherwise: n.Node | None = None
    for place, grade in enumerate(rules.grades):
        earned = b.const(place, level, grade.span)
        if grade.bound is None:
            otherwise = earned
            continue
        label = Text.same(f"{grade.op} {exact_text(grade.bound)}")
        bound = b.const(grade.bound, total.type, grade.span)
        ranges.append(n.Range(low=bound, low_closed=grade.op != ">", label=label, span=grade.span))
        results.append(earned)
    if ranges:
        return b.step(total, ranges, results, otherwise)
    if otherwise is None:
        raise InternalError("the grades have neither a threshold nor an `otherwise`")
    # One grade for all, but none for a region without a total.
    return b.select(b.compare("=", total, total), otherwise, otherwise)


def _limited(earned: n.Node, limits: tuple[BoundLimit, ...]) -> n.Node:
    """The grade held down by every limit whose condition holds."""
    grade = earned
    for limit in limits:
        place = earned.type.levels.index(limit.spec.at_most)
        worst = b.const(place, earned.type, limit.spec.span)
        grade = b.select(limit.condition, b.maximum(grade, worst), grade)
    return grade
