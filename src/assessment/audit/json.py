"""The one JSON form of a breakdown and of a whole result; `breakdown.schema.json` beside this module describes it.

Every number is text, exact and shown: a reader never has to trust a binary float. Keys that do not apply are `null`, so
objects of a kind always have the same keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib.resources import files
from typing import Any

from assessment import number
from assessment.audit.amount import amount_text, day_text, decimal_of
from assessment.audit.fields import field_texts
from assessment.audit.lines import file_of, limit_note, redistribution, veto_note
from assessment.audit.record import (
    Amount,
    Breakdown,
    Field,
    FurtherResult,
    Ingredient,
    Line,
    Marking,
    ResultRecord,
    RowRecord,
    Step,
)
from assessment.audit.rows import row_text
from assessment.audit.sentences import both
from assessment.core.absence import Absence
from assessment.core.types import Kind, Type
from assessment.data.model import Observation
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.model import Diagnostic, Span
from assessment.evaluation.facts import Scalar, Undecided
from assessment.number import Irrational

FORM = "assessment.breakdown/1"
"""What `form` says in a breakdown; the number changes when a reader must change."""

RESULT_FORM = "assessment.result/1"
"""What `form` says in a whole result."""

PERIODS_FORM = "assessment.periods/1"
"""What `form` says in the results of several years."""

Json = dict[str, Any]


def to_json(breakdown: Breakdown) -> Json:
    """A breakdown as plain dictionaries, lists, texts, whole numbers and yes or no, ready for `json.dumps`."""
    return {
        "form": FORM,
        "rules": breakdown.rules,
        "title": breakdown.title,
        "region": breakdown.region,
        "group": breakdown.group,
        "group_title": breakdown.group_title,
        "period": breakdown.period,
        "total": _published(breakdown.root),
        "key_total": _maybe(breakdown.key_total),
        "ranks": {over: _amount(rank) for over, rank in breakdown.ranks.items()},
        "from_bottom": {over: _amount(rank) for over, rank in breakdown.from_bottom.items()},
        "sizes": dict(breakdown.sizes),
        "earned_grade": _maybe(breakdown.earned_grade),
        "grade": _maybe(breakdown.grade),
        "grading": None if breakdown.grading is None else _step(breakdown.grading, None, breakdown.period),
        "standing": [_step(step, None, breakdown.period) for step in breakdown.standing],
        "key_steps": [_step(step, None, breakdown.period) for step in breakdown.key_steps],
        "vetoes": [_step(step, None, breakdown.period) for step in breakdown.vetoes],
        "unvetoed": _maybe(breakdown.unvetoed),
        "barred": list(breakdown.barred),
        "unranked": breakdown.unranked,
        "vetoed": _said(lambda lang: veto_note(breakdown, lang)),
        "marks": [_marking(one, breakdown.period) for one in breakdown.marks],
        "limits": [_step(step, None, breakdown.period) for step in breakdown.limits],
        "limited": _said(lambda lang: limit_note(breakdown, lang)),
        "contributions": _contributions(breakdown),
        "root": _line(breakdown.root, None, breakdown.period),
        "results": [_result(one, breakdown.period) for one in breakdown.results],
        "labels": list(breakdown.labels),
        "assumptions": list(breakdown.assumptions),
        "left_out": list(breakdown.left_out),
        "allowed": [{"code": one.code, "reason": one.reason} for one in breakdown.allowances],
    }


def result_to_json(result: ResultRecord) -> Json:
    """A whole result: the regions in the order of their ranks, each with its breakdown."""
    ranking = result.rules.ranking
    return {
        "form": RESULT_FORM,
        "rules": result.rules.name,
        "title": result.rules.title,
        "period": result.period,
        "ranked_within": None if ranking is None else ranking.within,
        "labels": list(result.labels),
        "remarks": [_remark(one) for one in result.remarks],
        "regions": [to_json(one.breakdown) for one in result.ranking()],
    }


def periods_to_json(results: Sequence[ResultRecord]) -> Json:
    """The results of several years in one run, the earliest first."""
    return {"form": PERIODS_FORM, "results": [result_to_json(one) for one in results]}


def schema_text() -> str:
    """The JSON Schema of both forms, as it is published."""
    return files("assessment.audit").joinpath("breakdown.schema.json").read_text(encoding="utf-8")


def dumps(data: Json) -> str:
    """The text of a JSON form, with Chinese readable and a line break at the end; always valid UTF-8 once encoded."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


