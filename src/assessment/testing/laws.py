"""Laws that hold for every rule set, as functions an author calls from pytest or a notebook.

`check(rules)` draws data and asks for all of them. Each law also stands alone: it takes the rules and a table (see
`tables_for`) and raises `AssertionError` with the region and the score at fault. Data that the rules refuse say nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias, TypeVar
from zlib import crc32

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment import number, units
from assessment.audit.record import Amount, Line
from assessment.compiler.program import Scored
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.shape import Direction, monotone
from assessment.core.walk import order
from assessment.errors import DataError
from assessment.evaluation.facts import Value
from assessment.number import Irrational, Real
from assessment.result import RegionResult, Result
from assessment.ruleset import RuleSet
from assessment.semantics.model import POLICY_KEYS
from assessment.testing.regional import Table, absences_of, read, tables_for

__all__ = [
    "LAWS",
    "absence_never_beats_a_value",
    "check",
    "higher_totals_have_no_worse_rank",
    "lines_add_up",
    "order_of_regions_changes_nothing",
    "scores_lie_within_their_ends",
    "scores_move_as_their_formulas_say",
    "scores_or_reasons",
    "units_change_nothing",
]

_T = TypeVar("_T")

Law: TypeAlias = Callable[[RuleSet, Table], None]


def check(rules: RuleSet, *, laws: Iterable[Law] | None = None, examples: int = 30) -> None:
    """Ask for the laws on drawn data; raises with the smallest data that break one.

    `laws` are those to ask for, all of them unless stated; `examples` is how many tables are drawn for each.
    """
    drawn = tables_for(rules)
    for law in LAWS if laws is None else laws:
        _holds(law, rules, drawn, examples)


def _holds(law: Law, rules: RuleSet, drawn: st.SearchStrategy[Table], examples: int) -> None:
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(table=drawn)
    def holds(table: Table) -> None:
        law(rules, table)

    holds()


# ── the laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def scores_lie_within_their_ends(rules: RuleSet, table: Table) -> None:
    """No score is above its ceiling or below its floor, in proportion to the points possible, where the file says that they hold.

    That is before or after its bonuses and deductions, which have ends of their own, each and all of a kind together. What
    a policy puts in the place of a formula lies between nothing and full marks.
    """
    for one, scored in _scored(rules, table):
        spec = scored.spec
        if spec.level in ("bonus", "deduction"):
            amount = number.neg if spec.level == "deduction" else _same
            _within(one.region, scored, one.value, scored.full, spec.points or Fraction(1), amount)
            continue
        _adjusted(one.region, scored, one.value)
        possible = one.value(scored.possible)
        if not isinstance(possible, Fraction):
            continue
        held = (scored.full, scored.rescaled) if spec.cap_order == "after" else scored.plain[:1]
        stretched = spec.level == "total" and rules.checked.scale.points is None
        for node in held:
            _within(
                one.region, scored, one.value, node, possible, _unstretched(rules) if stretched else _same
            )


def lines_add_up(rules: RuleSet, table: Table) -> None:
    """Each line is the sum of the lines below, its bonuses, its deductions and its residue; the contributions make the total."""
    for one in evaluated(rules, table) or ():
        for line in one.breakdown.root.walk():
            if adds(line):
                below = [child.score.value for child in (*line.children, *line.adjustments)]
                _adds_up(line.score.value, below, line.residue, f"{one.region}: `{line.id}` is no sum")
        root = one.breakdown.root
        amounts = [part.amount.value for part in one.breakdown.contributions]
        if amounts:
            _adds_up(
                root.score.value, amounts, None, f"{one.region}: the contributions do not make the total"
            )


def scores_or_reasons(rules: RuleSet, table: Table) -> None:
    """Every line has a score, or the reason why there is none."""
    for one in evaluated(rules, table) or ():
        for line in one.breakdown.root.walk():
            scored = isinstance(line.score.value, Fraction | Irrational)
            stated = line.status in ("scored", "estimated")
            ask(scored == stated, f"{one.region}: `{line.id}` is {line.status} with {line.score.value}")


def order_of_regions_changes_nothing(rules: RuleSet, table: Table) -> None:
    """The order in which the data name the regions does not matter."""
    turned = {year: dict(reversed(rows.items())) for year, rows in table.items()}
    ask(
        shown(evaluated(rules, table)) == shown(evaluated(rules, turned)),
        "the order of the regions matters",
    )


def units_change_nothing(rules: RuleSet, table: Table) -> None:
    """Data in another unit of the same dimension give the same."""
    other, stated = deepcopy(table), {}
    for one in rules.inputs:
        found = _other_unit(one.unit) if one.form == "number" and one.unit is not None else None
        if found is None:
            continue
        stated[one.name], factor = found
        for rows in other.values():
            for row in rows.values():
                if isinstance(value := row.get(one.name), Fraction):
                    row[one.name] = value * factor
    before, after = evaluated(rules, table), evaluated(rules, other, stated)
    ask(shown(before) == shown(after), f"the units matter: {stated}")


def higher_totals_have_no_worse_rank(rules: RuleSet, table: Table) -> None:
    """Where the total decides first, nobody with more points stands behind somebody with fewer."""
    ranking = rules.checked.ranking
    first, highest = ranking.keys[0] if ranking is not None and ranking.keys else (None, True)
    if (
        ranking is None
        or rules.checked.compare_before
        or not highest
        or not (first is None or (isinstance(first, n.Score) and first.path == "total"))
    ):
        return
    ranked = [one for one in evaluated(rules, table) or () if one.rank is not None]
    for one in ranked:
        for other in ranked:
            same = ranking.within == "all" or one.group == other.group
            if same and isinstance(one.total, type(other.total)) and one.total is not None:
                higher = one.total > other.total  # type: ignore[operator]  # of one type
                ask(not higher or one.rank <= other.rank, f"{one.region} stands behind {other.region}")  # type: ignore[operator]


def scores_move_as_their_formulas_say(rules: RuleSet, table: Table) -> None:
    """A value that is better by its formula never lowers the score, whatever the other values are."""
    year, region = _place(rules, table)
    for name, larger in _one_of(list(_larger(rules, table[year][region])), table):
        moved = deepcopy(table)
        moved[year][region][name] = larger
        before, after = _rates(rules, table, region), _rates(rules, moved, region)
        for path, direction in _directions(rules).get(name, {}).items():
            low, high = before.get(path), after.get(path)
            if direction is Direction.DECREASING:
                low, high = high, low
            if isinstance(low, Fraction | Irrational) and isinstance(high, Fraction | Irrational):
                text = f"{region}: `{path}` moves against `{name}`"
                ask(number.compare(low, high) <= 0, text)


def absence_never_beats_a_value(rules: RuleSet, table: Table) -> None:
    """Where the file says that an absence earns nothing, not to report a value never earns more than to report it."""
    year, region = _place(rules, table)
    for status in absences_of(rules):
        if rules.checked.policies[POLICY_KEYS[status]].then.value != "zero":
            continue
        before = _rates(rules, table, region)
        for name, paths in _one_of(list(_simple(rules, POLICY_KEYS[status]).items()), table):
            lacking = deepcopy(table)
            lacking[year][region][name] = status
            after = _rates(rules, lacking, region)
            for path in paths:
                with_, without = before.get(path), after.get(path)
                if isinstance(with_, Fraction) and isinstance(without, Fraction):
                    ask(without <= with_, f"{region}: `{path}` is higher without `{name}`")


LAWS: tuple[Law, ...] = (
    scores_lie_within_their_ends,
    lines_add_up,
    scores_or_reasons,
    order_of_regions_changes_nothing,
    units_change_nothing,
    higher_totals_have_no_worse_rank,
    scores_move_as_their_formulas_say,
    absence_never_beats_a_value,
)
"""Every law; each takes a rule set and a table of `tables_for`."""


# ── what they look at ────────────────────────────────────────────────────────────────────────────────────────────────


def ask(holds: bool, text: str) -> None:
    """A law's assertion; it is asked for also where Python leaves out `assert`."""
    if not holds:
        raise AssertionError(text)


