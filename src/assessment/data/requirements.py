"""What the rules need and the data do not have: years, columns, regions and single values.

Only *not reported* counts as missing: a value that is not applicable, withheld or not yet available was stated. Where
a value is there but could not be read, that was reported already and nothing is said again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from assessment.core.absence import Absence
from assessment.data.entries import Spoiled
from assessment.data.gather import Gathered
from assessment.data.grid import At, Found
from assessment.data.names import Names
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Diagnostic, Label, diagnostic
from assessment.semantics.model import Input

Required = Callable[[str | None], Collection[tuple[str, int]]]
"""The inputs and years that the rules cannot do without, for the regions of a group."""

_FIRST: At = (0, 0, -1)
_LAST: At = (10**9, 0, 0)


def missing(gathered: Gathered, names: Names, required: Required, whole: CellPlace) -> Iterator[Found]:
    """An error for each value that is needed and not reported; `whole` is the place of the data as a whole.

    What is missing is said once, as widely as it is true: of a year, of a column, of a region in a year, of a value.
    """
    specs = {spec.name: spec for spec in names.inputs}
    order = {spec.name: place for place, spec in enumerate(names.inputs)}
    needed_by_group = {
        group: tuple(sorted(required(group), key=lambda need: (need[1], order[need[0]])))
        for group in dict.fromkeys(
            _group(region, names) for region in (*names.group_by_region, *gathered.seen)
        )
    }
    needed = dict.fromkeys(need for needs in needed_by_group.values() for need in needs)
    without_column = [
        need
        for need in sorted(needed, key=lambda need: (need[1], order[need[0]]))
        if need not in gathered.columns and not _is_spoiled(gathered.spoiled, need, None)
    ]
    known = sorted({period for _, period in gathered.columns})
    without_year = sorted({period for _, period in without_column} - set(known)) if known else []
    for period in without_year:
        yield Found(at=_FIRST, diagnostic=missing_period(period, known, whole))
    for name, period in without_column if gathered.seen else ():
        if period not in without_year:
            yield _missing_column(specs[name], period, whole)
    met = {(region, period) for _, period, region in gathered.observations}
    for region, seen in gathered.seen.items():
        needs = [
            need
            for need in needed_by_group[_group(region, names)]
            if need not in without_column and not _is_spoiled(gathered.spoiled, need, region)
        ]
        absent = sorted({period for _, period in needs if (region, period) not in met})
        for period in absent if not _unnamed(gathered.spoiled, region) else ():
            yield _missing_year_of_region(region, period, whole)
        for name, period in needs:
            if period in absent:
                continue
            observation = gathered.observations.get((name, period, region))
            if observation is None:
                yield _missing_value(specs[name], period, region, seen.place, seen.at)
            elif observation.value is Absence.NOT_REPORTED:
                at = gathered.at_by_key.get((name, period, region), seen.at)
                yield _missing_value(specs[name], period, region, observation.origin, at)
    yield from _missing_regions(gathered, names, needed_by_group, whole)


def missing_period(period: int, known: Sequence[int], whole: CellPlace) -> Diagnostic:
    """The error for a year of which the data hold nothing; `known` are the years that they do hold."""
    have, have_zh = ", ".join(map(str, known)), "、".join(map(str, known))
    return diagnostic(
        "data-missing-period",
        Text(
            en=f"the data hold nothing of {period}, which the rules need",
            zh=f"数据中没有规则所需的 {period} 年数值",
        ),
        Label(place=whole),
        help=Text(
            en=f"they hold {have}: add the year, or give another one as `period`",
            zh=f"数据中有 {have_zh} 年：请补充该年度，或以参数 `period` 另行指明",
        )
        if known
        else None,
    )


def left_out(
    gathered: Gathered, names: Names, required: Required | None, whole: CellPlace
) -> Iterator[Found]:
    """A note for each region of the rules that the data do not have and of which nothing is required."""
    for region, group in names.group_by_region.items():
        if region in gathered.seen or _unnamed(gathered.spoiled, region):
            continue
        if required is None or not required(group):
            yield Found(
                at=_LAST,
                diagnostic=diagnostic(
                    "data-region-left-out",
                    Text(en=f"the data have no row for `{region}`", zh=f"数据中没有 `{region}`"),
                    Label(place=whole),
                ),
            )


def _missing_regions(
    gathered: Gathered,
    names: Names,
    needed_by_group: dict[str | None, tuple[tuple[str, int], ...]],
    whole: CellPlace,
) -> Iterator[Found]:
    for region, group in names.group_by_region.items():
        if region in gathered.seen or not needed_by_group.get(group) or _unnamed(gathered.spoiled, region):
            continue
        text = Text(en=f"the data have no row for `{region}`", zh=f"数据中没有 `{region}`")
        help_ = Text(
            en="add the region, or give the name that the data use as its alias",
            zh="请补充该地区，或将数据所用的名称设为其别名",
        )
        yield _missing("data-missing-region", text, whole, _LAST, help_)


def _group(region: str, names: Names) -> str | None:
    return names.group_by_region.get(region)


def _unnamed(spoiled: Iterable[Spoiled], region: str) -> bool:
    """Whether a row with an unknown name may be the region's."""
    return any(one.unnamed and one.region in (None, region) for one in spoiled)


