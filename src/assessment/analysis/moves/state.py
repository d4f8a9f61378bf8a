"""What one run says of each region."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assessment.analysis.moves.model import Placed, Run, State, UnderKey
from assessment.compiler.program import Program, Scored
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.evaluation.outcome import Outcome
from assessment.number import Irrational, Real
from assessment.semantics.model import Ranking

ADJUSTMENTS = ("bonus", "deduction")


def states(run: Run) -> dict[str, State]:
    """By region, what a run says of it; nothing where the run was refused."""
    if run.outcome is None:
        return {}
    outcome = run.outcome
    return {region: _state(outcome, place) for place, region in enumerate(outcome.facts.regions)}


def _state(outcome: Outcome, place: int) -> State:
    program = outcome.program
    grade = None if program.grade is None else outcome.values.at(program.grade, place)
    return State(
        total=_real(outcome.values.at(program.root.published, place)),
        exact=_real(outcome.values.at(program.root.rescaled, place)),
        rank=_rank(outcome, place, program.rules.ranking, program.rank_in_group, program.rank_in_all),
        grade=program.rules.grades[int(grade)].name if isinstance(grade, Fraction) else None,
        items={
            one.spec.path: value
            for one in _items(program)
            if (
                value := _real(
                    outcome.values.at(one.full if one.spec.level in ADJUSTMENTS else one.carried, place)
                )
            )
            is not None
        },
        possible={
            one.spec.path: value
            for one in _items(program)
            if one.spec.level not in ADJUSTMENTS
            and (value := _real(outcome.values.at(one.possible, place))) is not None
        },
        results={
            one.spec.path: Placed(
                value=_real(outcome.values.at(one.root.published, place)),
                rank=_rank(outcome, place, one.spec.ranking, one.rank_in_group, one.rank_in_all),
            )
            for one in program.results
        },
        under={key: _in_one_line(words) for key, words in _under(outcome, place)},
    )


def _rank(
    outcome: Outcome, place: int, ranking: Ranking | None, in_group: n.Node | None, in_all: n.Node | None
) -> Fraction | None:
    """The place in the field in which the rules rank."""
    node = None if ranking is None else in_group if ranking.within == "group" else in_all
    found = None if node is None else outcome.values.at(node, place)
    return found if isinstance(found, Fraction) else None


def _under(outcome: Outcome, place: int) -> Iterator[tuple[UnderKey, Text]]:
    """The limits and vetoes that hold, and the conditions and quotas that keep from a grade whose threshold is reached."""
    program = outcome.program

    def is_(node: n.Node | None, wanted: bool) -> bool:
        return node is not None and outcome.values.at(node, place) is wanted

    for veto in program.vetoes:
        if is_(veto.condition, True):
            does = "，".join(sorted(effect.words.zh for effect in veto.spec.effects))
            yield ("veto", veto.spec.name, does), veto.spec.words
    for limit in program.limits:
        if is_(limit.condition, True):
            yield ("limit", limit.spec.at_most, " ".join(limit.spec.words.zh.split())), limit.spec.words
    for grade in program.grades:
        name, words, quota = grade.spec.name, grade.spec.words, grade.quota
        if words is None:
            continue
        if is_(grade.reached, True) and is_(grade.condition, False):
            yield ("condition", name, ""), words
        if quota is not None and is_(quota.candidate, True) and is_(quota.within_line, False):
            yield ("quota", name, ""), words


def _in_one_line(words: Text) -> Text:
    """A statement without the spaces that align it."""
    return Text(en=" ".join(words.en.split()), zh=" ".join(words.zh.split()))


def _items(program: Program) -> list[Scored]:
    """The indicators and what is added or taken off beside them."""
    categories = [one for one in program.root.walk() if one.spec.level in ("total", "category")]
    indicators = [one for one in program.root.walk() if one.spec.level == "indicator"]
    return [*indicators, *(x for one in categories for x in one.adjustments)]


def _real(value: object) -> Real | None:
    return value if isinstance(value, Fraction | Irrational) else None
