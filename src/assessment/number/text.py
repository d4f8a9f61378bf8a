"""Decimal text to rationals and back, without a float on the way.

Python's own `int`, `float` and `Fraction` take more than people write (`1_000`, `٣`, `nan`, `1e100000000`),
and printing an integer past 4,300 digits raises. So both directions are done here, with explicit classes of
characters and stated limits.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import isfinite

import attrs

from assessment.diagnostics.bilingual import Text
from assessment.number.errors import NumberError, TooLarge
from assessment.number.integers import valuation

__all__ = [
    "MOST_BITS",
    "ParsedNumber",
    "decimal_text",
    "exact_text",
    "fraction_of_float",
    "parse_number",
    "read_number",
]

#: Digits a number may be written with, and the largest power of ten behind `e`.
MOST_DIGITS = 60
MOST_EXPONENT = 60
#: Bits of numerator and denominator together that an exact result may have (some 60,000 digits).
MOST_BITS = 200_000
#: Digits up to which an exact number is shown as a decimal rather than as `p/q`.
_DECIMAL_DIGITS = 30
#: Bits of a number that surely has fewer than the 4,300 digits at which Python's own printing stops.
_FEW_BITS = 13_000

_TWINS = str.maketrans("０１２３４５６７８９．＋－−", "0123456789.+--")
# Invariant: no character is matched by two neighbouring parts, so matching takes linear time.
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<part>[0-9]+))?"
    r"(?:[eE](?P<exponent>[+-]?[0-9]{1,9}))?"
)
_LONGEST = 2 * MOST_DIGITS


@attrs.frozen(kw_only=True)
class ParsedNumber:
    """A number read from text, and whether full-width characters were folded on the way."""

    value: Fraction
    folded: bool


def parse_number(text: str) -> Fraction:
    """The rational that decimal text stands for.

    Errors: `NumberError`, with the reason, for anything but a decimal number.

    >>> parse_number("1,234.5")
    Fraction(2469, 2)
    >>> parse_number("１２．５")
    Fraction(25, 2)
    """
    return read_number(text).value


def read_number(text: str) -> ParsedNumber:
    """Read decimal text: a sign, digits with thousands commas, a fraction, an exponent.

    Full-width digits, sign and dot count as their ASCII twins, and so does the minus sign `−`; `folded`
    then says so. Nothing else is dropped or guessed: no blanks, no percent sign, no unit.
    Errors: `NumberError` for any other text, more than 60 digits, or an exponent beyond 60.
    """
    if len(text) > _LONGEST:
        raise NumberError(
            Text(
                en=f"a number of {len(text)} characters is too long, at most {MOST_DIGITS} digits are read",
                zh=f"数字长达 {len(text)} 个字符，最多读取 {MOST_DIGITS} 位",
            )
        )
    plain = text.translate(_TWINS)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise NumberError(_why_not(text, plain))
    whole, part = match["whole"].replace(",", ""), match["part"] or ""
    if len(whole) + len(part) > MOST_DIGITS:
        raise NumberError(
            Text(
                en=f"`{text}` has {len(whole) + len(part)} digits, at most {MOST_DIGITS} are read",
                zh=f"`{text}` 有 {len(whole) + len(part)} 位数字，最多读取 {MOST_DIGITS} 位",
            )
        )
    exponent = int(match["exponent"] or 0)
    if abs(exponent) > MOST_EXPONENT:
        raise NumberError(
            Text(
                en=f"the exponent of `{text}` is beyond {MOST_EXPONENT}",
                zh=f"`{text}` 的指数超出 {MOST_EXPONENT}",
            )
        )
    digits = int(whole + part)
    power = exponent - len(part)
    value = Fraction(digits * 10**power) if power >= 0 else Fraction(digits, 10**-power)
    return ParsedNumber(value=-value if match["sign"] == "-" else value, folded=plain != text)


def _why_not(text: str, plain: str) -> Text:
    """Why `text` is no decimal number, and what would be one."""
    if not plain.strip():
        return Text(en="there is no number, only empty text", zh="没有数字，只有空白")
    if plain.strip() != plain:
        return Text(en=f"`{text}` has blanks around the number", zh=f"`{text}` 的数字前后有空白")
    bare = plain.lstrip("+-").lower()
    if bare in ("nan", "inf", "infinity"):
        return Text(en=f"`{text}` is not a finite number", zh=f"`{text}` 不是有限的数")
    if re.fullmatch(r"[0-9,]+(\.[0-9,]*)?", bare) and "," in bare:
        return Text(
            en=f"`{text}` has a comma in the wrong place: thousands are written as `1,234.5`",
            zh=f"`{text}` 的逗号位置不对：千位分隔应写作 `1,234.5`",
        )
    if re.fullmatch(r"\.[0-9]+|[0-9]+\.", bare):
        return Text(
            en=f"`{text}` needs a digit on both sides of the decimal point",
            zh=f"`{text}` 的小数点两边都要有数字",
        )
    if any(c.isdigit() and c not in "0123456789" for c in plain):
        return Text(en=f"`{text}` has digits other than 0 to 9", zh=f"`{text}` 含有 0 至 9 以外的数字字符")
    return Text(
        en=f"`{text}` is not a decimal number such as `1234.5`", zh=f"`{text}` 不是十进制数，例如 `1234.5`"
    )


def fraction_of_float(x: float) -> Fraction:
    """The rational of the shortest decimal that gives the float `x` back.

    A float that came from the text `2.675` lies beside 2.675; its shortest decimal is what was written.
    Errors: `NumberError` for infinities and not-a-number.

    >>> fraction_of_float(2.675)
    Fraction(107, 40)
    """
    if not isfinite(x):
        raise NumberError(Text(en=f"`{float(x)}` is not a finite number", zh=f"`{float(x)}` 不是有限的数"))
    return Fraction(float.__repr__(float(x)))


def decimal_text(value: Fraction, places: int) -> str:
    """Fixed-point text of a number that is a multiple of 10^-`places`.

    Errors: `ValueError` if digits would be lost; round first. `TooLarge` past 200,000 bits.

    >>> decimal_text(Fraction(7, 2), 2)
    '3.50'
    """
    if places < 0:
        raise ValueError(f"{places} decimal places cannot be written")
    scale = 10**places
    if scale % value.denominator:
        raise ValueError(f"the number has more than {places} decimal places")
    digits = _digits(abs(value.numerator) * (scale // value.denominator)).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def exact_text(value: Fraction) -> str:
    """Text that gives the number back exactly: a short decimal, else `p/q` in lowest terms.

    Errors: `TooLarge` past 200,000 bits.

    >>> exact_text(Fraction(23, 1000)), exact_text(Fraction(1, 3))
    ('0.023', '1/3')
    """
    places = decimal_places(value)
    if places is not None and places <= _DECIMAL_DIGITS:
        text = decimal_text(value, places)
        if sum(c.isdigit() for c in text) <= _DECIMAL_DIGITS:
            return text
    sign = "-" if value < 0 else ""
    top = sign + _digits(abs(value.numerator))
    return top if value.denominator == 1 else f"{top}/{_digits(value.denominator)}"


def decimal_places(value: Fraction) -> int | None:
    """The fewest decimal places that write `value` exactly, or `None` if none do.

    >>> decimal_places(Fraction(1, 8)), decimal_places(Fraction(1, 3))
    (3, None)
    """
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = valuation(rest, 5)
    rest //= 5**fives
    return max(twos, fives) if rest == 1 else None


def _digits(number: int) -> str:
    """Decimal digits of a whole number that is not negative, past Python's own limit too."""
    if number.bit_length() > MOST_BITS:
        raise TooLarge(
            Text(
                en=f"a number of {number.bit_length()} bits is too long to write, at most {MOST_BITS} bits are",
                zh=f"数长达 {number.bit_length()} 个二进制位，最多写出 {MOST_BITS} 位",
            )
        )
    if number.bit_length() <= _FEW_BITS:
        return str(number)
    pieces: list[str] = []
    block = 10**4000
    while number >= block:
        number, low = divmod(number, block)
        pieces.append(str(low).rjust(4000, "0"))
    pieces.append(str(number))
    return "".join(reversed(pieces))
