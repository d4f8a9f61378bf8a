"""Rules that differ from year to year: items in force in some years only, and sizes that stand by year.

A file is turned into that of one year before anything is checked: what is not in force is not there, and the sizes are
those of the year. So a file by year means what a file with the values of the year written in means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import evolve, fields_dict, frozen, has

from assessment.core import nodes as n
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic
from assessment.semantics.model import CheckedRules, Dormant
from assessment.semantics.scope import fold
from assessment.semantics.wording import FIRST
from assessment.syntax import ast

__all__ = [
    "Unstated",
    "depends_on_year",
    "dormant",
    "earlier_scores",
    "faults",
    "in_year",
    "no_size",
    "of_year",
    "years_to_check",
]

_Item: TypeAlias = ast.Category | ast.Indicator | ast.Part | ast.Adjustment
_Sized: TypeAlias = ast.Size | ast.Total


@frozen(kw_only=True)
class Unstated:
    """A size or total by year that does not state the year."""

    sized: _Sized
    year: int


def depends_on_year(file: ast.RuleFile) -> bool:
    """Whether the tree differs from year to year."""
    return any(True for _ in _stated(file.body))


def years_to_check(file: ast.RuleFile) -> tuple[int, ...]:
    """Years, in order, of which every other year has the tree, or lacks a size: if these are sound, all are.

    They are the years that sizes name, the first and the last year of each item, and the years beside those.
    """
    found: set[int] = set()
    for node in _stated(file.body):
        if isinstance(node, ast.InForce):
            found |= set() if node.first is None else {node.first - 1, node.first}
            found |= set() if node.last is None else {node.last, node.last + 1}
        else:
            found |= {entry.year for entry in node.by_year}
    return tuple(sorted(found))


def of_year(file: ast.RuleFile, year: int) -> tuple[ast.RuleFile, tuple[Unstated, ...]]:
    """The file with the items and sizes of a year, and the sizes that do not state it."""
    unstated: list[Unstated] = []
    body = _body(file.body, year, unstated)
    gone = _numbers(file.body) - _numbers(body)
    if gone:
        body = tuple(_without(one, gone) if isinstance(one, ast.DataTable) else one for one in body)
    return evolve(file, body=body), tuple(unstated)


def dormant(file: ast.RuleFile, year: int) -> tuple[Dormant, ...]:
    """The items of a sound file that are not in force in a year, those in such items included."""
    found = (one for item in file.body if isinstance(item, _Item) for one in _spans(item, "", None, None))
    return tuple(one for one in found if not _holds(one.first, one.last, year))


def faults(file: ast.RuleFile) -> tuple[Diagnostic, ...]:
    """What is wrong with sizes by year and with what is in force, whatever the year."""
    found: list[Diagnostic] = []
    for node in _stated(file.body):
        found += _no_years(node) if isinstance(node, ast.InForce) else _entries(node)
    return tuple(found)


def no_size(unstated: Unstated) -> Diagnostic:
    """The finding for a year that sizes do not state."""
    years = [entry.year for entry in unstated.sized.by_year]
    return diagnostic(
        "no-size-for-year",
        Text(
            en=f"nothing is stated for {unstated.year}, but for {', '.join(map(str, years))}",
            zh=f"未规定 {unstated.year} 年的数值，仅规定了 {'、'.join(map(str, years))} 年",
        ),
        Label(place=unstated.sized.span),
        help=Text(
            en=f"add `{unstated.year}: …`, or assess a year that is stated",
            zh=f"添加 `{unstated.year}：…`，或考核已作规定的年度",
        ),
    )


def earlier_scores(rules: CheckedRules) -> tuple[Diagnostic, ...]:
    """The findings for scores of earlier years that are read where the tree may have been another one then."""
    places: dict[Span | None, None] = {}
    for node, offset in order(tuple(_graphs(rules, set()))):
        if isinstance(node, n.Score) and offset:
            places[node.span] = None
    return tuple(
        diagnostic(
            "earlier-score-by-year",
            Text(
                en="the score of an earlier year is read, and these rules differ from year to year",
                zh="此处引用了往年得分，而本规则各年度不同",
            ),
            Label(place=rules.span if place is None else place),
            help=Text(
                en="take the score published for that year as an input",
                zh="请把该年度已公布的得分列为数据",
            ),
        )
        for place in places
    )


def in_year(found: Diagnostic, years: tuple[int, ...], file: ast.RuleFile) -> Diagnostic:
    """A finding that holds in some years only, with these years; and where what it misses is not in force, with that."""
    said = found.message_text
    text = Text(
        en=f"{said.en} (in {', '.join(map(str, years))})",
        zh=f"{said.zh}（{'、'.join(map(str, years))} 年）",
    )
    missed = [one for one in dormant(file, years[0]) if _misses(found, one)]
    if not missed:
        return evolve(found, message_text=text)
    help_ = Text(
        en=f"it is in force {missed[0].years.en}: name here what is in force in every year, or give it more years",
        zh=f"其施行年度为 {missed[0].years.zh}：此处只能引用各年度均施行的项目，或放宽其施行年度",
    )
    return evolve(found, message_text=text, help=help_)


def _misses(found: Diagnostic, item: Dormant) -> bool:
    kind, _, name = item.path.partition(" ")
    return found.code == "unknown-indicator" and f"{kind} `{name}`" in found.message_text.en


def _stated(body: tuple[ast.Statement, ...]) -> Iterator[ast.InForce | _Sized]:
    """What makes a tree differ from year to year, in source order; only bodies are walked, as of large files most is formulas."""
    for one in body:
        if isinstance(one, ast.InForce) or (isinstance(one, ast.Total) and one.by_year):
            yield one
        elif isinstance(one, _Item):
            if not isinstance(one, ast.Adjustment) and one.size is not None and one.size.by_year:
                yield one.size
            yield from _stated(one.body)


def _numbers(body: tuple[ast.Statement, ...]) -> set[str]:
    """The indicators of a body, by their folded numbers."""
    found: set[str] = set()
    for one in body:
        if isinstance(one, ast.Indicator):
            found.add(fold(one.number))
        elif isinstance(one, ast.Category):
            found |= _numbers(one.body)
    return found


def _without(table: ast.DataTable, gone: set[str]) -> ast.DataTable:
    """A table without the rows of indicators that are not in force; one that has only such rows stays as it is."""
    if table.by != "indicator":
        return table
    rows = tuple(row for row in table.rows if fold(row.key.name) not in gone)
    return evolve(table, rows=rows) if rows else table


def _body(
    statements: tuple[ast.Statement, ...], year: int, unstated: list[Unstated]
) -> tuple[ast.Statement, ...]:
    found: list[ast.Statement] = []
    for one in statements:
        if isinstance(one, ast.Total) and one.by_year:
            value = _value(one, year, unstated)
            found.append(one if value is None else evolve(one, points=_in_points(value), by_year=()))
        elif isinstance(one, _Item):
            if _in_force(one, year):
                found.append(_item(one, year, unstated))
        else:
            found.append(one)
    return tuple(found)


def _item(item: _Item, year: int, unstated: list[Unstated]) -> _Item:
    stated = [one for one in item.body if isinstance(one, ast.InForce)]
    # Said twice, both stay, for what is said twice to be told.
    kept = tuple(one for one in item.body if len(stated) != 1 or one is not stated[0])
    body = _body(kept, year, unstated)
    if isinstance(item, ast.Adjustment) or item.size is None or item.size.kind is None:
        return evolve(item, body=body)
    value = _value(item.size, year, unstated)
    if value is None:
        return evolve(item, body=body)
    plain = evolve(item.size, kind=None, by_year=())
    if item.size.kind == "weight":
        return evolve(item, body=body, size=evolve(plain, weight=value))
    return evolve(item, body=body, size=evolve(plain, points=_in_points(value)))


def _in_force(item: _Item, year: int) -> bool:
    stated = [one for one in item.body if isinstance(one, ast.InForce)]
    if len(stated) != 1:
        return True
    return _holds(stated[0].first, stated[0].last, year)


def _holds(first: int | None, last: int | None, year: int) -> bool:
    return (first is None or first <= year) and (last is None or year <= last)


def _spans(item: _Item, above: str, first: int | None, last: int | None) -> Iterator[Dormant]:
    """The years of an item and of all in it: those of what it stands in, and of these its own."""
    match item:
        case ast.Indicator(number=number):
            path = f"indicator {number}"
        case ast.Part(name=name):
            path = f"{above}.{name}"
        case ast.Category(name=name):
            path = f"category {name}"
        case _:
            path = f"{item.kind} {item.name}"
    stated = next((one for one in item.body if isinstance(one, ast.InForce)), None)
    if stated is not None:
        first = max((year for year in (first, stated.first) if year is not None), default=None)
        last = min((year for year in (last, stated.last) if year is not None), default=None)
    yield Dormant(path=path, first=first, last=last)
    for one in item.body:
        if isinstance(one, _Item):
            yield from _spans(one, path, first, last)


def _value(sized: _Sized, year: int, unstated: list[Unstated]) -> ast.Literal | None:
    for entry in sized.by_year:
        if entry.year == year:
            return entry.value
    unstated.append(Unstated(sized=sized, year=year))
    return None


def _in_points(value: ast.Literal) -> ast.Literal:
    """Behind `points by year` a plain number is points."""
    return evolve(value, unit="points")


def _no_years(stated: ast.InForce) -> Iterator[Diagnostic]:
    if stated.first is None or stated.last is None or stated.first <= stated.last:
        return
    yield diagnostic(
        "range-empty",
        Text(
            en=f"no year lies between {stated.first} and {stated.last}",
            zh=f"{stated.first} 与 {stated.last} 之间没有年度",
        ),
        Label(place=stated.span),
        help=Text(en="write the earlier year first", zh="先写较早的年度"),
    )


def _entries(sized: _Sized) -> Iterator[Diagnostic]:
    """Years that stand twice, and points in another unit."""
    first: dict[int, Span] = {}
    weights = isinstance(sized, ast.Size) and sized.kind == "weight"
    for entry in sized.by_year:
        if entry.year in first:
            yield diagnostic(
                "duplicate-statement",
                Text(en=f"{entry.year} stands here twice", zh=f"{entry.year} 年写了两次"),
                Label(place=entry.span),
                Label(place=first[entry.year], text=FIRST, primary=False),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
        first.setdefault(entry.year, entry.span)
        if not weights and entry.value.unit not in (None, "points"):
            yield diagnostic(
                "kind-mismatch",
                Text(en="points must stand here", zh="此处应为分值"),
                Label(place=entry.value.span),
                help=Text(en=f"write `{entry.year}: 5`", zh=f"例如写 `{entry.year}：5`"),
            )


def _graphs(thing: object, seen: set[int]) -> Iterator[n.Node]:
    """Every graph that checked rules hold, wherever it stands: any of them may read scores."""
    kind: type = type(thing)
    if isinstance(thing, n.Base):
        yield thing  # type: ignore[misc]  # the nodes are all the classes of this base
    elif isinstance(thing, Mapping):
        for one in thing.values():
            yield from _graphs(one, seen)
    elif isinstance(thing, tuple):
        for one in thing:
            yield from _graphs(one, seen)
    elif has(kind) and not isinstance(thing, Span | Text) and id(thing) not in seen:
        seen.add(id(thing))
        for name in fields_dict(kind):
            yield from _graphs(getattr(thing, name), seen)
