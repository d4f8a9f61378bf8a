"""The smallest value of a measure over several periods (多期最小值)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Problem, Yields
from assessment.methods.periods import OVER_PERIODS, least_problems, over_periods, over_periods_phrase

_WHAT = Text(en="the smallest", zh="的最小值")


class SmallestOverPeriods(Method):
    """The smallest value of one region over the last periods.

    `min of the values`, in the unit and kind of the value. `current` says whether the
    assessed period is one of them. With `missing: skip` absent values are left out, whatever the reason, and at least
    `least` must be there; with `missing: block` one absent value makes the result absent. Regions and points in time
    are two things: over the regions of a field it is `minimum`, over several values of one region `smaller`.

    Undefined: nowhere of itself. With too few values the result is absent as they are, and what is not applicable in the
    assessed period has none.
    Source: 历史最低水平; bounds that are fixed over a panel of years (OECD/JRC handbook on composite indicators).
    Worked: of 3, 5 and 4 in three years the smallest is 3. The lowest of all regions over five years is
    `smallest_over_periods(minimum(x, within: all), periods: 5, …)`.
    """

    en = "smallest_over_periods"
    zh = "多期最小值"
    yields = Yields.MEASURE
    parameters = OVER_PERIODS
    rising = ("x",)
    sentence = Text(en="{result}", zh="{result}")
    examples = (
        "smallest_over_periods(x, periods: 3, current: yes, missing: block)",
        "多期最小值（x，期数：5，含本期：否，缺失：略过，至少：3）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        return least_problems(call)

    def phrase(self, call: Call) -> Text:
        return over_periods_phrase(call, _WHAT)

    def lower(self, call: Call) -> Lowered:
        return over_periods(call, lambda values, _: b.minimum(*values))
