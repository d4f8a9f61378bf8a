"""Where a formula can be *undefined*, as far as the policies of the file do not settle it."""

from __future__ import annotations

from collections.abc import Iterable

from assessment.core import nodes as n
from assessment.core.bounds import analyse
from assessment.core.walk import order
from assessment.diagnostics.model import Span
from assessment.methods.registry import method_named
from assessment.semantics.scope import Scope

__all__ = ["first_undefined"]


def first_undefined(formulas: Iterable[n.Node], scope: Scope) -> Span | None:
    """The place of the first thing that can make one of these formulas undefined; None where nothing can."""
    roots = tuple(formulas)
    analysis = analyse(roots)
    for root in roots:
        culprits = analysis.of(root).undefined_by
        if not culprits:
            continue
        settled = _settled(root, scope)
        for culprit in culprits:
            place = culprit.span or root.span
            if id(culprit) not in settled and place is not None:
                return place
    return None


def _settled(root: n.Node, scope: Scope) -> frozenset[int]:
    """The nodes that a method guards against equal values everywhere, where the file says what then holds.

    The divisor of such a method is the distance between the ends of a field. That it is not zero follows from the
    policy, which ranges of values cannot see.
    """
    if scope.policies.get("all equal", "undefined") == "undefined":
        return frozenset()
    found: set[int] = set()
    for frame, _ in order((root,)):
        method = method_named(frame.name) if isinstance(frame, n.Frame) and frame.role == "call" else None
        if isinstance(frame, n.Frame) and method is not None and "all equal" in method.needs:
            given = {id(node) for node, _ in order(argument.node for argument in frame.arguments)}
            own = [node for node, _ in order((frame.node,)) if id(node) not in given]
            # With fixed ends in place of a field there is nothing that the policy speaks of.
            if any(isinstance(node, n.Aggregate) for node in own):
                found |= {id(node) for node in own}
    return frozenset(found)
