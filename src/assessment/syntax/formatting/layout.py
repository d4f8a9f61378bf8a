"""The words of a text as a document: what stands together, where a line may end, what begins further in.

Statements stand one on a line. What a statement lists between braces, and what is handed to a method between brackets,
stands on the line while it fits, else one below the other. New kinds of statements need nothing here: their words,
braces, brackets and commas are laid out like those of others.

Invariants: the layout follows from the words, the comments and the blank lines between statements alone, not from where
the author ended lines; words and comments keep their order, but for a comma or semicolon, which stands before
a comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from attrs import evolve, frozen

from assessment.diagnostics.bilingual import Lang
from assessment.errors import InternalError
from assessment.syntax.concrete import Concrete, Part, Phrase, Remark, Word, first_word, words_of
from assessment.syntax.formatting.blanks import blank_between
from assessment.syntax.formatting.columns import Cell, Entry, Row, aligned, aligned_entries
from assessment.syntax.formatting.document import (
    INDENT,
    Comment,
    Document,
    End,
    Fill,
    Group,
    Line,
    Nest,
    Run,
    Text,
    run,
)
from assessment.syntax.formatting.wording import Wording, preceded

__all__ = ["ONE_LINE", "laid_out"]

_INLINE = frozenset({"grade_rule", "joined_body", "measured_body", "node", "only", "scored_body", "titled"})
"""Rules whose parts belong to the statement around them as if they stood in it directly."""

_FILLED = frozenset({"members"})
"""Rules whose entries share lines where they do not fit on one."""

_CHAINS = frozenset({"expr", "conjunction", "sum"})
"""Rules of operands with signs between them, before which a line may end."""

_COLUMNS = {
    "KEY_MARK": "mark",
    "STRING": "title",
    "EQUALS": "value",
    "IN": "unit",
    "LBRACE": "braces",
    "grade_test": "test",
    "points": "size",
    "weight": "size",
    "ceiling_points": "ceiling",
    "choice": "unit",
    "events": "unit",
    "measured": "unit",
    "ratings": "unit",
    "sized_by_group": "size",
    "sized_by_year": "size",
    "yes_no": "unit",
}
"""What begins a column of a statement, by terminal or rule: statements of one kind are aligned by these."""

_SETTINGS = frozenset(
    {
        "authority",
        "by",
        "carry",
        "cite",
        "cite_item",
        "compare",
        "policies",
        "ranking",
        "result",
        "result_unbounded",
        "round",
        "round_none",
        "total",
        "total_none",
        "unranked",
    }
)
"""Statements of a keyword and what it is set to: the keywords of neighbours take one column."""

_NUMBERS = frozenset({"points", "weight"})
"""Columns in which the units of numbers stand below each other."""

_ORDERED = frozenset({"further_result", "ranking", "taken_again", "unranked"})
"""Statements that `order` continues."""

ONE_LINE = 10**6
"""In lines of so many cells nothing is broken that could stand on one."""

_MOST_ON_A_LINE = 4
"""More rows `key: value` than these always stand one below the other."""


def laid_out(text: Concrete, wording: Wording, width: int) -> Document:
    """The document of a whole text, for lines of so many cells."""
    return _Layout(wording, width).file(text)


@frozen(kw_only=True)
class _Item:
    """A part of a statement with its document; for braces, their entries."""

    kind: str
    document: Document
    entries: tuple[Entry, ...] = ()
    digits: int = 0


@frozen(kw_only=True)
class _Statement:
    """A statement and what continues it behind semicolons."""

    phrase: Phrase
    more: tuple[Phrase, ...] = ()


class _Layout:
    """Goes through the words in order; `last` is the one before, `led` the one whose blank and comments are made."""

    def __init__(self, wording: Wording, width: int) -> None:
        self.wording = wording
        self.width = width
        self.marks: Lang = "en"
        self.statement = ""
        self.depth = 0
        self.last: Word | None = None
        self.shown = ""
        self.led: Word | None = None

    def file(self, text: Concrete) -> Document:
        self.marks = self.wording.marks(text.root, "en")
        first = first_word(text.root)
        _, own = self.comments(text.root)
        head = self.items(self.wording.parts(text.root), text.root.rule)
        tail = [Comment(one.text, one.own_line, one.apart) for one in text.after]
        return run(*own, End(first.apart), *(item.document for item in head), *tail)

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def word(self, word: Word) -> Document:
        ahead = Run(()) if self.led is word else self.lead(word)
        self.shown = self.wording.text(word, self.marks, before=self.last, statement=self.statement)
        self.last = word
        return run(ahead, Text(self.shown))

    def lead(self, word: Word) -> Document:
        """The blank before a word, and the comments."""
        blank = "" if self.last is None else blank_between(self.last, word, self.shown, self.marks)
        behind, own = self.comments(word)
        return run(*behind, Text(blank), *own)

    def comments(self, part: Part) -> tuple[list[Comment], list[Comment]]:
        """The comments before a part: the one that stands behind what was before, and those on lines of their own."""
        self.led = first_word(part)
        before = self.led.before
        behind = [] if not before or before[0].own_line else [before[0]]
        own = before[len(behind) :]
        return (
            [Comment(one.text, own_line=False) for one in behind],
            [Comment(one.text, own_line=True, apart=one.apart) for one in own],
        )

    def after(self, line: Document, part: Part) -> Document:
        """A part behind a place where a line may end."""
        behind, own = self.comments(part)
        return run(*behind, line, *own, self.part(part))

    # ── phrases ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def part(self, part: Part) -> Document:
        if isinstance(part, Word):
            return self.word(part)
        parts = self.wording.parts(part)
        if part.rule == "body":
            return self.body(parts)
        if part.rule in _CHAINS:
            return self.chain(parts)
        return _documents(self.items(parts, part.rule))

    def items(self, parts: Sequence[Part], rule: str) -> list[_Item]:
        """The parts of a phrase, brackets with what is between them as one; behind a comma a line may end."""
        found: list[_Item] = []
        rest = self.flat(parts)
        for part in rest:
            kind = _kind(part)
            if kind == "LBRACE":
                inner, close = _until("RBRACE", rest)
                found.append(self.block(part, inner, close, rule))
            elif isinstance(part, Phrase) and part.rule != "body" and _kind(part.parts[0]) == "LBRACE":
                inner, close = _until("RBRACE", iter(self.wording.parts(part)[1:]))
                found.append(self.block(part.parts[0], inner, close, part.rule))
            elif kind == "LPAR" and rule != "interval":
                inner, close = _until("RPAR", rest)
                found.append(_Item(kind=kind, document=self.brackets(part, inner, close)))
            elif found and found[-1].kind == "COMMA" and rule != "interval":
                found.append(_Item(kind=kind, document=self.filled(part)))
            else:
                digits = _digits(part) if kind in _NUMBERS else 0
                found.append(_Item(kind=kind, document=self.part(part), digits=digits))
        return found

    def flat(self, parts: Sequence[Part]) -> Iterator[Part]:
        """Parts with those of inlined rules in their place; comments stand behind commas."""
        for part in _marks_first(parts):
            if isinstance(part, Phrase) and part.rule in _INLINE:
                yield from self.flat(self.wording.parts(part))
            else:
                yield part

    def filled(self, part: Part) -> Document:
        """A part that begins a line where it does not fit on the one before."""
        blank = self.mark_blank()
        behind, own = self.comments(part)
        document = self.part(part)
        return Nest(run(*behind, Fill(blank, document.width or 0), *own, document))

    def mark_blank(self) -> str:
        """What stands behind a comma or a semicolon."""
        return " " if self.shown.isascii() else ""

    def chain(self, parts: Sequence[Part]) -> Document:
        """Operands with signs between them; a line may end before a sign."""
        found = [self.part(parts[0])]
        for sign, operand in zip(parts[1::2], parts[2::2], strict=True):
            found.append(Nest(run(self.after(Line(), sign), self.part(operand))))
        return Group(run(*found))

    def brackets(self, opening: Part, inner: Sequence[Part], close: Word) -> Document:
        """What is handed to a method: on one line, on a line of its own, or one argument on a line."""
        ahead = self.part(opening)
        if not inner and not close.before:
            return run(ahead, self.part(close))
        found: list[Document] = []
        line: Document = Text("")
        for part in _marks_first(inner):
            if _kind(part) == "COMMA":
                found.append(self.part(part))
                line = Line(self.mark_blank())
            else:
                found.append(self.after(line, part))
                line = Text("")
        inside = Nest(run(Line(""), Group(run(*found)))) if found else run()
        return run(ahead, Group(run(inside, *self.closing(close, ""))))

    def closing(self, close: Word, blank: str) -> tuple[Document, ...]:
        """A closing bracket; comments before it stand as far in as what it closes."""
        behind, own = self.comments(close)
        return (*behind, Nest(run(*own)), Line(blank), self.word(close))

    # ── braces ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def block(self, opening: Part, inner: Sequence[Part], close: Word, rule: str) -> _Item:
        """What stands between braces: entries with semicolons between them, or statements."""
        if len(inner) > 1 and not any(_kind(part) == "SEMICOLON" for part in inner):
            return _Item(kind="LBRACE", document=self.body((opening, *inner, close)))
        brace = self.part(opening)
        parts, close = _entries(inner, close, rule)
        if not parts and not close.before:
            return _Item(kind="LBRACE", document=run(brace, self.part(close)))
        filled = rule in _FILLED
        self.depth += 1
        entries = [self.entry(part, last=part is parts[-1]) for part in parts]
        room = self.width - INDENT * self.depth
        self.depth -= 1
        lines: list[Document] = []
        blank = " "
        for entry in aligned_entries(entries, room) if not filled else entries:
            line: Document = Fill(blank, entry.width or 0) if filled and lines else Line(blank)
            lines.append(run(*entry.behind, line, *entry.own, entry.document))
            blank = "" if self.marks == "zh" else " "
        most = _MOST_ON_A_LINE if self.width < ONE_LINE else len(entries)
        many = not filled and len(entries) > most and all(entry.keyed for entry in entries)
        inside = Nest(run(*lines))
        document = Group(run(inside, *self.closing(close, " ")), broken=many)
        return _Item(kind="LBRACE", document=run(brace, document), entries=tuple(entries))

    def entry(self, part: Part, *, last: bool) -> Entry:
        behind, own = self.comments(part)
        rule = part.rule if isinstance(part, Phrase) else ""
        parts = self.wording.parts(part) if isinstance(part, Phrase) else (part,)
        items = [] if rule in _CHAINS else self.items(parts, rule)
        colon = next((n + 1 for n, item in enumerate(items) if item.kind == "COLON"), 0)
        mark = "" if last else "；" if self.marks == "zh" else ";"
        return Entry(
            behind=tuple(behind),
            own=tuple(own),
            key=_documents(items[:colon]),
            value=_documents(items[colon:]) if items else self.part(part),
            mark=Text(mark),
        )

    def body(self, parts: Sequence[Part]) -> Document:
        """Statements between braces, each on its own lines."""
        brace = self.part(parts[0])
        statements, close = _statements(parts[1:-1], cast("Word", parts[-1]))
        if not statements and not close.before:
            return run(brace, self.part(close))
        self.depth += 1
        ahead: list[Document] = []
        rows: list[Row] = []
        for each in statements:
            phrase = evolve(each.phrase, parts=self.wording.parts(each.phrase))
            statement = evolve(each, phrase=phrase)
            behind, own = self.comments(statement.phrase)
            apart = first_word(statement.phrase).apart
            if not rows:
                own, apart = _not_apart(own), apart and bool(own)
            ahead.append(run(*behind, *own, End(apart)))
            rows.append(self.row(statement, apart=apart or any(one.apart for one in own)))
        documents = aligned(rows, self.width - INDENT * self.depth)
        self.depth -= 1
        behind, own = self.comments(close)
        lines = [part for pair in zip(ahead, documents, strict=True) for part in pair]
        inside = Nest(run(*lines, *behind, *(own if rows else _not_apart(own))))
        return run(brace, inside, End(), self.part(close))

    def row(self, statement: _Statement, *, apart: bool) -> Row:
        """A statement in cells."""
        around, phrase = (self.marks, self.statement), statement.phrase
        self.marks, self.statement = self.wording.marks(phrase, self.marks), phrase.rule
        items = self.items(self.wording.parts(phrase), phrase.rule)
        for part in statement.more:
            self.shown = "；" if self.marks == "zh" else ";"
            items.append(_Item(kind="SEMICOLON", document=Text(self.shown)))
            items.append(_Item(kind=part.rule, document=self.filled(part)))
        self.marks, self.statement = around
        setting = phrase.rule in _SETTINGS
        cells: list[Cell] = []
        for number, item in enumerate(items):
            column = ("setting" if number == 1 else None) if setting else _COLUMNS.get(item.kind)
            if phrase.rule == "example":
                column = None  # a title of a sentence, and braces that close many lines below
            if not cells or (number and column is not None and column not in {cell.column for cell in cells}):
                cells.append(
                    Cell(
                        column=column or "", document=item.document, digits=item.digits, entries=item.entries
                    )
                )
            else:
                cells[-1] = evolve(cells[-1], document=run(cells[-1].document, item.document), entries=())
        return Row(kind="setting" if setting else phrase.rule, cells=tuple(cells), apart=apart)


def _documents(items: Iterable[_Item]) -> Document:
    return run(*(item.document for item in items))


def _kind(part: Part) -> str:
    return part.terminal if isinstance(part, Word) else part.rule


def _until(closing: str, rest: Iterator[Part]) -> tuple[list[Part], Word]:
    """The parts up to a closing bracket, which are taken, and the bracket."""
    found: list[Part] = []
    for part in rest:
        if isinstance(part, Word) and part.terminal == closing:
            return found, part
        found.append(part)
    raise InternalError(f"a bracket of the grammar is not closed by {closing}")


def _marks_first(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts with the comments before a comma or semicolon behind it."""
    kept: tuple[Remark, ...] = ()
    for part in parts:
        if isinstance(part, Word) and part.terminal in ("COMMA", "SEMICOLON"):
            kept += part.before
            yield evolve(part, before=()) if part.before else part
        else:
            yield preceded(part, kept) if kept else part
            kept = ()


