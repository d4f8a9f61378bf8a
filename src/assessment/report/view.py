"""What a report of a whole result shows: the ranking and the table of scores, as texts; nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from attrs import frozen

from assessment.audit.amount import IN_PERCENT, amount_text, decimal_of
from assessment.audit.lines import (
    estimated_lines,
    heading,
    limit_note,
    marks_note,
    number_of,
    published_lines,
    veto_note,
)
from assessment.audit.record import Amount, Breakdown, Line, RegionRecord, ResultRecord
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Lang
from assessment.evaluation.facts import Value
from assessment.report import words
from assessment.report.small_print import SmallPrint, small_print
from assessment.report.table import Cell, Column, Table, figure
from assessment.semantics.model import CheckedRules

Within = Literal["group", "all"]


@frozen(kw_only=True)
class View:
    """A whole result as it is shown: its heading, what the data say of themselves, the two tables, and the small print."""

    title: str
    period: int
    labels: tuple[str, ...]
    ranking: Table
    detail: Table
    small_print: SmallPrint
    lang: Lang

    @property
    def heading(self) -> str:
        """Title and year."""
        return title_of(self.title, self.period, self.lang)


def view(result: ResultRecord, lang: Lang, *, within: Within | None = None) -> View:
    """The view of a result; `within` is the field of the ranks, that of the rules unless stated."""
    rules = result.rules
    if within is None and rules.ranking is not None:
        within = rules.ranking.within
    ranked = tuple(result.ranking(within)) if rules.ranking is not None else tuple(result)
    return View(
        title=rules.title or rules.name,
        period=result.period,
        labels=result.labels,
        ranking=_ranking(result, ranked, within if rules.ranking is not None else None, lang),
        detail=_detail(ranked, lang),
        small_print=small_print(rules, lang),
        lang=lang,
    )


def title_of(title: str, period: int, lang: Lang) -> str:
    """The heading of a report."""
    return f"{title}（{period} 年度）" if lang == "zh" else f"{title}, {period}"


# ── the ranking ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _ranking(
    result: ResultRecord, ranked: tuple[RegionRecord, ...], within: Within | None, lang: Lang
) -> Table:
    rules = result.rules
    breakdowns = [one.breakdown for one in ranked]
    remarks = [
        _remarks(one, before, result, within, lang)
        for before, one in zip((None, *breakdowns), breakdowns, strict=False)
    ]
    shows = {
        words.GROUP: bool(rules.groups),
        words.RANK: within is not None,
        words.FROM_BOTTOM: within is not None and any(one.from_bottom for one in breakdowns),
        words.REGION: True,
        words.TOTAL: True,
        words.GRADE: bool(rules.grades),
        words.MARKS: bool(rules.marks),
        words.KEY_TOTAL: any(one.key_total is not None for one in breakdowns),
        words.RESTS_ON_ESTIMATES: rests_on_estimates(breakdowns),
        words.REMARK: any(remarks),
    }
    further = _further_columns(breakdowns, lang)
    behind = (words.RESTS_ON_ESTIMATES, words.REMARK)
    rows = []
    for place, (one, remark) in enumerate(zip(breakdowns, remarks, strict=True)):
        cells = {
            words.GROUP: Cell(text=one.group_title or one.group or ""),
            words.RANK: _rank(one.ranks, within),
            words.FROM_BOTTOM: _rank(one.from_bottom, within),
            words.REGION: Cell(text=one.region),
            words.TOTAL: published(one.root, lang),
            words.GRADE: Cell(text=_grade(one, lang)),
            words.MARKS: Cell(text=marks_note(one, lang) or ""),
            words.KEY_TOTAL: _figure(one.key_total, one.root.places, lang),
            words.RESTS_ON_ESTIMATES: estimates(one, lang),
            words.REMARK: Cell(text=remark),
        }
        own = tuple(cells[word] for word, shown in shows.items() if shown and word not in behind)
        last = tuple(cells[word] for word in behind if shows[word])
        rows.append((*own, *(column[1][place] for column in further), *last))
    numbers = (words.RANK, words.FROM_BOTTOM, words.TOTAL, words.KEY_TOTAL)
    heading = words.TOTAL if rules.scale.points is not None else words.RESULT
    own_columns = [
        Column(title=(heading if word is words.TOTAL else word).in_(lang), number=word in numbers)
        for word, shown in shows.items()
        if shown
    ]
    at = len(own_columns) - sum(shows[word] for word in behind)
    columns = (*own_columns[:at], *(column for column, _ in further), *own_columns[at:])
    title = title_of(rules.title or rules.name, result.period, lang)
    return Table(name=words.RANKING.in_(lang), title=title, columns=columns, rows=tuple(rows))


def _further_columns(breakdowns: list[Breakdown], lang: Lang) -> list[tuple[Column, tuple[Cell, ...]]]:
    """The further results as columns with their cells, each with its places behind it where it is ranked."""
    found = []
    for place, result in enumerate(breakdowns[0].results if breakdowns else ()):
        all_of = [one.results[place] for one in breakdowns]
        percent = result.root.score.type.kind in IN_PERCENT
        head = (
            result.title if not percent else f"{result.title}（%）" if lang == "zh" else f"{result.title} (%)"
        )
        found.append((Column(title=head, number=True), tuple(published(one.root, lang) for one in all_of)))
        if result.within is not None:
            rank = words.RANK.in_(lang)
            title = f"{result.title}{rank}" if lang == "zh" else f"{result.title}: {rank.lower()}"
            ranks = [one.ranks.get(one.within) if one.within is not None else None for one in all_of]
            cells = tuple(
                figure(None if rank is None else decimal_of(rank, None), words.NONE.en) for rank in ranks
            )
            found.append((Column(title=title, number=True), cells))
    return found


def _rank(ranks: dict[str, Amount], within: Within | None) -> Cell:
    rank = None if within is None else ranks.get(within)
    return figure(None if rank is None else decimal_of(rank, None), words.NONE.en)


def _grade(one: Breakdown, lang: Lang) -> str:
    if one.grade is None or isinstance(one.grade.value, Absence):
        return words.NONE.en
    return amount_text(one.grade, lang)


def _remarks(
    one: Breakdown, before: Breakdown | None, result: ResultRecord, within: Within | None, lang: Lang
) -> str:
    """What is to be said of a region beside its figures; `before` is the one ranked before it."""
    found = [limit_note(one, lang), veto_note(one, lang)]
    if before is not None and within is not None:
        found.append(_tie_broken(one, before, result.rules, within, lang))
    if any(group.reference and group.name == one.group for group in result.rules.groups):
        found.append(words.REFERENCE.in_(lang))
    return words.SEMICOLON.in_(lang).join(text for text in found if text)


def _tie_broken(
    one: Breakdown, before: Breakdown, rules: CheckedRules, within: Within, lang: Lang
) -> str | None:
    """By what a region of an equal total stands behind another; None where totals or places say it themselves."""
    place, other = one.ranks.get(within), before.ranks.get(within)
    if place is None or other is None or isinstance(place.value, Absence) or place.value == other.value:
        return None
    if (within == "group" and one.group != before.group) or one.root.score.value != before.root.score.value:
        return None
    for key, _ in rules.ranking.keys if rules.ranking is not None else ():
        found, ahead = _key_of(key, one, rules, lang), _key_of(key, before, rules, lang)
        if found is None or ahead is None or found[1] != ahead[1]:
            name = words.ORDER.in_(lang) if found is None or ahead is None else found[0]
            if lang == "zh":
                return f"总分与{before.region}相同，按{name}列其后"
            return f"total equal to that of {before.region}, placed behind it by {name}"
    return None


def _key_of(key: n.Node, one: Breakdown, rules: CheckedRules, lang: Lang) -> tuple[str, Value] | None:
    """The name and the value of a key of the ranking; None for one that is no published score."""
    if not isinstance(key, n.Score) or key.reading != "score":
        return None
    if key.path == "key total":
        return (words.KEY_TOTAL.in_(lang), one.key_total.value) if one.key_total is not None else None
    line = next((line for line in one.root.walk() if line.id == key.path), None)
    if line is None:
        return None
    taken = rules.compare if key.taken == "compared" else key.taken
    amount = line.score if taken == "rounded" else line.exact
    return heading(line, lang, title=False), amount.value


# ── the table of scores ──────────────────────────────────────────────────────────────────────────────────────────────


def _detail(ranked: tuple[RegionRecord, ...], lang: Lang) -> Table:
    """Regions down, indicators across; what rounding leaves over is a column of its own, so that rows add up."""
    breakdowns = [one.breakdown for one in ranked]
    if not breakdowns:
        return Table(name=words.DETAIL.in_(lang), title="", columns=(), rows=())
    heads = published_lines(breakdowns[0].root)
    residues = [
        next((c.amount for c in one.contributions if c.line == "residue"), None) for one in breakdowns
    ]
    with_residue = any(residue is not None for residue in residues)
    columns = [Column(title=words.REGION.in_(lang))]
    columns += [Column(title=column_title(line, lang), number=True) for line in heads]
    if with_residue:
        columns.append(Column(title=words.RESIDUE.in_(lang), number=True))
    total = words.TOTAL if breakdowns[0].contributions else words.RESULT
    columns.append(Column(title=total.in_(lang), number=True))
    with_estimates = rests_on_estimates(breakdowns)
    if with_estimates:
        columns.append(Column(title=words.RESTS_ON_ESTIMATES.in_(lang)))
    rows = []
    for one, residue in zip(breakdowns, residues, strict=True):
        by_id = {line.id: line for line in one.root.walk()}
        cells = [Cell(text=one.region), *(published(by_id[line.id], lang) for line in heads)]
        if with_residue:
            nothing = Amount(value=Fraction(0), type=one.root.score.type)
            cells.append(_figure(residue or nothing, one.root.places, lang))
        cells.append(published(one.root, lang))
        rows.append((*cells, estimates(one, lang)) if with_estimates else tuple(cells))
    title = title_of(breakdowns[0].title, breakdowns[0].period, lang)
    return Table(name=words.DETAIL.in_(lang), title=title, columns=tuple(columns), rows=tuple(rows))


def rests_on_estimates(breakdowns: Iterable[Breakdown]) -> bool:
    """Whether any score that is shown rests on an estimate."""
    return any(estimated_lines(one) for one in breakdowns)


def estimates(one: Breakdown, lang: Lang) -> Cell:
    """The scores of a region that rest on an estimate, by name."""
    names = (
        _result_name(line, one, lang)
        if line.level in ("total", "result")
        else heading(line, lang, title=False)
        for line in estimated_lines(one)
    )
    return Cell(text=words.LISTED.in_(lang).join(names))


def _result_name(line: Line, one: Breakdown, lang: Lang) -> str:
    """What the whole, or a further result, is called in a table."""
    title = next((result.title for result in one.results if result.root is line), None)
    total = words.TOTAL if one.root.possible.type.kind is Kind.POINTS else words.RESULT
    return total.in_(lang) if title is None else title


def column_title(line: Line, lang: Lang) -> str:
    """The heading of a line's column: number, ※, title and points."""
    if line.level in ("bonus", "deduction"):
        return heading(line, lang)
    pieces = [number_of(line), "※" if line.key else None, line.title or line.name]
    text = " ".join(piece for piece in pieces if piece)
    if line.points_for is not None:
        # The column is that of all groups.
        points = words.BY_GROUP.in_(lang)
        return f"{text}（{points}）" if lang == "zh" else f"{text} ({points})"
    if line.points is None or line.points.type.kind.value != "points":
        return text
    points = amount_text(line.points, lang)
    return f"{text}（{points}）" if lang == "zh" else f"{text} ({points})"


def published(line: Line, lang: Lang) -> Cell:
    """The published score of a line, or why there is none."""
    return _figure(line.score, line.places, lang)


def _figure(amount: Amount | None, places: int | None, lang: Lang) -> Cell:
    if amount is None:
        return Cell(text="")
    return figure(decimal_of(amount, places), amount_text(amount, lang))
