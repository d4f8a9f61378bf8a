"""What the explanation of one region shows: every line with its facts, and every step as a sentence, in order."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from assessment.audit.amount import amount_text, decimal_of, with_unit
from assessment.audit.fields import field_texts
from assessment.audit.lines import (
    file_of,
    heading,
    limit_note,
    marks_note,
    places_note,
    redistribution,
    stated_for,
    veto_note,
)
from assessment.audit.record import Amount, Breakdown, Field, FurtherResult, Ingredient, Line, Step
from assessment.audit.rows import row_texts
from assessment.audit.sentences import input_text, sentence
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.model import Span
from assessment.report import words
from assessment.report.small_print import SmallPrint, small_print
from assessment.report.view import title_of
from assessment.semantics.model import COUNTS_AS


@frozen(kw_only=True)
class Said:
    """A step: its sentence, the regions it looked at, and the cells that were read for it."""

    id: str
    text: str
    compared: tuple[str, ...]
    read: tuple[str, ...]
    rule: str | None


@frozen(kw_only=True)
class Item:
    """A line of the breakdown with its steps and the lines below it.

    `score` is as published, with its unit; `possible` the points that could be earned, None in an index; `facts` are
    clause, departments and the line of the rule file; `notes` are moved points and assumptions.
    """

    id: str
    level: str
    heading: str
    score: str
    possible: str | None
    facts: tuple[str, ...]
    notes: tuple[str, ...]
    steps: tuple[Said, ...]
    children: tuple[Item, ...]

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Item]]:
        """The item and all below it with their depth, parents first."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


@frozen(kw_only=True)
class Explanation:
    """The explanation of one region, or of one line of it; `results` are the further results of the rules."""

    heading: str
    region: str
    labels: tuple[str, ...]
    summary: tuple[str, ...]
    contributions: tuple[tuple[str, str], ...]
    item: Item
    closing: tuple[Said, ...]
    results: tuple[Item, ...]
    small_print: SmallPrint
    lang: Lang


def explain(breakdown: Breakdown, lang: Lang, *, line: str | None = None) -> Explanation:
    """The explanation of a region; with the id of a `line`, of that line and what is below it alone."""
    root, parent = breakdown.root, None
    if line is not None:
        tops = {top.id: top for top in (breakdown.root, *(result.root for result in breakdown.results))}
        root = tops.get(line, root)
        for one in (one for top in tops.values() for one in top.walk()):
            for child in (*one.children, *one.adjustments):
                if child.id == line:
                    root, parent = child, one
    whole = root is breakdown.root
    return Explanation(
        heading=title_of(breakdown.title or breakdown.rules, breakdown.period, lang),
        region=_region(breakdown, lang),
        labels=breakdown.labels,
        summary=_summary(breakdown, lang),
        contributions=_contributions(breakdown, lang) if whole else (),
        item=_item(root, parent, breakdown, lang, _Told()),
        closing=_closing(breakdown, lang) if whole else (),
        results=tuple(
            _item(result.root, None, breakdown, lang, _Told()) for result in breakdown.results if whole
        ),
        small_print=small_print(breakdown, lang) if whole else (),
        lang=lang,
    )


def _region(breakdown: Breakdown, lang: Lang) -> str:
    group = breakdown.group_title or breakdown.group
    if group is None:
        return breakdown.region
    if "（" in group or "(" in group:
        return f"{breakdown.region} · {group}"  # brackets within brackets are hard to read
    return f"{breakdown.region}（{group}）" if lang == "zh" else f"{breakdown.region} ({group})"


