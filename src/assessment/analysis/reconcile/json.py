"""The JSON form of a reconciliation; `reconciliation.schema.json` beside this module describes it. Numbers are text."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from assessment.analysis.reconcile.model import Cause, Findings, Judgement, Status
from assessment.audit.amount import exact_text
from assessment.core.absence import Absence
from assessment.core.intervals import Interval
from assessment.diagnostics.bilingual import Text
from assessment.number import exact_text as fraction_text

FORM = "assessment.reconciliation/1"
"""What `form` says; the number changes when a reader must change."""

STATUSES: tuple[Status, ...] = ("equal", "consistent", "not excluded", "contradicted", "undecided")

Json = dict[str, Any]


def to_json(found: Findings) -> Json:
    """A reconciliation as plain dictionaries, lists, texts, whole numbers and yes or no."""
    cause_of = {
        at: place for place, cause in enumerate(found.causes) for at in (*cause.explains, *cause.follows)
    }
    return {
        "form": FORM,
        "rules": found.rules,
        "title": found.title,
        "period": found.period,
        "source": found.source,
        "labels": list(found.labels),
        "holds": found.holds,
        "counts": {status: len(found.of(status)) for status in STATUSES},
        "unpublished": found.unpublished,
        "left_out": [_text(text) for text in found.left_out],
        "figures": [_judgement(one, cause_of.get(at)) for at, one in enumerate(found.judgements)],
        "causes": [_cause(one) for one in found.causes],
        "remarks": [
            {"code": one.code, "severity": one.severity.value, "message": _text(one.message_text)}
            for one in found.remarks
        ],
    }


def schema_text() -> str:
    """The JSON Schema of the form, as it is published."""
    return (
        files("assessment.analysis.reconcile")
        .joinpath("reconciliation.schema.json")
        .read_text(encoding="utf-8")
    )


def _text(text: Text) -> Json:
    return {"en": text.en, "zh": text.zh}


def _judgement(one: Judgement, cause: int | None) -> Json:
    published = one.published
    return {
        "region": published.region,
        "figure": published.figure.id,
        "title": _text(one.title),
        "published": published.text,
        "origin": {"en": published.origin.text("en"), "zh": published.origin.text("zh")},
        "status": one.status,
        "computed": _text(one.shown),
        "exact": None if isinstance(one.computed.value, Absence) else exact_text(one.computed),
        "range": None if one.range is None else _range(one.range),
        "inputs": [
            {"input": name, "period": year, "region": region, "value": fraction_text(value)}
            for (name, year, region), value in one.inputs.items()
        ],
        "cause": cause,
    }


def _range(interval: Interval) -> Json:
    return {
        "low": None if interval.low is None else fraction_text(interval.low),
        "low_included": not interval.low_open,
        "high": None if interval.high is None else fraction_text(interval.high),
        "high_included": not interval.high_open,
    }


def _cause(one: Cause) -> Json:
    return {
        "kind": one.kind,
        "text": _text(one.text),
        "explains": list(one.explains),
        "follows": list(one.follows),
        "against": one.against,
        "others": [{"kind": other.kind, "text": _text(other.text)} for other in one.others],
        "besides": one.besides,
        "hints": [_text(text) for text in one.hints],
    }
