"""Two checked rule sets → what changed in meaning, in the order of the new rules.

What is known by name is told field by field, with the value before and after. Every other field is compared by `Sameness`
and told to differ, so that a statement which this module has never heard of cannot change unseen.
A formula whose graph differs although its words are the same reads something that changed: where that is told already (a measure,
a method of the file, an input in another unit), nothing more is said of it; otherwise the values that differ are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import attrs
from attrs import evolve, frozen

from assessment.analysis import shown
from assessment.analysis.change import Action, Change, Effect
from assessment.analysis.difference import Difference
from assessment.analysis.expressions import differing, in_both, same_expression
from assessment.analysis.matching import Pair, matched
from assessment.analysis.sameness import Sameness, graphs
from assessment.core import nodes as n
from assessment.core.walk import children, order
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import (
    COUNTS_AS,
    ESTIMATE,
    ESTIMATE_OUTSIDE,
    CheckedRules,
    DeclaredResult,
    Group,
    Input,
    ScoreNode,
)
from assessment.semantics.wording import called

__all__ = ["changes", "difference"]

_T = TypeVar("_T")
_NOWHERE = Text.same("")
_MOST_VALUES = 4
"""How many differing values of one formula are told."""


def difference(old: CheckedRules, new: CheckedRules, numbers: Mapping[str, str] | None = None) -> Difference:
    """All changes from old rules to new ones.

    `numbers` gives for the number of each new indicator the one it had in the old rules, where that is known.
    """
    return Difference(
        old=old.title,
        new=new.title,
        old_period=old.year,
        new_period=new.year,
        language=new.language,
        changes=changes(old, new, numbers),
    )


def changes(
    old: CheckedRules, new: CheckedRules, numbers: Mapping[str, str] | None = None
) -> tuple[Change, ...]:
    """What changed, in the order of the new rules; each change once."""
    return tuple(dict.fromkeys(_Comparison(old, new, numbers).all()))


@frozen(kw_only=True)
class _Field:
    """A field that is told by name: the topic, the words, how a value is shown, and what the change touches."""

    topic: str
    what: Text
    show: Callable[[Any], Text | None]
    effect: Effect = "scores"


def _field(
    topic: str, en: str, zh: str, show: Callable[[Any], Text | None], effect: Effect = "scores"
) -> _Field:
    return _Field(topic=topic, what=Text(en=en, zh=zh), show=show, effect=effect)


def _nothing(_: object) -> None:
    return None


_INPUT_FIELDS: Mapping[str, _Field] = {
    "title": _field("title", "title", "名称", shown.quoted, "words"),
    "form": _field("input", "form", "形式", Text.same),
    "unit": _field("unit", "unit", "单位", lambda unit: shown.NONE if unit is None else _unit(unit), "data"),
    "levels": _field("input", "levels", "等级", shown.listed),
    "whole": _field("range", "whole numbers only", "须为整数", shown.yes_no, "data"),
    "aliases": _field("alias", "other names", "别名", shown.listed, "data"),
    "basis": _field("basis", "basis", "口径", lambda x: shown.NONE if x is None else shown.quoted(x), "data"),
    "evidence": _field("evidence", "evidence", "佐证", shown.listed, "data"),
    "codes": _field(
        "codes",
        "codes of what is lacking",
        "缺失代码",
        lambda codes: shown.joined(
            Text(en=f'"{code}" means {what.label.en}', zh=f"“{code}” 表示{what.label.zh}")
            for code, what in codes.items()
        ),
        "data",
    ),
    "no_rows": _field(
        "input", "without a row", "没有行时", lambda x: shown.NOT_STATED if x is None else Text.same(x)
    ),
    "lag": _field("lag", "lag", "滞后", lambda x: Text(en=f"{x} years", zh=f"{x} 年")),
    "lacking": _field(
        "input", "a row without it", "缺该项的行", lambda x: shown.NONE if x is None else Text.same(x)
    ),
}


def _unit(unit: str) -> Text:
    return {
        "points": Text(en="points", zh="分"),
        "pp": Text(en="pp", zh="百分点"),
    }.get(unit, Text.same(unit))


class _Comparison:
    """One comparison of two rule sets."""

    def __init__(self, old: CheckedRules, new: CheckedRules, numbers: Mapping[str, str] | None) -> None:
        self.old, self.new = old, new
        self.pairs = matched(old.tree, new.tree, numbers)
        self.renamed = {**_renamed_inputs(old, new), **_renamed_groups(old, new)}
        self.path_was = {
            pair.new.path: pair.old.path
            for pair in self.pairs
            if pair.old is not None and pair.new is not None and pair.old.path != pair.new.path
        }
        names = {**self.renamed, **self.path_was}
        self.same = Sameness(old, new, names)
        self.told_measures: set[str] = set()
        self.told_methods: set[str] = set()
        self.told_lacking: set[str] = set()
        self.told_units: set[str] = set()
        self.told_targets = False
        self.closed: Sameness | None = None
        self.names = names
        self.titles = {one.name: one.title for rules in (old, new) for one in _titled_things(rules)}

    def all(self) -> Iterator[Change]:
        """Everything; what formulas read comes first, since formulas are told with regard to it."""
        yield from self._head()
        yield from self._places()
        yield from self._inputs()
        yield from self._lacking()
        yield from self._measures()
        yield from self._methods()
        yield from self._targets()
        self.closed = Sameness(self.old, self.new, self.names, self._closed)
        yield from self._policies()
        yield from self._rules_for_all()
        yield from self._tree(_in_order(self.pairs, self.new.tree), self.old.tree, self.new.tree)
        yield from self._grades()
        yield from self._results()
        yield from self._words()
        yield from self._other("rules", "", _NOWHERE, self.old, self.new, _HEAD_FIELDS, "scores")

    # ── small makers ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _change(
        self,
        topic: str,
        path: str,
        place: Text,
        what: Text,
        old: Text | None,
        new: Text | None,
        effect: Effect = "scores",
        action: Action = "changed",
    ) -> Change:
        return Change(
            topic=topic, action=action, effect=effect, path=path, place=place, what=what, old=old, new=new
        )

    def _renamed(self, topic: str, path: str, place: Text, old: str, new: str, effect: Effect) -> Change:
        return self._change(topic, path, place, _NOWHERE, Text.same(old), Text.same(new), effect, "renamed")

    def _fields(
        self, path: str, place: Text, old: object, new: object, fields: Mapping[str, _Field]
    ) -> Iterator[Change]:
        """The fields that are told by name, where they differ."""
        for name, one in fields.items():
            before, after = getattr(old, name), getattr(new, name)
            if self.same.key(before) != self.same.key(after):
                yield self._change(
                    one.topic, path, place, one.what, one.show(before), one.show(after), one.effect
                )

    def _other(
        self,
        topic: str,
        path: str,
        place: Text,
        old: object,
        new: object,
        known: Iterable[str],
        effect: Effect,
    ) -> Iterator[Change]:
        """The fields that nobody tells by name, where they differ."""
        known = set(known)
        kind: type[Any] = type(new)
        for each in attrs.fields(kind):
            if not each.eq or each.name in known or each.name in _NEVER:
                continue
            if self.same.key(getattr(old, each.name)) != self.same.key(getattr(new, each.name)):
                name = each.name.replace("_", " ")
                yield self._change(topic, path, place, Text.same(f"`{name}`"), None, None, effect)

    # ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _head(self) -> Iterator[Change]:
        old, new = self.old, self.new
        if old.name != new.name:
            yield self._change(
                "name",
                "",
                _NOWHERE,
                Text(en="name of the rules", zh="规则标识"),
                Text.same(old.name),
                Text.same(new.name),
                "words",
            )
        if old.title != new.title:
            yield self._change(
                "title",
                "",
                _NOWHERE,
                Text(en="title", zh="标题"),
                shown.quoted(old.title),
                shown.quoted(new.title),
                "words",
            )
        if old.year != new.year:
            yield self._change(
                "period", "", _NOWHERE, Text(en="year", zh="年度"), _year(old.year), _year(new.year), "data"
            )
        if old.authority != new.authority:
            yield self._change(
                "authority",
                "",
                _NOWHERE,
                Text(en="authority", zh="依据"),
                shown.listed(old.authority),
                shown.listed(new.authority),
                "words",
            )
        before, after = old.scale, new.scale
        if self.same.key(evolve(before, name="", title=None)) != self.same.key(
            evolve(after, name="", title=None)
        ):
            topic, what = (
                ("total", Text(en="total", zh="总分"))
                if after.points is not None
                else ("scale", Text(en="scale of the result", zh="结果区间"))
            )
            yield self._change(topic, "total", _NOWHERE, what, shown.scale(before), shown.scale(after))
        if (before.name, before.title) != (after.name, after.title):
            yield self._change(
                "title",
                "total",
                _NOWHERE,
                Text(en="name of the result", zh="结果名称"),
                shown.quoted(before.title or before.name),
                shown.quoted(after.title or after.name),
                "words",
            )

    def _places(self) -> Iterator[Change]:
        yield from self._groups()
        for before, after in _by_name(self.old.classes, self.new.classes):
            place = _named("class", "类别", after or before)
            path = f"class {(after or before).name}"
            if before is None or after is None:
                yield self._there("class", path, place, before is None, None)
                continue
            if before.title != after.title:
                yield self._title(path, place, before.title, after.title)
            mine, theirs = before.members, after.members
            if (mine is None) != (theirs is None) or set(mine or ()) != set(theirs or ()):
                members = [
                    Text(en="as the data say", zh="由数据说明") if x is None else shown.listed(x)
                    for x in (mine, theirs)
                ]
                yield self._change(
                    "class", path, place, Text(en="members", zh="成员"), members[0], members[1]
                )
        for before, after in _by_name(self.old.departments, self.new.departments):
            place = _named("department", "部门", after or before)
            path = f"department {(after or before).name}"
            if before is None or after is None:
                yield self._there("department", path, place, before is None, None, "words")
            elif before.title != after.title:
                yield self._title(path, place, before.title, after.title)

    def _groups(self) -> Iterator[Change]:
        was = {new: old for new, old in self.renamed.items() if any(g.name == old for g in self.old.groups)}
        home_before = {m.name: g for g in self.old.groups for m in g.members}
        home_after = {m.name: g for g in self.new.groups for m in g.members}
        for before, after in _by_name(self.old.groups, self.new.groups, was):
            group = after or before
            place, path = _named("group", "组别", group), f"group {group.name}"
            if before is None or after is None:
                yield self._there(
                    "group", path, place, before is None, shown.listed(m.name for m in group.members)
                )
                continue
            if before.name != after.name:
                yield self._renamed(
                    "group", path, Text(en="group", zh="组别"), before.name, after.name, "data"
                )
            if before.title != after.title:
                yield self._title(path, place, before.title, after.title)
            if before.reference != after.reference:
                yield self._change(
                    "group",
                    path,
                    place,
                    Text(en="reference only", zh="仅作参照"),
                    shown.yes_no(before.reference),
                    shown.yes_no(after.reference),
                )
        for name in dict.fromkeys((*home_after, *home_before)):
            yield from self._member(name, home_before.get(name), home_after.get(name), was)

    def _member(
        self, name: str, before: Group | None, after: Group | None, was: Mapping[str, str]
    ) -> Iterator[Change]:
        path, place = f"region {name}", Text(en=f"region {name}", zh=f"地区 {name}")
        if before is None and after is not None:
            aliases = next(m.aliases for m in after.members if m.name == name)
            old_name = next(
                (
                    m.name
                    for g in self.old.groups
                    for m in g.members
                    if m.name in aliases or name in m.aliases
                ),
                None,
            )
            if old_name is not None and all(m.name != old_name for g in self.new.groups for m in g.members):
                yield self._renamed("region", path, Text(en="region", zh="地区"), old_name, name, "data")
                return
            yield self._there("region", path, place, True, _titled(after))
        elif after is None and before is not None:
            if any(
                name in m.aliases or (m.name in self._old_aliases(name))
                for g in self.new.groups
                for m in g.members
                if all(m.name != x.name for h in self.old.groups for x in h.members)
            ):
                return  # told as renamed
            yield self._there("region", path, place, False, _titled(before))
        elif before is not None and after is not None:
            if was.get(after.name, after.name) != before.name:
                yield self._change(
                    "region", path, place, _NOWHERE, _titled(before), _titled(after), "scores", "moved"
                )
            mine, theirs = (next(m.aliases for m in g.members if m.name == name) for g in (before, after))
            if set(mine) != set(theirs):
                yield self._change(
                    "alias",
                    path,
                    place,
                    Text(en="other names", zh="别名"),
                    shown.listed(mine),
                    shown.listed(theirs),
                    "data",
                )

    def _old_aliases(self, name: str) -> tuple[str, ...]:
        return next((m.aliases for g in self.old.groups for m in g.members if m.name == name), ())

    def _there(
        self, topic: str, path: str, place: Text, new: bool, detail: Text | None, effect: Effect = "scores"
    ) -> Change:
        return self._change(
            topic,
            path,
            place,
            _NOWHERE,
            None if new else detail,
            detail if new else None,
            effect,
            "added" if new else "removed",
        )

    def _title(self, path: str, place: Text, old: str, new: str) -> Change:
        return self._change(
            "title", path, place, Text(en="title", zh="名称"), shown.quoted(old), shown.quoted(new), "words"
        )

    # ── what formulas read ───────────────────────────────────────────────────────────────────────────────────────────

    def _inputs(self) -> Iterator[Change]:
        for before, after in _by_name(self.old.inputs, self.new.inputs, self.renamed):
            yield from self._input(before, after, "")

    def _input(self, before: Input | None, after: Input | None, of: str) -> Iterator[Change]:
        one = after or before
        if one is None:
            return
        path = f"input {of}{one.name}"
        place = _named("field" if of else "input", "字段" if of else "数据", one)
        if before is None or after is None:
            effect: Effect = "scores" if of else "data"
            yield self._there("input", path, place, before is None, _input_shown(one), effect)
            return
        if before.name != after.name:
            yield self._renamed("input", path, Text(en="input", zh="数据"), before.name, after.name, "data")
        found = list(self._fields(path, place, before, after, _INPUT_FIELDS))
        if set(before.departments) != set(after.departments):
            offices = _both(
                lambda x: shown.listed(self.titles.get(name, name) for name in x.departments), before, after
            )
            what = Text(en="departments", zh="来源部门")
            found.append(self._change("department", path, place, what, *offices, "words"))
        if before.bounds != after.bounds:
            found.append(
                self._change(
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
                evolve(x, old=shown.input_form(before), new=shown.input_form(after))
                if x.what.en == "form"
                else x
                for x in found
            ]
        yield from found
        if before.unit != after.unit:
            self.told_units.add(before.name)
        for mine, theirs in _by_name(before.fields, after.fields):
            yield from self._input(mine, theirs, f"{one.name}.")
        known = (*_INPUT_FIELDS, "name", "bounds", "fields", "departments")
        if not any(x.effect != "words" for x in found):
            yield from self._other("input", path, place, before, after, known, "scores")

    def _lacking(self) -> Iterator[Change]:
        """What inputs put in the place of a lacking figure, and estimates."""
        before, after = _lacking_frames(self.old), _lacking_frames(self.new)
        after = {(kind, self.renamed.get(name, name)): frame for (kind, name), frame in after.items()}
        for key in dict.fromkeys((*after, *before)):
            mine, theirs = before.get(key), after.get(key)
            if mine is None or theirs is None:
                read = {one.name for one in graphs_inputs(self.old if mine is None else self.new)}
                if key[1] not in read:
                    continue  # nothing reads the input on the other side, so nothing can be said
            elif self.same.node(mine) == self.same.node(theirs) and mine.name == theirs.name:
                continue
            self.told_lacking.add(key[1])
            name = next((new for new, old in self.renamed.items() if old == key[1]), key[1])
            yield self._change(
                "lacking",
                f"input {name}",
                Text(en=f"input {name}", zh=f"数据 {name}"),
                Text(en="where it is lacking", zh="缺失时"),
                _frame_words(mine),
                _frame_words(theirs),
            )

    def _measures(self) -> Iterator[Change]:
        was = _renamed(
            self.old.measures, self.new.measures, lambda one: (one.title, self.same.node(one.node))
        )
        for before, after in _by_name(self.old.measures, self.new.measures, was):
            one = after or before
            place, path = _named("measure", "定义", one), f"measure {one.name}"
            if before is None or after is None:
                yield self._there("measure", path, place, before is None, _formula(one.node), "words")
                continue
            if before.name != after.name:
                yield self._renamed(
                    "measure", path, Text(en="measure", zh="定义"), before.name, after.name, "words"
                )
            if before.title != after.title:
                yield self._title(path, place, before.title, after.title)
            if before.unit != after.unit:
                yield self._change(
                    "unit",
                    path,
                    place,
                    Text(en="unit", zh="单位"),
                    *_both(lambda x: shown.NONE if x.unit is None else _unit(x.unit), before, after),
                    "words",
                )
            if self.same.node(before.node) != self.same.node(after.node):
                old, new = (_written(x.node) for x in (before, after))
                if not same_expression(old, new):
                    self.told_measures |= {before.name, after.name}
                    yield from self._parts("measure", path, place, before.node, after.node, old, new)

    def _methods(self) -> Iterator[Change]:
        """The methods that the files define, as far as formulas call them."""
        before, after = _definitions(self.old), _definitions(self.new)
        for name, theirs in after.items():
            mine = before.get(name)
            if mine is None or mine.definition is None or theirs.definition is None:
                continue
            old, new = mine.definition.text, theirs.definition.text
            if same_expression(old, new):
                continue
            self.told_methods.add(name)
            place = Text(en=f"method `{name}`", zh=f"方法“{name}”")
            yield from self._parts("method", f"method {name}", place, None, None, old, new)

    def _targets(self) -> Iterator[Change]:
        def key(one: Any, renamed: Mapping[str, str]) -> tuple[str, str, int]:
            return renamed.get(one.scope, one.scope), renamed.get(one.measure, one.measure), one.year

        before = {key(one, {}): one for one in self.old.targets}
        after = {key(one, self.renamed): one for one in self.new.targets}
        titles = {one.name: one.title for rules in (self.old, self.new) for one in _read_things(rules)}
        for one in dict.fromkeys((*after, *before)):
            mine, theirs = before.get(one), after.get(one)
            if mine is not None and theirs is not None and mine.value == theirs.value:
                continue
            scope, measure, year = one
            self.told_targets = True
            whose = (
                shown.spelt("EVERYWHERE", scope)
                if scope in ("all", "city")
                else Text.same(self.titles.get(scope, scope))
            )
            title = titles.get(measure, measure)
            yield self._change(
                "target",
                f"target {scope} {measure} {year}",
                Text(
                    en=f"target of `{title}` for {year} ({whose.en})",
                    zh=f"“{title}”{year} 年目标（{whose.zh}）",
                ),
                _NOWHERE,
                None if mine is None else in_both(mine.text),
                None if theirs is None else in_both(theirs.text),
                "scores",
                "added" if mine is None else "removed" if theirs is None else "changed",
            )

    def _closed(self, frame: n.Frame) -> Hashable | None:
        """What is told already is not looked into."""
        match frame:
            case n.Frame(role="measure") if frame.name in self.told_measures:
                return "measure", frame.name
            case n.Frame(definition=n.Definition()) if frame.name in self.told_methods:
                return "method", frame.name
            case n.Frame(role="policy", name=kind) if kind in _LACKING:
                name = _input_below(frame) or ""
                was = self.renamed.get(name, name)
                return ("lacking", was) if was in self.told_lacking else None
            case n.Frame(role="call", name="target", node=n.Lookup()) if self.told_targets:
                return "target", _written(frame)
            case _:
                return None

    # ── what holds for all ───────────────────────────────────────────────────────────────────────────────────────────

    def _policies(self) -> Iterator[Change]:
        yield from self._stated_policies("", _NOWHERE, self.old.policies, self.new.policies, None)

    def _stated_policies(
        self,
        path: str,
        place: Text,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        stated_at: tuple[str, str] | None,
    ) -> Iterator[Change]:
        for key in dict.fromkeys((*new, *old)):
            mine, theirs = old.get(key), new.get(key)
            if (mine and mine.then) == (theirs and theirs.then):
                continue
            here = stated_at is None or (
                (mine is not None and mine.place == stated_at[0])
                or (theirs is not None and theirs.place == stated_at[1])
            )
            if here:
                what = shown.spelt("POLICY_KEY", key)
                yield self._change(
                    "policy",
                    path,
                    place,
                    Text(en=f"policy for `{what.en}`", zh=f"“{what.zh}”的约定"),
                    shown.disposal(mine and mine.then),
                    shown.disposal(theirs and theirs.then),
                )

    def _rules_for_all(self) -> Iterator[Change]:
        old, new = self.old, self.new
        for level in dict.fromkeys((*new.rounding, *old.rounding)):
            before, after = old.rounding.get(level), new.rounding.get(level)
            if before != after:
                whose = shown.spelt("STAGE", level)
                yield self._change(
                    "rounding",
                    "",
                    _NOWHERE,
                    Text(en=f"rounding of {whose.en}", zh=f"{whose.zh}的修约"),
                    shown.rounding(before),
                    shown.rounding(after),
                )

        def read(value: str) -> Text:
            return shown.spelt("READ_VALUE", value)

        if old.carry != new.carry:
            yield self._change(
                "carry",
                "",
                _NOWHERE,
                Text(en="what is carried up", zh="结转"),
                read(old.carry),
                read(new.carry),
            )
        for level in dict.fromkeys((*new.carry_at, *old.carry_at)):
            mine, theirs = old.carry_at.get(level, old.carry), new.carry_at.get(level, new.carry)
            if mine != theirs and (level in new.carry_at or level in old.carry_at):
                whose = shown.spelt("STAGE", level)
                yield self._change(
                    "carry",
                    "",
                    _NOWHERE,
                    Text(en=f"what is carried up from {whose.en}", zh=f"{whose.zh}的结转"),
                    read(mine),
                    read(theirs),
                )
        if (old.compare, old.compare_before) != (new.compare, new.compare_before):
            yield self._change(
                "compare",
                "",
                _NOWHERE,
                Text(en="what is compared", zh="比较"),
                _compared(old),
                _compared(new),
            )
        if self.same.key(old.ranking) != self.same.key(new.ranking):
            yield self._change(
                "ranking",
                "",
                _NOWHERE,
                Text(en="ranking", zh="名次"),
                shown.ranking(old.ranking),
                shown.ranking(new.ranking),
            )

    # ── the tree ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _tree(self, pairs: Sequence[Pair], old: ScoreNode, new: ScoreNode) -> Iterator[Change]:
        homes = _homes(old), _homes(new)
        was = {p.new.path: p.old.path for p in pairs if p.old is not None and p.new is not None}
        for pair in pairs:
            before, after = pair.old, pair.new
            if before is None and after is not None:
                if self._told_with_parent(
                    after, homes[1], {p.new.path for p in pairs if p.new and not p.old}
                ):
                    continue
                yield self._there(after.level, after.path, _node(after), True, _node_detail(after))
            elif after is None and before is not None:
                if self._told_with_parent(
                    before, homes[0], {p.old.path for p in pairs if p.old and not p.new}
                ):
                    continue
                yield self._there(before.level, before.path, _node(before), False, _node_detail(before))
            elif before is not None and after is not None:
                yield from self._nodes(before, after)
                yield from self._owners(before, after, homes[0].get(before.path), homes[1].get(after.path))
                if after.level == "indicator":
                    mine, theirs = homes[0].get(before.path), homes[1].get(after.path)
                    if mine is not None and theirs is not None and was.get(theirs.path) != mine.path:
                        yield self._change(
                            "indicator",
                            after.path,
                            _node(after),
                            _NOWHERE,
                            _node(mine),
                            _node(theirs),
                            "scores",
                            "moved",
                        )

    def _told_with_parent(self, one: ScoreNode, homes: Mapping[str, ScoreNode], gone: set[str]) -> bool:
        """Whether a new or gone item stands in one that is new or gone itself; indicators are told in any case."""
        home = homes.get(one.path)
        return one.level != "indicator" and home is not None and home.path in gone

    def _nodes(self, before: ScoreNode, after: ScoreNode) -> Iterator[Change]:
        path = after.path
        place = _NOWHERE if after.level == "total" else _node(after)
        if before.name != after.name:
            yield self._renumbered(before, after)
        if before.title != after.title and after.level != "total":
            yield self._title(path, _called(after), before.title, after.title)
        in_points = after.points is not None or before.points is not None
        if after.level not in ("total", "bonus", "deduction") and (
            before.points != after.points or before.weight != after.weight
        ):
            if before.points is not None and after.points is not None and before.points != after.points:
                yield self._change(
                    "points",
                    path,
                    place,
                    Text(en="points", zh="分值"),
                    shown.size(before.points),
                    shown.size(after.points),
                )
            elif (before.points is None) != (after.points is None):
                yield self._change(
                    "points",
                    path,
                    place,
                    Text(en="size", zh="分值"),
                    shown.node_size(before),
                    shown.node_size(after),
                )
            if before.weight != after.weight and (before.weight is None) == (after.weight is None):
                yield self._change(
                    "weight",
                    path,
                    place,
                    Text(en="weight", zh="权重"),
                    shown.size(before.weight, in_points=False),
                    shown.size(after.weight, in_points=False),
                )
            elif before.points == after.points:
                yield self._change(
                    "weight",
                    path,
                    place,
                    Text(en="size", zh="分值"),
                    shown.node_size(before),
                    shown.node_size(after),
                )
        if after.level in ("bonus", "deduction"):
            if (before.points, before.uncapped, before.ceiling) != (
                after.points,
                after.uncapped,
                after.ceiling,
            ):
                yield self._change(
                    "cap",
                    path,
                    place,
                    Text(en="most", zh="至多"),
                    shown.end(before.points, before.uncapped, True),
                    shown.end(after.points, after.uncapped, True),
                )
        elif (before.ceiling, before.uncapped) != (after.ceiling, after.uncapped):
            yield self._change(
                "cap",
                path,
                place,
                Text(en="cap", zh="上限"),
                shown.end(before.ceiling, before.uncapped, in_points),
                shown.end(after.ceiling, after.uncapped, in_points),
            )
        if (before.floor, before.unfloored) != (after.floor, after.unfloored):
            yield self._change(
                "floor",
                path,
                place,
                Text(en="floor", zh="下限"),
                shown.end(before.floor, before.unfloored, in_points),
                shown.end(after.floor, after.unfloored, in_points),
            )
        if after.level != "total":
            yield from self._stated_policies(
                path, place, before.policies, after.policies, (before.path, after.path)
            )
        yield from self._fields(path, place, before, after, _NODE_FIELDS)
        yield from self._caps(path, place, before, after)
        yield from self._exemptions(path, place, before, after)
        yield from self._score(path, place, before, after)
        yield from self._other(
            after.level, path, place, before, after, (*_NODE_FIELDS, *_NODE_KNOWN), "scores"
        )

    def _owners(
        self, before: ScoreNode, after: ScoreNode, home: ScoreNode | None, new_home: ScoreNode | None
    ) -> Iterator[Change]:
        """Who is responsible, and the clause, unless both come from above."""
        place = _NOWHERE if after.level == "total" else _node(after)
        from_above = (
            None if home is None else home.departments,
            None if new_home is None else new_home.departments,
        )
        clauses = (None if home is None else home.clause, None if new_home is None else new_home.clause)
        if set(before.departments) != set(after.departments) and from_above != (
            before.departments,
            after.departments,
        ):
            yield self._change(
                "department",
                after.path,
                place,
                Text(en="responsible", zh="责任单位"),
                *_both(
                    lambda one: shown.listed(self.titles.get(x, x) for x in one.departments), before, after
                ),
                "words",
            )
        if _clause(before.clause) != _clause(after.clause) and clauses != (before.clause, after.clause):
            yield self._change(
                "clause",
                after.path,
                place,
                Text(en="clause", zh="出处"),
                *_both(lambda x: shown.NONE if x.clause is None else Text.same(x.clause), before, after),
                "words",
            )

    def _renumbered(self, before: ScoreNode, after: ScoreNode) -> Change:
        title = f" “{after.title}”" if after.title != after.name else ""
        if after.level == "indicator":
            return self._change(
                "indicator",
                after.path,
                Text(en=f"indicator{_in_english_quotes(title)}", zh=f"指标{title}"),
                _NOWHERE,
                Text.same(before.name),
                Text.same(after.name),
                "words",
                "renumbered",
            )
        return self._change(
            after.level,
            after.path,
            _node(after),
            Text(en="name", zh="标识"),
            Text.same(before.name),
            Text.same(after.name),
            "words",
            "renamed",
        )

    def _caps(self, path: str, place: Text, before: ScoreNode, after: ScoreNode) -> Iterator[Change]:
        for kind in ("bonus", "deduction"):
            mine, theirs = before.adjustment_caps.get(kind), after.adjustment_caps.get(kind)
            if mine != theirs:
                what = Text(en="bonuses together, at most", zh="加分合计至多")
                if kind == "deduction":
                    what = Text(en="deductions together, at most", zh="扣分合计至多")
                yield self._change(
                    "cap",
                    path,
                    place,
                    what,
                    *_both(lambda x: shown.NONE if x is None else shown.size(x), mine, theirs),
                )

    def _exemptions(self, path: str, place: Text, before: ScoreNode, after: ScoreNode) -> Iterator[Change]:
        """Where a node does not apply, statement by statement."""

        def key(one: Any, renamed: Mapping[str, str]) -> Hashable:
            groups = frozenset(renamed.get(g, g) for g in one.groups)
            return groups, self.same.key(evolve(one, groups=()))

        mine = {key(one, {}): one for one in before.exemptions}
        theirs = {key(one, self.renamed): one for one in after.exemptions}
        gone = [one for at, one in mine.items() if at not in theirs]
        new = [one for at, one in theirs.items() if at not in mine]
        what = Text(en="where it does not apply", zh="不适用")
        if gone and new and len(gone) == len(new):
            for old_one, new_one in zip(gone, new, strict=True):
                yield self._change(
                    "applicability", path, place, what, _quoted(old_one.words), _quoted(new_one.words)
                )
        else:
            for one in gone:
                yield self._change(
                    "applicability", path, place, what, _quoted(one.words), None, "scores", "removed"
                )
            for one in new:
                yield self._change(
                    "applicability", path, place, what, None, _quoted(one.words), "scores", "added"
                )
        if not gone and not new and list(mine) != list(theirs):
            yield self._change(
                "applicability",
                path,
                place,
                Text(en="order of where it does not apply", zh="不适用各条的先后"),
                shown.joined(x.words for x in mine.values()),
                shown.joined(x.words for x in theirs.values()),
            )

    def _score(self, path: str, place: Text, before: ScoreNode, after: ScoreNode) -> Iterator[Change]:
        """The formula of a node."""
        if before.formula is None and after.formula is None:
            return
        if before.formula is None or after.formula is None:
            yield self._change(
                "formula",
                path,
                place,
                Text(en="score", zh="计分"),
                None if before.formula is None else in_both(before.text),
                None if after.formula is None else in_both(after.text),
            )
            return
        if self.same.node(before.formula) == self.same.node(after.formula) and before.yields == after.yields:
            return
        yield from self._parts("formula", path, place, before.formula, after.formula, before.text, after.text)

    def _parts(
        self,
        topic: str,
        path: str,
        place: Text,
        before: n.Node | None,
        after: n.Node | None,
        old: str,
        new: str,
    ) -> Iterator[Change]:
        """Where two formulas differ: in arguments or rows of one method, or as a whole; or in what they read."""
        score = Text(en="score", zh="计分") if topic == "formula" else Text(en="formula", zh="公式")
        if same_expression(old, new):
            yield from self._read(topic, path, place, before, after)
            return
        parts = differing(old, new)
        frames = (_call_frame(before), _call_frame(after))
        told = [] if parts is None else [p for p in parts if not self._same_argument(p.key, *frames)]
        if not told:
            yield self._change(topic, path, place, score, in_both(old), in_both(new))
            return
        method = _method_of(new)
        for part in told:
            action: Action = "added" if part.old is None else "removed" if part.new is None else "changed"
            yield self._change(
                part.topic,
                path,
                place,
                Text(en=f"{part.name.en} of `{method.en}`", zh=f"“{method.zh}”的{part.name.zh}"),
                part.old,
                part.new,
                "scores",
                action,
            )

    def _same_argument(self, name: str, before: n.Frame | None, after: n.Frame | None) -> bool:
        if before is None or after is None:
            return False
        key = name.strip("`")
        mine, theirs = (
            [self.same.node(one.node) for one in frame.arguments if one.name == key]
            for frame in (before, after)
        )
        return bool(mine) and mine == theirs

    def _read(
        self, topic: str, path: str, place: Text, before: n.Node | None, after: n.Node | None
    ) -> Iterator[Change]:
        """What a formula with the same words reads, where that differs and is not told already."""
        if before is None or after is None:
            return
        if self.closed is not None and self.closed.node(before) == self.closed.node(after):
            return
        values = list(_values(before, after))
        if (
            self.told_units
            and _input_names(before) & self.told_units
            and all(isinstance(a, n.Const) for a, _ in values)
        ):
            return
        for mine, theirs in values[:_MOST_VALUES]:
            for value, (old, new) in _pieces(mine, theirs, self.titles):
                yield self._change(
                    "value",
                    path,
                    place,
                    Text(en=f"a value that it reads{value.en}", zh=f"所取的值{value.zh}"),
                    old,
                    new,
                )
        if not values:
            yield self._change(
                topic, path, place, Text(en="what its formula reads", zh="公式所取的内容"), None, None
            )

    # ── grades, limits, results, words ───────────────────────────────────────────────────────────────────────────────

    def _grades(self) -> Iterator[Change]:
        old, new = self.old, self.new
        in_points = new.scale.points is not None
        for before, after in _by_name(old.grades, new.grades):
            one = after or before
            place, path = Text(en=f"grade {one.name}", zh=f"等次 {one.name}"), f"grade {one.name}"
            if before is None or after is None:
                yield self._there("grade", path, place, before is None, shown.grade(one, in_points=in_points))
                continue
            if self.same.key(before) != self.same.key(after):
                plain = before.words is None or (before.condition or before.quota) is None
                plain = plain and (after.condition or after.quota) is None
                yield self._change(
                    "grade",
                    path,
                    place,
                    Text(en="threshold", zh="门槛") if plain else Text(en="what it takes", zh="条件"),
                    shown.grade(before, in_points=old.scale.points is not None),
                    shown.grade(after, in_points=in_points),
                )
        kept = [g.name for g in old.grades if any(x.name == g.name for x in new.grades)]
        if kept != [g.name for g in new.grades if any(x.name == g.name for x in old.grades)]:
            yield self._change(
                "grade",
                "",
                _NOWHERE,
                Text(en="order of the grades", zh="等次的先后"),
                shown.listed(g.name for g in old.grades),
                shown.listed(g.name for g in new.grades),
            )
        mine = {self.same.key(one): one for one in old.limits}
        theirs = {self.same.key(one): one for one in new.limits}
        gone = [one for at, one in mine.items() if at not in theirs]
        added = [one for at, one in theirs.items() if at not in mine]
        what = Text(en="limit", zh="限制")
        for limit in added:
            at = self.same.node(limit.condition)
            other = next((x for x in gone if self.same.node(x.condition) == at), None)
            other = other or next((x for x in gone if x.at_most == limit.at_most), None)
            if other is not None:
                gone.remove(other)
                yield self._change("limit", "", what, _NOWHERE, _quoted(other.words), _quoted(limit.words))
            else:
                yield self._change("limit", "", what, _NOWHERE, None, _quoted(limit.words), "scores", "added")
        for limit in gone:
            yield self._change("limit", "", what, _NOWHERE, _quoted(limit.words), None, "scores", "removed")

    def _results(self) -> Iterator[Change]:
        for before, after in _by_name(self.old.results, self.new.results):
            one = after or before
            place, path = _named("result", "结果", one), one.path
            if before is None or after is None:
                yield self._there(
                    "result", path, place, before is None, in_both(one.text) if one.text else None
                )
                continue
            if before.title != after.title:
                yield self._title(path, place, before.title, after.title)
            yield from self._result(path, place, before, after)

    def _result(
        self, path: str, place: Text, before: DeclaredResult, after: DeclaredResult
    ) -> Iterator[Change]:
        known = {"path", "name", "title", "node", "tree", "rounding", "ranking", "compare"}
        if before.node is not None and after.node is not None:
            if self.same.node(before.node) != self.same.node(after.node):
                yield from self._parts(
                    "formula",
                    path,
                    place,
                    before.node,
                    after.node,
                    _written(before.node),
                    _written(after.node),
                )
        elif (before.node is None) != (after.node is None):
            yield self._change("formula", path, place, Text(en="what it is made of", zh="构成"), None, None)
        if before.rounding != after.rounding:
            yield self._change(
                "rounding",
                path,
                place,
                Text(en="rounding", zh="修约"),
                shown.rounding(before.rounding),
                shown.rounding(after.rounding),
            )
        if self.same.key(before.ranking) != self.same.key(after.ranking):
            yield self._change(
                "ranking",
                path,
                place,
                Text(en="ranking", zh="名次"),
                shown.ranking(before.ranking),
                shown.ranking(after.ranking),
            )
        if before.compare != after.compare:
            yield self._change(
                "compare",
                path,
                place,
                Text(en="what is compared", zh="比较"),
                shown.spelt("READ_VALUE", before.compare),
                shown.spelt("READ_VALUE", after.compare),
            )
        if (
            before.tree is not None
            and after.tree is not None
            and (self.same.key(before.tree) != self.same.key(after.tree))
        ):
            yield from self._tree_again(path, place, before.tree, after.tree)
        yield from self._other("result", path, place, before, after, known, "scores")

    def _tree_again(self, path: str, place: Text, before: ScoreNode, after: ScoreNode) -> Iterator[Change]:
        """A tree that is taken again differs; its own changes are told unless the first tree's say the same."""
        found = list(self._tree(matched(before, after), before, after))
        if found:
            yield from found
        else:
            yield self._change("result", path, place, Text(en="its tree", zh="其指标体系"), None, None)

    def _words(self) -> Iterator[Change]:
        old, new = self.old, self.new
        lists = (
            ("assumption", Text(en="assumption", zh="假定"), old.assumptions, new.assumptions),
            ("left out", Text(en="left out", zh="未纳入"), old.left_out, new.left_out),
            (
                "allowance",
                Text(en="allowed finding", zh="准许的提示"),
                tuple(x.text.zh for x in old.allowances),
                tuple(x.text.zh for x in new.allowances),
            ),
        )
        for topic, what, before, after in lists:
            for text in dict.fromkeys(after):
                if text not in before:
                    yield self._change(topic, "", what, _NOWHERE, None, shown.quoted(text), "words", "added")
            for text in dict.fromkeys(before):
                if text not in after:
                    yield self._change(
                        topic, "", what, _NOWHERE, shown.quoted(text), None, "words", "removed"
                    )
        # What an example gives is text as it was written, in the words of its language.
        if old.language == new.language and self.same.key(old.examples) != self.same.key(new.examples):
            yield self._change(
                "examples",
                "",
                _NOWHERE,
                Text(en="examples in the file", zh="文件内的示例"),
                None,
                None,
                "words",
            )
        for before_one, after_one in _by_path(old.dormant, new.dormant):
            one = after_one or before_one
            yield self._change(
                "in force",
                one.path,
                called(one.path),
                Text(en="in force", zh="施行年度"),
                Text(en="always", zh="每年") if before_one is None else before_one.years,
                Text(en="always", zh="每年") if after_one is None else after_one.years,
            )


