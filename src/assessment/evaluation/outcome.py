"""Program and data → outcome: facts are laid out, the graph is run, and what must be reported is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import field, frozen

from assessment import number
from assessment.compiler.estimates import is_estimate
from assessment.compiler.program import Gate, Program, Scored
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.walk import Demand, children, order
from assessment.data.model import Data, Observation
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Diagnostic, Label, diagnostic
from assessment.evaluation.exact import Values, run
from assessment.evaluation.facts import Facts, Value
from assessment.evaluation.lookups import unstated
from assessment.methods.wording import amount
from assessment.number import Irrational, Real
from assessment.semantics.model import POLICY_KEYS, Policy
from assessment.syntax.words import spelling


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
    facts = _facts(program, data, period, program.demands)
    values = run((), facts, demands=program.demands)
    outcome = Outcome(program=program, data=data, period=period, values=values)
    lacking = tuple(unstated(program, values, data.source))
    faults = (*lacking, *_faults(outcome, consequences=not lacking), *_outside(outcome))
    return (None if faults else outcome), faults


def valued(program: Program, data: Data, period: int, extra: Iterable[n.Node] = ()) -> Outcome:
    """A program run on data for one period, with further graphs; nothing is asked of what is absent."""
    demands = order((*program.roots, *extra))
    facts = _facts(program, data, period, demands)
    return Outcome(program=program, data=data, period=period, values=run((), facts, demands=demands))


def refusals(outcome: Outcome, path: str, region: str) -> tuple[Diagnostic, ...]:
    """Why a score of one region is refused: what is absent in it or below it and nothing disposes of.

    The total is refused also where a limit, a veto or the condition of a grade cannot be decided.
    """
    program = outcome.program
    place = outcome.facts.regions.index(region)
    within = {one.spec.path for one in program.scored[path].walk()}
    found = [one for one in (*_in_scores(outcome), *_in_results(outcome)) if one.where.en in within]
    if path == program.root.spec.path:
        found += _in_conditions(outcome)
    return tuple(
        _diagnostic(fault, cell, outcome)
        for fault in found
        if fault.place == place
        for cell in fault.cells or (None,)
    )


def required_inputs(program: Program, group: str | None, period: int) -> tuple[tuple[str, int], ...]:
    """The inputs and years that a region of a group must report, because a formula that applies to it reads them.

    A formula counts where the policy for missing values that holds for it is `error`. What stands under a policy of its own, inside a
    field statistic, or in a formula that a condition may exempt is not counted; what a limit reads is.
    """
    formulas = [
        one.spec.formula
        for one in _leaves(program.root)
        if one.spec.formula is not None
        and _is_error("missing", one.spec.policies)
        and not any(_may_exempt(gate, group) for gate in one.gates)
    ]
    stated = program.rules.policies
    asked = [limit.spec.condition for limit in program.limits]
    asked += [veto.spec.condition for veto in program.vetoes]
    asked += [grade.spec.condition for grade in program.grades if grade.spec.condition is not None]
    asked += [mark.spec.condition for mark in program.marks if mark.spec.condition is not None]
    quotas = (mark.spec.quota for mark in program.marks if mark.spec.quota is not None)
    asked += [key for quota in quotas for key, _ in quota.by]
    limits = asked if _is_error("missing", stated) else []
    found = [
        (node.reported_as, period + offset)
        for root in (*formulas, *limits)
        for node, offset in _read(root)
        if node.name not in n.RESERVED
    ]
    return tuple(dict.fromkeys(found))


def _leaves(root: Scored) -> Iterable[Scored]:
    return (one for one in root.walk() if not one.children)


def _may_exempt(gate: Gate, group: str | None) -> bool:
    return not gate.exemption.groups or group in gate.exemption.groups


def _read(root: n.Node, *, lacking: bool = False) -> Iterable[tuple[n.Input, int]]:
    """The inputs that a formula reads of the region itself, unprotected by a policy.

    What may be estimated is read only where the estimate is lacking too.
    """
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
            case n.Frame(role="score"):
                # What a score needs is asked for where that score is made.
                continue
            case n.Frame(node=n.Recover(value=value)) if is_estimate(node):
                # What an estimate reads is needed only where there is nothing else.
                if lacking:
                    stack.append((value, offset))
            case n.Recover(statuses=statuses, replacement=replacement) if Absence.NOT_REPORTED in statuses:
                stack.append((replacement, offset))
            case n.Shift(value=value, periods=periods):
                stack.append((value, offset + periods))
            case n.Frame(node=inner):
                stack.append((inner, offset))
            case _:
                stack.extend((child, offset) for child in reversed(children(node)))
    return found


def _facts(program: Program, data: Data, period: int, demands: Iterable[Demand]) -> Facts:
    references = {group.name for group in program.rules.groups if group.reference}
    groups = tuple(data.group_by_region.get(region) for region in data.regions)
    cells: dict[tuple[str, int], tuple[Value, ...]] = {}
    for node, offset in demands:
        if isinstance(node, n.Input) and (node.name, period + offset) not in cells:
            year = period + offset
            if node.name == n.YEAR_HELD:
                known = year == period or year + program.latest in data.periods
                held: Value = True if known else Absence.NOT_REPORTED
                cells[n.YEAR_HELD, year] = (held,) * len(data.regions)
                continue
            seen = [data.observations.get((node.reported_as, year, region)) for region in data.regions]
            cells[node.name, year] = tuple(_value(node, observation) for observation in seen)
    return Facts(
        regions=data.regions,
        groups=groups,
        reference=tuple(group in references for group in groups),
        period=period,
        cells=cells,
    )


def _value(node: n.Input, seen: Observation | None) -> Value:
    """What was observed for an input; for a field of rows, its value in each row that counts."""
    if seen is None:
        return Absence.NOT_REPORTED
    if node.name == node.reported_as or not isinstance(seen.value, tuple):
        return seen.value
    name = node.name.removeprefix(f"{node.reported_as}.")
    rows = seen.counted
    if len(rows) != len(seen.value):
        return (Absence.NOT_REPORTED,) * len(seen.value)
    cells = [row.fields[name].value if name in row.fields else Absence.NOT_REPORTED for row in rows]
    return tuple(Absence.NOT_REPORTED if isinstance(value, tuple) else value for value in cells)


def _faults(outcome: Outcome, *, consequences: bool) -> Iterable[Diagnostic]:
    """Absences that no policy of the file disposes of, once for each cell (or formula) and region.

    `consequences` says whether to report what does not apply although all its data do: not where a table lacks a year.
    """
    reported: set[object] = set()
    found = (*_in_scores(outcome), *_in_results(outcome), *_in_conditions(outcome))
    # What is absent because a score is that was reported already is a consequence, and is not reported again.
    named = {fault.place for fault in found if fault.read is None}
    for fault in found:
        if fault.read is not None and fault.place in named:
            continue
        if not consequences and not fault.cells and fault.absence is Absence.NOT_APPLICABLE:
            continue
        for cell in fault.cells or (None,):
            key = (cell or fault.where.en, fault.place)
            if key not in reported:
                reported.add(key)
                yield _diagnostic(fault, cell, outcome)


@frozen(kw_only=True)
class _Fault:
    """An absence that nothing disposes of: what needs the value, for which region, and the inputs that lack it."""

    where: Text
    place: int
    absence: Absence
    cells: tuple[tuple[str, int], ...]
    read: tuple[n.Frame, int] | None = None
    """The score that was read, and its year, where that is what is absent."""


def _in_scores(outcome: Outcome) -> Iterable[_Fault]:
    trees = [outcome.program.root, *(result.root for result in outcome.program.results)]
    for one in (leaf for tree in trees for leaf in _leaves(tree)):
        if one.spec.formula is None or one.spec.level == "result":
            continue
        roots = (one.spec.formula, *(gate.condition for gate in one.gates))
        for place, value in enumerate(outcome.values.of(one.settled or one.value)):
            if (
                isinstance(value, Absence)
                and _is_fault(value, one.spec.policies)
                and not _is_settled(one, place, outcome)
            ):
                cells = _culprits(roots, value, place, outcome)
                read = None if cells else _absent_score(roots, value, place, outcome)
                where = Text.same(one.spec.path)
                yield _Fault(where=where, place=place, absence=value, cells=cells, read=read)


def _in_results(outcome: Outcome) -> Iterable[_Fault]:
    """Results made from scores that need data which are not there; that a score they read is absent is no fault."""
    for result in outcome.program.results:
        node = result.root.spec.formula
        if result.spec.tree is not None or node is None:
            continue
        for place, value in enumerate(outcome.values.of(node)):
            if isinstance(value, Absence) and _is_fault(value, outcome.program.rules.policies):
                cells = _culprits((node,), value, place, outcome)
                if cells:
                    where = Text.same(result.spec.path)
                    yield _Fault(where=where, place=place, absence=value, cells=cells)


def _outside(outcome: Outcome) -> Iterable[Diagnostic]:
    """Results made from scores whose value lies outside the scale that the file states."""
    for result in outcome.program.results:
        spec = result.spec
        if spec.tree is not None or spec.low is None or spec.high is None:
            continue
        for place, value in enumerate(outcome.values.of(result.root.full)):
            if not isinstance(value, Fraction | Irrational) or _holds(spec.low, value, spec.high):
                continue
            region = outcome.facts.regions[place]
            near = value if isinstance(value, Fraction) else Fraction(number.enclosure(value)[0])
            shown, low, high = (amount(end, spec.type) for end in (near, spec.low, spec.high))
            yield diagnostic(
                "result-outside-scale",
                Text(
                    en=f"`{spec.title}` of `{region}` is {shown.en}, and its scale goes from {low.en} to {high.en}",
                    zh=f"`{region}` 的 `{spec.title}` 为 {shown.zh}，超出区间 {low.zh} 到 {high.zh}",
                ),
                Label(place=CellPlace(file=outcome.data.source or None), text=None, primary=True),
                help=Text(
                    en="state a wider scale or `unbounded` in the rules, or hold the value with `larger` and `smaller`",
                    zh="请在规则中放宽区间或写 `不设区间`，或用 `取大`、`取小` 限定",
                ),
            )


def _holds(low: Fraction, value: Real, high: Fraction) -> bool:
    """Whether a value lies on a scale; one that cannot be told from an end does."""
    try:
        return number.compare(value, low) >= 0 and number.compare(value, high) <= 0
    except (number.Undecided, number.TooLarge):
        return True


def _is_settled(one: Scored, place: int, outcome: Outcome) -> bool:
    """Whether an absent value is what the file wants: the region is exempt, or the points are passed on."""
    settled = [gate.holds for gate in one.gates] + ([] if one.left_out is None else [one.left_out])
    return any(outcome.values.at(node, place) is True for node in settled)


def _in_conditions(outcome: Outcome) -> Iterable[_Fault]:
    """Limits, vetoes and conditions of grades and marks that cannot be decided although there is a score; that a score they read is absent is no fault."""
    program = outcome.program
    totals = outcome.values.of(program.root.published)
    asked = [(one.condition, one.spec.condition, Text.same(one.spec.text)) for one in program.limits]
    asked += [(one.condition, one.spec.condition, one.spec.words) for one in program.vetoes]
    asked += [
        (one.condition, one.spec.condition, one.spec.words)
        for one in program.grades
        if one.condition is not None and one.spec.condition is not None and one.spec.words is not None
    ]
    asked += [
        (one.condition, one.spec.condition, one.spec.words)
        for one in program.marks
        if one.condition is not None and one.spec.condition is not None
    ]
    for one in program.marks:
        if one.quota is not None and one.spec.quota is not None:
            stated = zip(one.quota.keys, one.spec.quota.by, strict=False)
            asked += [(key, written, one.spec.words) for (key, _), (written, _) in stated]
    for condition, written, where in asked:
        for place, value in enumerate(outcome.values.of(condition)):
            if (
                isinstance(value, Absence)
                and _is_fault(value, program.rules.policies)
                and not isinstance(totals[place], Absence)
            ):
                cells = _culprits((written,), value, place, outcome)
                if cells:
                    yield _Fault(where=where, place=place, absence=value, cells=cells)


def _is_fault(absence: Absence, policies: Mapping[str, Policy]) -> bool:
    """Whether nothing was said of an absence, or that it is an error."""
    policy = policies.get(POLICY_KEYS[absence])
    return policy is None or policy.then.last.value == "error"


def _is_error(key: str, policies: Mapping[str, Policy]) -> bool:
    return key in policies and policies[key].then.value == "error"


def _culprits(
    roots: Iterable[n.Node], absence: Absence, place: int, outcome: Outcome
) -> tuple[tuple[str, int], ...]:
    """The inputs below these nodes that are absent in this way."""
    found = [
        (node.reported_as, outcome.period + offset)
        for root in roots
        for node, offset in _read(root, lacking=True)
        if node.name not in n.RESERVED
        and outcome.facts.cells[node.name, outcome.period + offset][place] is absence
    ]
    return tuple(dict.fromkeys(found))


def _absent_score(
    roots: Iterable[n.Node], absence: Absence, place: int, outcome: Outcome
) -> tuple[n.Frame, int] | None:
    """The score that these formulas read and that is absent in this way, with its year."""
    for root in roots:
        for node, offset in order((root,), closed=_is_score):
            if (
                isinstance(node, n.Frame)
                and _is_score(node)
                and outcome.values.at(node, place, offset) is absence
            ):
                return node, outcome.period + offset
    return None


def _is_score(node: n.Node) -> bool:
    return isinstance(node, n.Frame) and node.role == "score"


def _diagnostic(fault: _Fault, cell: tuple[str, int] | None, outcome: Outcome) -> Diagnostic:
    region, absence, where = outcome.facts.regions[fault.place], fault.absence, fault.where
    label = absence.label
    if fault.read is not None:
        score, year = fault.read
        text = Text(
            en=f"`{where.en}` cannot be scored for `{region}`: it reads `{score.name}` of {year}, which is {label.en}",
            zh=f"`{region}` 的 `{where.zh}` 无法计分：所引用的 {year} 年 `{score.name}` {label.zh}",
        )
        code = "undefined-score"
        place = CellPlace(file=outcome.data.source or None)
    elif cell is None:
        text = Text(
            en=f"`{where.en}` cannot be scored for `{region}`: its formula is {label.en}",
            zh=f"`{region}` 的 `{where.zh}` 无法计分：计算结果{label.zh}",
        )
        code = "undefined-score"
        place = CellPlace(file=outcome.data.source or None)
    else:
        title = next((i.title for i in outcome.program.rules.inputs if i.name == cell[0]), cell[0])
        text = Text(
            en=f"`{title}` of `{region}` for {cell[1]} is {label.en}, and `{where.en}` needs it",
            zh=f"`{region}` {cell[1]} 年的 `{title}` {label.zh}，而 `{where.zh}` 需要它",
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
            en=f"supply it, or state a policy for `{spelling('POLICY_KEY', key, 'en')}` in the rules",
            zh=f"补报该数据，或在规则的约定中写明 `{spelling('POLICY_KEY', key, 'zh')}` 如何处理",
        ),
    )
