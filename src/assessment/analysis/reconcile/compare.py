"""The whole reconciliation on one screen: published figures → judgements → causes."""

from __future__ import annotations

from attrs import evolve, frozen

from assessment.analysis.reconcile.boxes import boxes
from assessment.analysis.reconcile.causes import find_causes
from assessment.analysis.reconcile.figures import Made, agrees, figures_of
from assessment.analysis.reconcile.json import to_json
from assessment.analysis.reconcile.model import Findings, Judgement, Status
from assessment.analysis.reconcile.ranges import Ranges
from assessment.analysis.reconcile.trials import Case
from assessment.audit.record import Amount
from assessment.compiler.program import Program
from assessment.core import nodes as n
from assessment.data.published.model import Figure, Published, PublishedFigure
from assessment.diagnostics.bilingual import Text
from assessment.evaluation.outcome import Outcome

__all__ = ["Reconciliation", "reconciled"]


@frozen(kw_only=True)
class Reconciliation(Findings):
    """A published table held against the rules and the data; judgements stand in the order of the table."""

    def to_json(self) -> dict[str, object]:
        """The reconciliation in its published JSON form (see `docs/reference/reconciliation.schema.json`)."""
        return to_json(self)


def reconciled(outcome: Outcome, published: Published, *, places_from_data: bool = False) -> Reconciliation:
    """Every published figure judged, and what explains those that are contradicted.

    `places_from_data` takes the decimals of each input in the data as those to which it is published.
    """
    program, facts, values = outcome.program, outcome.facts, outcome.values
    made = figures_of(program)
    place = {region: at for at, region in enumerate(facts.regions)}
    intervals = boxes(program.rules, outcome.data, from_data=places_from_data)
    wanted = tuple(dict.fromkeys(one.figure for one in published.figures))
    ranges = None if intervals.empty else Ranges(intervals, facts, values, [made[one] for one in wanted])
    judgements = tuple(
        _judged(one, made[one.figure], place[one.region], outcome, ranges) for one in published.figures
    )
    status = [one.status for one in judgements]
    case = Case(
        program=program,
        facts=facts,
        values=values,
        figures=published.figures,
        contradicted=[at for at, one in enumerate(status) if one == "contradicted"],
        equal=[at for at, one in enumerate(status) if one == "equal"],
    )
    there = {(one.figure, one.region) for one in published.figures}
    return Reconciliation(
        rules=program.rules.name,
        title=program.rules.title,
        period=outcome.period,
        source=published.source,
        language=program.rules.language,
        judgements=judgements,
        causes=find_causes(case),
        unpublished=sum((figure, region) not in there for figure in wanted for region in facts.regions),
        left_out=tuple(_title(one, program) for one in made if one not in wanted and _is_main(one, program)),
        labels=outcome.data.labels,
        remarks=published.remarks,
    )


def _judged(
    one: PublishedFigure, made: Made, region: int, outcome: Outcome, ranges: Ranges | None
) -> Judgement:
    value = outcome.values.at(made.node, region)
    equal = agrees(one, value, made.node)
    found = Judgement(
        published=one,
        title=_title(one.figure, outcome.program),
        status="undecided" if equal is None else "equal" if equal else "contradicted",
        computed=Amount(value=value, type=made.node.type),
        places=made.node.places if isinstance(made.node, n.Round) else None,
    )
    if found.status != "contradicted" or ranges is None:
        return found
    return _within_rounding(found, made, region, outcome, ranges)


def _within_rounding(
    found: Judgement, made: Made, region: int, outcome: Outcome, ranges: Ranges
) -> Judgement:
    """The judgement of an unequal figure, where inputs are rounded."""
    published = found.published
    enclosure = ranges.enclosure(made, region)
    if ranges.excludes(published, made, region):
        return evolve(found, range=enclosure.interval)
    witness = ranges.witness(published, made, region)
    status: Status = "not excluded" if witness is None else "consistent"
    inputs = (
        {}
        if witness is None
        else {
            (name, year, outcome.facts.regions[at]): value
            for (name, year, at), value in witness.values.items()
        }
    )
    return evolve(found, status=status, range=enclosure.interval, inputs=inputs)


def _is_main(figure: Figure, program: Program) -> bool:
    """Whether tables are expected to have a figure: the total, its rank, the grade, indicators, further results."""
    ranking = program.rules.ranking
    match figure.kind:
        case "rank":
            return figure.path == "total" and ranking is not None and ranking.within == figure.within
        case "grade":
            return True
    return figure.path in ("total", *(one.spec.path for one in program.results)) or (
        figure.path in program.scored and program.scored[figure.path].spec.level == "indicator"
    )


_RANK = {
    "group": Text(en="rank in the group", zh="组内名次"),
    "all": Text(en="rank among all", zh="总名次"),
}


def _title(figure: Figure, program: Program) -> Text:
    rules = program.rules
    if figure.path == "total":
        whole = (
            Text(en="total", zh="总分")
            if rules.scale.points is not None
            else Text.same(rules.scale.title or rules.scale.name)
        )
    elif figure.path == "key total":
        whole = Text(en="key ※ subtotal", zh="重点指标得分")
    else:
        spec = program.scored[figure.path].spec
        level = {"indicator": "指标", "part": "分项", "category": "一级指标"}.get(spec.level, "")
        name = figure.path.partition(" ")[2] if level else ""
        title = spec.title or spec.name
        whole = Text(
            en=f"{figure.path} {title}" if level else title, zh=f"{level} {name} {title}" if level else title
        )
    match figure.kind:
        case "score":
            return whole
        case "rank":
            rank = _RANK[figure.within or "all"]
            return (
                rank
                if figure.path == "total"
                else Text(en=f"{whole.en}, {rank.en}", zh=f"{whole.zh}{rank.zh}")
            )
        case _:
            return Text(en="grade", zh="等次")
