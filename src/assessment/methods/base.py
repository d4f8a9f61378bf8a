"""What a method is made of: names, parameters, a translation into the core and a sentence.

A method author writes one subclass of `Method` in one module. Parameters are nodes of a stated sort, words from a short
list, or whole numbers; a table gives `bands` (rows with ranges) or `entries` (rows with keys). `lower` builds the meaning
from `assessment.core.build`; what it notes by name can be used in the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import ClassVar

from attrs import field, frozen

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import RATE, Kind, Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span


class Sort(Enum):
    """What an argument may be."""

    MEASURE = "measure"
    """A measure with an order: a quantity, count, share, growth, percentage points, rate, points or number."""
    LIKE = "like"
    """A value of the kind and dimension of another parameter (`of`), converted into its unit."""
    DIFFERENCE = "difference"
    """A value of the kind of a difference of two values of another parameter: percentage points for a share."""
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
    WORD = "word"
    """One of the parameter's `choices`."""
    WHOLE = "whole"
    """A whole number, written out."""


@frozen(kw_only=True)
class Parameter:
    """One parameter: its names, its sort, and its default where one is documented.

    `of` names the parameter that LIKE and DIFFERENCE follow. `choices` are (English, Chinese) pairs for WORD. `default` is
    a Fraction for nodes, a str for words, an int for whole numbers. `optional` without a default gives None.
    `constant` asks for a value that is the same for all regions. `many` takes all remaining positional arguments.
    """

    en: str
    zh: str
    sort: Sort
    of: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    default: Fraction | int | str | None = None
    optional: bool = False
    constant: bool = False
    many: bool = False
    low: int | None = None
    about: Text = field(default=Text(en="", zh=""))


WITHIN = Parameter(
    en="within",
    zh="范围",
    sort=Sort.WORD,
    choices=(("group", "同组"), ("all", "全部")),
    about=Text(en="which regions form the field", zh="以哪些地区为参照"),
)
"""The field of a statistic; never a default, because group and all give different scores."""


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

    `size` is the points stated for the part, None in an index. `policies` are the file's, by their English key.
    """

    arguments: Mapping[str, n.Node | str | int | tuple[n.Node, ...] | None]
    bands: tuple[Band, ...] = ()
    entries: tuple[Entry, ...] = ()
    otherwise: n.Node | None = None
    size: Fraction | None = None
    policies: Mapping[str, str] = field(factory=dict)

    def node(self, name: str) -> n.Node:
        """An argument that is a node and must be there."""
        value = self.arguments[name]
        assert not isinstance(value, (str, int, tuple)) and value is not None, name
        return value

    def maybe(self, name: str) -> n.Node | None:
        """An optional argument that is a node."""
        return None if self.arguments.get(name) is None else self.node(name)

    def nodes(self, name: str) -> tuple[n.Node, ...]:
        """The arguments of a parameter that takes many."""
        value = self.arguments[name]
        assert isinstance(value, tuple), name
        return value

    def word(self, name: str) -> str:
        """The English spelling of a word argument."""
        value = self.arguments[name]
        assert isinstance(value, str), name
        return value

    def whole(self, name: str) -> int:
        """A whole-number argument."""
        value = self.arguments[name]
        assert isinstance(value, int), name
        return value

    def within(self) -> n.Extent:
        """The field that was named: `group` or `all`."""
        return "group" if self.word("within") == "group" else "all"


@frozen(kw_only=True)
class Problem:
    """A limit between parameters that is broken; `at` is a parameter, a row's number from 0, or None for the call."""

    code: str
    text: Text
    at: str | int | None = None
    also: str | int | None = None
    also_text: Text | None = None
    help: Text | None = None


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
    MEASURE = "measure"


class Method:
    """A score map, a measure function or a field statistic.

    The class docstring is the reference page. `sentence` is a pair of templates; `{name}` stands for an argument, a note,
    `{result}`, or `{branch}` (the row of the table that applied). `rising` and `falling` name the parameters in which
    the result never falls or never rises, as long as they touch nothing else: a promise that the laws test.
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

    def check(self, call: Call) -> tuple[Problem, ...]:
        """What is wrong between arguments that are each right; nothing unless a method says so."""
        return ()

    def lower(self, call: Call) -> Lowered:
        """The meaning of a call in the core."""
        raise NotImplementedError


def all_equal(call: Call, rate: n.Node, low: n.Node, high: n.Node) -> n.Node:
    """`rate`, or what the policy for *all equal* says where `low` and `high` coincide."""
    same = b.compare("=", low, high)
    stated = {"full": b.rate(1), "zero": b.rate(0), "half": b.rate(Fraction(1, 2))}
    wanted: n.Node = stated.get(call.policies.get("all equal", ""), b.absent(Absence.UNDEFINED, RATE))
    return b.select(same, wanted, rate)


def constant(node: n.Node | None) -> Fraction | None:
    """The value of a node that is a constant number, else None."""
    if isinstance(node, n.Const) and isinstance(node.value, Fraction):
        return node.value
    return None


def ratio(left: n.Node, right: n.Node) -> n.Node:
    """The quotient of two values of one kind, as a rate."""
    return b.cast(b.divide(left, right), Kind.RATE)


def rate_type(node: n.Node) -> Type:
    """The type of a rate for the entity of a node."""
    return RATE.at(node.type.entity)
