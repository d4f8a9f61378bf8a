"""Whom a node applies to, and what becomes of its points where it does not.

`applies to county` leaves out everybody else; `not applicable to zone` leaves out these; a condition narrows either.
Groups, classes and single regions may be named. Several statements combine: a region is left out where any of them
leaves it out, and where one names it outright, that one says what becomes of the points.
"""

from __future__ import annotations

from attrs import evolve, frozen

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.types import Entity, Kind
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.elaborate import elaborate
from assessment.semantics.model import Disposal, Exemption, Group, RegionClass
from assessment.semantics.policies import disposal_of
from assessment.semantics.regions import ANYWHERE, region_names
from assessment.semantics.scope import Scope, fold
from assessment.semantics.wording import FIRST, in_words
from assessment.syntax import ast

__all__ = ["applies_to_nobody", "condition", "exemptions"]


@frozen(kw_only=True)
class _Subjects:
    """Whom a statement names: groups, single regions (those of listed classes too), and classes that the data state."""

    groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    """The regions that are named themselves, not by a class."""
    conditions: tuple[n.Node, ...] = ()

    @property
    def single(self) -> bool:
        """Whether anything but groups is named."""
        return bool(self.regions or self.conditions)

    def member(self, span: Span) -> n.Node:
        """Whether a region is among them; at least one is."""
        asked = list(self.conditions)
        if self.groups or self.regions:
            asked.insert(0, n.InGroup(groups=self.groups, regions=self.regions, type=t.YESNO, span=span))
        return b.either(*asked)


def exemptions(statements: tuple[ast.Applies, ...], scope: Scope) -> tuple[Exemption, ...]:
    """Where a node does not apply, by what its statements say together."""
    if not statements:
        return ()
    every = tuple(group.name for group in scope.groups)
    named = {id(stated): _subjects(stated, every, scope) for stated in statements}
    found: list[Exemption] = []
    excluded = _Excluded(scope)
    for stated in statements:
        subjects = named[id(stated)]
        if stated.applies or subjects is None:
            continue
        if stated.condition is None:
            excluded.add(subjects, stated)
        found.extend(_exempt(stated, subjects, stated.condition, scope, negate=False))
    included = [stated for stated in statements if stated.applies]
    if included and all(named[id(stated)] is not None for stated in included):
        known = [subjects for stated in included if (subjects := named[id(stated)]) is not None]
        found.extend(_outside(included, known, every, excluded, scope))
        for stated, subjects in zip(included, known, strict=True):
            excluded.contradicted(subjects, stated)
            if stated.condition is not None:
                found.extend(_exempt(stated, subjects, stated.condition, scope, negate=True))
    return tuple(sorted(found, key=lambda exemption: exemption.span.start))


def _outside(
    included: list[ast.Applies],
    known: list[_Subjects],
    every: tuple[str, ...],
    excluded: _Excluded,
    scope: Scope,
) -> list[Exemption]:
    """Everybody whom the statements do not include, but for those whom another statement leaves out by name."""
    if any(_says_all(stated) for stated in included):
        return []
    inside = {name for subjects in known for name in subjects.groups}
    if not any(subjects.single for subjects in known):
        outside = tuple(name for name in every if name not in inside and name not in excluded.groups)
        left_out = _Subjects(groups=outside)
        return _exempt(included[0], left_out, None, scope, negate=False) if outside or not every else []
    together = _Subjects(
        groups=tuple(inside),
        regions=tuple(dict.fromkeys(name for subjects in known for name in subjects.regions)),
        conditions=tuple(node for subjects in known for node in subjects.conditions),
    )
    span = included[0].span
    away = b.negation(together.member(span))
    if excluded.groups or excluded.regions:
        named = n.InGroup(
            groups=tuple(excluded.groups), regions=tuple(excluded.regions), type=t.YESNO, span=span
        )
        away = b.both(away, b.negation(named))
    return _found(included[0], (), away, scope)


def applies_to_nobody(found: tuple[Exemption, ...], scope: Scope) -> bool:
    """Whether every region is left out without condition."""
    if any(_always(exemption) for exemption in found):
        return True
    outright = [exemption for exemption in found if exemption.condition is None]
    left_out = {name for exemption in outright for name in exemption.groups}
    return bool(scope.groups) and all(group.name in left_out for group in scope.groups)


