"""Entries → observations: each cell is read, rows of ratings and events are joined, what is given twice is compared.

Two sheets may give the same value: they must agree, and one that does not report it gives way. Within one sheet a value
is given once. Here, with a whole column in view, it also shows whether bare ratios could be meant in two ways.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, field, frozen

from assessment.core.absence import Absence
from assessment.data.entries import Entry, Event, RowEntry, RowMark, RowSheet, Said, Seen, Spoiled
from assessment.data.grid import At, Found, clipped
from assessment.data.model import Observation, Scalar
from assessment.data.names import Names
from assessment.data.readings import Flaw, Reading
from assessment.data.row_values import read_rows
from assessment.data.scale import value_text
from assessment.data.values import is_ratio_number, raters_left_out, read_value
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Label, diagnostic
from assessment.number import exact_text
from assessment.semantics.model import Input

Key = tuple[str, int, str]
"""Input, period and region."""


@frozen(kw_only=True)
class Gathered:
    """What all sheets say together. `columns` are the inputs and years of which any value was met."""

    observations: Mapping[Key, Observation] = field(repr=False)
    at_by_key: Mapping[Key, At] = field(repr=False)
    seen: Mapping[str, Seen]
    spoiled: tuple[Spoiled, ...]
    columns: frozenset[tuple[str, int]]
    labels: tuple[str, ...]
    found: tuple[Found, ...]


@frozen(kw_only=True)
class _Read:
    entry: Entry
    reading: Reading


def gather(events: Iterable[Event], names: Names | None = None) -> Gathered:
    """Put the events of all tables together; `names` are those of regions that rows may name."""
    seen: dict[str, Seen] = {}
    labels: dict[str, None] = {}
    spoiled: list[Spoiled] = []
    found: list[Found] = []
    read: list[_Read] = []
    columns: set[tuple[str, int]] = set()
    entries: list[RowEntry] = []
    marks: list[RowMark] = []
    sheets: list[RowSheet] = []
    for event in events:
        match event:
            case Found():
                found.append(event)
            case Seen():
                seen.setdefault(event.region, event)
            case Spoiled():
                spoiled.append(event)
            case RowEntry():
                entries.append(event)
            case RowMark():
                marks.append(event)
            case RowSheet():
                sheets.append(event)
            case Said():
                labels.setdefault(event.text)
            case Entry():
                columns.add((event.spec.name, event.period))
                reading = read_value(event.cell, event.spec, event.stated.scale)
                if isinstance(reading, Flaw):
                    found.append(_flaw(event, reading))
                    spoiled.append(Spoiled(input=event.spec.name, period=event.period, region=event.region))
                else:
                    if event.stated.remarks:
                        reading = evolve(reading, remarks=event.stated.remarks + reading.remarks)
                    read.append(_Read(entry=event, reading=reading))
    found += _float_notes(read)
    ambiguous = _ambiguous(read)
    found += [one for one, _ in ambiguous]
    spoiled += [one for _, one in ambiguous]
    kept, doubles = _kept(read)
    rows = read_rows(entries, marks, sheets, tuple(seen), names)
    spoiled += [Spoiled(input=name, period=period, region=region) for name, period, region in rows.spoiled]
    return Gathered(
        observations={key: observation for key, (_, observation) in kept.items()} | dict(rows.observations),
        at_by_key={key: entry.at for key, (entry, _) in kept.items()} | dict(rows.at_by_key),
        seen=seen,
        spoiled=tuple(spoiled),
        columns=frozenset(columns) | rows.columns,
        labels=tuple(labels),
        found=(*found, *doubles, *rows.found),
    )


def _whose(entry: Entry) -> Text:
    return Text.same(f"{entry.region}, {entry.period}, {entry.spec.name}")


def _flaw(entry: Entry, flaw: Flaw) -> Found:
    return Found(
        at=entry.at,
        diagnostic=diagnostic(
            flaw.code, flaw.text, Label(place=entry.place, text=_whose(entry)), help=flaw.help
        ),
    )


# Whole columns ---------------------------------------------------------------------------------------------


def _by_column(read: Sequence[_Read]) -> Mapping[tuple[int, int, str], list[_Read]]:
    columns: dict[tuple[int, int, str], list[_Read]] = defaultdict(list)
    for one in read:
        columns[one.entry.at[0], one.entry.at[2], one.entry.spec.name].append(one)
    return columns


def _float_notes(read: Sequence[_Read]) -> list[Found]:
    """One note for each column that holds binary floats."""
    notes: list[Found] = []
    for ones in _by_column(read).values():
        count = sum(one.reading.from_float for one in ones)
        if count:
            entry = ones[0].entry
            notes.append(
                Found(
                    at=entry.head_at,
                    diagnostic=diagnostic(
                        "data-float",
                        Text(
                            en=f"{count} numbers of `{entry.spec.name}` are binary floats and were taken by their shortest decimal",
                            zh=f"`{entry.spec.name}` 有 {count} 个数值为二进制浮点数，按最短十进制读取",
                        ),
                        entry.head,
                    ),
                )
            )
    return notes


def _ambiguous(read: Sequence[_Read]) -> list[tuple[Found, Spoiled]]:
    """An error for each column of bare numbers that could be ratios as well as percent.

    Such a column states no unit, its numbers lie between -1 and 1, and both readings are within the declared range.
    """
    errors: list[tuple[Found, Spoiled]] = []
    for ones in _by_column(read).values():
        spec = ones[0].entry.spec
        if not is_ratio_number(spec) or spec.unit in (None, "1"):
            continue
        plain = [
            (one, one.reading.value)
            for one in ones
            if one.reading.plain and isinstance(one.reading.value, Fraction) and one.reading.value
        ]
        percent = Fraction(1, 100)
        if not plain or any(
            abs(value) > percent or not spec.bounds.hold(value / percent) for _, value in plain
        ):
            continue
        errors.append((_two_readings(plain[0][0].entry, plain[0][1]), Spoiled(input=spec.name)))
    return errors


def _two_readings(entry: Entry, value: Fraction) -> Found:
    spec = entry.spec
    written = exact_text(value * 100)
    small, large = value_text(value, spec), value_text(value * 100, spec)
    return Found(
        at=entry.at,
        diagnostic=diagnostic(
            "data-percent-ambiguous",
            Text(
                en=f"`{written}` in `{spec.name}` may mean {small} or {large}, and the column states no unit",
                zh=f"`{spec.name}` 中的 `{written}` 可指 {small}，也可指 {large}，该列未注明单位",
            ),
            Label(place=entry.place, text=_whose(entry)),
            help=Text(
                en=f"put `%` into the heading if {small} is meant; write percent signs, or give the unit `1`, if {large} is",
                zh=f"若指 {small}，请在表头注明 `%`；若指 {large}，请写百分号，或将单位设为 `1`",
            ),
        ),
    )


# Values given more than once -------------------------------------------------------------------------------


def _kept(read: Sequence[_Read]) -> tuple[Mapping[Key, tuple[Entry, Observation]], list[Found]]:
    by_sheet: dict[tuple[Key, int], list[_Read]] = defaultdict(list)
    for one in read:
        entry = one.entry
        by_sheet[(entry.spec.name, entry.period, entry.region), entry.at[0]].append(one)
    kept: dict[Key, tuple[Entry, Observation]] = {}
    doubles: list[Found] = []
    for (key, _), ones in by_sheet.items():
        first = ones[0].entry
        if first.spec.form in ("ratings", "events"):
            new = _joined(ones)
        else:
            new = _observation(ones[0])
            doubles += [_double(one.entry, first) for one in ones[1:]]
        known = kept.get(key)
        if known is None or (
            known[1].value is Absence.NOT_REPORTED and new.value is not Absence.NOT_REPORTED
        ):
            kept[key] = (first, new)
        elif new.value is not Absence.NOT_REPORTED and new.value != known[1].value:
            doubles.append(_double(first, known[0], disagree=True))
    return kept, doubles


def _observation(one: _Read) -> Observation:
    return Observation(
        value=one.reading.value,
        text=one.entry.cell.text,
        origin=one.entry.place,
        unit=one.reading.unit,
        remarks=one.reading.remarks,
    )


def _joined(ones: Sequence[_Read]) -> Observation:
    """The rows of several cells as one observation, which has the place of the first cell with a value."""
    if len(ones) == 1:
        return _observation(ones[0])
    in_order = sorted(ones, key=lambda one: (one.entry.at[1], one.entry.number, one.entry.at[2]))
    values: list[Scalar | Absence] = []
    for one in in_order:
        if isinstance(one.reading.value, tuple):
            values += one.reading.value
    with_value = [one for one in in_order if isinstance(one.reading.value, tuple)]
    absent = [one.reading.value for one in in_order if isinstance(one.reading.value, Absence)]
    remarks = dict.fromkeys(remark for one in with_value for remark in one.reading.remarks)
    if with_value and absent and ones[0].entry.spec.form == "ratings":
        remarks.setdefault(raters_left_out(len(absent)))
    leading = (with_value or in_order)[0]
    return Observation(
        value=tuple(values) if with_value else Absence.first(tuple(absent)),
        text="; ".join(one.entry.cell.text for one in with_value or in_order),
        origin=leading.entry.place,
        unit=leading.reading.unit,
        remarks=tuple(remarks),
    )


def _double(entry: Entry, first: Entry, *, disagree: bool = False) -> Found:
    whose = f"`{_called(entry.spec)}` of `{entry.region}` for {entry.period}"
    whose_zh = f"`{entry.region}` {entry.period} 年 `{_called(entry.spec)}`"
    other = clipped(first.cell.text)
    text = (
        Text(
            en=f"{whose} is `{clipped(entry.cell.text)}` here and `{other}` elsewhere",
            zh=f"{whose_zh}此处为 `{clipped(entry.cell.text)}`，另一处为 `{other}`",
        )
        if disagree
        else Text(en=f"{whose} is given twice", zh=f"{whose_zh}重复给出")
    )
    return Found(
        at=entry.at,
        diagnostic=diagnostic(
            "data-duplicate-cell",
            text,
            Label(place=entry.place),
            Label(place=first.place, text=Text(en="given here first", zh="首次出现于此"), primary=False),
            help=Text(en="keep one of the two", zh="请只保留其中之一"),
        ),
    )


def _called(spec: Input) -> str:
    return spec.title or spec.name