# ── the parts ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _marking(one: Marking, period: int) -> Json:
    """A mark with the steps that say whether the region has it, and who has the places."""
    return {
        "name": one.name,
        "title": one.title,
        "held": _amount(one.held),
        "steps": [_step(step, None, period) for step in one.steps],
        "holders": list(one.holders),
        "line": _maybe(one.line),
        "tied": list(one.tied),
    }


def _result(one: FurtherResult, period: int) -> Json:
    """A further result with its line, its steps and what is below it."""
    return {
        "name": one.name,
        "title": one.title,
        "published": _published(one.root),
        "ranked_within": one.within,
        "ranks": {over: _amount(rank) for over, rank in one.ranks.items()},
        "sizes": dict(one.sizes),
        "root": _line(one.root, None, period),
    }


def _line(line: Line, parent: Line | None, period: int) -> Json:
    return {
        "id": line.id,
        "level": line.level,
        "name": line.name,
        "number": line.number,
        "title": line.title,
        "key": line.key,
        "status": line.status.value if isinstance(line.status, Absence) else line.status,
        "points": _maybe(line.points),
        "points_for": line.points_for,
        "possible": _amount(line.possible),
        "redistribution": _said(lambda lang: redistribution(line, parent, lang)),
        "rate": _amount(line.rate),
        "exact": _amount(line.exact),
        "score": _amount(line.score),
        "published": _published(line),
        "residue": _maybe(line.residue),
        "coverage": _maybe(line.coverage),
        "estimates": list(line.estimates),
        "clause": line.clause,
        "departments": list(line.departments),
        "assumptions": list(line.assumptions),
        "rule": _place(line.span),
        "steps": [_step(step, line, period) for step in line.steps],
        "children": [_line(child, line, period) for child in line.children],
        "adjustments": [_line(one, line, period) for one in line.adjustments],
    }


def _published(line: Line) -> str | None:
    """The score as published, with all its decimal places; None where there is none."""
    return decimal_of(line.score, line.places)


def _contributions(breakdown: Breakdown) -> list[Json]:
    """What makes the total, each published with the places of its line; the residue with those of the total."""
    places = {line.id: line.places for line in breakdown.root.walk()}
    return [
        {
            "line": one.line,
            "title": _text(one.title),
            "amount": _amount(one.amount),
            "published": decimal_of(one.amount, places.get(one.line, breakdown.root.places)),
        }
        for one in breakdown.contributions
    ]


def _step(step: Step, line: Line | None, period: int) -> Json:
    return {
        "id": step.id,
        "kind": step.kind,
        "name": step.name,
        "title": _text(step.title),
        "formula": step.formula,
        "definition": None
        if step.definition is None
        else {"formula": step.definition.text, "rule": _place(step.definition.span)},
        "period": step.period,
        "region": step.region,
        "ingredients": [_ingredient(one) for one in step.ingredients],
        "fields": [_field(one) for one in step.fields],
        "rows": [_row(one) for one in step.rows],
        "branch": None if step.branch is None else _text(step.branch),
        "rounding": None if step.rounding is None else _text(step.rounding),
        "result": _amount(step.result),
        "sentence": _text(both(step, line, period)),
        "rule": _place(step.span),
    }


