"""Two graphs of one shape: the constants and tables in which they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessment.analysis import shown
from assessment.analysis.diff.making import NOWHERE
from assessment.core import nodes as n
from assessment.core.walk import children
from assessment.diagnostics.bilingual import Text


def values(before: n.Node, after: n.Node) -> Iterator[tuple[n.Node, n.Node]]:
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


def pieces(
    mine: n.Node, theirs: n.Node, titles: Mapping[str, str]
) -> Iterator[tuple[Text, tuple[Text | None, Text | None]]]:
    """What differs in two such constants or tables: for whom, and from what to what."""
    match mine, theirs:
        case n.Const(), n.Const():
            yield (
                NOWHERE,
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
                    Text(en=f" for {' '.join(keys)}", zh=f"（{' '.join(keys)}）") if keys else NOWHERE,
                    (
                        None if old is None else shown.value_text(old, mine.type),
                        None if new is None else shown.value_text(new, theirs.type),
                    ),
                )
        case _:
            return
