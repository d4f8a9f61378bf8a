"""The audit record: what a score is made of, from the published figure down to the cells.

Values are kept exact, with their type; texts are made on demand (`amount`, `sentences`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, Protocol

from attrs import field, frozen

from assessment.core.absence import Absence
from assessment.core.nodes import Definition
from assessment.core.types import Type
from assessment.data.model import Observation
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Span
from assessment.evaluation.facts import Value
from assessment.semantics.model import Allowance, CheckedRules, Level

StepKind = Literal[
    "input",
    "measure",
    "method",
    "estimate",
    "policy",
    "coverage",
    "points",
    "ceiling",
    "join",
    "rescaling",
    "adjustment",
    "rounding",
    "grade",
    "condition",
    "quota",
    "limit",
    "veto",
    "mark",
]
Status = Absence | Literal["scored", "estimated", "undecided"]
"""What there is of a score; *estimated* is one that is there and rests on an estimate."""


@frozen(kw_only=True)
class Amount:
    """A value with its type, so that it can be shown exactly, in its unit, in either language."""

    value: Value
    type: Type


@frozen(kw_only=True)
class Ingredient:
    """A value that a step reads.

    `name` is the placeholder or the name as written, `title` what people call it. `period` is the year it belongs to.
    `step` is the id of the step that made it, None for an input or a constant. `observation` is there for inputs: the
    cell, what it held, and what was done to it; `input` is the input's name, also where the data never mention it.
    `region` is whose value and cell it is, where the rules name a region; None for the region that is explained.
    """

    name: str
    title: Text
    amount: Amount
    period: int
    step: str | None = None
    input: str | None = None
    observation: Observation | None = None
    region: str | None = None
    is_score: bool = False
    """Whether it is the score of a line, in this year or another, that a formula reads."""
    lag: int = 0
    """How many years before its own an assessment reads the input."""


@frozen(kw_only=True)
class Member:
    """The value of one region in a field statistic; `counted` is false for those left out.

    `read` are the inputs of that region that the value is made from, with their cells; none where it is a score, which
    the region's own breakdown tells. `estimated` says that the value is there and rests on an estimate.
    """

    region: str
    amount: Amount
    counted: bool
    read: tuple[Ingredient, ...] = ()
    estimated: bool = False


@frozen(kw_only=True)
class Field:
    """The field that a statistic or a rank looks at: which regions, and each one's value."""

    op: str
    over: Literal["rows", "group", "all"]
    members: tuple[Member, ...]
    result: Amount


@frozen(kw_only=True)
class RowField:
    """What a row has in one of its fields, with the cell that it was read from."""

    name: str
    title: Text
    amount: Amount
    observation: Observation


@frozen(kw_only=True)
class RowRecord:
    """One rating or event that a step looked at: its cell, its fields, what it earned, and why it does not count.

    `earned` is there where rows earn points one by one. `reason` is None for a row that counts; `held` says that what rows
    of its kind earn together was cut to a cap.
    """

    amount: Amount
    observation: Observation
    fields: tuple[RowField, ...]
    earned: Amount | None = None
    reason: Text | None = None
    held: Text | None = None


@frozen(kw_only=True)
class Step:
    """One step: its formula as written, the values that entered, the exact result, and what decided it.

    `id` is the path of the score with the step's place in it (`indicator 2.level/3`). `name` is the method's or the
    measure's name in the rule file. `template` is the method's sentence for this call, with `{name}` for the values.
    `branch` is the row of a table that applied. `rounding` says place and mode where the step rounds. `span` is the
    place in the rule file. `definition` is there where the file itself defines the method: its formula as written.
    `region` is the region that the rules name, where the step makes a value of that one.
    """

    id: str
    kind: StepKind
    name: str
    title: Text
    formula: str
    ingredients: tuple[Ingredient, ...]
    result: Amount
    period: int
    template: Text | None = None
    definition: Definition | None = None
    branch: Text | None = None
    fields: tuple[Field, ...] = ()
    rows: tuple[RowRecord, ...] = ()
    rounding: Text | None = None
    span: Span | None = None
    region: str | None = None