def adds(line: Line) -> bool:
    """Whether a line is a sum: what a policy put in its place, because too little of it is covered, is none and says so."""
    replaced = any(step.kind == "policy" and step.name.startswith("not covered") for step in line.steps)
    return not replaced and any(step.kind == "join" and step.name == "sum" for step in line.steps)


def shown(result: Result | None) -> dict[str, tuple[Any, ...]] | None:
    """Everything that is published of each region; None for data that were refused."""
    if result is None:
        return None
    return {
        one.region: (
            one.total,
            one.exact,
            one.key_total,
            one.rank,
            one.grade,
            one.marks,
            [each.score for each in one.indicators],
        )
        for one in result
    }


def evaluated(rules: RuleSet, table: Table, stated: dict[str, str] | None = None) -> Result | None:
    try:
        return rules.evaluate(read(rules, table, units=stated), period=max(table))
    except DataError:
        return None


Lookup: TypeAlias = Callable[[n.Node], Value]


def _same(score: Real) -> Real:
    return score


def _unstretched(rules: RuleSet) -> Callable[[Real], Real]:
    """From the scale of an index back to that of a rate, on which its ends are stated."""
    low, high = rules.checked.scale.low, rules.checked.scale.high
    return lambda score: number.div(number.add(score, -low), high - low)


