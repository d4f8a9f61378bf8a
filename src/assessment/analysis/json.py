"""The one JSON form of a difference; `diff.schema.json` beside this module describes it.

Every number is text and exact, as in the form of breakdowns. Keys that do not apply are `null`.
"""

from __future__ import annotations

from fractions import Fraction
from importlib.resources import files
from typing import Any, Protocol

from assessment import number
from assessment.analysis.change import Change
from assessment.analysis.moves import Further, Item, Move, Moves, Shift, Split, State, Under
from assessment.diagnostics.bilingual import Text
from assessment.number import Real

FORM = "assessment.diff/1"
"""What `form` says; the number changes when a reader must change."""

Json = dict[str, Any]


class _Compared(Protocol):
    """What a difference holds."""

    @property
    def old(self) -> str: ...

    @property
    def new(self) -> str: ...

    @property
    def old_period(self) -> int | None: ...

    @property
    def new_period(self) -> int | None: ...

    @property
    def same_meaning(self) -> bool: ...

    @property
    def changes(self) -> tuple[Change, ...]: ...

    @property
    def moves(self) -> Moves | None: ...


def to_json(found: _Compared) -> Json:
    """A difference as plain dictionaries, lists and texts, ready for `json.dumps`."""
    return {
        "form": FORM,
        "old": {"title": found.old, "period": found.old_period},
        "new": {"title": found.new, "period": found.new_period},
        "same_meaning": found.same_meaning,
        "changes": [_change(one) for one in found.changes],
        "moves": None if found.moves is None else _moves(found.moves),
    }


def schema_text() -> str:
    """The JSON Schema of the form, as it is published."""
    return files("assessment.analysis").joinpath("diff.schema.json").read_text(encoding="utf-8")


def _text(text: Text | None) -> Json | None:
    return None if text is None else {"en": text.en, "zh": text.zh}


def _change(one: Change) -> Json:
    return {
        "topic": one.topic,
        "action": one.action,
        "effect": one.effect,
        "path": one.path,
        "place": _text(one.place),
        "what": _text(one.what),
        "old": _text(one.old),
        "new": _text(one.new),
        "year": one.year,
        "text": _text(one.text),
    }


def _moves(found: Moves) -> Json:
    return {
        "order": found.order,
        "old_period": found.old_period,
        "new_period": found.new_period,
        "same_data": found.same_data,
        "trial": [_shift(one) for one in found.shifts],
        "ranked_within": found.within,
        "labels": list(found.labels),
        "regions": [_move(one) for one in found.regions],
    }


def _move(one: Move) -> Json:
    return {
        "region": one.region,
        "old_region": one.old_region,
        "group": one.group,
        "old": _state(one.old),
        "between": _state(one.between),
        "new": _state(one.new),
        "total": _split(one.total),
        "exact": _split(one.exact),
        "items": [_item(item) for item in one.items],
        "rest": None if one.rest is None else _split(one.rest),
        "residue": _split(one.residue),
        "results": [_further(further) for further in one.results],
        "under": [_under(under) for under in one.under],
        "passed": list(one.passed),
        "passed_by": list(one.passed_by),
        "reasons": [_text(reason) for reason in one.reasons],
    }


def _state(one: State | None) -> Json | None:
    if one is None:
        return None
    return {"total": _number(one.total), "rank": _number(one.rank), "grade": one.grade}


def _item(one: Item) -> Json:
    possible = {"old_possible": _number(one.old_possible), "new_possible": _number(one.new_possible)}
    return {"path": one.path, "old_path": one.old_path, "title": one.title, **_split(one.split), **possible}


def _further(one: Further) -> Json:
    ranks = {"old_rank": _number(one.old_rank), "new_rank": _number(one.new_rank)}
    return {"path": one.path, "title": one.title, **_split(one.split), **ranks}


def _under(one: Under) -> Json:
    return {
        "kind": one.kind,
        "name": one.name,
        "words": _text(one.words),
        "old": one.old,
        "new": one.new,
        "cause": one.cause,
    }


def _shift(one: Shift) -> Json:
    return {"rules": one.rules, "data_year": one.data_year, "counts_as": one.counts_as}


def _split(one: Split) -> Json:
    return {
        "old": _number(one.old),
        "new": _number(one.new),
        "move": _number(one.move),
        "rule": _number(one.rule),
        "data": _number(one.data),
    }


def _number(value: Real | None) -> Any:
    """A rational as a decimal or `p/q`; an irrational between two certified decimals."""
    if value is None:
        return None
    if isinstance(value, Fraction):
        return number.exact_text(value)
    low, high = number.enclosure(value)
    return {"low": low, "high": high}
