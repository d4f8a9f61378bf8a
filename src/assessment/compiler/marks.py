"""The marks as graphs: who stands for one, who is barred from it, and for whom its quota has a place."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from assessment.compiler.bind import Binder
from assessment.compiler.program import BoundMark, BoundQuota
from assessment.compiler.quotas import deciding, eligible, quota_line
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.walk import order
from assessment.semantics.model import CheckedRules, Mark

__all__ = ["bound_mark", "marked"]


def marked(
    rules: CheckedRules, conditions: Mapping[str, n.Node], *, ranked: n.Node | None
) -> dict[str, BoundMark]:
    """The marks by the path under which conditions read them, in which scores still stand for themselves.

    `conditions` are those of the vetoes by name; `ranked` is who stands in the ranking, where not all do.
    """
    return {f"mark {mark.name}": _marked(mark, rules, conditions, ranked) for mark in rules.marks}


def _marked(
    mark: Mark, rules: CheckedRules, conditions: Mapping[str, n.Node], ranked: n.Node | None
) -> BoundMark:
    barred = tuple(
        (veto.name, conditions[veto.name])
        for veto in rules.vetoes
        if any(mark.name in effect.marks for effect in veto.effects)
    )
    asked = [] if mark.condition is None else [mark.condition]
    asked += [b.negation(condition) for _, condition in barred]
    if mark.quota is None:
        held = b.both(*asked)
        return BoundMark(spec=mark, condition=mark.condition, barred=barred, held=held)
    among = eligible(mark.quota, ranked)
    asked += [] if among is None else [among]
    keys = deciding(mark.quota, rules.ranking, None)
    candidate = b.both(*asked) if asked else b.const(True, span=mark.span)
    quota = quota_line(mark.quota, candidate, keys, keys[0][0], among)
    return BoundMark(
        spec=mark,
        condition=mark.condition,
        barred=barred,
        quota=quota,
        held=b.both(candidate, quota.within_line),
    )


def bound_mark(mark: BoundMark, binder: Binder) -> BoundMark:
    """A mark in which graphs stand for scores."""
    condition = mark.condition
    read = (
        {}
        if condition is None
        else {score.path: score for score, _ in order((condition,)) if isinstance(score, n.Score)}
    )
    return evolve(
        mark,
        condition=None if condition is None else binder.bound(condition),
        barred=tuple((name, binder.bound(node)) for name, node in mark.barred),
        quota=None if mark.quota is None else _bound_quota(mark.quota, binder),
        held=binder.bound(mark.held),
        scores=tuple((path, binder.bound(score)) for path, score in read.items()),
    )


def _bound_quota(quota: BoundQuota, binder: Binder) -> BoundQuota:
    return BoundQuota(
        candidate=binder.bound(quota.candidate),
        keys=tuple((binder.bound(key), highest) for key, highest in quota.keys),
        field=binder.bound(quota.field),
        places=binder.bound(quota.places),
        place=binder.bound(quota.place),
        within_line=binder.bound(quota.within_line),
    )
