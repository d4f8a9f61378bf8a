"""What an example gives → data, read by the reader of data; what that finds stands at its place in the rule file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import evolve

from assessment.data.model import Data, Observation
from assessment.data.read import read
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.codes import Severity
from assessment.diagnostics.model import CellPlace, Diagnostic, Label, Span, diagnostic
from assessment.semantics.model import CheckedRules, Example, GivenFile

__all__ = ["data_of"]

_NOT_OF_EXAMPLES = ("data-region-left-out", "data-missing")


def data_of(example: Example, rules: CheckedRules) -> tuple[Data | None, tuple[Diagnostic, ...]]:
    """The data of an example; None, with what is wrong, where they cannot be read."""
    found: list[Diagnostic] = []
    parts: list[Data] = []
    mapping = _mapping(example)
    if mapping:
        data, more = read(mapping, rules)
        found += _placed(more, example)
        parts += [] if data is None else [data]
    for file in example.files:
        path = _path(file)
        if path is None:
            found.append(_unplaced(file))
            continue
        data, more = read(path, rules)
        found += _spoken(more)
        parts += [] if data is None else [data]
    if not example.given and not example.files:
        return None, ()
    if any(one.severity is Severity.ERROR for one in found):
        return None, tuple(found)
    data, more = _together(parts, example, rules)
    found += more
    return (None if more else data), tuple(found)


def _mapping(example: Example) -> dict[int, dict[str, dict[str, object]]]:
    years: dict[int, dict[str, dict[str, object]]] = {}
    for given in example.given:
        cells = years.setdefault(given.year, {}).setdefault(given.region, {})
        cells.update((value.input, value.value) for value in given.values)
    return {year: regions for year, regions in years.items() if any(regions.values())}


def _placed(found: Iterable[Diagnostic], example: Example) -> list[Diagnostic]:
    """What was found in the mapping, at the places where it was given."""
    cells = {
        (str(one.year), one.region, cell.input): cell.span for one in example.given for cell in one.values
    }
    regions = {
        str(year): list(dict.fromkeys(one.region for one in example.given if one.year == year))
        for year in {one.year for one in example.given}
    }

    def place(label: Label) -> Label:
        where: Span | CellPlace = label.place
        if isinstance(where, CellPlace):
            rows = regions.get(where.sheet or "", [])
            row = rows[where.row - 1] if where.row is not None and where.row <= len(rows) else ""
            column = str(where.column)
            where = cells.get((where.sheet or "", row, column), example.span)
        return evolve(label, place=where)

    kept = _spoken(found)
    return [
        evolve(
            one, labels=tuple(map(place, one.labels)) or (Label(place=example.span, text=None, primary=True),)
        )
        for one in kept
    ]


def _spoken(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Warnings and errors; that a region of the rules has no data is the way of examples."""
    return [one for one in found if one.severity is not Severity.NOTE and one.code not in _NOT_OF_EXAMPLES]


def _path(file: GivenFile) -> Path | None:
    """Where a file lies beside the rule file; None where that is no file."""
    beside = Path(file.span.source.name)
    return beside.parent / file.path if beside.is_file() else None


def _unplaced(file: GivenFile) -> Diagnostic:
    return diagnostic(
        "example-file-unplaced",
        Text(
            en=f"`{file.path}` is looked for beside the rule file, and these rules were not read from a file",
            zh=f"`{file.path}` 应与规则文件放在一起，而此规则不是从文件读入的",
        ),
        file.span,
        help=Text(
            en="save the rules to a file, or give the values here", zh="请将规则存为文件，或在此直接写明数值"
        ),
    )


def _together(
    parts: list[Data], example: Example, rules: CheckedRules
) -> tuple[Data, tuple[Diagnostic, ...]]:
    """The data of all parts; what two of them state is an error."""
    observations: dict[tuple[str, int, str], Observation] = {}
    # A region of which nothing is given is there all the same.
    named = {member.name: group.name for group in rules.groups for member in group.members}
    groups: dict[str, str | None] = {one.region: named.get(one.region) for one in example.given}
    twice: list[tuple[str, int, str]] = []
    for part in parts:
        groups.update(part.group_by_region)
        twice += [key for key in part.observations if key in observations]
        observations.update(part.observations)
    met = (region for part in parts for region in part.regions)
    regions = tuple(dict.fromkeys((*(one.region for one in example.given), *met)))
    periods = {period for part in parts for period in part.periods} | {one.year for one in example.given}
    data = Data(
        regions=regions,
        group_by_region={region: groups.get(region) for region in regions},
        periods=tuple(sorted(periods)),
        observations=observations,
        source=example.title,
    )
    return data, tuple(_twice(key, example) for key in twice[:1])


def _twice(key: tuple[str, int, str], example: Example) -> Diagnostic:
    name, year, region = key
    return diagnostic(
        "data-duplicate-cell",
        Text(
            en=f"`{name}` of `{region}` for {year} is given twice in the example `{example.title}`",
            zh=f"示例 `{example.title}` 中 `{region}` {year} 年的 `{name}` 给出了两次",
        ),
        example.span,
        help=Text(en="give it in the file or here", zh="请只在文件或此处给出"),
    )
