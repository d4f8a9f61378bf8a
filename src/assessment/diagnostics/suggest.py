"""The nearest known name to one that is unknown.

Names are compared by their NFKC form without regard to case, so that a name pasted from a PDF with
compatibility characters finds its twin. The distance counts insertions, deletions, replacements and
exchanges of neighbours, and a name is near only when most of it stays: a far-fetched suggestion is worse
than none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

__all__ = ["nearest"]

_LONGEST = 80
"""Names longer than this are sentences; no suggestion is worth the time."""


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant, or none when no candidate is near.

    Of equally near candidates the one with the longer common beginning wins, then the first in sorted order.

    >>> nearest("rd_shrae", ["rd_share", "gdp"])
    'rd_share'
    >>> nearest("茌平", ["东昌府区", "茌平区"])
    '茌平区'
    >>> nearest("population", ["gdp"]) is None
    True
    """
    wanted = _folded(name)
    if not wanted or len(wanted) > _LONGEST:
        return None
    best: tuple[int, int, str] | None = None
    for candidate in sorted(set(candidates)):
        known = _folded(candidate)
        if len(known) > _LONGEST:
            continue
        distance = _distance(wanted, known, _allowance(wanted, known))
        if distance is None and _is_short_form(wanted, known):
            distance = abs(len(wanted) - len(known))
        if distance is None:
            continue
        rank = (distance, -_common_beginning(wanted, known), candidate)
        if best is None or rank < best:
            best = rank
    return None if best is None else best[2]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _allowance(one: str, other: str) -> int:
    """How many edits still count as near: none for one character, one up to five, then one in three."""
    length = max(len(one), len(other))
    if min(len(one), len(other)) < 2:
        return 0
    return 1 if length <= 5 else min(length // 3, 4)


def _is_short_form(one: str, other: str) -> bool:
    """Whether one begins with the other and is at most twice as long, as with 高新 for 高新区."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 2 and len(long) <= 2 * len(short) and long.startswith(short)


def _common_beginning(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _distance(one: str, other: str, limit: int) -> int | None:
    """The edit distance with exchanged neighbours (optimal string alignment), or none above the limit."""
    if abs(len(one) - len(other)) > limit:
        return None
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, left in enumerate(one, start=1):
        current = [row]
        for column, right in enumerate(other, start=1):
            cost = min(
                last[column] + 1,
                current[column - 1] + 1,
                last[column - 1] + (left != right),
            )
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return None
        before_last, last = last, current
    return last[-1] if last[-1] <= limit else None
