"""The rows that a method over ratings or events looked at: each with its cells, whether it counts, and why not.

What a method asks of single rows stands in its frame under names that begin with `@` (see `methods.event_rows`); here
those answers are put beside the rows of the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from attrs import frozen

from assessment.audit.amount import amount_text
from assessment.audit.record import Amount, RowField, RowRecord, Step
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Entity
from assessment.data.model import Observation, Row
from assessment.diagnostics.bilingual import Lang, Text
from assessment.evaluation.facts import Scalar, Value
from assessment.methods.event_rows import ROW_NOTE
from assessment.semantics.model import Input

MOST_ROWS = 40
"""Rows that a text names; the record has all of them."""


@frozen(kw_only=True)
class RowsPlan:
    """What is known of the rows of one call: the input they belong to, and the nodes that answer for each row."""

    spec: Input
    node: n.Node
    answers: Mapping[str, n.Node]
    """By name: `where`, `once`, `best`, `kept`, `points`, `kind`, and `key`, the field that tells repetitions apart."""
    caps: Mapping[int, tuple[n.Node, n.Node]]
    """By the place of a kind: what its rows earned together, and its cap."""


def rows_plan(frame: n.Frame, inputs: Mapping[str, Input]) -> RowsPlan | None:
    """The plan for a call over rows that the data give one by one; None for any other frame."""
    if frame.role != "call" or not frame.arguments:
        return None
    first = frame.arguments[0].node
    spec = inputs.get(first.type.rows_of or "")
    if first.type.entity is not Entity.ROW or spec is None or not spec.in_rows:
        return None
    notes = {named.name: named.node for named in frame.notes}
    answers = {name.removeprefix(ROW_NOTE): node for name, node in notes.items() if name.startswith(ROW_NOTE)}
    for named in frame.arguments:
        if named.name == "once":
            answers["key"] = named.node
    caps = {
        int(name.removeprefix("cap")) - 1: (notes[f"kind{name.removeprefix('cap')}"], node)
        for name, node in notes.items()
        if name.startswith("cap")
    }
    return RowsPlan(spec=spec, node=first, answers=answers, caps=caps)


def records(
    plan: RowsPlan, seen: Observation | None, value: Callable[[n.Node], Value]
) -> tuple[RowRecord, ...]:
    """The rows of one region, in the order of the data; `value` gives the value of a node for it."""
    if seen is None or not seen.rows:
        return ()
    answers = {name: value(node) for name, node in plan.answers.items()}
    counted = seen.counted
    found: list[RowRecord] = []
    place = 0
    for row in seen.rows:
        if row.left_out is not None:
            found.append(_record(plan, row, reason=row.left_out))
            continue
        here = {name: _at(answer, place) for name, answer in answers.items()}
        reason = _reason(plan, row, place, here, answers, counted)
        points = here.get("points")
        found.append(
            _record(
                plan,
                row,
                reason=reason,
                earned=None
                if reason is not None or points is None
                else Amount(value=points, type=plan.answers["points"].type),
                held=None if reason is not None else _held(plan, here.get("kind"), value),
            )
        )
        place += 1
    return tuple(found)


def _at(answer: Value, place: int) -> Scalar:
    return answer[place] if isinstance(answer, tuple) else answer


def _reason(
    plan: RowsPlan,
    row: Row,
    place: int,
    here: Mapping[str, Scalar],
    answers: Mapping[str, Value],
    counted: tuple[Row, ...],
) -> Text | None:
    """Why a row does not count; None where it does."""
    if isinstance(row.value.value, Absence):
        return row.value.value.label
    if "where" in here and here["where"] is not True:
        span = plan.answers["where"].span
        text = "" if span is None else f" `{span.text}`"
        if isinstance(here["where"], Absence):
            label = here["where"].label
            return Text(en=f"whether{text} holds is {label.en}", zh=f"无法判断是否符合{text}：{label.zh}")
        return Text(en=f"does not meet{text}", zh=f"不符合{text}")
    if "once" in here and here["once"] is not True:
        if isinstance(here["once"], Absence):
            return Text(
                en=f"what tells it apart is {here['once'].label.en}", zh=f"判重字段{here['once'].label.zh}"
            )
        key, once = answers["key"], answers["once"]
        same = next(
            (
                other
                for other in range(len(counted))
                if _at(once, other) is True and _at(key, other) == _at(key, place)
            ),
            None,
        )
        if same is None:
            return Text(en="repeats another row", zh="与另一行重复")
        where = counted[same].value.origin
        return Text(en=f"repeats {where.text('en')}", zh=f"与 {where.text('zh')}重复")
    if "best" in here and here["best"] is not True:
        return Text(en="a higher one, or an equal one before it, counts", zh="已按等级更高或同级在先的一项计")
    if "kept" in here and here["kept"] is not True:
        return Text(en="left out as one of the highest or lowest", zh="作为最高分或最低分去掉")
    return None


def _held(plan: RowsPlan, kind: Scalar | None, value: Callable[[n.Node], Value]) -> Text | None:
    if not isinstance(kind, Fraction) or int(kind) not in plan.caps:
        return None
    earned, cap = (value(node) for node in plan.caps[int(kind)])
    if not isinstance(earned, Fraction) or not isinstance(cap, Fraction) or earned <= cap:
        return None
    type_ = plan.caps[int(kind)][1].type
    amount = Amount(value=cap, type=type_)
    return Text(
        en=f"its kind is held to {amount_text(amount, 'en')}", zh=f"该类别按 {amount_text(amount, 'zh')}封顶"
    )


def _record(
    plan: RowsPlan, row: Row, *, reason: Text | None, earned: Amount | None = None, held: Text | None = None
) -> RowRecord:
    fields = tuple(
        RowField(
            name=spec.name,
            title=Text.same(spec.title or spec.name),
            amount=Amount(value=row.fields[spec.name].value, type=spec.type),
            observation=row.fields[spec.name],
        )
        for spec in plan.spec.fields
        if spec.name in row.fields
    )
    amount = Amount(value=row.value.value, type=plan.spec.type)
    return RowRecord(
        amount=amount, observation=row.value, fields=fields, earned=earned, reason=reason, held=held
    )


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def row_texts(step: Step, lang: Lang) -> tuple[str, ...]:
    """A line for each row: where it stands, what it holds, and whether it counts."""
    found = [row_text(one, lang) for one in step.rows[:MOST_ROWS]]
    if len(step.rows) > MOST_ROWS:
        found.append(f"……共 {len(step.rows)} 行" if lang == "zh" else f"… {len(step.rows)} rows in all")
    return tuple(found)


def row_text(one: RowRecord, lang: Lang) -> str:
    """One row as a line."""
    pieces = [amount_text(one.amount, lang)]
    pieces += [
        f"{field.title.in_(lang)} {amount_text(field.amount, lang)}"
        for field in one.fields
        if not isinstance(field.amount.value, Absence)
    ]
    place, joint = one.observation.origin.text(lang), "，" if lang == "zh" else ", "
    if one.reason is not None:
        said = f"不计：{one.reason.zh}" if lang == "zh" else f"does not count: {one.reason.en}"
    elif one.earned is not None:
        said = (
            f"计 {amount_text(one.earned, lang)}"
            if lang == "zh"
            else f"counts {amount_text(one.earned, lang)}"
        )
    else:
        said = "计入" if lang == "zh" else "counts"
    held = "" if one.held is None else f"（{one.held.zh}）" if lang == "zh" else f" ({one.held.en})"
    colon, semicolon = ("：", "；") if lang == "zh" else (": ", "; ")
    return f"{place}{colon}{joint.join(pieces)}{semicolon}{said}{held}"
