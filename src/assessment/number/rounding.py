"""Rounding of rationals to decimal places, in six named modes, by integers alone."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import assert_never

__all__ = ["MOST_PLACES", "Mode", "round_exact"]

#: Decimal places that can be asked for; no published score needs more, and text stays bounded.
MOST_PLACES = 1000


class Mode(Enum):
    """What happens to the digits that are cut off; the value of a member is its English name.

    `HALF_UP` and `HALF_AWAY` differ on negative ties only: −0.5 becomes 0 or −1. `HALF_EVEN` is the rule of
    GB/T 8170. The other three look at no tie: `UP` goes towards +∞, `DOWN` towards −∞, `TRUNCATE` towards 0.

    >>> Mode.HALF_EVEN.zh
    '四舍六入五成双'
    """

    HALF_UP = "half-up"
    HALF_AWAY = "half-away"
    HALF_EVEN = "half-even"
    UP = "up"
    DOWN = "down"
    TRUNCATE = "truncate"

    @property
    def en(self) -> str:
        """The English name, as rule files write it."""
        return self.value

    @property
    def zh(self) -> str:
        """The Chinese name, as rule files write it."""
        return _CHINESE[self.value]

    @property
    def halves(self) -> bool:
        """Whether the mode goes to the nearest, so that only a tie needs the mode."""
        return self in (Mode.HALF_UP, Mode.HALF_AWAY, Mode.HALF_EVEN)


_CHINESE = {
    "half-up": "四舍五入",
    "half-away": "绝对值四舍五入",
    "half-even": "四舍六入五成双",
    "up": "进位",
    "down": "舍去",
    "truncate": "截断",
}


def round_exact(value: Fraction, places: int, mode: Mode) -> Fraction:
    """The multiple of 10^-`places` that `mode` gives for `value`.

    Negative `places` round to tens, hundreds and so on. Rounding never decreases as `value` grows.
    Errors: `ValueError` beyond 1000 places.

    >>> round_exact(Fraction("2.675"), 2, Mode.HALF_UP)
    Fraction(67, 25)
    """
    if abs(places) > MOST_PLACES:
        raise ValueError(f"rounding to {places} places, at most {MOST_PLACES} are possible")
    scale = 10 ** abs(places)
    top, bottom = value.numerator, value.denominator
    if places >= 0:
        top *= scale
    else:
        bottom *= scale
    low, rest = divmod(top, bottom)
    if rest and _goes_up(low, 2 * rest - bottom, mode):
        low += 1
    return Fraction(low, scale) if places >= 0 else Fraction(low * scale)


def _goes_up(low: int, beyond_half: int, mode: Mode) -> bool:
    """Whether a value strictly between `low` and `low + 1` becomes `low + 1`."""
    match mode:
        case Mode.HALF_UP:
            return beyond_half >= 0
        case Mode.HALF_AWAY:
            return beyond_half > 0 or (beyond_half == 0 and low >= 0)
        case Mode.HALF_EVEN:
            return beyond_half > 0 or (beyond_half == 0 and low % 2 == 1)
        case Mode.UP:
            return True
        case Mode.DOWN:
            return False
        case Mode.TRUNCATE:
            return low < 0
        case _:
            assert_never(mode)
