"""The ways in which programs round binary floats to decimal places, each in words.

What they do to a value near a tie differs: 2.675 as a float lies below the tie, 1.005 times 100 below 100.5, 0.29 times 100
below 29. None of them is how the rules round; they say what a program would have published.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from assessment.diagnostics.bilingual import Text

__all__ = ["FLOAT_HABITS", "Rounded"]

Rounded: TypeAlias = Callable[[float, int], float]
"""Rounds a float to decimal places."""

_DIGITS_OF_SPREADSHEETS = 15
"""Significant digits to which spreadsheet programs take a float before they round it."""
_NUDGE = 1e-9
"""The small number that programs add against the error of floats."""


def _python(value: float, places: int) -> float:
    """To the decimal nearest to the binary value, ties to even.

    >>> _python(2.675, 2), _python(0.125, 2)
    (2.67, 0.12)
    """
    return round(value, places)


def _fixed(value: float, places: int) -> float:
    """To the decimal nearest to the binary value, ties away from zero.

    >>> _fixed(2.675, 2), _fixed(0.125, 2)
    (2.67, 0.13)
    """
    return float(Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _scaled(value: float, places: int) -> float:
    """Times a power of ten, to the nearest whole number, ties to even.

    >>> _scaled(2.675, 2), _scaled(1.005, 2)
    (2.68, 1.0)
    """
    return float(round(value * 10.0**places)) / 10.0**places


def _half_added(value: float, places: int) -> float:
    """Times a power of ten, half added and cut off.

    >>> _half_added(2.675, 2), _half_added(0.125, 2)
    (2.68, 0.13)
    """
    return math.floor(value * 10.0**places + 0.5) / 10.0**places


def _nudged(value: float, places: int) -> float:
    """With a small number added before half is added and cut off.

    >>> _nudged(1.005, 2), _nudged(0.1249999995, 2)
    (1.01, 0.13)
    """
    return _half_added(value + _NUDGE, places)


def _spreadsheet(value: float, places: int) -> float:
    """Taken to 15 significant digits, then half away from zero.

    >>> _spreadsheet(1.005, 2), _spreadsheet(-0.125, 2)
    (1.01, -0.13)
    """
    shown = Decimal(f"{value:.{_DIGITS_OF_SPREADSHEETS}g}")
    return float(shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _cut(value: float, places: int) -> float:
    """Times a power of ten and cut off.

    >>> _cut(0.29, 2)
    0.28
    """
    return math.trunc(value * 10.0**places) / 10.0**places


def _raised(value: float, places: int) -> float:
    """Times a power of ten and up to the next whole number.

    >>> _raised(0.07, 2)
    0.08
    """
    return math.ceil(value * 10.0**places) / 10.0**places


def _in_floats(en: str, zh: str) -> Text:
    return Text(en=f"calculated in binary floats and {en}", zh=f"以二进制浮点数计算，并{zh}")


FLOAT_HABITS: tuple[tuple[Text, Rounded], ...] = (
    (
        _in_floats("rounded as by Python's `round` or `printf`", "按 Python 的 `round` 或 `printf` 修约"),
        _python,
    ),
    (_in_floats("rounded as by `toFixed` of JavaScript", "按 JavaScript 的 `toFixed` 修约"), _fixed),
    (_in_floats("rounded as by `np.round`", "按 `np.round` 修约"), _scaled),
    (_in_floats("rounded by adding a half and cutting off", "加半位后截去尾数"), _half_added),
    (
        _in_floats(
            "rounded with a small number added against their error", "为抵消误差先加一个极小的数再修约"
        ),
        _nudged,
    ),
    (_in_floats("rounded as by `ROUND` of spreadsheets", "按电子表格的 `ROUND` 修约"), _spreadsheet),
    (_in_floats("cut off", "截去尾数"), _cut),
    (_in_floats("raised to the next digit", "进位"), _raised),
)
"""The habits that are tried, in words, the commonest first."""
