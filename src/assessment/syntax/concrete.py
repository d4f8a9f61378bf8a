"""Everything that was written: the words of a text by the rules of the grammar, with the comments between them.

The tree of `ast` says what a text means; this one says how it was put. Nothing is left out: each word is there once, in
the order of the text, as the terminal that it was read as.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from attrs import field, frozen

from assessment.diagnostics.model import Source
from assessment.syntax.ast import Comment
from assessment.syntax.fold import Folded, fold
from assessment.syntax.grammar import grammar
from assessment.syntax.lexer import Lexer, Token
from assessment.syntax.machine import Children, Method
from assessment.syntax.pieces import cut

__all__ = ["Concrete", "Phrase", "Remark", "Word", "concrete", "first_word", "words_of"]


@frozen(kw_only=True)
class Remark:
    """A comment with its marks; `own_line` where nothing else stands before it on its line.

    `apart` says whether a blank line comes before it.
    """

    text: str
    own_line: bool
    apart: bool


@frozen(kw_only=True, eq=False)
class Word:
    """A word as a terminal of the grammar, below the rule `within`; `before` holds the comments that lead to it.

    `text` is the word in usual characters, blanks within it single; `source` is what was written, from `start` on.
    """

    terminal: str
    text: str
    source: str
    within: str
    start: int
    before: tuple[Remark, ...] = ()
    apart: bool = False


@frozen(kw_only=True, eq=False)
class Phrase:
    """What a rule of the grammar (or an alias) was made of; `within` is the rule around it."""

    rule: str
    within: str
    parts: tuple[Part, ...] = field(repr=False)


Part: TypeAlias = "Word | Phrase"


@frozen(kw_only=True)
class Concrete:
    """A whole text; `after` holds the comments behind its last word."""

    root: Phrase
    after: tuple[Remark, ...]


def concrete(source: Source) -> Concrete | None:
    """The words of a text by the rules of the grammar; None where they do not follow them.

    >>> from assessment.diagnostics.model import Source
    >>> whole = concrete(Source(name="a", text="考核 a｛总分100分｝"))
    >>> [word.text for word in words_of(whole.root)]
    ['考核', 'a', '{', '总分', '100', '分', '}']
    """
    folded, _ = fold(source)
    pieces, comments = cut(folded)
    built = grammar()
    machine, lexer, number = built.machine(source, _as_written), Lexer(folded, pieces, built.patterns), 0
    while machine.result is None:
        state = machine.states[-1]
        token = lexer.read(number, state, machine.table[state])
        if not machine.take(token):
            return None
        number = token.after
    reader = _Reader(folded=folded, comments=iter(comments))
    return Concrete(root=reader.phrase(machine.result, ""), after=reader.rest())


class _Rule(NamedTuple):
    """What was written by a rule, before the comments are put to the words."""

    name: str
    parts: Children


def _as_written(rule: str) -> Method:
    return lambda parts, _: _Rule(rule, parts)


def words_of(part: Part) -> Iterator[Word]:
    """The words of a phrase, in order."""
    if isinstance(part, Word):
        yield part
    else:
        for inner in part.parts:
            yield from words_of(inner)


def first_word(part: Part) -> Word:
    """The word that a phrase begins with."""
    while isinstance(part, Phrase):
        part = part.parts[0]
    return part


class _Reader:
    """Gives words, in order, the comments that stand before them."""

    def __init__(self, *, folded: Folded, comments: Iterator[Comment]) -> None:
        self.source = folded.source.text
        self.comments = comments
        self.comment = next(comments, None)
        self.position = 0

    def phrase(self, rule: _Rule, within: str) -> Phrase:
        parts: list[Part] = []
        for part in rule.parts:
            if isinstance(part, Token):
                parts.append(self.word(part, rule.name))
            elif part is not None:
                parts.append(self.phrase(part, rule.name))
        return Phrase(rule=rule.name, within=within, parts=tuple(parts))

    def word(self, token: Token, within: str) -> Word:
        start, end = token.start, token.end
        before = self.remarks(start)
        apart = self._lines(start) > 1
        self.position = end
        written = self.source[start:end]
        return Word(
            terminal=token.terminal,
            text=token.text,
            source=written,
            within=within,
            start=start,
            before=before,
            apart=apart,
        )

    def remarks(self, until: int) -> tuple[Remark, ...]:
        """The comments before a place, which is thereby reached."""
        found: list[Remark] = []
        while self.comment is not None and self.comment.span.start < until:
            place = self.comment.span
            lines = self._lines(place.start)
            own = lines > 0 or self.position == 0
            found.append(Remark(text=place.text.rstrip(), own_line=own, apart=lines > 1))
            self.position = place.end
            self.comment = next(self.comments, None)
        return tuple(found)

    def rest(self) -> tuple[Remark, ...]:
        return self.remarks(len(self.source) + 1)

    def _lines(self, until: int) -> int:
        """How many lines end between the position and a place."""
        between = self.source[self.position : until].replace("\r\n", "\n")
        return between.count("\n") + between.count("\r")
