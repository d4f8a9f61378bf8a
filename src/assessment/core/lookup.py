"""Which entry of a table counts for a group in a year."""

from __future__ import annotations

from fractions import Fraction

__all__ = ["entry_for"]

Entry = tuple[str | None, int | None, Fraction]


def entry_for(entries: tuple[Entry, ...], group: str | None, year: int) -> Entry | None:
    """The entry: for group and year before that for every group, before that for every year, before that for all.

    >>> entry_for(((None, 2018, Fraction(4)), ("zone", None, Fraction(3))), "zone", 2018)
    (None, 2018, Fraction(4, 1))
    """
    for wanted in ((group, year), (None, year), (group, None), (None, None)):
        for entry in entries:
            if entry[:2] == wanted:
                return entry
    return None
