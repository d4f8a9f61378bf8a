"""How a change is made, and how things of two files are put side by side."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from assessment.analysis import shown
from assessment.analysis.change import Action, Change, Effect
from assessment.diagnostics.bilingual import Text

_T = TypeVar("_T")

NOWHERE = Text.same("")
"""The place of what stands in the file itself."""


def change(
    topic: str,
    path: str,
    place: Text,
    what: Text,
    old: Text | None,
    new: Text | None,
    effect: Effect = "scores",
    action: Action = "changed",
) -> Change:
    """A change."""
    return Change(
        topic=topic, action=action, effect=effect, path=path, place=place, what=what, old=old, new=new
    )


def renamed(topic: str, path: str, place: Text, old: str, new: str, effect: Effect) -> Change:
    """That a thing has another name."""
    return change(topic, path, place, NOWHERE, Text.same(old), Text.same(new), effect, "renamed")


def there(
    topic: str, path: str, place: Text, new: bool, detail: Text | None, effect: Effect = "scores"
) -> Change:
    """That a thing is new, or gone."""
    before, after = (None, detail) if new else (detail, None)
    return change(topic, path, place, NOWHERE, before, after, effect, "added" if new else "removed")


def retitled(path: str, place: Text, old: str, new: str) -> Change:
    """That a thing has another title."""
    what = Text(en="title", zh="名称")
    return change("title", path, place, what, shown.quoted(old), shown.quoted(new), "words")


def sides(show: Callable[[_T], Text], old: _T, new: _T) -> tuple[Text, Text]:
    """What is shown on both sides."""
    return show(old), show(new)


def by_name(
    old: Sequence[Any], new: Sequence[Any], was: Mapping[str, str] | None = None
) -> list[tuple[Any, Any]]:
    """Things of both sides by their names, in the order of the new, what is gone behind them."""
    was = was or {}
    before = {one.name: one for one in old}
    pairs = [(before.pop(was.get(one.name, one.name), None), one) for one in new]
    return [*pairs, *((one, None) for one in before.values())]


def renamed_by(key: Callable[[Any], Hashable], old: Sequence[Any], new: Sequence[Any]) -> dict[str, str]:
    """New names to old ones, of what agrees in a key that nothing else has."""
    known = {one.name for one in old} & {one.name for one in new}
    before, after = ([one for one in side if one.name not in known] for side in (old, new))
    found: dict[str, str] = {}
    for one in after:
        same = [x for x in before if key(x) == key(one)]
        if len(same) == 1 and sum(key(x) == key(one) for x in after) == 1:
            found[one.name] = same[0].name
    return found
