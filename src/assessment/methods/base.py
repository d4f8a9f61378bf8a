"""What a method is made of: names, parameters, a translation into the core and a sentence.

A method author writes one subclass of `Method` in one module. Parameters are nodes of a stated sort, words from a short
list, or whole numbers; a table gives `bands` (rows with ranges) or `entries` (rows with keys). `lower` builds the meaning
from `assessment.core.build`; what it notes by name can be used in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from typing import ClassVar

from attrs import field, frozen

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.model import Span
from assessment.errors import InternalError

PLACEHOLDER = re.compile(r"\{(\w+)\}")
"""A name in a sentence template."""


class Sort(Enum):
    """What an argument may be."""

    MEASURE = "measure"
    """A measure with an order: a quantity, count, share, growth, percentage points, rate, points or number."""
    LIKE = "like"
    """A value of the kind and dimension of another parameter (`of`), converted into its unit."""
    DIFFERENCE = "difference"
    """A value of the kind of a difference of two values of another parameter: percentage points for a share."""
    STEP = "step"
    """The width of a step: a share of another parameter (`of`) written in %, or a DIFFERENCE from it."""
    RATE = "rate"
    """A share of full marks, such as `60 %`."""
    POINTS = "points"
    """A number of points."""
    NUMBER = "number"
    """A plain number, or a value in % read as a ratio."""
    CONDITION = "condition"
    """A yes or no."""
    LEVEL = "level"
    """A choice from levels."""
    ROWS = "rows"
    """The rows of an input: ratings or events."""
    ROW_CONDITION = "condition on rows"
    """A yes or no of each row of another parameter (`of`), whose fields it calls by their names."""
    FIELD = "field"
    """A value that each row of another parameter (`of`) has: one of its fields."""
    REGION = "region"
    """The name of one region."""
    WORD = "word"
    """One of the parameter's `choices`."""
    WHOLE = "whole"
    """A whole number, written out."""


AS_WRITTEN = frozenset({Sort.WORD, Sort.WHOLE, Sort.REGION})
"""Sorts whose arguments are no values: they are taken as they are written, and a method of a file hands them on so."""


@frozen(kw_only=True)
class Parameter:
    """One parameter: its names, its sort, and its default where one is documented.

    `of` names the parameter that LIKE, DIFFERENCE and STEP follow. `choices` are (English, Chinese) pairs for WORD, and
    `said` is how a sentence says each, where that is not the word itself. `default` is a Fraction for nodes, a str for
    words, an int for whole numbers. `optional` without a default gives None. `constant` asks for a value that is the
    same for all regions. `many` takes all remaining positional arguments. `low` and `most` are the ends of a whole number.
    `unlimited` accepts `none` (`不限`) in place of a value: a limit that the rules expressly do not set. `about` says
    what the parameter is for.
    """

    en: str
    zh: str
    sort: Sort
    of: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    said: tuple[Text, ...] = ()
    default: Fraction | int | str | None = None
    optional: bool = False
    constant: bool = False
    many: bool = False
    unlimited: bool = False
    low: int | None = None
    most: int | None = None
    about: Text = field(default=Text(en="", zh=""))


UNLIMITED = ("none", "不限")
"""The word for a limit that is expressly not set."""


WITHIN = Parameter(
    en="within",
    zh="范围",
    sort=Sort.WORD,
    choices=(("group", "同组"), ("all", "全部")),
    said=(Text(en="the group", zh="同组地区"), Text(en="all regions", zh="全部地区")),
    about=Text(en="which regions form the field", zh="以哪些地区为参照"),
)
"""The field of a statistic; never a default, because group and all give different scores."""

WHERE = Parameter(
    en="where",
    zh="条件",
    sort=Sort.CONDITION,
    optional=True,
    about=Text(
        en="which regions of the field count: those for which this holds; asked of each of them",
        zh="参照地区中哪些计入：逐一判断，符合条件的计入",
    ),
)
"""A condition on the members of a field; who cannot answer it does not count."""

_CHOSEN = {
    "group": Text(en="the regions of the group that meet the condition", zh="同组符合条件的地区"),
    "all": Text(en="all regions that meet the condition", zh="全部符合条件的地区"),
}
"""What a sentence calls a field with a condition."""


class Rows(Enum):
    """The shape of the table that a method takes."""

    NONE = "none"
    BANDS = "bands"
    """Comparison, range and otherwise rows on the first parameter; each with a value."""
    CURVE = "curve"
    """`x: y` rows: values of the first parameter and what they earn."""
    CHECKS = "checks"
    """`condition: value` and `each count: value up to value` rows."""
    LEVELS = "levels"
    """`level: value` rows on the first parameter, which has levels (a choice, or events)."""
    DECISIONS = "decisions"
    """`condition: value` rows, read from the top, and `otherwise`."""
    TIERS = "tiers"
    """Ranges of the distance that the first parameter lies from a start; each with points."""
    COUNTS = "counts"
    """`count: rate` rows."""
    WEIGHTS = "weights"
    """`value: weight` rows."""
    EVENTS = "events"
    """LEVELS, and `kind: up to value` rows on the levels of the parameter `kind`."""


