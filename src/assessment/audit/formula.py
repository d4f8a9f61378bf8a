"""A formula as written, put into words and into numbers: `研发经费 ÷ 生产总值`, then `10.5 亿元 ÷ 500 亿元`.

The text is read token by token. A name gives way to its title or its value, a call to the value of the step that made
it, signs to those people write; whatever is not known stays as it was written, so nothing is ever left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from attrs import frozen

from assessment import units
from assessment.audit.amount import amount_text
from assessment.audit.calls import call_in
from assessment.audit.record import Ingredient
from assessment.diagnostics.bilingual import Lang

_TOKEN = re.compile(
    r"""
    (?P<blank>\s+)
  | (?P<number>[0-9][0-9.,]*\s?)(?P<unit>%|‰|[^\W\d][^\s()\[\]+\-*^=<>,;:]*)?
  | (?P<name>[^\W\d][\w.]*)
  | (?P<sign>>=|<=|!=|.)
    """,
    re.VERBOSE,
)
_EARLIER = re.compile(r"\s*\[\s*-\s*([0-9]{1,4})\s*\]")
_SIGNS = {"*": "×", "/": "÷", ">=": "≥", "<=": "≤", "!=": "≠"}
_SPACED = frozenset("×÷+-=<>≥≤≠")


@frozen(kw_only=True)
class Written:
    """A formula in words and in numbers; `unused` are the ingredients that its text does not name."""

    words: str
    numbers: str
    unused: tuple[Ingredient, ...]


def written(
    text: str,
    ingredients: Sequence[Ingredient],
    lang: Lang,
    *,
    period: int,
    assessed: int | None = None,
    parameters: int = 0,
) -> Written:
    """The formula of a step of `period` with titles and with values.

    A year stands beside what is of another period than the `assessed` one, which is `period` unless stated. The first
    `parameters` of the ingredients are what a method of the file was given: they keep their names, and no call in its
    body is one of them.
    """
    given = {id(one) for one in ingredients[:parameters]}
    named = _Named(ingredients, period, given)
    base = period if assessed is None else assessed

    def title(one: Ingredient) -> str:
        return one.name if id(one) in given else titled(one, base, lang)

    def value(one: Ingredient) -> str:
        found = amount_text(one.amount, lang)
        return f"({found})" if found.startswith("-") else found

    folded = unicodedata.normalize("NFKC", text)
    words = _rendered(folded, named, title, calls_in=lang)
    named.restart()
    numbers = _rendered(folded, named, value, calls_in=None)
    return Written(words=words, numbers=numbers, unused=named.unused())


def titled(one: Ingredient, period: int, lang: Lang) -> str:
    """What an ingredient is called, with its year where that is another one."""
    title = one.title.in_(lang) or one.name
    return title if one.period == period else with_year(title, one.period, lang)


def with_year(title: str, year: int, lang: Lang) -> str:
    """A title with a year behind it."""
    return f"{title}（{year} 年）" if lang == "zh" else f"{title} ({year})"


class _Named:
    """The ingredients by the names that a formula may use for them; calls are taken in the order written."""

    def __init__(self, ingredients: Sequence[Ingredient], period: int, given: set[int]) -> None:
        self.ingredients, self.period, self.given = ingredients, period, given
        self.used: set[int] = set()
        self.taken: set[int] = set()

        names = {one.name for one in ingredients if " " in one.name}
        self._phrases = [re.compile(_phrase(name)) for name in sorted(names, key=len, reverse=True)]

    def phrase(self, text: str, place: int) -> int | None:
        """Where a name of several words that begins at a place ends; None where none begins there."""
        if not self._phrases or (place and text[place - 1].isalnum()):
            return None
        found = (pattern.match(text, place) for pattern in self._phrases)
        return next((match.end() for match in found if match is not None), None)

    def restart(self) -> None:
        """Begin again at the first call."""
        self.taken.clear()

    def by_name(self, name: str, years_back: int) -> Ingredient | None:
        """The ingredient of a name in a period."""
        wanted = _fold(" ".join(name.split()))
        for one in self.ingredients:
            given = id(one) in self.given and not years_back
            if _fold(one.name) == wanted and (given or one.period == self.period - years_back):
                self.used.add(id(one))
                return one
        return None

    def call(self, name: str) -> Ingredient | None:
        """The next call of a method."""
        wanted = _fold(name)
        for one in self.ingredients:
            if id(one) in self.taken or id(one) in self.given or one.step is None:
                continue
            if wanted in {
                _fold(one.name),
                _fold(one.title.zh),
                _fold(one.title.en),
                _fold(one.title.en.replace(" ", "_")),
            }:
                self.used.add(id(one))
                self.taken.add(id(one))
                return one
        return None

    def unused(self) -> tuple[Ingredient, ...]:
        """The ingredients that were never named."""
        return tuple(one for one in self.ingredients if id(one) not in self.used)


def _rendered(text: str, named: _Named, show: Callable[[Ingredient], str], *, calls_in: Lang | None) -> str:
    pieces: list[str] = []
    place = 0
    while place < len(text):
        phrase = named.phrase(text, place)
        if phrase is not None:
            piece, place = _named_piece(text, text[place:phrase], phrase, named, show, calls_in)
            pieces.append(piece)
            continue
        match = _TOKEN.match(text, place)
        if match is None:  # the last alternative matches anything but a line break, which `blank` matches
            break
        place = match.end()
        if match["blank"] is not None:
            pieces.append(" ")
        elif match["number"] is not None:
            unit = _unit_at_the_start(match["unit"] or "")
            pieces.append(match["number"] + unit)
            place = match.end("number") + len(unit)
        elif match["name"] is not None:
            piece, place = _named_piece(text, match["name"], place, named, show, calls_in)
            pieces.append(piece)
        else:
            sign = _SIGNS.get(match["sign"], match["sign"])
            pieces.append(f" {sign} " if sign in _SPACED else sign)
    return re.sub(r" +", " ", "".join(pieces)).replace("( ", "(").replace(" )", ")").strip()


def _named_piece(
    text: str, name: str, place: int, named: _Named, show: Callable[[Ingredient], str], calls_in: Lang | None
) -> tuple[str, int]:
    """What stands for a name or a call that begins before `place`, and where the text goes on."""
    if text[place:].lstrip().startswith(("(", "{")):
        end = _call_end(text, place)
        one = named.call(name)
        if one is None:
            return name, place
        return (show(one) if calls_in is None else call_in(f"{name}{text[place:end].strip()}", calls_in)), end
    earlier = _EARLIER.match(text, place)
    one = named.by_name(name, int(earlier[1]) if earlier else 0)
    if one is None:
        return name, place
    return show(one), earlier.end() if earlier else place


def _phrase(name: str) -> str:
    """The pattern of a name of several words, with blanks of any width."""
    words = unicodedata.normalize("NFKC", name).split()
    return r"\s+".join(map(re.escape, words)) + r"(?!\w)"


def _call_end(text: str, place: int) -> int:
    """The place behind the arguments and the table of a call whose name ends at `place`."""
    for opening in ("(", "{"):
        rest = text[place:].lstrip()
        if rest.startswith(opening):
            place = _closing(text, len(text) - len(rest))
    return place


def _closing(text: str, opening: int) -> int:
    """The place behind the bracket that closes the one at `opening`."""
    depth = 0
    brackets = {text[opening]: 1, {"(": ")", "{": "}"}[text[opening]]: -1}
    for place in range(opening, len(text)):
        depth += brackets.get(text[place], 0)
        if depth == 0:
            return place + 1
    return len(text)


def _unit_at_the_start(text: str) -> str:
    """The longest unit that a text begins with, cut at slashes: `件/万人` whole, `亿元` of `亿元/gdp`."""
    if text in {"", "%", "‰"}:
        return text
    pieces = text.split("/")
    for count in range(len(pieces), 0, -1):
        candidate = "/".join(pieces[:count])
        if candidate in _WORDS or _is_unit(candidate):
            return candidate
    return ""


_WORDS = frozenset({"pp", "分", "百分点", "个百分点", "point", "points"})


def _is_unit(text: str) -> bool:
    try:
        units.unit(text)
    except ValueError:
        return False
    return True


def _fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def conversions(ingredients: Iterable[Ingredient]) -> tuple[str, ...]:
    """What people must know to calculate with different units of one dimension: `1 亿元 = 10000 万元`."""
    found: dict[str, None] = {}
    seen: list[units.Unit] = []
    for one in ingredients:
        unit = one.amount.type.unit
        if unit is None or not unit.dimension:
            continue
        for other in seen:
            if units.same_dimension(unit, other) and unit.factor != other.factor:
                large, small = (unit, other) if unit.factor > other.factor else (other, unit)
                how_many = units.factor(large, small)
                if how_many.denominator == 1:
                    found[f"1 {large.text} = {how_many} {small.text}"] = None
        seen.append(unit)
    return tuple(found)
