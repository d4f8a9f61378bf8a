"""An amended file and the file that amends it → one plain tree.

First everything that the amendment says is looked up in the amended file (`collect`), then one walk over that file does
it all (`apply`). A statement that can stand once takes the place of the one that is there; any other is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, evolve, field

from assessment.amending.edits import Edit, Edits
from assessment.amending.identity import (
    Key,
    Path,
    Places,
    Tree,
    at_path,
    called,
    key_of,
    key_of_reference,
    walk,
)
from assessment.amending.numbers import renumbered, without_rows
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Span
from assessment.diagnostics.suggest import nearest
from assessment.semantics.scope import fold
from assessment.semantics.statements import STANDS_ONCE
from assessment.semantics.traverse import name_place
from assessment.semantics.wording import statement as statement_word
from assessment.syntax import ast
from assessment.syntax.words import human_name

__all__ = ["AMENDING", "misplaced", "resolved", "with_origins"]

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
_BESIDE: Mapping[type[ast.Node], type[ast.Node]] = {ast.Valid: ast.Authority, ast.Succession: ast.Group}
"""Beside what a statement is put that is new and has none of its own kind there."""

_HERE = Text(en="in the amended file", zh="在所修订的文件中")
_OF_ONE_FILE = (ast.Valid, ast.Example)
"""What a file says of itself alone: it is not taken over."""


def with_origins(file: ast.RuleFile, number: int) -> ast.RuleFile:
    """A file whose indicators know where they come from: those that do not yet are of the file with this number."""

    def known(body: tuple[ast.Statement, ...]) -> tuple[ast.Statement, ...]:
        return tuple(one(each) for each in body)

    def one(each: ast.Statement) -> ast.Statement:
        if isinstance(each, ast.Category):
            return evolve(each, body=known(each.body))
        if isinstance(each, ast.Indicator) and each.origin is None:
            return evolve(each, origin=ast.Origin(file=number, number=each.number))
        return each

    return evolve(file, body=known(file.body))


def resolved(base: ast.RuleFile, amending: ast.RuleFile) -> tuple[ast.RuleFile, tuple[Diagnostic, ...]]:
    """The plain tree of an amendment of a plain tree, and what is wrong with the amendment.

    What is left out for a fault leaves the tree as it was; with errors the tree is for further findings only.
    """
    inherited = tuple(one for one in base.body if not isinstance(one, _OF_ONE_FILE))
    base = evolve(base, body=inherited)
    edits = Edits()
    collector = _Collector(base=base, edits=edits, places=Places.of(base.body))
    collector.collect(amending.body, (), base.body)
    collector.report_doubles()
    edits.report_overlaps()
    body = _apply(base, edits)
    whole = evolve(amending, body=body, amends=None, title=amending.title or base.title)
    return whole, (*edits.found, *misplaced(whole))


def misplaced(file: ast.RuleFile) -> tuple[Diagnostic, ...]:
    """The findings for statements that amend something where nothing is amended."""
    edits = Edits()
    for _, one in walk(file.body):
        if isinstance(one, AMENDING):
            edits.report(
                "amendment-misplaced",
                Text(
                    en="nothing is amended here, so nothing can be changed, added or removed",
                    zh="此处没有修订任何文件，不能写修改、增加或删除",
                ),
                one.span,
                help=Text(
                    en='write the statement as it should be, or name the amended file in the head: `amends "…"`',
                    zh="请直接写应有的语句，或在文件开头写明所修订的文件：`修订 “…”`",
                ),
            )
    return tuple(edits.found)


# ── what the amendment says ──────────────────────────────────────────────────────────────────────────────────────────


@define(kw_only=True)
class _Collector:
    base: ast.RuleFile
    edits: Edits
    places: Places
    there_before: list[tuple[ast.Statement, Path]] = field(factory=list)
    """What is added under a name that stands in the amended file, and where it stands."""

    def report_doubles(self) -> None:
        """Report what is added although it is there, and neither goes away nor gets another number."""
        for statement, path in self.there_before:
            edit = self.edits.by_path.get(path, Edit())
            above = (self.edits.by_path.get(path[:length]) for length in range(1, len(path)))
            if edit.removed or edit.number is not None or any(one and one.removed for one in above):
                continue
            name = _named(statement)
            self.edits.report(
                "amendment-exists",
                Text(en=f"{name.en} is there already", zh=f"{name.zh} 已经存在"),
                _head(statement),
                also=((_head(self._at(path)), _HERE),),
                help=Text(
                    en="write `replace` for another one in its place, or give the new one another name",
                    zh="如要取代原有的，请写 `替换`；否则请另取名称或编号",
                ),
            )

    def collect(
        self, statements: tuple[ast.Statement, ...], at: Path, body: tuple[ast.Statement, ...]
    ) -> None:
        """What statements for the body at a path do."""
        places = self.places if not at else Places.of(body, at)
        added = [one for one in statements if isinstance(one, ast.Add) and one.beside is not None]
        for one in statements:
            if not (isinstance(one, ast.Add) and one.beside is not None):
                self._one(one, at, body, places)
        self._beside(added, at, body, places)

    def _one(self, one: ast.Statement, at: Path, body: tuple[ast.Statement, ...], places: Places) -> None:
        edits = self.edits
        match one:
            case ast.ChangeSize():
                self._size(one, places)
            case ast.ChangeTitle(of=of):
                path = self._path(of, places)
                if path is not None and edits.touch(path, "title", one.span):
                    self._check_title(one, path)
                    edits.at(path).title = one.new.text
            case ast.Change(of=of, body=inner):
                path = self._path(of, places)
                if path is not None:
                    node = self._at(path)
                    if isinstance(node, Tree):
                        self.collect(inner, path, node.body)
            case ast.ChangeInput(of=of, attributes=attributes):
                path = self._path(of, places)
                fresh = [
                    each
                    for each in attributes
                    if path is not None and edits.touch(path, _aspect(each), each.span)
                ]
                if path is not None:
                    edits.at(path).attributes += tuple(fresh)
            case ast.ChangePolicies(entries=entries):
                path = self._of_kind(ast.Policies, at, body, one.span)
                for each in entries if path is not None else ():
                    if path is not None and edits.touch(path, f"policy {each.key}", each.span):
                        edits.at(path).policies += (each,)
            case ast.Replace(statement=statement):
                self._replace(one, statement, at, body, places)
            case ast.Add(statement=statement):
                self._add(statement, one, at, body, places)
            case ast.AddRegion():
                self._add_regions(one, places)
            case ast.Remove(what=what):
                self._remove(one, what, at, body, places)
            case ast.Renumber(of=of, new=new):
                path = self._path(of, places)
                if path is not None and edits.touch(path, "number", one.span):
                    edits.at(path).number = new
            case ast.Retarget(of=of):
                self._retarget(one, of, places)
            case _:
                self._plain(one, at, body)

    # ── single statements ────────────────────────────────────────────────────────────────────────────────────────────

    def _size(self, one: ast.ChangeSize, places: Places) -> None:
        path = (
            self._of_kind(ast.Total, (), self.base.body, one.span)
            if one.of is None
            else self._path(one.of, places)
        )
        if path is None or not self.edits.touch(path, "size", one.span):
            return
        node = self._at(path)
        if isinstance(node, ast.Adjustment):
            self.edits.report(
                "amendment-unmatched",
                Text(
                    en=f"{called(one.of).en if one.of else ''} has no points of its own",
                    zh="加分、扣分没有分值",
                ),
                one.span,
                help=Text(en="replace it as a whole: `replace bonus …`", zh="请整体替换：`替换 加分 …`"),
            )
            return
        wrong = next((each for each in (one.old, one.new) if each is not None and each.unit == "%"), None)
        if one.kind == "points" and wrong is not None:
            self.edits.report(
                "kind-mismatch",
                Text(en="points must stand here", zh="此处应为分值"),
                wrong.span,
                help=Text(en="write for instance `to 5 points`", zh="例如写 `为 5 分`"),
            )
            return
        old = _stated_size(node, one.kind)
        if one.old is not None and (old is None or not _same_size(one.old, old)):
            self._differs(one.old, old, node.span)
        self.edits.at(path).size = one

    def _check_title(self, one: ast.ChangeTitle, path: Path) -> None:
        old, node = one.old, self._at(path)
        title = getattr(node, "title", None)
        if old is not None and old.text != title:
            there = Text.same(f"“{title}”") if title else Text(en="no title", zh="没有名称")
            self.edits.report(
                "amendment-value-differs",
                Text(en="the title in the amended file is another one", zh="所修订文件中的名称与此不同"),
                old.span,
                also=((_head(node), there),),
                help=Text(en="state the title that stands there", zh="请写明原文件中的名称"),
            )

    def _differs(self, old: ast.Literal, stands: ast.Literal | None, node: Span) -> None:
        there = node if stands is None else stands.span
        shown = Text(en="nothing", zh="未写明") if stands is None else Text.same(f"`{stands.span.text}`")
        self.edits.report(
            "amendment-value-differs",
            Text(
                en=f"the old value is not `{old.span.text}`: in the amended file stands {shown.en}",
                zh=f"原值不是 `{old.span.text}`：所修订文件中为 {shown.zh}",
            ),
            old.span,
            also=((there, _HERE),),
            help=Text(
                en=f"write {shown.en} behind `from`, or amend another file",
                zh=f"请在 `由` 后写 {shown.zh}，或核对所修订的文件",
            ),
        )

    def _replace(
        self,
        one: ast.Replace,
        statement: ast.Statement,
        at: Path,
        body: tuple[ast.Statement, ...],
        places: Places,
    ) -> None:
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
            path = self._of_kind(type(statement), at, body, one.span)
        else:
            path = self._find(key, places, _head(statement), _named(statement))
        if path is not None and self.edits.touch(path, "whole", one.span):
            self.edits.at(path).by = statement

    def _add(
        self,
        statement: ast.Statement,
        one: ast.Add,
        at: Path,
        body: tuple[ast.Statement, ...],
        places: Places,
    ) -> None:
        if one.into is not None:
            inner = self._path(one.into, places)
            node = None if inner is None else self._at(inner)
            if inner is None or not isinstance(node, Tree):
                return
            at, body = inner, node.body
        if self._is_fresh(statement, at, body):
            self.edits.at(at).last.append(statement)

    def _beside(
        self, added: list[ast.Add], at: Path, body: tuple[ast.Statement, ...], places: Places
    ) -> None:
        """Statements beside others, which may be new ones too: those that wait for one come behind it."""
        fresh: dict[Key, list[ast.Statement]] = {}
        for edit in self.edits.by_path.values():
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
                if key not in places.by_key and key in fresh and not beside.parts:
                    row = fresh[key]
                    place = next(i for i, each in enumerate(row) if key_of(each) == key)
                    if self._is_fresh(one.statement, at, body):
                        row.insert(place + (one.side == "after"), one.statement)
                        self._note(one.statement, row, fresh)
                elif key not in places.by_key and any(
                    key_of(other.statement) == key for other in waiting if other is not one
                ):
                    later.append(one)
                else:
                    self._beside_old(one, beside, at, body, places, fresh)
            if len(later) == len(waiting):
                for one in later:
                    if one.beside is not None:
                        self._path(one.beside, places)
                return
            waiting = later

    def _beside_old(
        self,
        one: ast.Add,
        beside: ast.Reference,
        at: Path,
        body: tuple[ast.Statement, ...],
        places: Places,
        fresh: dict[Key, list[ast.Statement]],
    ) -> None:
        into = None if one.into is None else self._path(one.into, places)
        if one.into is not None:
            node = None if into is None else self._at(into)
            if into is None or not isinstance(node, Tree):
                return
            at, body = into, node.body
            inner = Places.of(body, into)
            # A part is called by its name in what it stands in; what stands elsewhere is told below.
            places = inner if key_of_reference(beside) in inner.by_key else places
        path = self._path(beside, places)
        if path is None:
            return
        if one.into is not None and path[:-1] != into:
            self.edits.report(
                "amendment-unmatched",
                Text(
                    en=f"{called(beside).en} does not stand in {called(one.into).en}",
                    zh=f"{called(beside).zh} 不在 {called(one.into).zh} 中",
                ),
                beside.span,
                also=((_head(self._at(path)), _HERE),),
                help=Text(
                    en="name something that stands there, or leave the node out",
                    zh="请写其中已有的项目，或不写所列入的上级",
                ),
            )
            return
        if self._is_fresh(one.statement, at, body):
            edit = self.edits.at(path)
            row = edit.after if one.side == "after" else edit.before
            row.append(one.statement)
            self._note(one.statement, row, fresh)

    @staticmethod
    def _note(
        statement: ast.Statement, row: list[ast.Statement], fresh: dict[Key, list[ast.Statement]]
    ) -> None:
        key = key_of(statement)
        if key is not None:
            fresh[key] = row

    def _is_fresh(self, statement: ast.Statement, at: Path, body: tuple[ast.Statement, ...]) -> bool:
        """Whether nothing of this name is there yet, or what is there goes away; what is there is reported."""
        key = key_of(statement)
        if key is None or isinstance(statement, ast.Part | ast.Adjustment):
            # Parts and bonuses have their names in one body only.
            inner = {key_of(one): (*at, place) for place, one in enumerate(body)}
            there = None if key is None else inner.get(key)
        else:
            there = next(iter(self.places.by_key.get(key, ())), None)
        if there is None:
            return True
        self.there_before.append((statement, there))
        return True

    def _add_regions(self, one: ast.AddRegion, places: Places) -> None:
        path = self._path(one.group, places)
        if path is None:
            return
        group = self._at(path)
        if not isinstance(group, ast.Group):
            return
        if one.beside is not None and fold(one.beside.name) not in _regions(group):
            self._unmatched(one.beside, _regions(group).values(), _head(group))
            return
        self.edits.at(path).regions.append(one)

    def _remove(
        self,
        one: ast.Remove,
        what: ast.Reference | ast.Statement | ast.Word,
        at: Path,
        body: tuple[ast.Statement, ...],
        places: Places,
    ) -> None:
        if isinstance(what, ast.Reference) and what.kind == "region":
            self._remove_region(one, what)
            return
        path: Path | None
        if isinstance(what, ast.Reference):
            path = self._path(what, places)
        elif isinstance(what, ast.Word):
            path = self._of_kind(_KINDS[what.name], at, body, one.span)
        else:
            path = next(((*at, place) for place, each in enumerate(body) if each == what), None)
            if path is None:
                self._no_such_statement(what, body)
        if path is not None and self.edits.touch(path, "whole", one.span):
            self.edits.at(path).removed = True

    def _remove_region(self, one: ast.Remove, what: ast.Reference) -> None:
        known: list[str] = []
        for place, group in enumerate(self.base.body):
            if not isinstance(group, ast.Group):
                continue
            if fold(what.name) in _regions(group):
                if self.edits.touch((place,), f"region {fold(what.name)}", one.span):
                    self.edits.at((place,)).gone_regions.add(fold(what.name))
                return
            known += _regions(group).values()
        self._unmatched(what, known, name_place(self.base.span, self.base.name))

    def _no_such_statement(self, what: ast.Statement, body: tuple[ast.Statement, ...]) -> None:
        kind = type(what)
        known = {" ".join(each.span.text.split()): each.span for each in body if type(each) is kind}
        near = nearest(" ".join(what.span.text.split()), known)
        word = statement_word(kind)
        near = near or next(iter(known), None)
        self.edits.report(
            "amendment-unmatched",
            Text(
                en=f"the amended file has no {word.en} that says just this",
                zh=f"所修订的文件中没有内容与此完全相同的{word.zh}",
            ),
            what.span,
            also=() if near is None else ((known[near], Text(en="did you mean this?", zh="是否指此处？")),),
            help=Text(
                en="write the statement as it stands there, word for word",
                zh="请逐字写出所修订文件中的语句",
            ),
        )

    def _retarget(self, one: ast.Retarget, of: ast.Reference, places: Places) -> None:
        path = self._path(of, places)
        if path is None:
            return
        node = self._at(path)
        if not isinstance(node, ast.Targets):
            return
        for entry in one.entries:
            if not self.edits.touch(path, f"target {entry.year}", entry.span):
                continue
            stands = next((each.value for each in node.entries if each.year == entry.year), None)
            if entry.old is not None and (
                stands is None or (stands.value, stands.unit) != (entry.old.value, entry.old.unit)
            ):
                self._differs(entry.old, stands, node.span)
            self.edits.at(path).targets += (entry,)

    def _plain(self, one: ast.Statement, at: Path, body: tuple[ast.Statement, ...]) -> None:
        """A statement without a word before it: in the place of what can stand once, or added."""
        kind = type(one)
        if kind in STANDS_ONCE:
            there = next(((*at, place) for place, each in enumerate(body) if type(each) is kind), None)
            if there is not None:
                if self.edits.touch(there, "whole", one.span):
                    self.edits.at(there).by = one
                return
            # What stands nowhere yet is added once.
            if not self.edits.touch(at, f"new {kind.__name__}", one.span):
                return
        if self._is_fresh(one, at, body):
            self.edits.at(at).last.append(one)

    # ── looking up ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _at(self, path: Path) -> ast.Statement:
        return at_path(self.base.body, path)

    def _path(self, of: ast.Reference, places: Places) -> Path | None:
        """Where what a reference points at stands; what is not there, or stands several times, is reported."""
        path = self._find(key_of_reference(of), places, of.span, called(of))
        if path is None:
            return None
        for part in of.parts:
            node = self._at(path)
            parts = {
                fold(each.name): (place, each.name)
                for place, each in enumerate(node.body if isinstance(node, Tree) else ())
                if isinstance(each, ast.Part)
            }
            known = parts.get(fold(part))
            if known is None:
                self._unmatched(of, [name for _, name in parts.values()], _head(node), name=part)
                return None
            path = (*path, known[0])
        return path

    def _find(self, key: Key, places: Places, place: Span, what: Text) -> Path | None:
        paths = places.by_key.get(key, ())
        if len(paths) == 1:
            return paths[0]
        if paths:
            self.edits.report(
                "amendment-ambiguous",
                Text(
                    en=f"{what.en} stands in the amended file {len(paths)} times",
                    zh=f"{what.zh} 在所修订的文件中出现 {len(paths)} 次",
                ),
                place,
                also=tuple((_head(self._at(path)), _HERE) for path in paths),
                help=Text(
                    en="say in which node: `change indicator 2 { … }`",
                    zh="请写明所在的项目：`修改 指标 2 { … }`",
                ),
            )
            return None
        kind = key[0]
        known = [_name_of(self._at(each[0])) for (k, _), each in places.by_key.items() if k == kind]
        self._report_unmatched(what, place, key[1], known)
        return None

    def _of_kind(
        self, kind: type[ast.Node], at: Path, body: tuple[ast.Statement, ...], place: Span
    ) -> Path | None:
        found = next(((*at, number) for number, each in enumerate(body) if type(each) is kind), None)
        if found is None:
            word = statement_word(kind)
            whose = name_place(self.base.span, self.base.name) if not at else _head(self._at(at))
            self.edits.report(
                "amendment-unmatched",
                Text(en=f"the amended file states no {word.en} here", zh=f"所修订的文件此处没有写{word.zh}"),
                place,
                also=((whose, _HERE),),
                help=Text(en="add it: `add …`", zh="请用 `增加 …` 写明"),
            )
        return found

    def _unmatched(
        self, of: ast.Reference, known: Iterable[str], where: Span, *, name: str | None = None
    ) -> None:
        self._report_unmatched(called(of), of.span, name or of.name, known, where)

    def _report_unmatched(
        self, what: Text, place: Span, name: str, known: Iterable[str], where: Span | None = None
    ) -> None:
        names = list(known)
        near = nearest(name, names)
        shown = names[:8]
        if near is not None:
            help_ = Text(en=f"did you mean `{near}`?", zh=f"是否应为 `{near}`？")
        elif shown:
            more_en = ", …" if len(names) > len(shown) else ""
            more_zh = "……" if len(names) > len(shown) else ""
            quoted = [f"`{each}`" for each in shown]
            help_ = Text(
                en=f"there are {', '.join(quoted)}{more_en}", zh=f"已有 {'、'.join(quoted)}{more_zh}"
            )
        else:
            help_ = Text(en="add it: `add …`", zh="请用 `增加 …` 写明")
        self.edits.report(
            "amendment-unmatched",
            Text(en=f"the amended file has no {what.en}", zh=f"所修订的文件中没有 {what.zh}"),
            place,
            also=((where or name_place(self.base.span, self.base.name), _HERE),),
            help=help_,
        )


def _aspect(attribute: ast.InputAttribute) -> str:
    match attribute:
        case ast.CountsAs(status=status) | ast.Code(status=status):
            return f"{type(attribute).__name__} {status}"
        case ast.RowField(name=name):
            return f"field {fold(name)}"
        case _:
            return type(attribute).__name__


def _head(node: ast.Statement) -> Span:
    """The place at which a statement says what it is."""
    return getattr(node, "name_span", None) or node.span


def _name_of(node: ast.Statement) -> str:
    match node:
        case ast.Indicator(number=number):
            return number
        case ast.Targets(scope=scope, measure=measure):
            return f"{scope.name} {measure.name}"
        case ast.Estimate(name=word):
            return word.name
        case _:
            return str(getattr(node, "name", ""))


def _named(statement: ast.Statement) -> Text:
    key = key_of(statement)
    kind = "" if key is None else key[0]
    word = human_name("METHOD_WORD" if kind == "method" else kind.upper())
    return Text(en=f"{word.en[:-1]} {_name_of(statement)}`", zh=f"{word.zh[:-1]} {_name_of(statement)}`")


def _regions(group: ast.Group) -> dict[str, str]:
    return {fold(member.name): member.name for member in group.members}


def _stated_size(node: ast.Statement, kind: str) -> ast.Literal | None:
    if isinstance(node, ast.Total):
        return node.points
    size = getattr(node, "size", None)
    if not isinstance(size, ast.Size):
        return None
    return size.weight if kind == "weight" else size.points


def _same_size(old: ast.Literal, stands: ast.Literal) -> bool:
    plain = (None, "points")
    return old.value == stands.value and (old.unit == stands.unit or {old.unit, stands.unit} <= set(plain))


# ── doing it ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _apply(base: ast.RuleFile, edits: Edits) -> tuple[ast.Statement, ...]:
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
            fresh = {_aspect(each) for each in edit.attributes}
            old = tuple(each for each in changed.attributes if _aspect(each) not in fresh)
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