def _ingredient(one: Ingredient) -> Json:
    return {
        "name": one.name,
        "title": _text(one.title),
        "period": one.period,
        "amount": _amount(one.amount),
        "step": one.step,
        "input": one.input,
        "observation": None if one.observation is None else _observation(one.observation),
        "region": one.region,
    }


def _row(one: RowRecord) -> Json:
    return {
        "amount": _amount(one.amount),
        "observation": _observation(one.observation),
        "fields": [
            {
                "name": field.name,
                "title": _text(field.title),
                "amount": _amount(field.amount),
                "observation": _observation(field.observation),
            }
            for field in one.fields
        ],
        "counted": one.reason is None,
        "reason": None if one.reason is None else _text(one.reason),
        "earned": _maybe(one.earned),
        "held": None if one.held is None else _text(one.held),
        "sentence": _said(lambda lang: row_text(one, lang)),
    }


def _observation(seen: Observation) -> Json:
    place = seen.origin
    return {
        "text": seen.text,
        "unit": seen.unit,
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
        "row": place.row,
        "column": None if place.column is None else str(place.column),
        "remarks": [_text(remark) for remark in seen.remarks],
    }


def _field(field: Field) -> Json:
    return {
        "op": field.op,
        "over": field.over,
        "members": [
            {
                "region": one.region,
                "amount": _amount(one.amount),
                "counted": one.counted,
                "estimated": one.estimated,
                "read": [
                    {
                        "input": read.input,
                        "period": read.period,
                        "observation": None if read.observation is None else _observation(read.observation),
                    }
                    for read in one.read
                ],
            }
            for one in field.members
        ],
        "result": _amount(field.result),
        "sentence": _said(lambda lang: next(iter(field_texts((field,), lang)), None)),
    }


# ── amounts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _amount(amount: Amount) -> Json:
    """A value with its kind, its unit and both texts; what it is made of depends on `form`."""
    value = amount.value
    if isinstance(value, tuple):
        content: Json = {"form": "rows", "values": [_scalar(one, amount.type) for one in value]}
    else:
        content = _scalar(value, amount.type)
    return {
        "kind": amount.type.kind.value,
        "unit": None if amount.type.unit is None else amount.type.unit.text,
        "value": content,
        "shown": {"en": amount_text(amount, "en"), "zh": amount_text(amount, "zh")},
    }


def _scalar(value: Scalar, type_: Type) -> Json:
    if isinstance(value, Absence):
        return {"form": "absent", "status": value.value}
    if isinstance(value, Undecided):
        return {"form": "undecided"}
    if isinstance(value, bool):
        return {"form": "yes/no", "value": value}
    if isinstance(value, Irrational):
        low, high = number.enclosure(value)
        return {"form": "enclosure", "low": low, "high": high}
    if isinstance(value, str):
        return {"form": "label", "value": value}
    if type_.kind is Kind.DATE:
        return {"form": "date", "value": day_text(value)}
    if type_.kind is Kind.LEVEL and value.denominator == 1 and 0 <= value < len(type_.levels):
        return {"form": "level", "value": type_.levels[int(value)], "place": int(value) + 1}
    return {"form": "number", "value": number.exact_text(Fraction(value))}


def _maybe(amount: Amount | None) -> Json | None:
    return None if amount is None else _amount(amount)


# ── texts and places ─────────────────────────────────────────────────────────────────────────────────────────────────


def _text(text: Text) -> Json:
    return {"en": text.en, "zh": text.zh}


def _said(say: Callable[[Lang], str | None]) -> Json | None:
    english, chinese = say("en"), say("zh")
    return None if english is None or chinese is None else {"en": english, "zh": chinese}


def _place(span: Span | None) -> Json | None:
    if span is None:
        return None
    return {
        "file": file_of(span),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _remark(found: Diagnostic) -> Json:
    place = found.span
    where = (
        None if place is None or isinstance(place, Span) else {"en": place.text("en"), "zh": place.text("zh")}
    )
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": {"en": found.in_("en"), "zh": found.in_("zh")},
        "place": where,
    }
