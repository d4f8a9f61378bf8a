"""What the rules need and the data do not have: columns, regions and single values.

Only *not reported* counts as missing: a value that is not applicable, withheld or not yet available was stated. Where
a value is there but could not be read, that was reported already and nothing is said again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from assessment.core.absence import Absence
from assessment.data.entries import Spoiled
from assessment.data.gather import Gathered
from assessment.data.grid import At, Found
from assessment.data.names import Names
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Label, diagnostic
from assessment.semantics.model import Input

Required = Callable[[str | None], Collection[tuple[str, int]]]
"""The inputs and years that the rules cannot do without, for the regions of a group."""

_LAST: At = (10**9, 0, 0)


def missing(gathered: Gathered, names: Names, required: Required, whole: CellPlace) -> Iterator[Found]:
    """An error for each value that is needed and not reported; `whole` is the place of the data as a whole."""
    specs = {spec.name: spec for spec in names.inputs}
    needed_by_group = {
        group: tuple(sorted(required(group)))
        for group in dict.fromkeys(
            _group(region, names) for region in (*names.group_by_region, *gathered.seen)
        )
    }
    needed = {need for needs in needed_by_group.values() for need in needs}
    without_column = [
        need
        for need in sorted(needed)
        if need not in gathered.columns and not _is_spoiled(gathered.spoiled, need, None)
    ]
    for name, period in without_column if gathered.seen else ():
        yield _missing_column(specs[name], period, whole)
    for region, seen in gathered.seen.items():
        for name, period in needed_by_group[_group(region, names)]:
            if (name, period) in without_column or _is_spoiled(gathered.spoiled, (name, period), region):
                continue
            observation = gathered.observations.get((name, period, region))
            if observation is None:
                yield _missing_value(specs[name], period, region, seen.place, seen.at)
            elif observation.value is Absence.NOT_REPORTED:
                at = gathered.at_by_key.get((name, period, region), seen.at)
                yield _missing_value(specs[name], period, region, observation.origin, at)
    yield from _missing_regions(gathered, names, needed_by_group, whole)


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
        yield Found(
            at=_LAST,
            diagnostic=diagnostic(
                "data-missing-region",
                Text(en=f"the data have no row for `{region}`", zh=f"数据中没有 `{region}`"),
                Label(place=whole),
                help=Text(
                    en="add the region, or give the name that the data use as its alias",
                    zh="请补充该地区，或将数据所用的名称设为其别名",
                ),
            ),
        )


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
    return Found(
        at=(0, 0, -1),
        diagnostic=diagnostic(
            "data-missing-column",
            Text(
                en=f"the data have no column for `{called}` in {period}, which the rules need",
                zh=f"数据中没有规则所需的 {period} 年 `{called}` 列",
            ),
            Label(place=whole),
            help=Text(
                en=f"head a column with `{called}` or `{spec.name}`",
                zh=f"请增加表头为 `{called}` 或 `{spec.name}` 的列",
            ),
        ),
    )


def _missing_value(spec: Input, period: int, region: str, place: CellPlace, at: At) -> Found:
    called = spec.title or spec.name
    return Found(
        at=at,
        diagnostic=diagnostic(
            "data-missing",
            Text(
                en=f"`{region}` does not report `{called}` for {period}, which the rules need",
                zh=f"`{region}` 未报规则所需的 {period} 年 `{called}`",
            ),
            Label(place=place),
            help=Text(
                en="fill in the value, or say why it is absent, such as `不适用` or `保密`",
                zh="请补填；确无数据的，请注明 `不适用`、`保密` 等",
            ),
        ),
    )
