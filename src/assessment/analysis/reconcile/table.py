"""A published table read for one outcome: its figures, regions, groups and inputs are the names that the reader knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessment.analysis.reconcile.figures import figures_of
from assessment.data.names import names_of
from assessment.data.published.model import Published, Regions
from assessment.data.published.read import read_published
from assessment.data.sources import DataSource
from assessment.data.words import folded
from assessment.diagnostics.model import Diagnostic
from assessment.evaluation.outcome import Outcome

__all__ = ["published_of"]


def published_of(
    source: DataSource,
    outcome: Outcome,
    *,
    columns: Mapping[str, str] | None = None,
    sheet: str | Sequence[str] | None = None,
    encoding: str | None = None,
) -> tuple[Published | None, tuple[Diagnostic, ...]]:
    """The published figures of a source that are about an outcome; None, with every finding, where it cannot be read."""
    rules, data = outcome.program.rules, outcome.data
    names, _ = names_of(rules, {})
    assessed = set(data.regions)
    known = dict(names.region_by_name)
    regions = {word: name for word, name in known.items() if name in assessed}
    regions |= {folded(region): region for region in data.regions}
    return read_published(
        source,
        tuple(figures_of(outcome.program)),
        regions=Regions(assessed=regions, known=known, asides=names.group_titles),
        period=outcome.period,
        inputs={text for one in rules.inputs for text in (one.name, one.title, *one.aliases)},
        columns=columns,
        sheet=sheet,
        encoding=encoding,
    )
