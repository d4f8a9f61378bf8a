"""Hypotheses put to the test: what each would make of the published figures, and which of them it explains.

A hypothesis explains a figure if it gives it exactly. Its trial also counts the figures that agree with the rules and would not
agree with it, which speak against it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial

from attrs import field, frozen

from assessment.analysis.reconcile.figures import Made, agrees, figures_of, shows
from assessment.analysis.reconcile.float_habits import FLOAT_HABITS, Rounded
from assessment.analysis.reconcile.floats import float_columns
from assessment.analysis.reconcile.hypotheses import CauseKind, variants
from assessment.analysis.reconcile.sharing import Shared
from assessment.compiler.bind import Cycle
from assessment.compiler.from_rules import compile_rules
from assessment.compiler.program import Program
from assessment.core import nodes as n
from assessment.data.published.model import Figure, PublishedFigure
from assessment.diagnostics.bilingual import Text
from assessment.evaluation.exact import Values
from assessment.evaluation.facts import Facts, Value

__all__ = ["Case", "Trial", "trials"]


@frozen(kw_only=True)
class Case:
    """What is to be explained: a program with its facts and values, the published figures, and which are contradicted.

    `contradicted` and `equal` are places among `figures`.
    """

    program: Program
    facts: Facts
    values: Values = field(repr=False)
    figures: Sequence[PublishedFigure]
    contradicted: Collection[int]
    equal: Collection[int]

    @cached_property
    def made(self) -> Mapping[Figure, Made]:
        """The figures that the program makes."""
        return figures_of(self.program)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The places of the regions by name."""
        return {region: at for at, region in enumerate(self.facts.regions)}


@frozen(kw_only=True)
class Trial:
    """A hypothesis with what it explains of the contradicted figures, and the equal ones that speak against it.

    `program` is there where the hypothesis is a change of the rules.
    """

    kind: CauseKind
    text: Text
    explains: frozenset[int]
    against: frozenset[int]
    program: Program | None = None


_Column = Callable[[Figure], "tuple[Sequence[Value], n.Node] | None"]
"""The values of a figure under a hypothesis, and the node that gives them; None where it makes no such figure."""


@frozen(kw_only=True)
class _Hypothesis:
    """What may have been done, and how to calculate some figures by it; `program` is there for a change of the rules."""

    kind: CauseKind
    text: Text
    columns: Callable[[Collection[Figure]], _Column]
    program: Program | None = None


def trials(case: Case) -> Iterator[Trial]:
    """Every hypothesis that explains anything, the plainest first."""
    for one in _hypotheses(case):
        explains = _agreeing(case, one, case.contradicted)
        # What explains nothing need not be held against the rest.
        if explains:
            against = frozenset(case.equal) - _agreeing(case, one, case.equal)
            yield Trial(kind=one.kind, text=one.text, explains=explains, against=against, program=one.program)


def _agreeing(case: Case, hypothesis: _Hypothesis, places: Collection[int]) -> frozenset[int]:
    """The figures that come out as published."""
    column = hypothesis.columns(dict.fromkeys(case.figures[one].figure for one in places))
    return frozenset(one for one in places if _agrees(case, case.figures[one], column))


def _agrees(case: Case, published: PublishedFigure, column: _Column) -> bool:
    found = column(published.figure)
    if found is None:
        return False
    value, node = found[0][case.place[published.region]], found[1]
    said = case.made[published.figure].node
    if isinstance(said, n.Round) and not isinstance(node, n.Round):
        return shows(published, value, node, said.mode)
    return bool(agrees(published, value, node))


def _hypotheses(case: Case) -> Iterator[_Hypothesis]:
    shared = Shared([one.node for one in case.made.values()], case.values)
    for variant in variants(case.program.rules):
        try:
            changed = compile_rules(variant.rules)
        except Cycle:
            continue
        yield _Hypothesis(
            kind=variant.kind,
            text=variant.text,
            columns=partial(_by_program, figures_of(changed), case.facts, shared),
            program=changed,
        )
    for within in ("all", "group"):
        yield _Hypothesis(
            kind="field of ranks", text=_FIELDS[within], columns=partial(_in_other_field, case, within)
        )
    for text, habit in FLOAT_HABITS:
        yield _Hypothesis(kind="binary floats", text=text, columns=partial(_in_floats, case, habit))


def _by_program(
    made: Mapping[Figure, Made], facts: Facts, shared: Shared, wanted: Collection[Figure]
) -> _Column:
    values = shared.run([made[one].node for one in wanted if one in made], facts)

    def column(figure: Figure) -> tuple[Sequence[Value], n.Node] | None:
        found = made.get(figure)
        return None if found is None else (values.of(found.node), found.node)

    return column


def _in_floats(case: Case, habit: Rounded, wanted: Collection[Figure]) -> _Column:
    made = case.made
    floats = float_columns([made[one].node for one in wanted if one in made], case.facts, case.values, habit)
    return lambda figure: (floats[made[figure].node], made[figure].node) if figure in made else None


_FIELDS = {
    "all": Text(
        en="ranked among all regions, where the rules rank within the group",
        zh="在全部地区中排名，而规则在同组中排名",
    ),
    "group": Text(
        en="ranked within the group, where the rules rank among all",
        zh="在同组中排名，而规则在全部地区中排名",
    ),
}


def _in_other_field(case: Case, within: str, wanted: Collection[Figure]) -> _Column:
    """Ranks taken in the other field than the one that the table says."""
    made = case.made
    other = {
        figure: next(
            (
                one.node
                for key, one in made.items()
                if key.kind == "rank" and key.path == figure.path and key.within == within
            ),
            None,
        )
        if figure.kind == "rank"
        else made[figure].node
        for figure in wanted
    }

    def column(figure: Figure) -> tuple[Sequence[Value], n.Node] | None:
        node = other[figure]
        return None if node is None else (case.values.of(node), node)

    return column
