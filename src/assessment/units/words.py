"""Unit text against the closed table of words.

User text never reaches pint, whose parser evaluates expressions (`9**9**9` does not come back). It is split
at `/` and `·`, and every piece is looked up.
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from functools import lru_cache

from assessment.diagnostics.bilingual import Text
from assessment.units.model import DIMENSIONLESS, MOST_WORDS, Dimension, Unit, sorted_dimension
from assessment.units.table import PREFIXES, UNPREFIXED, WORDS

__all__ = ["UnknownUnit", "known_units", "unit"]

_LONGEST = 120
_BLANKS = " \t　"


class UnknownUnit(ValueError):
    """A text names no unit; `.reason` says why, `.nearest` holds the nearest units, best first."""

    def __init__(self, text: str, reason: Text, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(text, reason, nearest)
        self.text = text
        self.reason = reason
        self.nearest = nearest

    def __str__(self) -> str:
        return self.reason.en


@lru_cache(maxsize=1)
def known_units() -> tuple[str, ...]:
    """Every single unit word with every prefix it may carry, sorted.

    >>> "万亿元" in known_units()
    True
    """
    prefixed = (prefix + word for word in WORDS if word not in UNPREFIXED for prefix in PREFIXES)
    return tuple(sorted({*WORDS, *prefixed}))


@lru_cache(maxsize=4096)
def unit(text: str) -> Unit:
    """The unit that `text` names: words joined by `·` and `/`, as in `万元/人`.

    Full-width `／` and compatibility characters count as their plain twins; blanks around the joints are
    dropped. After a `/` comes no `·`, because `元/人·年` is read in two ways; `元/人/年` is clear. `1` is the
    pure number and may stand above a line.
    Errors: `UnknownUnit`, with the nearest units.

    >>> unit("万元/人").factor
    Fraction(10000, 1)
    """
    if len(text) > _LONGEST:
        raise UnknownUnit(
            text[:_LONGEST],
            Text(en=f"a unit of {len(text)} characters is too long", zh=f"单位长达 {len(text)} 个字符，过长"),
        )
    above, *below = (piece.strip(_BLANKS) for piece in text.replace("／", "/").split("/"))
    factors = [] if above == "1" else [piece.strip(_BLANKS) for piece in above.split("·")]
    words = [(word, 1) for word in factors] + [(word, -1) for word in below]
    if not words:
        return DIMENSIONLESS
    _refuse_malformed(text, words)
    scale = Fraction(1)
    exponents: dict[str, int] = {}
    for word, direction in words:
        found = _looked_up(word)
        if found is None:
            raise _unknown(text, word)
        dimension, size = found
        scale *= size**direction
        for base, exponent in dimension:
            exponents[base] = exponents.get(base, 0) + direction * exponent
    canonical = ("·".join(factors) or "1") + "".join(f"/{word}" for word in below)
    return Unit(text=canonical, dimension=sorted_dimension(exponents), factor=scale)


def _refuse_malformed(text: str, words: list[tuple[str, int]]) -> None:
    if not all(word for word, _ in words):
        raise UnknownUnit(
            text,
            Text(
                en=f"`{text}` lacks a unit beside `/` or `·`" if text.strip(_BLANKS) else "there is no unit",
                zh=f"`{text}` 的 `/` 或 `·` 旁缺少单位" if text.strip(_BLANKS) else "没有单位",
            ),
        )
    if any("·" in word for word, _ in words):
        raise UnknownUnit(
            text,
            Text(
                en=f"`{text}` has `·` after `/`, which is read in two ways: divide by each unit with its own `/`",
                zh=f"`{text}` 在 `/` 之后使用 `·`，有两种读法：每个除数请各写一个 `/`",
            ),
        )
    if len(words) > MOST_WORDS:
        raise UnknownUnit(
            text,
            Text(
                en=f"a unit of {len(words)} words is too long, at most {MOST_WORDS} are read",
                zh=f"单位由 {len(words)} 个词组成，最多 {MOST_WORDS} 个",
            ),
        )


def _looked_up(word: str) -> tuple[Dimension, Fraction] | None:
    """Dimension and size of one word, or `None`."""
    for spelling in (word, unicodedata.normalize("NFKC", word)):
        entry = WORDS.get(spelling)
        if entry is not None:
            return entry[0], Fraction(entry[1], entry[2])
        for length in (2, 1):
            prefix, rest = spelling[:length], spelling[length:]
            if prefix in PREFIXES and rest in WORDS and rest not in UNPREFIXED:
                dimension, top, bottom = WORDS[rest]
                return dimension, Fraction(PREFIXES[prefix] * top, bottom)
    return None


def _unknown(text: str, word: str) -> UnknownUnit:
    """Name the word at fault, and whole units that differ from `text` in that word only."""
    from difflib import get_close_matches

    close = get_close_matches(word, known_units(), n=3, cutoff=0.6)
    nearest = tuple(text.replace(word, other, 1) for other in close)
    return UnknownUnit(text, Text(en=f"unknown unit `{word}`", zh=f"未知单位 `{word}`"), nearest)