def _is_spoiled(spoiled: Iterable[Spoiled], need: tuple[str, int], region: str | None) -> bool:
    return any(
        not one.unnamed
        and one.input in (None, need[0])
        and one.period in (None, need[1])
        and (region is None or one.region in (None, region))
        for one in spoiled
    )


def _missing_column(spec: Input, period: int, whole: CellPlace) -> Found:
    called = spec.title or spec.name
    if spec.in_rows:
        text = Text(
            en=f"the data have no rows of `{called}` for {period}, which the rules need",
            zh=f"数据中没有规则所需的 {period} 年 `{called}` 的各行",
        )
        help_ = Text(
            en=f"add a sheet `{called}` to the workbook, or give its file: `--rows {spec.name}=FILE`",
            zh=f"请在工作簿中增加工作表 `{called}`，或另给文件：`--rows {spec.name}=文件`",
        )
    else:
        text = Text(
            en=f"the data have no column for `{called}` in {period}, which the rules need",
            zh=f"数据中没有规则所需的 {period} 年 `{called}` 列",
        )
        help_ = Text(
            en=f"head a column with `{called}` or `{spec.name}`",
            zh=f"请增加表头为 `{called}` 或 `{spec.name}` 的列",
        )
    return _missing("data-missing-column", text, whole, _FIRST, help_)


def _missing_year_of_region(region: str, period: int, whole: CellPlace) -> Found:
    text = Text(
        en=f"the data have no row for `{region}` in {period}", zh=f"数据中没有 `{region}` {period} 年的数据"
    )
    help_ = Text(en="add the row of that year", zh="请补充该年度的一行")
    return _missing("data-missing-region", text, whole, _LAST, help_)


def _missing_value(spec: Input, period: int, region: str, place: CellPlace, at: At) -> Found:
    called = spec.title or spec.name
    text = Text(
        en=f"`{region}` does not report `{called}` for {period}, which the rules need",
        zh=f"`{region}` 未报规则所需的 {period} 年 `{called}`",
    )
    help_ = Text(
        en="fill in the value, or say why it is absent, such as `不适用` or `保密`",
        zh="请补填；确无数据的，请注明 `不适用`、`保密` 等",
    )
    return _missing("data-missing", text, place, at, help_)


def _missing(code: str, text: Text, place: CellPlace, at: At, help_: Text) -> Found:
    """That the data lack something the rules need; `at` is where it stands among the findings."""
    return Found(at=at, diagnostic=diagnostic(code, text, Label(place=place), help=help_))
