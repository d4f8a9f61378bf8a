"""Read data: observations by input, period and region, each with where it came from and what was done to it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from assessment.core.absence import Absence
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Diagnostic

Scalar: TypeAlias = Fraction | bool | str
"""A number in the stored scale (levels are whole numbers from 0, the best; dates are days), yes and no, or a text."""


@frozen(kw_only=True)
class Observation:
    """One reported value, or the way in which it is absent.

    For ratings and events `value` is a tuple with one entry for each row. `text` is what the cell held, as shown.
    `unit` is the unit the data stated, where it was not that of the input. `remarks` say what was done to the value:
    a conversion, a fold of full-width digits, a float taken by its shortest decimal, a percent sign read.
    """

    value: Scalar | Absence | tuple[Scalar | Absence, ...]
    text: str
    origin: CellPlace
    unit: str | None = None
    remarks: tuple[Text, ...] = ()
    rows: tuple[Row, ...] = ()
    """The rows behind the value, where the data give them one by one; those left out are not in the value."""

    @property
    def counted(self) -> tuple[Row, ...]:
        """The rows that are in the value."""
        return tuple(row for row in self.rows if row.left_out is None)


@frozen(kw_only=True)
class Row:
    """One rating or event: its value and its fields, each with its cell; `left_out` says why it does not count."""

    value: Observation
    fields: Mapping[str, Observation] = field(factory=dict)
    left_out: Text | None = None


@frozen(kw_only=True)
class Data:
    """The data of one or more periods, checked against a rule set.

    `regions` are in the order of the data, under the names of the rule file; `group_by_region` gives each one's group,
    None where the rules have no groups. `observations` is keyed by input, period and region; a key that is not there
    was never mentioned in the data and counts as *not reported*. `remarks` are notes and warnings about the source,
    such as rows that were skipped.
    """

    regions: tuple[str, ...]
    group_by_region: Mapping[str, str | None]
    periods: tuple[int, ...]
    observations: Mapping[tuple[str, int, str], Observation] = field(repr=False)
    source: str = ""
    labels: tuple[str, ...] = ()
    """What the source says about itself, such as *illustrative, invented*; shown wherever results are."""
    remarks: tuple[Diagnostic, ...] = field(default=(), repr=False)
