"""Names that change in the course of time: regions that get another name, departments whose work others take over.

A region is one and the same under all its names, so what was reported of 茌平县 is read of 茌平区. In the rules of a year it has the
name of that year's last day, and its other names are aliases. What was a department's is its successor's from then on; before
that day, what is the successor's was that of all whose work it took over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from attrs import evolve, frozen

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic
from assessment.diagnostics.suggest import nearest
from assessment.semantics.scope import fold
from assessment.syntax import ast

__all__ = ["has_successions", "in_names_of"]


def has_successions(file: ast.RuleFile) -> bool:
    """Whether names depend on the year."""
    return any(
        isinstance(one, ast.Succession) or (isinstance(one, ast.Department) and bool(one.before))
        for one in file.body
    )


def in_names_of(file: ast.RuleFile, year: int | None) -> tuple[ast.RuleFile, tuple[Diagnostic, ...]]:
    """The file with the names of the last day of a year, the latest ones without a year, and what is wrong with successions."""
    if not has_successions(file):
        return file, ()
    day = dt.date.max if year is None else dt.date(year, 12, 31)
    found: list[Diagnostic] = []
    regions = tuple(_lineages(file, found))
    offices = _Offices.of(file, found)
    body = tuple(
        _with_offices(_named(one, regions, day), offices, day)
        for one in file.body
        if not isinstance(one, ast.Succession)
    )
    return evolve(file, body=body), tuple(found)


# ── regions ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class _Lineage:
    """The names of one region, the first one first, each but that with the day from which it holds."""

    first: str
    later: tuple[tuple[dt.date, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.first, *(name for _, name in self.later))

    def on(self, day: dt.date) -> str:
        found = self.first
        for since, name in self.later:
            if since <= day:
                found = name
        return found


def _lineages(file: ast.RuleFile, found: list[Diagnostic]) -> Iterator[_Lineage]:
    after: dict[str, ast.Succession] = {}
    before: dict[str, ast.Succession] = {}
    members = {fold(member.name): member for member in _members(file)}
    aliases = {fold(alias): member for member in _members(file) for alias in member.aliases}
    for one in file.body:
        if not isinstance(one, ast.Succession):
            continue
        old, new = fold(one.before.name), fold(one.name.name)
        twice = after.get(old) or before.get(new)
        if twice is not None:
            found.append(_unclear(one.span, _TWICE, twice.span))
            continue
        after[old], before[new] = one, one
    for start in (name for name in after if name not in before):
        row = [after[start]]
        while (following := after.get(fold(row[-1].name.name))) is not None:
            row.append(following)
        late = next((b for a, b in pairwise(row) if b.since <= a.since), None)
        names = [row[0].before, *(one.name for one in row)]
        keys = {fold(word.name) for word in names}
        listed = [members[key] for key in keys if key in members]
        owners = {fold(aliases[key].name) for key in keys if key in aliases}
        if late is not None:
            found.append(_unclear(late.span, _ORDER, row[row.index(late) - 1].span))
        elif len(listed) > 1:
            found.append(_unclear(row[0].span, _BOTH, *(member.span for member in listed)))
        elif owners - {fold(member.name) for member in listed}:
            other = next(aliases[key] for key in keys if key in aliases)
            found.append(_unclear(row[0].span, _OTHER, other.span))
        elif not listed:
            found.append(_unlisted(names, members))
        else:
            yield _Lineage(first=row[0].before.name, later=tuple((one.since, one.name.name) for one in row))
    in_rows = {name for start in after if start not in before for name in _row(start, after)}
    circle = next((one for old, one in after.items() if old not in in_rows), None)
    if circle is not None:
        found.append(_unclear(circle.span, _CIRCLE))


def _row(start: str, after: Mapping[str, ast.Succession]) -> Iterator[str]:
    while start in after:
        yield start
        start = fold(after[start].name.name)


def _members(file: ast.RuleFile) -> Iterator[ast.Member]:
    for one in file.body:
        if isinstance(one, ast.Group):
            yield from one.members


def _named(one: ast.Statement, lineages: Iterable[_Lineage], day: dt.date) -> ast.Statement:
    """A group with its regions under the names of a day."""
    if not isinstance(one, ast.Group):
        return one
    by_name = {fold(name): each for each in lineages for name in each.names}
    members = []
    for member in one.members:
        lineage = by_name.get(fold(member.name))
        if lineage is not None:
            now = lineage.on(day)
            known = dict.fromkeys((member.name, *lineage.names, *member.aliases))
            others = {fold(name): name for name in known if fold(name) != fold(now)}
            member = evolve(member, name=now, aliases=tuple(others.values()))  # noqa: PLW2901 # the same region
        members.append(member)
    return evolve(one, members=tuple(members))


# ── departments ──────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class _Offices:
    """Who took over from whom: by the folded name of one that had predecessors, and of one that has a successor."""

    before: Mapping[str, ast.Department]
    after: Mapping[str, ast.Department]

    @staticmethod
    def of(file: ast.RuleFile, found: list[Diagnostic]) -> _Offices:
        declared = {fold(one.name): one for one in file.body if isinstance(one, ast.Department)}
        before: dict[str, ast.Department] = {}
        after: dict[str, ast.Department] = {}
        for one in declared.values():
            if one.since is None:
                continue
            for word in one.before:
                old = fold(word.name)
                if old not in declared:
                    near = nearest(word.name, [each.name for each in declared.values()])
                    found.append(
                        diagnostic(
                            "unknown-department",
                            Text(
                                en=f"there is no department `{word.name}`",
                                zh=f"没有名为 `{word.name}` 的部门",
                            ),
                            word.span,
                            help=Text(
                                en="declare it, so that its title is known for the years before"
                                if near is None
                                else f"did you mean `{near}`?",
                                zh="请先声明该部门，以便此前年度使用其名称"
                                if near is None
                                else f"是否应为 `{near}`？",
                            ),
                        )
                    )
                elif old in after:
                    found.append(_unclear(word.span, _TWICE, after[old].span))
                else:
                    after[old] = one
            before[fold(one.name)] = one
        for name, one in before.items():
            seen = {name}
            following = after.get(name)
            while following is not None and fold(following.name) not in seen:
                seen.add(fold(following.name))
                following = after.get(fold(following.name))
            if following is not None:
                found.append(_unclear(one.span, _CIRCLE))
                return _Offices(before={}, after={})
        return _Offices(before=before, after=after)

    def on(self, name: str, day: dt.date) -> tuple[str, ...]:
        """Who does on a day what is written as the work of a department."""
        later = self.after.get(fold(name))
        if later is not None and later.since is not None and later.since <= day:
            return self.on(later.name, day)
        own = self.before.get(fold(name))
        if own is not None and own.since is not None and own.since > day:
            return tuple(each for word in own.before for each in self.earlier(word.name, day))
        return (name,)

    def earlier(self, name: str, day: dt.date) -> tuple[str, ...]:
        """Who did on a day what came to a department that has a successor by now."""
        own = self.before.get(fold(name))
        if own is not None and own.since is not None and own.since > day:
            return tuple(each for word in own.before for each in self.earlier(word.name, day))
        return (name,)


def _with_offices(one: ast.Statement, offices: _Offices, day: dt.date) -> ast.Statement:
    if not offices.after:
        return one
    match one:
        case ast.Responsible(departments=departments):
            return evolve(one, departments=_on(departments, offices, day))
        case ast.Input(attributes=attributes):
            changed = tuple(
                evolve(each, departments=_on(each.departments, offices, day))
                if isinstance(each, ast.From)
                else each
                for each in attributes
            )
            return evolve(one, attributes=changed)
        case ast.Category() | ast.Indicator() | ast.Part() | ast.Adjustment():
            return evolve(one, body=tuple(_with_offices(each, offices, day) for each in one.body))
        case _:
            return one


def _on(words: tuple[ast.Word, ...], offices: _Offices, day: dt.date) -> tuple[ast.Word, ...]:
    found: dict[str, ast.Word] = {}
    for word in words:
        for name in offices.on(word.name, day):
            found.setdefault(fold(name), evolve(word, name=name))
    return tuple(found.values())


# ── findings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_TWICE = Text(en="it is said twice who comes before or after", zh="同一名称的承继关系写了两次")
_ORDER = Text(en="this name begins before the one that it succeeds", zh="后一名称的起始日期早于前一名称")
_BOTH = Text(en="both names stand in groups, as two regions", zh="两个名称在组别中列为两个地区")
_OTHER = Text(en="one of the names is an alias of another region", zh="其中一个名称是其他地区的别名")
_CIRCLE = Text(en="names succeed each other in a circle", zh="承继关系循环")
_HELPS = {
    _TWICE: Text(
        en="a region has one name before and one behind; merged regions are new ones with data of their own",
        zh="一个地区前后各只有一个名称；合并而成的地区应作为新地区，另报数据",
    ),
    _ORDER: Text(en="correct the dates", zh="请更正日期"),
    _BOTH: Text(en="list the region once, under either name", zh="请只列一次，用其中任一名称"),
    _OTHER: Text(en="leave the alias out there", zh="请删去该别名"),
    _CIRCLE: Text(en="leave one of the statements out", zh="请删去其中一条"),
}


def _unclear(place: Span, text: Text, *others: Span) -> Diagnostic:
    beside = (Label(place=other, primary=False) for other in others)
    return diagnostic("succession-unclear", text, Label(place=place), *beside, help=_HELPS[text])


def _unlisted(names: list[ast.Word], members: Mapping[str, ast.Member]) -> Diagnostic:
    known = [member.name for member in members.values()]
    near = next((found for word in names if (found := nearest(word.name, known)) is not None), None)
    shown = "、".join(f"`{word.name}`" for word in names)
    return diagnostic(
        "unknown-region",
        Text(
            en=f"no group lists a region under one of these names: {shown.replace('、', ', ')}",
            zh=f"没有组别列出这些名称中的任何一个：{shown}",
        ),
        names[-1].span,
        help=Text(
            en="list it in a group under either name" if near is None else f"did you mean `{near}`?",
            zh="请在组别中以任一名称列出" if near is None else f"是否应为 `{near}`？",
        ),
    )
