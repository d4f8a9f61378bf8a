"""Why figures are contradicted: the one change of the rules that explains most, then the next; what is left is wrong.

A change is taken for a cause only if it is not refuted by the rest of the table: it may make fewer figures unequal that are
equal now than it explains. Of changes that explain equally much the one with fewer such figures comes first, then the plainer
one; all others that explain the same figures are told beside it, since the table does not tell them apart.

Two changes may act on the same figures, so that neither alone gives them. Where single changes leave something open, second
ones are therefore tried on top of the best first ones, and a pair is taken if it explains more than the two best single
changes together. The second must explain two figures at least: among so many pairs one figure fits by chance.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attrs import evolve, frozen

from assessment.analysis.reconcile.model import Cause, Other
from assessment.analysis.reconcile.trials import Case, Trial, trials
from assessment.analysis.reconcile.wrong import wrong_figures
from assessment.compiler.program import Program
from assessment.evaluation.exact import run

__all__ = ["find_causes"]

_FEWEST_TOGETHER = 2
"""Figures that a second change on top of another must explain."""
_OPEN_SHARE = 10
"""Second changes are tried where single ones leave one in so many of the contradicted figures open, or more."""
_BASES = 6
"""So many first changes are tried with second ones on top."""


def find_causes(case: Case) -> tuple[Cause, ...]:
    """The causes of the contradicted figures; every one of these has a cause."""
    if not case.contradicted:
        return ()
    alone = [*trials(case)]
    left = set(case.contradicted)
    single = _single(alone, left)
    open_ = len(left) - sum(len(one.explains) - one.against for one in single[:2])
    many = open_ >= _FEWEST_TOGETHER and open_ * _OPEN_SHARE >= len(left)
    pair = _pair(case, alone) if single and many else None
    causes = single
    if pair is not None and pair.net > len(left) - open_:
        explained = {one for cause in pair.causes for one in cause.explains}
        causes = [*pair.causes, *_single(alone, left - explained)]
    left -= {one for cause in causes for one in cause.explains}
    return _settled(causes, wrong_figures(case, sorted(left), alone))


def _single(found: Sequence[Trial], figures: Collection[int]) -> list[Cause]:
    """Single changes, one after the other, while any explains more of what is left than speaks against it."""
    left = set(figures)
    causes: list[Cause] = []
    while left and (best := _best(found, left)) is not None:
        causes.append(_cause(best, found, left))
        left -= best.explains
    return causes


def _best(found: Sequence[Trial], left: Collection[int], fewest: int = 1) -> Trial | None:
    fitting = [
        (many - len(one.against), -len(one.against), one)
        for one in found
        if (many := len(one.explains.intersection(left))) >= fewest and many > len(one.against)
    ]
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def _cause(best: Trial, found: Sequence[Trial], left: Collection[int]) -> Cause:
    explains = best.explains.intersection(left)
    return Cause(
        kind=best.kind,
        text=best.text,
        explains=tuple(sorted(explains)),
        against=len(best.against),
        others=tuple(
            Other(kind=one.kind, text=one.text)
            for one in found
            if one is not best
            and one.explains.intersection(left) == explains
            and len(one.against) == len(best.against)
        ),
    )


# ── two changes at a time ────────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class _Pair:
    """Two changes that hold together; `net` is what they explain less what speaks against them."""

    causes: tuple[Cause, Cause]
    net: int


def _pair(case: Case, alone: Sequence[Trial]) -> _Pair | None:
    """The pair that explains most; None where no second change adds anything to a first."""
    by_reach: dict[tuple[frozenset[int], frozenset[int]], Trial] = {}
    for one in alone:
        if one.program is not None and len(one.explains) > len(one.against):
            by_reach.setdefault((one.explains, one.against), one)
    bases = sorted(by_reach.values(), key=lambda one: len(one.against) - len(one.explains))
    pairs: list[_Pair] = []
    for first in bases[:_BASES]:
        if first.program is None:
            continue
        left = set(case.contradicted) - first.explains
        found = [*trials(_on_top(case, first, first.program))]
        second = _best(found, left, _FEWEST_TOGETHER)
        if second is not None:
            net = len(first.explains) + len(second.explains) - len(first.against) - len(second.against)
            causes = (_cause(first, alone, case.contradicted), evolve(_cause(second, found, left), besides=0))
            pairs.append(_Pair(causes=causes, net=net))
    return max(pairs, key=lambda one: one.net, default=None)


def _on_top(case: Case, first: Trial, program: Program) -> Case:
    """What is left to be explained once a change of the rules is taken for granted."""
    wanted = {one.figure for one in case.figures}
    changed = evolve(case, program=program)
    nodes = [made.node for figure, made in changed.made.items() if figure in wanted]
    return evolve(
        changed,
        values=run(nodes, case.facts),
        contradicted=sorted(set(case.contradicted) - first.explains),
        equal=sorted({*case.equal, *first.explains} - first.against),
    )


def _settled(causes: Sequence[Cause], wrong: Sequence[Cause]) -> tuple[Cause, ...]:
    """The causes without those of which all follows from figures that are wrong anyway; each figure under one cause."""
    following = {one for cause in wrong for one in cause.follows}
    kept = [at for at, cause in enumerate(causes) if not set(cause.explains) <= following]
    renumbered = {at: place for place, at in enumerate(kept)}
    taken = {one for at in kept for one in causes[at].explains}
    return (
        *(
            evolve(one, besides=None if one.besides is None else renumbered.get(one.besides))
            for one in (causes[at] for at in kept)
        ),
        *(evolve(cause, follows=tuple(one for one in cause.follows if one not in taken)) for cause in wrong),
    )
