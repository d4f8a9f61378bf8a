"""The mean of a measure over several periods (多期均值)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Problem, Yields
from assessment.methods.periods import OVER_PERIODS, least_problems, over_periods, over_periods_phrase

_WHAT = Text(en="the mean", zh="的均值")


class MeanOverPeriods(Method):
    """The mean of the values of one region over the last periods.

    `sum of the values / number of values`, in the unit and kind of the value. `current` says whether the
    assessed period is one of them. With `missing: skip` absent values are left out, whatever the reason, and at least
    `least` must be there; with `missing: block` one absent value makes the result absent. Regions and points in time
    are two things: over the regions of a field it is `mean`, over several values of one region `mean_of`.

    Undefined: nowhere of itself. With too few values the result is absent as they are, and what is not applicable in the
    assessed period has none.
    Source: 三年平均值; 各年度平均 × 50% ＋ 期末年 × 50%.
    Worked: of 88, 91, 86 and 93 in four years the mean is 89.5. Of 88, absent and 86 with the absent one left out it is 87.
    """

    en = "mean_over_periods"
    zh = "多期均值"
    yields = Yields.MEASURE
    parameters = OVER_PERIODS
    rising = ("x",)
    sentence = Text(en="{result}", zh="{result}")
    examples = (
        "mean_over_periods(x, periods: 3, current: yes, missing: block)",
        "多期均值（x，期数：5，含本期：否，缺失：略过，至少：3）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        return least_problems(call)

    def phrase(self, call: Call) -> Text:
        return over_periods_phrase(call, _WHAT)

    def lower(self, call: Call) -> Lowered:
        return over_periods(call, lambda values, present: b.divide(b.add(*values), present), neutral=True)