def _within(
    region: str, one: Scored, values: Lookup, node: n.Node, possible: Fraction, read: Callable[[Real], Real]
) -> None:
    """A score between its ends; in the place of a formula also between nothing and full marks."""
    spec, found = one.spec, values(node)
    if not isinstance(found, Fraction | Irrational):
        return
    score, size = read(found), spec.points or Fraction(1)
    low, high = spec.least, spec.most
    leaf = not spec.children and spec.cap_order != "after"
    if leaf and (
        one.raw is None
        or isinstance(values(one.raw), Absence)
        or any(values(gate.holds) is True for gate in one.gates)
    ):
        low, high = (
            (None if low is None else min(low, Fraction(0))),
            (None if high is None else max(high, size)),
        )
    try:
        above = high is not None and number.compare(score, high * possible / size) > 0
        below = low is not None and number.compare(score, low * possible / size) < 0
    except number.Undecided:
        return
    ask(not above, _told(region, one, "is above its ceiling", score))
    ask(not below, _told(region, one, "is below its floor", score))


def _adjusted(region: str, one: Scored, values: Lookup) -> None:
    """Bonuses are added and deductions taken off, each kind up to what it may make together."""
    for stage in one.stages:
        before, after = values(stage.before), values(stage.after)
        if stage.kind != "adjustment" or not isinstance(before, Fraction) or not isinstance(after, Fraction):
            continue
        changes = Fraction(0)
        for kind, sign in (("bonus", 1), ("deduction", -1)):
            amounts = [values(each.full) for each in one.adjustments if each.spec.level == kind]
            numbers = [amount * sign for amount in amounts if isinstance(amount, Fraction)]
            if len(numbers) < len(amounts):
                return
            cap = one.spec.adjustment_caps.get(kind)
            made = sum(numbers, Fraction(0))
            changes += sign * (made if cap is None else min(made, cap))
        ask(
            after == before + changes,
            _told(region, one, "is not what its bonuses and deductions make it", after),
        )


def _adds_up(whole: Value, parts: list[Value], residue: Amount | None, text: str) -> None:
    """Parts and what they leave over make the whole; nothing is said of parts of which too little is known."""
    if residue is not None:
        parts = [*parts, residue.value]
    present = [part for part in parts if not isinstance(part, Absence)]
    numbers = [part for part in present if isinstance(part, Fraction)]
    if isinstance(whole, Fraction) and len(numbers) == len(present):
        ask(sum(numbers, Fraction(0)) == whole, text)


def _leaves(rules: RuleSet, table: Table) -> Iterator[tuple[str, Scored, Lookup]]:
    """Every formula of every region: no bonus or deduction, which have rules of their own."""
    for one, scored in _scored(rules, table):
        if scored.spec.formula is not None and scored.spec.level not in ("bonus", "deduction"):
            yield one.region, scored, one.value


