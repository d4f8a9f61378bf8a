"""The points or weight of one score, its cap and floor, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.making import change, sides
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import ScoreNode

_SIZE = Text(en="size", zh="分值")


def sizes(path: str, place: Text, before: ScoreNode, after: ScoreNode) -> Iterator[Change]:
    """What a score is worth, and between which ends."""
    added = after.level in ("bonus", "deduction")
    if after.level != "total" and not added:
        yield from _worth(path, place, before, after)
    in_points = after.points is not None or before.points is not None

    def end(what: Text, topic: str, old: Text, new: Text) -> Change:
        return change(topic, path, place, what, old, new)

    if added:
        if _most(before) != _most(after):
            most = sides(lambda one: shown.end(one.points, one.uncapped, True), before, after)
            yield end(Text(en="most", zh="至多"), "cap", *most)
    elif (before.ceiling, before.uncapped) != (after.ceiling, after.uncapped):
        cap = sides(lambda one: shown.end(one.ceiling, one.uncapped, in_points), before, after)
        yield end(Text(en="cap", zh="上限"), "cap", *cap)
    if (before.floor, before.unfloored) != (after.floor, after.unfloored):
        floor = sides(lambda one: shown.end(one.floor, one.unfloored, in_points), before, after)
        yield end(Text(en="floor", zh="下限"), "floor", *floor)


def adjustment_caps(path: str, place: Text, before: ScoreNode, after: ScoreNode) -> Iterator[Change]:
    """What the bonuses, and the deductions, of a score may come to together."""
    for kind, what in _TOGETHER.items():
        mine, theirs = before.adjustment_caps.get(kind), after.adjustment_caps.get(kind)
        if mine != theirs:
            yield change(
                "cap",
                path,
                place,
                what,
                *sides(lambda x: shown.NONE if x is None else shown.size(x), mine, theirs),
            )


_TOGETHER = {
    "bonus": Text(en="bonuses together, at most", zh="加分合计至多"),
    "deduction": Text(en="deductions together, at most", zh="扣分合计至多"),
}


def _worth(path: str, place: Text, before: ScoreNode, after: ScoreNode) -> Iterator[Change]:
    """Points or a weight, or one instead of the other."""
    in_points = (before.points is None, after.points is None)
    in_weight = (before.weight is None, after.weight is None)
    if before.points != after.points:
        if any(in_points):
            yield change("points", path, place, _SIZE, *sides(shown.node_size, before, after))
        else:
            points = sides(shown.size, before.points, after.points)
            yield change("points", path, place, Text(en="points", zh="分值"), *points)
    if before.weight != after.weight:
        if in_weight[0] == in_weight[1]:
            weights = sides(lambda x: shown.size(x, in_points=False), before.weight, after.weight)
            yield change("weight", path, place, Text(en="weight", zh="权重"), *weights)
        elif before.points == after.points:
            yield change("weight", path, place, _SIZE, *sides(shown.node_size, before, after))


def _most(one: ScoreNode) -> tuple[object, ...]:
    return one.points, one.uncapped, one.ceiling
