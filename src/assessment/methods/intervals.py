"""What is wrong with a list of ranges: gaps, overlaps, edges that belong to two, order, rows that nothing reaches.

A range is the stretch between two *cuts*. A cut lies just before or just after a value, or beyond all values, so that
`[2, 3)` runs from before 2 to before 3 and a single value is a stretch as well. Two ranges then overlap where the
later of their starts lies before the earlier of their ends, and a gap is a stretch between cuts that no range covers:
open and closed ends need no cases of their own.

Rows written as ranges are a partition: none may meet another. Rows written as comparisons are read from the top, so
they may overlap; what is wrong there is a row that the rows above it leave nothing for. Bands and grades share this.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from attrs import frozen

from assessment.core import nodes as n
from assessment.core.bounds import bounds
from assessment.core.types import Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Problem, constant
from assessment.methods.wording import amount, stretch

Cut: TypeAlias = tuple[int, Fraction, int]
"""A place between values: (-1 below all, 0 at a value, 1 above all; the value; 0 just before it, 1 just after)."""

BELOW_ALL: Cut = (-1, Fraction(0), 0)
ABOVE_ALL: Cut = (1, Fraction(0), 0)

NEVER_NEGATIVE = frozenset(
    {Kind.QUANTITY, Kind.COUNT, Kind.SHARE, Kind.RATE, Kind.POINTS, Kind.NUMBER, Kind.RANK}
)
"""Kinds whose tables usually begin at zero; a growth or a change in percentage points must cover what lies below."""


@frozen(kw_only=True)
class Interval:
    """A row's stretch from `start` to `end`; `listed` where it was written as a range, not as a comparison."""

    start: Cut
    end: Cut
    listed: bool


@frozen(kw_only=True)
class Flaw:
    """A flaw of a list of rows: its code, the row at fault, the other row, and the stretch of values in question.

    `at` is None where no row is at fault but something is lacking.
    """

    code: str
    at: int | None
    also: int | None = None
    low: Fraction | None = None
    high: Fraction | None = None


def interval(range_: n.Range) -> Interval | None:
    """The stretch of a range, None where an end is not a constant."""
    low, high = constant(range_.low), constant(range_.high)
    if (low is None) is not (range_.low is None) or (high is None) is not (range_.high is None):
        return None
    start = BELOW_ALL if low is None else (0, low, 0 if range_.low_closed else 1)
    end = ABOVE_ALL if high is None else (0, high, 1 if range_.high_closed else 0)
    return Interval(start=start, end=end, listed=range_.low is not None and range_.high is not None)


def flaws(
    rows: Sequence[Interval], *, otherwise: bool, floor: Fraction | None = None, roof: Cut = ABOVE_ALL
) -> tuple[Flaw, ...]:
    """What is wrong with these rows, in their order.

    Values below `floor` need no row unless a row begins there, and values above `roof` need none.

    One slip gives one flaw: overlaps silence order, empty rows silence gaps.
    """
    empty = [
        _flaw("range-empty", row.start, row.end, place)
        for place, row in enumerate(rows)
        if row.start >= row.end
    ]
    numbered = [(place, row) for place, row in enumerate(rows) if row.start < row.end]
    meeting = _meeting(numbered)
    unreached = _unreached(numbered, otherwise=otherwise)
    order = () if meeting else _order(numbered)
    holes = () if empty or otherwise else _holes(numbered, floor, roof)
    found = [*empty, *meeting, *unreached, *order, *holes]
    return tuple(sorted(found, key=lambda flaw: len(rows) if flaw.at is None else flaw.at))


def natural_floor(type_: Type) -> Fraction | None:
    """The value at which tables of a kind may begin: 0, for a rank 1, None for kinds that fall below zero."""
    if type_.kind is Kind.RANK:
        return Fraction(1)
    return Fraction(0) if type_.kind in NEVER_NEGATIVE else None