@frozen(kw_only=True)
class Band:
    """A row with a range; a comparison row is a range with one open end."""

    range: n.Range
    value: n.Node
    span: Span | None = field(default=None, repr=False)


@frozen(kw_only=True)
class Entry:
    """A row with a key: a node, a level by its place, or a count that is taken `each` time up to a limit."""

    key: n.Node
    value: n.Node
    label: Text
    each: bool = False
    up_to: n.Node | None = None
    span: Span | None = field(default=None, repr=False)


@frozen(kw_only=True)
class Call:
    """The arguments of one call, checked and typed.

    `policies` are the file's, by their English key.
    """

    arguments: Mapping[str, n.Node | str | int | tuple[n.Node, ...] | None]
    bands: tuple[Band, ...] = ()
    entries: tuple[Entry, ...] = ()
    caps: tuple[Entry, ...] = ()
    """The rows `kind: up to value`."""
    otherwise: n.Node | None = None
    policies: Mapping[str, str] = field(factory=dict)

    def node(self, name: str) -> n.Node:
        """An argument that is a node and must be there."""
        value = self.arguments.get(name)
        if value is None or isinstance(value, (str, int, tuple)):
            raise InternalError(f"argument `{name}` is not a node: {value!r}")
        return value

    def maybe(self, name: str) -> n.Node | None:
        """An optional argument that is a node."""
        return None if self.arguments.get(name) is None else self.node(name)

    def nodes(self, name: str) -> tuple[n.Node, ...]:
        """The arguments of a parameter that takes many."""
        value = self.arguments.get(name)
        if not isinstance(value, tuple):
            raise InternalError(f"argument `{name}` is not many nodes: {value!r}")
        return value

    def word(self, name: str) -> str:
        """The English spelling of a word argument."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            raise InternalError(f"argument `{name}` is not a word: {value!r}")
        return value

    def maybe_word(self, name: str) -> str | None:
        """The English spelling of an optional word argument."""
        return None if self.arguments.get(name) is None else self.word(name)

    def whole(self, name: str) -> int:
        """A whole-number argument."""
        value = self.arguments.get(name)
        if not isinstance(value, int):
            raise InternalError(f"argument `{name}` is not a whole number: {value!r}")
        return value

    def maybe_whole(self, name: str) -> int | None:
        """An optional whole-number argument."""
        return None if self.arguments.get(name) is None else self.whole(name)

    def limit(self, name: str) -> n.Node | None:
        """A limit; None where it is expressly not set, or not written."""
        return None if self.arguments.get(name) == UNLIMITED[0] else self.maybe(name)

    def unlimited(self, name: str) -> bool:
        """Whether a limit is expressly not set."""
        return self.arguments.get(name) == UNLIMITED[0]

    def within(self) -> n.Extent:
        """The field that was named: `group` or `all`."""
        return "group" if self.word("within") == "group" else "all"

    def where(self) -> n.Node | None:
        """The condition on the members of the field, where there is one."""
        return self.maybe(WHERE.en)


@frozen(kw_only=True)
class Problem:
    """A limit between parameters that is broken.

    `at` is a parameter, the number of a row from 0 (`otherwise` does not count), or None for the whole call. `help` says
    what would be right.
    """

    code: str
    text: Text
    help: Text
    at: str | int | None = None
    also: str | int | None = None
    also_text: Text | None = None


@frozen(kw_only=True)
class Lowered:
    """The meaning of a call, with the inner nodes that its sentence names and the bounds that it promises."""

    node: n.Node
    notes: tuple[n.Named, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None


class Yields(Enum):
    """What a method gives."""

    RATE = "rate"
    POINTS = "points"
    SCORE = "score"
    """A rate, or points where the argument or the rows are in points: the type of the lowered node says which."""
    MEASURE = "measure"


class Method:
    """A score map, a measure function or a field statistic.

    The class docstring is the reference page. `sentence` is a pair of templates; `{name}` stands for an argument, a note,
    `{result}`, `{branch}` (the row of the table that applied) or `{rows}` (a phrase for each row, which the method fills
    in). `rising` and `falling` name the parameters in which the result never falls or never rises, as long as they touch
    nothing else: a promise that the laws test.
    """

    en: ClassVar[str]
    zh: ClassVar[str]
    yields: ClassVar[Yields]
    parameters: ClassVar[tuple[Parameter, ...]]
    rows: ClassVar[Rows] = Rows.NONE
    needs: ClassVar[tuple[str, ...]] = ()
    """Keys of the policies that the file must state to use the method."""
    rising: ClassVar[tuple[str, ...]] = ()
    falling: ClassVar[tuple[str, ...]] = ()
    sentence: ClassVar[Text]
    examples: ClassVar[tuple[str, ...]] = ()
    """Calls as an author would write them, shown on the reference page and used by the laws."""

    def check(self, call: Call) -> tuple[Problem, ...]:  # noqa: ARG002  # a place to override
        """What is wrong between arguments that are each right; nothing unless a method says so."""
        return ()

    def needed(self, call: Call) -> tuple[str, ...]:  # noqa: ARG002  # a place to override
        """The policies that this call needs: `needs`, unless an argument of the call takes a policy's place."""
        return self.needs

    def directions(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The parameters in which this call rises and falls: the first one turns where lower is better."""
        if call.maybe_word("better") != "lower":
            return self.rising, self.falling
        turned = self.parameters[0].en
        rising = tuple(name for name in self.rising if name != turned)
        falling = tuple(name for name in self.falling if name != turned)
        return (*rising, *((turned,) if turned in self.falling else ())), (
            *falling,
            *((turned,) if turned in self.rising else ()),
        )

    def phrase(self, call: Call) -> Text:  # noqa: ARG002  # a place to override
        """The template for this call: `sentence`, unless its words call for another."""
        return self.sentence

    def say(self, call: Call) -> Text:
        """The template for this call with words, whole numbers and lists written in: what is left names nodes."""
        template = self.phrase(call)
        return Text(en=self._written(template.en, call, "en"), zh=self._written(template.zh, call, "zh"))

    def _written(self, template: str, call: Call, lang: Lang) -> str:
        by_name = {parameter.en: parameter for parameter in self.parameters}

        def fill(match: re.Match[str]) -> str:
            parameter = by_name.get(match[1])
            value = call.arguments.get(match[1])
            if parameter is None or value is None:
                return match[0]
            if parameter.en == WITHIN.en and call.where() is not None:
                return _CHOSEN[call.within()].in_(lang)
            if isinstance(value, str):
                return _said(parameter, value, lang)
            if isinstance(value, tuple):
                joint = "、" if lang == "zh" else ", "
                return joint.join(f"{{{match[1]}{place}}}" for place in range(1, len(value) + 1))
            return str(value) if isinstance(value, int) else match[0]

        return PLACEHOLDER.sub(fill, template)

    def lower(self, call: Call) -> Lowered:
        """The meaning of a call in the core."""
        raise NotImplementedError


def _said(parameter: Parameter, word: str, lang: Lang) -> str:
    """A word as the sentence of a language says it."""
    if parameter.sort is Sort.REGION:
        return word.replace("{", "｛").replace("}", "｝")
    if not parameter.choices:
        return UNLIMITED[1 if lang == "zh" else 0]
    place = [en for en, _ in parameter.choices].index(word)
    if parameter.said:
        return parameter.said[place].in_(lang)
    return parameter.choices[place][1 if lang == "zh" else 0]


def defined_where(condition: n.Node, value: n.Node) -> n.Node:
    """The value, *undefined* where the condition does not hold.

    A sum with zero or *undefined*, not a choice between the two: absences then meet as they do everywhere, and a value
    that was not reported stays *not reported*.
    """
    zero, undefined = b.const(0, value.type), b.absent(Absence.UNDEFINED, value.type)
    return b.add(value, b.select(condition, zero, undefined))


def known_with(x: n.Node, value: n.Node) -> n.Node:
    """The value, absent wherever and however `x` is: what is not there gets nothing that does not depend on it."""
    return b.select(b.compare("=", x, x), value, value)


def constant(node: n.Node | None) -> Fraction | None:
    """The value of a node that is a constant number, else None; what frames a constant is no other value."""
    while isinstance(node, n.Frame):
        node = node.node
    if isinstance(node, n.Const) and isinstance(node.value, Fraction):
        return node.value
    return None


def ends_of(nodes: Iterable[n.Node]) -> tuple[Fraction | None, Fraction | None]:
    """The least and the largest of some constants; both None where any of the nodes is not one."""
    found = [constant(node) for node in nodes]
    values = [value for value in found if value is not None]
    return (min(values), max(values)) if values and len(values) == len(found) else (None, None)


def ratio(left: n.Node, right: n.Node) -> n.Node:
    """The quotient of two values of one kind, as a rate."""
    return b.cast(b.divide(left, right), Kind.RATE)
