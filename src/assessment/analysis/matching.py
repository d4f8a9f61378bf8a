"""Which node of a new score tree is which of the old one.

Where the new rules amend the old ones, they know it themselves. Otherwise an item is the old one of the same number and title,
else of the same title, else of the same number; what is left over is new or gone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from attrs import frozen

from assessment.semantics.model import ScoreNode

__all__ = ["Pair", "matched"]


@frozen(kw_only=True)
class Pair:
    """A node of the old tree and what it is in the new one; None where there is none."""

    old: ScoreNode | None
    new: ScoreNode | None


def matched(old: ScoreNode, new: ScoreNode, numbers: Mapping[str, str] | None = None) -> tuple[Pair, ...]:
    """The nodes of two trees in pairs, in the order of the new tree, and what is gone behind them.

    `numbers` gives for numbers of new indicators those that they had, where that is known.
    """
    return (Pair(old=old, new=new), *_below(old, new, numbers))


def _below(old: ScoreNode, new: ScoreNode, numbers: Mapping[str, str] | None) -> list[Pair]:
    """The categories, indicators and adjustments of two trees, then what is in them."""
    pairs = _paired(_of(old, "category"), _of(new, "category"), (_name_and_title, _title, _name))
    if numbers is None:
        keys: tuple[_Key, ...] = (_name_and_title, _title, _name)
        pairs += _paired(_of(old, "indicator"), _of(new, "indicator"), keys)
    else:
        known = numbers
        pairs += _paired(
            _of(old, "indicator"), _of(new, "indicator"), (_name,), lambda one: known.get(one.name)
        )
    inner: list[Pair] = []
    for pair in (Pair(old=old, new=new), *pairs):
        inner += _inside(pair)
    return [*pairs, *inner]


def _inside(pair: Pair) -> list[Pair]:
    """The parts and adjustments of a pair, and what is in them."""
    before, after = (
        () if one is None else (*(c for c in one.children if c.level == "part"), *one.adjustments)
        for one in (pair.old, pair.new)
    )
    if pair.old is None or pair.new is None:
        return []  # what is in a new or a gone item goes with it
    pairs = _paired(before, after, (_name_and_title, _name, _title))
    return pairs + [deeper for one in pairs for deeper in _inside(one)]


_Key = Callable[[ScoreNode], Hashable]


def _name_and_title(one: ScoreNode) -> Hashable:
    return one.level, one.name, one.title


def _name(one: ScoreNode) -> Hashable:
    return one.level, one.name


def _title(one: ScoreNode) -> Hashable:
    return one.level, one.title


def _paired(
    old: Sequence[ScoreNode],
    new: Sequence[ScoreNode],
    keys: Sequence[_Key],
    was: Callable[[ScoreNode], str | None] | None = None,
) -> list[Pair]:
    """Nodes in pairs by the first key on which they agree; a key that two of one side share decides nothing."""
    found: dict[int, ScoreNode] = {}
    left = {id(one): one for one in old}
    if was is not None:
        by_name = {one.name: one for one in old}
        for one in new:
            name = was(one)
            if name is not None and name in by_name:
                found[id(one)] = left.pop(id(by_name[name]))
    else:
        for key in keys:
            before = _unique(left.values(), key)
            after = _unique((one for one in new if id(one) not in found), key)
            for value, one in after.items():
                if value in before:
                    found[id(one)] = left.pop(id(before[value]))
    pairs = [Pair(old=found.get(id(one)), new=one) for one in new]
    return pairs + [Pair(old=one, new=None) for one in old if id(one) in left]


def _unique(nodes: Iterable[ScoreNode], key: _Key) -> dict[Hashable, ScoreNode]:
    by_key: dict[Hashable, list[ScoreNode]] = {}
    for one in nodes:
        by_key.setdefault(key(one), []).append(one)
    return {value: ones[0] for value, ones in by_key.items() if len(ones) == 1}


def _of(root: ScoreNode, level: str) -> list[ScoreNode]:
    return [one for one in root.walk() if one.level == level]
