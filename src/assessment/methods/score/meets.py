"""All or nothing: full marks once a target is met (达到目标值得满分)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import BETTER


class Meets(Method):
    """Full marks where a target is met, nothing where it is missed.

    `rate = 1 if actual >= target else 0`; where lower is better, `rate = 1 if actual <= target else 0`. A value that
    equals the target meets it. A target of zero is as good as any other.

    Undefined: nowhere; a missing value stays missing and does not count as missed.
    Source: all-or-nothing clauses such as 用水总量 ≤ 目标得 10 分，大于不得分.
    Worked: 12.0 against a target of at most 12.0 earns all points, 12.1 none.
    """

    en = "meets"
    zh = "达到即满分"
    yields = Yields.RATE
    parameters = (
        Parameter(en="actual", zh="实际值", sort=Sort.MEASURE),
        Parameter(en="target", zh="目标", sort=Sort.LIKE, of="actual"),
        BETTER,
    )
    rising = ("actual",)
    falling = ("target",)
    sentence = Text(
        en="full marks from the target {target} upwards, else nothing; the value is {actual}: {result}",
        zh="达到目标{target}得满分，未达到不得分；实际为{actual}，得{result}",
    )
    examples = ("meets(x, target: 60)", "达到即满分（用水总量，目标：12 亿立方米，方向：越低越好）")

    def directions(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if call.word("better") == "lower":
            return ("target",), ("actual",)
        return self.rising, self.falling

    def phrase(self, call: Call) -> Text:
        if call.word("better") == "lower":
            return Text(
                en="full marks up to the target {target}, else nothing; the value is {actual}: {result}",
                zh="不超过目标{target}得满分，超过不得分；实际为{actual}，得{result}",
            )
        return self.sentence

    def lower(self, call: Call) -> Lowered:
        op = "<=" if call.word("better") == "lower" else ">="
        met = b.compare(op, call.node("actual"), call.node("target"))
        return Lowered(node=b.select(met, b.rate(1), b.rate(0)), low=Fraction(0), high=Fraction(1))
