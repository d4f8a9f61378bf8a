"""What a unit is, and arithmetic on units."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

import attrs

from assessment.diagnostics.bilingual import Text

__all__ = [
    "DIMENSIONLESS",
    "Dimension",
    "Unit",
    "UnitMismatch",
    "dimension_text",
    "divide",
    "factor",
    "multiply",
    "power",
    "same_dimension",
]

#: Base words with their exponents, sorted by word; empty for a pure number.
Dimension: TypeAlias = tuple[tuple[str, int], ...]
#: Words in one unit, each counted as often as it is multiplied or divided by.
MOST_WORDS = 16


@attrs.frozen(kw_only=True)
class Unit:
    """A unit: how it is written, what it measures, and how many base units it is.

    `text` can be read again by `unit`; a pure number is written `1`. `factor` converts to the base words of
    `dimension`: 1 万元/人 is 10000 元/人. Two units are equal if they measure the same in the same size,
    however they are written (`人` and `persons`, `度` and `千瓦时`).
    """

    text: str = attrs.field(eq=False)
    dimension: Dimension
    factor: Fraction

    def __str__(self) -> str:
        return self.text


#: The unit of a pure number.
DIMENSIONLESS = Unit(text="1", dimension=(), factor=Fraction(1))


class UnitMismatch(ValueError):
    """Two units measure different things; `.reason` says which, `.left` and `.right` hold them."""

    def __init__(self, left: Unit, right: Unit) -> None:
        super().__init__(left, right)
        self.left = left
        self.right = right

    @property
    def reason(self) -> Text:
        """What each of the two measures."""
        a, b = self.left, self.right
        return Text(
            en=f"`{a.text}` measures {dimension_text(a.dimension)}, `{b.text}` measures {dimension_text(b.dimension)}",
            zh=f"`{a.text}` 的量纲是 {dimension_text(a.dimension)}，`{b.text}` 的量纲是 {dimension_text(b.dimension)}",
        )

    def __str__(self) -> str:
        return self.reason.en


def dimension_text(dimension: Dimension) -> str:
    """A dimension written with base words.

    >>> dimension_text((("人", -1), ("元", 1)))
    '元/人'
    """
    return _text(dict(dimension))


def same_dimension(a: Unit, b: Unit) -> bool:
    """Whether values in the two units can be compared and converted."""
    return a.dimension == b.dimension


def factor(source: Unit, target: Unit) -> Fraction:
    """What a number in `source` is multiplied by to be in `target`.

    Errors: `UnitMismatch`.
    """
    if source.dimension != target.dimension:
        raise UnitMismatch(source, target)
    return source.factor / target.factor


def multiply(a: Unit, b: Unit) -> Unit:
    """The unit of a product; equal words above and below the line cancel.

    Errors: `ValueError` past 16 words.
    """
    return _combined(a, b, 1)


def divide(a: Unit, b: Unit) -> Unit:
    """The unit of a quotient; equal words above and below the line cancel.

    Errors: `ValueError` past 16 words.
    """
    return _combined(a, b, -1)


def power(a: Unit, n: int) -> Unit:
    """The unit of a whole power.

    Errors: `ValueError` past 16 words.
    """
    exponents = {word: exponent * n for word, exponent in words_of(a.text).items() if n}
    return Unit(
        text=_text(_checked(exponents)),
        dimension=tuple((word, exponent * n) for word, exponent in a.dimension if n),
        factor=a.factor**n,
    )


def _combined(a: Unit, b: Unit, direction: int) -> Unit:
    words = words_of(a.text)
    for word, exponent in words_of(b.text).items():
        words[word] = words.get(word, 0) + direction * exponent
    dimension = dict(a.dimension)
    for base, exponent in b.dimension:
        dimension[base] = dimension.get(base, 0) + direction * exponent
    return Unit(
        text=_text(_checked(words)),
        dimension=sorted_dimension(dimension),
        factor=a.factor * b.factor**direction,
    )


def sorted_dimension(exponents: dict[str, int]) -> Dimension:
    """A dimension from exponents by base word."""
    return tuple(sorted((base, exponent) for base, exponent in exponents.items() if exponent))


def words_of(text: str) -> dict[str, int]:
    """Exponents by word of the text of a unit, in the order written."""
    above, *below = text.split("/")
    words: dict[str, int] = {}
    for word in above.split("·"):
        if word != "1":
            words[word] = words.get(word, 0) + 1
    for word in below:
        words[word] = words.get(word, 0) - 1
    return words


def _checked(words: dict[str, int]) -> dict[str, int]:
    if sum(abs(exponent) for exponent in words.values()) > MOST_WORDS:
        raise ValueError(f"a unit of more than {MOST_WORDS} words")
    return words


def _text(words: dict[str, int]) -> str:
    above = [word for word, exponent in words.items() for _ in range(exponent)]
    below = [f"/{word}" for word, exponent in words.items() for _ in range(-exponent)]
    return ("·".join(above) or "1") + "".join(below)
