"""Words of rule text, each read as what can stand at its place.

The text is cut once into plain pieces (a name, a number, a quoted text, a sign). What a piece *is* depends on the
place: `等级` begins the form of an input, but is a name where a method is called. So the parser asks piece by piece and
says which terminals are possible; where both a keyword and a name are, the keyword wins.

Slips that have one sure reading (`==` for `=`, `*` for `※`, an unclosed quotation mark) are read so, with a finding,
and nothing after them suffers. Invariants: pieces are in order and do not overlap; reading is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

import lark
from attrs import define, evolve, field, frozen

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, diagnostic
from assessment.syntax.ast import Comment
from assessment.syntax.fold import Folded
from assessment.syntax.words import STATEMENT_TERMINALS, WORDS

__all__ = ["Lexeme", "Lexer", "Piece", "cut", "keyword_of"]

MAX_DIGITS = 60

PieceKind: TypeAlias = Literal["name", "number", "string", "sign", "end"]


class Piece(NamedTuple):
    """A piece of text from `start` up to `end`, before it is known which terminal it is."""

    kind: PieceKind
    start: int
    end: int
    text: str
    finding: Diagnostic | None = None
    line_start: bool = False


class Lexeme(NamedTuple):
    """A piece read as a terminal; `after` is the number of the next piece."""

    token: lark.Token
    after: int
    finding: Diagnostic | None = None


# ── cutting ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_STRING = (
    r'"(?:[^"\\\r\n]|\\[^\r\n])*"'
    r"|“[^“”\r\n]*(?:“[^“”\r\n]*(?:“[^“”\r\n]*”[^“”\r\n]*)*”[^“”\r\n]*)*”"
)
_LETTER = r"[A-Za-z_]|[^\x00-\xbf\W\d]"
_NAME = rf"(?:{_LETTER})(?:{_LETTER}|[\u0300-\u036f]|(?<=[A-Za-z0-9_])[0-9])*"
_SIGNS = r"->|>=|<=|!=|==|:=|=<|=>|<>|\*\*|&&|\|\|"
_PIECES = re.compile(
    rf"(?P<blank>[ \t\r\n\f\v]+)|(?P<comment>//[^\r\n]*)|(?P<name>{_NAME})|(?P<number>[0-9]+(?:\.[0-9]+)*)"
    rf"|(?P<string>{_STRING})|(?P<sign>{_SIGNS}|.)",
    re.DOTALL,
)
_OPENERS = "\"“”'‘’「『〝＂«"
_CLOSERS = "\"”“'’‘」』〞＂»"
_STRUCTURE = re.compile(r"[ \t]*[{};=]")
_ESCAPE = re.compile(r"\\(.)")


def cut(folded: Folded) -> tuple[list[Piece], tuple[Comment, ...]]:
    """The pieces of a text, the last one its end, and the comments between them."""
    pieces: list[Piece] = []
    comments: list[Comment] = []
    text = folded.text
    position, line_start = 0, True
    while position < len(text):
        found = _PIECES.match(text, position)
        if found is None:  # pragma: no cover - the last alternative matches anything
            break
        kind = found.lastgroup
        start, end = found.span()
        if kind == "blank":
            line_start = line_start or "\n" in found[0] or "\r" in found[0]
        elif kind == "comment":
            comments.append(Comment(span=folded.span(start, end), text=folded.plain[start + 2 : end].strip()))
        else:
            if kind == "name":
                piece = Piece("name", start, end, found[0], None, line_start)
            elif kind == "number":
                piece = Piece("number", start, end, found[0], None, line_start)
            elif kind == "string":
                piece = _quoted(folded, start, end, line_start)
            elif found[0] in _OPENERS:
                if pieces and _is_unopened(folded, pieces[-1], start):
                    piece = _unopened(folded, pieces.pop(), end)
                else:
                    piece = _badly_quoted(folded, start, line_start)
                end = piece.end
            else:
                piece = Piece("sign", start, end, found[0], None, line_start)
            pieces.append(piece)
            line_start = False
        position = end
    pieces.append(Piece("end", len(text), len(text), "", None, True))
    return pieces, tuple(comments)


def _quoted(folded: Folded, start: int, end: int, line_start: bool) -> Piece:
    content = folded.plain[start + 1 : end - 1]
    finding = None
    if "\\" in content and folded.plain[start] == '"':
        for escape in _ESCAPE.finditer(content):
            if escape[1] not in '"\\':
                finding = diagnostic(
                    "syntax-error",
                    Text(
                        en=f"`{escape[0]}` has no meaning in a text", zh=f"文字中的 `{escape[0]}` 没有意义"
                    ),
                    folded.span(start + 1 + escape.start(), start + 1 + escape.end()),
                    help=Text(en="write a backslash as `\\\\`", zh="反斜杠请写作 `\\\\`"),
                )
                break
        content = _ESCAPE.sub(r"\1", content)
    return Piece("string", start, end, content, finding, line_start)


def _is_unopened(folded: Folded, before: Piece, mark: int) -> bool:
    """Whether a mark closes a text that nothing opened: it follows a word, and the line has no other mark."""
    if before.kind != "name" or before.end != mark or folded.plain[mark] not in _CLOSERS:
        return False
    line = re.compile(r"[^\r\n]*").match(folded.plain, mark + 1)
    return line is None or not any(character in _CLOSERS for character in line[0])


def _unopened(folded: Folded, word: Piece, end: int) -> Piece:
    mark = folded.plain[end - 1]
    opening = {"”": "“", "’": "“"}.get(mark, mark)
    finding = diagnostic(
        "unclosed-string",
        Text(en=f"the text that `{mark}` ends is not opened", zh=f"`{mark}` 所结束的文字没有开头的引号"),
        folded.span(word.start, end),
        help=Text(en=f"write `{opening}` in front of it", zh=f"请在其前补上 `{opening}`"),
    )
    return Piece("string", word.start, end, folded.plain[word.start : end - 1], finding, word.line_start)


def _badly_quoted(folded: Folded, start: int, line_start: bool) -> Piece:
    """A text that is not closed on its line, or stands in other marks: read as far as it probably goes."""
    text = folded.plain
    line_end = start + 1
    first_closer = None
    while line_end < len(text) and text[line_end] not in "\r\n":
        if first_closer is None and text[line_end] in _CLOSERS:
            first_closer = line_end
        line_end += 1
    mark = text[start]
    closed = first_closer is not None and not (mark == "“" and text[first_closer] == "“")
    if closed and first_closer is not None:
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
        structure = _STRUCTURE.search(folded.text, start + 1, first_closer or line_end)
        end = structure.start() if structure else (first_closer or line_end)
        content = text[start + 1 : end].strip()
        close = "”" if mark in "“”" else '"'
        finding = diagnostic(
            "unclosed-string",
            Text(en=f"the text that `{mark}` begins is not closed on its line", zh=f"`{mark}` 之后的文字在本行未闭合"),
            folded.span(start, max(end, start + 1)),
            help=Text(en=f"close it with `{close}`", zh=f"请补上 `{close}`"),
        )
    return Piece("string", start, max(end, start + 1), content, finding, line_start)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_SIGN_TERMINALS: Mapping[str, str] = {
    "{": "LBRACE",
    "}": "RBRACE",
    "(": "LPAR",
    ")": "RPAR",
    "[": "LSQB",
    "]": "RSQB",
    ",": "COMMA",
    ";": "SEMICOLON",
    ":": "COLON",
    "=": "EQUALS",
    "+": "PLUS",
    "-": "MINUS",
    "*": "STAR",
    "·": "STAR",
    "/": "SLASH",
    "^": "CARET",
    "%": "PERCENT",
    "‰": "PERMILLE",
    "->": "ARROW",
    "→": "ARROW",
    "※": "KEY_MARK",
    "∞": "INFINITY",
    ">": "RELATION",
    "<": "RELATION",
    ">=": "RELATION",
    "<=": "RELATION",
    "!=": "RELATION",
    "≥": "RELATION",
    "≤": "RELATION",
    "≠": "RELATION",
}

# Signs of other languages, and what they are written as here.
_FOREIGN_SIGNS: Mapping[str, str] = {
    "==": "=",
    ":=": "=",
    "=<": "<=",
    "=>": ">=",
    "<>": "!=",
    "**": "^",
}
_LOOKS_LIKE_KEY_MARK = frozenset("*✳✱✲✻⁂⅛★☆❋✽⚹")

# These are not keywords of `words` alone: what follows decides.
_SPECIAL = ("ROUND_NEXT", "QUANTIFIER", "SCORE_READ")


@frozen
class _Candidate:
    terminal: str
    spelling: str
    pattern: str | None = None  # for spellings of more than one word


@define
class _Place:
    """What can stand in one state of the parser, prepared for looking up."""

    accepts: frozenset[str]
    special: tuple[tuple[str, re.Pattern[str]], ...]


@define
class Lexer:
    """Reads the pieces of one text as terminals; `patterns` are those of the grammar."""

    folded: Folded
    pieces: Sequence[Piece]
    patterns: Mapping[str, str]
    _places: dict[int, _Place] = field(factory=dict)

    def read(self, number: int, state: int, accepts: Mapping[str, object]) -> Lexeme:
        """The lexeme that begins at a piece, for a state of the parser and the terminals it accepts.

        A piece that cannot stand there is given as what it would be elsewhere.
        """
        piece = self.pieces[number]
        if piece.kind == "name":
            return self._word(number, piece, state, accepts)
        if piece.kind == "sign":
            return self._sign(number, piece, accepts)
        if piece.kind == "number":
            return self._number(number, piece, accepts)
        if piece.kind == "string":
            return self._lexeme("STRING", piece.text, number, piece, piece.finding)
        return self._lexeme("$END", "", number, piece, None)

    def _word(self, number: int, piece: Piece, state: int, accepts: Mapping[str, object]) -> Lexeme:
        text = piece.text
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text)
        place = self._places.get(state)
        if place is None:
            place = self._places[state] = self._prepare(accepts)
        for terminal, pattern in place.special:
            found = pattern.match(self.folded.text, piece.start)
            if found:
                return self._lexeme(terminal, found[0], number, piece, None, found.end())
        candidates = _keywords().get(text, ())
        for candidate in candidates:
            if candidate.terminal in accepts:
                end = self._matches(candidate, piece)
                if end is not None:
                    return self._lexeme(candidate.terminal, candidate.spelling, number, piece, None, end)
        if "UNIT" in accepts:
            found = _compiled(self.patterns["UNIT"]).match(self.folded.text, piece.start)
            if found:
                return self._lexeme("UNIT", unit_text(found[0]), number, piece, None, found.end())
        if "GRADE_NEXT" in accepts:
            found = _compiled(self.patterns["GRADE_NEXT"]).match(self.folded.text, piece.start)
            if found:
                return self._lexeme("GRADE_NEXT", text, number, piece, None)
        if "DOTTED" in accepts:
            found = _compiled(self.patterns["DOTTED"]).match(self.folded.text, piece.start)
            if found:
                return self._lexeme("DOTTED", found[0], number, piece, None, found.end())
        if "NAME" in accepts:
            return self._lexeme("NAME", text, number, piece, self._not_normalised(piece, text))
        for candidate in candidates:
            end = self._matches(candidate, piece)
            if end is not None:
                return self._lexeme(candidate.terminal, candidate.spelling, number, piece, None, end)
        return self._lexeme("NAME", text, number, piece, None)

    def _prepare(self, accepts: Mapping[str, object]) -> _Place:
        return _Place(
            frozenset(accepts),
            tuple((name, _compiled(self.patterns[name])) for name in _SPECIAL if name in accepts),
        )

    def _matches(self, candidate: _Candidate, piece: Piece) -> int | None:
        """Where a keyword that begins at a piece ends, if it stands there."""
        if candidate.pattern is None:
            return piece.end
        found = _compiled(candidate.pattern).match(self.folded.text, piece.start)
        return found.end() if found else None

    def _not_normalised(self, piece: Piece, text: str) -> Diagnostic | None:
        written = self.folded.plain[piece.start : piece.end]
        if written.isascii() or written == text or unicodedata.normalize("NFC", written) == text:
            return None
        return diagnostic(
            "name-not-normalised",
            Text(
                en=f"the name `{written}` is read as `{text}`",
                zh=f"名称 `{written}` 按 `{text}` 读取",
            ),
            self.folded.span(piece.start, piece.end),
            help=Text(en=f"write `{text}`", zh=f"请写作 `{text}`"),
        )

    def _number(self, number: int, piece: Piece, accepts: Mapping[str, object]) -> Lexeme:
        text, finding = piece.text, None
        if "ITEM" in accepts:
            return self._lexeme("ITEM", text[:MAX_DIGITS], number, piece, self._too_long(piece))
        if text.count(".") > 1:
            finding = diagnostic(
                "syntax-error",
                Text(en=f"`{text}` is not a number", zh=f"`{text}` 不是数字"),
                self.folded.span(piece.start, piece.end),
                help=Text(en="a number has one decimal point", zh="一个数只有一个小数点"),
            )
            text = ".".join(text.split(".")[:2])
        if len(text) > MAX_DIGITS:
            finding, text = self._too_long(piece), "0"
        return self._lexeme("NUMBER", text, number, piece, finding)

    def _too_long(self, piece: Piece) -> Diagnostic | None:
        if len(piece.text) <= MAX_DIGITS:
            return None
        return diagnostic(
            "number-too-large",
            Text(
                en=f"a number of {len(piece.text)} characters stands here, at most {MAX_DIGITS} are read",
                zh=f"此处的数有 {len(piece.text)} 个字符，最多 {MAX_DIGITS} 个",
            ),
            self.folded.span(piece.start, piece.end),
            help=Text(en="use a larger unit", zh="请改用较大的单位"),
        )

    def _sign(self, number: int, piece: Piece, accepts: Mapping[str, object]) -> Lexeme:
        text = piece.text
        if text == "(":
            for terminal in ("INCLUDED", "EXCLUDED"):
                if terminal in accepts:
                    found = _compiled(self.patterns[terminal]).match(self.folded.text, piece.start)
                    if found:
                        return self._lexeme(terminal, found[0], number, piece, None, found.end())
        if text in _LOOKS_LIKE_KEY_MARK and "KEY_MARK" in accepts:
            return self._lexeme("KEY_MARK", "※", number, piece, self._wrong_key_mark(piece))
        if "UNIT" in accepts and text not in _SIGN_TERMINALS:
            found = _compiled(self.patterns["UNIT"]).match(self.folded.text, piece.start)
            if found:
                return self._lexeme("UNIT", unit_text(found[0]), number, piece, None, found.end())
        finding = None
        if text in _FOREIGN_SIGNS:
            wanted = _FOREIGN_SIGNS[text]
            finding = diagnostic(
                "syntax-error",
                Text(en=f"`{text}` is written `{wanted}` here", zh=f"`{text}` 在此应写作 `{wanted}`"),
                self.folded.span(piece.start, piece.end),
                help=Text(en=f"write `{wanted}`", zh=f"请写 `{wanted}`"),
            )
            text = wanted
        terminal = _SIGN_TERMINALS.get(text, "UNKNOWN")
        return self._lexeme(terminal, text, number, piece, finding)

    def _wrong_key_mark(self, piece: Piece) -> Diagnostic:
        written = self.folded.plain[piece.start : piece.end]
        return diagnostic(
            "wrong-key-mark",
            Text(
                en=f"`{written}` is not the mark of key indicators", zh=f"`{written}` 不是重点指标的标记"
            ),
            self.folded.span(piece.start, piece.end),
            help=Text(en="write `※` (U+203B)", zh="请写 `※`（U+203B）"),
        )

    def _lexeme(
        self,
        terminal: str,
        value: str,
        number: int,
        piece: Piece,
        finding: Diagnostic | None,
        end: int | None = None,
    ) -> Lexeme:
        after = number + 1
        if end is None:
            end = piece.end
        else:
            while after < len(self.pieces) - 1 and self.pieces[after].start < end:
                after += 1
        span = self.folded.span(piece.start, end) if self.folded.removed else None
        start_pos, end_pos = (piece.start, end) if span is None else (span.start, span.end)
        token = lark.Token(terminal, value, start_pos=start_pos, end_pos=end_pos)
        return Lexeme(token, after, finding)


def unit_text(written: str) -> str:
    """A unit as the tree keeps it: in usual characters, with `·` between factors."""
    return written if written.isascii() else unicodedata.normalize("NFKC", written)


def keyword_of(text: str, terminals: frozenset[str] = STATEMENT_TERMINALS) -> str | None:
    """The terminal, among some, of which a single word is a spelling or the beginning of one."""
    for candidate in _keywords().get(text, ()):
        if candidate.terminal in terminals:
            return candidate.terminal
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _keywords() -> Mapping[str, tuple[_Candidate, ...]]:
    """Every keyword by its first word, the longest first."""
    by_word: dict[str, list[_Candidate]] = {}
    for terminal, meanings in WORDS.items():
        if terminal in _SPECIAL:
            continue
        name = "INFINITY" if terminal == "INF" else terminal
        for meaning in meanings:
            for spelled in (*meaning.en, *meaning.zh):
                first = re.split(r"[ \-/]", spelled)[0]
                pattern = None if first == spelled else _spelling_pattern(spelled)
                by_word.setdefault(first, []).append(_Candidate(name, spelled, pattern))
    return {
        word: tuple(sorted(found, key=lambda c: -len(c.spelling))) for word, found in by_word.items()
    }


def _spelling_pattern(spelled: str) -> str:
    blanks = re.escape(spelled).replace(r"\ ", r"[ \t]+").replace("/", r"[ \t]*/[ \t]*")
    return blanks + (r"(?!\w)" if spelled.isascii() else r"(?![^\W\d])")


def with_pieces(lexer: Lexer, pieces: Sequence[Piece]) -> Lexer:
    """The same lexer over pieces that were mended."""
    return evolve(lexer, pieces=pieces)
