"""What the data say only to so many decimals: the interval of each input of each region.

A value x published to d places in a unit u stands for every value from x - u/(2·10^d), included, to x + u/(2·10^d), not
included, within the declared range. Nothing is taken as rounded unless the file says so of the input or the caller says
that the decimals in the data are those of its publication. A count is whole, so half a unit leaves only itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from assessment.core import intervals as iv
from assessment.core.absence import Absence
from assessment.core.intervals import Interval
from assessment.data.model import Data, Observation
from assessment.data.scale import declared, scale_of
from assessment.semantics.model import CheckedRules, Input

__all__ = ["Boxes", "boxes"]

_DECIMAL = re.compile(r"[0-9][0-9,]*(?:\.(?P<part>[0-9]+))?(?:[eE](?P<exponent>[+\-]?[0-9]{1,3}))?")


@frozen(kw_only=True)
class Boxes:
    """Intervals by input and year, one for each region in the order of the data; None where a value is exact or absent."""

    by_cell: Mapping[tuple[str, int], tuple[Interval | None, ...]]

    @property
    def empty(self) -> bool:
        """Whether everything is known exactly."""
        return not self.by_cell


def boxes(rules: CheckedRules, data: Data, *, from_data: bool) -> Boxes:
    """The intervals of all values of inputs that are published to some place."""
    found: dict[tuple[str, int], tuple[Interval | None, ...]] = {}
    for spec in rules.inputs:
        if spec.form != "number" or (spec.published_places is None and not from_data):
            continue
        for year in data.periods:
            column = [data.observations.get((spec.name, year, region)) for region in data.regions]
            halves = _halves(spec, column)
            intervals = tuple(_interval(spec, one, half) for one, half in zip(column, halves, strict=True))
            if any(one is not None for one in intervals):
                found[spec.name, year] = intervals
    return Boxes(by_cell=found)


def _halves(spec: Input, column: list[Observation | None]) -> list[Fraction]:
    """Half a unit of the last place for each region; a column has as many places as its longest value."""
    if spec.published_places is not None:
        half = Fraction(1, 2) * Fraction(10) ** -spec.published_places * declared(spec).factor
        return [half] * len(column)
    places: dict[str | None, int] = {}
    for one in column:
        if one is not None and isinstance(one.value, Fraction):
            places[one.unit] = max(places.get(one.unit, 0), _places(one.text))
    return [
        Fraction(0)
        if one is None or one.unit not in places
        else Fraction(1, 2) * Fraction(10) ** -places[one.unit] * _factor(spec, one.unit)
        for one in column
    ]


def _factor(spec: Input, unit: str | None) -> Fraction:
    return declared(spec).factor if unit is None else scale_of(unit, spec).factor


def _places(text: str) -> int:
    """The decimals of the number in a text.

    >>> _places("1,234.50 万元"), _places("12"), _places("1.5e-2")
    (2, 0, 3)
    """
    found = _DECIMAL.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return 0
    return max(len(found["part"] or "") - int(found["exponent"] or 0), 0)


def _interval(spec: Input, seen: Observation | None, half: Fraction) -> Interval | None:
    if seen is None or isinstance(seen.value, Absence) or not isinstance(seen.value, Fraction) or half == 0:
        return None
    base = spec.type.unit.factor if spec.whole and spec.type.unit is not None else Fraction(1)
    if spec.whole and half * base <= Fraction(1, 2):
        return None
    value, bounds = seen.value, spec.bounds
    whole = Interval(value - half, False, value + half, True)
    allowed = iv.between(
        bounds.low, bounds.high, low_open=not bounds.low_closed, high_open=not bounds.high_closed
    )
    return whole if allowed is None else iv.meet(whole, allowed)
