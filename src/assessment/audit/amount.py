"""Amounts as people write them: in their unit, exact where that is short, and never with a wrong last digit.

Ratios are kept as ratios and shown times 100: 23/1000 of a share is `2.3%`, 1/1000 of percentage points `0.1 个百分点`.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import lru_cache

from assessment import number
from assessment.audit.record import Amount
from assessment.core.absence import Absence
from assessment.core.types import Kind, Type
from assessment.diagnostics.bilingual import Lang, Text
from assessment.evaluation.facts import Scalar, Undecided
from assessment.number import Irrational, Mode, Real
from assessment.number.shown import magnitude

SHORT = 12
"""Significant digits up to which a value is written out exactly."""

ROUGH = 6
"""Significant digits of a value that is not: enough to follow a calculation on a pocket calculator."""

_LONGEST_TAIL = 40
"""Decimal places to which digits are followed to show on which side of a tie they lie."""

APPROXIMATELY = "≈"

IN_PERCENT = frozenset({Kind.SHARE, Kind.GROWTH, Kind.PP})
"""Kinds of results that are published in %, as a number of hundredths; a rate of an index is published as it is."""
_HUNDREDFOLD = frozenset({Kind.SHARE, Kind.GROWTH, Kind.RATE, Kind.PERCENT, Kind.PP})

UNDECIDED = Text(en="undecided", zh="无法确定")
_NOTHING = Text(en="none", zh="无")
_YES, _NO = Text(en="yes", zh="是"), Text(en="no", zh="否")


def amount_text(amount: Amount, lang: Lang, *, exact: bool = False) -> str:
    """The amount in its unit, in one language.

    Exact where 12 significant digits are enough; otherwise rounded to six (all whole digits and two decimals at
    least) with `≈` before it. `exact` asks for a fraction `p/q` in place of that, and for the certified ends of an
    irrational value. An absent value is its label.

    >>> from assessment.core.types import Kind, Type
    >>> amount_text(Amount(value=Fraction(21, 1000), type=Type(kind=Kind.SHARE)), "zh")
    '2.1%'
    >>> amount_text(Amount(value=Fraction(2, 3), type=Type(kind=Kind.POINTS)), "en")
    '≈0.666667 points'
    """
    value = amount.value
    if not isinstance(value, tuple):
        return _scalar_text(value, amount.type, lang, exact=exact)
    if not value:
        return _NOTHING.in_(lang)
    joint = "、" if lang == "zh" else ", "
    return joint.join(_scalar_text(one, amount.type, lang, exact=exact) for one in value)


def exact_text(amount: Amount) -> str:
    """The exact value as it is kept: a short decimal or `p/q`, or the certified ends `[low, high]` of an irrational one.

    Ratios are not multiplied by 100 here. Levels and yes or no are their English words.

    >>> from assessment.core.types import Kind, Type
    >>> exact_text(Amount(value=Fraction(1, 3), type=Type(kind=Kind.RATE)))
    '1/3'
    """
    values = amount.value if isinstance(amount.value, tuple) else (amount.value,)
    return ", ".join(_exact(one, amount.type) for one in values)


def exact_note(amount: Amount, lang: Lang, longest: int = 12) -> str | None:
    """The fraction behind a figure that is shown with `≈`, where it is short enough to be checked; else None.

    >>> from assessment.core.types import POINTS
    >>> exact_note(Amount(value=Fraction(98, 15), type=POINTS), "zh")
    '精确值 98/15'
    """
    value = amount.value
    if isinstance(value, bool) or not isinstance(value, Fraction) or amount.type.kind in _HUNDREDFOLD:
        return None
    text = exact_text(amount)
    if "/" not in text or len(text) > longest:
        return None
    return f"精确值 {text}" if lang == "zh" else f"exactly {text}"


def decimal_of(amount: Amount, places: int | None) -> str | None:
    """A published score as a decimal with these places, so that 85.3 is `85.30`; None where there is none.

    Nothing is cut: what a rounded total leaves over beside scores of more places is written in full. Without places
    the value is as short as it can be. A value that does not end stands behind `≈`. A share is in hundredths.

    >>> from assessment.core.types import POINTS
    >>> decimal_of(Amount(value=Fraction(853, 10), type=POINTS), 2)
    '85.30'
    """
    value = amount.value
    if isinstance(value, bool) or not isinstance(value, (Fraction, Irrational)):
        return None
    if amount.type.kind in IN_PERCENT:
        value = number.mul(value, Fraction(100))
    needed = number.decimal_places(value) if isinstance(value, Fraction) else None
    if places is None or needed is None or not isinstance(value, Fraction):
        return _shown(value)
    return number.decimal_text(value, max(places, needed, 0))


def digits_before_rounding(value: Real, places: int) -> str:
    """Digits cut off after enough places to see which way they round, with `…` where they go on.

    They are never rounded themselves: 5.27499999 stays below 5.275.

    >>> digits_before_rounding(Fraction(527499999, 10**8), 2), digits_before_rounding(Fraction(1, 3), 2)
    ('5.27499999', '0.33333…')
    """
    if isinstance(value, Fraction):
        ending = number.decimal_places(value)
        if ending is not None and ending <= places + 8:
            return number.decimal_text(value, ending)
    shown = max(places, 0) + 3
    text = _cut(value, shown)
    # A tail of 4999… or 5000… does not say on which side of the tie the value lies: go on until it does.
    while shown < _LONGEST_TAIL and _is_near_tie(text.rpartition(".")[2][max(places, 0) :]):
        shown += 1
        text = _cut(value, shown)
    if isinstance(value, Fraction) and Fraction(text) == value:
        return text.rstrip("0")
    return f"{text}…"


def is_approximate(text: str) -> bool:
    """Whether a text of `amount_text` is not the exact value."""
    return text.startswith(APPROXIMATELY)


def equals(text: str) -> str:
    """The text behind an equals sign, or behind `≈` alone where it is rounded.

    >>> equals("2.1%"), equals("≈2.30769%")
    ('= 2.1%', '≈ 2.30769%')
    """
    return f"≈ {text.removeprefix(APPROXIMATELY)}" if is_approximate(text) else f"= {text}"


def with_unit(digits: str, type_: Type, lang: Lang, *, one: bool = False) -> str:
    """Digits with the unit of a type; `one` says that the number is exactly 1, for the English singular."""
    match type_.kind:
        case Kind.SHARE | Kind.GROWTH | Kind.RATE | Kind.PERCENT:
            return f"{digits}%"
        case Kind.PP:
            word = "percentage point" if one else "percentage points"
            return f"{digits} 个百分点" if lang == "zh" else f"{digits} {word}"
        case Kind.POINTS:
            word = "point" if one else "points"
            return f"{digits} 分" if lang == "zh" else f"{digits} {word}"
        case Kind.RANK:
            return f"第 {digits} 名" if lang == "zh" else f"place {digits}"
        case _:
            unit = "" if type_.unit is None else type_.unit.text
            unit = unit.removeprefix("1") if unit == "1" or unit.startswith("1/") else unit
            return f"{digits} {unit}" if unit else digits


def _scalar_text(value: Scalar, type_: Type, lang: Lang, *, exact: bool) -> str:
    if isinstance(value, Absence):
        return value.label.in_(lang)
    if isinstance(value, Undecided):
        return UNDECIDED.in_(lang)
    if isinstance(value, bool):
        return (_YES if value else _NO).in_(lang)
    if isinstance(value, str):
        return value
    if type_.kind is Kind.DATE and isinstance(value, Fraction):
        return day_text(value)
    if type_.kind is Kind.LEVEL and isinstance(value, Fraction):
        return _level(value, type_)
    scaled = number.mul(value, Fraction(100)) if type_.kind in _HUNDREDFOLD else value
    digits = _exact_number(scaled) if exact else _shown(scaled)
    return with_unit(digits, type_, lang, one=scaled == 1)


@lru_cache(maxsize=4096)
def _shown(value: Real) -> str:
    """The exact decimal if it is short, else a rounded one behind `≈`."""
    try:
        text = number.plain_text(value, SHORT)
        if not is_approximate(text):
            return text
        return number.plain_text(value, min(max(ROUGH, magnitude(value) + 3), 30))
    except (number.Undecided, number.TooLarge):
        return UNDECIDED.en


def _exact(value: Scalar, type_: Type) -> str:
    if isinstance(value, Absence):
        return value.value
    if isinstance(value, Undecided):
        return UNDECIDED.en
    if isinstance(value, bool):
        return (_YES if value else _NO).en
    if isinstance(value, str):
        return value
    if type_.kind is Kind.DATE and isinstance(value, Fraction):
        return day_text(value)
    if type_.kind is Kind.LEVEL and isinstance(value, Fraction):
        return _level(value, type_)
    return _exact_number(value)


def _exact_number(value: Real) -> str:
    if isinstance(value, Fraction):
        return number.exact_text(value)
    low, high = number.enclosure(value)
    return low if low == high else f"[{low}, {high}]"


def day_text(day: Fraction) -> str:
    """A day by its number from 1, 0001-01-01.

    >>> day_text(Fraction(736695))
    '2018-01-01'
    """
    return dt.date.fromordinal(int(day)).isoformat()


def _level(value: Fraction, type_: Type) -> str:
    """The name of a level by its place; a place between two levels, such as a mean, stays a number."""
    place = int(value)
    if value == place and 0 <= place < len(type_.levels):
        return type_.levels[place]
    return number.plain_text(value)


def _cut(value: Real, places: int) -> str:
    return number.decimal_text(number.round_real(value, places, Mode.TRUNCATE), places)


def _is_near_tie(tail: str) -> bool:
    """Whether digits behind the last place kept are 4999…, 5000…, 9999… or 0000…, and so leave the side open."""
    return tail[:1] in "4590" and len(set(tail[1:])) <= 1 and tail[1:2] in ("9" if tail[0] in "49" else "0")
