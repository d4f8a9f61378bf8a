"""Braces that do not pair, found before the text is read, so that one of them does not spoil the rest.

Where a brace is never closed, the parser alone would find out at the end of the file. But statements have an order: an
indicator stands in a category, a grade in the file itself. So the first statement that cannot stand in the open block
tells which block should have ended before it. Where that says nothing, indentation does.

Out: ways to read the pieces, of which the one that leaves fewest findings is right: with each missing `}` put in or
each surplus one taken out here, or as they are, with leave for the parser to put in or leave out as many `{`.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, diagnostic
from assessment.syntax.fold import Folded
from assessment.syntax.lexer import keyword_of
from assessment.syntax.pieces import Piece, Pieces
from assessment.syntax.words import STATEMENT_TERMINALS

__all__ = ["Reading", "readings"]

# How deep in the file a statement stands; a statement cannot stand in a block of its own rank or a higher one,
# but a category can stand in a category.
_RANKS = {
    "ASSESSMENT": 0,
    "INPUT": 1,
    "LET": 1,
    "GROUP": 1,
    "DEPARTMENT": 1,
    "TARGETS": 1,
    "POLICIES": 1,
    "GRADE": 1,
    "LIMIT": 1,
    "CATEGORY": 1,
    "INDICATOR": 2,
    "PART": 3,
}
_OWN_BLOCK = frozenset({"ASSESSMENT", "POLICIES", "TARGETS", "INDICATOR", "CATEGORY", "PART"})
MAX_MENDED = 20  # with more of them astray this is hardly a rule file
_LEAF = 9  # a table, or the braces of an input: no statement stands in it


@frozen(kw_only=True)
class Reading:
    """One way to read the pieces: what was mended, and how many `{` the parser may put in or leave out."""

    pieces: Pieces
    findings: tuple[Diagnostic, ...] = ()
    may_open: int = 0
    may_omit: int = 0


@frozen
class _Block:
    piece: Piece
    rank: int
    column: int


@frozen
class _Statement:
    number: int
    terminal: str
    column: int
    line_start: bool


def readings(folded: Folded, pieces: Pieces) -> tuple[Reading, ...]:
    """The ways to read pieces, one if there are as many `{` as `}`."""
    brackets = [folded.text[place] for place in pieces.brackets]
    opened, closed = brackets.count("{"), brackets.count("}")
    if opened == closed:
        return (Reading(pieces=pieces),)
    if abs(opened - closed) > MAX_MENDED:
        return (Reading(pieces=pieces),)
    columns = _columns(folded, pieces)
    if opened > closed:
        closed_pieces, findings = _close(folded, pieces, columns, opened - closed)
        return (
            Reading(pieces=closed_pieces, findings=findings),
            Reading(pieces=pieces, may_omit=opened - closed),
        )
    dropped_pieces, findings = _drop(folded, pieces, columns, closed - opened)
    return (
        Reading(pieces=dropped_pieces, findings=findings),
        Reading(pieces=pieces, may_open=closed - opened),
    )


def _columns(folded: Folded, pieces: Pieces) -> list[int]:
    """How many blanks the line of each piece begins with."""
    columns: list[int] = []
    column = 0
    for number, piece in enumerate(pieces):
        if pieces.begins_line(number):
            begin = piece.start
            while begin > 0 and folded.text[begin - 1] not in "\r\n":
                begin -= 1
            column = piece.start - begin
        columns.append(column)
    return columns


def _statements(pieces: Pieces, columns: Sequence[int]) -> dict[int, _Statement]:
    """The statements, by the number of their first piece."""
    found: dict[int, _Statement] = {}
    previous: Piece | None = None
    for number, piece in enumerate(pieces):
        begins = previous is None or pieces.begins_line(number) or previous.text in "{};"
        if piece.kind == "name" and begins:
            terminal = keyword_of(piece.text, STATEMENT_TERMINALS | {"ASSESSMENT"})
            if terminal is not None and not _is_key(pieces, number):
                found[number] = _Statement(number, terminal, columns[number], pieces.begins_line(number))
        previous = piece
    return found


def _is_key(pieces: Pieces, number: int) -> bool:
    """Whether a `:` follows, as in `not applicable: error` and `目标：2.3%`."""
    behind = number + 1
    if pieces[behind].kind == "name":
        behind += 1
    return pieces[behind].text == ":"


def _rank(statement: _Statement | None, depth: int) -> int:
    if statement is None:
        return 0 if depth == 0 else _LEAF
    return _RANKS[statement.terminal] if statement.terminal in _OWN_BLOCK - {"POLICIES", "TARGETS"} else _LEAF


def _close(
    folded: Folded, pieces: Pieces, columns: Sequence[int], missing: int
) -> tuple[Pieces, tuple[Diagnostic, ...]]:
    statements = _statements(pieces, columns)
    mended = Pieces(folded)
    findings: list[Diagnostic] = []
    blocks: list[_Block] = []
    header: _Statement | None = None
    for number, piece in enumerate(pieces):
        statement = statements.get(number)
        if statement is not None:
            while missing and blocks and _ends(blocks[-1], statement):
                missing -= 1
                findings.append(_unclosed(folded, blocks.pop(), piece))
                mended.add(Piece("sign", piece.start, piece.start, "}"))
            header = statement
        if piece.kind == "sign" and piece.text == "{":
            blocks.append(_Block(piece, _rank(header, len(blocks)), columns[number]))
            header = None
        elif piece.kind == "sign" and piece.text == "}":
            while (
                missing
                and len(blocks) > 1
                and pieces.begins_line(number)
                and columns[number] < blocks[-1].column
            ):
                missing -= 1
                findings.append(_unclosed(folded, blocks.pop(), piece))
                mended.add(Piece("sign", piece.start, piece.start, "}"))
            if blocks:
                blocks.pop()
            header = None
        elif piece.kind == "end":
            while blocks:
                findings.append(_unclosed(folded, blocks.pop(), None))
                mended.add(Piece("sign", piece.start, piece.start, "}"))
        mended.add(piece, begins_line=pieces.begins_line(number))
    return mended, tuple(findings)


def _ends(block: _Block, statement: _Statement) -> bool:
    """Whether a statement cannot stand in a block, so that the block has ended before it."""
    rank = _RANKS.get(statement.terminal, _LEAF)
    if block.rank == _LEAF:
        return statement.line_start
    if statement.terminal == "CATEGORY" and block.rank == rank:
        return statement.column <= block.column
    return block.rank >= rank


def _unclosed(folded: Folded, block: _Block, before: Piece | None) -> Diagnostic:
    place = folded.span(block.piece.start, block.piece.end)
    labels = [Label(place=place, text=Text(en="opened here", zh="在此打开"))]
    if before is not None:
        labels.append(
            Label(
                place=folded.span(before.start, before.end),
                text=Text(en="it should end before this", zh="应在此之前结束"),
                primary=False,
            )
        )
    return diagnostic(
        "unclosed-brace",
        Text(en="this `{` is not closed", zh="此 `{` 未闭合"),
        *labels,
        help=Text(en="add `}` where the block ends", zh="请在该段结束处补上 `}`"),
    )


def _drop(
    folded: Folded, pieces: Pieces, columns: Sequence[int], surplus: int
) -> tuple[Pieces, tuple[Diagnostic, ...]]:
    findings: list[Diagnostic] = []
    dropped: set[int] = set()
    blocks: list[int] = []
    for number, piece in enumerate(pieces):
        if surplus <= 0 or piece.kind != "sign":
            continue
        if piece.text == "{":
            blocks.append(columns[number])
        elif piece.text == "}":
            last = not any(later.kind != "end" for later in pieces[number + 1 : number + 2])
            deeper = bool(blocks) and pieces.begins_line(number) and columns[number] > blocks[-1]
            if not blocks or deeper or (len(blocks) == 1 and not last):
                surplus -= 1
                dropped.add(number)
                findings.append(
                    diagnostic(
                        "unclosed-brace",
                        Text(en="this `}` closes nothing", zh="此 `}` 没有对应的 `{`"),
                        folded.span(piece.start, piece.end),
                        help=Text(en="delete it", zh="请删除"),
                    )
                )
            else:
                blocks.pop()
    kept = Pieces(folded)
    for number, piece in enumerate(pieces):
        if number not in dropped:
            kept.add(piece, begins_line=pieces.begins_line(number))
    return kept, tuple(findings)