def _always(exemption: Exemption) -> bool:
    return isinstance(exemption.condition, n.Const) and not exemption.groups


def condition(expr: ast.Expr, scope: Scope) -> n.Node | None:
    """The graph of a condition; None once it is reported that it is none."""
    node = elaborate(expr, scope)
    if node is None:
        return None
    if node.type.kind is Kind.YESNO and node.type.entity is Entity.ROW:
        scope.report(
            "kind-mismatch",
            Text(
                en="one answer for each region is needed here, not one for each row",
                zh="此处需要每地区一个答案，而不是每行一个",
            ),
            expr.span,
            help=Text(
                en="count the rows, as in `count(awards, where: …, repeats: count) > 0`",
                zh="请计各行之数，如 `件数（表彰，条件：…，重复：计入） > 0`",
            ),
        )
        return None
    if node.type.kind is not Kind.YESNO:
        scope.report(
            "kind-mismatch",
            Text(
                en=f"a condition is needed here, not {node.type.label.en}",
                zh=f"此处需要条件，而不是{node.type.label.zh}",
            ),
            expr.span,
            help=Text(en="write a comparison, or a yes or no", zh="请写比较式或是否数据"),
        )
        return None
    return node


def _says_all(stated: ast.Applies) -> bool:
    return any(word.name == "all" for word in stated.groups)


def _subjects(stated: ast.Applies, every: tuple[str, ...], scope: Scope) -> _Subjects | None:
    """Whom a statement names; None once an unknown one is reported.

    `all` names every group; `city`, where nothing is called so, names the city as a whole and thus no region.
    """
    groups = {fold(name): name for name in every}
    classes = {fold(one.name): one for one in scope.classes}
    regions = region_names(scope)
    found: list[str] = []
    single: list[str] = []
    direct: list[str] = []
    conditions: list[n.Node] = []
    faulty = False
    for word in stated.groups:
        key = fold(word.name)
        class_ = classes.get(key)
        if key in groups:
            found.append(groups[key])
        elif class_ is not None and class_.members is not None:
            single.extend(class_.members)
        elif class_ is not None:
            conditions.append(scope.nodes[key])
        elif key in regions or (not regions and word.span.text[:1] in _QUOTES):
            direct.append(regions.get(key, word.name))
        elif word.name == "all":
            found.extend(every)
        elif word.name not in ANYWHERE:
            names = (*every, *(one.name for one in scope.classes), *regions.values(), *ANYWHERE)
            scope.unknown("unknown-group", word.name, word.span, names, _SUBJECT)
            faulty = True
    if faulty:
        return None
    return _Subjects(
        groups=tuple(dict.fromkeys(found)),
        regions=tuple(dict.fromkeys((*single, *direct))),
        named=tuple(dict.fromkeys(direct)),
        conditions=tuple(conditions),
    )


_SUBJECT = Text(en="group, class or region", zh="组别、类别或地区")
_QUOTES = ('"', "“")


def _exempt(
    stated: ast.Applies, subjects: _Subjects, when: ast.Expr | None, scope: Scope, *, negate: bool
) -> list[Exemption]:
    """The exemption of those who are named, or of every region where all are meant, under a condition if there is one."""
    everybody = _says_all(stated) or (stated.applies and not scope.groups and not subjects.single)
    if not subjects.groups and not subjects.single and not everybody:
        return []
    node: n.Node | None = None
    if when is not None:
        node = condition(when, scope)
        if node is None:
            return []
        node = b.negation(node) if negate else node
    if subjects.single:
        member = subjects.member(stated.span)
        return _found(stated, (), member if node is None else b.both(member, node), scope)
    if node is None and not subjects.groups:
        # Every region, in a file without groups: there is no group to name, so the condition is that it holds.
        node = b.const(True, span=stated.span)
    return _found(stated, subjects.groups, node, scope)