_NEVER = frozenset({"text", "words", "span", "language", "of_year", "path", "level"})

_HEAD_FIELDS = (
    "name", "year", "title", "authority", "scale", "groups", "classes", "departments", "inputs", "measures",
    "targets", "tree", "policies", "rounding", "carry", "compare", "carry_at", "compare_before", "ranking",
    "grades", "limits", "assumptions", "left_out", "allowances", "results", "dormant", "examples",
)  # fmt: skip
"""The fields of the rules that are told by name."""

_NODE_FIELDS: Mapping[str, _Field] = {
    "key": _field("key", "key indicator ※", "重点指标 ※", shown.yes_no),
    "rescale": _field("rescaling", "rescaling", "折算", shown.rescaling),
    "carry": _field(
        "carry", "what is carried up", "结转",
        lambda x: shown.NOT_STATED if x is None else shown.spelt("READ_VALUE", x),
    ),
    "cap_order": _field(
        "cap", "cap", "上限的先后",
        lambda x: shown.NOT_STATED if x is None else shown.spelt("ADJUSTING", x),
    ),
    "join": _field("join", "joining", "合成", lambda x: shown.spelt("METHOD", x)),
    "coverage": _field("coverage", "coverage", "覆盖率", shown.coverage),
    "by_group": _field("points", "points by group", "各组分值", shown.by_group),
}  # fmt: skip

