r"""What one cell of a published table says: a number as people publish it, a place, a grade, or that there is none.

`1,234.50`, `85.30 分`, `３.５`, `96.1%`, `≈6.67`, `272/27`; `第3名`, `并列 3`, `3=`, `T-3`, `3rd`. A unit must be that of the
figure. Commas stand for thousands only, where thousands are.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from attrs import evolve

from assessment.core.absence import Absence
from assessment.data import words
from assessment.data.grid import MANY_DIGITS, Cell, clipped, has_many_digits
from assessment.data.published.model import Figure, PublishedFigure
from assessment.data.readings import Flaw, cell_flaw, exact_number, level_index
from assessment.data.scale import is_unit_text
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace
from assessment.diagnostics.suggest import nearest
from assessment.number import NumberError, decimal_places, read_number

__all__ = ["read_figure", "unit_of"]

_UNRANKED = frozenset(
    {
        "参照,不参加排名",
        "reference,notranked",
        "不参加排名",
        "notranked",
        "不排名",
        "不参评",
    }
)
_MOST_PLACES = 30
_DIGITS_OF_FLOATS = 15
"""Significant digits of a decimal that every binary float keeps."""
_LONGEST = 700
"""Characters of a cell that are looked at: two numbers of 1,000 bits and what stands about them."""

_DIGITS = r"[+\-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]{1,3})?"
_SCORE = re.compile(rf"(?P<about>[≈~]|约)?\s*(?P<number>{_DIGITS})\s*(?P<unit>[^\s0-9.,/].*)?")
_FRACTION = re.compile(r"(?P<number>[+\-]?[0-9]+\s*/\s*[0-9]+)\s*(?P<unit>[^\s0-9.,/].*)?")
_END = rf"{_DIGITS}|[+\-]?[0-9]+/[0-9]+"
_ENDS = re.compile(rf"\[(?P<low>{_END}),\s*(?P<high>{_END})\]")
_RANK = re.compile(
    r"(?:并列|tied|joint|=|T-?)?\s*(?:第|no\.?)?\s*"
    r"(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"\s*(?:st|nd|rd|th)?\s*(?:名|位)?\s*(?:=|\(?(?:并列|tied?|joint)\)?)?",
    re.IGNORECASE,
)

_UNITS: dict[str, str] = {
    **dict.fromkeys(("分", "points", "point", "pts"), "points"),
    **dict.fromkeys(("%", "percent", "per cent", "百分之"), "%"),
    **dict.fromkeys(("‰",), "‰"),
    **dict.fromkeys(("个百分点", "百分点", "pp", "percentage points", "percentage point"), "%"),
    **dict.fromkeys(("名", "位", "st", "nd", "rd", "th"), "place"),
}
_SCALES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}
_UNIT_NAMES = {
    "points": Text(en="points", zh="分"),
    "place": Text(en="places", zh="名次"),
    "": Text(en="plain numbers", zh="纯数"),
}


def unit_of(text: str) -> str | None:
    """The unit that a text names: `points`, `%`, `‰` or `place`; None for any other text.

    >>> unit_of("分"), unit_of("％"), unit_of("家")
    ('points', '%', None)
    """
    return _UNITS.get(unicodedata.normalize("NFKC", text).strip().casefold())


def read_figure(
    cell: Cell, figure: Figure, region: str, where: CellPlace, unit: str | None = None
) -> PublishedFigure | Flaw:
    """The figure in a cell, or what is wrong with it; `unit` is that of the column, for a number that states none."""
    flaw = cell_flaw(cell)
    if flaw is not None:
        return flaw
    text = clipped(cell.text.strip())
    made = PublishedFigure(
        figure=figure, region=region, value=Absence.NOT_REPORTED, text=text, places=0, origin=where
    )
    absent = cell.value if isinstance(cell.value, Absence) else words.absence_of(cell.text)
    if absent is not None or words.folded(text) in _UNRANKED:
        return evolve(made, value=absent or Absence.NOT_APPLICABLE)
    if figure.kind == "grade":
        return _level(made, cell)
    held = None if isinstance(cell.value, str | tuple) else exact_number(cell.value)
    if held is not None:
        # A cell that shows percent keeps hundredths.
        value, named = (held * 100, "%") if cell.percent else (held, unit or "")
        return _stored(made, value, named, from_float=isinstance(cell.value, float))
    plain = unicodedata.normalize("NFKC", cell.text).strip().replace("−", "-")
    try:
        return _rank(made, plain) if figure.kind == "rank" else _score(made, plain, unit or "")
    except NumberError as error:
        return Flaw(code="data-not-a-number", text=error.reason)


def _stored(made: PublishedFigure, value: Fraction, unit: str, *, from_float: bool) -> PublishedFigure | Flaw:
    """A number that is kept as one; a cell of a workbook counts as it is kept, however it is formatted."""
    if made.figure.kind == "rank":
        return _no_place(made.text) if unit else _place(made, value)
    exact = decimal_places(value) is None
    return _in_unit(evolve(made, places=_decimals(value, from_float), exact=exact), value, unit)


def _score(made: PublishedFigure, plain: str, unit_of_column: str) -> PublishedFigure | Flaw:
    if len(plain) > _LONGEST:
        return _no_number(made.text)
    ends = _ENDS.fullmatch(plain)
    if ends is not None:
        low, high = _number(ends["low"]), _number(ends["high"])
        return _no_number(made.text) if low > high else evolve(made, value=(low + high) / 2, ends=(low, high))
    fraction = _FRACTION.fullmatch(plain)
    if fraction is not None:
        value = _number(fraction["number"])
        return _in_unit(evolve(made, exact=True), value, (fraction["unit"] or "").strip() or unit_of_column)
    found = _SCORE.fullmatch(plain)
    if found is None:
        return _no_number(made.text)
    unit = (found["unit"] or "").strip() or unit_of_column
    value = read_number(found["number"]).value
    mantissa, _, exponent = found["number"].lower().partition("e")
    places = max(len(mantissa.partition(".")[2]) - int(exponent or 0), 0)
    about = found["about"] is not None
    return _in_unit(evolve(made, places=min(places, _MOST_PLACES), about=about), value, unit)


def _number(text: str) -> Fraction:
    """The number of decimal text, or of a fraction `p/q`, which may have more digits."""
    top, slash, bottom = text.partition("/")
    if not slash:
        return read_number(text).value
    if not int(bottom):
        raise NumberError(Text(en=f"`{clipped(text)}` divides by zero", zh=f"`{clipped(text)}` 的分母为零"))
    value = Fraction(int(top), int(bottom))
    if has_many_digits(value):
        raise NumberError(Text(en=f"`{clipped(text)}` is {MANY_DIGITS}", zh=f"`{clipped(text)}` 的位数过多"))
    return value


def _in_unit(made: PublishedFigure, value: Fraction, unit: str) -> PublishedFigure | Flaw:
    """The value in the unit in which the rules publish the figure; a flaw where it stands in another."""
    own = made.figure.unit
    named = unit_of(unit)
    if not unit or named == own or words.folded(unit) == words.folded(own):
        return _with(made, value, 0)
    if named is None and not is_unit_text(unit):
        return _no_number(made.text)
    if own == "%" and named == "‰":
        return _with(made, value / 10, 1)
    if not own and named is not None and named in _SCALES:
        return _with(made, value * _SCALES[named], 2 if named == "%" else 3)
    is_in = _UNIT_NAMES.get(own, Text.same(own))
    return Flaw(
        code="data-unit-mismatch",
        text=Text(
            en=f"`{made.text}` has another unit than `{made.figure.id}`, which is in {is_in.en}",
            zh=f"`{made.text}` 的单位不对：`{made.figure.id}` 以{is_in.zh}计",
        ),
        help=Text(
            en="give the figure in the unit in which the rules publish it, or leave the column out",
            zh="请按规则公布的单位填写，或去掉该列",
        ),
    )


def _with(made: PublishedFigure, value: Fraction, further: int) -> PublishedFigure:
    """The figure with its value; `further` decimals are gained by a change of scale."""
    places = 0 if made.exact else min(made.places + further, _MOST_PLACES)
    return evolve(made, value=value, places=places)


def _rank(made: PublishedFigure, plain: str) -> PublishedFigure | Flaw:
    found = _RANK.fullmatch(plain[:100])
    if found is None:
        unit = _SCORE.fullmatch(plain[:100])
        return _no_number(made.text) if unit is None else _no_place(made.text)
    return _place(made, read_number(found["number"]).value)


def _place(made: PublishedFigure, value: Fraction) -> PublishedFigure | Flaw:
    if value < 1 or (2 * value).denominator != 1:
        return _no_place(made.text)
    return evolve(made, value=value, places=_decimals(value))


def _level(made: PublishedFigure, cell: Cell) -> PublishedFigure | Flaw:
    levels = made.figure.levels
    place = level_index(cell.text, levels)
    if place is not None:
        return evolve(made, value=Fraction(place))
    near = nearest(cell.text, levels)
    return Flaw(
        code="data-unknown-level",
        text=Text(en=f"the rules have no grade `{made.text}`", zh=f"规则中没有 `{made.text}` 这一等次"),
        help=Text(en=f"the grades are {', '.join(levels)}", zh=f"等次为{'、'.join(levels)}")
        if near is None
        else Text(en=f"did you mean `{near}`?", zh=f"是否应为 `{near}`？"),
    )


def _no_number(text: str) -> Flaw:
    return Flaw(
        code="data-not-a-number",
        text=Text(en=f"`{text}` is not a number", zh=f"`{text}` 不是数字"),
        help=Text(
            en="write the figure as it was published, or `—` where none was",
            zh="请照公布的写数字；没有公布的写 `—`",
        ),
    )


def _no_place(text: str) -> Flaw:
    return Flaw(
        code="data-not-a-number",
        text=Text(en=f"`{text}` is not a place in a ranking", zh=f"`{text}` 不是名次"),
        help=Text(en="places are counted from 1", zh="名次从 1 数起"),
    )


def _decimals(value: Fraction, from_float: bool = False) -> int:
    """The decimals of a number; of one that was kept as a float those that a float holds for certain."""
    places = min(decimal_places(value) or 0, _MOST_PLACES)
    return min(places, max(_DIGITS_OF_FLOATS - len(str(int(abs(value)))), 0)) if from_float else places
