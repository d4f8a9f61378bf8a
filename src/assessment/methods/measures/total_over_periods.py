"""The sum of a measure over several periods (多期合计)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Problem, Yields
from assessment.methods.periods import OVER_PERIODS, least_problems, over_periods, over_periods_phrase

_WHAT = Text(en="the sum", zh="的合计")


class TotalOverPeriods(Method):
    """The sum of the values of one region over the last periods.

    `sum of the values`, in the unit and kind of the value. `current` says whether the
    assessed period is one of them. With `missing: skip` absent values are left out, whatever the reason, and at least
    `least` must be there; with `missing: block` one absent value makes the result absent. Regions and points in time
    are two things: over the regions of a field it is `total_of`, over several values of one region `x + y`.

    Undefined: nowhere of itself. With too few values the result is absent as they are, and what is not applicable in the
    assessed period has none.
    Source: 累计完成 (the sum over the years of a plan).
    Worked: of 3, 4 and 5 in three years the sum is 12. Of 3, absent and 5 with the absent one left out it is 8.
    """

    en = "total_over_periods"
    zh = "多期合计"
    yields = Yields.MEASURE
    parameters = OVER_PERIODS
    rising = ("x",)
    sentence = Text(en="{result}", zh="{result}")
    examples = (
        "total_over_periods(x, periods: 3, current: yes, missing: block)",
        "多期合计（x，期数：5，含本期：否，缺失：略过，至少：3）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        return least_problems(call)

    def phrase(self, call: Call) -> Text:
        return over_periods_phrase(call, _WHAT)

    def lower(self, call: Call) -> Lowered:
        return over_periods(call, lambda values, _: b.add(*values), neutral=True)