_NODE_KNOWN = (
    "name", "number", "title", "points", "weight", "ceiling", "floor", "uncapped", "unfloored", "adjustments",
    "adjustment_caps", "formula", "yields", "departments", "clause", "exemptions", "policies", "assumptions", "children",
)  # fmt: skip

_BACKTICKS = re.compile("`([^`]*)`")
_ITEM = re.compile(r"(.*) item (\S+)$")

_LACKING = frozenset({ESTIMATE, ESTIMATE_OUTSIDE, COUNTS_AS})


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _quoted(words: Text) -> Text:
    """A statement that is cited."""
    return Text(en=f"“{words.en}”", zh=f"“{words.zh}”")


def _both(show: Callable[[_T], Text], old: _T, new: _T) -> tuple[Text, Text]:
    """What is shown on both sides."""
    return show(old), show(new)


def _titled_things(rules: CheckedRules) -> tuple[Any, ...]:
    """What has a name and a title and is no measure."""
    return (*rules.groups, *rules.classes, *rules.departments)


def _read_things(rules: CheckedRules) -> tuple[Any, ...]:
    """What formulas read by name."""
    return (*rules.inputs, *rules.measures)


def _year(year: int | None) -> Text:
    return shown.NONE if year is None else Text.same(str(year))


def _compared(rules: CheckedRules) -> Text:
    value = shown.spelt("READ_VALUE", rules.compare)
    if not rules.compare_before:
        return value
    when = shown.spelt("ADJUSTING", "before")
    return Text(en=f"{value.en} {when.en}", zh=f"{value.zh} {when.zh}")


