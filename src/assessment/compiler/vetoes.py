"""What the vetoes of a rule set come to: under which condition a score is zero, and who is in the ranking."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.compiler.program import BoundVeto
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.semantics.model import Veto

__all__ = ["standing", "zeroed_by"]


def zeroed_by(vetoes: tuple[BoundVeto, ...]) -> dict[str, tuple[BoundVeto, ...]]:
    """The vetoes that set scores to zero, by the paths of the scores."""
    found: dict[str, tuple[BoundVeto, ...]] = {}
    for veto in vetoes:
        for path in dict.fromkeys(effect.path for effect in veto.spec.effects if effect.path is not None):
            found[path] = (*found.get(path, ()), veto)
    return found


def standing(vetoes: Sequence[Veto | BoundVeto]) -> n.Node | None:
    """The condition under which a region is in the ranking; None where all are."""
    found = [
        veto.condition
        for veto in vetoes
        for effect in (veto.spec if isinstance(veto, BoundVeto) else veto).effects
        if effect.kind == "out of ranking"
    ]
    return b.negation(b.either(*found)) if found else None
