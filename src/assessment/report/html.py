"""Rule set, ranking and breakdown as HTML for notebooks: no script, folding by `<details>`, light and dark.

Every text is escaped, and long tables are cut with a line that says so. The style names no fixed colour for text or
background, so it takes those of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from assessment.audit.amount import amount_text
from assessment.audit.record import Amount, Breakdown, ResultRecord
from assessment.core.types import POINTS
from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.text import visible
from assessment.number import plain_text
from assessment.report import words
from assessment.report.explain import Item, Said, explain
from assessment.report.periods import periods_table
from assessment.report.small_print import SmallPrint, small_print
from assessment.report.table import Cell, Column, Table
from assessment.report.view import view
from assessment.semantics.model import CheckedRules, ScoreNode

MOST_ROWS = 200
"""Rows of a table that are shown; a notebook is no place for a million."""

_LONG_HEADING = 12
"""Characters from which a heading is given room."""

_STYLE = """<style>
.assessment{font-size:.95em;line-height:1.5;max-width:75em}
.assessment table{border-collapse:collapse;margin:.5em 0;display:block;overflow-x:auto;max-width:100%}
.assessment th,.assessment td{border-bottom:1px solid rgba(127,127,127,.4);padding:.2em .6em;text-align:left;vertical-align:baseline;background:none;color:inherit}
.assessment th,.assessment td{min-width:4em}
.assessment th{font-weight:600;border-bottom-width:2px;vertical-align:bottom}
.assessment .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.assessment th.n{white-space:normal}
.assessment th.l{min-width:9em}
.assessment .label{border-left:.3em solid #d08700;padding:.1em .6em;margin:.4em 0}
.assessment .fact,.assessment .read{opacity:.75;font-size:.9em}
.assessment .fact{margin:.2em 0}
.assessment details{margin:.2em 0 .2em 1em}
.assessment summary{cursor:pointer}
.assessment ul{margin:.2em 0;padding-left:1.4em}
</style>"""


def result_html(result: ResultRecord, lang: Lang) -> str:
    """The ranking of a result, with the table of scores folded below it."""
    shown = view(result, lang)
    parts = [
        _heading(shown.heading),
        _labels(shown.labels, lang),
        _table(shown.ranking, lang),
        _folded(words.DETAIL.in_(lang), _table(shown.detail, lang)),
        _small_print(shown.small_print),
    ]
    return _page(parts)


def periods_html(results: Sequence[ResultRecord], lang: Lang) -> str:
    """The table across several years, with the ranking of each folded below it."""
    table = periods_table(results, lang)
    parts = [_heading(table.title), _labels(results[0].labels, lang), _table(table, lang)]
    for one in results:
        shown = view(one, lang)
        parts.append(_folded(shown.heading, _table(shown.ranking, lang)))
    shown = view(results[-1], lang)
    return _page([*parts, _small_print(shown.small_print)])


def breakdown_html(breakdown: Breakdown, lang: Lang) -> str:
    """The breakdown of one region: totals first, every indicator folded with its steps."""
    found = explain(breakdown, lang)
    figures = Table(
        name="",
        title="",
        columns=(Column(title=words.ITEM.in_(lang)), Column(title=words.SCORE.in_(lang), number=True)),
        rows=tuple((Cell(text=title), Cell(text=text)) for title, text in found.contributions),
    )
    items = found.item.children or (found.item,)
    whole = _steps((*found.item.steps, *found.closing), lang) if found.item.children else ""
    parts = [
        _heading(found.heading),
        _labels(found.labels, lang),
        f"<p><strong>{_text(found.region)}</strong><br>{_text(words.SEMICOLON.in_(lang).join(found.summary))}</p>",
        _folded(words.CONTRIBUTIONS.in_(lang), _table(figures, lang)) if found.contributions else "",
        *(_item(item, lang) for item in items),
        whole,
        *(_item(item, lang) for item in found.results),
        _small_print(found.small_print),
    ]
    return _page(parts)


def rules_html(rules: CheckedRules, lang: Lang) -> str:
    """A rule set as the published table: indicators with ※, points, departments and clause."""
    departments = {one.name: one.title or one.name for one in rules.departments}
    size = words.POINTS if rules.scale.points is not None else words.WEIGHT
    heads = (words.CATEGORY, words.NUMBER, words.INDICATOR, size, words.DEPARTMENTS, words.CLAUSE)
    rows: list[tuple[Cell, ...]] = []
    for category in rules.tree.children:
        below = [node for node in category.walk() if node.level == "indicator"] or [category]
        for place, node in enumerate(below):
            owners = words.LISTED.in_(lang).join(departments.get(name, name) for name in node.departments)
            rows.append(
                (
                    Cell(
                        text=(category.title or category.name)
                        if place == 0 and category.level == "category"
                        else ""
                    ),
                    Cell(text=(node.number or "") + (" ※" if node.key else "")),
                    Cell(
                        text=(node.title or node.name)
                        if node is not category or category.level != "category"
                        else ""
                    ),
                    Cell(text=_size(node, rules, lang)),
                    Cell(text=owners),
                    Cell(text=node.clause or ""),
                )
            )
    for above in rules.tree.walk():
        for node in above.adjustments:
            word = words.BONUS if node.level == "bonus" else words.DEDUCTION
            owners = words.LISTED.in_(lang).join(departments.get(name, name) for name in node.departments)
            beside = "" if above.level == "total" else above.title or above.name
            most = "" if node.uncapped else words.AT_MOST.in_(lang) + _size(node, rules, lang)
            texts = (beside, word.in_(lang), node.title or node.name, most, owners, node.clause or "")
            rows.append(tuple(Cell(text=text) for text in texts))
    columns = tuple(Column(title=head.in_(lang), number=head is size) for head in heads)
    of_year = rules.year if rules.of_year is None else rules.of_year
    year = "" if of_year is None else (f"（{of_year} 年度）" if lang == "zh" else f", {of_year}")
    parts = [
        _heading((rules.title or rules.name) + year),
        f'<p class="fact">{_text(words.LISTED.in_(lang).join((rules.name, *rules.authority)))}</p>',
        _table(Table(name="", title="", columns=columns, rows=tuple(rows)), lang),
        _small_print(small_print(rules, lang)),
    ]
    return _page(parts)


def _size(node: ScoreNode, rules: CheckedRules, lang: Lang) -> str:
    if node.by_group:
        stated = ((one, node.by_group[one.name]) for one in rules.groups)
        none = words.NONE.in_(lang)
        shown = (
            f"{one.title or one.name} {none if points is None else amount_text(Amount(value=points, type=POINTS), lang)}"
            for one, points in stated
        )
        return words.LISTED.in_(lang).join(shown)
    if rules.scale.points is not None:
        return "" if node.points is None else amount_text(Amount(value=node.points, type=POINTS), lang)
    return "" if node.weight is None else plain_text(node.weight)


# ── pieces ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _page(parts: Iterable[str]) -> str:
    return f'<div class="assessment">{_STYLE}{"".join(parts)}</div>'


def _text(text: str) -> str:
    return escape(visible(text), quote=True)


def _heading(text: str) -> str:
    return f"<h4>{_text(text)}</h4>"


def _labels(labels: tuple[str, ...], lang: Lang) -> str:
    begin = f"{words.DATA_LABEL.in_(lang)}{words.COLON.in_(lang)}"
    return "".join(f'<p class="label">{_text(begin + label)}</p>' for label in labels)


def _table(table: Table, lang: Lang) -> str:
    def cell(tag: str, text: str, column: Column) -> str:
        # A long heading over figures is broken into lines, but not into a column of single characters.
        long = tag == "th" and len(text) > _LONG_HEADING
        kind = f' class="n{" l" if long else ""}"' if column.number else ""
        return f"<{tag}{kind}>{_text(text)}</{tag}>"

    head = "".join(cell("th", column.title, column) for column in table.columns)
    rows = [
        "".join(cell("td", one.text, column) for one, column in zip(row, table.columns, strict=True))
        for row in table.rows[:MOST_ROWS]
    ]
    cut = len(table.rows) - len(rows)
    note = f"……另有 {cut} 行" if lang == "zh" else f"… {cut} more rows"
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" + (
        f'<p class="fact">{_text(note)}</p>' if cut else ""
    )


def _folded(title: str, content: str) -> str:
    return f"<details><summary>{_text(title)}</summary>{content}</details>"


def _item(item: Item, lang: Lang) -> str:
    possible = (
        ""
        if item.possible is None
        else (f"（可得 {item.possible}）" if lang == "zh" else f" (of {item.possible})")
    )
    title = f"{item.heading}{words.COLON.in_(lang)}{item.score}{possible}"
    facts = words.SEMICOLON.in_(lang).join(item.facts)
    content = [f'<p class="fact">{_text(facts)}</p>' if facts else ""]
    content += [f'<p class="fact">{_text(note)}</p>' for note in item.notes]
    content += [_item(child, lang) for child in item.children]
    content.append(_steps(item.steps, lang))
    return _folded(title, "".join(content))


def _steps(steps: tuple[Said, ...], lang: Lang) -> str:
    if not steps:
        return ""
    rows = []
    for step in steps:
        sources = f"{words.SOURCES.in_(lang)}{words.COLON.in_(lang)}"
        more = "".join(
            f'<br><span class="read">{_text(text)}</span>'
            for text in (*step.compared, *(sources + read for read in step.read))
        )
        rows.append(f"<li>{_text(step.text)}{more}</li>")
    return f"<ul>{''.join(rows)}</ul>"


def _small_print(parts: SmallPrint) -> str:
    shown = []
    for title, texts in parts:
        rows = "".join(f"<li>{_text(text)}</li>" for text in texts)
        shown.append(_folded(title, f"<ul>{rows}</ul>"))
    return "".join(shown)
