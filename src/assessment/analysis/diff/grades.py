"""Grades, and what limits them."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison
from assessment.analysis.diff.making import NOWHERE, by_name, change, there
from assessment.analysis.diff.naming import quoted
from assessment.diagnostics.bilingual import Text


def grades(compared: Comparison) -> Iterator[Change]:
    """The grades, their order, and what limits them."""
    old, new = compared.old, compared.new
    in_points = new.scale.points is not None
    for before, after in by_name(old.grades, new.grades):
        one = after or before
        place, path = Text(en=f"grade {one.name}", zh=f"等次 {one.name}"), f"grade {one.name}"
        if before is None or after is None:
            yield there("grade", path, place, before is None, shown.grade(one, in_points=in_points))
            continue
        if compared.same.key(before) != compared.same.key(after):
            plain = before.words is None or (before.condition or before.quota) is None
            plain = plain and (after.condition or after.quota) is None
            yield change(
                "grade",
                path,
                place,
                Text(en="threshold", zh="门槛") if plain else Text(en="what it takes", zh="条件"),
                shown.grade(before, in_points=old.scale.points is not None),
                shown.grade(after, in_points=in_points),
            )
    kept = [g.name for g in old.grades if any(x.name == g.name for x in new.grades)]
    if kept != [g.name for g in new.grades if any(x.name == g.name for x in old.grades)]:
        yield change(
            "grade",
            "",
            NOWHERE,
            Text(en="order of the grades", zh="等次的先后"),
            shown.listed(g.name for g in old.grades),
            shown.listed(g.name for g in new.grades),
        )
    mine = {compared.same.key(one): one for one in old.limits}
    theirs = {compared.same.key(one): one for one in new.limits}
    gone = [one for at, one in mine.items() if at not in theirs]
    added = [one for at, one in theirs.items() if at not in mine]
    what = Text(en="limit", zh="限制")
    for limit in added:
        at = compared.same.node(limit.condition)
        other = next((x for x in gone if compared.same.node(x.condition) == at), None)
        other = other or next((x for x in gone if x.at_most == limit.at_most), None)
        if other is not None:
            gone.remove(other)
            yield change("limit", "", what, NOWHERE, quoted(other.words), quoted(limit.words))
        else:
            yield change("limit", "", what, NOWHERE, None, quoted(limit.words), "scores", "added")
    for limit in gone:
        yield change("limit", "", what, NOWHERE, quoted(limit.words), None, "scores", "removed")
