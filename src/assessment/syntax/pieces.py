"""Rule text cut into plain pieces: names, numbers, quoted texts, signs.

Cutting looks at characters only; what a piece is in its place is for `lexer` to say. Texts that are not closed on their
line, or stand in other marks than `"…"` and `“…”`, are cut where they probably end, and carry a finding.

Invariants: pieces are in order and do not overlap; the last one is the end of the text; cutting is linear.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal, TypeAlias, overload

from attrs import define, field

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, diagnostic
from assessment.syntax.ast import Comment
from assessment.syntax.fold import Folded

__all__ = ["MAX_PIECES", "Piece", "Pieces", "cut", "is_name"]

PieceKind: TypeAlias = Literal["name", "number", "string", "sign", "end"]


@define
class Piece:
    """A piece of text from `start` up to `end`, before it is known which terminal it is.

    `text` is folded, for a quoted text its content.
    """

    kind: PieceKind
    start: int
    end: int
    text: str
    finding: Diagnostic | None = None


@define(eq=False)
class Pieces(Sequence[Piece]):
    """The pieces of a text, in columns: what each is and where it stands. A piece itself is made when it is asked for.

    `kinds` are those of `Piece`, and `"bracket"` for the signs that nest; what is not read as it is written, is `"odd"`,
    and kept with whether it begins a line.
    """

    folded: Folded
    kinds: list[str] = field(factory=list)
    starts: array[int] = field(factory=lambda: array("l"))
    ends: array[int] = field(factory=lambda: array("l"))
    odd: dict[int, tuple[Piece, bool]] = field(factory=dict)

    def add(self, piece: Piece, *, begins_line: bool = False) -> None:
        """Put a piece behind the others."""
        self.odd[len(self)] = piece, begins_line
        self.kinds.append("odd")
        self.starts.append(piece.start)
        self.ends.append(piece.end)

    def take_last(self) -> Piece:
        """The last piece, which is taken out."""
        last = self[len(self) - 1]
        del self.kinds[-1], self.starts[-1], self.ends[-1]
        self.odd.pop(len(self), None)
        return last

    def __len__(self) -> int:
        return len(self.kinds)

    @overload
    def __getitem__(self, number: int) -> Piece: ...
    @overload
    def __getitem__(self, number: slice) -> list[Piece]: ...
    def __getitem__(self, number: int | slice) -> Piece | list[Piece]:
        if isinstance(number, slice):
            return [self[place] for place in range(*number.indices(len(self)))]
        kind, start, end = self.kinds[number], self.starts[number], self.ends[number]
        if kind == "odd":
            return self.odd[number][0]
        if kind == "string":
            return _quoted(self.folded, start, end)
        return Piece(_AS_WRITTEN[kind], start, end, self.folded.text[start:end])

    def begins_line(self, number: int) -> bool:
        """Whether nothing but blanks stands before a piece on its line."""
        if self.kinds[number] == "odd":
            return self.odd[number][1]
        return number == 0 or self.breaks_line(self.starts[number], number - 1)

    def breaks_line(self, start: int, number: int = -1) -> bool:
        """Whether a line ends between a piece, which is the last one if no other is meant, and a place behind it."""
        between = self.folded.text[self.ends[number] : start]
        return "\n" in between or "\r" in between

    @cached_property
    def brackets(self) -> list[int]:
        """Where brackets and braces stand that were written."""
        return [start for kind, start in zip(self.kinds, self.starts, strict=True) if kind == "bracket"]


_STRING = (
    r'"(?:[^"\\\r\n]|\\[^\r\n])*"'
    r"|“[^“”\r\n]*(?:“[^“”\r\n]*(?:“[^“”\r\n]*”[^“”\r\n]*)*”[^“”\r\n]*)*”"
)
_LETTER = r"[A-Za-z_]|[^\x00-\xbf\u2070-\u209f\u2150-\u218b\u2460-\u24ff\u2776-\u2793\u3200-\u33ff\W\d]"
_NAME = rf"(?:{_LETTER})(?:{_LETTER}|[\u0300-\u036f]|(?<=[A-Za-z0-9_])[0-9])*"
_WHOLE_NAME = re.compile(_NAME)
_SIGNS = r"->|>=|<=|!=|==|:=|=<|=>|<>|\*\*|&&|\|\|"
_OPENERS = "\"“”'‘’「『〝＂«"
_CLOSERS = "\"”“'’‘」』〞＂»"
_PIECES = re.compile(
    r"[ \t\r\n\f\v]*"
    rf"(?:(?P<name>{_NAME})|(?P<number>[0-9]+(?:\.[0-9]+)*)|(?P<string>{_STRING})"
    rf"|(?P<comment>//[^\r\n]*)|(?P<mark>[{_OPENERS}])"
    rf"|(?P<bracket>[()\[\]{{}}])|(?P<sign>{_SIGNS}|.)|(?P<end>\Z))",
    re.DOTALL,
)
_AS_WRITTEN: Mapping[str, PieceKind] = {"name": "name", "number": "number", "sign": "sign", "bracket": "sign"}
_REGULAR = frozenset({*_AS_WRITTEN, "string"})
MAX_PIECES = 1_000_000
MAX_BADLY_QUOTED = 100
_LINE_END = re.compile(r"[\r\n]")
_MARK_OR_LINE_END = re.compile(f"[\r\n{_CLOSERS}]")
_STRUCTURE = re.compile(r"[ \t]*[{};=]")
_ESCAPE = re.compile(r"\\(.)")


def cut(folded: Folded) -> tuple[Pieces, tuple[Comment, ...]]:
    """The pieces of a text, the last one its end, and the comments between them.

    Behind `MAX_PIECES` nothing is cut any more; whoever gets more of them refuses the text.
    """
    pieces = Pieces(folded)
    comments: list[Comment] = []
    kinds, starts, ends = pieces.kinds, pieces.starts, pieces.ends
    text, badly_quoted = folded.text, 0
    scan = _PIECES.finditer(text)
    while len(kinds) <= MAX_PIECES and (found := next(scan, None)) is not None:
        kind = found.lastgroup or ""
        start, end = found.span(kind)
        if kind in _REGULAR:
            kinds.append(kind)
            starts.append(start)
            ends.append(end)
        elif kind == "comment":
            comments.append(Comment(span=folded.span(start, end), text=folded.plain[start + 2 : end].strip()))
        elif kind == "mark":
            badly_quoted += 1
            begins_line = not pieces or pieces.breaks_line(start)
            if badly_quoted > MAX_BADLY_QUOTED:
                pieces.add(Piece("sign", start, end, text[start:end]), begins_line=begins_line)
            elif pieces and _is_unopened(folded, pieces[len(pieces) - 1], start):
                begins_line = pieces.begins_line(len(pieces) - 1)
                pieces.add(_unopened(folded, pieces.take_last(), end), begins_line=begins_line)
            else:
                pieces.add(_badly_quoted(folded, start), begins_line=begins_line)
                scan = _PIECES.finditer(text, ends[-1])
    pieces.add(Piece("end", len(text), len(text), ""), begins_line=True)
    return pieces, tuple(comments)


def _quoted(folded: Folded, start: int, end: int) -> Piece:
    content = folded.plain[start + 1 : end - 1]
    finding = None
    if "\\" in content and folded.plain[start] == '"':
        for escape in _ESCAPE.finditer(content):
            if escape[1] not in '"\\':
                finding = diagnostic(
                    "syntax-error",
                    Text(en=f"`{escape[0]}` has no meaning in a text", zh=f"文字中的 `{escape[0]}` 没有意义"),
                    folded.span(start + 1 + escape.start(), start + 1 + escape.end()),
                    help=Text(en="write a backslash as `\\\\`", zh="反斜杠请写作 `\\\\`"),
                )
                break
        content = _ESCAPE.sub(r"\1", content)
    return Piece("string", start, end, content, finding)


def _is_unopened(folded: Folded, before: Piece, mark: int) -> bool:
    """Whether a mark closes a text that nothing opened: it follows a word, and the line has no other mark."""
    if before.kind != "name" or before.end != mark or folded.plain[mark] not in _CLOSERS:
        return False
    return _next_mark(folded, mark + 1) is None


def _next_mark(folded: Folded, start: int) -> int | None:
    """Where the next quotation mark of any kind stands on the line."""
    found = _MARK_OR_LINE_END.search(folded.plain, start)
    return None if found is None or found[0] in "\r\n" else found.start()


def _line_end(folded: Folded, start: int) -> int:
    found = _LINE_END.search(folded.plain, start)
    return len(folded.plain) if found is None else found.start()


def _unopened(folded: Folded, word: Piece, end: int) -> Piece:
    mark = folded.plain[end - 1]
    opening = {"”": "“", "’": "“"}.get(mark, mark)
    finding = diagnostic(
        "unclosed-string",
        Text(en=f"the text that `{mark}` ends is not opened", zh=f"`{mark}` 所结束的文字没有开头的引号"),
        folded.span(word.start, end),
        help=Text(en=f"write `{opening}` in front of it", zh=f"请在其前补上 `{opening}`"),
    )
    return Piece("string", word.start, end, folded.plain[word.start : end - 1], finding)


def _badly_quoted(folded: Folded, start: int) -> Piece:
    """A text that is not closed on its line, or stands in other marks: read as far as it probably goes."""
    text = folded.plain
    mark = text[start]
    first_closer = _next_mark(folded, start + 1)
    if first_closer is not None and not (mark == "“" and text[first_closer] == "“"):
        content, end = text[start + 1 : first_closer], first_closer + 1
        wanted = Text(en='texts stand in `"…"` or `“…”`', zh='文字应写在 `“…”` 或 `"…"` 中')
        finding = diagnostic(
            "unclosed-string",
            Text(
                en=f"a text between `{mark}` and `{text[first_closer]}` is not closed by its own mark",
                zh=f"`{mark}` 与 `{text[first_closer]}` 不是成对的引号",
            ),
            folded.span(start, end),
            help=wanted,
        )
    else:
        # The rest of the line is text, up to what looks like the statement going on.
        rest_end = first_closer or _line_end(folded, start + 1)
        structure = _STRUCTURE.search(folded.text, start + 1, rest_end)
        end = structure.start() if structure else rest_end
        content = text[start + 1 : end].strip()
        close = "”" if mark in "“”" else '"'
        finding = diagnostic(
            "unclosed-string",
            Text(
                en=f"the text that `{mark}` begins is not closed on its line",
                zh=f"`{mark}` 之后的文字在本行未闭合",
            ),
            folded.span(start, max(end, start + 1)),
            help=Text(en=f"close it with `{close}`", zh=f"请补上 `{close}`"),
        )
    return Piece("string", start, max(end, start + 1), content, finding)


def is_name(text: str) -> bool:
    """Whether a text can be written as a name, without quotation marks.

    >>> is_name("rd_2019"), is_name("研发占比"), is_name("队伍评分2")
    (True, True, False)
    """
    return _WHOLE_NAME.fullmatch(text) is not None and unicodedata.is_normalized("NFKC", text)
