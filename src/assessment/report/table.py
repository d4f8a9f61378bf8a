"""The table that every renderer takes: columns with headings, and cells as texts, some of which are also numbers."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Column:
    """A column by its heading; `number` puts it to the right."""

    title: str
    number: bool = False


@frozen(kw_only=True)
class Cell:
    """What a cell shows; `decimal` is the figure for a spreadsheet where the text is one, with its decimal places."""

    text: str
    decimal: str | None = None

    @property
    def places(self) -> int:
        """Decimal places of the figure."""
        return len((self.decimal or "").partition(".")[2])


@frozen(kw_only=True)
class Table:
    """A table with its title; `name` is what a sheet of a workbook is called."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def figure(decimal: str | None, otherwise: str) -> Cell:
    """A cell with a published decimal, or a text where there is none; a rounded figure behind `≈` stays a text."""
    if decimal is None:
        return Cell(text=otherwise)
    plain = decimal.removeprefix("-").replace(".", "", 1)
    return Cell(text=decimal, decimal=decimal if plain.isascii() and plain.isdigit() else None)
