"""What a reconciliation finds: a judgement for each published figure, and the causes of contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from assessment.analysis.reconcile.hypotheses import CauseKind
from assessment.audit.amount import amount_text, decimal_of
from assessment.audit.record import Amount
from assessment.core.intervals import Interval
from assessment.data.published.model import PublishedFigure
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.model import Diagnostic
from assessment.number import exact_text

__all__ = ["Cause", "Findings", "Judgement", "Other", "Status"]

Status: TypeAlias = Literal["equal", "consistent", "not excluded", "contradicted", "undecided"]


@frozen(kw_only=True)
class Judgement:
    """One published figure and what the rules make in its place.

    `range` is where the figure lies for all inputs within their intervals, `inputs` are such inputs that give the published
    figure exactly, by input, year and region. `title` is what the figure is called.
    """

    published: PublishedFigure
    title: Text
    status: Status
    computed: Amount
    places: int | None
    """Decimals to which the rules round the figure, None where they do not."""
    range: Interval | None = None
    inputs: Mapping[tuple[str, int, str], Fraction] = field(factory=dict)

    @property
    def shown(self) -> Text:
        """What the rules make, as it would be published."""
        if self.published.figure.kind == "rank" and isinstance(self.computed.value, Fraction):
            return Text.same(exact_text(self.computed.value))
        decimal = None if self.published.figure.kind == "grade" else decimal_of(self.computed, self.places)
        if decimal is not None:
            return Text.same(decimal)
        return Text(en=amount_text(self.computed, "en"), zh=amount_text(self.computed, "zh"))


@frozen(kw_only=True)
class Other:
    """Another change that explains exactly the same figures: the table does not tell the two apart."""

    kind: CauseKind
    text: Text


@frozen(kw_only=True)
class Cause:
    """What explains contradicted figures: a variant of the rules, binary floats, or a figure that is simply wrong.

    `explains` are the places of judgements; `follows` those that follow from a wrong figure; `against` are figures that are
    equal and would not be under this cause. `others` explain the same figures, and as few speak against them. `besides` is
    the place of the cause together with which this one holds. `hints` say what a wrong figure looks like.
    """

    kind: CauseKind
    text: Text
    explains: tuple[int, ...]
    follows: tuple[int, ...] = ()
    against: int = 0
    others: tuple[Other, ...] = ()
    besides: int | None = None
    hints: tuple[Text, ...] = ()


@frozen(kw_only=True)
class Findings:
    """A published table held against the rules and the data; judgements stand in the order of the table."""

    rules: str
    title: str
    period: int
    source: str
    language: Lang
    judgements: tuple[Judgement, ...]
    causes: tuple[Cause, ...]
    unpublished: int
    """Cells that the table leaves empty in its columns of figures."""
    left_out: tuple[Text, ...] = ()
    """What the rules publish, and the table has no column for."""
    labels: tuple[str, ...] = ()
    remarks: tuple[Diagnostic, ...] = field(default=(), repr=False)

    @property
    def holds(self) -> bool:
        """Whether nothing is contradicted."""
        return not self.of("contradicted")

    def of(self, status: Status) -> tuple[Judgement, ...]:
        """The judgements with a status."""
        return tuple(one for one in self.judgements if one.status == status)
