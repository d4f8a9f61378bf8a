"""Diagnostics as text for a terminal, with the lines they speak of.

Each finding shows its message, then the lines of its labels in order, marked with `^` where the mistake is
and with `-` where the other side of it stands, then notes and help; a last line counts the findings.

The marks are placed by display width: East Asian wide characters take two cells, all others one, combining
marks none. Characters of *ambiguous* width take one cell here but two in some Chinese terminals, where the
marks then drift; so behind such characters the marked text is repeated in words. Control, direction-changing
and invisible characters are shown by their code point and never reach the terminal as they are.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from attrs import frozen

from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.codes import Severity
from assessment.diagnostics.model import CellPlace, Diagnostic, Label, Source, Span

__all__ = ["render", "visible", "width"]

_LONGEST_LINE = 200
"""A line with more columns than this is cut around what is marked."""

_BEFORE, _AFTER = 60, 100
"""How many characters of a long line are kept before the mark, and from its beginning on."""

_CUT = "..."
_TAB = "    "
_LONGEST_QUOTE = 40

_HELP = Text(en="help: ", zh="帮助：")
_NOTE = Text(en="note: ", zh="说明：")
_COLON = Text(en=": ", zh="：")
_MARKED = Text(en="(at `{}`)", zh="（此处：`{}`）")
_GOES_ON = Text(en="(up to line {})", zh="（至第 {} 行）")
_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}


def render(diagnostics: Iterable[Diagnostic], lang: Lang = "en") -> str:
    """The findings as text, in the order given, with a closing line that counts them; empty for none."""
    found = tuple(diagnostics)
    if not found:
        return ""
    blocks = ["\n".join(_block(one, lang)) for one in found]
    return "\n\n".join([*blocks, _count_line(found, lang)]) + "\n"


def visible(text: str) -> str:
    r"""The text on one line, with characters that would move or hide something shown by their code point.

    >>> visible("a\u202eb")
    'a<U+202E>b'
    """
    return "".join(_visible_character(character) for character in text)


def _block(found: Diagnostic, lang: Lang) -> Iterator[str]:
    """The lines of one finding."""
    title = f"{found.severity.title.in_(lang)}[{found.code}]"
    yield f"{title}{_COLON.in_(lang)}{visible(found.in_(lang))}"
    places = _places(found.labels)
    last_line = max((place.last_line for place in places if isinstance(place, _Excerpt)), default=10)
    width = len(str(last_line))
    for index, place in enumerate(places):
        arrow = " " * width + ("--> " if index == 0 else "::: ")
        if isinstance(place, _Cell):
            yield f"{arrow}{place.line(lang)}"
        else:
            yield f"{arrow}{place.address}"
            yield from place.lines(width, lang)
    margin = " " * (width + 1)
    for note in found.notes:
        yield f"{margin}= {_NOTE.in_(lang)}{visible(note.in_(lang))}"
    if found.help is not None:
        yield f"{margin}= {_HELP.in_(lang)}{visible(found.help.in_(lang))}"


def _count_line(found: tuple[Diagnostic, ...], lang: Lang) -> str:
    counts = Counter(one.severity for one in found)
    present = [(counts[severity], severity) for severity in Severity if counts[severity]]
    if lang == "zh":
        return "共 " + "、".join(f"{count} 个{severity.title.zh}" for count, severity in present)
    words = [
        f"{count} {severity.title.en if count == 1 else _PLURALS[severity]}" for count, severity in present
    ]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


# Places ---------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _Cell:
    """A label on data, shown by its address alone."""

    label: Label
    place: CellPlace

    def line(self, lang: Lang) -> str:
        address = visible(self.place.text(lang))
        if self.label.text is None:
            return address
        return f"{address}{_COLON.in_(lang)}{visible(self.label.text.in_(lang))}"


@frozen(kw_only=True)
class _Excerpt:
    """The labels of one finding that lie in one source, in the order of their places."""

    source: Source
    marks: tuple[tuple[Label, Span], ...]

    @property
    def last_line(self) -> int:
        return max(span.line for _, span in self.marks)

    @property
    def address(self) -> str:
        """File, line and column of the first primary label, else of the first label; of no text, the file alone."""
        if not self.source.text:
            return visible(self.source.name)
        span = next((span for label, span in self.marks if label.primary), self.marks[0][1])
        return f"{visible(self.source.name)}:{span.line}:{span.column}"

    def lines(self, width: int, lang: Lang) -> Iterator[str]:
        """The marked lines of the source, each mark under its line; none of a file without text."""
        if not self.source.text:
            return
        blank = " " * width
        yield f"{blank} |"
        line_above: int | None = None
        for label, span in self.marks:
            view = _View.around(span)
            if line_above is not None and span.line > line_above + 1:
                yield "..."
            # A line is shown once for all its marks, unless it is cut, which each mark does elsewhere.
            if span.line != line_above or view.is_cut:
                yield f"{span.line:>{width}} | {view.text}".rstrip()
            yield f"{blank} | {view.mark(label, lang)}".rstrip()
            line_above = span.line


def _places(labels: tuple[Label, ...]) -> tuple[_Cell | _Excerpt, ...]:
    """Labels of one source together, each data place for itself; the primary label's place comes first."""
    marks_by_source: dict[Source, list[tuple[Label, Span]]] = {}
    order: list[_Cell | Source] = []
    for label in sorted(labels, key=lambda one: not one.primary):
        match label.place:
            case CellPlace() as place:
                order.append(_Cell(label=label, place=place))
            case Span(source=source) as span:
                if source not in marks_by_source:
                    order.append(source)
                marks_by_source.setdefault(source, []).append((label, span))
    return tuple(
        one
        if isinstance(one, _Cell)
        else _Excerpt(
            source=one,
            marks=tuple(sorted(marks_by_source[one], key=lambda mark: (mark[1].start, mark[1].end))),
        )
        for one in order
    )


