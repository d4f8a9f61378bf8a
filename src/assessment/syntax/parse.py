"""The pass that reads rule text: from a source to its tree, with every mistake found on the way.

Reading goes piece by piece through the parser. Where a piece cannot stand, the smallest change that lets the next few
pieces be read is looked for: one terminal put in, one read as another, one left out. The finding says what was wrong
and reading goes on as if it had been right. Where no small change helps, the statement (or the row, or the entry) is
given up: the parser goes back to the list it stood in, and forward to the next `;`, `}` or statement of that list. So
one slip gives one finding, and the rest of the file is still read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from attrs import define, evolve, field

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Source, Span, diagnostic, in_source_order
from assessment.diagnostics.suggest import nearest
from assessment.syntax.ast import RuleFile
from assessment.syntax.balance import Reading, readings
from assessment.syntax.build import tree_builder
from assessment.syntax.fold import Folded, fold
from assessment.syntax.grammar import grammar
from assessment.syntax.lexer import Lexer, Token, keyword_of
from assessment.syntax.limits import deep_brackets, deep_tree, nothing_there, refused, too_many_pieces
from assessment.syntax.machine import Machine, Saved
from assessment.syntax.mistakes import Repair, Situation, explain
from assessment.syntax.pieces import Piece, Pieces, cut
from assessment.syntax.words import STATEMENT_TERMINALS, WORDS
from assessment.units import known_units

__all__ = ["parse"]

MAX_FINDINGS = 100
_LOOK_AHEAD = 6  # pieces that must be readable after a repair, or up to the end of the file
_LEAST_AHEAD = 3
_DEEP_ENOUGH_TO_MEASURE = 20  # a tree is at most some ten levels deeper than its brackets


def parse(source: Source) -> tuple[RuleFile | None, tuple[Diagnostic, ...]]:
    """The tree of a rule file, and what is wrong with its text, in source order.

    With errors among the findings the tree is None or holds the statements that could be read; it serves further
    checks, but has no meaning as rules.

    >>> file, findings = parse(Source(name="a.assess", text="assessment a for 2018 { total 100 points }"))
    >>> file.name, file.year, findings
    ('a', 2018, ())
    """
    refusal = refused(source)
    if refusal is not None:
        return None, (refusal,)
    folded, found = fold(source)
    pieces, comments = cut(folded)
    too_many = too_many_pieces(folded, pieces)
    if too_many is not None:
        return None, (too_many,)
    if len(pieces) == 1:
        return None, (*found, nothing_there(folded.span(0, 0)))
    depth, too_deep = deep_brackets(folded, pieces)
    if too_deep is not None:
        return None, (*found, too_deep)
    ways = readings(folded, pieces) if _is_header(pieces[0]) else (Reading(pieces=pieces),)
    file, read = min((_read(folded, way) for way in ways), key=lambda result: len(result[1]))
    findings = in_source_order((*found, *read))
    if file is not None and depth > _DEEP_ENOUGH_TO_MEASURE:
        deep = deep_tree(file)
        if deep is not None:
            return None, (*findings, deep)
    if file is not None:
        file = evolve(file, comments=comments)
    return file, findings


def _read(folded: Folded, way: Reading) -> tuple[RuleFile | None, list[Diagnostic]]:
    findings = list(way.findings)
    return _Reader.over(folded, way, findings).read(), findings


def _machine(folded: Folded, findings: list[Diagnostic]) -> Machine:
    """A parser that builds the tree; what is wrong in it joins the findings."""
    return grammar().machine(folded.source, tree_builder(folded.source, findings))


def _blamed(way: Reading) -> frozenset[int]:
    """Where braces are that have their finding, or were put in."""
    places = [place.start for finding in way.findings if isinstance(place := finding.span, Span)]
    put_in = [piece.start for piece in way.pieces if piece.kind == "sign" and piece.start == piece.end]
    return frozenset((*places, *put_in))


def _is_header(piece: Piece) -> bool:
    """Whether a file begins as rule files do, perhaps misspelt."""
    spellings = [word for meaning in WORDS["ASSESSMENT"] for word in (*meaning.en, *meaning.zh)]
    return nearest(piece.text, spellings) is not None


@define
class _Stop(Exception):
    """Reading cannot or need not go on."""


@define
class _Suspect:
    """A statement's first word read as a name, because a value was wanted; and the parser before it."""

    number: int
    terminal: str
    saved: Saved


