"""The plan of one step: where its result and what it reads stand in the graph."""

from __future__ import annotations

from attrs import frozen

from assessment.audit.record import StepKind
from assessment.audit.rows import RowsPlan
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.diagnostics.bilingual import Text


@frozen(kw_only=True)
class IngredientPlan:
    """A value that a step reads: the node, its period, and the step that made it (its id) or the input it is.

    `region` is whose value it is, None for the region that is explained.
    """

    name: str
    title: Text
    node: n.Node
    offset: int
    step: str | None = None
    input: str | None = None
    region: str | None = None
    is_score: bool = False
    lag: int = 0


@frozen(kw_only=True)
class StepPlan:
    """A step of one score; `node` holds its result, for `region` where that is another than the one explained.

    `before` is the value that a policy or a ceiling changed, and `when` the condition of an exemption: the step is shown
    for the regions where it changed something, or where the condition holds. `absent` is what a policy is for: its step
    is shown where that is the value before. `unless` are conditions that keep it from being shown.
    """

    id: str
    kind: StepKind
    name: str
    title: Text
    formula: str
    node: n.Node
    offset: int
    ingredients: tuple[IngredientPlan, ...] = ()
    fields: tuple[n.Aggregate | n.Rank, ...] = ()
    tables: tuple[n.Step, ...] = ()
    lookups: tuple[n.Lookup, ...] = ()
    rows: RowsPlan | None = None
    before: n.Node | None = None
    when: n.Node | None = None
    absent: Absence | None = None
    unless: tuple[n.Node, ...] = ()
    template: Text | None = None
    definition: n.Definition | None = None
    rounding: Text | None = None
    span: object = None
    region: str | None = None
