"""Data under the names that the rules of one year have for regions.

Data are read once, perhaps for years whose rules differ: in each of them a region has the name of that year and stands in its
group of that year, and one that the rules of the year do not list is not there.
"""

from __future__ import annotations

from attrs import evolve

from assessment.data.model import Data, Observation, Row
from assessment.data.names import Names, names_of
from assessment.semantics.model import CheckedRules

__all__ = ["under_names_of"]


def under_names_of(data: Data, rules: CheckedRules, read_by: CheckedRules) -> Data:
    """The same data, read by one set of rules, for those of another year."""
    if all(not group.members for group in rules.groups):
        return data
    names, _ = names_of(rules, {})
    called = {member.name: member.aliases for group in read_by.groups for member in group.members}
    now: dict[str, str] = {}
    for region in data.regions:
        known = (names.region(name) for name in (region, *called.get(region, ())))
        found = next((name for name in known if name is not None), None)
        if found is not None:
            now[region] = found
    groups = {name: names.group_by_region.get(name) for name in now.values()}
    same = all(old == new for old, new in now.items()) and len(now) == len(data.regions)
    if same and groups == dict(data.group_by_region):
        return data
    # Texts of fields that name regions are names of the rules too.
    named = {
        (spec.name, field.name) for spec in rules.inputs for field in spec.fields if field.form == "region"
    }
    return evolve(
        data,
        regions=tuple(now.values()),
        group_by_region=groups,
        observations={
            (name, period, now[region]): _renamed(name, seen, named, names)
            for (name, period, region), seen in data.observations.items()
            if region in now
        },
    )


def _renamed(name: str, seen: Observation, named: set[tuple[str, str]], names: Names) -> Observation:
    if not named or not seen.rows or all(name != each for each, _ in named):
        return seen
    return evolve(seen, rows=tuple(_row(name, row, named, names) for row in seen.rows))


def _row(name: str, row: Row, named: set[tuple[str, str]], names: Names) -> Row:
    fields = {}
    for field, cell in row.fields.items():
        known = names.region(cell.value) if (name, field) in named and isinstance(cell.value, str) else None
        fields[field] = cell if known is None else evolve(cell, value=known)
    return evolve(row, fields=fields)
