"""What an amendment adds: at the end of a body, beside what stands there, or beside what is added too."""

from __future__ import annotations

from attrs import define, field

from assessment.amending.edits import Edit
from assessment.amending.identity import Key, Path, called, key_of, key_of_reference
from assessment.amending.lookup import HERE, Amended, Body, head, named
from assessment.diagnostics.bilingual import Text
from assessment.syntax import ast

__all__ = ["Additions"]

_Rows = dict[Key, list[ast.Statement]]
"""By the key of what is added, the row of new statements in which it stands."""


@define(kw_only=True)
class Additions:
    """Puts new statements among the edits of the amended file."""

    amended: Amended
    there_before: list[tuple[ast.Statement, Path]] = field(factory=list)
    """What is added under a name that stands in the amended file, and where it stands."""

    def add(self, one: ast.Add, body: Body) -> None:
        """A statement at the end of a body, or of the one that is named."""
        into = body if one.into is None else self._named_body(one.into, body)
        if into is not None:
            self.add_last(one.statement, into)

    def add_last(self, statement: ast.Statement, body: Body) -> None:
        """A statement at the end of a body."""
        self._note_there(statement, body)
        self.amended.edits.at(body.path).last.append(statement)

    def add_beside(self, added: list[ast.Add], body: Body) -> None:
        """Statements beside others, which may be new ones too: those that wait for one come behind it."""
        fresh: _Rows = {}
        for edit in self.amended.edits.by_path.values():
            for each in edit.last:
                key = key_of(each)
                if key is not None:
                    fresh.setdefault(key, edit.last)
        waiting = list(added)
        while waiting:
            later: list[ast.Add] = []
            for one in waiting:
                beside = one.beside
                if beside is None:
                    continue
                key = key_of_reference(beside)
                if key not in body.places.by_key and key in fresh and not beside.parts:
                    row = fresh[key]
                    place = next(i for i, each in enumerate(row) if key_of(each) == key)
                    self._note_there(one.statement, body)
                    row.insert(place + (one.side == "after"), one.statement)
                    _note(one.statement, row, fresh)
                elif key not in body.places.by_key and any(
                    key_of(other.statement) == key for other in waiting if other is not one
                ):
                    later.append(one)
                else:
                    self._beside_old(one, beside, body, fresh)
            if len(later) == len(waiting):
                for one in later:
                    if one.beside is not None:
                        self.amended.path(one.beside, body.places)
                return
            waiting = later

    def _beside_old(self, one: ast.Add, beside: ast.Reference, body: Body, fresh: _Rows) -> None:
        into, places = body, body.places
        if one.into is not None:
            inner = self._named_body(one.into, body)
            if inner is None:
                return
            into = inner
            # A part is called by its name in what it stands in; what stands elsewhere is told below.
            places = inner.places if key_of_reference(beside) in inner.places.by_key else places
        path = self.amended.path(beside, places)
        if path is None:
            return
        if one.into is not None and path[:-1] != into.path:
            self.amended.edits.report(
                "amendment-unmatched",
                Text(
                    en=f"{called(beside).en} does not stand in {called(one.into).en}",
                    zh=f"{called(beside).zh} 不在 {called(one.into).zh} 中",
                ),
                beside.span,
                also=((head(self.amended.at(path)), HERE),),
                help=Text(
                    en="name something that stands there, or leave the node out",
                    zh="请写其中已有的项目，或不写所列入的上级",
                ),
            )
            return
        self._note_there(one.statement, into)
        edit = self.amended.edits.at(path)
        row = edit.after if one.side == "after" else edit.before
        row.append(one.statement)
        _note(one.statement, row, fresh)

    def _named_body(self, of: ast.Reference, body: Body) -> Body | None:
        return self.amended.body(self.amended.path(of, body.places))

    def _note_there(self, statement: ast.Statement, body: Body) -> None:
        """Keep in mind what has this name already, until it is known whether it goes away."""
        key = key_of(statement)
        if key is None:
            return
        if isinstance(statement, ast.Part | ast.Adjustment):
            # Parts and bonuses have their names in one body only.
            there = body.last(lambda each: key_of(each) == key)
        else:
            there = next(iter(self.amended.whole.places.by_key.get(key, ())), None)
        if there is not None:
            self.there_before.append((statement, there))

    def report_doubles(self) -> None:
        """Report what is added although it is there, and neither goes away nor gets another number."""
        edits = self.amended.edits
        for statement, path in self.there_before:
            edit = edits.by_path.get(path, Edit())
            above = (edits.by_path.get(path[:length]) for length in range(1, len(path)))
            if edit.removed or edit.number is not None or any(one and one.removed for one in above):
                continue
            name = named(statement)
            edits.report(
                "amendment-exists",
                Text(en=f"{name.en} is there already", zh=f"{name.zh} 已经存在"),
                head(statement),
                also=((head(self.amended.at(path)), HERE),),
                help=Text(
                    en="write `replace` for another one in its place, or give the new one another name",
                    zh="如要取代原有的，请写 `替换`；否则请另取名称或编号",
                ),
            )


def _note(statement: ast.Statement, row: list[ast.Statement], fresh: _Rows) -> None:
    key = key_of(statement)
    if key is not None:
        fresh[key] = row
