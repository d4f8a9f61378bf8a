"""The score tree as a graph: values of leaves bottom up, points possible top down, scores bottom up.

Points of what is left out go to its siblings in proportion to stated points; a parent all of whose children are left out
is itself left out, and its points move one level up. Where a leaf is left out *over all*, its points stay where they are
while the others are passed on among siblings; then everything that is still scored is raised in proportion, so that the
whole has its points again. Anything else that is absent stands in the way: the parent is then
absent too. Parents read the score of a child full or rounded, as the file says (`carry`).

Under a sum or any mean of points each child has its share of the points; under `min` and `max` each stands for the
whole. In an index every node is on the scale of a rate, and only the result is stretched to its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from assessment.compiler.coverage import Covered, Item, coverage, of_children, of_leaf, sizes_below
from assessment.compiler.leaves import gates, leaf
from assessment.compiler.program import BoundVeto, Gate, Scored, Stage
from assessment.compiler.stages import finished, rate, rate_of
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.errors import InternalError
from assessment.semantics.joins import exponents, subset_sums
from assessment.semantics.model import RESCALE, CheckedRules, Disposal, Reading, Rounding, ScoreNode

_WITHOUT_ENDS: Mapping[str, Any] = {"uncapped": True, "ceiling": None, "unfloored": True, "floor": None}

_OF_RATES = ("geometric", "harmonic")
"""The joins that look at rates also where there are points."""


def scored_tree(rules: CheckedRules, vetoed: Mapping[str, tuple[BoundVeto, ...]]) -> Scored:
    """The graphs of the whole score tree; `vetoed` are the vetoes that set a score, by its path, to zero."""
    scores = _Scores(rules, vetoed)
    whole = b.rate(1) if rules.scale.points is None else b.points(rules.scale.points)
    return scores.scored(scores.valued(rules.tree), whole)


def rounded(node: n.Node, rounding: Rounding | None) -> n.Node:
    """The node as the file rounds it; itself where it does not."""
    if rounding is None:
        return node
    return n.Round(value=node, places=rounding.places, mode=rounding.mode, type=node.type)


def sum_of_kept(terms: Sequence[tuple[n.Node, n.Node | None]]) -> n.Node:
    """The sum of what is not left out; absent where everything is. A term goes with the condition that leaves it out."""
    total = _sum([_kept(term, left_out) for term, left_out in terms])
    return _unless_all(total, terms)


def all_left_out(conditions: Iterable[n.Node | None]) -> n.Node | None:
    """Whether all of these are left out; None where one of them never is."""
    found = list(conditions)
    present = [condition for condition in found if condition is not None]
    return b.both(*present) if len(present) == len(found) else None


@frozen(kw_only=True)
class _Valued:
    """A node before anything is known of the points it can earn; `raw` and `value` are those of a leaf."""

    spec: ScoreNode
    size: n.Node
    raw: n.Node | None
    value: n.Node | None
    ends: tuple[Stage, ...]
    left_out: n.Node | None
    moved: n.Node | None
    """Whether its points go to its siblings; `left_out` itself, unless something is left out over all."""
    retained: n.Node | None
    """The part of its points that is still scored within, where something is left out over all; None for all of it."""
    gates: tuple[Gate, ...]
    children: tuple[_Valued, ...]
    coverage: Covered | None = None
    items: tuple[Item, ...] = ()
    """The leaves as a coverage above counts them, each with its share in this node; empty where none is asked for."""


class _Scores:
    """What is the same for all nodes of one tree."""

    def __init__(self, rules: CheckedRules, vetoed: Mapping[str, tuple[BoundVeto, ...]]) -> None:
        self.rules, self.vetoed = rules, vetoed
        self.in_points = rules.scale.points is not None
        self.retained: n.Node | None = None

    # ── leaves and what is left out, bottom up ───────────────────────────────────────────────────────────────────────

    def valued(self, spec: ScoreNode, above: tuple[Gate, ...] = (), *, counted: bool = False) -> _Valued:
        counted = counted or spec.coverage is not None
        own = gates(spec.exemptions)
        # Before anything is asked of an item it must be on the sheet of the group.
        gates_ = (
            *(gate for gate in own if gate.exemption.without_points),
            *above,
            *(gate for gate in own if not gate.exemption.without_points),
        )
        size = self._size(spec)
        if not spec.children:
            # Where ends hold after bonuses and deductions, the formula alone is not held.
            free = spec if spec.cap_order != "after" else evolve(spec, **_WITHOUT_ENDS)
            found = leaf(free, size, gates_)
            over_all = found.left_out is not found.moved and found.left_out is not None
            return _Valued(
                spec=spec,
                size=size,
                raw=found.raw,
                value=found.value,
                ends=found.ends,
                left_out=found.left_out,
                moved=found.moved,
                retained=_whole_unless(found.left_out) if over_all else None,
                gates=gates_,
                children=(),
                items=(of_leaf(found.own.rate, Fraction(1)),) if counted else (),
            )
        children = tuple(self.valued(child, gates_, counted=counted) for child in spec.children)
        left_out = all_left_out(child.left_out for child in children)
        same = all(child.moved is child.left_out for child in children)
        moved = left_out if same else all_left_out(child.moved for child in children)
        items, covered = self._covered(spec, children) if counted else ((), None)
        if covered is not None:
            left_out = _uncovered_or(covered, left_out)
            moved = left_out if same else _uncovered_or(covered, moved)
        retained = _retained(children)
        if covered is not None and retained is not None:
            # Where too little is covered the node keeps what it has, and its own rule says what that is worth.
            retained = b.select(covered.below, b.rate(1), retained)
        return _Valued(
            spec=spec,
            size=size,
            raw=None,
            value=None,
            ends=(),
            left_out=left_out,
            moved=moved,
            retained=retained,
            gates=gates_,
            children=children,
            coverage=covered,
            items=items,
        )

    def _covered(
        self, spec: ScoreNode, children: Sequence[_Valued]
    ) -> tuple[tuple[Item, ...], Covered | None]:
        """The leaves of a node by their shares in it, and how much of the node is covered, if that is asked for."""
        shares = [share for _, share in sizes_below(spec, in_points=self.in_points)]
        items = tuple(
            evolve(item, weight=item.weight * share)
            for child, share in zip(children, shares, strict=True)
            for item in child.items
        )
        if spec.coverage is None:
            return items, None
        if spec.coverage.of == "leaves":
            return items, coverage(spec.coverage, items)
        direct = [
            child.items[0]
            if not child.children
            else of_children(child.items, None if child.coverage is None else child.coverage.below, share)
            for child, share in zip(children, shares, strict=True)
        ]
        weighed = [evolve(item, weight=share) for item, share in zip(direct, shares, strict=True)]
        return items, coverage(spec.coverage, weighed)

    def _size(self, spec: ScoreNode) -> n.Node:
        """The points or the weight of a node among its siblings; where points differ by group, those of the region's group."""
        if self.in_points and spec.by_group and spec.weight is None:
            entries = tuple((name, None, points) for name, points in spec.by_group.items() if points)
            return n.Lookup(entries=entries, type=t.POINTS.at(t.Entity.REGION), span=spec.span)
        if self.in_points and spec.by_group and spec.weight is not None:
            # Siblings with weights share the points of their parent, whatever these are for a group.
            return b.const(spec.weight)
        if self.in_points and spec.points is not None:
            return b.points(spec.points)
        if spec.level == "total":
            return b.const(1)
        if self.in_points or spec.weight is None:
            raise InternalError(f"`{spec.path}` has no size")
        return b.const(spec.weight)

    # ── points possible, top down; scores, bottom up ─────────────────────────────────────────────────────────────────

    def scored(self, valued: _Valued, share: n.Node, parent: str = "sum") -> Scored:
        spec = valued.spec
        if spec.level == "total":
            self.retained = valued.retained
        possible = self._possible(valued, share)
        shares = self._shares(valued, share)
        children = tuple(
            self.scored(child, share, spec.join) for child, share in zip(valued.children, shares, strict=True)
        )
        joined = self._joined(valued, children) if children else None
        if joined is not None and spec.level == "total" and not self.in_points:
            joined = b.cast(joined, Kind.NUMBER)
        adjustments = tuple(self._adjustment(one, valued.gates) for one in spec.adjustments)
        start = _start(valued, joined)
        end = finished(
            self.rules,
            spec,
            start,
            possible,
            adjustments,
            covered=valued.coverage,
            vetoes=self.vetoed.get(spec.path, ()),
        )
        places = self.rules.rounding.get(spec.level)
        published, reading = rounded(end.rescaled, places), self._reading(spec)
        carried = published if reading == "rounded" else end.rescaled if reading == "rescaled" else end.full
        value = rate_of(end.rescaled, spec, possible, self.rules.scale)
        if valued.value is not None and end.is_plain:
            value = valued.value
        term = carried
        if parent in _OF_RATES and self.in_points:
            term = value if carried is end.rescaled else rate(carried, possible)
        return Scored(
            spec=spec,
            raw=valued.raw,
            value=value,
            possible=possible,
            joined=joined,
            full=end.full,
            published=published,
            carried=carried,
            term=term,
            left_out=valued.left_out,
            share=share,
            coverage=valued.coverage,
            held=self._held(share) if spec.level == "total" else None,
            rescaled=end.rescaled,
            plain=(
                end.plain_full,
                end.plain_rescaled,
                published if end.plain_rescaled is end.rescaled else rounded(end.plain_rescaled, places),
            ),
            settled=valued.value,
            stages=end.stages,
            ends=valued.ends,
            gates=valued.gates if not children else (),
            children=children,
            adjustments=adjustments,
        )

    def _reading(self, spec: ScoreNode) -> Reading:
        """What the parent reads of a node: as it says itself, else as the file says of its level, or of all."""
        return spec.carry or self.rules.carry_at.get(spec.level, self.rules.carry)

    def _adjustment(self, spec: ScoreNode, above: tuple[Gate, ...]) -> Scored:
        """A bonus or deduction; where what it changes does not apply, there is none, whatever becomes of the points."""
        nothing = Disposal(value="zero")
        without = tuple(evolve(gate, exemption=evolve(gate.exemption, then=nothing)) for gate in above)
        gates_ = (*without, *gates(spec.exemptions))
        size = self._size(spec)
        found = leaf(spec, size, gates_)
        amount = b.multiply(found.value, size)
        full = amount if spec.level == "bonus" else b.negate(amount)
        # What is taken off, and what has no cap, is no part of what can be earned.
        earned = spec.level == "bonus" and not spec.uncapped
        possible = size if earned else b.absent(Absence.NOT_APPLICABLE, t.POINTS)
        return Scored(
            spec=spec,
            raw=found.raw,
            value=found.value,
            possible=possible,
            share=possible,
            joined=None,
            full=full,
            published=full,
            carried=full,
            term=full,
            left_out=None,
            rescaled=full,
            plain=(full, full, full),
            settled=found.value,
            ends=found.ends,
            stages=(Stage(kind="points", before=found.value, after=amount, other=size),),
            gates=gates_,
        )

    def _held(self, whole: n.Node) -> n.Node | None:
        """The points of the whole that are still scored, where something may be left out over all."""
        if self.retained is None or not self.in_points:
            return None
        return b.multiply(whole, self.retained)

    def _possible(self, valued: _Valued, share: n.Node) -> n.Node:
        """The points possible of a node: its share, of which what is left out over all is raised upon all the rest."""
        if self.retained is None or not self.in_points or valued.spec.level == "total":
            return share
        part = share if valued.retained is None else b.multiply(share, valued.retained)
        return _kept(b.divide(part, b.cast(self.retained, Kind.NUMBER)), valued.left_out)

    def _shares(self, valued: _Valued, possible: n.Node) -> list[n.Node]:
        """The share of each child in the points of its parent, before anything is left out over all."""
        children = valued.children
        if not children:
            return []
        if not self.in_points:
            # A child is shown on the scale of its own rate; its weight acts in the join.
            return [b.rate(1) for _ in children]
        if valued.spec.join in ("min", "max"):
            return [_kept(possible, child.moved) for child in children]
        kept = _sum([_kept(child.size, child.moved) for child in children])
        return [_kept(_share(possible, child.size, kept), child.moved) for child in children]

    def _joined(self, valued: _Valued, children: tuple[Scored, ...]) -> n.Node:
        """What the children make together; absent where all of them are left out."""
        spec = valued.spec
        terms = [(child.term, child.left_out) for child in children]
        sizes = [self._size(child.spec) for child in children]
        match spec.join:
            case "min" | "max":
                return _unless_all(_extreme(spec.join, terms), terms)
            case "geometric":
                return _unless_all(_geometric(terms, [_number(size) for size in sizes]), terms)
            case "harmonic":
                return _unless_all(_harmonic(terms, [_number(size) for size in sizes]), terms)
            case _ if self.in_points:
                return sum_of_kept(terms)
            case _:
                # The weight of a child goes down with what is left out over all within it.
                held = [
                    size if child.retained is None else b.multiply(size, b.cast(child.retained, Kind.NUMBER))
                    for size, child in zip(sizes, valued.children, strict=True)
                ]
                weighted = [
                    (b.multiply(size, term), left) for size, (term, left) in zip(held, terms, strict=True)
                ]
                kept = _sum([_kept(size, left) for size, (_, left) in zip(held, terms, strict=True)])
                return b.divide(sum_of_kept(weighted), kept)


