"""A weighted mean of scores or of values of one kind (加权合成)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import RATE, Clash, Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Problem, Rows, Yields, constant
from assessment.methods.wording import amount
from assessment.number import exact_text


class Weighted(Method):
    """The mean of the rows' values by their weights: `(w1 * x1 + w2 * x2 + …) / (w1 + w2 + …)`.

    Each row is a value and its weight, as a share (`70%`) or as a part (`6`). Shares add up to 100 %; parts may add up to
    anything, for only their proportion counts. The values are scores, or measures of one kind and dimension.

    Undefined: weights from data that add up to zero. A value that is missing makes the whole missing.
    Source: several raters: 园区占 70 %、乡镇占 30 %; 电话调查与问卷调查按 6:4; 静态指数 40 %、动态指数 60 %.
    Worked: 90 % from the park and 80 % from the town, 70 to 30: 87 %. By telephone 88 %, by questionnaire 83 %, 6 to 4: 86 %.
    """

    en = "weighted"
    zh = "加权"
    yields = Yields.MEASURE
    parameters = ()
    rows = Rows.WEIGHTS
    sentence = Text(en="weighted: {rows}: {result}", zh="加权：{rows}，得{result}")
    examples = (
        "weighted { park: 70%; town: 30% }",
        "加权 { 问卷 { 电话满意：100%；电话不满意：0% }：6；评定值（工作评价）：4 }",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        weights = [constant(entry.value) for entry in call.entries]
        for place, weight in enumerate(weights):
            if weight is not None and weight <= 0:
                return (
                    Problem(
                        code="argument-kind",
                        text=Text(
                            en=f"a weight of {exact_text(weight)} counts nothing or against",
                            zh=f"权重为 {exact_text(weight)}，不起作用或起反作用",
                        ),
                        at=place,
                        help=Text(en="write a weight above zero", zh="权重应大于零"),
                    ),
                )
        return _not_whole(call) or _apart(call)

    def phrase(self, call: Call) -> Text:
        places = range(1, len(call.entries) + 1)
        en = " + ".join(f"{{value{k}}} × {{weight{k}}}" for k in places)
        zh = "＋".join(f"{{value{k}}}×{{weight{k}}}" for k in places)
        if _in_shares(call):
            return Text(en=f"{en}: {{result}}", zh=f"{zh}，得{{result}}")
        return Text(en=f"({en}) / {{weights}}: {{result}}", zh=f"（{zh}）÷{{weights}}，得{{result}}")

    def lower(self, call: Call) -> Lowered:
        first = call.entries[0].key
        values = [first, *(b.like(entry.key, first) for entry in call.entries[1:])]
        # A share times a number is a share: weights in % are numbers here.
        weights = [b.cast(entry.value, Kind.NUMBER) for entry in call.entries]
        total = b.add(*weights)
        mean = b.divide(b.add(*map(b.multiply, weights, values)), total)
        notes: list[n.Named] = [n.Named(name="weights", node=total)]
        for place, (value, entry) in enumerate(zip(values, call.entries, strict=True), start=1):
            notes += [
                n.Named(name=f"value{place}", node=value),
                n.Named(name=f"weight{place}", node=entry.value),
            ]
        return Lowered(node=mean, notes=tuple(notes))


def _in_shares(call: Call) -> bool:
    """Whether the weights were written in %."""
    return all(entry.value.type.kind is Kind.RATE for entry in call.entries)


def _not_whole(call: Call) -> tuple[Problem, ...]:
    """Written shares that do not add up to 100 %."""
    known = [weight for entry in call.entries if (weight := constant(entry.value)) is not None]
    total = sum(known, Fraction(0))
    if not _in_shares(call) or len(known) < len(call.entries) or total == 1:
        return ()
    shown = amount(total, RATE)
    return (
        Problem(
            code="weights-not-whole",
            text=Text(en=f"these shares add up to {shown.en}", zh=f"各权重合计为 {shown.zh}"),
            help=Text(
                en="let them add up to 100%, or write parts such as `6` and `4`",
                zh="应合计为 100%，或改写为份数，如 `6` 与 `4`",
            ),
        ),
    )


def _apart(call: Call) -> tuple[Problem, ...]:
    """Values of which no mean can be taken."""
    first = call.entries[0].key
    for place, entry in enumerate(call.entries[1:], start=1):
        try:
            b.like(entry.key, first)
        except Clash as clash:
            also = Text(en="the first value is this", zh="首个数值在此")
            return (
                Problem(code=clash.code, text=clash.text, at=place, also=0, also_text=also, help=clash.help),
            )
    return ()
