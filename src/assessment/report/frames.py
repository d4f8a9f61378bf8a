"""A whole result as a data frame: published scores as decimals, exact totals as text; nothing is ever a float.

Columns: `region`, `group`, `rank`, `from_bottom` (where it is published), `total`, `exact` (`p/q`, or certified ends), `grade`, `key_total`, `estimated` (the ids of the
scores that rest on an estimate), `marks` (the names of those held, where the rules have marks), then the further results (`result gap`, `result gap rank`), then one for each
indicator under its id (`indicator 2`). An absent score is null.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from assessment import number
from assessment.audit.amount import IN_PERCENT, amount_text, decimal_of, exact_text
from assessment.audit.lines import estimated_lines, published_lines
from assessment.audit.record import Amount, Breakdown, ResultRecord
from assessment.core.absence import Absence
from assessment.errors import MissingExtra
from assessment.evaluation.facts import Undecided
from assessment.number import Irrational

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

_DIGITS = 38
"""Digits that the decimal columns of Arrow and polars hold."""


@frozen(kw_only=True)
class _Column:
    """A column; `places` is there where it holds decimals, otherwise it holds texts."""

    name: str
    values: tuple[str | Decimal | None, ...]
    places: int | None = None


def to_pandas(result: ResultRecord) -> pd.DataFrame:
    """A pandas frame with objects: decimals and texts. Errors: `MissingExtra`."""
    try:
        import pandas as pd
    except ImportError as error:
        raise _missing("pandas") from error
    return pd.DataFrame({one.name: pd.Series(list(one.values), dtype=object) for one in _columns(result)})


def to_polars(result: ResultRecord) -> pl.DataFrame:
    """A polars frame with decimal and text columns. Errors: `MissingExtra`."""
    try:
        import polars as pl
    except ImportError as error:
        raise _missing("polars") from error
    return pl.DataFrame(
        [
            pl.Series(
                one.name,
                one.values,
                dtype=pl.String if one.places is None else pl.Decimal(precision=_DIGITS, scale=one.places),
            )
            for one in _columns(result)
        ]
    )


def to_arrow(result: ResultRecord) -> pa.Table:
    """An Arrow table with decimal and text columns. Errors: `MissingExtra`."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise _missing("pyarrow") from error
    return pa.table(
        {
            one.name: pa.array(
                one.values, type=pa.string() if one.places is None else pa.decimal128(_DIGITS, one.places)
            )
            for one in _columns(result)
        }
    )


def _columns(result: ResultRecord) -> list[_Column]:
    within = None if result.rules.ranking is None else result.rules.ranking.within
    breakdowns = [one.breakdown for one in result]
    lines = [{line.id: line for line in one.root.walk()} for one in breakdowns]
    places = breakdowns[0].root.places if breakdowns else None
    columns = [
        _Column(name="region", values=tuple(one.region for one in breakdowns)),
        _Column(name="group", values=tuple(one.group for one in breakdowns)),
        _numbers("rank", [None if within is None else one.ranks.get(within) for one in breakdowns]),
        *(
            [_numbers("from_bottom", [one.from_bottom.get(within) for one in breakdowns])]
            if within is not None and any(one.from_bottom for one in breakdowns)
            else []
        ),
        _numbers("total", [one.root.score for one in breakdowns], places),
        _Column(name="exact", values=tuple(_exact(one.root.exact) for one in breakdowns)),
        _Column(name="grade", values=tuple(_grade(one) for one in breakdowns)),
        _numbers("key_total", [one.key_total for one in breakdowns], places),
        _Column(name="estimated", values=tuple(_estimated(one) for one in breakdowns)),
    ]
    if result.rules.marks:
        columns.append(_Column(name="marks", values=tuple(_marks(one) for one in breakdowns)))
    shown = published_lines(breakdowns[0].root) if breakdowns else ()
    indicators = [_numbers(line.id, [one[line.id].score for one in lines], line.places) for line in shown]
    return [*columns, *_further(breakdowns), *indicators]


def _further(breakdowns: Sequence[Breakdown]) -> list[_Column]:
    """The further results by their paths, with their ranks."""
    found: list[_Column] = []
    for place, result in enumerate(breakdowns[0].results if breakdowns else ()):
        all_of = [one.results[place] for one in breakdowns]
        found.append(_numbers(result.root.id, [one.root.score for one in all_of], result.root.places))
        if result.within is not None:
            ranks = [None if one.within is None else one.ranks.get(one.within) for one in all_of]
            found.append(_numbers(f"{result.root.id} rank", ranks))
    return found


def _numbers(name: str, amounts: Sequence[Amount | None], places: int | None = None) -> _Column:
    """A column of decimals; of texts where a value has no short decimal, since nothing is rounded here."""
    texts = [None if one is None else decimal_of(one, places) for one in amounts]
    if any(text is not None and not _is_decimal(text) for text in texts):
        return _Column(
            name=name, values=tuple(None if one is None else _exact(_hundredths(one)) for one in amounts)
        )
    decimals = tuple(None if text is None else Decimal(text) for text in texts)
    most = max((len((text or "").partition(".")[2]) for text in texts), default=0)
    most = max(most, places or 0)
    return _Column(name=name, values=decimals, places=most)


def _is_decimal(text: str) -> bool:
    plain = text.removeprefix("-").replace(".", "", 1)
    return plain.isascii() and plain.isdigit() and len(plain) <= _DIGITS


def _hundredths(amount: Amount) -> Amount:
    """An amount as it is published: a share in hundredths, as the decimals of other columns are."""
    value = amount.value
    if amount.type.kind not in IN_PERCENT or not isinstance(value, Fraction | Irrational):
        return amount
    return evolve(amount, value=number.mul(value, Fraction(100)))


def _exact(amount: Amount) -> str | None:
    return None if isinstance(amount.value, (Absence, Undecided)) else exact_text(amount)


def _grade(one: Breakdown) -> str | None:
    if one.grade is None or not isinstance(one.grade.value, Fraction):
        return None
    return amount_text(one.grade, "en")


def _marks(one: Breakdown) -> str:
    """The names of the marks that a region has."""
    return ", ".join(mark.name for mark in one.marks if mark.held.value is True)


def _estimated(one: Breakdown) -> str | None:
    """The ids of the lines and results that rest on an estimate; null where none does."""
    return ", ".join(line.id for line in estimated_lines(one)) or None


def _missing(library: str) -> MissingExtra:
    return MissingExtra("frames", en=f"a {library} table", zh=f"输出 {library} 表")
