"""Outcome → breakdown of one region: the plan filled with the values that the evaluator left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import cast

from attrs import evolve

from assessment import number
from assessment.audit.closing import grading, key_steps, limits_held, markings, standing, vetoes_held
from assessment.audit.lines import published_lines
from assessment.audit.plan import LinePlan
from assessment.audit.reads import cells_below
from assessment.audit.record import (
    Amount,
    Breakdown,
    Contribution,
    Field,
    FurtherResult,
    Ingredient,
    Line,
    Member,
    RowRecord,
    Status,
    Step,
)
from assessment.audit.rows import RowsPlan, records
from assessment.audit.step_plan import IngredientPlan, StepPlan
from assessment.compiler.estimates import estimates_below
from assessment.compiler.program import ComputedResult, Scored
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.lookup import entry_for
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.evaluation.facts import UNDECIDED, Value
from assessment.evaluation.outcome import Outcome
from assessment.number import Irrational, Real
from assessment.semantics.model import Effect

Fields = dict[tuple[int, int, str | int | None], tuple[Member, ...]]
"""Members of fields already listed, by node, period and group (or region, where each has a field of its own)."""


Constants = dict[int, tuple[IngredientPlan, Ingredient]]
"""Constants that steps read, the same for every region, by the identity of their plan, which is kept with them."""


class Breakdowns:
    """The breakdowns of one outcome, made when asked for; what regions have in common is made once."""

    def __init__(self, outcome: Outcome, lines: LinePlan) -> None:
        self.outcome = outcome
        self._lines = lines
        self._fields: Fields = {}
        self._constants: Constants = {}

    def of(self, region: str) -> Breakdown:
        """The audited breakdown of one region."""
        place = self.outcome.facts.regions.index(region)
        return _breakdown(_Filler(self.outcome, place, self._fields, self._constants), self._lines)


def _breakdown(filler: _Filler, lines: LinePlan) -> Breakdown:
    outcome, region = filler.outcome, filler.outcome.facts.regions[filler.region]
    root = filler.line(lines)
    program, rules = outcome.program, outcome.program.rules
    effects = [
        effect
        for veto in program.vetoes
        if filler.value(veto.condition) is True
        for effect in veto.spec.effects
    ]
    ranks = {"group": program.rank_in_group, "all": program.rank_in_all}
    titles = {mark.name: mark.title for mark in rules.marks}
    return Breakdown(
        rules=rules.name,
        title=rules.title,
        region=region,
        group=outcome.facts.groups[filler.region],
        period=outcome.period,
        root=root,
        contributions=_contributions(root),
        key_total=None if program.key_total is None else filler.amount(program.key_total[1]),
        ranks={over: filler.amount(node) for over, node in ranks.items() if node is not None},
        sizes={over: filler.ranked(node) for over, node in ranks.items() if node is not None},
        from_bottom={over: filler.amount(node) for over, node in program.from_bottom.items()},
        earned_grade=None if program.earned_grade is None else filler.amount(program.earned_grade),
        grade=None if program.grade is None else filler.amount(program.grade),
        limits=limits_held(outcome, filler.region),
        vetoes=vetoes_held(outcome, filler.region),
        unvetoed=None if program.unvetoed is None else filler.amount(program.unvetoed),
        barred=tuple(dict.fromkeys(what for one in effects for what in _barred_from(one, titles))),
        grade_vetoed=any(one.kind in ("grade", "at most", "down") for one in effects),
        unranked=any(one.kind == "out of ranking" for one in effects),
        labels=outcome.data.labels,
        assumptions=rules.assumptions,
        left_out=rules.left_out,
        allowances=rules.allowances,
        group_title=filler.group_title(),
        grading=grading(outcome, filler.region),
        standing=standing(outcome, filler.region),
        key_steps=key_steps(outcome, filler.region),
        marks=markings(outcome, filler.region),
        results=tuple(
            filler.result(result, line) for result, line in zip(program.results, lines.results, strict=True)
        ),
    )


def _barred_from(effect: Effect, titles: Mapping[str, str]) -> tuple[str, ...]:
    """What an effect keeps from: what it tells, or the titles of the marks that it names."""
    return tuple(titles[name] for name in effect.marks) if effect.award is None else (effect.award,)


class _Filler:
    """Reads the values of one region."""

    def __init__(self, outcome: Outcome, region: int, fields: Fields, constants: Constants) -> None:
        self.outcome, self.region, self.fields, self.constants = outcome, region, fields, constants
        self.values, self.period = outcome.values, outcome.period
        self.name, self.observations = outcome.facts.regions[region], outcome.data.observations
        self.departments = {one.name: one.title or one.name for one in outcome.program.rules.departments}
        self.titles = {one.name: one.title or one.name for one in outcome.program.rules.inputs}
        self._amounts: dict[tuple[int, int], Amount] = {}
        self._others: dict[str, _Filler | None] = {}

    def other(self, region: str) -> _Filler | None:
        """The values of another region, None where the data do not hold it."""
        if region not in self._others:
            regions = self.outcome.facts.regions
            self._others[region] = (
                _Filler(self.outcome, regions.index(region), self.fields, self.constants)
                if region in regions
                else None
            )
        return self._others[region]

    def value(self, node: n.Node, offset: int = 0) -> Value:
        return self.values.at(node, self.region, offset)

    def amount(self, node: n.Node, offset: int = 0) -> Amount:
        key = (id(node), offset)
        found = self._amounts.get(key)
        if found is None:
            found = self._amounts[key] = Amount(
                value=self.values.at(node, self.region, offset), type=node.type
            )
        return found

    def result(self, result: ComputedResult, lines: LinePlan) -> FurtherResult:
        """A further result with its places."""
        spec = result.spec
        places = {"group": result.rank_in_group, "all": result.rank_in_all}
        return FurtherResult(
            name=spec.name,
            title=spec.title,
            within=None if spec.ranking is None else spec.ranking.within,
            root=self.line(lines),
            ranks={over: self.amount(node) for over, node in places.items() if node is not None},
            sizes={over: self.ranked(node) for over, node in places.items() if node is not None},
        )

    def line(self, lines: LinePlan, root: Scored | None = None) -> Line:
        """A line with all below it; `root` is the top of its tree, itself where none is given."""
        scored, spec = lines.scored, lines.scored.spec
        top = scored if root is None else root
        children = tuple(self.line(child, top) for child in lines.children)
        adjustments = tuple(self.line(one, top) for one in lines.adjustments)
        score = self.amount(scored.published)
        group = self.outcome.facts.groups[self.region]
        stated = spec.points_of(group) if spec.points is not None else spec.weight
        if spec.level in ("bonus", "deduction") and spec.uncapped:
            stated = None
        steps = tuple(step for step in map(self.step, lines.steps) if step is not None)
        over_all = top.held
        return Line(
            estimates=self.estimates(lines.steps, steps),
            id=spec.path,
            level=spec.level,
            name=spec.name,
            number=spec.number,
            title=spec.title,
            key=spec.key,
            status=self.status(spec.path, score.value),
            points=None if stated is None else Amount(value=stated, type=scored.possible.type),
            points_for=self.group_title() if spec.by_group else None,
            possible=self.amount(scored.possible),
            exact=self.amount(scored.rescaled),
            score=score,
            rate=self.amount(scored.value),
            steps=steps,
            children=children,
            share=None if over_all is None else self.amount(scored.share),
            held=None if over_all is None else self.amount(over_all),
            whole=None if over_all is None else self.amount(top.possible),
            adjustments=adjustments,
            coverage=None if scored.coverage is None else self.amount(scored.coverage.share),
            residue=_residue(score, (*children, *adjustments))
            if children and _adds(steps) and not _is_uncovered(steps)
            else None,
            places=scored.published.places if isinstance(scored.published, n.Round) else None,
            clause=spec.clause,
            departments=tuple(self.departments.get(name, name) for name in spec.departments),
            assumptions=spec.assumptions,
            span=spec.span,
        )

    def status(self, path: str, score: Value) -> Status:
        """What there is of a score."""
        found = _status(score)
        rests = self.outcome.program.estimated.get(path)
        return "estimated" if found == "scored" and rests is not None and self.value(rests) is True else found

    def estimates(self, planned: Sequence[StepPlan], steps: Sequence[Step]) -> tuple[str, ...]:
        """The other regions whose estimated values these steps count."""
        members = (one for step in steps for found in step.fields for one in found.members)
        regions = [one.region for one in members if one.counted and one.estimated]
        shown = {step.id for step in steps}
        for read in (read for step in planned if step.id in shown for read in step.ingredients):
            other = None if read.region is None else self.other(read.region)
            if other is not None and any(
                self._was_made(one, read.offset + at, other.region) for one, at in estimates_below(read.node)
            ):
                regions.append(other.name)
        return tuple(region for region in dict.fromkeys(regions) if region != self.name)

    def step(self, planned: StepPlan) -> Step | None:
        """The step as it went for this region; None where it changed nothing, or never came to it."""
        if planned.region is not None:
            other = self.other(planned.region)
            found = None if other is None else other.step(evolve(planned, region=None))
            return None if found is None else evolve(found, region=planned.region)
        if not self.acted(planned):
            return None
        return Step(
            id=planned.id,
            kind=planned.kind,
            name=planned.name,
            title=planned.title,
            formula=planned.formula,
            ingredients=self.ingredients(planned),
            result=self.amount(planned.node, planned.offset),
            period=self.period + planned.offset,
            template=planned.template,
            definition=planned.definition,
            branch=self.branch(planned) if planned.tables or planned.lookups else None,
            fields=tuple(
                self.field(node, planned.offset, cells=planned.kind != "rescaling") for node in planned.fields
            )
            if planned.fields
            else (),
            rows=() if planned.rows is None else self.rows(planned.rows, planned.offset),
            rounding=planned.rounding,
            span=cast("Span | None", planned.span),
        )

    def acted(self, planned: StepPlan) -> bool:
        """Whether a step changed something for this region; most policies did not."""
        if planned.unless and any(self.value(condition) is True for condition in planned.unless):
            return False
        if planned.absent is not None:
            if planned.before is None or self.value(planned.before) is not planned.absent:
                return False
        elif planned.when is not None:
            if self.value(planned.when) is not True:
                return False
        elif planned.before is not None and self.value(planned.node, planned.offset) is self.value(
            planned.before
        ):
            return False
        if planned.kind in ("rounding", "points"):
            result = self.value(planned.node, planned.offset)
            return not isinstance(result, Absence) and result is not UNDECIDED
        return True

    def ingredients(self, planned: StepPlan) -> tuple[Ingredient, ...]:
        """What a step read; an estimate that was not made read the reported figure alone."""
        found = tuple(map(self.ingredient, planned.ingredients))
        made = planned.kind != "estimate" or isinstance(found[0].amount.value, Absence)
        return found if made else found[:1]

    def rows(self, planned: RowsPlan, offset: int) -> tuple[RowRecord, ...]:
        """The rows of the region that a call looked at."""
        seen = self.observations.get((planned.spec.name, self.period + offset, self.name))
        return records(planned, seen, lambda node: self.value(node, offset))

    def ingredient(self, planned: IngredientPlan) -> Ingredient:
        period = self.period + planned.offset
        if planned.region is not None:
            other = self.other(planned.region)
            if other is not None:
                return evolve(other.ingredient(evolve(planned, region=None)), region=planned.region)
            return Ingredient(
                name=planned.name,
                title=planned.title,
                amount=Amount(value=Absence.NOT_REPORTED, type=planned.node.type),
                period=period,
                input=planned.input,
                region=planned.region,
            )
        if not isinstance(planned.node, n.Const) or planned.input is not None:
            return self._ingredient(planned, period)
        if id(planned) not in self.constants:
            self.constants[id(planned)] = planned, self._ingredient(planned, period)
        return self.constants[id(planned)][1]

    def _ingredient(self, planned: IngredientPlan, period: int) -> Ingredient:
        observation = None
        if planned.input is not None:
            observation = self.observations.get((planned.input, period, self.name))
        return Ingredient(
            name=planned.name,
            title=planned.title,
            amount=self.amount(planned.node, planned.offset),
            period=period,
            step=planned.step,
            input=planned.input,
            observation=observation,
            is_score=planned.is_score,
            lag=planned.lag,
        )

    def branch(self, planned: StepPlan) -> Text | None:
        """The row of the step table that held the value, as written."""
        for table in planned.tables:
            if not self.values.known(table, planned.offset):
                continue
            place = self.values.branch(table, self.region, planned.offset)
            if place is not None:
                return table.ranges[place].label
            if table.otherwise is not None and not isinstance(self.value(table, planned.offset), Absence):
                return Text(en="otherwise", zh="其余")
        for lookup in planned.lookups:
            found = entry_for(
                lookup.entries, self.outcome.facts.groups[self.region], self.period + planned.offset
            )
            if found is not None:
                return self._row(*found[:2])
        return None

    def _row(self, group: str | None, year: int | None) -> Text:
        """The key of a table's entry, as people call it."""
        titles = {one.name: one.title or one.name for one in self.outcome.program.rules.groups}
        named = [] if group is None else [titles.get(group, group)]
        return Text.same(" ".join([*named, *([] if year is None else [str(year)])]))

    def field(self, node: n.Aggregate | n.Rank, offset: int, *, cells: bool = True) -> Field:
        """The members of a statistic's field and their values, with their `cells`; regions of one field share them."""
        facts = self.outcome.facts
        shared = (
            node.over != "rows"
            and (isinstance(node, n.Rank) or node.own)
            and not facts.reference[self.region]
        )
        group = facts.groups[self.region] if node.over == "group" else None
        key = (id(node), offset, group if shared else self.region)
        if key not in self.fields:
            self.fields[key] = self._members(node, offset, cells=cells)
        return Field(
            op=node.op if isinstance(node, n.Aggregate) else "rank",
            over=node.over,
            members=self.fields[key],
            result=self.amount(node, offset),
        )

    def _members(self, node: n.Aggregate | n.Rank, offset: int, *, cells: bool) -> tuple[Member, ...]:
        facts = self.outcome.facts
        looked_at = node.value if isinstance(node, n.Aggregate) else node.keys[0][0]
        where = None if node.where is None else node.where
        column = self.values.of(looked_at, offset)
        flags = None if where is None else self.values.of(where, offset)
        members: list[Member] = []
        read = cells_below(looked_at) if cells and node.over != "rows" else ()
        estimates = () if node.over == "rows" else tuple(estimates_below(looked_at))
        if node.over == "rows":
            rows = column[self.region]
            flag = None if flags is None else flags[self.region]
            for place, row in enumerate(rows if isinstance(rows, tuple) else ()):
                taken = flag is None or (flag[place] if isinstance(flag, tuple) else flag) is True
                members.append(self._member(str(place + 1), row, looked_at, taken))
        else:
            for place, value in enumerate(column):
                if facts.reference[place] or (
                    node.over == "group" and facts.groups[place] != facts.groups[self.region]
                ):
                    continue
                own = not isinstance(node, n.Aggregate) or node.own or place != self.region
                taken = own and (flags is None or flags[place] is True)
                member = self._member(facts.regions[place], value, looked_at, taken)
                known = not isinstance(value, Absence)
                members.append(
                    evolve(
                        member,
                        read=tuple(self._cell(one, offset + at, place) for one, at in read),
                        estimated=known
                        and any(self._was_made(one, offset + at, place) for one, at in estimates),
                    )
                )
        return tuple(members)

    def _cell(self, node: n.Input, offset: int, place: int) -> Ingredient:
        """A figure of a region by its place, with the cell it stands in."""
        region, period = self.outcome.facts.regions[place], self.period + offset
        return Ingredient(
            name=node.name,
            title=Text.same(self.titles.get(node.name, node.name)),
            amount=Amount(value=self.values.at(node, place, offset), type=node.type),
            period=period,
            input=node.name,
            observation=self.observations.get((node.name, period, region)),
            region=region,
        )

    def _was_made(self, estimate: n.Frame, offset: int, place: int) -> bool:
        """Whether an estimate stands in the place of what a region did not report."""
        recovered = estimate.node
        return (
            isinstance(recovered, n.Recover)
            and self.values.at(recovered.value, place, offset) in recovered.statuses
            and not isinstance(self.values.at(estimate, place, offset), Absence)
        )

    def _member(self, region: str, value: Value, node: n.Node, taken: bool) -> Member:
        counted = taken and not isinstance(value, Absence)
        return Member(region=region, amount=Amount(value=value, type=node.type), counted=counted)

    def ranked(self, node: n.Node) -> int:
        """How many are ranked in the field of this region."""
        facts = self.outcome.facts
        over = node.over if isinstance(node, n.Rank) else "all"
        return sum(
            isinstance(value, Fraction)
            and (over == "all" or facts.groups[place] == facts.groups[self.region])
            for place, value in enumerate(self.values.of(node))
        )

    def group_title(self) -> str | None:
        """What people call the region's group."""
        name = self.outcome.facts.groups[self.region]
        return next(
            (group.title or group.name for group in self.outcome.program.rules.groups if group.name == name),
            None,
        )


