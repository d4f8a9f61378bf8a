"""What is refused before it is read, so that every text is answered in bounded time.

A rule file has a few hundred lines; the limits are far above that and far below what would hurt.
"""

from __future__ import annotations

from itertools import pairwise

import attrs

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Source, Span, diagnostic
from assessment.syntax import ast
from assessment.syntax.fold import Folded
from assessment.syntax.pieces import MAX_PIECES, Pieces

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_LINE",
    "deep_brackets",
    "deep_tree",
    "refused",
    "too_large",
    "too_many_pieces",
]

MAX_BYTES = 5_000_000
MAX_CHARACTERS = 5_000_000
MAX_LINE = 100_000
MAX_DEPTH = 200

_DEPTH_HELP = Text(en="name the inner steps with `let`", zh="请用 `定义` 给内层步骤命名")


def too_large(size: int, unit: Text, limit: int, *places: Span) -> Diagnostic:
    """The finding for a file with more bytes or characters than are read."""
    return diagnostic(
        "file-too-large",
        Text(
            en=f"the file has {size} {unit.en}, at most {limit} are read",
            zh=f"文件有 {size} {unit.zh}，最多读取 {limit} {unit.zh}",
        ),
        *places,
        help=Text(en="check that this is a rule file", zh="请确认这是规则文件"),
    )


def refused(source: Source) -> Diagnostic | None:
    """Why a text is not read at all: too large, not text, nothing in it, or a line without end."""
    text = source.text
    start = Span(source=source, start=0, end=min(1, len(text)))
    if len(text) > MAX_CHARACTERS:
        return too_large(len(text), Text(en="characters", zh="个字符"), MAX_CHARACTERS, start)
    nul = text.find("\0")
    if nul >= 0:
        return diagnostic(
            "not-text",
            Text(en="the file is not text: it holds a zero byte", zh="文件不是文本：含有零字节"),
            Span(source=source, start=nul, end=nul + 1),
            help=Text(en="a rule file is plain text in UTF-8", zh="规则文件应为 UTF-8 纯文本"),
        )
    if not text.strip("\ufeff \t\r\n"):
        return nothing_there(start)
    if len(text) > MAX_LINE:
        starts = (*source.line_starts, len(text))
        for line, (begin, end) in enumerate(pairwise(starts), start=1):
            if end - begin > MAX_LINE:
                return diagnostic(
                    "line-too-long",
                    Text(
                        en=f"line {line} has {end - begin} characters, at most {MAX_LINE} are read",
                        zh=f"第 {line} 行有 {end - begin} 个字符，最多 {MAX_LINE} 个",
                    ),
                    Span(source=source, start=begin, end=begin + 1),
                    help=Text(en="break the line between statements", zh="请在语句之间换行"),
                )
    return None


def nothing_there(place: Span) -> Diagnostic:
    """The finding for a file that holds no statement."""
    return diagnostic(
        "empty-file",
        Text(en="the file holds no rules", zh="文件中没有规则"),
        place,
        help=Text(
            en="a rule file begins with `assessment NAME for YEAR {`",
            zh="规则文件以 `考核 名称 年度 年份 {` 开头",
        ),
    )


def too_many_pieces(folded: Folded, pieces: Pieces) -> Diagnostic | None:
    """The finding for a text with more words and signs than are read."""
    if len(pieces) <= MAX_PIECES:
        return None
    return too_large(
        len(pieces) - 1,
        Text(en="words and signs or more", zh="个词和符号以上"),
        MAX_PIECES,
        folded.span(0, 1),
    )


def deep_brackets(folded: Folded, pieces: Pieces) -> tuple[int, Diagnostic | None]:
    """How deep brackets of all kinds nest, and the finding where that is too deep."""
    depth = deepest = 0
    for place in pieces.brackets:
        if folded.text[place] in ")]}":
            depth = max(0, depth - 1)
            continue
        depth += 1
        if depth > MAX_DEPTH:
            return depth, _too_deep(folded.span(place, place + 1))
        deepest = max(deepest, depth)
    return deepest, None


def deep_tree(file: ast.RuleFile) -> Diagnostic | None:
    """The finding for a tree that is deeper than the passes behind it can follow."""
    level: list[ast.Node] = [file]
    for _ in range(MAX_DEPTH):
        inner: list[ast.Node] = []
        for node in level:
            for field in attrs.fields(type(node)):
                value = getattr(node, field.name)
                if isinstance(value, ast.Node):
                    inner.append(value)
                elif isinstance(value, tuple):
                    inner.extend(item for item in value if isinstance(item, ast.Node))
        if not inner:
            return None
        level = inner
    return _too_deep(level[0].span)


def _too_deep(place: Span) -> Diagnostic:
    return diagnostic(
        "nesting-too-deep",
        Text(en=f"more than {MAX_DEPTH} levels are nested here", zh=f"此处嵌套超过 {MAX_DEPTH} 层"),
        place,
        help=_DEPTH_HELP,
    )