def _entries(inner: Sequence[Part], close: Word, rule: str) -> tuple[list[Part], Word]:
    """What stands between semicolons, empty places left out, and the closing brace."""
    found: list[list[Part]] = [[]]
    *parts, end = _marks_first((*inner, close))
    for part in parts:
        if _kind(part) == "SEMICOLON":
            found.append([])
        else:
            found[-1].append(part)
    entries = [
        one[0] if len(one) == 1 else Phrase(rule="", within=rule, parts=tuple(one)) for one in found if one
    ]
    return entries, cast("Word", end)


def _statements(inner: Sequence[Part], close: Word) -> tuple[list[_Statement], Word]:
    """Statements with what continues them, and the closing brace."""
    found: list[_Statement] = []
    kept: tuple[Remark, ...] = ()
    for each in inner:
        part = each
        if isinstance(part, Phrase) and part.rule == "separated":
            kept += first_word(part).before
            if len(part.parts) == 1:
                continue
            part = part.parts[1]
            continues = True
        elif isinstance(part, Word) and part.terminal == "SEMICOLON":
            kept += part.before
            continue
        else:
            continues = _kind(part) == "order" and bool(found) and found[-1].phrase.rule in _ORDERED
        if kept:
            part, kept = preceded(part, kept), ()
        phrase = part if isinstance(part, Phrase) else Phrase(rule="", within="", parts=(part,))
        if continues and found:
            found[-1] = evolve(found[-1], more=(*found[-1].more, phrase))
        else:
            found.append(_Statement(phrase=phrase))
    return found, cast("Word", preceded(close, kept))


def _not_apart(comments: list[Comment]) -> list[Comment]:
    """Comments of which the first follows what is before it without a blank line."""
    return [evolve(one, apart=one.apart and number > 0) for number, one in enumerate(comments)]


def _digits(part: Part) -> int:
    """The digits before the point of the first number in a part."""
    number = next((word.text for word in words_of(part) if word.terminal == "NUMBER"), "")
    return len(number.partition(".")[0])
