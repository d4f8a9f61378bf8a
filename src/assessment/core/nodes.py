"""The node kinds of the core graph: a closed set, matched exhaustively by every engine.

Nodes are equal only to themselves. Each has its `type` and, where it was written in a rule file, its `span`; every
node's children exist before it, so a graph cannot hold a cycle. What each node means, absence included, is laid down
in `docs/reference/core.md`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from assessment.core.absence import Absence
from assessment.core.types import Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.number import Mode

Scalar: TypeAlias = Fraction | bool | str
"""A constant value: a number (levels are whole numbers from 0, the best; dates are days from 1, 0001-01-01), yes and no, or a text."""

OWN_REGION = "@region"
"""The name of the input that is the region's own name: a text that no data supply and that is never absent."""

YEAR_HELD = "year held"
GRADE = "grade"
"""The name of the input that says whether the data hold a year: yes in the assessed one and in every one of whose latest
figures there are data, else *not reported*; the same for all regions."""

RESERVED = frozenset({OWN_REGION, YEAR_HELD})
"""The inputs that an engine supplies by itself; no file can declare one, since no name has a blank or an `@`."""

Extent: TypeAlias = Literal["rows", "group", "all"]
"""Over what a field node reaches: the rows of one region, the regions of its group, or all regions."""


@frozen(kw_only=True, eq=False, repr=False)
class Base:
    """What every node has: its type and, where it was written, its place."""

    type: Type
    span: Span | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        # Operands are left out: written out as a tree, a graph of thirty doublings never ends.
        return f"<{type(self).__name__}: {self.type.label.en}>"


# ── leaves ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True, eq=False, repr=False)
class Const(Base):
    """A number, a level, a date, yes or no, or a text, written or derived; or an absence, which a policy or a rule may put in."""

    value: Scalar | Absence


@frozen(kw_only=True, eq=False, repr=False)
class Input(Base):
    """The reported value of an input for a region, or the values of its rows.

    `low` and `high` are the ends of its declared range, in the unit of its type; None where there is no limit. A field of
    rows is an input of its own, named `input.field`.
    """

    name: str
    low: Fraction | None = None
    low_closed: bool = True
    high: Fraction | None = None
    high_closed: bool = True

    @property
    def reported_as(self) -> str:
        """The input of the rule file that reports it: for a field, the input whose rows have it."""
        return self.name if self.type.rows_of is None else self.type.rows_of


@frozen(kw_only=True, eq=False, repr=False)
class InGroup(Base):
    """Whether the region belongs to one of these groups, or is one of these regions."""

    groups: tuple[str, ...]
    regions: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Score(Base):
    """A score of the rule file read as a measure; the compiler puts that score's own graph in its place.

    `path` names the score (`total`, `key total`, `indicator 2`, `indicator 2.level`, `category strength`), or is `grade`.
    `reading` is `score`, `rate`, `rank` or `bottom` (the place counted from the bottom), or `mark` for whether a region has
    the mark that is named (`mark advanced`). `taken` is the value before rounding (`full`), the one after rescaling to the best
    (`rescaled`), the published one (`rounded`), or the one that the file compares (`compared`).
    """

    path: str
    reading: Literal["score", "rate", "rank", "bottom", "mark"]
    taken: Literal["full", "rounded", "rescaled", "compared"] = "compared"

    @property
    def name(self) -> str:
        """What is read, in a form that no input's name has."""
        return f"{self.path} {self.reading} {self.taken}"


@frozen(kw_only=True, eq=False, repr=False)
class Lookup(Base):
    """The entry of a table for the region's group and the period; *not applicable* where there is none.

    A key's group is None where the entry is for every group, its year None where it is for every year.
    """

    entries: tuple[tuple[str | None, int | None, Fraction], ...]


# ── arithmetic ───────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True, eq=False, repr=False)
class Add(Base):
    """The sum of any number of values."""

    args: tuple[Node, ...]


@frozen(kw_only=True, eq=False, repr=False)
class Mul(Base):
    """The product of any number of values."""

    args: tuple[Node, ...]


@frozen(kw_only=True, eq=False, repr=False)
class Div(Base):
    """A quotient; *undefined* where the divisor is zero."""

    left: Node
    right: Node


@frozen(kw_only=True, eq=False, repr=False)
class Power(Base):
    """A whole power; *undefined* for zero to a power below one."""

    value: Node
    exponent: int


@frozen(kw_only=True, eq=False, repr=False)
class Root(Base):
    """The root of a whole index from 2; *undefined* for an even root of a negative value."""

    value: Node
    index: int


@frozen(kw_only=True, eq=False, repr=False)
class Ln(Base):
    """The natural logarithm; *undefined* for zero and below."""

    value: Node


@frozen(kw_only=True, eq=False, repr=False)
class Exp(Base):
    """The exponential."""

    value: Node


@frozen(kw_only=True, eq=False, repr=False)
class Min(Base):
    """The smallest of several values of one region."""

    args: tuple[Node, ...]


@frozen(kw_only=True, eq=False, repr=False)
class Max(Base):
    """The largest of several values of one region."""

    args: tuple[Node, ...]


# ── logic ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True, eq=False, repr=False)
class Compare(Base):
    """Whether a comparison holds; `op` is `>=`, `>`, `<=`, `<`, `=` or `!=`."""

    op: str
    left: Node
    right: Node


@frozen(kw_only=True, eq=False, repr=False)
class And(Base):
    """Whether all hold; one that does not hold outweighs an absent one."""

    args: tuple[Node, ...]


