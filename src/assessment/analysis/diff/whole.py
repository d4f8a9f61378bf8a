"""All changes between two rule sets, in order."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import partial

from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison
from assessment.analysis.diff.defined import measures, methods, targets
from assessment.analysis.diff.for_all import rules_for_all
from assessment.analysis.diff.formulas import written
from assessment.analysis.diff.grades import grades
from assessment.analysis.diff.head import head
from assessment.analysis.diff.inputs import inputs
from assessment.analysis.diff.lacking import LACKING, input_below, lacking
from assessment.analysis.diff.making import NOWHERE
from assessment.analysis.diff.marks import marks
from assessment.analysis.diff.places import places
from assessment.analysis.diff.results import results
from assessment.analysis.diff.statements import statements
from assessment.analysis.diff.tree import in_order, tree
from assessment.analysis.diff.vetoes import vetoes
from assessment.analysis.difference import Difference
from assessment.analysis.sameness import Sameness
from assessment.core import nodes as n
from assessment.semantics.model import CheckedRules


def difference(old: CheckedRules, new: CheckedRules, numbers: Mapping[str, str] | None = None) -> Difference:
    """All changes from old rules to new ones.

    `numbers` gives for the number of each new indicator the one it had in the old rules, where that is known.
    """
    return Difference(
        old=old.title,
        new=new.title,
        old_period=old.year,
        new_period=new.year,
        language=new.language,
        changes=changes(old, new, numbers),
    )


def changes(
    old: CheckedRules, new: CheckedRules, numbers: Mapping[str, str] | None = None
) -> tuple[Change, ...]:
    """What changed, in the order of the new rules; each change once."""
    return tuple(dict.fromkeys(_all(Comparison(old, new, numbers))))


_KNOWN = (
    "name", "year", "title", "authority", "scale", "groups", "classes", "departments", "inputs", "measures",
    "targets", "tree", "policies", "rounding", "carry", "compare", "carry_at", "compare_before", "ranking",
    "grades", "limits", "vetoes", "marks", "assumptions", "left_out", "allowances", "results", "dormant", "examples",
)  # fmt: skip
"""The fields of the rules that are told by name."""


def _all(compared: Comparison) -> Iterator[Change]:
    """Everything; what formulas read comes first, since formulas are told with regard to it."""
    old, new = compared.old, compared.new
    yield from head(compared)
    yield from places(compared)
    yield from inputs(compared)
    yield from lacking(compared)
    yield from measures(compared)
    yield from methods(compared)
    yield from targets(compared)
    compared.closed = Sameness(old, new, compared.names, partial(_told_already, compared))
    yield from rules_for_all(compared)
    yield from tree(compared, in_order(compared.pairs, new.tree), old.tree, new.tree)
    yield from grades(compared)
    yield from vetoes(compared)
    yield from marks(compared)
    yield from results(compared)
    yield from statements(compared)
    yield from compared.other("rules", "", NOWHERE, old, new, _KNOWN)


def _told_already(compared: Comparison, frame: n.Frame) -> Hashable | None:
    """What is told already is not looked into."""
    match frame:
        case n.Frame(role="measure") if frame.name in compared.told_measures:
            return "measure", frame.name
        case n.Frame(definition=n.Definition()) if frame.name in compared.told_methods:
            return "method", frame.name
        case n.Frame(role="policy", name=kind) if kind in LACKING:
            name = input_below(frame) or ""
            was = compared.renamed.get(name, name)
            return ("lacking", was) if was in compared.told_lacking else None
        case n.Frame(role="call", name="target", node=n.Lookup()) if compared.told_targets:
            return "target", written(frame)
        case _:
            return None
