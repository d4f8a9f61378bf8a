"""One walk over the amended file that does everything that an amendment says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from assessment.amending.edits import Edit, Edits, aspect
from assessment.amending.identity import Path, Tree, at_path
from assessment.amending.numbers import renumbered, without_rows
from assessment.semantics.scope import fold
from assessment.syntax import ast

__all__ = ["apply"]

_BESIDE: Mapping[type[ast.Node], type[ast.Node]] = {ast.Valid: ast.Authority, ast.Succession: ast.Group}
"""Beside what a statement is put that is new and has none of its own kind there."""


def apply(base: ast.RuleFile, edits: Edits) -> tuple[ast.Statement, ...]:
    """The body of a file with every edit done."""
    numbers = {
        fold(old.number): edit.number.name
        for path, edit in edits.by_path.items()
        if edit.number is not None and isinstance(old := at_path(base.body, path), ast.Indicator)
    }
    gone = {
        fold(each.number)
        for path, edit in edits.by_path.items()
        if edit.removed
        for each in _indicators(at_path(base.body, path))
    }
    return _body(base.body, (), edits, numbers, gone)


def _indicators(node: ast.Statement) -> Iterable[ast.Indicator]:
    if isinstance(node, ast.Indicator):
        yield node
    elif isinstance(node, ast.Category):
        for each in node.body:
            yield from _indicators(each)


def _body(
    body: tuple[ast.Statement, ...],
    at: Path,
    edits: Edits,
    numbers: Mapping[str, str],
    gone: set[str],
) -> tuple[ast.Statement, ...]:
    found: list[ast.Statement] = []
    for place, statement in enumerate(body):
        path = (*at, place)
        edit = edits.by_path.get(path, Edit())
        found += edit.before
        if edit.by is not None:
            found.append(_in_place(edit.by, statement, edit))
        elif not edit.removed:
            found.append(_edited(statement, edit, path, edits, numbers, gone))
        found += edit.after
    for new in edits.by_path.get(at, Edit()).last:
        beside = _BESIDE.get(type(new), type(new))
        same = [place for place, each in enumerate(found) if type(each) in (type(new), beside)]
        found.insert(same[-1] + 1 if same else len(found), new)
    return tuple(found)


def _in_place(new: ast.Statement, old: ast.Statement, edit: Edit) -> ast.Statement:
    """A statement in the place of another one; an indicator stays the same one, be it under another number."""
    if isinstance(new, ast.Indicator) and isinstance(old, ast.Indicator):
        new = evolve(new, origin=old.origin)
        if edit.number is not None:
            new = evolve(new, number=edit.number.name, name_span=edit.number.span)
    return new


def _edited(
    statement: ast.Statement,
    edit: Edit,
    path: Path,
    edits: Edits,
    numbers: Mapping[str, str],
    gone: set[str],
) -> ast.Statement:
    if isinstance(statement, Tree):
        node: Tree = evolve(statement, body=_body(statement.body, path, edits, numbers, gone))
        if edit.title is not None:
            node = evolve(node, title=edit.title)
        if edit.size is not None and not isinstance(node, ast.Adjustment):
            node = evolve(node, size=_new_size(node.size, edit.size))
        if edit.number is not None and isinstance(node, ast.Indicator):
            node = evolve(node, number=edit.number.name, name_span=edit.number.span)
        return node
    kept = without_rows(statement, gone) if gone and isinstance(statement, ast.DataTable) else statement
    changed = renumbered(kept, numbers) if numbers else kept
    match changed:
        case ast.Total() if edit.size is not None:
            new = edit.size
            points = evolve(new.new, unit="points")
            return evolve(changed, points=points, by_year=(), up_to=new.up_to or changed.up_to)
        case ast.Input() if edit.attributes:
            fresh = {aspect(each) for each in edit.attributes}
            old = tuple(each for each in changed.attributes if aspect(each) not in fresh)
            return evolve(changed, attributes=(*old, *edit.attributes))
        case ast.Policies() if edit.policies:
            by_key = {each.key: each for each in edit.policies}
            kept_policies = tuple(by_key.pop(each.key, each) for each in changed.entries)
            return evolve(changed, entries=(*kept_policies, *by_key.values()))
        case ast.Targets() if edit.targets:
            by_year = {
                each.year: ast.YearEntry(span=each.span, year=each.year, value=each.new)
                for each in edit.targets
            }
            kept_years = tuple(by_year.pop(each.year, each) for each in changed.entries)
            return evolve(changed, entries=(*kept_years, *by_year.values()))
        case ast.Group() if edit.regions or edit.gone_regions:
            return evolve(changed, members=_members(changed, edit))
        case _:
            return changed


def _new_size(old: ast.Size | None, change: ast.ChangeSize) -> ast.Size:
    up_to = change.up_to if change.up_to is not None or old is None else old.up_to
    if change.kind == "weight":
        return ast.Size(span=change.span, weight=change.new, up_to=up_to)
    return ast.Size(span=change.span, points=evolve(change.new, unit="points"), up_to=up_to)


def _members(group: ast.Group, edit: Edit) -> tuple[ast.Member, ...]:
    before: dict[str, list[ast.Member]] = {}
    after: dict[str, list[ast.Member]] = {}
    last: list[ast.Member] = []
    for one in edit.regions:
        if one.beside is None:
            last += one.members
        else:
            row = after if one.side == "after" else before
            row.setdefault(fold(one.beside.name), []).extend(one.members)
    found: list[ast.Member] = []
    for member in group.members:
        name = fold(member.name)
        found += before.get(name, ())
        if name not in edit.gone_regions:
            found.append(member)
        found += after.get(name, ())
    return (*found, *last)
