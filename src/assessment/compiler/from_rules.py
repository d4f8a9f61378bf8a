"""Checked rules → program: the score tree, then the key total, ranks, limits and grades that read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

import attrs

from assessment.compiler.bind import Binder
from assessment.compiler.estimates import Unestimated, estimated_scores
from assessment.compiler.grades import graded, scores_in, scores_read
from assessment.compiler.marks import bound_mark, marked
from assessment.compiler.program import BoundLimit, BoundMark, BoundVeto, ComputedResult, Program, Scored
from assessment.compiler.readings import (
    KeyTotal,
    Readings,
    compared,
    from_bottom,
    reads_earlier_scores,
    reads_scores,
)
from assessment.compiler.scores import rounded, scored_tree, sum_of_kept
from assessment.compiler.vetoes import standing, zeroed_by
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.core.walk import any_of, order
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.errors import InternalError
from assessment.semantics.model import (
    ESTIMATE_OUTSIDE,
    CheckedRules,
    DeclaredResult,
    Ranking,
    ScoreNode,
    Veto,
)

T = TypeVar("T")


def compile_rules(rules: CheckedRules) -> Program:
    """The program of checked rules.

    Errors: `Cycle` where a score needs itself, which no check before this one can see.
    """
    root = _tree(rules)
    key_total = _key_total(root, rules)
    ranks = _ranks(rules.ranking)
    computed = [_computed(result, rules) for result in rules.results]
    formulas = _formulas(rules)
    conditions = _conditions(rules)
    rankings = (rules.ranking, *(result.ranking for result in rules.results))
    keys = [key for ranking in rankings if ranking is not None for key, _ in ranking.keys]
    # The published rank, the grade and the marks read scores themselves, by keys and by conditions.
    nested = (
        bool(computed) or bool(rules.marks) or reads_scores(formulas) or any(map(_reads_place, conditions))
    )
    readings = Readings(rules, earlier=reads_earlier_scores((*formulas, *conditions, *keys)))
    readings.add(
        root,
        key_total,
        None if rules.ranking is None else ranks[rules.ranking.within],
        rules.compare,
    )
    for one in computed:
        ranking = one.spec.ranking
        own = None if ranking is None else one.rank_in_group if ranking.within == "group" else one.rank_in_all
        compare = rules.compare if ranking is None else one.spec.compare
        readings.add(one.root, _key_total(one.root, rules), own, compare)
    readings.marks = _marked(rules, rules.vetoes)
    reads_grade = any(one.path == n.GRADE for graph in (*formulas, *conditions) for one in scores_in(graph))
    if reads_grade:
        readings.grade = _unbound_grade(rules, root, rules.vetoes)
    binder = before = Binder(readings.graph_of, nested=nested)
    if nested:
        root, key_total = _bound_in(root, binder), _bound_in(key_total, binder)
    vetoes = early = _bound_vetoes(rules.vetoes, binder)
    late: dict[str, Veto] = {}
    given = readings.marks
    zeroed = zeroed_by(vetoes)
    unvetoed = None
    if zeroed:
        # The scores once more, with the vetoes in them; places that are read stay those before.
        unvetoed = root.published
        if readings.grade is not None:
            late = _on_the_grade(vetoes, binder.bound(readings.grade))
        root = _tree(rules, zeroed)
        key_total = _key_total(root, rules)
        after = Readings(rules, earlier=reads_earlier_scores((*formulas, *conditions, *keys)))
        after.add(root, key_total, None, rules.compare)
        for one in computed:
            after.add(
                one.root,
                _key_total(one.root, rules),
                None,
                rules.compare if one.spec.ranking is None else one.spec.compare,
            )
        vetoes = tuple(_waiting(veto) if _path(veto.spec) in late else veto for veto in vetoes)
        early = tuple(veto for veto in vetoes if _path(veto.spec) not in late)
        if reads_grade:
            after.grade = _unbound_grade(rules, root, early)
        after.marks = given = _marked(rules, vetoes)
        binder = Binder(
            lambda score: (
                last.bound(late[score.path].condition)
                if score.path in late
                else before.bound(score)
                if score.reading in ("rank", "bottom")
                else after.graph_of(score)
            ),
            nested=nested,
        )
        # A veto on the grade reads that and marks as they come out, and everything else as it is before any veto.
        last = Binder(
            lambda score: (binder if score.path == n.GRADE or score.reading == "mark" else before).bound(
                score
            ),
            nested=nested,
        )
        if nested:
            root, key_total = _bound_in(root, binder), _bound_in(key_total, binder)
        vetoes = tuple(
            attrs.evolve(
                veto,
                condition=binder.bound(veto.condition),
                scores=scores_read(veto.spec.condition, last.bound),
            )
            if _path(veto.spec) in late
            else veto
            for veto in vetoes
        )
    among = standing(vetoes)
    if among is not None:
        ranks = _ranks(rules.ranking, where=among)
        computed = [_ranked_among(one, among) for one in computed]
    limits = tuple(
        BoundLimit(
            spec=limit,
            condition=binder.bound(limit.condition),
            scores=scores_read(limit.condition, binder.bound),
        )
        for limit in rules.limits
    )
    marks = tuple(bound_mark(one, binder) for one in given.values())
    total = compared(root, rules.compare, before=rules.compare_before)
    grading = graded(rules, total, limits, binder.bound, vetoes=early, ranked=standing(early))
    further = tuple(_named(_bound_in(one, binder)) for one in computed)
    estimated = estimated_scores(root)
    for one in further:
        estimated |= estimated_scores(one.root)
    return Program(
        rules=rules,
        root=root,
        key_total=key_total,
        rank_in_group=binder.bound(ranks["group"]) if ranks else None,
        rank_in_all=binder.bound(ranks["all"]) if ranks else None,
        from_bottom={
            over: binder.bound(from_bottom(rank))
            for over, rank in ranks.items()
            if rules.ranking is not None and rules.ranking.both_ends
        },
        earned_grade=None if grading is None else grading.earned,
        grade=None if grading is None else grading.grade,
        grades=() if grading is None else grading.grades,
        graded_on=None if grading is None else total,
        limits=limits,
        vetoes=vetoes,
        unvetoed=unvetoed,
        marks=marks,
        results=further,
        estimated=estimated,
        extra=tuple(binder.bound(measure.node) for measure in rules.measures),
    )


def bound_to(program: Program, roots: Sequence[n.Node]) -> tuple[n.Node, ...]:
    """Graphs that read scores of a program, with its graphs in the place of the scores."""
    rules = program.rules
    readings = Readings(rules, earlier=reads_earlier_scores(roots))
    own = None if rules.ranking is None else _place(program, rules.ranking)
    readings.add(program.root, program.key_total, own, rules.compare)
    readings.grade = program.grade
    for one in program.results:
        ranking = one.spec.ranking
        rank = None if ranking is None else _place(one, ranking)
        compare = rules.compare if ranking is None else one.spec.compare
        readings.add(one.root, _key_total(one.root, rules), rank, compare)
    readings.marks = {f"mark {mark.spec.name}": mark for mark in program.marks}
    binder = Binder(readings.graph_of, nested=False)
    return tuple(binder.bound(root) for root in roots)


def _place(ranked: Program | ComputedResult, ranking: Ranking) -> n.Node | None:
    return ranked.rank_in_group if ranking.within == "group" else ranked.rank_in_all


def may_need_itself(rules: CheckedRules) -> bool:
    """Whether anything could need itself: a formula reads a score, a condition the grade, or there are marks."""
    return (
        bool(rules.marks)
        or any_of(_formulas(rules), n.Score)
        or any(score.path == n.GRADE for condition in _conditions(rules) for score in scores_in(condition))
    )


def _marked(rules: CheckedRules, vetoes: Sequence[Veto | BoundVeto]) -> dict[str, BoundMark]:
    """The marks, from which vetoes may bar, with the conditions of these."""
    by_name = {(veto.spec if isinstance(veto, BoundVeto) else veto).name: veto.condition for veto in vetoes}
    return marked(rules, by_name, ranked=standing(vetoes))


def _path(veto: Veto) -> str:
    return f"veto {veto.name}"


def _on_the_grade(vetoes: tuple[BoundVeto, ...], grade: n.Node) -> dict[str, Veto]:
    """The vetoes, by a path for each, that need the grade before any veto; none of them changes it, or they would be cycles."""
    return {
        _path(veto.spec): veto.spec
        for veto in vetoes
        if any(node is grade for node, _ in order((veto.condition,)))
    }


def _waiting(veto: BoundVeto) -> BoundVeto:
    """A veto whose condition is bound once the grade is there, and is read under a path until then."""
    read = n.Score(path=_path(veto.spec), reading="mark", type=t.YESNO.at(t.Entity.REGION))
    return attrs.evolve(veto, condition=read)


def _conditions(rules: CheckedRules) -> list[n.Node]:
    """The conditions of limits, vetoes, grades and marks, and what decides quotas: they read scores that are there already."""
    found = [limit.condition for limit in rules.limits]
    found += [veto.condition for veto in rules.vetoes]
    found += [grade.condition for grade in rules.grades if grade.condition is not None]
    found += [mark.condition for mark in rules.marks if mark.condition is not None]
    quotas = [grade.quota for grade in rules.grades if grade.quota is not None]
    quotas += [mark.quota for mark in rules.marks if mark.quota is not None]
    return found + [key for quota in quotas for key, _ in quota.by]


def _reads_place(condition: n.Node) -> bool:
    """Whether a condition reads a place or the grade, whose graphs read scores in their turn."""
    return any(one.reading in ("rank", "bottom") or one.path == n.GRADE for one in scores_in(condition))


def _unbound_grade(rules: CheckedRules, root: Scored, vetoes: Sequence[Veto | BoundVeto]) -> n.Node | None:
    """The grade as a graph that may read scores, itself included, which is found when it is bound.

    Of vetoes that are not bound it looks at all conditions that the grade hangs on, those that set scores to zero included.
    """
    total = compared(root, rules.compare, before=rules.compare_before)
    for veto in vetoes:
        if isinstance(veto, Veto) and any(effect.path is not None for effect in veto.effects):
            total = b.select(veto.condition, total, total)
    bound = tuple(
        veto if isinstance(veto, BoundVeto) else BoundVeto(spec=veto, condition=veto.condition)
        for veto in vetoes
    )
    limits = tuple(BoundLimit(spec=limit, condition=limit.condition) for limit in rules.limits)
    grading = graded(rules, total, limits, lambda node: node, vetoes=bound, ranked=standing(bound))
    return None if grading is None else grading.grade


def _bound_vetoes(vetoes: Sequence[Veto], binder: Binder) -> tuple[BoundVeto, ...]:
    return tuple(
        BoundVeto(
            spec=veto,
            condition=binder.bound(veto.condition),
            scores=scores_read(veto.condition, binder.bound),
        )
        for veto in vetoes
    )


def _tree(rules: CheckedRules, vetoed: Mapping[str, tuple[BoundVeto, ...]] | None = None) -> Scored:
    """The score tree as graphs, with estimates left out of the statistics that shall not count them."""
    root = scored_tree(rules, vetoed or {})
    whole = order(tuple(one.full for one in root.walk()))
    if any(isinstance(node, n.Frame) and node.name == ESTIMATE_OUTSIDE for node, _ in whole):
        root = _bound_in(root, Unestimated())
    return root


def _ranks(ranking: Ranking | None, where: n.Node | None = None) -> dict[n.Extent, n.Node]:
    """The places in the group and in all; none where nobody is ranked.

    Where a condition says who is ranked, the others have no place and leave no gap.
    """
    if ranking is None:
        return {}
    return {over: b.rank(ranking.keys, over, ties=ranking.ties, where=where) for over in _EXTENTS}


_EXTENTS: tuple[n.Extent, ...] = ("group", "all")


def _computed(result: DeclaredResult, rules: CheckedRules) -> ComputedResult:
    """A further result as graphs that may read scores."""
    ranks = _ranks(result.ranking)
    return ComputedResult(
        spec=result,
        root=_made(result) if result.tree is None else _taken_again(result, result.tree, rules),
        rank_in_group=ranks.get("group"),
        rank_in_all=ranks.get("all"),
    )


def _ranked_among(one: ComputedResult, ranked: n.Node) -> ComputedResult:
    """A further result with places only for those who are ranked."""
    ranks = _ranks(one.spec.ranking, ranked)
    return attrs.evolve(one, rank_in_group=ranks.get("group"), rank_in_all=ranks.get("all"))


def _taken_again(result: DeclaredResult, tree: ScoreNode, rules: CheckedRules) -> Scored:
    """The tree of the file with other data, and its total rounded as the result states."""
    rounding = dict(rules.rounding)
    rounding.pop("total", None)
    if result.rounding is not None:
        rounding["total"] = result.rounding
    called = attrs.evolve(tree, name=result.name, title=result.title, span=result.span)
    return _tree(attrs.evolve(rules, tree=called, rounding=rounding))


def _made(result: DeclaredResult) -> Scored:
    """A result that is made from scores: one node, which has a value and no points."""
    if result.node is None:
        raise InternalError(f"the result `{result.name}` is made of nothing")
    spec = ScoreNode(
        path=result.path,
        level="result",
        name=result.name,
        title=result.title,
        formula=result.node,
        text=result.text,
        span=result.span,
    )
    nothing = b.absent(Absence.NOT_APPLICABLE, t.RATE)
    published = rounded(result.node, result.rounding)
    if isinstance(published, n.Round) and result.type.kind in (t.Kind.SHARE, t.Kind.GROWTH, t.Kind.PP):
        published = attrs.evolve(published, scale=100)
    return Scored(
        spec=spec,
        raw=result.node,
        value=nothing,
        possible=nothing,
        joined=None,
        full=result.node,
        rescaled=result.node,
        published=published,
        plain=(result.node, result.node, published),
        carried=published,
        term=published,
        left_out=None,
        share=nothing,
    )


def _named(one: ComputedResult) -> ComputedResult:
    """A tree that is taken again under the name of its result."""
    spec = attrs.evolve(one.root.spec, level="result")
    return attrs.evolve(one, root=attrs.evolve(one.root, spec=spec))


def _formulas(rules: CheckedRules) -> tuple[n.Node, ...]:
    """Everything below the score tree that may read scores: formulas, conditions of exemptions, measures."""
    found = [measure.node for measure in rules.measures]
    found += [result.node for result in rules.results if result.node is not None]
    trees = [rules.tree, *(result.tree for result in rules.results if result.tree is not None)]
    for node in (node for tree in trees for node in tree.walk()):
        if node.formula is not None:
            found.append(node.formula)
        found.extend(one.condition for one in node.exemptions if one.condition is not None)
    return tuple(found)


def _bound_in(thing: T, binder: Binder) -> T:
    """A tree of scores, or anything in it, with every graph in it bound; what the rule file said of children stays."""
    found: Any = thing
    match found:
        case n.Base():
            found = binder.bound(cast("n.Node", found))
        case tuple():
            found = tuple(_bound_in(one, binder) for one in found)
        case Span() | Text():
            pass
        case _ if attrs.has(type(found)):
            names = (one.name for one in attrs.fields(type(found)))
            kept = {"children", "adjustments"} if isinstance(found, ScoreNode) else set()
            if isinstance(found, ComputedResult):
                kept = {"spec"}
            old = {name: getattr(found, name) for name in names if name not in kept}
            new = {name: _bound_in(value, binder) for name, value in old.items()}
            changed = {name: value for name, value in new.items() if value is not old[name]}
            found = attrs.evolve(found, **changed) if changed else found
    return cast("T", found)


def _key_total(root: Scored, rules: CheckedRules) -> KeyTotal | None:
    """The subtotal of the indicators marked ※, full and as published; it is rounded like the total."""
    marked = [one for one in root.walk() if one.spec.key]
    if not marked or rules.scale.points is None:
        return None
    full = sum_of_kept([(one.carried, one.left_out) for one in marked])
    return full, rounded(full, rules.rounding.get("total"))
