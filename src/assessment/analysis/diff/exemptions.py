"""Where a score does not apply, before and after."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from attrs import evolve

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison
from assessment.analysis.diff.making import change
from assessment.analysis.diff.naming import quoted
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import ScoreNode


def exemptions(
    compared: Comparison, path: str, place: Text, before: ScoreNode, after: ScoreNode
) -> Iterator[Change]:
    """Where a node does not apply, statement by statement."""

    def key(one: Any, renamed: Mapping[str, str]) -> Hashable:
        groups = frozenset(renamed.get(g, g) for g in one.groups)
        return groups, compared.same.key(evolve(one, groups=()))

    mine = {key(one, {}): one for one in before.exemptions}
    theirs = {key(one, compared.renamed): one for one in after.exemptions}
    gone = [one for at, one in mine.items() if at not in theirs]
    new = [one for at, one in theirs.items() if at not in mine]
    what = Text(en="where it does not apply", zh="不适用")
    if gone and new and len(gone) == len(new):
        for old_one, new_one in zip(gone, new, strict=True):
            yield change("applicability", path, place, what, quoted(old_one.words), quoted(new_one.words))
    else:
        for one in gone:
            yield change("applicability", path, place, what, quoted(one.words), None, "scores", "removed")
        for one in new:
            yield change("applicability", path, place, what, None, quoted(one.words), "scores", "added")
    if not gone and not new and list(mine) != list(theirs):
        yield change(
            "applicability",
            path,
            place,
            Text(en="order of where it does not apply", zh="不适用各条的先后"),
            shown.joined(x.words for x in mine.values()),
            shown.joined(x.words for x in theirs.values()),
        )
