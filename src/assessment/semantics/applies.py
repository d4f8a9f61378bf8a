"""Whom a node applies to, and what becomes of its points where it does not.

`applies to county` leaves out every other group; `not applicable to zone` leaves out these; a condition narrows either.
Several statements combine: a group is left out where any of them leaves it out, and where one names it outright, that
one says what becomes of the points.
"""

from __future__ import annotations

from collections.abc import Mapping

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Entity, Kind
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.elaborate import elaborate
from assessment.semantics.model import Exemption
from assessment.semantics.policies import EXEMPT_VALUES, report_mismatch
from assessment.semantics.regions import ANYWHERE
from assessment.semantics.scope import Scope, fold
from assessment.semantics.wording import FIRST, GROUP
from assessment.syntax import ast

__all__ = ["applies_to_nobody", "condition", "exemptions"]


def exemptions(statements: tuple[ast.Applies, ...], scope: Scope) -> tuple[Exemption, ...]:
    """Where a node does not apply, by what its statements say together."""
    every = tuple(group.name for group in scope.groups)
    named = {id(stated): _groups(stated, every, scope) for stated in statements}
    found: list[Exemption] = []
    excluded: dict[str, Span] = {}
    for stated in statements:
        groups = named[id(stated)]
        if stated.applies or groups is None:
            continue
        if stated.condition is None:
            _once(groups, stated, excluded, scope)
        found.extend(_exempt(stated, groups, stated.condition, scope, negate=False))
    included = [stated for stated in statements if stated.applies]
    if included and all(named[id(stated)] is not None for stated in included):
        inside = {name for stated in included for name in named[id(stated)] or ()}
        outside = tuple(name for name in every if name not in inside and name not in excluded)
        everyone = any(_says_all(stated) for stated in included)
        if (outside or not every) and not everyone:
            found.extend(_exempt(included[0], outside, None, scope, negate=False))
        for stated in included:
            groups = named[id(stated)] or ()
            _contradiction(groups, stated, excluded, scope)
            if stated.condition is not None:
                found.extend(_exempt(stated, groups, stated.condition, scope, negate=True))
    return tuple(sorted(found, key=lambda exemption: exemption.span.start))


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
    if node.type.kind is not Kind.YESNO or node.type.entity is Entity.ROW:
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


def _groups(stated: ast.Applies, every: tuple[str, ...], scope: Scope) -> tuple[str, ...] | None:
    """The groups that a statement names; None once an unknown one is reported.

    `all` names every group; `city`, where no group is called so, names the city as a whole and thus no region.
    """
    known: Mapping[str, str] = {fold(name): name for name in every}
    found: list[str] = []
    faulty = False
    for word in stated.groups:
        name = known.get(fold(word.name))
        if name is not None:
            found.append(name)
        elif word.name == "all":
            found.extend(every)
        elif word.name not in ANYWHERE:
            scope.unknown("unknown-group", word.name, word.span, (*every, *ANYWHERE), GROUP)
            faulty = True
    return None if faulty else tuple(dict.fromkeys(found))


def _exempt(
    stated: ast.Applies, groups: tuple[str, ...], when: ast.Expr | None, scope: Scope, *, negate: bool
) -> list[Exemption]:
    if not groups and not (_says_all(stated) or (stated.applies and not scope.groups)):
        return []
    node: n.Node | None = None
    if when is not None:
        node = condition(when, scope)
        if node is None:
            return []
        node = b.negation(node) if negate else node
    elif not groups:
        # Every region, in a file without groups: there is no group to name, so the condition is that it holds.
        node = b.const(True, span=stated.span)
    then = stated.then
    if then is not None and then not in EXEMPT_VALUES:
        report_mismatch("not applicable", then, stated.span, scope)
        return []
    if then is None:
        scope.used_policies.setdefault("not applicable", stated.span)
        then = scope.policies.get("not applicable", "")
    return [Exemption(groups=groups, condition=node, then=then, text=_said(stated, scope), span=stated.span)]


def _said(stated: ast.Applies, scope: Scope) -> str:
    """The statement as written, but with the titles of its groups, by which people know them."""
    titles = {fold(group.name): group.title for group in scope.groups if group.title}
    text, start = stated.span.text, stated.span.start
    for word in sorted(stated.groups, key=lambda word: word.span.start, reverse=True):
        title = titles.get(fold(word.name))
        if title is not None:
            text = text[: word.span.start - start] + title + text[word.span.end - start :]
    return text


def _once(groups: tuple[str, ...], stated: ast.Applies, excluded: dict[str, Span], scope: Scope) -> None:
    for name in groups:
        first = excluded.setdefault(name, stated.span)
        if first is not stated.span:
            scope.report(
                "duplicate-statement",
                Text(en=f"`{name}` is left out twice", zh=f"`{name}` 重复规定为不适用"),
                stated.span,
                also=((first, FIRST),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )


def _contradiction(
    groups: tuple[str, ...], stated: ast.Applies, excluded: dict[str, Span], scope: Scope
) -> None:
    for name in groups:
        if name in excluded and not _says_all(stated):
            scope.report(
                "duplicate-statement",
                Text(en=f"`{name}` is both included and left out", zh=f"`{name}` 既规定适用又规定不适用"),
                stated.span,
                also=((excluded[name], Text(en="left out here", zh="在此规定不适用")),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