@frozen(kw_only=True, eq=False, repr=False)
class Or(Base):
    """Whether any holds; one that holds outweighs an absent one."""

    args: tuple[Node, ...]


@frozen(kw_only=True, eq=False, repr=False)
class Not(Base):
    """Whether it does not hold."""

    value: Node


@frozen(kw_only=True, eq=False, repr=False)
class Select(Base):
    """One of two values by a condition; absent where the condition is."""

    condition: Node
    then: Node
    otherwise: Node


@frozen(kw_only=True)
class Range:
    """An interval on the number line; an end that is None is open and without limit."""

    low: Node | None = None
    low_closed: bool = True
    high: Node | None = None
    high_closed: bool = True
    label: Text | None = None
    span: Span | None = field(default=None, repr=False)


@frozen(kw_only=True, eq=False, repr=False)
class Step(Base):
    """A step table: the value of the first range that holds `value`, else `otherwise` (*undefined* where that is None)."""

    value: Node
    ranges: tuple[Range, ...]
    results: tuple[Node, ...]
    otherwise: Node | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Round(Base):
    """A value rounded to decimal places; `scale` 100 where the places are those of a percentage."""

    value: Node
    places: int
    mode: Mode
    scale: int = 1


# ── field ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True, eq=False, repr=False)
class Aggregate(Base):
    """A statistic over the present values of a field: `sum`, `count`, `min`, `max`, `mean`, `median`.

    Over an empty field `sum` and `count` are 0 and the rest *undefined*. `where` leaves out what does not hold or is
    absent; `own` says whether a region counts itself. Reference subjects never count.
    """

    op: str
    value: Node
    over: Extent
    where: Node | None = None
    own: bool = True


@frozen(kw_only=True, eq=False, repr=False)
class Rank(Base):
    """The place from 1 of a region (or of a row) among the present values of its field, by keys in order.

    A key is (value, whether the highest comes first). `ties`: `min` the better place, `max` the worse, `mean` their
    mean, `dense` without gaps, `order` by the order of the data. Absent where the first key is.
    """

    keys: tuple[tuple[Node, bool], ...]
    over: Extent
    ties: str = "min"
    where: Node | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Distinct(Base):
    """Whether a row is the one that counts among its region's rows that agree in all values of `by`.

    Of several, the first by `keys` in order counts, and of equal ones the first in the order of the data. A key is
    (value, whether the highest comes first); an absent one comes behind. Rows for which `where` does not hold, or is
    absent, take no part and do not count; a row that lacks a value of `by` is absent as that value is.
    """

    by: tuple[Node, ...]
    keys: tuple[tuple[Node, bool], ...] = ()
    where: Node | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Refer(Base):
    """The value of a graph for one named region, whoever asks."""

    subject: str
    value: Node


@frozen(kw_only=True, eq=False, repr=False)
class Shift(Base):
    """The value of a graph in another period; `periods` is below zero for earlier ones."""

    value: Node
    periods: int


# ── validity and explanation ─────────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True, eq=False, repr=False)
class IsAbsent(Base):
    """Whether a value is absent in one of these ways; itself never absent."""

    value: Node
    statuses: frozenset[Absence]


@frozen(kw_only=True, eq=False, repr=False)
class Recover(Base):
    """`replacement` where the value is absent in one of these ways: a policy; `policy` is its name in the rule file."""

    value: Node
    statuses: frozenset[Absence]
    replacement: Node
    policy: str


@frozen(kw_only=True)
class Named:
    """A node under the name that a sentence uses for it."""

    name: str
    node: Node


@frozen(kw_only=True)
class Definition:
    """How the rule file defines what a call names: the formula as written, and where it stands.

    `parameters` are those that stand for the frame's arguments, in order. `words` are the arguments of the call that are
    no nodes: words of choice and whole numbers, by their parameter.
    """

    text: str
    parameters: tuple[str, ...] = ()
    words: tuple[tuple[str, Text], ...] = ()
    span: Span | None = field(default=None, repr=False)


@frozen(kw_only=True, eq=False, repr=False)
class Frame(Base):
    """A named stretch of the graph: what was written, at which place, by which method, from which arguments.

    Engines look through it. `role` is `measure` (a `let`), `call` (a method or a measure function), `policy`, or `score`
    (a score read by another formula: `name` is the reading as written, `text` the path of the score).
    `text` is the formula as written; `definition` is there for a method that the file itself defines. `sentence` is
    how the call is explained, with `{name}` for values. `low` and
    `high` are the contract: bounds that the method promises and that arithmetic on ranges alone would not find.
    """

    node: Node
    role: Literal["measure", "call", "policy", "score"]
    name: str
    title: Text | None = None
    text: str = ""
    arguments: tuple[Named, ...] = ()
    notes: tuple[Named, ...] = ()
    sentence: Text | None = None
    definition: Definition | None = None
    low: Fraction | None = None
    high: Fraction | None = None


Node: TypeAlias = (
    Const
    | Input
    | InGroup
    | Score
    | Lookup
    | Add
    | Mul
    | Div
    | Power
    | Root
    | Ln
    | Exp
    | Min
    | Max
    | Compare
    | And
    | Or
    | Not
    | Select
    | Step
    | Round
    | Aggregate
    | Rank
    | Distinct
    | Refer
    | Shift
    | IsAbsent
    | Recover
    | Frame
)
