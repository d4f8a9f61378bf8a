"""A difference between two rule sets as plain text: what changed, then whose scores move."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assessment.analysis.change import Change
from assessment.analysis.difference import Difference
from assessment.analysis.moves import Move, Moves, Split, State
from assessment.audit.amount import decimal_of
from assessment.audit.record import Amount
from assessment.core.types import Type
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.text import visible
from assessment.number import Real
from assessment.report import words
from assessment.report.table import Cell, Column, Table
from assessment.report.terminal import shortened, table_lines

__all__ = ["difference_text"]

_WIDEST_TITLE = 48

_HEADINGS = {
    "scores": Text(en="May move scores, ranks or grades", zh="可能影响得分、名次或等次"),
    "data": Text(en="What the data must supply, and for which year", zh="数据要求和年度"),
    "words": Text(en="Words only", zh="仅文字"),
}
_SAME = Text(en="no change of meaning", zh="含义没有变化")
_NOTHING = Text(en="no difference", zh="没有差异")
_MOVES = Text(en="Whose scores move", zh="得分变动")
_ITEMS = Text(en="By indicator (exact points)", zh="分指标变动（精确分值）")
_OLD, _NEW = Text(en="Old", zh="原"), Text(en="New", zh="新")
_MOVE = Text(en="Move", zh="变动")
_RULE, _DATA = Text(en="By the rules", zh="规则影响"), Text(en="By the data", zh="数据影响")
_RANK = Text(en="Rank", zh="名次")
_GRADE = Text(en="Grade", zh="等次")
_PASSED = Text(en="passes", zh="超过")
_PASSED_BY = Text(en="passed by", zh="被超过")
_REST = Text(en="caps, joins and rescaling", zh="封顶、合成与折算")
_RESIDUE = Text(en="rounding residue", zh="修约尾差")
_TOTAL = Text(en="published total", zh="公布总分")
_REASONS = Text(en="Not split", zh="未能分解")
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


def difference_text(found: Difference, lang: Lang) -> str:
    """The whole difference, in one language."""
    lines = [_heading(found, lang), ""]
    if not found.changes:
        lines += [_NOTHING.in_(lang), ""]
    elif found.same_meaning:
        lines += [_SAME.in_(lang), ""]
    for effect, title in _HEADINGS.items():
        lines += _list(title.in_(lang), [one for one in found.changes if one.effect == effect], lang)
    if found.moves is not None:
        lines += _moves(found.moves, lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def _heading(found: Difference, lang: Lang) -> str:
    old, new = (
        visible(title if year is None else f"{title} ({year})" if lang == "en" else f"{title}（{year}）")
        for title, year in ((found.old, found.old_period), (found.new, found.new_period))
    )
    return f"{old} → {new}"


def _list(title: str, found: list[Change], lang: Lang) -> list[str]:
    if not found:
        return []
    said = [f"- {visible(one.in_(lang))}" for one in found]
    return [f"{title}{words.COLON.in_(lang)}".rstrip(), *said, ""]


def _moves(found: Moves, lang: Lang) -> Iterator[str]:
    for label in found.labels:
        yield f"※ {words.DATA_LABEL.in_(lang)}{words.COLON.in_(lang)}{visible(label)}"
    yield from _what_is_split(found, lang)
    table = Table(
        name="moves",
        title=_MOVES.in_(lang),
        columns=_columns(found, lang),
        rows=tuple(tuple(Cell(text=text) for text in _row(one, found, lang)) for one in found.regions),
    )
    yield f"{table.title}{words.COLON.in_(lang)}".rstrip()
    yield ""
    yield from table_lines(table)
    yield ""
    told = [line for one in found.regions for line in _passed(one, lang)]
    yield from (*told, "") if told else ()
    reasons = dict.fromkeys((reason.in_(lang), one.region) for one in found.regions for reason in one.reasons)
    by_reason: dict[str, list[str]] = {}
    for reason, region in reasons:
        by_reason.setdefault(reason, []).append(region)
    for reason, regions in by_reason.items():
        names = words.LISTED.in_(lang).join(regions)
        colon = words.COLON.in_(lang)
        opening, closing = ("（", "）") if lang == "zh" else (" (", ")")
        yield visible(f"{_REASONS.in_(lang)}{opening}{names}{closing}{colon}{reason}")
    if by_reason:
        yield ""
    for one in found.regions:
        yield from _items(one, found, lang)


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


def _columns(found: Moves, lang: Lang) -> tuple[Column, ...]:
    titles = [words.REGION, _OLD, _NEW, _MOVE]
    titles += [] if found.same_data else [_RULE, _DATA]
    titles += [_RANK] if any(_rank_shown(one) for one in found.regions) else []
    titles += [_GRADE] if any(_grade(one.new) or _grade(one.old) for one in found.regions) else []
    numbers = {_OLD, _NEW, _MOVE, _RULE, _DATA}
    return tuple(Column(title=one.in_(lang), number=one in numbers) for one in titles)


def _row(one: Move, found: Moves, lang: Lang) -> list[str]:
    total, name = one.total, one.region
    if one.old_region is not None:
        name += f"（原 {one.old_region}）" if lang == "zh" else f" (was {one.old_region})"
    cells = [
        name,
        _figure(total.old, found.type, found.places),
        _figure(total.new, found.type, found.places),
        _signed(total.move, found.type),
    ]
    if not found.same_data:
        cells += [_signed(total.rule, found.type), _signed(total.data, found.type)]
    if any(_rank_shown(each) for each in found.regions):
        cells.append(_from_to(_rank(one.old), _rank(one.new)))
    if any(_grade(each.new) or _grade(each.old) for each in found.regions):
        cells.append(_from_to(_grade(one.old), _grade(one.new)))
    return cells


def _rank_shown(one: Move) -> bool:
    return bool(_rank(one.old) or _rank(one.new))


def _rank(state: State | None) -> str:
    return "" if state is None or state.rank is None else str(state.rank)


def _grade(state: State | None) -> str:
    return "" if state is None or state.grade is None else state.grade


def _from_to(old: str, new: str) -> str:
    none = words.NONE.en
    return (old or none) if old == new else f"{old or none} → {new or none}"


def _passed(one: Move, lang: Lang) -> Iterator[str]:
    for verb, names in ((_PASSED, one.passed), (_PASSED_BY, one.passed_by)):
        if names:
            listed = words.LISTED.in_(lang).join(names)
            if lang == "zh":
                text = f"{one.region}{'被' + listed + '超过' if verb is _PASSED_BY else '超过' + listed}"
            else:
                text = (
                    f"{one.region} {verb.in_(lang)} {listed}"
                    if verb is _PASSED
                    else (f"{one.region} is {verb.in_(lang)} {listed}")
                )
            yield f"- {visible(text)}"


def _items(one: Move, found: Moves, lang: Lang) -> Iterator[str]:
    """What the move of a region is made of, down to the published total; nothing where nothing moved."""
    rows = [
        (shortened(f"{item.path.removeprefix('indicator ')} {item.title}", _WIDEST_TITLE), item.split)
        for item in one.items
        if _moved(item.split)
    ]
    rest = [] if one.rest is None or not _moved(one.rest) else [(_REST.in_(lang), one.rest)]
    if one.rest is None or not (rows or rest):
        return
    rows += rest
    if _moved(one.residue):
        rows.append((_RESIDUE.in_(lang), one.residue))
    rows.append((_TOTAL.in_(lang), one.total))
    columns = [words.ITEM, _OLD, _NEW, _MOVE, *(() if found.same_data else (_RULE, _DATA))]
    table = Table(
        name="items",
        title=one.region,
        columns=tuple(Column(title=x.in_(lang), number=x is not words.ITEM) for x in columns),
        rows=tuple(
            tuple(
                Cell(text=text)
                for text in (
                    title,
                    _figure(split.old, found.type, None),
                    _figure(split.new, found.type, None),
                    _signed(split.move, found.type),
                    *(
                        ()
                        if found.same_data
                        else (_signed(split.rule, found.type), _signed(split.data, found.type))
                    ),
                )
            )
            for title, split in rows
        ),
    )
    yield f"{visible(one.region)} · {_ITEMS.in_(lang)}{words.COLON.in_(lang)}".rstrip()
    yield ""
    yield from table_lines(table)
    yield ""


def _moved(split: Split) -> bool:
    """Whether there is a move to tell, or one that its causes cancel."""
    if split.old is None or split.new is None:
        return False
    return any(part is not None and part != 0 for part in (split.move, split.rule, split.data))


def _figure(value: Real | None, type_: Type, places: int | None) -> str:
    """A figure of the total, with its places where it is published."""
    if value is None:
        return words.NONE.en
    return (decimal_of(Amount(value=value, type=type_), places) or words.NONE.en).replace("-", "−")


def _signed(value: Real | None, type_: Type) -> str:
    """A move with its sign, exact or behind `≈`."""
    if value is None:
        return words.NONE.en
    if isinstance(value, Fraction) and value == 0:
        return "0"
    text = decimal_of(Amount(value=value, type=type_), None) or words.NONE.en
    mark = "≈" if text.startswith("≈") else ""
    digits = text.removeprefix("≈")
    sign = "" if digits.startswith("-") else "+"
    return f"{mark}{sign}{digits}".replace("-", "−")
