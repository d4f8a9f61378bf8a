"""The unit of each column: as an argument, its heading, a row of units or the whole sheet states it.

The nearest statement counts, in that order. A sheet's own `单位：万元` holds for the columns of its dimension that say
nothing themselves; one that fits no column at all is an error, and so are two that fit the same column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from assessment.data.grid import At, Found
from assessment.data.names import Names
from assessment.data.scale import Scale, UnitFlaw, scale_of
from assessment.data.table import Table, UnitRow
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Label, diagnostic
from assessment.diagnostics.suggest import nearest
from assessment.semantics.model import Input


@frozen(kw_only=True)
class Stated:
    """The unit of a column: its scale, None where nothing states one, and what to remark on its values."""

    scale: Scale | None = None
    remarks: tuple[Text, ...] = ()


def units_by_input(given: Mapping[str, str], names: Names) -> tuple[Mapping[str, Scale], tuple[Found, ...]]:
    """The units of the argument by the name of their input, and what is wrong with them."""
    scales: dict[str, Scale] = {}
    found: list[Found] = []
    for called, text in given.items():
        spec = names.input(called)
        if spec is None:
            near = nearest(called, [one.name for one in names.inputs])
            found.append(
                Found(
                    at=(-1, -1, -1),
                    diagnostic=diagnostic(
                        "data-unknown-column",
                        Text(
                            en=f"a unit is given for `{called}`, which is no input of the rules",
                            zh=f"为 `{called}` 指定了单位，但规则中没有这一数据项",
                        ),
                        help=None
                        if near is None
                        else Text(en=f"did you mean `{near}`?", zh=f"是否应为 `{near}`？"),
                    ),
                )
            )
            continue
        try:
            scales[spec.name] = scale_of(text, spec)
        except UnitFlaw as flaw:
            found.append(unit_flaw((-1, -1, -1), flaw, None))
    return scales, tuple(found)


def stated_in_column(table: Table, column: int, spec: Input, given: Mapping[str, Scale]) -> Stated | Found:
    """The unit of one column of a wide table, or what is wrong with the statement that counts."""
    heading = table.headings[column]
    if spec.name in given:
        return _by_argument(given[spec.name], heading.unit)
    if heading.unit is not None:
        place = table.place(table.header, column)
        return _scale(heading.unit, spec, (table.sheet.index, table.header, column), place)
    below = next((unit for unit in table.units_below if unit.column == column), None)
    if below is not None:
        at = (table.sheet.index, below.row, column)
        return _scale(below.text, spec, at, table.place(below.row, column))
    return stated_above(table, spec)


def stated_in_row(
    table: Table, row: int, spec: Input, written: str | None, given: Mapping[str, Scale]
) -> Stated | Found:
    """The unit of one row of a long table; `written` is the unit in the name of its indicator."""
    if spec.name in given:
        return _by_argument(given[spec.name], written)
    if table.unit is not None:
        text = table.sheet.cell(row, table.unit).text.strip()
        if text and spec.form in ("number", "ratings"):
            at = (table.sheet.index, row, table.unit)
            return _scale(text, spec, at, table.place(row, table.unit))
    if written is not None and table.indicator is not None:
        at = (table.sheet.index, row, table.indicator)
        return _scale(written, spec, at, table.place(row, table.indicator))
    return stated_above(table, spec)


def stated_above(table: Table, spec: Input) -> Stated | Found:
    """The unit that the sheet as a whole states, where it fits the input."""
    fitting = [(unit, scale) for unit in table.units_above if (scale := _fits(unit, spec)) is not None]
    if not fitting:
        return Stated()
    if len({scale.factor for _, scale in fitting}) > 1:
        first, second = (
            fitting[0][0],
            next(unit for unit, scale in fitting if scale.factor != fitting[0][1].factor),
        )
        return Found(
            at=(table.sheet.index, second.row, second.column),
            diagnostic=diagnostic(
                "data-unit-mismatch",
                Text(
                    en=f"`{first.text}` and `{second.text}` both fit `{spec.name}`, which names neither",
                    zh=f"`{first.text}` 与 `{second.text}` 都可用于 `{spec.name}`，该列未注明用哪个",
                ),
                table.sheet.place(second.row, second.column),
                help=Text(en="state the unit in the heading of the column", zh="请在该列表头注明单位"),
            ),
        )
    return Stated(scale=fitting[0][1])


def unused_above(table: Table, specs: tuple[Input, ...]) -> Iterator[Found]:
    """What is wrong with units of the sheet that fit none of its columns."""
    for unit in table.units_above:
        if any(_fits(unit, spec) is not None for spec in specs):
            continue
        at = (table.sheet.index, unit.row, unit.column)
        place = table.sheet.place(unit.row, unit.column)
        reason = Text(
            en=f"the sheet states the unit `{unit.text}`, which fits none of its columns",
            zh=f"表中注明单位 `{unit.text}`，但没有适用的列",
        )
        flaw = UnitFlaw("data-unit-mismatch", reason)
        for spec in specs[:1]:
            try:
                scale_of(unit.text, spec)
            except UnitFlaw as error:
                flaw = error if error.code == "data-unknown-unit" else flaw
        yield unit_flaw(at, flaw, place)


def unit_flaw(at: At, flaw: UnitFlaw, place: CellPlace | None) -> Found:
    """The diagnostic for a unit that cannot be used."""
    labels = () if place is None else (Label(place=place),)
    return Found(at=at, diagnostic=diagnostic(flaw.code, flaw.reason, *labels, help=flaw.help))


def _fits(unit: UnitRow, spec: Input) -> Scale | None:
    try:
        return scale_of(unit.text, spec)
    except UnitFlaw:
        return None


def _scale(text: str, spec: Input, at: At, place: CellPlace) -> Stated | Found:
    try:
        return Stated(scale=scale_of(text, spec))
    except UnitFlaw as flaw:
        return unit_flaw(at, flaw, place)


def _by_argument(scale: Scale, written: str | None) -> Stated:
    if written is None or written.strip() == scale.text:
        return Stated(scale=scale)
    remark = Text(
        en=f"unit `{scale.text}` by argument, in place of `{written}` in the heading",
        zh=f"单位按参数取 `{scale.text}`，不取表头的 `{written}`",
    )
    return Stated(scale=scale, remarks=(remark,))