def band_problems(ranges: Sequence[n.Range], *, otherwise: bool, subject: n.Node) -> tuple[Problem, ...]:
    """The flaws of the rows of a table of bands on a subject, in words.

    Rows whose ends come from data are not judged. Values that the subject cannot have need no row.
    """
    type_, reach = subject.type, bounds(subject)
    floor = natural_floor(type_) if reach.low is None else reach.low
    roof = ABOVE_ALL if reach.high is None else (0, reach.high, 0 if reach.high_open else 1)
    known = [interval(range_) for range_ in ranges]
    rows = [row for row in known if row is not None]
    if len(rows) < len(known):
        return ()
    return tuple(_problem(flaw, type_) for flaw in flaws(rows, otherwise=otherwise, floor=floor, roof=roof))


def _meeting(rows: list[tuple[int, Interval]]) -> tuple[Flaw, ...]:
    """Each row that meets an earlier one, where at least one of the two is a listed range."""
    found = []
    for later, (place, row) in enumerate(rows):
        for other_place, other in rows[:later]:
            start, end = max(row.start, other.start), min(row.end, other.end)
            if start >= end or not (row.listed or other.listed):
                continue
            one_edge = start[:2] == end[:2] and (row.end == other.end) is (row.start == other.start)
            found.append(
                _flaw("band-both-closed" if one_edge else "band-overlap", start, end, place, other_place)
            )
            break
    return tuple(found)


def _unreached(rows: list[tuple[int, Interval]], *, otherwise: bool) -> tuple[Flaw, ...]:
    """Comparison rows that the comparison rows above leave nothing for, and an `otherwise` that nothing reaches."""
    found = []
    above: list[tuple[int, Interval]] = []
    for place, row in rows:
        if not row.listed:
            if not _uncovered(row.start, row.end, [other for _, other in above]):
                wider = next(
                    (at for at, other in above if other.start <= row.start and row.end <= other.end), None
                )
                found.append(_unreached_flaw(place, row, wider, dict(above)))
            above.append((place, row))
    if otherwise and rows and not found and not _uncovered(BELOW_ALL, ABOVE_ALL, [row for _, row in rows]):
        found.append(Flaw(code="band-unreachable", at=None))
    return tuple(found)


def _unreached_flaw(place: int, row: Interval, wider: int | None, above: dict[int, Interval]) -> Flaw:
    """Out of order where the row above looks the same way and is wider: then the two need only change places."""
    other = None if wider is None else above[wider]
    same_way = other is not None and (
        (row.end == other.end == ABOVE_ALL and row.start != other.start)
        or (row.start == other.start == BELOW_ALL and row.end != other.end)
    )
    return _flaw("band-order" if same_way else "band-unreachable", row.start, row.end, place, wider)


def _order(rows: list[tuple[int, Interval]]) -> tuple[Flaw, ...]:
    """The first row that leaves the direction of the first two, in a table that has listed ranges."""
    if not any(row.listed for _, row in rows):
        return ()
    rising = len(rows) > 1 and rows[0][1].start < rows[1][1].start
    for (before, earlier), (place, row) in pairwise(rows):
        if (earlier.start < row.start) is not rising:
            return (_flaw("band-order", row.start, row.end, place, before),)
    return ()


def _holes(rows: list[tuple[int, Interval]], floor: Fraction | None, roof: Cut) -> tuple[Flaw, ...]:
    """The stretches that no row covers: gaps between rows, and what lies below the first or above the last."""
    if not rows:
        return ()
    by_start = sorted(rows, key=lambda numbered: numbered[1].start)
    found = []
    reach, reached_by = BELOW_ALL, by_start[0][0]
    if floor is not None and by_start[0][1].start >= (0, floor, 0):
        reach = (0, floor, 0)
    for place, row in by_start:
        if row.start > reach:
            outer = reached_by == by_start[0][0] and place == by_start[0][0]
            found.append(
                _flaw("band-uncovered", reach, row.start, None)
                if outer
                else _flaw("band-gap", reach, row.start, place, reached_by)
            )
        if row.end > reach:
            reach, reached_by = row.end, place
    if reach < roof:
        found.append(_flaw("band-uncovered", reach, roof, None))
    return tuple(found)


