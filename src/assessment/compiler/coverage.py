"""How much of a node rests on data of the region's own: what counts, of how much, and whether that is too little."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.errors import InternalError
from assessment.semantics.model import Coverage, ScoreNode


@frozen(kw_only=True)
class Covered:
    """The coverage of one node: the sum of what is covered, of what counts, their share, and whether it is too little."""

    spec: Coverage
    covered: n.Node
    counted: n.Node
    below: n.Node
    share: n.Node


@frozen(kw_only=True)
class Item:
    """Something that may be covered: its weight, whether it is, and whether it does not apply; None for never."""

    weight: Fraction
    covered: n.Node
    exempt: n.Node | None


def of_leaf(own: n.Node, weight: Fraction) -> Item:
    """A leaf: covered where its own data give a rate."""
    return Item(
        weight=weight,
        covered=b.negation(b.is_absent(own)),
        exempt=b.is_absent(own, frozenset({Absence.NOT_APPLICABLE})),
    )


def of_children(leaves: Sequence[Item], below: n.Node | None, weight: Fraction) -> Item:
    """A node with children: covered where any leaf below it is, and it is not itself below its own threshold."""
    any_leaf = b.either(*(item.covered for item in leaves))
    covered = any_leaf if below is None else b.both(any_leaf, b.negation(below))
    exempt = [item.exempt for item in leaves if item.exempt is not None]
    return Item(
        weight=weight,
        covered=covered,
        exempt=b.both(*exempt) if exempt and len(exempt) == len(leaves) else None,
    )


def coverage(spec: Coverage, items: Sequence[Item]) -> Covered:
    """What is covered of these items, by number or by weight."""
    covered, counted = [], []
    for item in items:
        weight = b.const(item.weight if spec.by == "weight" else 1)
        nothing = b.const(0)
        covered.append(b.select(item.covered, weight, nothing))
        leaves_out = spec.exempt == "left out" and item.exempt is not None
        counted.append(b.select(item.exempt, nothing, weight) if leaves_out and item.exempt else weight)
    found, whole = b.add(*covered), b.add(*counted)
    # Where nothing counts, nothing is too little.
    below = b.compare("<", found, b.multiply(b.const(spec.least), whole))
    share = b.cast(b.divide(found, whole), Kind.SHARE)
    return Covered(spec=spec, covered=found, counted=whole, below=below, share=share)


def sizes_below(spec: ScoreNode, *, in_points: bool) -> list[tuple[ScoreNode, Fraction]]:
    """The children of a node with their shares in it, which add up to 1."""
    if spec.join in ("min", "max"):
        return [(child, Fraction(1, len(spec.children))) for child in spec.children]
    sizes = [
        child.points if in_points and child.points is not None else child.weight for child in spec.children
    ]
    known = [size for size in sizes if size is not None]
    whole = sum(known, Fraction(0))
    if len(known) < len(sizes) or not whole:
        raise InternalError(f"the children of `{spec.path}` have no sizes")
    return [(child, size / whole) for child, size in zip(spec.children, known, strict=True)]
