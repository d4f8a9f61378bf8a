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
from assessment.compiler.readings import KeyTotal, Readings, compared, reads_earlier_scores, reads_scores
from assessment.compiler.scores import rounded, scored_tree, sum_of_kept
from assessment.compiler.vetoes import unranked_by, zeroed_by
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
    conditions = [limit.condition for limit in rules.limits]
    conditions += [veto.condition for veto in rules.vetoes]
    conditions += [grade.condition for grade in rules.grades if grade.condition is not None]
    conditions += [mark.condition for mark in rules.marks if mark.condition is not None]
    quotas = [grade.quota for grade in rules.grades if grade.quota is not None]
    quotas += [mark.quota for mark in rules.marks if mark.quota is not None]
    conditions += [key for quota in quotas for key, _ in quota.by]
    rankings = (rules.ranking, *(result.ranking for result in rules.results))
    keys = [key for ranking in rankings if ranking is not None for key in ranking.keys]
    # The published rank reads scores itself, by its keys.
    ranked = any(score.reading == "rank" for condition in conditions for score in scores_in(condition))
    nested = ranked or bool(computed) or bool(rules.marks) or reads_scores(formulas)
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
    binder = Binder(readings.graph_of, nested=nested)
    if nested:
        root, key_total = _bound_in(root, binder), _bound_in(key_total, binder)
    vetoes = _bound_vetoes(rules, binder)
    zeroed, unranked = zeroed_by(vetoes), unranked_by(vetoes)
    unvetoed = None
    if zeroed:
        # The scores once more, with the vetoes in them; places that are read stay those before.
        unvetoed, before = root.published, binder
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
        after.marks = readings.marks = _marked(rules, vetoes)
        binder = Binder(
            lambda score: before.bound(score) if score.reading == "rank" else after.graph_of(score),
            nested=nested,
        )
        if nested:
            root, key_total = _bound_in(root, binder), _bound_in(key_total, binder)
    standing = _standing(unranked)
    if standing is not None:
        ranks = _ranks(rules.ranking, where=standing)
        computed = [_ranked_among(one, standing) for one in computed]
    limits = tuple(
        BoundLimit(
            spec=limit,
            condition=binder.bound(limit.condition),
            scores=scores_read(limit.condition, binder),
        )
        for limit in rules.limits
    )
    marks = tuple(bound_mark(one, binder) for one in readings.marks.values())
    total = compared(root, rules.compare, before=rules.compare_before)
    grading = graded(rules, total, limits, binder, vetoes=vetoes, ranked=standing)
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


def _standing(unranked: n.Node | None) -> n.Node | None:
    """Who stands in the ranking, where not all do."""
    return None if unranked is None else b.negation(unranked)


def bound_to(program: Program, roots: Sequence[n.Node]) -> tuple[n.Node, ...]:
    """Graphs that read scores of a program, with its graphs in the place of the scores."""
    rules = program.rules
    readings = Readings(rules, earlier=reads_earlier_scores(roots))
    own = None if rules.ranking is None else _place(program, rules.ranking)
    readings.add(program.root, program.key_total, own, rules.compare)
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
    """Whether a formula, a condition of an exemption or a measure reads a score, or there are marks; elsewhere nothing can need itself."""
    return bool(rules.marks) or any_of(_formulas(rules), n.Score)


def _marked(rules: CheckedRules, vetoes: Sequence[Veto | BoundVeto]) -> dict[str, BoundMark]:
    """The marks, from which vetoes may bar, with the conditions of these."""
    by_name = {(veto.spec if isinstance(veto, BoundVeto) else veto).name: veto.condition for veto in vetoes}
    return marked(rules, by_name, ranked=_standing(unranked_by(vetoes)))


def _bound_vetoes(rules: CheckedRules, binder: Binder) -> tuple[BoundVeto, ...]:
    """The vetoes on the scores as they are before any of them."""
    return tuple(
        BoundVeto(
            spec=veto, condition=binder.bound(veto.condition), scores=scores_read(veto.condition, binder)
        )
        for veto in rules.vetoes
    )


def _tree(rules: CheckedRules, vetoed: Mapping[str, tuple[BoundVeto, ...]] | None = None) -> Scored:
    """The score tree as graphs, with estimates left out of the statistics that shall not count them."""
    root = scored_tree(rules, vetoed or {})
    whole = order(tuple(one.full for one in root.walk()))
    if any(isinstance(node, n.Frame) and node.name == ESTIMATE_OUTSIDE for node, _ in whole):
        root = _bound_in(root, Unestimated())
    return root


def _ranks(
    ranking: Ranking | None, lowest: str | None = None, where: n.Node | None = None
) -> dict[n.Extent, n.Node]:
    """The places in the group and in all; none where nobody is ranked. The score with the path `lowest` counts downwards.

    Where a condition says who is ranked, the others have no place and leave no gap.
    """
    if ranking is None:
        return {}
    keys = [(key, not (isinstance(key, n.Score) and key.path == lowest)) for key in ranking.keys]
    return {over: b.rank(keys, over, ties=ranking.ties, where=where) for over in _EXTENTS}


_EXTENTS: tuple[n.Extent, ...] = ("group", "all")


def _computed(result: DeclaredResult, rules: CheckedRules) -> ComputedResult:
    """A further result as graphs that may read scores."""
    ranks = _ranks(result.ranking, result.path if result.lowest_first else None)
    return ComputedResult(
        spec=result,
        root=_made(result) if result.tree is None else _taken_again(result, result.tree, rules),
        rank_in_group=ranks.get("group"),
        rank_in_all=ranks.get("all"),
    )


def _ranked_among(one: ComputedResult, ranked: n.Node) -> ComputedResult:
    """A further result with places only for those who are ranked."""
    result = one.spec
    ranks = _ranks(result.ranking, result.path if result.lowest_first else None, ranked)
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
