"""The program: which core node is the score, the points possible, the rounded score, the rank, the grade."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from assessment.compiler.coverage import Covered
from assessment.core import nodes as n
from assessment.core.walk import Demand, order
from assessment.semantics.model import (
    CheckedRules,
    DeclaredResult,
    Exemption,
    Grade,
    Limit,
    Mark,
    ScoreNode,
    Veto,
)


@frozen(kw_only=True)
class Gate:
    """An exemption as it is asked of a region; `holds` is the condition, taken as no where it is absent."""

    exemption: Exemption
    condition: n.Node
    holds: n.Node


StageKind = Literal[
    "policy",
    "coverage",
    "points",
    "ceiling",
    "floor",
    "scale",
    "rescaling",
    "bonuses",
    "deductions",
    "adjustment",
    "veto",
]


@frozen(kw_only=True)
class Stage:
    """One thing that happens to a score between what its children (or its formula) make of it and the full score.

    `other` is what the score is changed with: the points possible, the end that it is held to, the rate of the best, the condition of a `veto`.
    `bonuses` and `deductions` hold what all of a kind make together; what they come to is added by `adjustment`.
    """

    kind: StageKind
    before: n.Node
    after: n.Node
    other: n.Node | None = None
    veto: Veto | None = None


@frozen(kw_only=True)
class Scored:
    """The graph of one node of the score tree.

    `raw` is a leaf's formula as a rate before any policy, None for a node with children. `value` is the rate: after
    exemptions, policies and the ceiling for a leaf, what the children came to for the rest; absent where nothing can be
    scored. `possible` is what the node can earn for a region once points of left-out siblings were passed on. `joined`
    is what the children make before anything else, None for a leaf; `stages` lead from there to `rescaled`. `full` is the
    score, `published` the score as rescaled and rounded at this level (the same node where neither is), `carried` what the
    parent reads, and `term` the same in the form in which the parent joins it: a rate under a geometric or harmonic mean of
    points. `left_out` is whether the node's points are passed on to its siblings or to everybody, None where they never
    are. `share` is what the node has before what is left out over all is passed on, and `held`, at the root of points
    where that may happen, those that are still scored. `coverage` is how much of the node rests on own data, where the
    file asks. `gates` are the exemptions of a leaf and of all above it.
    """

    spec: ScoreNode
    raw: n.Node | None
    value: n.Node
    possible: n.Node
    joined: n.Node | None
    full: n.Node
    published: n.Node
    carried: n.Node
    term: n.Node
    left_out: n.Node | None
    share: n.Node
    rescaled: n.Node
    """The score after rescaling to the best, where there is any; otherwise `full`."""
    plain: tuple[n.Node, n.Node, n.Node]
    """`full`, `rescaled` and `published` without the node's own bonuses and deductions."""
    settled: n.Node | None = None
    """The rate of a leaf after exemptions and policies, before anything is added to it; None with children."""
    stages: tuple[Stage, ...] = ()
    ends: tuple[Stage, ...] = ()
    """The floor and the ceiling that a leaf's formula is held to, where it might go beyond them; in rates."""
    held: n.Node | None = None
    coverage: Covered | None = None
    gates: tuple[Gate, ...] = ()
    children: tuple[Scored, ...] = ()
    adjustments: tuple[Scored, ...] = ()
    """The bonuses, with what they add, and the deductions, with what they take off as a score below zero."""

    def walk(self) -> tuple[Scored, ...]:
        """The node and all below it, parents first; bonuses and deductions behind the children."""
        return (self, *(below for child in self.children for below in child.walk()), *self.adjustments)


@frozen(kw_only=True)
class BoundLimit:
    """A limit with its condition, in which scores stand for themselves; `scores` are those it reads, by path."""

    spec: Limit
    condition: n.Node
    scores: tuple[tuple[str, n.Node], ...] = ()


@frozen(kw_only=True)
class BoundVeto:
    """A veto with its condition, in which scores stand for themselves as before any veto; `scores` are those it reads, by path."""

    spec: Veto
    condition: n.Node
    scores: tuple[tuple[str, n.Node], ...] = ()


@frozen(kw_only=True)
class BoundQuota:
    """A quota as graphs: who stands for a place, what decides in order, how many are in the field, how many places there are, and one's own place.

    A place is among the candidates; that of a region equal to others at the line is the better or the worse of theirs, as the file says.
    """

    candidate: n.Node
    keys: tuple[tuple[n.Node, bool], ...]
    field: n.Node
    places: n.Node
    place: n.Node
    within_line: n.Node

    @property
    def nodes(self) -> tuple[n.Node, ...]:
        """What a record tells of the quota."""
        keys = (key for key, _ in self.keys)
        return (self.candidate, *keys, self.field, self.places, self.place, self.within_line)


@frozen(kw_only=True)
class BoundMark:
    """A mark as graphs: its condition, by which vetoes a region is barred from it, its quota, and whether it is held.

    `scores` are those that the condition reads, by path.
    """

    spec: Mark
    condition: n.Node | None
    barred: tuple[tuple[str, n.Node], ...] = ()
    quota: BoundQuota | None = None
    held: n.Node
    scores: tuple[tuple[str, n.Node], ...] = ()


