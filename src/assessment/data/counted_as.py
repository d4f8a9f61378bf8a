"""Data that count as those of other years, for a trial of rules that are for another year than the data.

Every year moves by as many years, and so do the dates among the values, so that what happened before a deadline is still before it.
Cells keep their places: where a value came from does not change.
"""

from __future__ import annotations

import datetime as dt
from calendar import isleap
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve

from assessment.core.absence import Absence
from assessment.data.model import Data, Observation, Row, Scalar
from assessment.semantics.model import CheckedRules, Input

__all__ = ["counted_as"]

_Value: TypeAlias = Scalar | Absence | tuple[Scalar | Absence, ...]


def counted_as(data: Data, rules: CheckedRules, years: int) -> Data:
    """Data that were read by rules, each year counted as the one that comes so many `years` later.

    The 29th of February becomes the 28th in a year that has none.
    """
    if years == 0:
        return data
    specs = {one.name: one for one in rules.inputs}
    return evolve(
        data,
        periods=tuple(period + years for period in data.periods),
        observations={
            (name, period + years, region): _moved(seen, specs.get(name), years)
            for (name, period, region), seen in data.observations.items()
        },
    )


def _moved(seen: Observation, spec: Input | None, years: int) -> Observation:
    """An observation with its dates moved."""
    if spec is None:
        return seen
    dated = {one.name for one in spec.fields if one.form == "date"}
    if not dated:
        return seen
    return evolve(seen, rows=tuple(_row(row, dated, years) for row in seen.rows))


def _row(row: Row, dated: AbstractSet[str], years: int) -> Row:
    return evolve(
        row,
        fields={
            name: evolve(cell, value=_later(cell.value, years)) if name in dated else cell
            for name, cell in row.fields.items()
        },
    )


def _later(value: _Value, years: int) -> _Value:
    """A date as its number of days, so many years later; what is no date stays."""
    if not isinstance(value, Fraction):
        return value
    day = dt.date.fromordinal(int(value))
    year = day.year + years
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return value
    last = 28 if (day.month, day.day) == (2, 29) and not isleap(year) else day.day
    return Fraction(dt.date(year, day.month, last).toordinal())
