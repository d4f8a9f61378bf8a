"""Hypotheses put to the test: what each would make of the published figures, and which of them it explains.

A hypothesis explains a figure if it gives it exactly. Its trial also counts the figures that agree with the rules and would not
agree with it, which speak against it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import field, frozen

from assessment.analysis.reconcile.figures import Made, agrees, figures_of, shows
from assessment.analysis.reconcile.float_habits import FLOAT_HABITS
from assessment.analysis.reconcile.floats import float_columns
from assessment.analysis.reconcile.hypotheses import CauseKind, variants
from assessment.compiler.bind import Cycle
from assessment.compiler.from_rules import compile_rules
from assessment.compiler.program import Program
from assessment.core import nodes as n
from assessment.data.published.model import Figure, PublishedFigure
from assessment.diagnostics.bilingual import Text
from assessment.evaluation.exact import Values, run
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


_Column = Callable[[Figure], "tuple[tuple[Value, ...], n.Node] | None"]
"""The values of a figure under a hypothesis, and the node that gives them."""


def trials(case: Case) -> Iterator[Trial]:
    """Every hypothesis that explains anything, the plainest first."""
    for kind, text, column, program in _hypotheses(case):

        def holds(one: int, column: _Column = column) -> bool:
            published = case.figures[one]
            found = column(published.figure)
            if found is None:
                return False
            value, node = found[0][case.place[published.region]], found[1]
            said = case.made[published.figure].node
            if isinstance(said, n.Round) and not isinstance(node, n.Round):
                return shows(published, value, node, said.mode)
            return bool(agrees(published, value, node))

        explains = frozenset(one for one in case.contradicted if holds(one))
        if explains:
            against = frozenset(one for one in case.equal if not holds(one))
            yield Trial(kind=kind, text=text, explains=explains, against=against, program=program)


def _hypotheses(case: Case) -> Iterator[tuple[CauseKind, Text, _Column, Program | None]]:
    made = case.made
    wanted = {case.figures[one].figure for one in (*case.contradicted, *case.equal)}
    for variant in variants(case.program.rules):
        try:
            changed = compile_rules(variant.rules)
        except Cycle:
            continue
        yield variant.kind, variant.text, _columns_of(changed, case.facts, wanted), changed
    for within in ("all", "group"):
        yield "field of ranks", _FIELDS[within], _other_field(case, within), None
    nodes = [made[one].node for one in sorted(wanted, key=lambda one: one.id) if one in made]
    for text, habit in FLOAT_HABITS:
        floats = float_columns(nodes, case.facts, case.values, habit)

        def column(
            figure: Figure, floats: Mapping[n.Node, tuple[Value, ...]] = floats
        ) -> tuple[tuple[Value, ...], n.Node] | None:
            return (floats[made[figure].node], made[figure].node) if figure in made else None

        yield "binary floats", text, column, None


def _columns_of(changed: Program, facts: Facts, wanted: Collection[Figure]) -> _Column:
    made = figures_of(changed)
    nodes = [made[one].node for one in wanted if one in made]
    values = run(nodes, facts)

    def column(figure: Figure) -> tuple[tuple[Value, ...], n.Node] | None:
        found = made.get(figure)
        return None if found is None else (values.of(found.node), found.node)

    return column


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


def _other_field(case: Case, within: str) -> _Column:
    """Ranks taken in the other field than the one that the table says."""
    made = case.made

    def column(figure: Figure) -> tuple[tuple[Value, ...], n.Node] | None:
        if figure.kind != "rank":
            return (case.values.of(made[figure].node), made[figure].node) if figure in made else None
        other = next(
            (
                one
                for key, one in made.items()
                if key.kind == "rank" and key.path == figure.path and key.within == within
            ),
            None,
        )
        return None if other is None else (case.values.of(other.node), other.node)

    return column