def _start(valued: _Valued, joined: n.Node | None) -> n.Node:
    """What a score begins with: what its children make, or the rate of a leaf."""
    found = valued.value if joined is None else joined
    if found is None:
        raise InternalError(f"`{valued.spec.path}` has neither a formula nor children")
    return found


# ── small graphs ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _kept(node: n.Node, left_out: n.Node | None) -> n.Node:
    """The node, or zero where it is left out."""
    return node if left_out is None else b.select(left_out, b.const(0, node.type), node)


def _uncovered_or(covered: Covered, left_out: n.Node | None) -> n.Node | None:
    """Whether a node is left out: where too little is covered its own rule decides, also where nothing is."""
    if covered.spec.then.value == RESCALE:
        return covered.below if left_out is None else b.either(covered.below, left_out)
    return None if left_out is None else b.both(b.negation(covered.below), left_out)


def _whole_unless(left_out: n.Node | None) -> n.Node | None:
    return None if left_out is None else b.select(left_out, b.rate(0), b.rate(1))


def _retained(children: Sequence[_Valued]) -> n.Node | None:
    """The part of a node's points that is still scored, where something in it is left out over all."""
    if all(child.retained is None for child in children):
        return None
    parts = [
        _kept(
            child.size
            if child.retained is None
            else b.multiply(child.size, b.cast(child.retained, Kind.NUMBER)),
            child.moved,
        )
        for child in children
    ]
    return rate(_sum(parts), _sum([_kept(child.size, child.moved) for child in children]))