def _by_name(
    old: Sequence[Any], new: Sequence[Any], was: Mapping[str, str] | None = None
) -> list[tuple[Any, Any]]:
    """Things of both sides by their names, in the order of the new, what is gone behind them."""
    was = was or {}
    before = {one.name: one for one in old}
    pairs = [(before.pop(was.get(one.name, one.name), None), one) for one in new]
    return [*pairs, *((one, None) for one in before.values())]


def _by_path(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[Any, Any]]:
    before, after = {one.path: one for one in old}, {one.path: one for one in new}
    both = dict.fromkeys((*after, *before))
    return [(before.get(x), after.get(x)) for x in both if before.get(x) != after.get(x)]


def _renamed(old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], Hashable]) -> dict[str, str]:
    """New names to old ones, of what agrees in a key that nothing else has."""
    known = {one.name for one in old} & {one.name for one in new}
    before, after = ([one for one in side if one.name not in known] for side in (old, new))
    found: dict[str, str] = {}
    for one in after:
        same = [x for x in before if key(x) == key(one)]
        if len(same) == 1 and sum(key(x) == key(one) for x in after) == 1:
            found[one.name] = same[0].name
    return found


def _renamed_inputs(old: CheckedRules, new: CheckedRules) -> dict[str, str]:
    return _renamed(old.inputs, new.inputs, lambda one: (one.title, one.form, one.unit))