@frozen(kw_only=True)
class BoundGrade:
    """A grade with its condition, in which scores stand for themselves, and its quota; `scores` are those that it reads, by path."""

    spec: Grade
    reached: n.Node | None = None
    """Whether the threshold is reached, where more than thresholds decide."""
    condition: n.Node | None = None
    scores: tuple[tuple[str, n.Node], ...] = ()
    quota: BoundQuota | None = None


@frozen(kw_only=True)
class ComputedResult:
    """A further result as graphs: the tree that is taken again, or a single node that is made from scores; and its places."""

    spec: DeclaredResult
    root: Scored
    rank_in_group: n.Node | None
    rank_in_all: n.Node | None


@frozen(kw_only=True)
class Program:
    """A rule set ready to run."""

    rules: CheckedRules
    root: Scored
    key_total: tuple[n.Node, n.Node] | None
    """The full and the published subtotal of the key indicators."""
    rank_in_group: n.Node | None
    rank_in_all: n.Node | None
    from_bottom: Mapping[str, n.Node] = field(factory=dict, repr=False)
    """The places counted from the bottom, by `group` and `all`, where the file publishes them."""
    earned_grade: n.Node | None
    """The grade by thresholds and conditions alone, as a place among `rules.grades`."""
    grade: n.Node | None
    limits: tuple[BoundLimit, ...]
    vetoes: tuple[BoundVeto, ...] = ()
    unvetoed: n.Node | None = None
    """The published total before vetoes, where any of them sets a score to zero."""
    marks: tuple[BoundMark, ...] = ()
    grades: tuple[BoundGrade, ...] = ()
    """The grades, the best first."""
    graded_on: n.Node | None = None
    """The total that the thresholds of the grades are compared with."""
    estimated: Mapping[str, n.Node] = field(factory=dict, repr=False)
    """By path, whether a score rests on an estimate, for the scores that may."""
    results: tuple[ComputedResult, ...] = ()
    extra: tuple[n.Node, ...] = field(default=(), repr=False)
    """Further graphs to evaluate: the measures that no score reads."""

    @property
    def roots(self) -> tuple[n.Node, ...]:
        """Every node that a result shows."""
        return (*self.scores, *self.extra)

    @cached_property
    def scores(self) -> tuple[n.Node, ...]:
        """Every node that a result shows, without the measures that no score reads."""
        single: tuple[n.Node | None, ...] = (
            self.rank_in_group,
            self.rank_in_all,
            *self.from_bottom.values(),
            self.earned_grade,
            self.grade,
            self.unvetoed,
        )
        # The rest of a score's nodes are below these.
        trees = [self.root, *(result.root for result in self.results)]
        single += tuple(
            node for result in self.results for node in (result.rank_in_group, result.rank_in_all)
        )
        scored = tuple(
            node
            for tree in trees
            for one in tree.walk()
            for node in (
                one.value,
                one.possible,
                one.full,
                one.term,
                one.published,
                *one.plain,
                *(stage.after for stage in one.stages),
            )
        )
        limits = tuple(limit.condition for limit in self.limits)
        limits += tuple(veto.condition for veto in self.vetoes)
        limits += tuple(
            node for one in self.grades for node in (one.reached, one.condition) if node is not None
        )
        quotas = [one.quota for one in self.grades if one.quota is not None]
        quotas += [one.quota for one in self.marks if one.quota is not None]
        limits += tuple(node for one in quotas for node in one.nodes)
        limits += tuple(one.condition for one in self.marks if one.condition is not None)
        limits += tuple(node for one in self.marks for node in (*(node for _, node in one.barred), one.held))
        keys: tuple[n.Node, ...] = () if self.key_total is None else self.key_total
        keys = (*keys, *self.estimated.values())
        for tree in trees:
            covered = [one.coverage for one in tree.walk() if one.coverage is not None]
            keys = (
                *keys,
                *(node for one in covered for node in (one.covered, one.counted, one.below, one.share)),
            )
            if tree.held is not None:
                keys = (*keys, tree.held, *(one.share for one in tree.walk()))
        return (*scored, *limits, *keys, *(node for node in single if node is not None))

    @cached_property
    def demands(self) -> tuple[Demand, ...]:
        """What to evaluate, operands first."""
        return order(self.roots)

    @cached_property
    def latest(self) -> int:
        """The latest year of which inputs are read, counted from the assessed one: -1 where every input lags by a year.

        It is 0 where nothing is read. Data hold what an assessment of a year rests on where they hold this year of it.
        """
        read = [
            offset
            for node, offset in self.demands
            if isinstance(node, n.Input) and node.name not in n.RESERVED
        ]
        return max(read, default=0)

    @cached_property
    def scored(self) -> dict[str, Scored]:
        """Every node of the score tree, and of the further results, by its path."""
        trees = [self.root, *(result.root for result in self.results)]
        return {one.spec.path: one for tree in trees for one in tree.walk()}
