"""Satisfaction from the counts of answers, each with the rate that it counts (问卷计分)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Problem, Rows, Yields, constant, ends_of
from assessment.methods.steps import single


class Survey(Method):
    """The mean rate of the answers: each row is a count of answers and the rate that one such answer counts.

    `rate = (n1 * r1 + n2 * r2 + …) / (n1 + n2 + …)`. An answer that has no row, such as 不了解, is no answer: it counts
    neither above nor below the line. A count below zero counts as zero. Two surveys are blended by `weighted`.

    Undefined: no answer at all.
    Source: satisfaction surveys: 满意 100 %、基本满意 75 %、不满意 55 %、不了解不计分; 电话与问卷按 6:4 合成.
    Worked: 300 satisfied, 150 mostly and 50 not, 100 who do not know: (300 + 112.5 + 27.5) / 500 = 88.0 %; over all 600
    it would be 73.3 %.
    """

    en = "survey"
    zh = "问卷"
    yields = Yields.RATE
    parameters = ()
    rows = Rows.COUNTS
    sentence = Text(
        en="{rows}; {points} / {answers} answers: {result}", zh="{rows}；{points}÷{answers} 份，得{result}"
    )
    examples = (
        "survey { satisfied: 100%; mostly: 75%; unsatisfied: 55% }",
        "问卷 { 满意：100%；基本满意：75%；不满意：55% }",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        return tuple(
            Problem(
                code="argument-kind",
                text=Text(en="an answer cannot count less than nothing", zh="一份答卷的计分比例不能为负"),
                at=place,
                help=Text(en="write a rate from 0% up", zh="应为不小于 0% 的比例"),
            )
            for place, entry in enumerate(call.entries)
            if (rate := constant(entry.value)) is not None and rate < 0
        )

    def phrase(self, call: Call) -> Text:
        places = range(1, len(call.entries) + 1)
        en = ", ".join(f"{{count{k}}} at {{rate{k}}}" for k in places)
        zh = "、".join(f"{{count{k}}}按{{rate{k}}}计" for k in places)
        return Text(
            en=f"{en}; {{points}} / {{answers}} answers: {{result}}",
            zh=f"{zh}；{{points}}÷{{answers}}，得{{result}}",
        )

    def lower(self, call: Call) -> Lowered:
        notes: list[n.Named] = []
        counts, counted = [], []
        for place, entry in enumerate(call.entries, start=1):
            count = single(entry.key)
            count = b.maximum(count, b.const(0, count.type))
            counts.append(count)
            counted.append(b.multiply(count, b.cast(entry.value, Kind.NUMBER)))
            notes += [
                n.Named(name=f"count{place}", node=entry.key),
                n.Named(name=f"rate{place}", node=entry.value),
            ]
        points, answers = b.add(*counted), b.add(*counts)
        notes += [n.Named(name="points", node=points), n.Named(name="answers", node=answers)]
        low, high = ends_of(entry.value for entry in call.entries)
        return Lowered(
            node=b.cast(b.divide(points, answers), Kind.RATE), notes=tuple(notes), low=low, high=high
        )