def _uncovered(start: Cut, end: Cut, rows: list[Interval]) -> bool:
    """Whether any of the stretch lies outside all rows."""
    reach = start
    for row in sorted(rows, key=lambda each: each.start):
        if row.start > reach:
            break
        reach = max(reach, row.end)
    return reach < end


def _flaw(code: str, start: Cut, end: Cut, at: int | None, also: int | None = None) -> Flaw:
    low = start[1] if start[0] == 0 else None
    high = end[1] if end[0] == 0 else None
    return Flaw(code=code, at=at, also=also, low=low, high=high)


def _problem(flaw: Flaw, type_: Type) -> Problem:
    where = stretch(flaw.low, flaw.high, type_)
    text, also, help_ = _WORDS[flaw.code if flaw.at is not None else f"{flaw.code}, whole table"]
    return Problem(
        code=flaw.code,
        text=Text(en=text.en.format(where.en), zh=text.zh.format(where.zh)),
        at=flaw.at,
        also=flaw.also,
        also_text=None if flaw.also is None else also,
        help=help_ if flaw.code != "band-gap" or flaw.high is None else _gap_help(flaw.high, flaw.low, type_),
    )


def _gap_help(start: Fraction, end: Fraction | None, type_: Type) -> Text:
    if end is None or start == end:
        return Text(en="close one of the two ends", zh="把其中一个端点改为包含（闭）")
    edge = amount(end, type_)
    return Text(
        en=f"start this row at {edge.en}, or add `otherwise`", zh=f"本行从 {edge.zh} 开始，或增加“其余”一行"
    )


_OTHER = Text(en="the other row", zh="另一行")
_WORDS = {
    "range-empty": (
        Text(en="no value lies in this row: {}", zh="本行没有取值：{}"),
        _OTHER,
        Text(en="write the lower end first", zh="先写较小的一端"),
    ),
    "band-both-closed": (
        Text(en="two rows hold values {}", zh="有两行包含数值：{}"),
        Text(en="this row holds it too", zh="本行也包含该值"),
        Text(en="leave the edge out of one of the two rows", zh="端点只能归入其中一行"),
    ),
    "band-overlap": (
        Text(en="two rows hold values {}", zh="有两行包含数值：{}"),
        Text(en="this row holds them too", zh="本行也包含这些数值"),
        Text(en="let each row end where the next one starts", zh="每一行应止于下一行的起点"),
    ),
    "band-unreachable": (
        Text(
            en="no value reaches this row: the rows above hold values {}",
            zh="本行不会命中：上面各行已包含数值：{}",
        ),
        Text(en="this row comes first", zh="这一行先命中"),
        Text(en="take the row out, or give it values of its own", zh="删去本行，或为其规定单独的取值"),
    ),
    "band-unreachable, whole table": (
        Text(
            en="`otherwise` is never reached: the rows hold every value",
            zh="“其余”不会用到：各行已包含全部取值",
        ),
        _OTHER,
        Text(en="take `otherwise` out", zh="删去“其余”"),
    ),
    "band-order": (
        Text(en="this row is out of order: {}", zh="本行次序颠倒：{}"),
        Text(en="this row comes before it", zh="这一行排在它前面"),
        Text(
            en="list the rows from the highest down, or from the lowest up", zh="各行应从高到低或从低到高排列"
        ),
    ),
    "band-gap": (
        Text(en="no row holds values {}", zh="没有一行包含数值：{}"),
        Text(en="this row ends before", zh="这一行止于其前"),
        Text(en="add a row for these values", zh="为这些取值增加一行"),
    ),
    "band-uncovered, whole table": (
        Text(en="no row holds values {}", zh="没有一行包含数值：{}"),
        _OTHER,
        Text(en="add a row `otherwise: 0 points`", zh="增加一行 `其余：0 分`"),
    ),
}