def _unless_all(node: n.Node, terms: Sequence[tuple[n.Node, n.Node | None]]) -> n.Node:
    """The node, or the absence that the terms share where all of them are left out."""
    nothing = all_left_out(left_out for _, left_out in terms)
    return node if nothing is None else b.select(nothing, _sum([term for term, _ in terms]), node)


def _share(possible: n.Node, size: n.Node, kept: n.Node) -> n.Node:
    """The part of the points possible that goes with a size, where `kept` is the sum of those that share."""
    if isinstance(possible, n.Const) and isinstance(kept, n.Const):
        return b.points(_number(possible) * _number(size) / _number(kept))
    return b.multiply(possible, rate(size, kept))


def _extreme(join: str, terms: Sequence[tuple[n.Node, n.Node | None]]) -> n.Node:
    """The largest or the smallest of what is not left out."""
    this, other = (b.maximum, b.minimum) if join == "max" else (b.minimum, b.maximum)
    if all(left_out is None for _, left_out in terms):
        return this(*(term for term, _ in terms))
    # In the place of what is left out stands a value that is never beyond the one that is looked for.
    beyond = other(*(_kept(term, left_out) for term, left_out in terms))
    return this(*(term if left_out is None else b.select(left_out, beyond, term) for term, left_out in terms))