def _renamed_groups(old: CheckedRules, new: CheckedRules) -> dict[str, str]:
    return _renamed(old.groups, new.groups, lambda one: frozenset(m.name for m in one.members))


def _named(en: str, zh: str, one: Any) -> Text:
    title = one.title if one.title and one.title != one.name else None
    if title is None:
        return Text(en=f"{en} {one.name}", zh=f"{zh} {one.name}")
    return Text(en=f'{en} {one.name} "{title}"', zh=f"{zh} {one.name} “{title}”")


def _titled(group: Group) -> Text:
    title = group.title or group.name
    return Text(en=f'group "{title}"', zh=f"“{title}”")


def _in_english_quotes(title: str) -> str:
    return title.replace("“", '"').replace("”", '"') if title.count("“") == 1 else title


def _called(one: ScoreNode) -> Text:
    """A node by its number or name alone, names in quotation marks."""
    found = called(one.path)
    return Text(en=_BACKTICKS.sub(r'"\1"', found.en), zh=_BACKTICKS.sub(r"“\1”", found.zh).replace(" “", "“"))


def _clause(clause: str | None) -> str | None:
    """A clause with the words of either language for its item in one form."""
    return None if clause is None else _ITEM.sub(r"\1 第 \2 项", clause)


def _node(one: ScoreNode) -> Text:
    """A node by its number or name, and its title."""
    if one.level == "total":
        return Text(en="the total", zh="总分")
    name = _called(one)
    if not one.title or one.title == one.name:
        return name
    return Text(en=f'{name.en} "{one.title}"', zh=f"{name.zh} “{one.title}”")