@frozen(kw_only=True)
class _View:
    """What is shown of the first line of a span: three stretches of it, the middle one marked."""

    before: str
    marked: str
    after: str
    cut_before: bool
    cut_after: bool
    last_line: int | None  # of a span that goes on behind its first line

    @staticmethod
    def around(span: Span) -> _View:
        source = span.source
        start, end = source.line_bounds(span.line)
        mark_start = min(span.start, end)
        left, right = start, end
        # The first test spares measuring a line of ten megabytes.
        if end - start > _LONGEST_LINE or width(source.text[start:end]) > _LONGEST_LINE:
            left, right = max(start, mark_start - _BEFORE), min(end, mark_start + _AFTER)
        mark_end = max(mark_start, min(span.end, right))
        last_line = source.line_of(max(span.start, span.end - 1))
        return _View(
            before=source.text[left:mark_start],
            marked=source.text[mark_start:mark_end],
            after=source.text[mark_end:right],
            cut_before=left > start,
            cut_after=right < end,
            last_line=last_line if last_line > span.line else None,
        )

    @property
    def is_cut(self) -> bool:
        return self.cut_before or self.cut_after

    @property
    def text(self) -> str:
        """The line as shown."""
        head = _CUT if self.cut_before else ""
        tail = _CUT if self.cut_after else ""
        return f"{head}{visible(self.before + self.marked + self.after)}{tail}"

    def mark(self, label: Label, lang: Lang) -> str:
        """The line below it: blanks, marks, and what the label says."""
        blanks = width(self.before) + (len(_CUT) if self.cut_before else 0)
        sign = "^" if label.primary else "-"
        words = [sign * max(1, width(self.marked))]
        if self.marked and any(_is_ambiguous(one) for one in self.before + self.marked):
            quote = visible(self.marked)
            if len(quote) > _LONGEST_QUOTE:
                quote = quote[:_LONGEST_QUOTE] + _CUT
            words.append(_MARKED.in_(lang).format(quote))
        if label.text is not None:
            words.append(visible(label.text.in_(lang)))
        if self.last_line is not None:
            words.append(_GOES_ON.in_(lang).format(self.last_line))
        return " " * blanks + " ".join(words)


# Characters -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _visible_character(character: str) -> str:
    if character == "\t":
        return _TAB
    # Control, format, surrogate, unassigned; line and paragraph separators.
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}:
        return f"<U+{ord(character):04X}>"
    return character


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    """The cells that a character takes in a terminal, as it is shown."""
    as_shown = _visible_character(character)
    if as_shown != character:
        return len(as_shown)
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def width(text: str) -> int:
    """The cells that a text takes in a terminal, once `visible` has been through it.

    >>> width("研发 R&D")
    8
    """
    return sum(_character_width(character) for character in text)


@lru_cache(maxsize=4096)
def _is_ambiguous(character: str) -> bool:
    """Whether terminals disagree about the width of what is shown for the character."""
    return unicodedata.east_asian_width(character) == "A" and _character_width(character) == 1
