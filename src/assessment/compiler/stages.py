"""What happens to a score between what its children make, or its formula gives, and the score as it is published.

In order: what the file wants where too little is covered, a policy where the join is undefined, points, the ends that hold before bonuses and deductions; from there one
track leads to the full score, and where the node is rescaled to the best of its field, another to the rescaled one. On
each of them bonuses are added and deductions taken off, and ends hold that hold after them. Last come vetoes.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from assessment.compiler.coverage import Covered
from assessment.compiler.leaves import Substitutes, recovered
from assessment.compiler.program import BoundVeto, Scored, Stage, StageKind
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.semantics.model import CheckedRules, Rescaling, Scale, ScoreNode


@frozen(kw_only=True)
class Finished:
    """The scores of a node before rounding; the plain ones are without its bonuses and deductions.

    `stages` lead to `rescaled`. `is_plain` says that nothing but points came to it: the score is that of a leaf.
    """

    stages: tuple[Stage, ...]
    full: n.Node
    rescaled: n.Node
    plain_full: n.Node
    plain_rescaled: n.Node

    @property
    def is_plain(self) -> bool:
        """Whether the score is what it begins with, at most in points."""
        return all(stage.kind == "points" for stage in self.stages)


def finished(
    rules: CheckedRules,
    spec: ScoreNode,
    start: n.Node,
    possible: n.Node,
    adjustments: Sequence[Scored],
    *,
    covered: Covered | None = None,
    vetoes: Sequence[BoundVeto] = (),
) -> Finished:
    """The scores of a node that begins with `start`, where `possible` can be had; zero where one of its `vetoes` holds."""
    track = _Track(rules, spec, possible, start)
    if covered is not None:
        track.then("coverage", track.covered(covered))
    if spec.children and spec.join == "harmonic":
        track.then("policy", track.defined(track.node))
    if rules.scale.points is not None and track.node.type.kind is not Kind.POINTS:
        track.then("points", b.multiply(track.node, possible), possible)
    if spec.children and spec.cap_order != "after":
        # A leaf was held before it was turned into points.
        track.hold()
    base = track.node

    def onwards(*, rescaled: bool, adjusted: bool) -> _Track:
        onward = _Track(rules, spec, possible, base)
        if rescaled and spec.rescale is not None:
            onward.rescale(spec.rescale)
        if adjusted and adjustments:
            onward.adjust(adjustments)
        if spec.cap_order == "after":
            onward.hold()
        if spec.level == "total" and rules.scale.points is None:
            onward.then("scale", onward.stretched())
        for veto in vetoes:
            onward.veto(veto)
        return onward

    shown = onwards(rescaled=True, adjusted=True)
    full = shown if spec.rescale is None else onwards(rescaled=False, adjusted=True)
    if not adjustments:
        plain_full, plain_rescaled = full, shown
    else:
        plain_rescaled = onwards(rescaled=True, adjusted=False)
        plain_full = plain_rescaled if spec.rescale is None else onwards(rescaled=False, adjusted=False)
    return Finished(
        stages=(*track.found, *shown.found),
        full=full.node,
        rescaled=shown.node,
        plain_full=plain_full.node,
        plain_rescaled=plain_rescaled.node,
    )


class _Track:
    """A score on its way, and the stages that it has passed."""

    def __init__(self, rules: CheckedRules, spec: ScoreNode, possible: n.Node, start: n.Node) -> None:
        self.rules, self.spec, self.possible, self.node = rules, spec, possible, start
        self.found: list[Stage] = []

    def then(self, kind: StageKind, after: n.Node, other: n.Node | None = None) -> None:
        """The next stage; one that changes nothing is none."""
        if after is not self.node:
            self.found.append(Stage(kind=kind, before=self.node, after=after, other=other))
            self.node = after

    def hold(self) -> None:
        """The score between the ends that the file states."""
        if self.spec.least is not None:
            limit = self._end(self.spec.least)
            self.then("floor", b.maximum(self.node, limit), limit)
        if self.spec.most is not None:
            limit = self._end(self.spec.most)
            self.then("ceiling", b.minimum(self.node, limit), limit)

    def _end(self, end: Fraction) -> n.Node:
        """An end in the unit of the score; of points, it goes with those that are possible."""
        if self.rules.scale.points is None:
            return b.const(end, self.node.type.at(t.Entity.CONSTANT))
        share = end / (self.spec.points or 1)
        if isinstance(self.possible, n.Const) and isinstance(self.possible.value, Fraction):
            return b.points(self.possible.value * share)
        return b.multiply(self.possible, b.rate(share))

    def covered(self, covered: Covered) -> n.Node:
        """What the children make, or what the file wants where too little of it is covered."""
        node = self.node
        then = Substitutes(lambda: node).disposal(covered.spec.then, Absence.NOT_REPORTED)
        if node.type.kind is Kind.POINTS:
            then = b.multiply(then, self.possible)
        return b.select(covered.below, b.cast(then, node.type.kind), node)

    def defined(self, share: n.Node) -> n.Node:
        """A rate with what the policies want where it is undefined."""
        own = Substitutes(lambda: b.cast(share, Kind.RATE))
        return recovered(share, Absence.UNDEFINED, self.spec.policies, own)

    def rescale(self, how: Rescaling) -> None:
        """The score as a share of the best of its field, times what is possible."""
        points = self.node.type.kind is Kind.POINTS
        mine = rate(self.node, self.possible) if points else b.cast(self.node, Kind.RATE)
        best = b.aggregate("max", mine, how.within)
        above_zero = b.both(b.negation(b.is_absent(best)), b.compare(">", best, b.rate(0)))
        # A score that is itself absent stays absent in its own way.
        none = b.cast(b.multiply(mine, b.absent(Absence.UNDEFINED, t.number())), Kind.RATE)
        share = b.select(above_zero, rate(mine, best), mine if how.keep else none)
        kind = self.node.type.kind

        def scored(share: n.Node) -> n.Node:
            return b.multiply(share, self.possible) if points else b.cast(share, kind)

        self.then("rescaling", scored(share), best)
        settled = share if how.keep else self.defined(share)
        if settled is not share:
            self.then("policy", scored(settled), settled)

    def adjust(self, adjustments: Sequence[Scored]) -> None:
        """The score with its bonuses and without its deductions, each kind held to what it may make together."""
        terms = [self.node]
        for kind in ("bonus", "deduction"):
            amounts = [one.full for one in adjustments if one.spec.level == kind]
            cap = self.spec.adjustment_caps.get(kind)
            if not amounts or cap is None:
                terms += amounts
                continue
            together = b.add(*amounts)
            limit = b.points(cap if kind == "bonus" else -cap)
            held = b.minimum(together, limit) if kind == "bonus" else b.maximum(together, limit)
            name: StageKind = "bonuses" if kind == "bonus" else "deductions"
            self.found.append(Stage(kind=name, before=together, after=held, other=limit))
            terms.append(held)
        self.then("adjustment", b.add(*terms))

    def veto(self, veto: BoundVeto) -> None:
        """At most the worst of its scale where a veto holds; a score below zero is not raised by it."""
        least = Fraction(0)
        if self.spec.level == "total" and self.rules.scale.points is None:
            least = self.rules.scale.low
        worst = b.const(least, self.node.type.at(t.Entity.CONSTANT))
        after = b.select(veto.condition, b.minimum(self.node, worst), self.node)
        self.found.append(
            Stage(kind="veto", before=self.node, after=after, other=veto.condition, veto=veto.spec)
        )
        self.node = after

    def stretched(self) -> n.Node:
        """A rate, as a plain number, on the scale of the result."""
        low, high = self.rules.scale.low, self.rules.scale.high
        if low == 0 and high == 1:
            return self.node
        return b.add(b.const(low), b.multiply(b.const(high - low), self.node))


def rate_of(score: n.Node, spec: ScoreNode, possible: n.Node, scale: Scale) -> n.Node:
    """A score, full or rounded, as a share of what was possible or of the scale of the result."""
    if scale.points is not None:
        return rate(score, possible)
    if spec.level != "total" or (scale.low == 0 and scale.high == 1):
        return b.cast(score, Kind.RATE)
    return rate(b.add(score, b.const(-scale.low)), b.const(scale.high - scale.low))


def rate(part: n.Node, whole: n.Node) -> n.Node:
    """A part of a whole as a rate."""
    return b.cast(b.divide(part, whole), Kind.RATE)