def _node_detail(one: ScoreNode) -> Text:
    """What a new or gone node is worth and how it is scored."""
    parts = [] if one.level == "total" else [shown.node_size(one)]
    if one.formula is not None and one.text:
        parts.append(in_both(one.text))
    for child in one.children:
        if child.level == "part":
            inner = _node_detail(child)
            parts.append(Text(en=f"{child.title} ({inner.en})", zh=f"{child.title}（{inner.zh}）"))
    return Text(en="; ".join(p.en for p in parts), zh="；".join(p.zh for p in parts))


def _in_order(pairs: Sequence[Pair], new: ScoreNode) -> list[Pair]:
    """Pairs in the order of the new file, each node before what is in it; what is gone last."""
    place = {one.path: at for at, one in enumerate(new.walk())}
    return sorted(pairs, key=lambda one: len(place) if one.new is None else place[one.new.path])


def _homes(root: ScoreNode) -> dict[str, ScoreNode]:
    return {child.path: one for one in root.walk() for child in (*one.children, *one.adjustments)}


def _input_shown(one: Input) -> Text:
    form = shown.input_form(one)
    if one.unit is None:
        return form
    unit = _unit(one.unit)
    return Text(en=f"{form.en} in {unit.en}", zh=f"{form.zh}，单位 {unit.zh}")


