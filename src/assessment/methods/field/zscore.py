"""The z-score: distance from the mean of a field in standard deviations (标准分)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import WHERE, WITHIN, Call, Lowered, Method, Parameter, Sort, Yields
from assessment.methods.parameters import BETTER
from assessment.methods.plain import plain
from assessment.methods.spread import OF, deviation, spread


class ZScore(Method):
    """By how many standard deviations a value lies above the mean of its field, as a plain number.

    `z = (x - mean) / sd`; where lower is better `z = (mean - x) / sd`. `of` says whether the standard deviation is that of a
    population or of a sample. The number is kept exact: z-scores can be added, compared and ranked, and equal values
    have equal ones. A reference subject has a z-score from the field that it does not belong to, and so has a region for
    which the condition of `where` does not hold.

    Undefined: where the standard deviation is zero, because all values are equal; where the field is empty; of a sample
    also where it has one value. `if_undefined(zscore(…), value: 0)` makes such an indicator neutral.
    Source: standardisation (OECD/JRC handbook on composite indicators, normalisation by z-scores).
    Worked: of 2, 4, 4, 4, 5, 5, 7 and 9 the mean is 5 and the population's sd 2: 9 has z = 2, 4 has z = -0.5.
    """

    en = "zscore"
    zh = "标准分"
    yields = Yields.MEASURE
    parameters = (Parameter(en="x", zh="数值", sort=Sort.MEASURE), OF, WITHIN, BETTER, WHERE)
    sentence = Text(
        en="in {within} ({count} with a value) the mean is {mean}, the standard deviation ({of}) {deviation}: "
        "({x} - {mean}) / {deviation} gives {result}",
        zh="{within}（有数据 {count} 个）均值{mean}、标准差（{of}）{deviation}：（{x}－{mean}）÷{deviation}，得{result}",
    )
    examples = ("zscore(x, of: population, within: all)", "标准分（x，口径：样本，范围：同组）")

    def phrase(self, call: Call) -> Text:
        if call.word("better") == "lower":
            return Text(
                en="in {within} ({count} with a value) the mean is {mean}, the standard deviation ({of}) {deviation}; "
                "lower is better: ({mean} - {x}) / {deviation} gives {result}",
                zh="{within}（有数据 {count} 个）均值{mean}、标准差（{of}）{deviation}，越低越好："
                "（{mean}－{x}）÷{deviation}，得{result}",
            )
        return self.sentence

    def lower(self, call: Call) -> Lowered:
        found, x = spread(call), call.node("x")
        above = b.subtract(plain(x), found.mean)
        if call.word("better") == "lower":
            above = b.negate(above)
        notes = (*found.notes, n.Named(name="deviation", node=deviation(found, x)))
        return Lowered(node=b.divide(above, b.root(found.variance, 2)), notes=notes)
