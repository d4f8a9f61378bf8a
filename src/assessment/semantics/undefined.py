"""Where a formula can be *undefined*, whatever the policies of the file already settle inside it."""

from __future__ import annotations

from collections.abc import Iterable

from assessment.core import nodes as n
from assessment.core.bounds import analyse
from assessment.diagnostics.model import Span

__all__ = ["first_undefined"]


def first_undefined(formulas: Iterable[n.Node]) -> Span | None:
    """The place of the first thing that can make one of these formulas undefined; None where nothing can."""
    roots = tuple(formulas)
    analysis = analyse(roots)
    for root in roots:
        for culprit in analysis.of(root).undefined_by:
            place = culprit.span or root.span
            # A score that is read is undefined where its own formula is, and that one is looked at by itself.
            if place is not None and not isinstance(culprit, n.Score):
                return place
    return None
