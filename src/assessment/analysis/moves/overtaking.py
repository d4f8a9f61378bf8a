"""Who passes whom, where both rules rank in one field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from assessment.analysis.moves.model import Move, Run, RunKey


def with_passed(found: Sequence[Move], runs: Mapping[RunKey, Run]) -> list[Move]:
    """The moves with who was passed, where both rules rank in one field."""
    fields = {
        run.outcome.program.rules.ranking.within
        for key, run in runs.items()
        if key in (("old", "old"), ("new", "new"))
        and run.outcome is not None
        and run.outcome.program.rules.ranking is not None
    }
    if len(fields) != 1:
        return list(found)
    grouped = fields == {"group"}
    again = []
    for one in found:
        passed, by = [], []
        for other in found:
            if other is one or (grouped and other.group != one.group):
                continue
            before, after = (_ahead(x(one), x(other)) for x in (_old_rank, _new_rank))
            if before is False and after is True:
                passed.append(other.region)
            if before is True and after is False:
                by.append(other.region)
        again.append(evolve(one, passed=tuple(passed), passed_by=tuple(by)))
    return again


def _old_rank(move: Move) -> Fraction | None:
    return None if move.old is None else move.old.rank


def _new_rank(move: Move) -> Fraction | None:
    return None if move.new is None else move.new.rank


def _ahead(one: Fraction | None, other: Fraction | None) -> bool | None:
    """Whether the one stands before the other; None where they share a place or have none."""
    return None if one is None or other is None or one == other else one < other
