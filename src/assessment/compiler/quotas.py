"""The line of a quota as graphs: the field, the places, the place of each candidate, and who is within the line."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.compiler.program import BoundQuota
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.types import Kind
from assessment.semantics.model import Quota, Ranking

__all__ = ["deciding", "eligible", "quota_line"]

Key = tuple[n.Node, bool]
"""What decides, and whether the highest comes first."""


def deciding(quota: Quota, ranking: Ranking | None, total: n.Node | None) -> tuple[Key, ...]:
    """What decides in order who gets a place: what the quota names, behind it the order of the ranks; else the total."""
    found = quota.by
    if quota.ordered and ranking is not None:
        found += ranking.keys
    return found if found or total is None else ((total, True),)


def eligible(quota: Quota, ranked: n.Node | None) -> n.Node | None:
    """Who counts in the field and may have a place; None for everybody. `ranked` is who stands in the ranking, where not all do."""
    asked = [] if ranked is None else [ranked]
    if quota.group is not None:
        asked.append(n.InGroup(groups=(quota.group,), type=t.YESNO, span=quota.span))
    return b.both(*asked) if asked else None


def quota_line(
    quota: Quota, candidate: n.Node, keys: Sequence[Key], counted: n.Node, eligible: n.Node | None
) -> BoundQuota:
    """The line of a quota: those of the field that have the value `counted` make the share, and the `keys` decide."""
    field = b.aggregate("count", counted, quota.within, where=eligible)
    size: n.Node = b.const(quota.size, span=quota.span)
    places = size
    if quota.mode is not None:
        places = b.round_to(b.multiply(size, field), 0, quota.mode)
    place = b.rank(keys, quota.within, ties="min" if quota.ties == "in" else "max", where=candidate)
    return BoundQuota(
        candidate=candidate,
        keys=tuple(keys),
        field=field,
        places=places,
        place=place,
        within_line=b.compare("<=", b.cast(place, Kind.NUMBER), places),
    )
