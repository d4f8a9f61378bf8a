"""Two rule sets side by side: what is the same in both, which names stand for each other, and what is told already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs
from attrs import frozen

from assessment.analysis.change import Change, Effect
from assessment.analysis.diff.making import change, renamed_by
from assessment.analysis.matching import matched
from assessment.analysis.sameness import Sameness
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import CheckedRules


@frozen(kw_only=True)
class Field:
    """A field that is told by name: the topic, the words, how a value is shown, and what the change touches."""

    topic: str
    what: Text
    show: Callable[[Any], Text | None]
    effect: Effect = "scores"


def told(
    topic: str, en: str, zh: str, show: Callable[[Any], Text | None], effect: Effect = "scores"
) -> Field:
    """A field that is told by name."""
    return Field(topic=topic, what=Text(en=en, zh=zh), show=show, effect=effect)


_NEVER = frozenset({"text", "words", "span", "language", "of_year", "path", "level"})
"""Fields that say where a thing stands and how it is written."""


class Comparison:
    """One comparison of two rule sets.

    What is told of measures, methods, targets and lacking figures is noted here, so that the formulas that read
    them are not told again; `closed` compares without them, once all of it is told.
    """

    def __init__(self, old: CheckedRules, new: CheckedRules, numbers: Mapping[str, str] | None) -> None:
        self.old, self.new = old, new
        self.pairs = matched(old.tree, new.tree, numbers)
        self.renamed = {
            **renamed_by(lambda one: (one.title, one.form, one.unit), old.inputs, new.inputs),
            **renamed_by(lambda one: frozenset(m.name for m in one.members), old.groups, new.groups),
        }
        path_was = {
            pair.new.path: pair.old.path
            for pair in self.pairs
            if pair.old is not None and pair.new is not None and pair.old.path != pair.new.path
        }
        self.names = {**self.renamed, **path_was}
        self.same = Sameness(old, new, self.names)
        self.told_measures: set[str] = set()
        self.told_methods: set[str] = set()
        self.told_lacking: set[str] = set()
        self.told_units: set[str] = set()
        self.told_targets = False
        self.closed: Sameness | None = None
        self.titles = {one.name: one.title for rules in (old, new) for one in _titled(rules)}

    def fields(
        self, path: str, place: Text, old: object, new: object, fields: Mapping[str, Field]
    ) -> Iterator[Change]:
        """The fields that are told by name, where they differ."""
        for name, one in fields.items():
            before, after = getattr(old, name), getattr(new, name)
            if self.same.key(before) != self.same.key(after):
                yield change(one.topic, path, place, one.what, one.show(before), one.show(after), one.effect)

    def other(
        self, topic: str, path: str, place: Text, old: object, new: object, known: Iterable[str]
    ) -> Iterator[Change]:
        """The fields that nobody tells by name, where they differ."""
        known = set(known)
        kind: type[Any] = type(new)
        for each in attrs.fields(kind):
            if not each.eq or each.name in known or each.name in _NEVER:
                continue
            if self.same.key(getattr(old, each.name)) != self.same.key(getattr(new, each.name)):
                name = each.name.replace("_", " ")
                yield change(topic, path, place, Text.same(f"`{name}`"), None, None)


def _titled(rules: CheckedRules) -> tuple[Any, ...]:
    """What has a name and a title and is not read by formulas."""
    return (*rules.groups, *rules.classes, *rules.departments)
