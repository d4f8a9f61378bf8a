"""The `floor` and the `ceiling` between which methods hold points: the graph, what is wrong with them, and the words."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Problem, constant


def between_ends(points: n.Node, call: Call) -> n.Node:
    """The points held between the floor and the ceiling, those of the two that are set."""
    return b.clamp(points, call.limit("floor"), call.limit("ceiling"))


def ends_problems(call: Call) -> tuple[Problem, ...]:
    """A floor that lies above the ceiling, where both are written out."""
    floor, ceiling = constant(call.limit("floor")), constant(call.limit("ceiling"))
    if floor is None or ceiling is None or floor <= ceiling:
        return ()
    return (
        Problem(
            code="floor-above-cap",
            text=Text(en="the floor lies above the ceiling", zh="下限高于上限"),
            at="floor",
            also="ceiling",
            also_text=Text(en="the ceiling", zh="上限"),
            help=Text(en="lower the floor", zh="降低下限"),
        ),
    )


def ends_said(call: Call) -> Text:
    """The end of a sentence that says between what the points are held; empty where nothing holds them."""
    floor, ceiling = call.limit("floor") is not None, call.limit("ceiling") is not None
    return Text(
        en=(", not below {floor}" if floor else "") + (", not above {ceiling}" if ceiling else ""),
        zh=("，不低于{floor}" if floor else "") + ("，不高于{ceiling}" if ceiling else ""),
    )
