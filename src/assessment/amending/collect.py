"""What an amendment says → what becomes of each statement of the amended file.

Everything is looked up in the amended file as it was; nothing is done here (`apply`).
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define

from assessment.amending.additions import Additions
from assessment.amending.edits import Edits, aspect
from assessment.amending.identity import Path, key_of
from assessment.amending.lookup import Amended, Body, head, named, regions
from assessment.amending.old_values import check_size, check_target, check_title
from assessment.diagnostics.bilingual import Text
from assessment.semantics.scope import fold
from assessment.semantics.statements import STANDS_ONCE
from assessment.semantics.traverse import name_place
from assessment.syntax import ast

__all__ = ["AMENDING", "collected"]

AMENDING = (
    ast.ChangeSize,
    ast.ChangeTitle,
    ast.Change,
    ast.ChangeInput,
    ast.ChangePolicies,
    ast.Replace,
    ast.Add,
    ast.AddRegion,
    ast.Remove,
    ast.Renumber,
    ast.Retarget,
)
"""The statements that say what becomes of an earlier file."""

_KINDS: Mapping[str, type[ast.Node]] = {
    "AUTHORITY": ast.Authority,
    "JOIN": ast.Join,
    "SCORE": ast.Score,
    "MEASURE": ast.Measure,
    "BY": ast.Responsible,
    "CITE": ast.Cite,
    "FLOOR": ast.Floor,
    "COVERAGE": ast.Coverage,
    "RESCALE_TO_BEST": ast.Rescale,
    "CAP": ast.CapOrder,
    "DEFAULT": ast.Default,
    "IN_FORCE": ast.InForce,
    "POLICIES": ast.Policies,
    "SIZES_FROM": ast.SizesFrom,
    "COMPARE": ast.Compare,
    "RANK": ast.Ranking,
}


def collected(base: ast.RuleFile, statements: tuple[ast.Statement, ...]) -> Edits:
    """What the statements of an amendment do to a file, with what is wrong with them."""
    edits = Edits()
    amended = Amended.of(base, edits)
    collector = _Collector(amended=amended, additions=Additions(amended=amended))
    collector.collect(statements, amended.whole)
    collector.additions.report_doubles()
    edits.report_overlaps()
    return edits


@define(kw_only=True)
class _Collector:
    amended: Amended
    additions: Additions

    @property
    def edits(self) -> Edits:
        return self.amended.edits

    def collect(self, statements: tuple[ast.Statement, ...], body: Body) -> None:
        """What statements for a body do."""
        beside = [one for one in statements if isinstance(one, ast.Add) and one.beside is not None]
        for one in statements:
            if not (isinstance(one, ast.Add) and one.beside is not None):
                self._one(one, body)
        self.additions.add_beside(beside, body)

    def _one(self, one: ast.Statement, body: Body) -> None:
        edits = self.edits
        match one:
            case ast.ChangeSize(of=None):
                self._size(one, self.amended.of_kind(ast.Total, self.amended.whole, one.span))
            case ast.ChangeSize(of=ast.Reference() as of):
                self._size(one, self._path(of, body))
            case ast.ChangeTitle(of=of):
                path = self._path(of, body)
                if path is not None and edits.touch(path, "title", one.span):
                    check_title(one, path, self.amended)
                    edits.at(path).title = one.new.text
            case ast.Change(of=of, body=statements):
                inner = self.amended.body(self._path(of, body))
                if inner is not None:
                    self.collect(statements, inner)
            case ast.ChangeInput(of=of, attributes=attributes):
                path = self._path(of, body)
                if path is not None:
                    fresh = tuple(each for each in attributes if edits.touch(path, aspect(each), each.span))
                    edits.at(path).attributes += fresh
            case ast.ChangePolicies(entries=entries):
                path = self.amended.of_kind(ast.Policies, body, one.span)
                for each in entries if path is not None else ():
                    if path is not None and edits.touch(path, f"policy {each.key}", each.span):
                        edits.at(path).policies += (each,)
            case ast.Replace(statement=statement):
                self._replace(one, statement, body)
            case ast.Add():
                self.additions.add(one, body)
            case ast.AddRegion():
                self._add_regions(one, body)
            case ast.Remove(what=what):
                self._remove(one, what, body)
            case ast.Renumber(of=of, new=new):
                path = self._path(of, body)
                if path is not None and edits.touch(path, "number", one.span):
                    edits.at(path).number = new
            case ast.Retarget(of=of):
                self._retarget(one, of, body)
            case _:
                self._plain(one, body)

    def _size(self, one: ast.ChangeSize, path: Path | None) -> None:
        if path is None or not self.edits.touch(path, "size", one.span):
            return
        if check_size(one, path, self.amended):
            self.edits.at(path).size = one

    def _path(self, of: ast.Reference, body: Body) -> Path | None:
        return self.amended.path(of, body.places)

    def _replace(self, one: ast.Replace, statement: ast.Statement, body: Body) -> None:
        key = key_of(statement)
        if isinstance(statement, (*AMENDING, ast.Valid, ast.Succession)) or (
            key is None and type(statement) not in STANDS_ONCE
        ):
            self.edits.report(
                "amendment-unnamed",
                Text(
                    en="this statement has no name by which the one to replace could be found",
                    zh="此类语句没有名称，无法确定要替换哪一条",
                ),
                statement.span,
                help=Text(
                    en="remove the old one word for word, and add the new one",
                    zh="请用 `删除` 逐字写出原语句，再用 `增加` 写新语句",
                ),
            )
            return
        if key is None:
            path = self.amended.of_kind(type(statement), body, one.span)
        else:
            path = self.amended.find(key, body.places, head(statement), named(statement))
        if path is not None and self.edits.touch(path, "whole", one.span):
            self.edits.at(path).by = statement

    def _remove(self, one: ast.Remove, what: ast.Reference | ast.Statement | ast.Word, body: Body) -> None:
        if isinstance(what, ast.Reference) and what.kind == "region":
            self._remove_region(one, what)
            return
        path: Path | None
        if isinstance(what, ast.Reference):
            path = self._path(what, body)
        elif isinstance(what, ast.Word):
            path = self.amended.of_kind(_KINDS[what.name], body, one.span)
        else:
            path = self.amended.same(what, body)
        if path is not None and self.edits.touch(path, "whole", one.span):
            self.edits.at(path).removed = True

    def _add_regions(self, one: ast.AddRegion, body: Body) -> None:
        path = self._path(one.group, body)
        if path is None:
            return
        group = self.amended.at(path)
        if not isinstance(group, ast.Group):
            return
        if one.beside is not None and fold(one.beside.name) not in regions(group):
            self.amended.unmatched(one.beside, regions(group).values(), head(group))
            return
        self.edits.at(path).regions.append(one)

    def _remove_region(self, one: ast.Remove, what: ast.Reference) -> None:
        known: list[str] = []
        base = self.amended.base
        for place, group in enumerate(base.body):
            if not isinstance(group, ast.Group):
                continue
            if fold(what.name) in regions(group):
                if self.edits.touch((place,), f"region {fold(what.name)}", one.span):
                    self.edits.at((place,)).gone_regions.add(fold(what.name))
                return
            known += regions(group).values()
        self.amended.unmatched(what, known, name_place(base.span, base.name))

    def _retarget(self, one: ast.Retarget, of: ast.Reference, body: Body) -> None:
        path = self._path(of, body)
        node = None if path is None else self.amended.at(path)
        if path is None or not isinstance(node, ast.Targets):
            return
        for entry in one.entries:
            if self.edits.touch(path, f"target {entry.year}", entry.span):
                check_target(entry, node, self.amended)
                self.edits.at(path).targets += (entry,)

    def _plain(self, one: ast.Statement, body: Body) -> None:
        """A statement without a word before it: in the place of what can stand once, or added."""
        kind = type(one)
        if kind in STANDS_ONCE:
            there = body.first(lambda each: type(each) is kind)
            if there is not None:
                if self.edits.touch(there, "whole", one.span):
                    self.edits.at(there).by = one
                return
            # What stands nowhere yet is added once.
            if not self.edits.touch(body.path, f"new {kind.__name__}", one.span):
                return
        self.additions.add_last(one, body)