@define(kw_only=True)
class _Reader:
    """One reading of one text."""

    folded: Folded
    way: Reading
    pieces: Pieces
    lexer: Lexer
    findings: list[Diagnostic]
    machine: Machine
    blamed: frozenset[int]
    may_open: int
    may_omit: int
    number: int = 0  # of the next piece
    before: int = -1  # the piece that was read last
    before_terminal: str = ""
    suspect: _Suspect | None = None
    errors: int = 0
    seen: set[int] = field(factory=set)  # pieces at which a finding stands already

    @staticmethod
    def over(folded: Folded, way: Reading, findings: list[Diagnostic]) -> _Reader:
        return _Reader(
            folded=folded,
            way=way,
            pieces=way.pieces,
            lexer=Lexer(folded, way.pieces, grammar().patterns),
            findings=findings,
            machine=_machine(folded, findings),
            blamed=_blamed(way) if way.findings else frozenset(),
            may_open=way.may_open,
            may_omit=way.may_omit,
        )

    # ── going forward ────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self) -> RuleFile | None:
        """The tree, as far as there is one."""
        try:
            while self.machine.result is None:
                machine = self.machine
                state = machine.states[-1]
                token = self.lexer.read(self.number, state, machine.table[state])
                if token.terminal == "NAME":
                    self._note_suspect()
                if machine.take(token):
                    if token.finding is not None:
                        self._note(token.finding)
                    if token.end > token.start:
                        self.before, self.before_terminal = token.after - 1, token.terminal
                    self.number = token.after
                else:
                    self._mend(token)
        except _Stop:
            return None
        result = self.machine.result
        return result if isinstance(result, RuleFile) else None

    @property
    def _stack(self) -> list[int]:
        return self.machine.states

    @property
    def _top(self) -> int:
        return self._stack[-1]

    def _token(self, number: int, state: int) -> Token:
        return self.lexer.read(number, state, self.machine.table[state])

    def _note(self, finding: Diagnostic) -> None:
        """Report what is wrong with the piece that was just read."""
        if self.number not in self.seen:
            self.findings.append(finding)
            if len(self.findings) > MAX_FINDINGS:
                self._give_up()

    def _note_suspect(self) -> None:
        if self.pieces.begins_line(self.number):
            terminal = keyword_of(self.pieces[self.number].text)
            if terminal is not None:
                self.suspect = _Suspect(self.number, terminal, self.machine.save())

    def _back_to_suspect(self, token: Token) -> Token:
        """The mistake is the missing value before a statement, not what follows the statement's first word."""
        suspect = self.suspect
        if suspect is None or suspect.number != self.before:
            return token
        self.machine.go_back(suspect.saved)
        piece = self.pieces[suspect.number]
        self.number, self.before = suspect.number, suspect.number - 1
        span = self.folded.span(piece.start, piece.end)
        return Token(suspect.terminal, piece.text, span.start, span.end, suspect.number + 1)

    # ── a piece that cannot stand here ───────────────────────────────────────────────────────────────────────────────

    def _mend(self, token: Token) -> None:
        self.errors += 1
        if max(self.errors, len(self.findings)) > MAX_FINDINGS:
            self._give_up()
        token = self._back_to_suspect(token)
        expected = self._expected()
        repair = self._best_repair(token, expected)
        if not self._is_consequence():
            self.findings.append(explain(self._situation(token, expected, repair)))
        self.seen.add(self.number)
        if expected <= {"$END"}:
            self._put_in("$END", "", 0, 0)
        elif token.terminal == "$END":
            self._close_everything()
        elif repair is not None:
            self._apply(repair, token)
        elif not self._back_to_list() and not self._back_to_header(expected):
            raise _Stop

    def _put_in(self, terminal: str, text: str, start: int, end: int) -> None:
        """Give the parser a token that is not written there."""
        self.machine.take(Token(terminal, text, start, end, self.number))

    def _is_consequence(self) -> bool:
        """Whether what is wrong here comes from a quotation mark or a brace that has its finding already."""
        piece = self.pieces[self.number]
        if piece.kind == "string" and piece.finding is not None and self.number not in self.seen:
            self.findings.append(piece.finding)
            return True
        return any(
            near.start in self.blamed or (near.kind == "string" and near.finding is not None)
            for near in (piece, self.pieces[max(self.number - 1, 0)])
        )

    def _close_everything(self) -> None:
        """Close what is open at the end of the file, without more findings."""
        end = self.folded.origin(len(self.folded.text))
        within = len(self._stack) + 1
        # Each list that is closed lies in the one before: inside a call no list may go on behind a table's brace.
        while self._back_to_list(within):
            within = len(self._stack) - 1
            self._put_in("RBRACE", "}", end, end)
            if self.machine.after(self._stack, "$END") is not None:
                return
        raise _Stop

    def _give_up(self) -> None:
        place = self.pieces[self.number]
        self.findings.append(
            diagnostic(
                "syntax-error",
                Text(
                    en=f"more than {MAX_FINDINGS} mistakes; the rest of the file was not read",
                    zh=f"错误超过 {MAX_FINDINGS} 处，其余内容未读取",
                ),
                self.folded.span(place.start, place.end),
            )
        )
        raise _Stop

    def _expected(self) -> frozenset[str]:
        stack = self._stack
        return frozenset(
            terminal
            for terminal in self.machine.table[stack[-1]]
            if (terminal.isupper() or terminal == "$END")
            and terminal != "ERROR"
            and self.machine.after(stack, terminal) is not None
        )

    def _situation(self, token: Token, expected: frozenset[str], repair: Repair | None) -> Situation:
        piece = self.pieces[self.number]
        begins_line = self.pieces.begins_line(self.number)
        last = self.pieces[max(token.after - 1, self.number)]
        end = last.end
        if repair is not None and repair.pieces > 1:
            end = self.pieces[self.number + repair.pieces - 1].end
        before = self.pieces[self.before] if self.before >= 0 else piece
        return Situation(
            found=token.terminal,
            text=self._shown(piece.start, end),
            place=self.folded.span(piece.start, end),
            after=self.before_terminal,
            before=self._shown(before.start, before.end),
            before_place=self.folded.span(before.start, before.end),
            glued=before.end == piece.start,
            starts_line=begins_line,
            begins=begins_line or self.before < 0 or before.text in ("{", "}", ";"),
            expected=expected,
            repair=repair,
        )

    def _shown(self, start: int, end: int) -> str:
        text = " ".join(self.folded.plain[start : min(end, start + 200)].split())
        return text if len(text) <= 60 else text[:57] + "..."

    # ── small repairs ────────────────────────────────────────────────────────────────────────────────────────────────

    def _best_repair(self, token: Token, expected: frozenset[str]) -> Repair | None:
        best: tuple[int, Repair] | None = None
        for repair in self._candidates(token, expected):
            reached = self._reach(repair, token)
            if reached >= _LEAST_AHEAD and (best is None or reached > best[0]):
                best = (reached, repair)
                if reached >= _LOOK_AHEAD:
                    break
        return None if best is None else best[1]

    def _candidates(self, token: Token, expected: frozenset[str]) -> Iterator[Repair]:
        """Repairs worth trying, the likeliest first."""
        piece = self.pieces[self.number]
        following = self.pieces[min(self.number + 1, len(self.pieces) - 1)]
        if piece.kind == "name":
            yield from self._other_words(piece, following, expected)
        if "KEY_MARK" in expected and self._shown(piece.start, piece.end) in _LOOKS_LIKE_KEY_MARK:
            yield Repair(kind="replace", terminal="KEY_MARK", text="※")
        if (
            piece.text == ","
            and self.before_terminal == "NUMBER"
            and _thousands(self.pieces[self.before], piece, following)
        ):
            yield Repair(kind="delete", pieces=2)
        if piece.kind == "sign" and piece.text in ",;:=)]}":
            for terminal in ("SEMICOLON", "COMMA", "COLON", "EQUALS", "RPAR", "RSQB"):
                # Braces are balanced already: none is read as anything else.
                if terminal in expected and piece.text != "}":
                    yield Repair(kind="replace", terminal=terminal, text=piece.text)
        if "LBRACE" in expected and self.may_open and piece.text not in ("{", "}"):
            yield Repair(kind="replace", terminal="LBRACE", text=piece.text)
        for terminal in sorted(expected, key=_insertion_order):
            if terminal == "LBRACE" and not self.may_open:
                continue
            # Behind `(` or `,` a value is missing, not what would follow it.
            if terminal in ("RPAR", "RSQB", "COMMA") and self.before_terminal in (
                "LPAR",
                "LSQB",
                "COMMA",
                "COLON",
            ):
                continue
            if terminal in _INSERTED or (len(expected) == 1 and len(WORDS.get(terminal, ())) == 1):
                yield Repair(kind="insert", terminal=terminal, text=_INSERTED.get(terminal, ""))
        statement = self.pieces.begins_line(self.number) and token.terminal in STATEMENT_TERMINALS
        if piece.kind in ("name", "number") and "STRING" in expected and "SEMICOLON" not in expected:
            yield Repair(kind="replace", terminal="STRING", text=piece.text)
        brace = piece.text == "}" or (piece.text == "{" and not self.may_omit)
        if piece.kind != "end" and not brace and not statement:
            yield Repair(kind="delete")

    def _other_words(self, piece: Piece, following: Piece, expected: frozenset[str]) -> Iterator[Repair]:
        """A word of everyday language, or one that is misspelt."""
        if self.before_terminal == "NUMBER" and "PERCENT" in expected:
            phrase = piece.text.lower()
            two = f"{phrase} {following.text.lower()}"
            if two in _PERCENT_POINT:
                yield Repair(kind="replace", terminal="PP", text="pp", pieces=2)
            elif phrase in _PERCENT_POINT:
                yield Repair(kind="replace", terminal="PP", text="pp")
            elif two in _PERCENT:
                yield Repair(kind="replace", terminal="PERCENT", text="%", pieces=2)
            elif phrase in _PERCENT:
                yield Repair(kind="replace", terminal="PERCENT", text="%")
        chinese = not piece.text.isascii()
        terminals = {}
        for terminal in expected:
            for meaning in WORDS.get(terminal, ()):
                for word in meaning.zh if chinese else meaning.en:
                    terminals[word] = terminal
        near = nearest(piece.text, terminals)
        if near is not None:
            yield Repair(kind="replace", terminal=terminals[near], text=near)
        if "UNIT" in expected and self.before_terminal in ("NUMBER", "IN"):
            unit = nearest(piece.text, known_units())
            yield Repair(kind="replace", terminal="UNIT", text=unit or piece.text)

    def _reach(self, repair: Repair, token: Token) -> int:
        """How many pieces can be read after a repair, up to the number that is looked at."""
        stack: list[int] | None = list(self._stack)
        number = self.number if repair.kind == "insert" else self._behind(repair, token)
        if repair.kind != "delete":
            stack = self.machine.after(self._stack, repair.terminal)
        count = 0
        while stack is not None and count < _LOOK_AHEAD:
            if number != self.number and self._begins_statement(number, stack):
                return _LOOK_AHEAD  # whatever is wrong with the next statement is its own matter
            following = self._token(number, stack[-1])
            stack = self.machine.after(stack, following.terminal)
            if stack is None:
                break
            if following.terminal == "$END":
                return _LOOK_AHEAD
            number = following.after
            count += 1
        return count

    def _begins_statement(self, number: int, stack: list[int]) -> bool:
        """Whether a piece stands where a statement can begin, on a line of its own, and looks like one."""
        piece = self.pieces[number]
        if (
            piece.kind != "name"
            or not self.pieces.begins_line(number)
            or self.machine.after(stack, "LET") is None
        ):
            return False
        return self.pieces[number + 1].text not in (":", "(") and (
            keyword_of(piece.text) is not None or _near_statement(piece.text)
        )

    def _behind(self, repair: Repair, token: Token) -> int:
        if repair.pieces > 1 or repair.kind == "replace":
            return self.number + repair.pieces
        return token.after

    def _apply(self, repair: Repair, token: Token) -> None:
        behind = self._behind(repair, token)
        self.may_open -= repair.terminal == "LBRACE"
        if repair.kind == "delete":
            self.may_omit -= token.terminal == "LBRACE"
            self.number = behind
            return
        if repair.kind == "insert":
            place = self.pieces[self.before].end if self.before >= 0 else 0
            span = self.folded.span(place, place)
        else:
            span = self.folded.span(self.pieces[self.number].start, self.pieces[behind - 1].end)
        self._put_in(repair.terminal, repair.text, span.start, span.end)
        if repair.kind == "replace":
            self.before, self.before_terminal = behind - 1, repair.terminal
            self.number = behind
        else:
            self.before_terminal = repair.terminal

    # ── giving up a statement ────────────────────────────────────────────────────────────────────────────────────────

    def _back_to_list(self, within: int | None = None) -> bool:
        """Back to the innermost list that can leave out what stands here, forward to where it goes on.

        The list begins before the place `within` of the stack, where that is given.
        """
        machine = self.machine
        most = len(self._stack) + 1 if within is None else within
        here = machine.after(self._stack, "ERROR")
        if here is None or (within is not None and len(here) - 1 >= most):
            keep = next(
                (
                    length
                    for length in range(min(len(self._stack), most) - 1, 0, -1)
                    if isinstance(machine.table[machine.states[length - 1]].get("ERROR"), int)
                ),
                None,
            )
            if keep is None:
                return False
            dropped = machine.drop(keep)
        else:
            dropped = []
        open_braces = sum(1 for value in dropped if isinstance(value, Token) and value.terminal == "LBRACE")
        place = self.folded.span(self.pieces[self.number].start, self.pieces[self.number].start)
        self._put_in("ERROR", "", place.start, place.start)
        self._forward(open_braces)
        return True

    def _forward(self, depth: int) -> None:
        """To the next piece with which the list goes on, over whole blocks."""
        self.before_terminal = "ERROR"
        while True:
            piece = self.pieces[self.number]
            if piece.kind == "end":
                return
            if piece.kind == "sign":
                if piece.text == "{":
                    depth += 1
                elif piece.text == "}":
                    if depth == 0:
                        return
                    depth -= 1
                elif piece.text == ";" and depth == 0:
                    return
            elif depth == 0 and self._begins_statement(self.number, self._stack):
                # A piece with a finding is not met twice unless it can be read now, so that reading goes on.
                token = self._token(self.number, self._top)
                readable = token.terminal in STATEMENT_TERMINALS
                if self.number not in self.seen or (
                    readable and self.machine.after(self._stack, token.terminal)
                ):
                    return
            self.before = self.number
            self.number += 1

    def _back_to_header(self, expected: frozenset[str]) -> bool:
        """After a mistake before the first `{`, go on inside it as if the header had been right."""
        if expected <= {"ASSESSMENT"} or len(self._stack) > 8:
            return False
        opening = next(
            (
                number
                for number in range(self.number, len(self.pieces))
                if self.pieces[number].kind == "sign" and self.pieces[number].text == "{"
            ),
            None,
        )
        if opening is None:
            return False
        self.machine = _machine(self.folded, self.findings)
        start = self.folded.origin(0)
        for terminal, text in (("ASSESSMENT", "assessment"), ("DOTTED", "unnamed")):
            self._put_in(terminal, text, start, start)
        self.number = opening
        return True


