"""Hypothesis strategies for the data of regions, derived from a rule set.

Values respect declared ranges, units and kinds. They lie on the edges of the rules (`edges`), just beside them, on the
value of another region (a tie), at zero, or anywhere; absences are those that the formulas which read an input have a
policy for. Ratings and events that stand one in a row of their own come as lists of rows with their fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from hypothesis import strategies as st

import assessment
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.walk import order
from assessment.data.model import Data
from assessment.ruleset import RuleSet
from assessment.semantics.model import POLICY_KEYS, Input, Policy
from assessment.testing.edges import Edges, edges_of, inputs_of, solved

__all__ = ["Table", "absences_of", "data_for", "read", "tables_for"]

Table: TypeAlias = dict[int, dict[str, dict[str, Any]]]
"""Values by year, region and input, as `assessment.read_data` takes them: numbers in the declared unit."""

_HUNDREDS = {"%": 100, "‰": 1000, "pp": 100}
_FIELD = ("A", "B", "C", "D", "E")
_LARGEST = Fraction(1000)
"""How far values reach beyond the highest edge of an input without an upper end."""


def data_for(
    rules: RuleSet, *, regions: Sequence[str] | None = None, absent: bool = True
) -> st.SearchStrategy[Data]:
    """Data for a rule set, read and ready for `rules.evaluate`.

    `regions` are the names of the regions, otherwise all members of the rules' groups, or five where there are none.
    `absent` says whether values may be absent.
    """
    return tables_for(rules, regions=regions, absent=absent).map(lambda table: read(rules, table))


def read(rules: RuleSet, table: Table, *, units: Mapping[str, str] | None = None) -> Data:
    """A table as data: its numbers are in the declared units unless `units` says otherwise."""
    declared = {one.name: one.unit for one in rules.inputs if one.form == "number" and one.unit is not None}
    return assessment.read_data(table, rules, units={**declared, **(units or {})})


def tables_for(
    rules: RuleSet, *, regions: Sequence[str] | None = None, absent: bool = True
) -> st.SearchStrategy[Table]:
    """Tables of the shape that `data_for` reads, for who wants to change single values."""
    edges = edges_of(rules)
    allowed = _allowed(rules) if absent else {}
    statuses = {one.name: allowed.get(one.name, absences_of(rules) if absent else ()) for one in rules.inputs}
    return _tables(rules, tuple(regions or _regions(rules)), rules.inputs, edges, statuses)


def absences_of(rules: RuleSet) -> tuple[Absence, ...]:
    """The absences that data may have because the file says, for all of it, what becomes of them."""
    return _stated(rules.checked.policies)


def _stated(policies: Mapping[str, Policy]) -> tuple[Absence, ...]:
    return tuple(
        status
        for status, key in POLICY_KEYS.items()
        if status is not Absence.UNDEFINED and key in policies and policies[key].then.last.value != "error"
    )


def _allowed(rules: RuleSet) -> dict[str, tuple[Absence, ...]]:
    """By input, the absences for which every formula that reads it has a policy, its own or one from above it."""
    found: dict[str, tuple[Absence, ...]] = {}
    for scored in rules.program.root.walk():
        spec = scored.spec
        if spec.formula is None:
            continue
        stated = _stated(spec.policies)
        for node, _ in order((spec.formula, *(gate.condition for gate in scored.gates))):
            if isinstance(node, n.Input):
                name = node.name.partition(".")[0]
                found[name] = tuple(one for one in found.get(name, stated) if one in stated)
    return found


def _regions(rules: RuleSet) -> tuple[str, ...]:
    return tuple(member.name for group in rules.groups for member in group.members) or _FIELD


@st.composite
def _tables(
    draw: st.DrawFn,
    rules: RuleSet,
    regions: tuple[str, ...],
    inputs: Sequence[Input],
    edges: Edges,
    statuses: Mapping[str, tuple[Absence, ...]],
) -> Table:
    year = rules.period or 2018
    offsets = {period for _, period in rules.program.demands} | {0, -1}
    cells_present = {
        one.name: _values(one, edges.values.get(one.name, ())) for one in inputs if not one.in_rows
    }
    cells = {name: _cell(found, statuses[name]) for name, found in cells_present.items()}
    rows_of = {one.name: _rows(one, regions, year, statuses[one.name]) for one in inputs if one.in_rows}
    table: Table = {}
    for period in sorted(year + offset for offset in offsets):
        table[period] = {}
        before: dict[str, Any] = {}
        for region in regions:
            row: dict[str, Any] = {}
            for one in inputs:
                if one.in_rows:
                    row[one.name] = draw(rows_of[one.name])
                    continue
                row[one.name] = draw(cells[one.name])
                if row[one.name] is _TIE:
                    row[one.name] = before.get(one.name, [*statuses[one.name], cells_present[one.name][0]][0])
            _meet(draw, row, table.get(period - 1, {}).get(region, {}), inputs, edges)
            if edges.others and draw(st.integers(0, 2)) == 0:
                _meet_other(
                    draw,
                    row,
                    {year: rows.get(region, {}) for year, rows in table.items()},
                    period,
                    inputs,
                    edges,
                )
            table[period][region] = row
            before = row
    return table


def _meet(
    draw: st.DrawFn, row: dict[str, Any], last: dict[str, Any], inputs: Sequence[Input], edges: Edges
) -> None:
    """Now and then a change or a ratio on its edge, where the ranges allow it."""
    by_name = {one.name: one for one in inputs}
    for name, changes in edges.changes.items():
        if isinstance(base := last.get(name), Fraction) and draw(st.integers(0, 3)) == 0:
            _put(row, by_name.get(name), base / _per(by_name[name]) + draw(st.sampled_from(changes)))
    for (above, below), ratios in edges.ratios.items():
        if isinstance(base := row.get(below), Fraction) and draw(st.integers(0, 3)) == 0:
            _put(row, by_name.get(above), base / _per(by_name[below]) * draw(st.sampled_from(ratios)))


def _meet_other(
    draw: st.DrawFn,
    row: dict[str, Any],
    earlier: Mapping[int, dict[str, Any]],
    period: int,
    inputs: Sequence[Input],
    edges: Edges,
) -> None:
    """One further formula on its edge: the input that is solved for takes the value, where its range allows it."""
    by_name = {one.name: one for one in inputs}

    def known(name: str, years: int) -> Fraction | None:
        value = (earlier.get(period + years, {}) if years else row).get(name)
        return value / _per(by_name[name]) if isinstance(value, Fraction) and name in by_name else None

    node, edge = draw(st.sampled_from(edges.others))
    names = inputs_of(node)
    if names:
        name = draw(st.sampled_from(names))
        value = solved(node, edge, name, known)
        if value is not None:
            _put(row, by_name.get(name), value)


def _put(row: dict[str, Any], one: Input | None, value: Fraction) -> None:
    if one is not None and isinstance(row.get(one.name), Fraction) and _fits(one, value):
        row[one.name] = value * _per(one)


def _fits(one: Input, value: Fraction) -> bool:
    short = value.denominator < 10**9
    return one.bounds.hold(value) and short and (not one.whole or value.denominator == 1)


def _per(one: Input) -> int:
    """What a stored value is multiplied by to be in the declared unit: a share of 23/1000 is 2.3 %."""
    return _HUNDREDS.get(one.unit or "", 1)


_TIE = object()
"""Stands for the value of the region before."""


def _cell(values: Sequence[Any], statuses: tuple[Absence, ...]) -> st.SearchStrategy[Any]:
    """One of these values, with a tie or an absence now and then; one draw for each cell keeps large tables quick."""
    seldom = max(len(values) // 12, 1)
    return st.sampled_from([*values, *[_TIE] * seldom, *statuses * (seldom if statuses else 0)])


def _rows(
    one: Input, regions: tuple[str, ...], year: int, statuses: tuple[Absence, ...]
) -> st.SearchStrategy[Any]:
    """The rows of a region: none, a few, or an absence of them all; documents repeat, days lie on ends of years."""
    values = list(one.levels) if one.form == "events" else _numbers(one, ())
    columns: dict[str, st.SearchStrategy[Any]] = {one.name: st.sampled_from(values)}
    for field in one.fields:
        choices = _field(field, regions, year - one.lag)
        columns[field.name] = st.sampled_from(choices if field.lacking == "error" else [*choices, None])
    row = st.fixed_dictionaries(columns).map(
        lambda cells: {name: value for name, value in cells.items() if value is not None}
    )
    some = st.lists(row, max_size=3)
    return st.one_of(some, some, st.sampled_from(statuses)) if statuses else some


def _field(one: Input, regions: tuple[str, ...], year: int) -> list[Any]:
    """Values of a field of rows to choose among."""
    match one.form:
        case "yes/no":
            return [False, True]
        case "choice":
            return list(one.levels)
        case "date":
            return [
                f"{year}-01-01",
                f"{year}-12-31",
                f"{year - 1}-12-31",
                f"{year + 1}-01-01",
                f"{year}-07-01",
            ]
        case "region":
            return list(regions)
        case "number":
            return _numbers(one, ())
        case _:
            return ["No. 1", "No. 2", "No. 3"]


def _values(one: Input, edges: Sequence[Fraction]) -> list[Any]:
    """Present values of an input to choose among, in the form that a mapping holds; the simplest first."""
    match one.form:
        case "yes/no":
            return [False, True]
        case "choice":
            return list(one.levels)
        case "events":
            return [[], *([level] for level in one.levels), list(one.levels), [*one.levels[-1:]] * 3]
        case "ratings":
            found = _numbers(one, edges)
            pairs = [found[place : place + 3] for place in range(len(found))]
            return [[value] for value in found[:4]] + [
                sorted(few * 2)[place:] for place, few in enumerate(pairs) if len(sorted(few * 2)[place:]) > 2
            ]
        case _:
            return _numbers(one, edges)


def _numbers(one: Input, edges: Sequence[Fraction]) -> list[Fraction]:
    """Every edge and what lies just beside it, and as many values from the whole range."""
    per = _per(one)
    # Nearer than what anybody rounds to, and far enough to be another value.
    beside = (Fraction(1) if one.whole else Fraction(1, 1000)) / per
    near = dict.fromkeys(value for edge in edges for value in (edge, edge - beside, edge + beside))
    bounds = one.bounds
    low = bounds.low if bounds.low is not None else min([*edges, Fraction(0)]) - 1
    high = bounds.high if bounds.high is not None else max([*edges, low, Fraction(1)]) * 2 + _LARGEST / per
    count = len(near) + 12
    grid = [low + (high - low) * Fraction(step * step, count * count) for step in range(count + 1)]
    if one.whole:
        grid = [Fraction(int(value)) for value in grid]
    found = dict.fromkeys(value for value in (*near, *grid) if _fits(one, value))
    return [value * per for value in found]