def _written(node: n.Node) -> str:
    """The text of the formula behind a measure or a result."""
    match node:
        case n.Frame(text=text) if text and node.role != "score":
            return text
        case _:
            return "" if node.span is None else node.span.text


def _formula(node: n.Node) -> Text | None:
    text = _written(node)
    return in_both(text) if text else None


def _frames(rules: CheckedRules) -> Iterator[n.Frame]:
    for node, _ in order(tuple(graphs(rules))):
        if isinstance(node, n.Frame):
            yield node


def graphs_inputs(rules: CheckedRules) -> Iterator[n.Input]:
    """The inputs that the graphs of rules read."""
    for node, _ in order(tuple(graphs(rules))):
        if isinstance(node, n.Input):
            yield node


def _lacking_frames(rules: CheckedRules) -> dict[tuple[str, str], n.Frame]:
    """The rules for lacking figures that formulas meet, by their kind and input."""
    found: dict[tuple[str, str], n.Frame] = {}
    for frame in _frames(rules):
        name = _input_below(frame) if frame.role == "policy" and frame.name in _LACKING else None
        if name is not None:
            found.setdefault((COUNTS_AS if frame.name == COUNTS_AS else ESTIMATE, name), frame)
    return found


def _input_below(frame: n.Frame) -> str | None:
    """The input whose lacking figures a rule replaces."""
    node: n.Node = frame
    while True:
        match node:
            case n.Frame(node=inner) | n.Recover(value=inner) | n.Shift(value=inner):
                node = inner
            case n.Input(name=name):
                return name
            case _:
                return None


