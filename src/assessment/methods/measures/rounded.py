"""A value rounded to decimal places (修约)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core.types import RATIOS, Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Parameter, Sort, Yields
from assessment.number import Mode

_BY_PERCENT = RATIOS | {Kind.PP}
_MODES = {mode.value.replace("-", "_"): mode for mode in Mode}


class Rounded(Method):
    """The value at so many decimal places of its declared unit; of a share, a growth or a rate, of its figure in %.

    The mode says what becomes of the digits that are cut off. `half_up` (四舍五入) takes a tie up, `half_away` away from
    zero, `half_even` (四舍六入五成双, GB/T 8170) to the even digit; `up` and `down` go towards the next larger or smaller
    value whatever follows, `truncate` towards zero. They are the modes of `round`, written as one word.

    A figure that a table prints with two places, and that is compared as printed, is rounded before it is compared. Of an
    irrational value (a root, a logarithm, a standard deviation) this also states at which place it is compared.

    Undefined: nowhere.
    Source: 保留两位小数后计分; GB/T 8170.
    Worked: 2.345 % at 2 places is 2.35 % half up and 2.34 % half even; -2.5 at 0 places is -2 half up, -3 half away from zero.
    """

    en = "rounded"
    zh = "修约"
    yields = Yields.MEASURE
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="places",
            zh="位数",
            sort=Sort.WHOLE,
            low=0,
            most=100,
            about=Text(en="how many decimal places are kept", zh="保留几位小数"),
        ),
        Parameter(
            en="mode",
            zh="方式",
            sort=Sort.WORD,
            choices=tuple((word, mode.zh) for word, mode in _MODES.items()),
            said=(
                Text(en="half up", zh="四舍五入"),
                Text(en="half away from zero", zh="绝对值四舍五入"),
                Text(en="half to even", zh="四舍六入五成双"),
                Text(en="up", zh="进位"),
                Text(en="down", zh="舍去"),
                Text(en="towards zero", zh="截断"),
            ),
            about=Text(en="what becomes of the digits that are cut off", zh="舍去部分如何进位"),
        ),
    )
    rising = ("x",)
    sentence = Text(
        en="{x}, rounded {mode} (decimal places: {places}), is {result}",
        zh="{x}{mode}保留 {places} 位小数，为{result}",
    )
    examples = ("rounded(x, places: 2, mode: half_up)", "修约（x，位数：2，方式：四舍五入）")

    def lower(self, call: Call) -> Lowered:
        x = call.node("x")
        scale = 100 if x.type.kind in _BY_PERCENT else 1
        return Lowered(node=b.round_to(x, call.whole("places"), _MODES[call.word("mode")], scale=scale))
