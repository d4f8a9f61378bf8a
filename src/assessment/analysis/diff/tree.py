"""The score tree: what is new or gone, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison
from assessment.analysis.diff.making import NOWHERE, change, there
from assessment.analysis.diff.naming import node, node_detail
from assessment.analysis.diff.scores import owners, score
from assessment.analysis.matching import Pair
from assessment.semantics.model import ScoreNode


def tree(compared: Comparison, pairs: Sequence[Pair], old: ScoreNode, new: ScoreNode) -> Iterator[Change]:
    """What is new, gone, moved or changed in a tree, pair by pair."""
    homes = _homes(old), _homes(new)
    was = {p.new.path: p.old.path for p in pairs if p.old is not None and p.new is not None}
    for pair in pairs:
        before, after = pair.old, pair.new
        if before is None and after is not None:
            if _told_with_parent(after, homes[1], {p.new.path for p in pairs if p.new and not p.old}):
                continue
            yield there(after.level, after.path, node(after), True, node_detail(after))
        elif after is None and before is not None:
            if _told_with_parent(before, homes[0], {p.old.path for p in pairs if p.old and not p.new}):
                continue
            yield there(before.level, before.path, node(before), False, node_detail(before))
        elif before is not None and after is not None:
            yield from score(compared, before, after)
            yield from owners(compared, before, after, homes[0].get(before.path), homes[1].get(after.path))
            if after.level == "indicator":
                mine, theirs = homes[0].get(before.path), homes[1].get(after.path)
                if mine is not None and theirs is not None and was.get(theirs.path) != mine.path:
                    yield change(
                        "indicator",
                        after.path,
                        node(after),
                        NOWHERE,
                        node(mine),
                        node(theirs),
                        "scores",
                        "moved",
                    )


def _told_with_parent(one: ScoreNode, homes: Mapping[str, ScoreNode], gone: set[str]) -> bool:
    """Whether a new or gone item stands in one that is new or gone itself; indicators are told in any case."""
    home = homes.get(one.path)
    return one.level != "indicator" and home is not None and home.path in gone


def in_order(pairs: Sequence[Pair], new: ScoreNode) -> list[Pair]:
    """Pairs in the order of the new file, each node before what is in it; what is gone last."""
    place = {one.path: at for at, one in enumerate(new.walk())}
    return sorted(pairs, key=lambda one: len(place) if one.new is None else place[one.new.path])


def _homes(root: ScoreNode) -> dict[str, ScoreNode]:
    return {child.path: one for one in root.walk() for child in (*one.children, *one.adjustments)}
