"""The rules by which data of all years of a chain of amendments are read at once.

They have every input and every region that any file of the chain has. A region that some file does not list, or lists in another
group, stands in a group of its own here, so that nothing is asked of it for the years in which it is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import define, evolve, frozen

from assessment.semantics.model import CheckedRules, Group, Input, Member
from assessment.semantics.scope import fold

__all__ = ["Reading", "reading_of"]


@frozen(kw_only=True)
class Reading:
    """Rules to read data by; `groups` says of groups made for that purpose which one it is in each file, the oldest first."""

    rules: CheckedRules
    groups: Mapping[str, tuple[str | None, ...]]


@define(kw_only=True)
class _Region:
    """One region under all its names, with its group in each file."""

    member: Member
    groups: list[str | None]
    title: str


def reading_of(files: Sequence[CheckedRules]) -> Reading:
    """How data are read for the rules of several files, the oldest first."""
    newest = files[-1]
    rules = evolve(newest, inputs=tuple(_inputs(files)))
    if all(not group.members for each in files for group in each.groups):
        return Reading(rules=rules, groups={})
    regions = _regions(files)
    made: dict[str, tuple[str | None, ...]] = {}
    members: dict[str, list[Member]] = {}
    titles: dict[str, str] = {}
    names: dict[tuple[str | None, ...], str] = {}
    for region in regions:
        places = tuple(region.groups)
        own = places[-1]
        if own is not None and set(places) == {own}:
            name = own
        else:
            shown = next(group for group in reversed(places) if group is not None)
            name = names.setdefault(places, f"{shown} ({len(names) + 1})")
            made[name] = places
        titles.setdefault(name, region.title)
        members.setdefault(name, []).append(region.member)
    groups = [evolve(group, members=tuple(members.get(group.name, ()))) for group in newest.groups]
    for name, listed in members.items():
        if name in made:
            groups.append(
                Group(name=name, title=titles[name], reference=False, members=tuple(listed), span=newest.span)
            )
    return Reading(rules=evolve(rules, groups=tuple(groups)), groups=made)


def _inputs(files: Sequence[CheckedRules]) -> Iterator[Input]:
    """The inputs of all files, those of the newest first."""
    known: set[str] = set()
    for rules in reversed(files):
        fresh = [one for one in rules.inputs if fold(one.name) not in known]
        known |= {fold(one.name) for one in fresh}
        yield from fresh


def _regions(files: Sequence[CheckedRules]) -> list[_Region]:
    found: list[_Region] = []
    by_name: dict[str, _Region] = {}
    for place in reversed(range(len(files))):
        for group in files[place].groups:
            for member in group.members:
                called = [fold(name) for name in (member.name, *member.aliases)]
                region = next((by_name[name] for name in called if name in by_name), None)
                if region is None:
                    region = _Region(member=member, groups=[None] * len(files), title=group.title)
                    found.append(region)
                region.groups[place] = group.name
                # What an older file calls the region is an alias too.
                others = (name for name in (member.name, *member.aliases) if fold(name) not in by_name)
                fresh = tuple(name for name in others if fold(name) != fold(region.member.name))
                more = tuple(name for name in fresh if name not in region.member.aliases)
                region.member = evolve(region.member, aliases=(*region.member.aliases, *more))
                for name in called:
                    by_name.setdefault(name, region)
    return found
