"""Rows of ratings and events → observations: every cell is read, and what makes a row not count is said.

A row without a required field is an error; one without evidence that the rules ask for *or else* does not count and is
named. What a region without a row is, the rules say; a sheet speaks for the years that its rows name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from assessment.core.absence import Absence
from assessment.data import words
from assessment.data.entries import Placed, RowEntry, RowMark, RowSheet
from assessment.data.grid import At, Found, clipped
from assessment.data.model import Observation, Row
from assessment.data.names import Names
from assessment.data.readings import Flaw, Reading, absence_in
from assessment.data.values import MOST_ROWS, read_value
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Label, diagnostic
from assessment.semantics.model import Input

Key = tuple[str, int, str]


@frozen(kw_only=True)
class RowsRead:
    """What the rows of all sheets say: observations with their place, the years spoken for, and findings."""

    observations: Mapping[Key, Observation] = field(repr=False)
    at_by_key: Mapping[Key, At] = field(repr=False)
    columns: frozenset[tuple[str, int]]
    spoiled: frozenset[Key]
    found: tuple[Found, ...]


@frozen(kw_only=True)
class _Kept:
    entry: RowEntry
    row: Row


def read_rows(
    entries: Sequence[RowEntry],
    marks: Sequence[RowMark],
    sheets: Sequence[RowSheet],
    regions: Sequence[str],
    names: Names | None,
) -> RowsRead:
    """Read the rows; `regions` are all that the data name: those without a row are what the rules say."""
    found: list[Found] = []
    spoiled: set[Key] = set()
    by_key: dict[Key, list[_Kept]] = defaultdict(list)
    stated: dict[Key, list[RowMark]] = defaultdict(list)
    for mark in marks:
        stated[mark.spec.name, mark.period, mark.region].append(mark)
    for entry in entries:
        key = (entry.spec.name, entry.period, entry.region)
        said = _said_of_all(entry)
        if said is not None:
            stated[key].append(said)
            continue
        row, faults = _row(entry, names)
        found += faults
        if row is None:
            spoiled.add(key)
        else:
            by_key[key].append(_Kept(entry=entry, row=row))
            if row.left_out is not None:
                found.append(_not_counted(entry, row.left_out))
    for key, kept in by_key.items():
        found += _duplicates(kept)
        if len(kept) > MOST_ROWS:
            found.append(_too_many(kept[MOST_ROWS].entry, len(kept)))
            spoiled.add(key)
    covered = _covered(entries, marks, sheets)
    observations: dict[Key, Observation] = {}
    at_by_key: dict[Key, At] = {}
    for key, kept in by_key.items():
        if key in spoiled:
            continue
        if key in stated:
            found.append(_contradiction(stated[key][0], kept[0].entry))
            spoiled.add(key)
            continue
        observations[key] = _observation(kept)
        at_by_key[key] = kept[0].entry.value.at
    for key, ones in stated.items():
        other = next((one for one in ones if one.absence is not ones[0].absence), None)
        if other is not None:
            found.append(_two_marks(ones[0], other))
            spoiled.add(key)
        elif key not in by_key:
            observations[key] = _of_mark(ones[0])
            at_by_key[key] = ones[0].place.at
    for (name, period), sheet in covered.items():
        for region in regions:
            key = (name, period, region)
            if sheet is not None and key not in observations and key not in spoiled and key not in by_key:
                observations[key] = _without_rows(sheet)
                at_by_key[key] = sheet.at
    return RowsRead(
        observations=observations,
        at_by_key=at_by_key,
        columns=frozenset((name, period) for name, period, _ in (*observations, *spoiled))
        | frozenset(covered),
        spoiled=frozenset(spoiled),
        found=tuple(found),
    )


def _covered(
    entries: Sequence[RowEntry], marks: Sequence[RowMark], sheets: Sequence[RowSheet]
) -> dict[tuple[str, int], RowSheet | None]:
    """The inputs and years that sheets speak for: those that their rows name, else the year of the data."""
    by_name: dict[str, RowSheet] = {}
    for sheet in sheets:
        by_name.setdefault(sheet.spec.name, sheet)
    years: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        years[entry.spec.name].add(entry.period)
    for mark in marks:
        years[mark.spec.name].add(mark.period)
    for sheet in sheets:
        if not years[sheet.spec.name] and sheet.period is not None:
            years[sheet.spec.name].add(sheet.period)
    return {(name, year): by_name.get(name) for name, found in years.items() for year in sorted(found)}


def _said_of_all(entry: RowEntry) -> RowMark | None:
    """A row that says of its region that there is none, or why nothing is known: it has no field."""
    if any(not placed.cell.is_empty for placed in entry.fields.values()):
        return None
    cell = entry.value.cell
    if cell.flaw is not None or isinstance(cell.value, tuple) or cell.is_empty:
        return None
    word = words.folded(cell.text[:20])
    none = word in words.NOTHING or (entry.spec.form == "events" and word == "0")
    absence = None if none else absence_in(cell, entry.spec)
    if not none and (absence is None or entry.spec.form == "ratings"):
        return None
    return RowMark(
        spec=entry.spec, period=entry.period, region=entry.region, absence=absence, place=entry.value
    )


def _row(entry: RowEntry, names: Names | None) -> tuple[Row | None, list[Found]]:
    found: list[Found] = []
    value = _read(entry, entry.value, entry.spec, found)
    fields: dict[str, Observation] = {}
    left_out: Text | None = None
    for spec in entry.spec.fields:
        placed = entry.fields.get(spec.name)
        seen = (
            Observation(value=Absence.NOT_REPORTED, text="", origin=entry.value.place)
            if placed is None
            else _read(entry, placed, spec, found)
        )
        if seen is None:
            continue
        fields[spec.name] = _of_region(seen, names) if spec.form == "region" else seen
        if isinstance(seen.value, Absence) and spec.lacking is not None:
            if spec.lacking == "error":
                found.append(_lacking(entry, spec, placed or entry.value))
            else:
                left_out = Text(en=f"no {spec.title}", zh=f"无{spec.title}")
    if any(one.diagnostic.severity.value == "error" for one in found) or value is None:
        return None, found
    return Row(value=value, fields=fields, left_out=left_out), found


def _read(entry: RowEntry, placed: Placed, spec: Input, found: list[Found]) -> Observation | None:
    reading = _one(placed, spec, is_value=spec is entry.spec)
    if isinstance(reading, Flaw):
        found.append(
            Found(
                at=placed.at,
                diagnostic=diagnostic(
                    reading.code,
                    reading.text,
                    Label(
                        place=placed.place,
                        text=Text.same(f"{entry.region}, {entry.period}, {entry.spec.name}"),
                    ),
                    help=reading.help,
                ),
            )
        )
        return None
    return Observation(
        value=reading.value,
        text=placed.cell.text,
        origin=placed.place,
        unit=reading.unit,
        remarks=reading.remarks,
    )


def _one(placed: Placed, spec: Input, *, is_value: bool) -> Reading | Flaw:
    """A cell of a row: an event is one level, a rating one number."""
    if not is_value:
        return read_value(placed.cell, spec)
    if placed.cell.is_empty and spec.form == "events":
        levels_en, levels_zh = ", ".join(spec.levels), "、".join(spec.levels)
        return Flaw(
            code="data-unknown-level",
            text=Text(en="the row names no level", zh="该行没有填写等级"),
            help=Text(
                en=f"the levels are {levels_en}; write `none` for a region that has no event",
                zh=f"等级为{levels_zh}；没有事项的地区请写“无”",
            ),
        )
    reading = read_value(placed.cell, spec)
    if isinstance(reading, Flaw) or isinstance(reading.value, Absence):
        return reading
    if not isinstance(reading.value, tuple) or len(reading.value) != 1:
        return Flaw(
            code="data-rows-needed",
            text=Text(
                en=f"`{clipped(placed.cell.text)}` is more than one value, and a row holds one",
                zh=f"`{clipped(placed.cell.text)}` 不止一个数值，而每行只能有一个",
            ),
            help=Text(en="give each a row of its own", zh="请每项各占一行"),
        )
    return Reading(value=reading.value[0], unit=reading.unit, remarks=reading.remarks)


def _of_region(seen: Observation, names: Names | None) -> Observation:
    """The name of a region as the rules write it; any other text stays."""
    if not isinstance(seen.value, str) or names is None:
        return seen
    region = names.region_by_name.get(words.folded(seen.value))
    if region is None or region == seen.value:
        return seen
    return Observation(value=region, text=seen.text, origin=seen.origin)


def _observation(kept: Sequence[_Kept]) -> Observation:
    rows = tuple(one.row for one in kept)
    counted = [row for row in rows if row.left_out is None]
    values = tuple(row.value.value for row in counted)
    remarks = dict.fromkeys(remark for row in counted for remark in row.value.remarks)
    if len(counted) < len(rows):
        lost = len(rows) - len(counted)
        remarks.setdefault(Text(en=f"rows that do not count: {lost}", zh=f"不计的行：{lost} 行"))
    return Observation(
        value=tuple(value for value in values if not isinstance(value, tuple)),
        text=clipped("; ".join(row.value.text for row in counted), 200),
        origin=kept[0].row.value.origin,
        remarks=tuple(remarks),
        rows=rows,
    )


def _of_mark(mark: RowMark) -> Observation:
    return Observation(
        value=() if mark.absence is None else mark.absence, text=mark.place.cell.text, origin=mark.place.place
    )


def _without_rows(sheet: RowSheet) -> Observation:
    none = sheet.spec.no_rows == "none"
    remark = (
        Text(en="no row, which means none", zh="没有行，按规则视为无")
        if none
        else Text(en="no row, which means not reported", zh="没有行，按规则视为未报")
    )
    return Observation(
        value=() if none else Absence.NOT_REPORTED, text="", origin=sheet.place, remarks=(remark,)
    )


# Findings --------------------------------------------------------------------------------------------------


def _called(spec: Input) -> str:
    return spec.title or spec.name


def _lacking(entry: RowEntry, spec: Input, placed: Placed) -> Found:
    return Found(
        at=placed.at,
        diagnostic=diagnostic(
            "data-missing-field",
            Text(
                en=f"a row of `{_called(entry.spec)}` for `{entry.region}` lacks `{_called(spec)}`",
                zh=f"`{entry.region}` 的一行 `{_called(entry.spec)}` 缺少 `{_called(spec)}`",
            ),
            placed.place,
            help=Text(en="fill it in, or take the row out", zh="请补填，或删去该行"),
        ),
    )


def _not_counted(entry: RowEntry, why: Text) -> Found:
    return Found(
        at=entry.value.at,
        diagnostic=diagnostic(
            "data-row-not-counted",
            Text(
                en=f"a row of `{_called(entry.spec)}` for `{entry.region}` does not count: {why.en}",
                zh=f"`{entry.region}` 的一行 `{_called(entry.spec)}` 不计：{why.zh}",
            ),
            entry.value.place,
        ),
    )


def _duplicates(kept: Sequence[_Kept]) -> Iterator[Found]:
    """A warning for each row that says in all its cells what another one says, where any cell could tell them apart."""
    first: dict[object, RowEntry] = {}
    for one in kept:
        spec = one.entry.spec
        if not any(each.form in ("text", "date", "region") for each in spec.fields):
            return
        key = (one.row.value.value, *(seen.value for seen in one.row.fields.values()))
        other = first.setdefault(key, one.entry)
        if other is not one.entry:
            yield Found(
                at=one.entry.value.at,
                diagnostic=diagnostic(
                    "data-duplicate-row",
                    Text(
                        en=f"`{one.entry.region}` has two rows of `{_called(spec)}` that say the same",
                        zh=f"`{one.entry.region}` 有两行相同的 `{_called(spec)}`",
                    ),
                    Label(place=one.entry.value.place),
                    Label(
                        place=other.value.place,
                        text=Text(en="the first row", zh="第一行在此"),
                        primary=False,
                    ),
                    help=Text(en="take one out if it is the same event", zh="若为同一事项，请删去一行"),
                ),
            )


def _too_many(entry: RowEntry, count: int) -> Found:
    return Found(
        at=entry.value.at,
        diagnostic=diagnostic(
            "data-too-large",
            Text(
                en=f"`{entry.region}` has {count} rows, at most {MOST_ROWS} are read",
                zh=f"`{entry.region}` 有 {count} 行，最多读取 {MOST_ROWS} 行",
            ),
            entry.value.place,
        ),
    )


def _said(mark: RowMark) -> Text:
    """What a mark says of all rows of a region."""
    return Text(en="none", zh="无") if mark.absence is None else mark.absence.label


def _two_marks(first: RowMark, second: RowMark) -> Found:
    one, other = _said(first), _said(second)
    return Found(
        at=second.place.at,
        diagnostic=diagnostic(
            "data-duplicate-cell",
            Text(
                en=f"`{_called(first.spec)}` of `{first.region}` is {other.en} here and {one.en} elsewhere",
                zh=f"`{first.region}` 的 `{_called(first.spec)}` 此处为{other.zh}，另一处为{one.zh}",
            ),
            Label(place=second.place.place),
            Label(place=first.place.place, text=Text(en="the other row", zh="另一行"), primary=False),
            help=Text(en="keep one of the two", zh="请只保留其中之一"),
        ),
    )


def _contradiction(mark: RowMark, entry: RowEntry) -> Found:
    said, said_zh = _said(mark).en, _said(mark).zh
    return Found(
        at=mark.place.at,
        diagnostic=diagnostic(
            "data-duplicate-cell",
            Text(
                en=f"`{_called(mark.spec)}` of `{mark.region}` is {said} here and has rows elsewhere",
                zh=f"`{mark.region}` 的 `{_called(mark.spec)}` 此处为{said_zh}，另一处却有各行",
            ),
            Label(place=mark.place.place),
            Label(place=entry.value.place, text=Text(en="a row", zh="有一行"), primary=False),
            help=Text(en="keep one of the two", zh="请只保留其中之一"),
        ),
    )
