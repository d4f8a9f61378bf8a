"""The moves of regions as text: the sentences, and a table of the totals, of each further result, of what each move is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessment.analysis.moves import Further, Item, Move, Moves, Split, State
from assessment.core.types import Type
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.text import visible
from assessment.report import words
from assessment.report.moves.figures import figure, in_points, rough, signed
from assessment.report.moves.told import passed_told, summary_told, trial_told, under_told
from assessment.report.table import Cell, Column, Table
from assessment.report.terminal import shortened, table_lines

__all__ = ["moves_lines"]

_WIDEST_TITLE = 48

_MOVES = Text(en="Whose scores move", zh="得分变动")
_ITEMS = Text(en="By indicator (exact points)", zh="分指标变动（精确分值）")
_OLD, _NEW = Text(en="Old", zh="原"), Text(en="New", zh="新")
_MOVE = Text(en="Move", zh="变动")
_RULE, _DATA = Text(en="By the rules", zh="规则影响"), Text(en="By the data", zh="数据影响")
_RANK = {
    "group": Text(en="Rank in group", zh="组内名次"),
    "all": Text(en="Rank", zh="名次"),
    None: Text(en="Rank", zh="名次"),
}
_GRADE = Text(en="Grade", zh="等次")
_REST = Text(en="caps, joins, rescaling and vetoes", zh="封顶、合成、折算与否决")
_RESIDUE = Text(en="rounding residue", zh="修约尾差")
_TOTAL = Text(en="published total", zh="公布总分")
_REASONS = Text(en="Not split", zh="未能分解")
_TRY = Text(
    en="Where new rules have nothing for the year of the old data, `--trial` lets these count as data of the year of the rules.",
    zh="新规则没有原数据所属年度的内容（如目标）时，可加 `--trial`，令数据视同规则所属年度的数据。",
)
_ALL = Text(en="all regions", zh="全部地区")
_STILL = Text(en="No move", zh="没有变动")
_ORDERS = {
    "rules first": Text(
        en="the rules change first, on the old data, and then the data under the new rules",
        zh="先在原数据上换用新规则，再在新规则下换用新数据",
    ),
    "data first": Text(
        en="the data change first, under the old rules, and then the rules on the new data",
        zh="先在原规则下换用新数据，再在新数据上换用新规则",
    ),
    "mean": Text(
        en="the mean of both orders, the rules first and the data first",
        zh="“先规则”与“先数据”两种次序的平均",
    ),
}


def moves_lines(found: Moves, lang: Lang) -> Iterator[str]:
    """All moves, in one language: the greatest first."""
    for label in found.labels:
        yield f"※ {words.DATA_LABEL.in_(lang)}{words.COLON.in_(lang)}{visible(label)}"
    yield from trial_told(found, lang)
    yield from _what_is_split(found, lang)
    regions = _greatest_first(found.regions)
    yield visible(summary_told(found, lang))
    yield ""
    moved = [one for one in regions if not one.still]
    yield from _table(moved, found, lang)
    yield from _further(moved, found, lang)
    told = [line for one in moved for line in (*passed_told(one, lang), *under_told(one, found, lang))]
    yield from (*(f"- {visible(line)}" for line in told), "") if told else ()
    yield from _reasons(found, lang)
    for one in moved:
        yield from _items(one, found, lang)


def _greatest_first(regions: Sequence[Move]) -> list[Move]:
    """The greatest move first, up or down; regions of equal moves as in the data, those without a move last."""
    return sorted(regions, key=lambda one: (one.total.move is None, -abs(rough(one.total.move))))


def _what_is_split(found: Moves, lang: Lang) -> Iterator[str]:
    """Which runs are compared, and in which order the move is split."""
    old, new = found.old_period, found.new_period
    if found.same_data:
        yield (
            f"同一份 {old} 年数据，分别按原规则和新规则计分。"
            if lang == "zh"
            else f"The same data of {old}, scored by the old rules and by the new ones."
        )
    elif lang == "zh":
        yield f"原规则、{old} 年数据 → 新规则、{new} 年数据；{_ORDERS[found.order].zh}。"
    else:
        yield f"The old rules on the data of {old} → the new rules on those of {new}; {_ORDERS[found.order].en}."
    yield ""


def _table(moved: Sequence[Move], found: Moves, lang: Lang) -> Iterator[str]:
    """The totals, ranks and grades of the regions that move; the others in one line."""
    ranks = any(_rank(state) for one in moved for state in (one.old, one.new))
    grades = any(_grade(state) for one in moved for state in (one.old, one.new))
    titles = [words.REGION, *_figures(found)]
    titles += [_RANK[found.within]] if ranks else []
    titles += [_GRADE] if grades else []
    rows = []
    for one in moved:
        row = [_name(one, lang), *_cells(one.total, found.type, found.places, found)]
        row += [_from_to(_rank(one.old), _rank(one.new))] if ranks else []
        row += [_from_to(_grade(one.old), _grade(one.new))] if grades else []
        rows.append(row)
    if rows:
        title = in_points(_MOVES, found.type)
        yield f"{title.in_(lang)}{words.COLON.in_(lang)}".rstrip()
        yield ""
        yield from table_lines(_as_table(titles, rows, lang))
        yield ""
    still = [one.region for one in found.regions if one.still]
    if still:
        yield visible(f"{_STILL.in_(lang)}{words.COLON.in_(lang)}{words.LISTED.in_(lang).join(still)}")
        yield ""


def _further(moved: Sequence[Move], found: Moves, lang: Lang) -> Iterator[str]:
    """The further results that move, each in a table of its own."""
    by_path: dict[str, list[tuple[Move, Further]]] = {}
    for one in moved:
        for result in one.results:
            if result.split.moves or result.old_rank != result.new_rank:
                by_path.setdefault(result.path, []).append((one, result))
    for rows in by_path.values():
        first = rows[0][1]
        ranks = any(result.old_rank or result.new_rank for _, result in rows)
        titles = [words.REGION, *_figures(found), *([_RANK[None]] if ranks else [])]
        cells = [
            [
                _name(one, lang),
                *_cells(result.split, result.type, result.places, found),
                *([_from_to(_place(result.old_rank), _place(result.new_rank))] if ranks else []),
            ]
            for one, result in rows
        ]
        yield visible(f"{first.title}{words.COLON.in_(lang)}".rstrip())
        yield ""
        yield from table_lines(_as_table(titles, cells, lang))
        yield ""


def _reasons(found: Moves, lang: Lang) -> Iterator[str]:
    """Why effects are not there, each reason once with its regions."""
    by_reason: dict[str, list[str]] = {}
    for one in found.regions:
        for reason in dict.fromkeys(reason.in_(lang) for reason in one.reasons):
            by_reason.setdefault(reason, []).append(one.region)
    opening, closing = ("（", "）") if lang == "zh" else (" (", ")")
    for reason, names in by_reason.items():
        all_ = len(names) == len(found.regions)
        listed = _ALL.in_(lang) if all_ else words.LISTED.in_(lang).join(names)
        yield visible(f"{_REASONS.in_(lang)}{opening}{listed}{closing}{words.COLON.in_(lang)}{reason}")
    if by_reason and not found.shifts and found.old_period != found.new_period:
        yield _TRY.in_(lang)
    if by_reason:
        yield ""


def _items(one: Move, found: Moves, lang: Lang) -> Iterator[str]:
    """What the move of a region is made of, down to the published total; nothing where nothing moved."""
    moved = [item for item in one.items if item.split.moves]
    if one.rest is None or not (moved or one.rest.moves):
        return
    worth = any(item.old_possible != item.new_possible for item in moved)

    def row(title: str, split: Split, places: int | None = None, points: str = "") -> list[str]:
        return [title, *([points] if worth else []), *_cells(split, found.type, places, found)]

    rows = [row(_titled(item), item.split, points=_worth(item, found)) for item in moved]
    rows += [row(_REST.in_(lang), one.rest)] if one.rest.moves else []
    rows += [row(_RESIDUE.in_(lang), one.residue)] if one.residue.moves else []
    rows.append(row(_TOTAL.in_(lang), one.total, found.places))
    titles = [words.ITEM, *([words.POSSIBLE] if worth else []), *_figures(found)]
    yield f"{visible(one.region)} · {_ITEMS.in_(lang)}{words.COLON.in_(lang)}".rstrip()
    yield ""
    yield from table_lines(_as_table(titles, rows, lang))
    yield ""


def _titled(item: Item) -> str:
    return shortened(f"{item.path.removeprefix('indicator ')} {item.title}", _WIDEST_TITLE)


def _worth(item: Item, found: Moves) -> str:
    """The points that an item can earn, before and after where they differ."""
    if item.old_possible is None and item.new_possible is None:
        return ""
    return _from_to(*(figure(one, found.type, None) for one in (item.old_possible, item.new_possible)))


# ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _as_table(titles: Sequence[Text], rows: Sequence[Sequence[str]], lang: Lang) -> Table:
    numbers = (_OLD, _NEW, _MOVE, _RULE, _DATA)
    return Table(
        name="moves",
        title="",
        columns=tuple(Column(title=one.in_(lang), number=one in numbers) for one in titles),
        rows=tuple(tuple(Cell(text=text) for text in row) for row in rows),
    )


def _figures(found: Moves) -> tuple[Text, ...]:
    """The headings of a split; on the same data the rules make all of it."""
    return (_OLD, _NEW, _MOVE) if found.same_data else (_OLD, _NEW, _MOVE, _RULE, _DATA)


def _cells(split: Split, type_: Type, places: int | None, found: Moves) -> list[str]:
    cells = [figure(split.old, type_, places), figure(split.new, type_, places), signed(split.move, type_)]
    return cells if found.same_data else [*cells, signed(split.rule, type_), signed(split.data, type_)]


def _name(one: Move, lang: Lang) -> str:
    if one.old_region is None:
        return one.region
    return f"{one.region}（原 {one.old_region}）" if lang == "zh" else f"{one.region} (was {one.old_region})"


def _rank(state: State | None) -> str:
    return "" if state is None else _place(state.rank)


def _place(rank: Fraction | None) -> str:
    return "" if rank is None else str(rank)


def _grade(state: State | None) -> str:
    return "" if state is None or state.grade is None else state.grade


def _from_to(old: str, new: str) -> str:
    none = words.NONE.en
    return (old or none) if old == new else f"{old or none} → {new or none}"