def _geometric(terms: Sequence[tuple[n.Node, n.Node | None]], weights: Sequence[Fraction]) -> n.Node:
    """The weighted geometric mean of the rates that are kept: whole powers under one root, so perfect powers come out exact.

    What is left out counts as a factor of 1, and the root is that of the weights that are kept: one for each sum that
    they can have.
    """
    powers = exponents(weights)
    factors = [
        _or_one(b.power(rate, power) if power != 1 else rate, left_out)
        for (rate, left_out), power in zip(terms, powers, strict=True)
    ]
    product = b.cast(b.multiply(*factors), Kind.RATE)
    indices = subset_sums(weights, [left_out is not None for _, left_out in terms])
    found = b.root(product, indices[-1])
    if len(indices) == 1:
        return found
    kept = _sum([_kept(b.const(power), left_out) for (_, left_out), power in zip(terms, powers, strict=True)])
    for index in reversed(indices[:-1]):
        found = b.select(b.compare("=", kept, b.const(index)), b.root(product, index), found)
    return found


def _harmonic(terms: Sequence[tuple[n.Node, n.Node | None]], weights: Sequence[Fraction]) -> n.Node:
    """The weighted harmonic mean of the rates that are kept; undefined where one of them is zero."""
    kept = _sum([_kept(b.const(weight), left) for weight, (_, left) in zip(weights, terms, strict=True)])
    parts = [
        _kept(b.divide(b.const(weight), b.cast(rate, Kind.NUMBER)), left)
        for weight, (rate, left) in zip(weights, terms, strict=True)
    ]
    return rate(kept, _sum(parts))


def _or_one(node: n.Node, left_out: n.Node | None) -> n.Node:
    """The node, or one where it is left out."""
    return node if left_out is None else b.select(left_out, b.const(1, node.type.at(t.Entity.CONSTANT)), node)


def _sum(terms: Sequence[n.Node]) -> n.Node:
    """The sum of terms; of constants, a constant."""
    values = [term.value for term in terms if isinstance(term, n.Const) and isinstance(term.value, Fraction)]
    if len(values) == len(terms):
        return b.const(sum(values, Fraction(0)), terms[0].type)
    return b.add(*terms)


def _number(node: n.Node) -> Fraction:
    if not isinstance(node, n.Const) or not isinstance(node.value, Fraction):
        raise InternalError(f"{node!r} is not a number")
    return node.value