def _status(value: Value) -> Status:
    if isinstance(value, Absence):
        return value
    return "undecided" if value is UNDECIDED else "scored"


def _residue(score: Amount, children: tuple[Line, ...]) -> Amount | None:
    """What the published score has over the sum of the children's, as shown; None where it cannot be said or is zero."""
    shown = [child.score.value for child in children if not isinstance(child.score.value, Absence)]
    if (
        not children
        or not isinstance(score.value, (Fraction, Irrational))
        or not all(isinstance(value, (Fraction, Irrational)) for value in shown)
    ):
        return None
    return _rest(score, shown)


def _rest(whole: Amount, parts: Sequence[Value]) -> Amount | None:
    """What a score has over the sum of others, which may be irrational; None where that is nothing."""
    try:
        rest = number.add(cast("Real", whole.value), *(number.neg(cast("Real", part)) for part in parts))
    except (number.Undecided, number.TooLarge):
        return None
    return Amount(value=rest, type=whole.type) if rest != 0 else None


def _contributions(root: Line) -> tuple[Contribution, ...]:
    """The published scores that make the published total, with what they leave over as a line of its own.

    They are the indicators, a category that has none, and the bonuses and deductions above them. Empty where the whole
    is no sum.
    """
    total = root.score.value
    above = [line for line in root.walk() if line.children and line.level in ("total", "category")]
    if not isinstance(total, (Fraction, Irrational)) or not all(_adds(line.steps) for line in above):
        return ()
    lines = published_lines(root)
    found = [Contribution(line=line.id, title=Text.same(line.title), amount=line.score) for line in lines]
    present = [one.amount.value for one in found if isinstance(one.amount.value, (Fraction, Irrational))]
    rest = _rest(root.score, present)
    if rest is not None:
        kinds = {step.kind for line in above for step in line.steps}
        title = _SHARE if "rescaling" in kinds else _CUT if "ceiling" in kinds else _RESIDUE
        title = _UNCOVERED if any(_is_uncovered(line.steps) for line in above) else title
        found.append(Contribution(line="residue", title=title, amount=rest))
    return tuple(found)


_RESIDUE = Text(en="rounding residue", zh="修约尾差")
_UNCOVERED = Text(en="too little covered", zh="覆盖不足")
_CUT = Text(en="ceilings and rounding", zh="封顶及修约差额")
_SHARE = Text(en="rescaling, ceilings and rounding", zh="折算、封顶及修约差额")


def _adds(steps: tuple[Step, ...]) -> bool:
    return any(step.kind == "join" and step.name == "sum" for step in steps)


def _is_uncovered(steps: tuple[Step, ...]) -> bool:
    """Whether a policy put something in the place of what the children make, because too little of it is covered."""
    return any(step.kind == "policy" and step.name.startswith("not covered") for step in steps)
