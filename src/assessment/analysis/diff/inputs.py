"""What the data hold: inputs and their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from assessment.analysis import shown
from assessment.analysis.change import Change, Effect
from assessment.analysis.diff.comparison import Comparison, Field, told
from assessment.analysis.diff.making import by_name, change, renamed, sides, there
from assessment.analysis.diff.naming import in_unit, named
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import Input

_INPUT_FIELDS: Mapping[str, Field] = {
    "title": told("title", "title", "名称", shown.quoted, "words"),
    "form": told("input", "form", "形式", Text.same),
    "unit": told("unit", "unit", "单位", lambda unit: shown.NONE if unit is None else in_unit(unit), "data"),
    "levels": told("input", "levels", "等级", shown.listed),
    "whole": told("range", "whole numbers only", "须为整数", shown.yes_no, "data"),
    "aliases": told("alias", "other names", "别名", shown.listed, "data"),
    "basis": told("basis", "basis", "口径", lambda x: shown.NONE if x is None else shown.quoted(x), "data"),
    "evidence": told("evidence", "evidence", "佐证", shown.listed, "data"),
    "codes": told(
        "codes",
        "codes of what is lacking",
        "缺失代码",
        lambda codes: shown.joined(
            Text(en=f'"{code}" means {what.label.en}', zh=f"“{code}” 表示{what.label.zh}")
            for code, what in codes.items()
        ),
        "data",
    ),
    "no_rows": told(
        "input", "without a row", "没有行时", lambda x: shown.NOT_STATED if x is None else Text.same(x)
    ),
    "lag": told("lag", "lag", "滞后", lambda x: Text(en=f"{x} years", zh=f"{x} 年")),
    "lacking": told(
        "input", "a row without it", "缺该项的行", lambda x: shown.NONE if x is None else Text.same(x)
    ),
}


def inputs(compared: Comparison) -> Iterator[Change]:
    """The inputs and their fields."""
    for before, after in by_name(compared.old.inputs, compared.new.inputs, compared.renamed):
        yield from _input(compared, before, after, "")


def _input(compared: Comparison, before: Input | None, after: Input | None, of: str) -> Iterator[Change]:
    one = after or before
    if one is None:
        return
    path = f"input {of}{one.name}"
    place = named("field" if of else "input", "字段" if of else "数据", one)
    if before is None or after is None:
        effect: Effect = "scores" if of else "data"
        yield there("input", path, place, before is None, _input_shown(one), effect)
        return
    if before.name != after.name:
        yield renamed("input", path, Text(en="input", zh="数据"), before.name, after.name, "data")
    found = list(compared.fields(path, place, before, after, _INPUT_FIELDS))
    if set(before.departments) != set(after.departments):
        offices = sides(
            lambda x: shown.listed(compared.titles.get(name, name) for name in x.departments), before, after
        )
        what = Text(en="departments", zh="来源部门")
        found.append(change("department", path, place, what, *offices, "words"))
    if before.bounds != after.bounds:
        found.append(
            change(
                "range",
                path,
                place,
                Text(en="range", zh="范围"),
                shown.bounds(before.bounds, before.type),
                shown.bounds(after.bounds, after.type),
                "data",
            )
        )
    if before.form != after.form:
        found = [
            evolve(x, old=shown.input_form(before), new=shown.input_form(after)) if x.what.en == "form" else x
            for x in found
        ]
    yield from found
    if before.unit != after.unit:
        compared.told_units.add(before.name)
    for mine, theirs in by_name(before.fields, after.fields):
        yield from _input(compared, mine, theirs, f"{one.name}.")
    known = (*_INPUT_FIELDS, "name", "bounds", "fields", "departments")
    if not any(x.effect != "words" for x in found):
        yield from compared.other("input", path, place, before, after, known)


def _input_shown(one: Input) -> Text:
    form = shown.input_form(one)
    if one.unit is None:
        return form
    unit = in_unit(one.unit)
    return Text(en=f"{form.en} in {unit.en}", zh=f"{form.zh}，单位 {unit.zh}")
