"""A table across periods: regions down, for every year the value and the rank of every result."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.audit.amount import decimal_of
from assessment.audit.record import Amount, Breakdown, Line, ResultRecord
from assessment.diagnostics.bilingual import Lang
from assessment.report import words
from assessment.report.table import Cell, Column, Table, figure
from assessment.report.view import estimates, published, rests_on_estimates

__all__ = ["periods_heading", "periods_table"]


def periods_heading(results: Sequence[ResultRecord], lang: Lang) -> str:
    """Title and years."""
    rules = results[0].rules
    years = words.LISTED.in_(lang).join(str(one.period) for one in results)
    title = rules.title or rules.name
    return f"{title}（{years} 年度）" if lang == "zh" else f"{title}, {years}"


def periods_table(results: Sequence[ResultRecord], lang: Lang) -> Table:
    """The values and ranks of all results in all years, the regions in the order of the data."""
    rules = results[0].rules
    by_year = [{one.region: one.breakdown for one in result} for result in results]
    regions = list(dict.fromkeys(region for year in by_year for region in year))
    total = words.TOTAL if rules.scale.points is not None else words.RESULT
    within = None if rules.ranking is None else rules.ranking.within
    columns = [Column(title=words.REGION.in_(lang))]
    estimated = {result.period for result in results if rests_on_estimates(one.breakdown for one in result)}
    for result in results:
        columns += _heads(result.period, total.in_(lang), within is not None, lang)
        for further in rules.results:
            columns += _heads(result.period, further.title, further.ranking is not None, lang)
        if result.period in estimated:
            columns.append(Column(title=f"{result.period} {words.RESTS_ON_ESTIMATES.in_(lang)}"))
    rows = []
    for region in regions:
        cells = [Cell(text=region)]
        for result, year in zip(results, by_year, strict=True):
            one = year.get(region)
            cells += _cells(one, within, rules.results, lang)
            if result.period in estimated:
                cells.append(Cell(text="") if one is None else estimates(one, lang))
        rows.append(tuple(cells))
    return Table(
        name=words.PERIODS.in_(lang),
        title=periods_heading(results, lang),
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _heads(year: int, title: str, ranked: bool, lang: Lang) -> list[Column]:
    rank = words.RANK.in_(lang)
    heads = [f"{year} {title}"]
    if ranked:
        heads.append(f"{year} {title}{rank}" if lang == "zh" else f"{year} {title}: {rank.lower()}")
    return [Column(title=head, number=True) for head in heads]


def _cells(one: Breakdown | None, within: str | None, further: Sequence[object], lang: Lang) -> list[Cell]:
    """What a year shows of a region; nothing for one that the data of the year do not hold."""
    if one is None:
        return [Cell(text="")] * (1 + (within is not None) + len(further))
    found = _figures(one.root, one.ranks.get(within) if within is not None else None, within, lang)
    for result in one.results:
        rank = result.ranks.get(result.within) if result.within is not None else None
        found += _figures(result.root, rank, result.within, lang)
    return found


def _figures(root: Line, rank: Amount | None, within: str | None, lang: Lang) -> list[Cell]:
    cells = [published(root, lang)]
    if within is not None:
        shown = None if rank is None else decimal_of(rank, None)
        cells.append(figure(shown, words.NONE.en))
    return cells
