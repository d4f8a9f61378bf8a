"""Program and data → outcome: facts are laid out, the graph is run, and what must be reported is checked."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from assessment.compiler.from_rules import POLICY_KEYS
from assessment.compiler.program import Program, Scored
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.walk import children
from assessment.data.model import Data, Observation
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Diagnostic, Label, diagnostic
from assessment.evaluation.exact import Values, run
from assessment.evaluation.facts import Facts, Value


@frozen(kw_only=True)
class Outcome:
    """An assessment that was run: the rules, the data, and the value of every node."""

    program: Program
    data: Data
    period: int
    values: Values = field(repr=False)

    @property
    def facts(self) -> Facts:
        """The field of regions, in the order of the data."""
        return self.values.facts


def evaluate(program: Program, data: Data, period: int) -> tuple[Outcome | None, tuple[Diagnostic, ...]]:
    """Run a program on data for one period; None, with every fault, where a policy makes an absence an error."""
    facts = _facts(program, data, period)
    values = run((), facts, demands=program.demands)
    outcome = Outcome(program=program, data=data, period=period, values=values)
    faults = tuple(_faults(outcome))
    return (None if faults else outcome), faults


def required_inputs(program: Program, group: str | None, period: int) -> tuple[tuple[str, int], ...]:
    """The inputs and years that a region of a group must report, because a formula that applies to it reads them.

    Empty where the file's policy for missing values is not `error`. What stands under a policy of its own, inside a
    field statistic, or in a formula that a condition may exempt is not counted.
    """
    if program.rules.policies.get("missing") != "error":
        return ()
    found: dict[tuple[str, int], None] = {}
    for one, exempt in _leaves(program.root, False, group):
        if one.spec.formula is not None and not exempt:
            found |= dict.fromkeys((node.name, period + offset) for node, offset in _read(one.spec.formula))
    return tuple(found)


def _leaves(scored: Scored, exempt: bool, group: str | None) -> Iterable[tuple[Scored, bool]]:
    exempt = exempt or any(not e.groups or group in e.groups for e in scored.spec.exemptions)
    if not scored.children:
        yield scored, exempt
    for child in scored.children:
        yield from _leaves(child, exempt, group)


def _read(root: n.Node) -> Iterable[tuple[n.Input, int]]:
    """The inputs that a formula reads of the region itself, unprotected by a policy."""
    stack: list[tuple[n.Node, int]] = [(root, 0)]
    seen: set[tuple[int, int]] = set()
    found: list[tuple[n.Input, int]] = []
    while stack:
        node, offset = stack.pop()
        if (id(node), offset) in seen:
            continue
        seen.add((id(node), offset))
        match node:
            case n.Input():
                found.append((node, offset))
            case n.IsAbsent() | n.Aggregate(over="all") | n.Aggregate(over="group") | n.Refer():
                continue
            case n.Recover(statuses=statuses, replacement=replacement) if Absence.NOT_REPORTED in statuses:
                stack.append((replacement, offset))
            case n.Shift(value=value, periods=periods):
                stack.append((value, offset + periods))
            case n.Frame(node=inner):
                stack.append((inner, offset))
            case _:
                stack.extend((child, offset) for child in reversed(children(node)))
    return found


def _facts(program: Program, data: Data, period: int) -> Facts:
    references = {group.name for group in program.rules.groups if group.reference}
    groups = tuple(data.group_by_region.get(region) for region in data.regions)
    cells: dict[tuple[str, int], tuple[Value, ...]] = {}
    for node, offset in program.demands:
        if isinstance(node, n.Input) and (node.name, period + offset) not in cells:
            year = period + offset
            seen = [data.observations.get((node.name, year, region)) for region in data.regions]
            cells[node.name, year] = tuple(Absence.NOT_REPORTED if o is None else o.value for o in seen)
    return Facts(
        regions=data.regions,
        groups=groups,
        reference=tuple(group in references for group in groups),
        period=period,
        cells=cells,
    )


def _faults(outcome: Outcome) -> Iterable[Diagnostic]:
    """Absences that no policy of the file disposes of, once for each cell (or formula) and region."""
    policies = outcome.program.rules.policies
    reported: set[object] = set()
    for one in outcome.program.root.walk():
        if one.children or one.raw is None or one.spec.formula is None:
            continue
        for place, value in enumerate(outcome.values.of(one.value)):
            if not isinstance(value, Absence) or policies.get(POLICY_KEYS[value], "error") != "error":
                continue
            if value in one.left_out:
                continue
            region = outcome.facts.regions[place]
            cells: list[tuple[str, int] | None] = list(_culprits(one, value, place, outcome))
            for cell in cells or [None]:
                key = (cell or one.spec.path, region)
                if key not in reported:
                    reported.add(key)
                    yield _fault(one, value, region, cell, outcome)


def _culprits(one: Scored, absence: Absence, place: int, outcome: Outcome) -> Iterable[tuple[str, int]]:
    """The inputs of a formula that are absent in this way."""
    formula = () if one.spec.formula is None else _read(one.spec.formula)
    for node, offset in formula:
        found = outcome.facts.cells.get((node.name, outcome.period + offset))
        if found is None or found[place] is absence:
            yield node.name, outcome.period + offset


def _fault(
    one: Scored, absence: Absence, region: str, cell: tuple[str, int] | None, outcome: Outcome
) -> Diagnostic:
    label = absence.label
    where = one.spec.path
    if cell is None:
        text = Text(
            en=f"`{where}` cannot be scored for `{region}`: its formula is {label.en}",
            zh=f"`{region}` 的 `{where}` 无法计分：计算结果{label.zh}",
        )
        code = "undefined-score"
        place = CellPlace(file=outcome.data.source or None)
    else:
        title = next((i.title for i in outcome.program.rules.inputs if i.name == cell[0]), cell[0])
        text = Text(
            en=f"`{title}` of `{region}` for {cell[1]} is {label.en}, and `{where}` needs it",
            zh=f"`{region}` {cell[1]} 年的 `{title}` {label.zh}，而 `{where}` 需要它",
        )
        code = "data-missing"
        observation: Observation | None = outcome.data.observations.get((*cell, region))
        place = CellPlace(file=outcome.data.source or None) if observation is None else observation.origin
    key = POLICY_KEYS[absence]
    return diagnostic(
        code,
        text,
        Label(place=place, text=None, primary=True),
        help=Text(
            en=f"supply it, or state a policy for `{key}` in the rules",
            zh=f"补报该数据，或在规则的约定中写明 `{label.zh}` 如何处理",
        ),
    )
