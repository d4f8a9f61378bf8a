"""The field behind a statistic or a rank, in words: whose values were looked at, which were left out, what was found."""

from __future__ import annotations

from fractions import Fraction
from functools import cmp_to_key
from typing import assert_never

from assessment import number
from assessment.audit.amount import amount_text
from assessment.audit.record import Field, Member
from assessment.diagnostics.bilingual import Lang, Text
from assessment.number import Irrational

MOST_MEMBERS = 30
"""Regions of a field that a text names; the record has all of them."""

_OPS = {
    "sum": Text(en="sum", zh="合计"),
    "count": Text(en="count", zh="个数"),
    "min": Text(en="lowest", zh="最小值"),
    "max": Text(en="highest", zh="最大值"),
    "mean": Text(en="mean", zh="均值"),
    "median": Text(en="median", zh="中位数"),
}


def field_texts(fields: tuple[Field, ...], lang: Lang) -> tuple[str, ...]:
    """The fields that a step looked at: each region's value once, what was left out, and the statistics found."""
    texts = []
    while fields:
        first = fields[0]
        same = [one for one in fields if (one.over, one.members) == (first.over, first.members)]
        fields = tuple(one for one in fields if one not in same)
        # Ratings and events stand in their cell already; what matters here is which of them were left out.
        if first.over == "rows" and all(one.counted for one in first.members):
            continue
        texts.append(_field(first, same, lang))
    return tuple(texts)


def _field(first: Field, same: list[Field], lang: Lang) -> str:
    counted = [one for one in first.members if one.counted]
    if any(one.op == "rank" for one in same):
        counted.sort(key=cmp_to_key(_descending))
    left_out = [one for one in first.members if not one.counted]
    joint = "、" if lang == "zh" else ", "
    rows = first.over == "rows"
    shown = [_member(one, lang, rows) for one in counted[:MOST_MEMBERS]]
    if len(counted) > MOST_MEMBERS:
        shown.append(f"……共 {len(counted)} 个" if lang == "zh" else f"… {len(counted)} in all")
    # Places of ratings among each other only serve to leave out the highest and the lowest.
    said = [one for one in same if not (rows and one.op in ("rank", "count"))]
    found = joint.join(_found(one, lang) for one in said)
    who = _who(first, len(counted), lang)
    colon, semicolon = ("：", "；") if lang == "zh" else (": ", "; ")
    pieces = [f"{who}{colon}{joint.join(shown)}"] if shown else [who]
    if left_out:
        names = joint.join(_member(one, lang, rows) for one in left_out[:MOST_MEMBERS])
        pieces.append(f"不计入 {names}" if lang == "zh" else f"not counted: {names}")
    return semicolon.join([*pieces, found] if found else pieces)


def _found(field: Field, lang: Lang) -> str:
    result = amount_text(field.result, lang)
    return result if field.op == "rank" else f"{_OPS[field.op].in_(lang)} {result}"


def _who(field: Field, count: int, lang: Lang) -> str:
    match field.over:
        case "rows":
            return f"计入 {count} 项" if lang == "zh" else f"{count} counted"
        case "group":
            return f"同组 {count} 个地区" if lang == "zh" else f"{count} regions of the group"
        case "all":
            return f"全部 {count} 个地区" if lang == "zh" else f"all {count} regions"
        case _:
            assert_never(field.over)


def _member(one: Member, lang: Lang, rows: bool) -> str:
    value = amount_text(one.amount, lang)
    if rows:
        return value
    estimated = ("（估算）" if lang == "zh" else " (estimated)") if one.estimated else ""
    return f"{one.region} {value}{estimated}"


def _descending(left: Member, right: Member) -> int:
    """The order of values from the highest; values that cannot be compared stay where they are."""
    a, b = left.amount.value, right.amount.value
    if not isinstance(a, (Fraction, Irrational)) or not isinstance(b, (Fraction, Irrational)):
        return 0
    try:
        return -number.compare(a, b)
    except number.Undecided:
        return 0
