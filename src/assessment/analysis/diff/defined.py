"""What formulas read by name: measures, methods of the file, targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison, Field, told
from assessment.analysis.diff.formulas import parts, written
from assessment.analysis.diff.lacking import frames
from assessment.analysis.diff.making import (
    NOWHERE,
    by_name,
    change,
    renamed,
    renamed_by,
    there,
)
from assessment.analysis.diff.naming import in_unit, named
from assessment.analysis.expressions import in_both, same_expression
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import CheckedRules

_FIELDS: Mapping[str, Field] = {
    "title": told("title", "title", "名称", shown.quoted, "words"),
    "unit": told("unit", "unit", "单位", lambda x: shown.NONE if x is None else in_unit(x), "words"),
}


def measures(compared: Comparison) -> Iterator[Change]:
    """What formulas read under a name of its own."""
    was = renamed_by(
        lambda one: (one.title, compared.same.node(one.node)), compared.old.measures, compared.new.measures
    )
    for before, after in by_name(compared.old.measures, compared.new.measures, was):
        one = after or before
        place, path = named("measure", "定义", one), f"measure {one.name}"
        if before is None or after is None:
            yield there("measure", path, place, before is None, _formula(one.node), "words")
            continue
        if before.name != after.name:
            yield renamed("measure", path, Text(en="measure", zh="定义"), before.name, after.name, "words")
        yield from compared.fields(path, place, before, after, _FIELDS)
        if compared.same.node(before.node) != compared.same.node(after.node):
            old, new = (written(x.node) for x in (before, after))
            if not same_expression(old, new):
                compared.told_measures |= {before.name, after.name}
                yield from parts(compared, "measure", path, place, before.node, after.node, old, new)


def methods(compared: Comparison) -> Iterator[Change]:
    """The methods that the files define, as far as formulas call them."""
    before, after = _definitions(compared.old), _definitions(compared.new)
    for name, theirs in after.items():
        mine = before.get(name)
        if mine is None or mine.definition is None or theirs.definition is None:
            continue
        old, new = mine.definition.text, theirs.definition.text
        if same_expression(old, new):
            continue
        compared.told_methods.add(name)
        place = Text(en=f"method `{name}`", zh=f"方法“{name}”")
        yield from parts(compared, "method", f"method {name}", place, None, None, old, new)


def targets(compared: Comparison) -> Iterator[Change]:
    """Targets by measure, scope and year."""

    def key(one: Any, renamed: Mapping[str, str]) -> tuple[str, str, int]:
        return renamed.get(one.scope, one.scope), renamed.get(one.measure, one.measure), one.year

    before = {key(one, {}): one for one in compared.old.targets}
    after = {key(one, compared.renamed): one for one in compared.new.targets}
    titles = {one.name: one.title for rules in (compared.old, compared.new) for one in _read_things(rules)}
    for one in dict.fromkeys((*after, *before)):
        mine, theirs = before.get(one), after.get(one)
        if mine is not None and theirs is not None and mine.value == theirs.value:
            continue
        scope, measure, year = one
        compared.told_targets = True
        whose = (
            shown.spelt("EVERYWHERE", scope)
            if scope in ("all", "city")
            else Text.same(compared.titles.get(scope, scope))
        )
        title = titles.get(measure, measure)
        yield change(
            "target",
            f"target {scope} {measure} {year}",
            Text(
                en=f"target of `{title}` for {year} ({whose.en})",
                zh=f"“{title}”{year} 年目标（{whose.zh}）",
            ),
            NOWHERE,
            None if mine is None else in_both(mine.text),
            None if theirs is None else in_both(theirs.text),
            "scores",
            "added" if mine is None else "removed" if theirs is None else "changed",
        )


def _read_things(rules: CheckedRules) -> tuple[Any, ...]:
    """What formulas read by name."""
    return (*rules.inputs, *rules.measures)


def _formula(node: n.Node) -> Text | None:
    text = written(node)
    return in_both(text) if text else None


def _definitions(rules: CheckedRules) -> dict[str, n.Frame]:
    found: dict[str, n.Frame] = {}
    for frame in frames(rules):
        if frame.definition is not None and frame.role == "call" and frame.definition.span is not None:
            found.setdefault(frame.name, frame)
    return found