@frozen(kw_only=True)
class Line:
    """A node of the breakdown: a part, an indicator, a category or the whole; or a bonus or deduction beside one.

    `points` are those stated, where they differ by group those of the group that `points_for` names, None where it does
    not have the line on its sheet; `possible` those that can be earned after redistribution; `exact` is the score before
    this level's rounding, `score` as published (both absent where there is no score). `residue` is what the published
    score has more or less than the published scores of children and adjustments add up to, where they are added; None
    where they are not, or where it is zero by construction. `estimates` are the other regions whose estimated values its
    own steps count, which does not make its status *estimated*. Where something may be left out *over all*, `share` is what
    the line had before that, `whole` the points of the whole and `held` those of them that are still scored; None
    elsewhere. `coverage` is the share of it that rests on own data, where the file asks for one. `places` are the decimal places of `score`, None where nothing is
    rounded at this level.
    """

    id: str
    level: Level
    name: str
    number: str | None
    title: str
    key: bool
    status: Status
    points: Amount | None
    points_for: str | None = None
    possible: Amount
    exact: Amount
    score: Amount
    rate: Amount
    steps: tuple[Step, ...]
    children: tuple[Line, ...]
    adjustments: tuple[Line, ...] = ()
    """Bonuses, and deductions with scores below zero: added to what the children make."""
    residue: Amount | None = None
    share: Amount | None = None
    held: Amount | None = None
    whole: Amount | None = None
    coverage: Amount | None = None
    places: int | None = None
    estimates: tuple[str, ...] = ()
    clause: str | None = None
    departments: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    span: Span | None = None

    def walk(self) -> tuple[Line, ...]:
        """The line and all below it, parents first; bonuses and deductions behind the children."""
        return (self, *(below for child in self.children for below in child.walk()), *self.adjustments)


@frozen(kw_only=True)
class Contribution:
    """What one line adds to the published total; `line` is its id, or `residue` for the rounding residue."""

    line: str
    title: Text
    amount: Amount


@frozen(kw_only=True)
class FurtherResult:
    """A further result of a region: its line, with everything below it where the tree was taken again, and its places.

    `within` is the field in which it is ranked, None where it is not; `ranks` and `sizes` as in `Breakdown`.
    """

    name: str
    title: str
    within: Literal["group", "all"] | None
    root: Line
    ranks: dict[str, Amount]
    sizes: dict[str, int]


@frozen(kw_only=True)
class Marking:
    """What became of one mark for a region: whether it `held` it, and the steps that say why.

    Where there is a quota, `holders` are those of the region's field who have a place, the first first, `line` what decided
    for the last of them, and `tied` the regions equal at the line, who all came in or all stayed out.
    """

    name: str
    title: str
    held: Amount
    steps: tuple[Step, ...]
    holders: tuple[str, ...] = ()
    line: Amount | None = None
    tied: tuple[str, ...] = ()


@frozen(kw_only=True)
class Breakdown:
    """The audited result of one region.

    `key_steps` tell how the subtotal of the key indicators came about. `earned_grade` is the grade by thresholds
    and conditions, found by the step `grading`; `grade` the one after limits and quotas. `standing` are the steps of the
    conditions that a region did not meet though its total was enough, and of the quotas it stood for; `limits` those of
    the limits that held, `vetoes` those of the vetoes that did. `unvetoed` is the published total before the vetoes, where
    any of the rules sets a score to zero; `barred` is what the region is kept from, `unranked` whether it is out of the ranking. `ranks` maps `group` and `all` to places, `sizes` to how many were ranked.
    `labels` is what the data say about themselves, such as *illustrative, invented*.
    """

    rules: str
    title: str
    region: str
    group: str | None
    period: int
    root: Line
    contributions: tuple[Contribution, ...]
    key_total: Amount | None
    ranks: dict[str, Amount]
    sizes: dict[str, int]
    earned_grade: Amount | None
    grade: Amount | None
    limits: tuple[Step, ...]
    labels: tuple[str, ...]
    assumptions: tuple[str, ...]
    left_out: tuple[str, ...]
    allowances: tuple[Allowance, ...] = ()
    group_title: str | None = None
    grading: Step | None = None
    standing: tuple[Step, ...] = ()
    key_steps: tuple[Step, ...] = ()
    vetoes: tuple[Step, ...] = ()
    unvetoed: Amount | None = None
    barred: tuple[str, ...] = ()
    unranked: bool = False
    grade_vetoed: bool = False
    """Whether a veto that held acts on the grade."""
    marks: tuple[Marking, ...] = ()
    """Every mark of the rules, whether the region has it or not."""
    results: tuple[FurtherResult, ...] = ()
    from_bottom: dict[str, Amount] = field(factory=dict)
    """The places counted from the bottom, by `group` and `all`; none where the rules do not publish them."""


class RegionRecord(Protocol):
    """What reports need of the result of one region."""

    @property
    def region(self) -> str:
        """The region's name."""

    @property
    def breakdown(self) -> Breakdown:
        """The audited breakdown."""


class ResultRecord(Protocol):
    """What reports need of a whole result."""

    @property
    def rules(self) -> CheckedRules:
        """The rules that were applied."""

    @property
    def period(self) -> int:
        """The assessed year."""

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """Notes of the reader of the data."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What the data say about themselves."""

    def __iter__(self) -> Iterator[RegionRecord]:
        """The results of the regions, in the order of the data."""

    def ranking(self, within: Literal["group", "all"] | None = None) -> Sequence[RegionRecord]:
        """The regions in the order of their ranks."""
