"""What the evaluator reads: regions, their groups, and plain exact values by input and period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from attrs import field, frozen

from assessment.core.absence import Absence
from assessment.number import Real


class Undecided:
    """The mark of a value that certified enclosures could not decide; there is one, `UNDECIDED`."""

    def __repr__(self) -> str:
        return "UNDECIDED"


UNDECIDED: Final = Undecided()

Scalar: TypeAlias = Real | bool | str | Absence | Undecided
Value: TypeAlias = Scalar | tuple[Scalar, ...]
"""A value of one region; a tuple with one value for each row where the entity is a row."""


@frozen(kw_only=True)
class Facts:
    """The field of one assessment.

    `groups` and `reference` go beside `regions`. `cells` is keyed by input and absolute period and has one value for
    each region; what is not there was not reported. Values are in the unit of the input.
    """

    regions: tuple[str, ...]
    groups: tuple[str | None, ...]
    reference: tuple[bool, ...]
    period: int
    cells: Mapping[tuple[str, int], tuple[Value, ...]] = field(repr=False)