def _summary(breakdown: Breakdown, lang: Lang) -> tuple[str, ...]:
    """Total, grade, ranks and key subtotal, a phrase each."""
    colon = words.COLON.in_(lang)
    root = breakdown.root
    total = words.TOTAL if root.possible.type.kind is Kind.POINTS else words.RESULT
    found = [f"{total.in_(lang)}{colon}{score_text(root, lang)}"]
    if breakdown.grade is not None:
        note = limit_note(breakdown, lang)
        grade = amount_text(breakdown.grade, lang)
        noted = "" if note is None else f"（{note}）" if lang == "zh" else f" ({note})"
        found.append(f"{words.GRADE.in_(lang)}{colon}{grade}{noted}")
    vetoed = veto_note(breakdown, lang)
    if vetoed is not None:
        found.append(vetoed)
    marks = marks_note(breakdown, lang)
    if marks is not None:
        found.append(f"{words.MARKS.in_(lang)}{colon}{marks}")
    for over, rank in breakdown.ranks.items():
        told = over == "all" or breakdown.group is not None
        if told and not isinstance(rank.value, Absence):
            place = _place(over, rank, breakdown.sizes, breakdown, lang)
            last = breakdown.from_bottom.get(over)
            found.append(place if last is None else _with_last(place, amount_text(last, lang), lang))
    if breakdown.key_total is not None:
        shown = _with_places(breakdown.key_total, root.places, lang)
        found.append(f"{words.KEY_TOTAL.in_(lang)}{colon}{shown}")
    return (*found, *(_further(result, breakdown, lang) for result in breakdown.results))


def _further(result: FurtherResult, breakdown: Breakdown, lang: Lang) -> str:
    """A further result with its place in the field that it is ranked in."""
    text = f"{result.title}{words.COLON.in_(lang)}{score_text(result.root, lang)}"
    rank = None if result.within is None else result.ranks.get(result.within)
    if rank is None or result.within is None or isinstance(rank.value, Absence):
        return text
    place = _place(result.within, rank, result.sizes, breakdown, lang)
    if lang == "zh":
        return f"{text}，{place}" if "（" in place else f"{text}（{place}）"
    return f"{text}, {place}"


def _with_last(place: str, last: str, lang: Lang) -> str:
    """A place with the one from the bottom: `place 3 of 8, place 6 from the bottom`, `第 3 名（共 8 个，倒数第 6 名）`."""
    return f"{place[:-1]}，倒数{last}）" if lang == "zh" else f"{place}, {last} from the bottom"


def _place(over: str, rank: Amount, sizes: dict[str, int], breakdown: Breakdown, lang: Lang) -> str:
    place, size = amount_text(rank, lang), sizes.get(over, 0)
    if breakdown.group is None:
        return f"{place}（共 {size} 个）" if lang == "zh" else f"{place} of {size}"
    if lang == "zh":
        return f"{'同组' if over == 'group' else '不分组'}{place}（共 {size} 个）"
    return f"{place} of {size} {'in the group' if over == 'group' else 'in all groups'}"


def _contributions(breakdown: Breakdown, lang: Lang) -> tuple[tuple[str, str], ...]:
    by_id = {line.id: line for line in breakdown.root.walk()}
    found = []
    for one in breakdown.contributions:
        line = by_id.get(one.line)
        title = heading(line, lang) if line is not None else one.title.in_(lang)
        places = breakdown.root.places if line is None else line.places
        found.append((title, decimal_of(one.amount, places) or amount_text(one.amount, lang)))
    return tuple(found)


def _closing(breakdown: Breakdown, lang: Lang) -> tuple[Said, ...]:
    steps = [*breakdown.key_steps, *([] if breakdown.grading is None else [breakdown.grading])]
    steps += [*breakdown.standing, *breakdown.limits, *breakdown.vetoes]
    said = [_said(step, breakdown, lang) for step in steps]
    for mark in breakdown.marks:
        first, *others = mark.steps
        said += [
            _said(first, breakdown, lang, places_note(mark, lang)),
            *(_said(step, breakdown, lang) for step in others),
        ]
    return tuple(said)


def _said(step: Step, breakdown: Breakdown, lang: Lang, compared: tuple[str, ...] = ()) -> Said:
    return Said(
        id=step.id,
        text=sentence(step, lang, period=breakdown.period),
        compared=compared,
        read=tuple(input_text(one, lang) for one in step.ingredients if one.observation is not None),
        rule=rule_text(step.span, lang),
    )


class _Told:
    """What was told already in an indicator: a cell is told by the first step that reads it, a measure once."""

    def __init__(self) -> None:
        self._cells: set[tuple[str, int, str | None]] = set()
        self._measures: set[str] = set()

    def first_read(self, ingredients: tuple[Ingredient, ...]) -> Iterator[Ingredient]:
        """The inputs that no step has told."""
        for one in ingredients:
            if one.input is not None and (one.input, one.period, one.region) not in self._cells:
                self._cells.add((one.input, one.period, one.region))
                yield one

    def is_new(self, step: Step, text: str) -> bool:
        """Whether a step must be told: all but a measure in the very same words."""
        if step.kind != "measure":
            return True
        new = text not in self._measures
        self._measures.add(text)
        return new


