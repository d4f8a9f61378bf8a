"""Groups and their regions, classes, departments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison, Field, told
from assessment.analysis.diff.making import NOWHERE, by_name, change, renamed, retitled, there
from assessment.analysis.diff.naming import named, titled
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import Group

_GROUP_FIELDS: Mapping[str, Field] = {
    "title": told("title", "title", "名称", shown.quoted, "words"),
    "reference": told("group", "reference only", "仅作参照", shown.yes_no),
}


def places(compared: Comparison) -> Iterator[Change]:
    """Groups and their regions, classes, departments."""
    yield from _groups(compared)
    for before, after in by_name(compared.old.classes, compared.new.classes):
        place = named("class", "类别", after or before)
        path = f"class {(after or before).name}"
        if before is None or after is None:
            yield there("class", path, place, before is None, None)
            continue
        if before.title != after.title:
            yield retitled(path, place, before.title, after.title)
        mine, theirs = before.members, after.members
        if (mine is None) != (theirs is None) or set(mine or ()) != set(theirs or ()):
            members = [
                Text(en="as the data say", zh="由数据说明") if x is None else shown.listed(x)
                for x in (mine, theirs)
            ]
            yield change("class", path, place, Text(en="members", zh="成员"), members[0], members[1])
    for before, after in by_name(compared.old.departments, compared.new.departments):
        place = named("department", "部门", after or before)
        path = f"department {(after or before).name}"
        if before is None or after is None:
            yield there("department", path, place, before is None, None, "words")
        elif before.title != after.title:
            yield retitled(path, place, before.title, after.title)


def _groups(compared: Comparison) -> Iterator[Change]:
    was = {
        new: old for new, old in compared.renamed.items() if any(g.name == old for g in compared.old.groups)
    }
    home_before = {m.name: g for g in compared.old.groups for m in g.members}
    home_after = {m.name: g for g in compared.new.groups for m in g.members}
    for before, after in by_name(compared.old.groups, compared.new.groups, was):
        group = after or before
        place, path = named("group", "组别", group), f"group {group.name}"
        if before is None or after is None:
            yield there("group", path, place, before is None, shown.listed(m.name for m in group.members))
            continue
        if before.name != after.name:
            yield renamed("group", path, Text(en="group", zh="组别"), before.name, after.name, "data")
        yield from compared.fields(path, place, before, after, _GROUP_FIELDS)
    for name in dict.fromkeys((*home_after, *home_before)):
        yield from _member(compared, name, home_before.get(name), home_after.get(name), was)


def _member(
    compared: Comparison, name: str, before: Group | None, after: Group | None, was: Mapping[str, str]
) -> Iterator[Change]:
    path, place = f"region {name}", Text(en=f"region {name}", zh=f"地区 {name}")
    if before is None and after is not None:
        aliases = next(m.aliases for m in after.members if m.name == name)
        old_name = next(
            (
                m.name
                for g in compared.old.groups
                for m in g.members
                if m.name in aliases or name in m.aliases
            ),
            None,
        )
        if old_name is not None and all(m.name != old_name for g in compared.new.groups for m in g.members):
            yield renamed("region", path, Text(en="region", zh="地区"), old_name, name, "data")
            return
        yield there("region", path, place, True, titled(after))
    elif after is None and before is not None:
        if any(
            name in m.aliases or (m.name in _old_aliases(compared, name))
            for g in compared.new.groups
            for m in g.members
            if all(m.name != x.name for h in compared.old.groups for x in h.members)
        ):
            return  # told as renamed
        yield there("region", path, place, False, titled(before))
    elif before is not None and after is not None:
        if was.get(after.name, after.name) != before.name:
            yield change("region", path, place, NOWHERE, titled(before), titled(after), "scores", "moved")
        mine, theirs = (next(m.aliases for m in g.members if m.name == name) for g in (before, after))
        if set(mine) != set(theirs):
            yield change(
                "alias",
                path,
                place,
                Text(en="other names", zh="别名"),
                shown.listed(mine),
                shown.listed(theirs),
                "data",
            )


def _old_aliases(compared: Comparison, name: str) -> tuple[str, ...]:
    return next((m.aliases for g in compared.old.groups for m in g.members if m.name == name), ())
