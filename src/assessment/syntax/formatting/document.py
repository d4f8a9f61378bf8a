"""Text that is not yet broken into lines, and the breaking: pieces, places where a line may end, groups that decide together.

The algebra is that of P. Wadler, *A prettier printer* (2003), with three additions: `Fill`, a place that decides for
itself; `Comment`, behind which a line ends whatever stands there; and `Pad`, blanks of a column that are there only
where its group is broken into lines.

Invariants: every document knows its width on one line, None where it cannot stand on one; widths are those of
a terminal, where a Chinese character takes two cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from attrs import field, frozen

from assessment.diagnostics.text import width as cells

__all__ = [
    "Comment",
    "Document",
    "End",
    "Fill",
    "Group",
    "Line",
    "Nest",
    "Pad",
    "Run",
    "Text",
    "cells",
    "rendered",
    "run",
]

INDENT = 4


@frozen
class Text:
    """What stands on one line."""

    text: str
    width: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "width", cells(self.text))


@frozen
class Line:
    """A place where a broken group ends a line; in a group on one line, a text."""

    flat: str = " "

    @property
    def width(self) -> int:
        """The cells it takes on one line."""
        return len(self.flat)


@frozen
class Fill:
    """A place where a line ends if what follows, up to the next such place, does not fit on it."""

    flat: str
    following: int

    @property
    def width(self) -> int:
        """The cells it takes on one line."""
        return len(self.flat)


@frozen
class End:
    """The end of a line; `apart` leaves a blank line behind it."""

    apart: bool = False
    width: None = None


@frozen
class Comment:
    """A comment: behind what stands on the line, or with `own_line` on its own; then the line ends."""

    text: str
    own_line: bool
    apart: bool = False
    width: None = None


@frozen
class Pad:
    """Blanks of a column, where the group is broken."""

    blanks: int
    width: int = 0


@frozen
class Run:
    """One after another."""

    parts: tuple[Document, ...]
    width: int | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "width", _sum(self.parts))


@frozen
class Nest:
    """Lines that end in here begin further in."""

    inner: Document
    width: int | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "width", self.inner.width)


@frozen
class Group:
    """On one line if that fits and nothing in it ends a line; else every `Line` that is directly in it ends one."""

    inner: Document
    broken: bool = False
    width: int | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "width", None if self.broken else self.inner.width)


Document: TypeAlias = Text | Line | Fill | End | Comment | Pad | Run | Nest | Group

_Task: TypeAlias = tuple[int, bool, Document]
"""What is still to be written: how far in its lines begin, whether it stands on one line, and what it is."""


def run(*parts: Document) -> Run:
    """Documents one after another."""
    return Run(parts)


def rendered(document: Document, width: int) -> str:
    """The text of a document in lines of at most so many cells, where that can be.

    >>> call = run(Text("f("), Nest(run(Line(""), Text("a,"), Line(), Text("b"))), Line(""), Text(")"))
    >>> print(rendered(Group(call), 10) + rendered(Group(call), 5), end="")
    f(a, b)
    f(
        a,
        b
    )
    """
    page = _Page()
    tasks: list[_Task] = [(0, False, document)]
    while tasks:
        indent, flat, one = tasks.pop()
        match one:
            case Text(text=text):
                page.write(text, indent)
            case Line(flat=text):
                if flat:
                    page.write(text, indent)
                else:
                    page.end()
            case Fill(flat=text, following=following):
                if flat or page.column + len(text) + following <= width:
                    page.write(text, indent)
                else:
                    page.end()
            case End(apart=apart):
                page.end(apart=apart)
            case Comment(text=text, own_line=own_line, apart=apart):
                page.comment(text, indent, own_line=own_line, apart=apart)
            case Pad(blanks=blanks):
                page.write("" if flat else " " * blanks, indent)
            case Run(parts=parts):
                tasks.extend((indent, flat, part) for part in reversed(parts))
            case Nest(inner=inner):
                tasks.append((indent + INDENT, flat, inner))
            case Group(inner=inner):
                fits = one.width is not None and page.at(indent) + one.width + _behind(tasks) <= width
                tasks.append((indent, flat or fits, inner))
            case _:
                assert_never(one)
    return page.text()


def _sum(parts: Iterable[Document]) -> int | None:
    total = 0
    for part in parts:
        if part.width is None:
            return None
        total += part.width
    return total


def _behind(tasks: list[_Task]) -> int:
    """The cells of what must stand on the same line, up to the first place where a line may end."""
    total = 0
    ahead = [(flat, document) for _, flat, document in tasks[-40:]]
    while ahead:
        flat, one = ahead.pop()
        match one:
            case Text(width=wide):
                total += wide
            case Line(width=wide) | Fill(width=wide):
                if not flat:
                    break
                total += wide
            case End() | Comment():
                break
            case Pad():
                pass
            case Run(parts=parts):
                ahead.extend((flat, part) for part in reversed(parts))
            case Nest(inner=inner) | Group(inner=inner):
                ahead.append((flat, inner))
            case _:
                assert_never(one)
    return total


class _Page:
    """Lines that are being written; indentation comes with the first text of a line, so no line ends in blanks."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line = ""
        self.column = 0
        self.commented = False

    def at(self, indent: int) -> int:
        return self.column if self.line else indent

    def write(self, text: str, indent: int) -> None:
        if self.commented:
            self.end()
        if not self.line:
            text = text.lstrip(" ")
            if not text:
                return
            self.line, self.column = " " * indent, indent
        self.line += text
        self.column += cells(text)

    def end(self, *, apart: bool = False) -> None:
        """End the line, unless nothing stands on it."""
        if self.line:
            self.lines.append(self.line.rstrip(" "))
        if apart and self.lines and self.lines[-1]:
            self.lines.append("")
        self.line, self.column, self.commented = "", 0, False

    def comment(self, text: str, indent: int, *, own_line: bool, apart: bool) -> None:
        if own_line or self.commented:
            self.end(apart=apart)
        self.line = f"{self.line.rstrip(' ')}  {text}" if self.line else " " * indent + text
        self.commented = True

    def text(self) -> str:
        self.end()
        return "".join(f"{line}\n" for line in self.lines)
