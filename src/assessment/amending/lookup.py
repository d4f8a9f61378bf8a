"""Finding in the amended file what an amendment points at, and saying what is there where it is not found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import define, frozen

from assessment.amending.edits import Edits
from assessment.amending.identity import Key, Path, Places, Tree, at_path, called, key_of, key_of_reference
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.diagnostics.suggest import nearest
from assessment.semantics.scope import fold
from assessment.semantics.traverse import name_place
from assessment.semantics.wording import statement as statement_word
from assessment.syntax import ast
from assessment.syntax.words import human_name

__all__ = ["HERE", "Amended", "Body", "head", "name_of", "named", "regions"]

HERE = Text(en="in the amended file", zh="在所修订的文件中")


@frozen(kw_only=True)
class Body:
    """A body of the amended file: the path of what has it, its statements, and where everything in it stands."""

    path: Path
    statements: tuple[ast.Statement, ...]
    places: Places

    def first(self, holds: Callable[[ast.Statement], bool]) -> Path | None:
        """Where the first of its own statements stands for which this holds."""
        return next(self._where(holds), None)

    def last(self, holds: Callable[[ast.Statement], bool]) -> Path | None:
        """Where the last of them stands."""
        return next(reversed(list(self._where(holds))), None)

    def _where(self, holds: Callable[[ast.Statement], bool]) -> Iterator[Path]:
        return ((*self.path, place) for place, each in enumerate(self.statements) if holds(each))


@define(kw_only=True)
class Amended:
    """The amended file; what is not found in it is reported among the edits."""

    base: ast.RuleFile
    edits: Edits
    whole: Body

    @classmethod
    def of(cls, base: ast.RuleFile, edits: Edits) -> Amended:
        """A file as an amendment sees it."""
        return cls(
            base=base, edits=edits, whole=Body(path=(), statements=base.body, places=Places.of(base.body))
        )

    def body(self, path: Path | None) -> Body | None:
        """The body of the statement at a path; None where there is none."""
        node = None if path is None else self.at(path)
        if path is None or not isinstance(node, Tree):
            return None
        return Body(path=path, statements=node.body, places=Places.of(node.body, path))

    def at(self, path: Path) -> ast.Statement:
        """The statement at a path."""
        return at_path(self.base.body, path)

    def path(self, of: ast.Reference, places: Places) -> Path | None:
        """Where what a reference points at stands; what is not there, or stands several times, is reported."""
        path = self.find(key_of_reference(of), places, of.span, called(of))
        if path is None:
            return None
        for part in of.parts:
            node = self.at(path)
            parts = {
                fold(each.name): (place, each.name)
                for place, each in enumerate(node.body if isinstance(node, Tree) else ())
                if isinstance(each, ast.Part)
            }
            known = parts.get(fold(part))
            if known is None:
                self.unmatched(of, [name for _, name in parts.values()], head(node), name=part)
                return None
            path = (*path, known[0])
        return path

    def find(self, key: Key, places: Places, place: Span, what: Text) -> Path | None:
        """Where what has a key stands; what is not there, or stands several times, is reported."""
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
                also=tuple((head(self.at(path)), HERE) for path in paths),
                help=Text(
                    en="say in which node: `change indicator 2 { … }`",
                    zh="请写明所在的项目：`修改 指标 2 { … }`",
                ),
            )
            return None
        kind = key[0]
        known = [name_of(self.at(each[0])) for (k, _), each in places.by_key.items() if k == kind]
        self._report(what, place, key[1], known)
        return None

    def of_kind(self, kind: type[ast.Node], body: Body, place: Span) -> Path | None:
        """Where a body states what it states once; what it does not is reported."""
        found = body.first(lambda each: type(each) is kind)
        if found is None:
            word = statement_word(kind)
            whose = name_place(self.base.span, self.base.name) if not body.path else head(self.at(body.path))
            self.edits.report(
                "amendment-unmatched",
                Text(en=f"the amended file states no {word.en} here", zh=f"所修订的文件此处没有写{word.zh}"),
                place,
                also=((whose, HERE),),
                help=Text(en="add it: `add …`", zh="请用 `增加 …` 写明"),
            )
        return found

    def same(self, what: ast.Statement, body: Body) -> Path | None:
        """Where a body says just this; that it does not is reported."""
        found = body.first(lambda each: each == what)
        if found is not None:
            return found
        kind = type(what)
        known = {
            " ".join(each.span.text.split()): each.span for each in body.statements if type(each) is kind
        }
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
        return None

    def unmatched(
        self, of: ast.Reference, known: Iterable[str], where: Span, *, name: str | None = None
    ) -> None:
        """Report what a reference points at and is not there, with those that are."""
        self._report(called(of), of.span, name or of.name, known, where)

    def _report(
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
            also=((where or name_place(self.base.span, self.base.name), HERE),),
            help=help_,
        )


def head(node: ast.Statement) -> Span:
    """The place at which a statement says what it is."""
    return getattr(node, "name_span", None) or node.span


def name_of(node: ast.Statement) -> str:
    """What a message calls a statement that stands in the amended file."""
    match node:
        case ast.Indicator(number=number):
            return number
        case ast.Targets(scope=scope, measure=measure):
            return f"{scope.name} {measure.name}"
        case ast.Estimate(name=word):
            return word.name
        case _:
            return str(getattr(node, "name", ""))


def named(statement: ast.Statement) -> Text:
    """What a message calls a statement of the amendment: its kind and its name."""
    key = key_of(statement)
    kind = "" if key is None else key[0]
    word = human_name("METHOD_WORD" if kind == "method" else kind.upper())
    return Text(en=f"{word.en[:-1]} {name_of(statement)}`", zh=f"{word.zh[:-1]} {name_of(statement)}`")


def regions(group: ast.Group) -> dict[str, str]:
    """The regions of a group by their folded names."""
    return {fold(member.name): member.name for member in group.members}