def _frame_words(frame: n.Frame | None) -> Text:
    if frame is None:
        return shown.NOT_STATED
    return Text.same(frame.text) if frame.sentence is None else frame.sentence


def _definitions(rules: CheckedRules) -> dict[str, n.Frame]:
    found: dict[str, n.Frame] = {}
    for frame in _frames(rules):
        if frame.definition is not None and frame.role == "call" and frame.definition.span is not None:
            found.setdefault(frame.name, frame)
    return found


def _input_names(node: n.Node) -> set[str]:
    return {one.reported_as for one, _ in order((node,)) if isinstance(one, n.Input)}


def _call_frame(node: n.Node | None) -> n.Frame | None:
    """The frame of the outermost call of a formula."""
    while isinstance(node, n.Frame):
        if node.role == "call":
            return node
        node = node.node
    return None


def _method_of(text: str) -> Text:
    whole = in_both(text)
    return Text(en=_before_bracket(whole.en), zh=_before_bracket(whole.zh))


def _before_bracket(text: str) -> str:
    for place, character in enumerate(text):
        if character in "(（{ ":
            return text[:place]
    return text


def _values(before: n.Node, after: n.Node) -> Iterator[tuple[n.Node, n.Node]]:
    """Constants and tables at the same place of two graphs of one shape, where they differ."""
    stack = [(before, after)]
    seen: set[tuple[int, int]] = set()
    while stack:
        old, new = stack.pop()
        if (id(old), id(new)) in seen:
            continue
        seen.add((id(old), id(new)))
        match old, new:
            case (n.Const(), n.Const()) if old.value != new.value:
                yield old, new
            case (n.Lookup(), n.Lookup()) if set(old.entries) != set(new.entries):
                yield old, new
            case (n.Frame(), _):
                stack.append((old.node, new))
            case (_, n.Frame()):
                stack.append((old, new.node))
            case _ if type(old) is type(new):
                mine, theirs = children(old), children(new)
                if len(mine) == len(theirs):
                    stack += [*zip(mine, theirs, strict=True)][::-1]


def _pieces(
    mine: n.Node, theirs: n.Node, titles: Mapping[str, str]
) -> Iterator[tuple[Text, tuple[Text | None, Text | None]]]:
    match mine, theirs:
        case n.Const(), n.Const():
            yield (
                _NOWHERE,
                (shown.value_text(mine.value, mine.type), shown.value_text(theirs.value, theirs.type)),
            )
        case n.Lookup(), n.Lookup():
            before = {(group, year): value for group, year, value in mine.entries}
            after = {(group, year): value for group, year, value in theirs.entries}
            for group, year in dict.fromkeys((*after, *before)):
                old, new = before.get((group, year)), after.get((group, year))
                if old == new:
                    continue
                keys = [titles.get(group, group)] if group is not None else []
                keys += [] if year is None else [str(year)]
                yield (
                    Text(en=f" for {' '.join(keys)}", zh=f"（{' '.join(keys)}）") if keys else _NOWHERE,
                    (
                        None if old is None else shown.value_text(old, mine.type),
                        None if new is None else shown.value_text(new, theirs.type),
                    ),
                )
        case _:
            return
