"""Words of rule text, each read as what can stand at its place.

What a piece of text *is* depends on its place: `等级` begins the form of an input, but is a name where a method is called. So the parser asks piece by piece and
says which terminals are possible; where both a keyword and a name are, the keyword wins.

Slips that have one sure reading (`==` for `=`) are read so, with a finding, and nothing after them suffers.

Invariants: keywords are those of `words`, every other pattern comes from the grammar; reading a piece changes nothing,
so the parser may look ahead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from functools import cache

from attrs import define, field, frozen

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, diagnostic
from assessment.syntax.fold import Folded
from assessment.syntax.pieces import Piece, Pieces
from assessment.syntax.words import STATEMENT_TERMINALS, WORDS

__all__ = ["Lexer", "Token", "keyword_of"]

MAX_DIGITS = 60
_DIGITS_OF_YEAR = 4  # a day begins with a year of so many


@define
class Token:
    """A piece, or several, read as a terminal, and its place in the source; `after` is the number of the next piece."""

    terminal: str
    text: str
    start: int
    end: int
    after: int
    finding: Diagnostic | None = None


_SIGN_TERMINALS: Mapping[str, str] = {
    "{": "LBRACE",
    "}": "RBRACE",
    "(": "LPAR",
    ")": "RPAR",
    "[": "LSQB",
    "]": "RSQB",
    ",": "COMMA",
    ".": "DOT",
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

_ONE_WORD = frozenset({"name", "number", "sign", "bracket"})
"""The kinds of pieces that are what their text says."""

# These are not keywords of `words` alone: what follows decides.
_SPECIAL = (
    "ROUND_NEXT",
    "QUANTIFIER",
    "COUNTED",
    "SCORE_READ",
    "BOTTOM_READ",
    "RANK_READ",
    "CLAIMED_STATUS",
)


@frozen
class _Candidate:
    terminal: str
    spelling: str
    pattern: str | None = None  # for spellings of more than one word


@define
class Lexer:
    """Reads the pieces of one text as terminals; `patterns` are those of the grammar.

    `_known` remembers the terminal and its spelling for a state and the text of a piece, where nothing `_beyond` that text
    was looked at to tell.
    """

    folded: Folded
    pieces: Pieces
    patterns: Mapping[str, str]
    _specials: dict[int, tuple[str, ...]] = field(factory=dict)
    _known: dict[tuple[int, str], tuple[str, str]] = field(factory=dict)
    _beyond: bool = False

    def read(self, number: int, state: int, accepts: Container[str]) -> Token:
        """The token that begins at a piece, for a state of the parser and the terminals it accepts.

        A piece that cannot stand there is given as what it would be elsewhere.
        """
        pieces = self.pieces
        kind = pieces.kinds[number]
        if kind in _ONE_WORD:
            start, end = pieces.starts[number], pieces.ends[number]
            known = self._known.get((state, self.folded.text[start:end]))
            if known is not None:
                terminal, text = known
                return Token(terminal, text, start, end, number + 1)
        self._beyond = kind not in _ONE_WORD or self.folded.removed != ()
        piece = pieces[number]
        token = self._read(number, piece, state, accepts)
        if not self._beyond and token.finding is None:
            self._known[state, piece.text] = (token.terminal, token.text)
        return token

    def _read(self, number: int, piece: Piece, state: int, accepts: Container[str]) -> Token:
        if piece.kind == "name":
            return self._word(number, piece, state, accepts)
        if piece.kind == "sign":
            return self._sign(number, piece, accepts)
        if piece.kind == "number":
            return self._number(number, piece, accepts)
        if piece.kind == "string":
            return self._token("STRING", piece.text, number, piece, piece.finding)
        return self._token("$END", "", number, piece)

    def _match(self, pattern: str, piece: Piece) -> re.Match[str] | None:
        """A pattern from the beginning of a piece on."""
        self._beyond = True
        return _compiled(pattern).match(self.folded.text, piece.start)

    def _word(self, number: int, piece: Piece, state: int, accepts: Container[str]) -> Token:
        text = piece.text
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text)
        specials = self._specials.get(state)
        if specials is None:
            specials = self._specials[state] = tuple(one for one in _SPECIAL if one in accepts)
        for terminal in specials:
            if found := self._match(self.patterns[terminal], piece):
                return self._token(terminal, found[0], number, piece, end=found.end())
        candidates = _keywords().get(text, ())
        for candidate in candidates:
            if candidate.terminal in accepts:
                end = self._matches(candidate, piece)
                if end is not None:
                    return self._token(candidate.terminal, candidate.spelling, number, piece, end=end)
        if "UNIT" in accepts and (found := self._match(self.patterns["UNIT"], piece)):
            return self._token("UNIT", unit_text(found[0]), number, piece, end=found.end())
        if "GRADE_NEXT" in accepts and (found := self._match(self.patterns["GRADE_NEXT"], piece)):
            return self._token("GRADE_NEXT", text, number, piece)
        if "DOTTED" in accepts and (found := self._match(self.patterns["DOTTED"], piece)):
            return self._token("DOTTED", found[0], number, piece, end=found.end())
        if "NAME" in accepts:
            self._beyond |= self.folded.text is not self.folded.plain
            return self._token("NAME", text, number, piece, self._not_normalised(piece, text))
        for candidate in candidates:
            end = self._matches(candidate, piece)
            if end is not None:
                return self._token(candidate.terminal, candidate.spelling, number, piece, end=end)
        return self._token("NAME", text, number, piece)

    def _matches(self, candidate: _Candidate, piece: Piece) -> int | None:
        """Where a keyword that begins at a piece ends, if it stands there."""
        if candidate.pattern is None:
            return piece.end
        found = self._match(candidate.pattern, piece)
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

    def _number(self, number: int, piece: Piece, accepts: Container[str]) -> Token:
        text, finding = piece.text, None
        if "ITEM" in accepts:
            return self._token("ITEM", text[:MAX_DIGITS], number, piece, self._too_long(piece))
        begins_date = len(text) == _DIGITS_OF_YEAR and "DATE_VALUE" in accepts
        if begins_date and (found := self._match(self.patterns["DATE_VALUE"], piece)):
            return self._token("DATE_VALUE", found[0], number, piece, end=found.end())
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
        return self._token("NUMBER", text, number, piece, finding)

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

    def _sign(self, number: int, piece: Piece, accepts: Container[str]) -> Token:
        text = piece.text
        if text == "(":
            for terminal in ("INCLUDED", "EXCLUDED"):
                if terminal in accepts and (found := self._match(self.patterns[terminal], piece)):
                    return self._token(terminal, found[0], number, piece, end=found.end())
        if text == "." and "PART_OF" in accepts and (found := self._match(self.patterns["PART_OF"], piece)):
            value = unicodedata.normalize("NFKC", found[0])
            return self._token("PART_OF", value, number, piece, end=found.end())
        if (
            "UNIT" in accepts
            and text not in _SIGN_TERMINALS
            and (found := self._match(self.patterns["UNIT"], piece))
        ):
            return self._token("UNIT", unit_text(found[0]), number, piece, end=found.end())
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
        return self._token(terminal, text, number, piece, finding)

    def _token(
        self,
        terminal: str,
        text: str,
        number: int,
        piece: Piece,
        finding: Diagnostic | None = None,
        *,
        end: int | None = None,
    ) -> Token:
        after = number + 1
        if end is None:
            end = piece.end
        else:
            while after < len(self.pieces) - 1 and self.pieces.starts[after] < end:
                after += 1
        start = piece.start
        if self.folded.removed:
            span = self.folded.span(start, end)
            start, end = span.start, span.end
        return Token(terminal, text, start, end, after, finding)


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
    return {word: tuple(sorted(found, key=lambda c: -len(c.spelling))) for word, found in by_word.items()}


def _spelling_pattern(spelled: str) -> str:
    blanks = re.escape(spelled).replace(r"\ ", r"[ \t]+").replace("/", r"[ \t]*/[ \t]*")
    return blanks + (r"(?!\w)" if spelled.isascii() else r"(?![^\W\d])")
