"""Amounts and stretches of the number line as the messages of methods write them."""

from __future__ import annotations

from fractions import Fraction

from assessment.core.types import RATIOS, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.number import exact_text


def amount(value: Fraction, type_: Type) -> Text:
    """A number with its unit, as a rule file would write it.

    >>> from assessment.core.types import POINTS, RATE
    >>> amount(Fraction(3, 5), RATE).en, amount(Fraction(5, 2), POINTS).zh
    ('60%', '2.5 分')
    """
    if type_.kind in RATIOS | {Kind.PERCENT}:
        return Text.same(f"{exact_text(value * 100)}%")
    if type_.kind is Kind.PP:
        return Text(en=f"{exact_text(value * 100)} pp", zh=f"{exact_text(value * 100)} 百分点")
    if type_.kind is Kind.POINTS:
        word = "point" if abs(value) == 1 else "points"
        return Text(en=f"{exact_text(value)} {word}", zh=f"{exact_text(value)} 分")
    if type_.unit is not None and type_.unit.text:
        return Text.same(f"{exact_text(value)} {type_.unit.text}")
    return Text.same(exact_text(value))


def stretch(low: Fraction | None, high: Fraction | None, type_: Type) -> Text:
    """A stretch of values: `from … to …`, `below …`, `above …` or `exactly …`.

    >>> from assessment.core.types import POINTS
    >>> stretch(Fraction(1), Fraction(2), POINTS).en, stretch(None, Fraction(2), POINTS).zh
    ('from 1 point to 2 points', '低于 2 分')
    """
    if low is None and high is None:
        return Text(en="of any size", zh="任何大小")
    if low is None and high is not None:
        end = amount(high, type_)
        return Text(en=f"below {end.en}", zh=f"低于 {end.zh}")
    start = amount(low or Fraction(0), type_)
    if high is None:
        return Text(en=f"above {start.en}", zh=f"高于 {start.zh}")
    if low == high:
        return Text(en=f"of exactly {start.en}", zh=f"恰为 {start.zh}")
    end = amount(high, type_)
    return Text(en=f"from {start.en} to {end.en}", zh=f"{start.zh} 至 {end.zh}")
