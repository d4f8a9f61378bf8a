"""Groups and classes of regions, single regions, and departments."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import Department, Group, Member, RegionClass
from assessment.semantics.names import Names
from assessment.semantics.scope import Scope, fold
from assessment.semantics.statements import Body
from assessment.semantics.traverse import name_place
from assessment.semantics.wording import CLASS, DEPARTMENT, FIRST, GROUP
from assessment.syntax import ast

__all__ = [
    "ANYWHERE",
    "classes",
    "departments",
    "groups",
    "known_departments",
    "known_region",
    "region_names",
]

ANYWHERE = ("all", "city")
"""Scopes that need no group: every region, and the city as a whole."""

_REGION = Text(en="region", zh="地区")


def groups(body: Body, scope: Scope) -> tuple[Group, ...]:
    """The groups of the file; a name or a region that stands twice is reported, and so is a group left empty."""
    statements = body.all(ast.Group)
    names, regions = Names(scope), Names(scope)
    with_members = next((stated for stated in statements if stated.members), None)
    found: list[Group] = []
    for stated in statements:
        place = name_place(stated.span, stated.name)
        if stated.name == "all":
            scope.report(
                "duplicate-name",
                Text(en="`all` already means every region", zh="`全部` 已表示所有地区"),
                place,
                help=Text(en="give the group another name", zh="请为该组另取名称"),
            )
            continue
        if not names.add(stated.name, place, GROUP):
            continue
        if not stated.members and (with_members is not None or stated.span.text.endswith("}")):
            scope.report(
                "empty-group",
                Text(en=f"the group `{stated.name}` has no regions", zh=f"组别 `{stated.name}` 中没有地区"),
                place,
                also=()
                if with_members is None
                else ((with_members.span, Text(en="this group lists its regions", zh="此组列出了地区")),),
                help=Text(en="list its regions in braces", zh="在花括号中列出地区"),
            )
        members = []
        for member in stated.members:
            fresh = [
                regions.add(name, name_place(member.span, name), _REGION)
                for name in (member.name, *member.aliases)
            ]
            if fresh[0]:
                aliases = tuple(alias for alias, new in zip(member.aliases, fresh[1:], strict=True) if new)
                members.append(Member(name=member.name, aliases=aliases))
        found.append(
            Group(
                name=stated.name,
                title=stated.title or stated.name,
                reference=stated.reference,
                members=tuple(members),
                span=stated.span,
            )
        )
    _check_apart(statements, scope)
    return tuple(found)


def _check_apart(statements: tuple[ast.Group, ...], scope: Scope) -> None:
    """Report a group that is named like a region, unless it is that region alone: statements name both."""
    regions = {
        fold(called): (group, member)
        for group in statements
        for member in group.members
        for called in (*member.aliases, member.name)
    }
    for group in statements:
        home, member = regions.get(fold(group.name), (None, None))
        if home is None or member is None or (home is group and len(group.members) == 1):
            continue
        scope.report(
            "duplicate-name",
            Text(
                en=f"`{group.name}` is the name of a group and of a region that is not alone in it",
                zh=f"`{group.name}` 既是组别名称，又是地区名称，而该组并非只有这一地区",
            ),
            name_place(group.span, group.name),
            also=((name_place(member.span, member.name), Text(en="this region", zh="该地区")),),
            help=Text(
                en="give the group another name, so that statements can name one or the other",
                zh="请为该组另取名称，以便分别指称",
            ),
        )


def classes(body: Body, names: Names, scope: Scope) -> tuple[RegionClass, ...]:
    """The classes of the file; they share their names with inputs and measures, beside which they stand in conditions."""
    found: list[RegionClass] = []
    groups_by_name = {fold(group.name): group for group in scope.groups}
    for stated in body.all(ast.RegionClass):
        group = groups_by_name.get(fold(stated.name))
        if group is not None:
            scope.report(
                "duplicate-name",
                Text(
                    en=f"`{stated.name}` is already the name of a group",
                    zh=f"名称 `{stated.name}` 已用于一个组别",
                ),
                stated.name_span,
                also=((name_place(group.span, group.name), FIRST),),
                help=Text(en="give one of the two another name", zh="请为其中之一另取名称"),
            )
            continue
        region = region_names(scope).get(fold(stated.name))
        if region is not None:
            # `not applicable to` names both, and could not tell them apart.
            scope.report(
                "duplicate-name",
                Text(
                    en=f"`{stated.name}` is already the name of a region",
                    zh=f"名称 `{stated.name}` 已用于一个地区",
                ),
                stated.name_span,
                help=Text(en="give the class another name", zh="请为类别另取名称"),
            )
            continue
        if not names.add(stated.name, stated.name_span, CLASS):
            continue
        members: tuple[str, ...] | None = None
        if stated.members is not None:
            words = [ast.Word(name=member.name, span=member.span) for member in stated.members]
            known = [known_region(word, scope) for word in words]
            members = tuple(dict.fromkeys(name for name in known if name is not None))
            if not words:
                scope.report(
                    "empty-group",
                    Text(
                        en=f"the class `{stated.name}` has no regions",
                        zh=f"类别 `{stated.name}` 中没有地区",
                    ),
                    stated.name_span,
                    help=Text(
                        en="list its regions, or leave the braces out: then the data have a column of yes and no",
                        zh="列出地区；或不写花括号，由数据中的是否列说明",
                    ),
                )
        found.append(
            RegionClass(
                name=stated.name, title=stated.title or stated.name, members=members, span=stated.span
            )
        )
    return tuple(found)


def region_names(scope: Scope) -> dict[str, str]:
    """The regions that the groups list, by every folded name they have; empty where the data alone name regions."""
    return {
        fold(called): member.name
        for group in scope.groups
        for member in group.members
        for called in (*member.aliases, member.name)
    }


def known_region(word: ast.Word, scope: Scope) -> str | None:
    """A region as its group lists it; an unknown one is reported. Where no group lists regions, any name is one."""
    listed_ = region_names(scope)
    if not listed_:
        return word.name
    name = listed_.get(fold(word.name))
    if name is None:
        scope.unknown("unknown-region", word.name, word.span, listed_.values(), _REGION)
    return name


def departments(body: Body, scope: Scope) -> tuple[Department, ...]:
    """The departments of the file."""
    names = Names(scope)
    return tuple(
        Department(name=stated.name, title=stated.title or stated.name, span=stated.span)
        for stated in body.all(ast.Department)
        if names.add(stated.name, name_place(stated.span, stated.name), DEPARTMENT)
    )


def known_departments(
    words: tuple[ast.Word, ...], declared: tuple[Department, ...], scope: Scope
) -> tuple[str, ...]:
    """The departments that a statement names, as they are declared; unknown ones are reported."""
    by_name = {fold(department.name): department.name for department in declared}
    found = []
    for word in words:
        name = by_name.get(fold(word.name))
        if name is None:
            scope.unknown("unknown-department", word.name, word.span, by_name.values(), DEPARTMENT)
        else:
            found.append(name)
    return tuple(dict.fromkeys(found))