_LOOKS_LIKE_KEY_MARK = frozenset("*＊✳✱✲✻⁂⅛★☆❋✽⚹")

_INSERTED: Mapping[str, str] = {
    "POINTS": "points",
    "SEMICOLON": ";",
    "COLON": ":",
    "EQUALS": "=",
    "LBRACE": "{",
    "RPAR": ")",
    "RSQB": "]",
    "COMMA": ",",
}

_PERCENT_POINT = frozenset(
    {
        "percent point",
        "percent points",
        "per-cent points",
        "percentage",
        "ppt",
        "ppts",
        "个点",
        "点",
        "百分比点",
        "个百分比",
    }
)
_PERCENT = frozenset({"percent", "percents", "pct", "per cent", "百分比"})


@cache
def _statement_words() -> tuple[str, ...]:
    return tuple(
        word
        for terminal in sorted(STATEMENT_TERMINALS)
        for meaning in WORDS[terminal]
        for word in (*meaning.en, *meaning.zh)
    )


@lru_cache(maxsize=1000)
def _near_statement(text: str) -> bool:
    return nearest(text, _statement_words()) is not None


def _insertion_order(terminal: str) -> tuple[int, str]:
    order = list(_INSERTED)
    return (order.index(terminal) if terminal in _INSERTED else len(order), terminal)


def _thousands(before: Piece, comma: Piece, following: Piece) -> bool:
    """Whether `1,234` stands here, glued, with three digits behind."""
    return (
        before.end == comma.start
        and comma.end == following.start
        and following.kind == "number"
        and len(following.text.split(".")[0]) == 3
    )
