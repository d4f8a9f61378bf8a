"""Reports as plain text for a terminal or a mail, columns aligned by the width that characters have on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessment.audit.record import Breakdown, ResultRecord
from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.text import visible, width
from assessment.report import words
from assessment.report.explain import Explanation, Item, Said, explain
from assessment.report.periods import periods_table
from assessment.report.table import Table
from assessment.report.view import View

_INDENT = "  "
_LINE_WIDTH = 100
_CLOSERS = "，。；：、）”％%）!?！？,.;:)"
"""Characters that never begin a line."""


def ranking_text(view: View) -> str:
    """The ranking as a table with its heading, what the data say of themselves, and the small print."""
    return "\n".join([*_head(view), *table_lines(view.ranking), *_foot(view)]) + "\n"


def periods_text(results: Sequence[ResultRecord], lang: Lang) -> str:
    """The table across several years with its heading and what the data say of themselves."""
    table = periods_table(results, lang)
    head = [visible(table.title), *_labels(results[0].labels, lang), ""]
    return "\n".join([*head, *table_lines(table), ""])


def explanation(breakdown: Breakdown, lang: Lang, *, line: str | None = None) -> str:
    """How the score of a region, or of the line with an id, came about: facts, steps, cells, in order."""
    return explanation_text(explain(breakdown, lang, line=line))


def explanation_text(found: Explanation) -> str:
    """An explanation as text."""
    summary = words.SEMICOLON.in_(found.lang).join(found.summary)
    lines = [*_wrapped("", found.heading, 0), *_labels(found.labels, found.lang), ""]
    lines += [*_wrapped("", found.region, 0), *_wrapped("", summary, 0), ""]
    if found.contributions:
        lines += [
            f"{words.CONTRIBUTIONS.in_(found.lang)}{words.COLON.in_(found.lang)}".rstrip(),
            *_figures(found.contributions),
            "",
        ]
    items = found.item.children if found.item.level == "total" else (found.item,)
    for item in items:
        lines += [*_item(item, 0, found.lang), ""]
    if found.item.level == "total":
        lines += [*_item_steps((*found.item.steps, *found.closing), 0, found.lang), ""]
    for item in found.results:
        lines += [*_item(item, 0, found.lang), ""]
    for title, texts in found.small_print:
        lines += _list(title, texts, found.lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def table_lines(table: Table) -> Iterator[str]:
    """The rows of a table under their headings, two blanks between columns."""
    shown = [[visible(column.title) for column in table.columns]]
    shown += [[visible(cell.text) for cell in row] for row in table.rows]
    widths = [max(width(row[place]) for row in shown) for place in range(len(table.columns))]
    for number, row in enumerate(shown):
        padded = [
            _padded(text, widths[place], right=table.columns[place].number) for place, text in enumerate(row)
        ]
        yield _INDENT.join(padded).rstrip()
        if number == 0:
            yield _INDENT.join("-" * one for one in widths)


def _padded(text: str, wide: int, *, right: bool) -> str:
    blanks = " " * (wide - width(text))
    return blanks + text if right else text + blanks


def _head(view: View) -> list[str]:
    return [visible(view.heading), *_labels(view.labels, view.lang), ""]


def _labels(labels: tuple[str, ...], lang: Lang) -> list[str]:
    begin = f"※ {words.DATA_LABEL.in_(lang)}{words.COLON.in_(lang)}"
    return [line for label in labels for line in _wrapped("", begin + label, 0)]


def _foot(view: View) -> list[str]:
    lines = [""]
    for title, texts in view.small_print:
        lines += _list(title, texts, view.lang)
    return lines[:-1] if len(lines) == 1 else lines


def _list(title: str, texts: tuple[str, ...], lang: Lang) -> list[str]:
    if not texts:
        return []
    lines = [f"{title}{words.COLON.in_(lang)}".rstrip()]
    for place, text in enumerate(texts, start=1):
        lines += _wrapped(f"{place}. ", text, 1)
    return lines


def _figures(rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Titles with figures to the right of them, the decimal points in one column where places agree."""
    titles = [visible(title) for title, _ in rows]
    wide = min(max(map(width, titles)), _LINE_WIDTH - 20)
    right = max(width(text) for _, text in rows)
    for title, (_, text) in zip(titles, rows, strict=True):
        shown = shortened(title, wide)
        yield f"{_INDENT}{_padded(shown, wide, right=False)}{_INDENT}{_padded(text, right, right=True)}"


def shortened(text: str, wide: int) -> str:
    """The text, cut where it is wider than that many columns."""
    if width(text) <= wide:
        return text
    while width(text) > wide - 2:
        text = text[:-1]
    return f"{text}……"[: len(text) + 1]


def _item(item: Item, depth: int, lang: Lang) -> Iterator[str]:
    possible = "" if item.possible is None else _of(item.possible, lang)
    yield from _wrapped("", f"{item.heading}{words.COLON.in_(lang)}{item.score}{possible}", depth)
    if item.facts:
        yield from _wrapped("", words.SEMICOLON.in_(lang).join(item.facts), depth + 1)
    for note in item.notes:
        yield from _wrapped("", note, depth + 1)
    for child in item.children:
        yield from _item(child, depth + 1, lang)
    yield from _item_steps(item.steps, depth + 1, lang)


def _of(possible: str, lang: Lang) -> str:
    return f"（可得 {possible}）" if lang == "zh" else f" (of {possible})"


def _item_steps(steps: tuple[Said, ...], depth: int, lang: Lang) -> Iterator[str]:
    for step in steps:
        yield from _wrapped("· ", step.text, depth)
        for text in step.compared:
            yield from _wrapped("", text, depth + 1)
        for text in step.read:
            yield from _wrapped(f"{words.SOURCES.in_(lang)}{words.COLON.in_(lang)}", text, depth + 1)


def _wrapped(mark: str, text: str, depth: int) -> Iterator[str]:
    """A text behind its mark, broken where a line would grow too long; later lines stand under the text."""
    begin, hang = _INDENT * depth, " " * min(width(mark), 4)
    line = begin + mark
    taken = width(line)  # counted along: a long text has thousands of pieces
    for word in _pieces(visible(text)):
        wide = width(word)
        if taken + wide - (len(word) - len(word.rstrip())) > _LINE_WIDTH and line.strip() and word.strip():
            yield line.rstrip()
            line = begin + hang + word.lstrip()
            taken = width(line)
        else:
            line += word
            taken += wide
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Where a line may be broken: behind blanks, and between Chinese characters; never before a closing mark."""
    piece = ""
    for place, character in enumerate(text):
        piece += character
        following = text[place + 1 : place + 2]
        # A figure keeps its unit: 34.85 分.
        kept = character == " " and text[place - 1 : place].isdigit() and width(following) == 2
        breaks = (character == " " and not kept) or (
            width(character) == 2 and following not in _CLOSERS and character not in "（“"
        )
        if breaks and following:
            yield piece
            piece = ""
    yield piece