def _scored(rules: RuleSet, table: Table) -> Iterator[tuple[RegionResult, Scored]]:
    """Every region with every node of the tree of the year that was assessed."""
    found = evaluated(rules, table)
    if found is not None:
        for one in found:
            for scored in found.outcome.program.root.walk():
                yield one, scored


def _rates(rules: RuleSet, table: Table, region: str) -> dict[str, Value]:
    """The rate of each formula for one region."""
    return {
        one.spec.path: values(one.value) for where, one, values in _leaves(rules, table) if where == region
    }


def _place(rules: RuleSet, table: Table) -> tuple[int, str]:
    """The assessed year and the region whose values are changed."""
    year = max(table) if rules.period is None else rules.period
    return year, next(iter(table[year]))


def _one_of(found: list[_T], table: Table) -> list[_T]:
    """One of several things, always the same for one table: to try all of them would take long for large rules."""
    return [found[crc32(repr(table).encode()) % len(found)]] if found else []


def _larger(rules: RuleSet, row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Inputs with a larger value than they have, as far as the range goes: the end, or half as much again."""
    for one in rules.inputs:
        value = row.get(one.name)
        if value is False:
            yield one.name, True
        elif isinstance(value, Fraction) and one.form == "number":
            per = {"%": 100, "‰": 1000, "pp": 100}.get(one.unit or "", 1)
            more = value + max(abs(value) / 2, Fraction(1))
            high = one.bounds.high
            if high is not None and more > high * per:
                more = high * per
            more = Fraction(int(more)) if one.whole else more
            if more > value and one.bounds.hold(more / per):
                yield one.name, more


@cache
def _directions(rules: RuleSet) -> dict[str, dict[str, Direction]]:
    """By input, the direction in which the formula of each path moves with it, where that is known."""
    found: dict[str, dict[str, Direction]] = {}
    for one in rules.program.root.walk():
        formula = one.spec.formula
        if formula is None or one.gates or one.spec.level in ("bonus", "deduction"):
            continue
        for name in {node.name for node, _ in order((formula,)) if isinstance(node, n.Input)}:
            direction = monotone(formula, name)
            if direction in (Direction.INCREASING, Direction.DECREASING):
                found.setdefault(name, {})[one.spec.path] = direction
    return found


@cache
def _simple(rules: RuleSet, key: str) -> dict[str, tuple[str, ...]]:
    """By input, the paths whose formula reads it and says nothing of absences itself, under a policy of zero."""
    found: dict[str, list[str]] = {}
    for one in rules.program.root.walk():
        spec = one.spec
        policy = spec.policies.get(key)
        if spec.formula is None or one.gates or spec.level in ("bonus", "deduction") or policy is None:
            continue
        nodes = [node for node, _ in order((spec.formula,))]
        declared = any(isinstance(node, n.Recover | n.IsAbsent | n.Aggregate | n.Rank) for node in nodes)
        if policy.then.value == "zero" and not declared and (spec.least is not None and spec.least >= 0):
            for name in {node.name for node in nodes if isinstance(node, n.Input)}:
                found.setdefault(name, []).append(spec.path)
    return {name: tuple(paths) for name, paths in found.items()}


@cache
def _other_unit(text: str) -> tuple[str, Fraction] | None:
    """Another unit of the same dimension, and what a number in the one is multiplied by to be in the other."""
    if text in ("%", "‰", "pp", "points"):
        return ("‰", Fraction(10)) if text == "%" else None
    unit = units.unit(text)
    for word in units.known_units():
        other = units.unit(word)
        if word != text and other.dimension and units.same_dimension(unit, other):
            factor = units.factor(unit, other)
            if factor != 1:
                return word, factor
    return None


def _told(region: str, one: Scored, what: str, score: Real) -> str:
    exact = number.exact_text(score) if isinstance(score, Fraction) else str(score)
    return f"{region}: `{one.spec.path}` {what}: {exact}"