def _item(line: Line, parent: Line | None, breakdown: Breakdown, lang: Lang, told: _Told) -> Item:
    of_group, moved = stated_for(line, lang), redistribution(line, parent, lang)
    notes = [note for note in (of_group, moved) if note]
    if line.status == "estimated":
        notes.append(words.ESTIMATED.in_(lang))
    if line.estimates:
        names = words.LISTED.in_(lang).join(line.estimates)
        notes.append(f"{words.OTHERS_ESTIMATED.in_(lang)}{words.COLON.in_(lang)}{names}")
    if line.level != "total":
        notes += [f"{words.ASSUMED.in_(lang)}{words.COLON.in_(lang)}{text}" for text in line.assumptions]
    in_points = line.possible.type.kind is Kind.POINTS and not isinstance(line.possible.value, Absence)
    in_points = in_points and line.status is not Absence.NOT_APPLICABLE
    seen = told if line.level == "part" else _Told()
    return Item(
        id=line.id,
        level=line.level,
        heading=heading(line, lang),
        score=score_text(line, lang),
        possible=amount_text(line.possible, lang) if in_points else None,
        facts=_facts(line, lang),
        notes=tuple(notes),
        steps=_steps(line, breakdown.period, lang, seen),
        children=tuple(
            _item(child, line, breakdown, lang, seen) for child in (*line.children, *line.adjustments)
        ),
    )


def _facts(line: Line, lang: Lang) -> tuple[str, ...]:
    colon, joint = words.COLON.in_(lang), words.LISTED.in_(lang)
    found = []
    if line.clause:
        found.append(f"{words.CLAUSE.in_(lang)}{colon}{line.clause}")
    if line.departments:
        found.append(f"{words.DEPARTMENTS.in_(lang)}{colon}{joint.join(line.departments)}")
    rule = rule_text(line.span, lang)
    if rule is not None and line.level != "total":
        found.append(f"{words.RULE.in_(lang)}{colon}{rule}")
    return tuple(found)


def _steps(line: Line, period: int, lang: Lang, told: _Told) -> tuple[Said, ...]:
    found = []
    before: Step | None = None
    for step in line.steps:
        text = sentence(step, lang, line=line, period=period)
        if not _says_nothing_new(step, before) and told.is_new(step, text):
            found.append(
                Said(
                    id=step.id,
                    text=text,
                    compared=(*row_texts(step, lang), *field_texts(_told_otherwise(step), lang)),
                    read=tuple(input_text(one, lang) for one in told.first_read(step.ingredients)),
                    rule=rule_text(step.span, lang),
                )
            )
        before = step
    return tuple(found)


def _told_otherwise(step: Step) -> tuple[Field, ...]:
    """The fields of a step that are not told row by row already."""
    return step.fields if not step.rows else tuple(one for one in step.fields if one.over != "rows")


def _says_nothing_new(step: Step, before: Step | None) -> bool:
    """Points after a method that already yields them, a sum of one line, a rounding of nothing: they repeat a figure."""
    if step.name == COUNTS_AS:
        return step.ingredients[0].amount.value == step.result.value
    if step.kind == "points" and before is not None and before.kind == "method":
        return before.result.type.kind is Kind.POINTS and before.result.value == step.result.value
    if step.kind == "rounding":
        return step.ingredients[0].amount.value == step.result.value
    return (
        step.kind == "join"
        and len(step.ingredients) == 1
        and step.ingredients[0].amount.value == step.result.value
    )


def score_text(line: Line, lang: Lang) -> str:
    """The published score of a line with its unit, or why there is none."""
    return _with_places(line.score, line.places, lang)


def _with_places(amount: Amount, places: int | None, lang: Lang) -> str:
    digits = None if places is None else decimal_of(amount, places)
    if digits is None or amount.type.kind not in (Kind.POINTS, Kind.NUMBER):
        return amount_text(amount, lang)
    return with_unit(digits, amount.type, lang, one=amount.value == 1)


def rule_text(span: Span | None, lang: Lang) -> str | None:
    """File and line of a place in the rules."""
    if span is None:
        return None
    return f"{file_of(span)} 第 {span.line} 行" if lang == "zh" else f"{file_of(span)}, line {span.line}"
