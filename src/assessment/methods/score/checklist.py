"""A checklist: points for what is there, and for each of what can be counted (清单计分)."""

from __future__ import annotations

import re
from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Entry, Lowered, Method, Parameter, Rows, Sort, Yields, constant
from assessment.methods.steps import single

_MEASURE_WORD = re.compile(r"[\u4e00-\u9fff]")


class Checklist(Method):
    """The sum of what the rows earn, and `max` at most where it is stated.

    A row `condition: 4 points` earns its points where the condition holds and nothing where it does not. A row
    `each count: 1 points up to 4 points` earns its points for each one counted, up to its limit; a count below zero
    counts as zero.

    Undefined: nowhere. Where the answer to a row is missing the whole is missing, so that a gap in the data does not
    pass for a no; a policy of the input may make it one.
    Source: checklists such as 出台决定或意见得 4 分，配套政策每件 1 分、最多 4 分.
    Worked: with the decision made and 6 supporting policies, 4 + min(6, 4) = 8 points; without it and with 2, 0 + 2 = 2.
    """

    en = "checklist"
    zh = "清单"
    yields = Yields.POINTS
    parameters = (
        Parameter(
            en="max",
            zh="至多",
            sort=Sort.POINTS,
            optional=True,
            about=Text(en="the most that all rows earn together", zh="各行合计的上限"),
        ),
    )
    rows = Rows.CHECKS
    rising = ("max",)
    sentence = Text(en="{rows}; in all {result}", zh="{rows}；合计得{result}")
    examples = (
        "checklist(max: 8 points) { decided: 4 points; each policies: 1 points up to 4 points }",
        "清单 { 有决定：4 分；每 配套政策：1 分 至多 4 分 }",
    )

    def phrase(self, call: Call) -> Text:
        rows = [_row_phrase(place, entry) for place, entry in enumerate(call.entries, start=1)]
        limit = call.maybe("max") is not None
        en = "; ".join(row.en for row in rows) + (
            "; in all, at most {max}, {result}" if limit else "; in all {result}"
        )
        zh = "；".join(row.zh for row in rows) + (
            "；合计不超过{max}，得{result}" if limit else "；合计得{result}"
        )
        return Text(en=en, zh=zh)

    def lower(self, call: Call) -> Lowered:
        earned = tuple(_earned(entry) for entry in call.entries)
        total, most = b.add(*earned), call.maybe("max")
        notes: list[n.Named] = []
        for place, (entry, points) in enumerate(zip(call.entries, earned, strict=True), start=1):
            notes.append(n.Named(name=f"answer{place}", node=entry.key))
            notes.append(n.Named(name=f"earned{place}", node=points))
            notes.append(n.Named(name=f"value{place}", node=entry.value))
            if entry.up_to is not None:
                notes.append(n.Named(name=f"limit{place}", node=entry.up_to))
        low, high = _ends(call.entries)
        cap = constant(most)
        if most is not None:
            low = None if low is None or cap is None else min(low, cap)
            high = cap if high is None or cap is None else min(high, cap)
        return Lowered(
            node=total if most is None else b.minimum(total, most), notes=tuple(notes), low=low, high=high
        )


def _earned(entry: Entry) -> n.Node:
    if not entry.each:
        return b.select(entry.key, entry.value, b.points(0))
    count = single(entry.key)
    earned = b.multiply(entry.value, b.maximum(count, b.const(0, count.type)))
    return earned if entry.up_to is None else b.minimum(earned, entry.up_to)


def _ends(entries: tuple[Entry, ...]) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that the rows earn together; None where a row has no end on that side."""
    lows, highs = zip(*map(_reach, entries), strict=True)
    return _sum_of_known(lows), _sum_of_known(highs)


def _sum_of_known(ends: tuple[Fraction | None, ...]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return sum(known, Fraction(0)) if len(known) == len(ends) else None


def _reach(entry: Entry) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that one row earns; None for an end that depends on data."""
    value, nothing = constant(entry.value), Fraction(0)
    if not entry.each:
        return (None, None) if value is None else (min(value, nothing), max(value, nothing))
    # A count from zero up times the value, and then the limit.
    least = nothing if value is not None and value >= 0 else None
    most = nothing if value is not None and value <= 0 else None
    if entry.up_to is None:
        return least, most
    limit = constant(entry.up_to)
    if limit is None:
        return None, most
    return None if least is None else min(least, limit), limit if most is None else min(most, limit)


def _row_phrase(place: int, entry: Entry) -> Text:
    """A row with its answer and what it earned; a row that asks for a named value goes by that name."""
    label = Text(en="", zh="")
    if not _has_name(entry.key):
        label = Text(en=f"{_plain(entry.label.en)}: ", zh=f"{_plain(entry.label.zh)}：")
    if not entry.each:
        return Text(
            en=f"{label.en}{{answer{place}}}, {{earned{place}}} of {{value{place}}}",
            zh=f"{label.zh}{{answer{place}}}，得{{earned{place}}}（满分{{value{place}}}）",
        )
    limit = Text(en="", zh="")
    if entry.up_to is not None:
        limit = Text(en=f" up to {{limit{place}}}", zh=f"、至多{{limit{place}}}")
    return Text(
        en=f"{label.en}{{answer{place}}}, {{value{place}}} each{limit.en}: {{earned{place}}}",
        zh=f"{label.zh}{{answer{place}}}，每{_single(entry.key)}{{value{place}}}{limit.zh}，得{{earned{place}}}",
    )


def _single(key: n.Node) -> str:
    """The Chinese word for one of what is counted: its unit where that is a single word such as 件, else 个."""
    unit = key.type.unit
    return unit.text if unit is not None and unit.factor == 1 and _MEASURE_WORD.fullmatch(unit.text) else "个"


def _has_name(key: n.Node) -> bool:
    """Whether the reader of a sentence sees the key by a title of its own: an input or a measure."""
    while isinstance(key, n.Frame) and key.role == "policy":
        key = key.node
    if isinstance(key, n.Recover):
        return _has_name(key.value)
    return isinstance(key, n.Input) or (isinstance(key, n.Frame) and key.role == "measure")


def _plain(label: str) -> str:
    """A label without braces, which would read as a placeholder."""
    return label.replace("{", "｛").replace("}", "｝")
