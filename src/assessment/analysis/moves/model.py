"""The moves of regions between two runs, as values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from assessment.analysis.moves.split import Side, minus
from assessment.core.nodes import Extent
from assessment.core.types import Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic
from assessment.evaluation.outcome import Outcome
from assessment.number import Real

RunKey: TypeAlias = tuple[Side, Side]
"""A run: by which rules, on which data."""

Order = Literal["rules first", "data first", "mean"]
ORDERS: tuple[Order, ...] = ("rules first", "data first", "mean")

Cause = Literal["rules", "data"]


@frozen(kw_only=True)
class Run:
    """One set of rules on one set of data: its outcome, or the findings that stood in its way."""

    outcome: Outcome | None
    refused: tuple[Diagnostic, ...] = ()


@frozen(kw_only=True)
class Shift:
    """That data of one year count as those of another in the runs of one set of rules; only in a trial."""

    rules: Side
    data_year: int
    counts_as: int


@frozen(kw_only=True)
class Split:
    """A figure before and after, and how much of the move each cause makes.

    `rule + data == new - old`, exactly, wherever both are there.
    """

    old: Real | None
    new: Real | None
    rule: Real | None
    data: Real | None

    @property
    def move(self) -> Real | None:
        """The whole move."""
        return minus(self.new, self.old)

    @property
    def moves(self) -> bool:
        """Whether there is a move to tell, or one that its causes cancel."""
        if self.old is None or self.new is None:
            return False
        return any(part is not None and part != 0 for part in (self.move, self.rule, self.data))


@frozen(kw_only=True)
class Item:
    """What an indicator, a bonus or a deduction adds to the exact total, before and after.

    `old_possible` and `new_possible` are the points that an indicator can earn for the region, with what was passed on to it; None for the rest.
    """

    path: str
    old_path: str | None
    title: str
    split: Split
    old_possible: Real | None
    new_possible: Real | None


@frozen(kw_only=True)
class Placed:
    """The published value of a further result, and its place where the rules rank by it."""

    value: Real | None
    rank: Fraction | None


@frozen(kw_only=True)
class Further:
    """A further result of one region before and after."""

    path: str
    title: str
    type: Type
    places: int | None
    split: Split
    old_rank: Fraction | None
    new_rank: Fraction | None


UnderKind = Literal["limit", "veto", "condition", "quota"]
UnderKey: TypeAlias = tuple[UnderKind, str, str]
"""The kind, the name, and what tells two of one name apart: what a limit says, what a veto does."""


@frozen(kw_only=True)
class Under:
    """What holds a region down before, after, or both.

    A `limit` or a `veto` whose condition holds; the `condition` or the `quota` of a grade of which the region has reached the
    threshold. `words` is the statement; `name` is the grade that is at most earned, the veto, or the grade that is missed.
    `cause` says which of the two changes made it hold or not hold, None where both sides say the same or nobody can tell.
    """

    kind: UnderKind
    name: str
    words: Text
    old: bool
    new: bool
    cause: Cause | None


@frozen(kw_only=True)
class State:
    """What one run says of a region: the published total, its rank in the field that the rules rank in, the grade."""

    total: Real | None
    exact: Real | None
    rank: Fraction | None
    grade: str | None
    items: Mapping[str, Real] = field(factory=dict)
    possible: Mapping[str, Real] = field(factory=dict)
    results: Mapping[str, Placed] = field(factory=dict)
    under: Mapping[UnderKey, Text] = field(factory=dict)
    """The statements that hold the region down."""


@frozen(kw_only=True)
class Move:
    """The move of one region.

    `total` is that of the published totals, `exact` that before rounding, `items` what it is made of, `rest` what lies
    between them and the exact total (caps, joins, rescaling), and `residue` what rounding adds: in each column
    `items + rest == exact` and `exact + residue == total`. Items and rest are there where points are added up.
    `between` is what the first of the two changes alone makes; under the order `mean` there is no such run.
    `results` are the further results that both rule files have, `under` the limits, vetoes, conditions and quotas that hold
    the region down before or after.
    """

    region: str
    old_region: str | None
    group: str | None
    old: State | None
    between: State | None
    new: State | None
    total: Split
    exact: Split
    residue: Split
    items: tuple[Item, ...]
    rest: Split | None
    results: tuple[Further, ...]
    under: tuple[Under, ...]
    passed: tuple[str, ...]
    passed_by: tuple[str, ...]
    reasons: tuple[Text, ...]
    """Why effects are not there."""

    @property
    def still(self) -> bool:
        """Whether nothing that is published of the region is moved: total, rank, grade, further results, what holds it down."""
        if self.old is None or self.new is None:
            return False
        same = (self.old.total, self.old.rank, self.old.grade) == (
            self.new.total,
            self.new.rank,
            self.new.grade,
        )
        parts = [*(one.split for one in self.items), self.total]
        return (
            same
            and not any(split.moves for split in parts)
            and all(one.old == one.new for one in self.under)
            and all(not one.split.moves and one.old_rank == one.new_rank for one in self.results)
        )


@frozen(kw_only=True)
class Moves:
    """The moves of all regions, in the order of the new data, those that are gone last.

    `within` is the field in which both rules rank, None where they rank in different ones or not at all.
    `shifts` are there in a trial: they say which data count as those of which year.
    """

    order: Order
    old_period: int
    new_period: int
    same_data: bool
    type: Type
    places: int | None
    regions: tuple[Move, ...]
    labels: tuple[str, ...]
    within: Extent | None = None
    shifts: tuple[Shift, ...] = ()
