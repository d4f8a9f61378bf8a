"""Marks: which are new or gone, and what it takes to be awarded one."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison
from assessment.analysis.diff.making import by_name, change, retitled, there
from assessment.analysis.diff.naming import named, quoted
from assessment.diagnostics.bilingual import Text
from assessment.semantics.wording import MARK


def marks(compared: Comparison) -> Iterator[Change]:
    """What changed in the marks, by their names."""
    for before, after in by_name(compared.old.marks, compared.new.marks):
        one = after or before
        place, path = named(MARK.en, MARK.zh, one), f"mark {one.name}"
        if before is None or after is None:
            yield there("mark", path, place, before is None, quoted(one.words))
            continue
        if before.title != after.title:
            yield retitled(path, place, before.title, after.title)
        takes = ((one.condition, one.quota) for one in (before, after))
        if len({compared.same.key(one) for one in takes}) > 1:
            what = Text(en="what it takes", zh="条件")
            yield change("mark", path, place, what, quoted(before.words), quoted(after.words))