def _found(
    stated: ast.Applies, groups: tuple[str, ...], node: n.Node | None, scope: Scope
) -> list[Exemption]:
    then: Disposal | None
    if stated.then is not None:
        then = disposal_of("not applicable", stated.then, stated.span, scope)
        if then is None:
            return []
    else:
        scope.need("not applicable", stated.span)
        policy = scope.stated.get("not applicable")
        then = Disposal(value="not computed") if policy is None else policy.then
    return [
        Exemption(
            groups=groups,
            condition=node,
            then=then,
            text=_said(stated, scope),
            words=_words(stated, scope),
            span=stated.span,
        )
    ]


def _said(stated: ast.Applies, scope: Scope) -> str:
    """The statement as written, but with the titles of its groups and classes, by which people know them."""
    titles = _titles(scope)
    text, start = stated.span.text, stated.span.start
    for word in sorted(stated.groups, key=lambda word: word.span.start, reverse=True):
        title = titles.get(fold(word.name))
        if title is not None:
            text = text[: word.span.start - start] + title + text[word.span.end - start :]
    return text


def _words(stated: ast.Applies, scope: Scope) -> Text:
    """The statement as written and in the words of the other language, with the titles of its groups and classes."""
    titles = _titles(scope)
    named = tuple(evolve(word, name=titles.get(fold(word.name), word.name)) for word in stated.groups)
    words, said = in_words(evolve(stated, groups=named)), _said(stated, scope)
    if stated.span.text[:1].isascii():
        return Text(en=said, zh=_unquoted(words.zh, named))
    return Text(en=_unquoted(words.en, named), zh=said)


def _unquoted(text: str, named: tuple[ast.Word, ...]) -> str:
    """A printed statement without the quotation marks that titles need in rules."""
    for word in named:
        for quoted in (f'"{word.name}"', f"“{word.name}”"):
            text = text.replace(quoted, word.name)
    return text


def _titles(scope: Scope) -> dict[str, str]:
    """What groups and classes are called, by their folded names."""
    called: tuple[Group | RegionClass, ...] = (*scope.groups, *scope.classes)
    return {fold(one.name): one.title for one in called if one.title}


class _Excluded:
    """Who was left out without condition, and where: what contradicts it or repeats it is reported."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.groups: dict[str, Span] = {}
        self.regions: dict[str, Span] = {}
        self._then: dict[tuple[str, str], ast.Disposal | None] = {}
        self._group_of = {member.name: group.name for group in scope.groups for member in group.members}

    def add(self, subjects: _Subjects, stated: ast.Applies) -> None:
        """Take the subjects of a statement; those that were taken already are reported."""
        for name in subjects.groups:
            first = self.groups.setdefault(name, stated.span)
            if first is not stated.span:
                self._twice(name, first, stated)
            self._then.setdefault(("group", name), stated.then)
        for name in subjects.regions:
            group = self._group_of.get(name, "")
            before = self.regions.get(name) or self.groups.get(group)
            said = self._then.get(("region", name), self._then.get(("group", group), stated.then))
            # A class may overlap with others; what it says must then be the same.
            repeats = name in subjects.named or said != stated.then
            if before is not None and before is not stated.span and repeats:
                self._twice(name, before, stated)
            self.regions.setdefault(name, stated.span)
            self._then.setdefault(("region", name), stated.then)

    def contradicted(self, subjects: _Subjects, stated: ast.Applies) -> None:
        """Report what a statement includes although another leaves it out; a region of a group may be an exception."""
        if _says_all(stated):
            return
        found = {name: self.groups[name] for name in subjects.groups if name in self.groups}
        for name in subjects.named:
            span = self.regions.get(name) or self.groups.get(self._group_of.get(name, ""))
            if span is not None:
                found[name] = span
        for name, span in found.items():
            self.scope.report(
                "duplicate-statement",
                Text(en=f"`{name}` is both included and left out", zh=f"`{name}` 既规定适用又规定不适用"),
                stated.span,
                also=((span, Text(en="left out here", zh="在此规定不适用")),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )

    def _twice(self, name: str, first: Span, stated: ast.Applies) -> None:
        self.scope.report(
            "duplicate-statement",
            Text(en=f"`{name}` is left out twice", zh=f"`{name}` 重复规定为不适用"),
            stated.span,
            also=((first, FIRST),),
            help=Text(en="keep one of the two", zh="两处只保留一处"),
        )
