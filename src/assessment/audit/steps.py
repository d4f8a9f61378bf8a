"""The steps of one score: the frames of its formula, and what happens to every score: ends, points, joining, rounding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from attrs import evolve, frozen

from assessment.audit.inside import fields_of, inside, told_tables
from assessment.audit.reads import (
    changed_by,
    in_order,
    is_of_rows,
    is_score,
    leaves,
    name_of,
    region_read,
    through,
)
from assessment.audit.record import StepKind
from assessment.audit.rows import rows_plan
from assessment.audit.step_plan import IngredientPlan, StepPlan
from assessment.compiler.estimates import is_estimate
from assessment.compiler.program import Scored, Stage
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.errors import InternalError
from assessment.methods.event_rows import ROW_NOTE
from assessment.number import exact_text
from assessment.semantics.model import POLICY_KEYS, Input, Policy, Scale


@frozen(kw_only=True)
class Inputs:
    """The inputs of the rules, and what people call them, the fields of their rows, and the region's own name."""

    by_name: Mapping[str, Input]
    titles: Mapping[str, Text]

    @staticmethod
    def of(inputs: Iterable[Input]) -> Inputs:
        """Those that a rule file declares."""
        by_name = {item.name: item for item in inputs}
        titles = {item.name: Text.same(item.title or item.name) for item in by_name.values()}
        for rows in by_name.values():
            for field in rows.fields:
                title = f"{rows.title or rows.name}·{field.title or field.name}"
                titles[f"{rows.name}.{field.name}"] = Text.same(title)
        return Inputs(by_name=by_name, titles=titles | {n.OWN_REGION: _OWN_REGION})


class Steps:
    """The steps of one score, numbered as they are found."""

    def __init__(self, scored: Scored, inputs: Inputs, scale: Scale, by_path: Mapping[str, str]) -> None:
        self.scored, self.inputs, self.scale, self.titles_by_path = scored, inputs.by_name, scale, by_path
        self.titles = inputs.titles
        self.found: list[StepPlan] = []
        self.made_by: dict[tuple[int, int, str | None], str] = {}

    def _id(self) -> str:
        return f"{self.scored.spec.path}/{len(self.found) + 1}"

    def formula(self) -> None:
        """The frames of a leaf's formula, operands first, each once for a period and for a region that is named."""
        if self.scored.spec.formula is None:
            return
        for node, offset, region in in_order(self.scored.spec.formula):
            if isinstance(node, n.Frame) and not is_score(node):
                self._frame(node, offset, region)
        if not isinstance(self.scored.spec.formula, n.Frame) or is_score(self.scored.spec.formula):
            self._plain(self.scored.spec.formula)

    def _frame(self, frame: n.Frame, offset: int, region: str | None) -> None:
        read = region_read(frame, region)
        ingredients = [
            self._ingredient(named.name, named.node, offset, read)
            for named in (*frame.arguments, *frame.notes)
            if not named.name.startswith(ROW_NOTE)
        ]
        known = {(id(one.node), one.offset, one.region) for one in ingredients}
        roots: tuple[n.Node, ...] = tuple(named.node for named in frame.arguments)
        if frame.role != "call" or frame.definition is not None:
            # What a built-in method reads inside is told by its sentence; a formula of the file is shown in figures.
            roots = (*(roots if frame.definition is not None else ()), frame.node)
        rows = rows_plan(frame, self.inputs)
        for node, at, whose in leaves(roots, offset, read):
            if rows is not None and isinstance(node, n.Input) and is_of_rows(node):
                continue  # told row by row
            if (id(node), at, whose) not in known:
                known.add((id(node), at, whose))
                ingredients.append(self._ingredient(name_of(node), node, at, whose))
        inner = list(inside(frame))
        step_id = self._id()
        self.found.append(
            StepPlan(
                id=step_id,
                kind="estimate" if is_estimate(frame) else _KINDS[frame.role],
                name=frame.name,
                title=_of_region(frame.title or Text.same(frame.name), region),
                formula=frame.text,
                node=frame,
                offset=offset,
                ingredients=tuple(ingredients),
                fields=tuple(fields_of(frame, inner)),
                tables=tuple(node for node in inner if isinstance(node, n.Step)),
                lookups=told_tables(frame, inner),
                rows=rows,
                template=frame.sentence,
                definition=frame.definition,
                span=frame.span,
                region=region,
            )
        )
        self.made_by[id(frame), offset, region] = step_id

    def _plain(self, node: n.Node) -> None:
        """A formula that is no single call is a step of its own."""
        spec = self.scored.spec
        self._add("measure", node, spec.text, Text.same(spec.title or spec.name), self._direct((node,)))

    def _direct(self, roots: Iterable[n.Node]) -> tuple[IngredientPlan, ...]:
        """The inputs and frames that these graphs read directly."""
        return tuple(self._ingredient(name_of(leaf), leaf, at, whose) for leaf, at, whose in leaves(roots, 0))

    def _referred(self, replacement: n.Node) -> tuple[IngredientPlan, ...]:
        """The rate of a region that a policy names, and all the figures that make it, wherever they stand."""
        found: list[IngredientPlan] = []
        for node in _taken(replacement):
            if isinstance(node, n.Refer):
                rate = self._ingredient("rate", node, 0)
                found.append(evolve(rate, title=_of_region(_RATE, node.subject)))
                found += [
                    self._ingredient(name_of(one), one, at, whose)
                    for one, at, whose in in_order(node)
                    if isinstance(one, n.Input) and not is_of_rows(one)
                ]
        return tuple(found)

    def changes(self) -> None:
        """Exemptions, policies and the ceiling, from the formula outwards; shown where they change the value."""
        chain: list[n.Node] = []
        node = self.scored.settled or self.scored.value
        while node is not self.scored.raw:
            chain.append(node)
            node = changed_by(node)
        for outer in reversed(chain):
            before = changed_by(outer)
            match outer:
                case n.Recover():
                    self._recovered(outer)
                case n.Frame(text=text, name=name, sentence=words, node=n.Select(condition=asked, then=then)):
                    # A guard passes on the absence of a condition; the exemption itself acts where the condition holds.
                    when = None if then is before else asked
                    read, fields = (*self._direct((asked,)), *self._referred(then)), _peers(then)
                    title = Text.same(name)
                    self._add(
                        "policy",
                        outer,
                        text,
                        title,
                        read,
                        before=before,
                        when=when,
                        fields=fields,
                        template=words,
                    )
                case n.Min(args=args) | n.Max(args=args):
                    limit = self._ingredient("limit", args[1], 0)
                    title = CEILING if isinstance(outer, n.Min) else FLOOR
                    self._add("ceiling", outer, "", title, (limit,), before=before)
                case _:
                    continue
        self._not_recovered()

    def _recovered(self, node: n.Recover) -> None:
        """A policy that put a value in the place of an absent one."""
        policy = self._policy(node.policy)
        title = Text.same(node.policy) if policy is None else _stated(policy, self.titles_by_path)
        fields = _peers(node.replacement)
        read = self._referred(node.replacement)
        self._add("policy", node, node.policy, title, read, before=node.value, fields=fields)

    def _policy(self, text: str) -> Policy | None:
        """The policy of this score that is written so."""
        policies = self.scored.spec.policies.values()
        return next((policy for policy in policies if policy.text.en == text), None)

    def _not_recovered(self) -> None:
        """The policies that put no value in the place of an absent one: they pass the points on, or let it stand."""
        gates = tuple(gate.holds for gate in self.scored.gates)
        for absence, key in POLICY_KEYS.items():
            policy = self.scored.spec.policies.get(key)
            if policy is None or policy.then.last.value not in _STANDING:
                continue
            title = _stated(policy, self.titles_by_path)
            value = self.scored.settled or self.scored.value
            self._add(
                "policy",
                value,
                policy.text.en,
                title,
                (),
                before=value,
                absent=absence,
                unless=gates if absence is Absence.NOT_APPLICABLE else (),
                span=policy.span,
            )

    def points(self, rate: n.Node, earned: n.Node, possible: n.Node) -> None:
        """A rate times the points possible, or times the cap of a bonus or deduction."""
        factors = self._ingredient("rate", rate, 0), self._ingredient("possible", possible, 0)
        self._add("points", earned, "", _POINTS, factors)

    def join(self, joined: n.Node) -> None:
        """The children's scores, joined."""
        spec = self.scored.spec
        in_points = self.scored.possible.type.kind is Kind.POINTS
        # The weights of a mean of points are in the points of its children, which are simply added.
        adds = spec.join == "sum" or (spec.join == "mean" and in_points)
        ingredients = tuple(
            IngredientPlan(
                name=child.spec.path,
                title=Text.same(child.spec.title or child.spec.name),
                node=child.term,
                offset=0,
                step=child.spec.path,
            )
            for child in self.scored.children
        )
        self._add("join", joined, "sum" if adds else spec.join, JOINS[spec.join], ingredients)

    def stages(self) -> None:
        """What happened to the score after the join or the formula; ends and policies where they changed it."""
        for stage in self.scored.stages:
            match stage.kind:
                case "policy":
                    found = stage.other or stage.after
                    if isinstance(found, n.Recover):
                        self._recovered(found)
                case "coverage":
                    self._coverage(stage.before, stage.after)
                case "points":
                    self.points(stage.before, stage.after, stage.other or self.scored.possible)
                case "rescaling":
                    self._rescaling(stage)
                case "bonuses" | "deductions":
                    limit = () if stage.other is None else (self._ingredient("limit", stage.other, 0),)
                    self._add("ceiling", stage.after, "", TOGETHER[stage.kind], limit, before=stage.before)
                case "adjustment":
                    self._adjustment(stage)
                case "veto" if stage.veto is not None:
                    self._add(
                        "veto",
                        stage.after,
                        "",
                        Text.same(stage.veto.title),
                        (evolve(self._ingredient("score", stage.before, 0), title=_BEFORE_VETO),),
                        when=stage.other,
                        span=stage.veto.span,
                    )
                case "veto":
                    raise InternalError("a stage of a veto without its veto")
                case "ceiling" | "floor":
                    limit = () if stage.other is None else (self._ingredient("limit", stage.other, 0),)
                    title = CEILING if stage.kind == "ceiling" else FLOOR
                    self._add("ceiling", stage.after, "", title, limit, before=stage.before)
                case "scale":
                    self._stretch(stage.before, stage.after)
                case _:
                    assert_never(stage.kind)

    def _rescaling(self, stage: Stage) -> None:
        """A score as a share of the best of its field."""
        best = stage.other
        if not isinstance(best, n.Aggregate):
            return
        read = [self._ingredient("rate", best.value, 0), self._ingredient("best", best, 0)]
        if self.scored.possible.type.kind is Kind.POINTS:
            read.append(self._ingredient("possible", self.scored.possible, 0))
        self._add("rescaling", stage.after, "", RESCALING, tuple(read), fields=(best,))

    def _adjustment(self, stage: Stage) -> None:
        """A score with its bonuses and deductions: each by itself, or a kind together where it has a cap."""
        read = [evolve(self._ingredient("score", stage.before, 0), title=_BEFORE)]
        held = {one.kind: one.after for one in self.scored.stages if one.kind in TOGETHER}
        for kind, together in (("bonus", "bonuses"), ("deduction", "deductions")):
            if together in held:
                whole = self._ingredient(together, held[together], 0)
                read.append(evolve(whole, title=_ALL[together]))
                continue
            read += [
                IngredientPlan(
                    name=one.spec.path,
                    title=Text.same(one.spec.title or one.spec.name),
                    node=one.full,
                    offset=0,
                    step=one.spec.path,
                )
                for one in self.scored.adjustments
                if one.spec.level == kind
            ]
        self._add("adjustment", stage.after, "", _ADJUSTED, tuple(read))

    def _coverage(self, before: n.Node, after: n.Node) -> None:
        """How much is covered, and what becomes of the score where that is too little."""
        covered = self.scored.coverage
        if covered is None:
            raise InternalError("a coverage stage without a coverage")
        read = tuple(
            self._ingredient(name, node, 0)
            for name, node in (
                ("covered", covered.covered),
                ("counted", covered.counted),
                ("below", covered.below),
            )
        )
        text = covered.spec.text
        self._add(
            "coverage",
            covered.share,
            text,
            _COVERAGE,
            read,
            span=covered.spec.span,
            template=covered.spec.words,
        )
        then = covered.spec.then.text
        title = Text(en=f"not covered: {then.en}", zh=f"覆盖不足：{then.zh}")
        self._add("policy", after, title.en, title, (), before=before, when=covered.below)

    def _stretch(self, rate: n.Node, result: n.Node) -> None:
        """The rate of the whole on the scale of the result."""
        scale = self.scale
        formula = f"{exact_text(scale.high - scale.low)} * rate"
        if scale.low:
            formula = f"{exact_text(scale.low)} + {formula}"
        part = evolve(self._ingredient("rate", rate, 0), title=_RATE)
        self._add("measure", result, formula, _SCALE, (part,))

    def rounding(self) -> None:
        """The rounding of this level, where there is one."""
        rounded = self.scored.published
        if isinstance(rounded, n.Round) and rounded is not self.scored.rescaled:
            text = rounding_text(rounded)
            before = self._ingredient("full", self.scored.rescaled, 0)
            self._add("rounding", rounded, "", ROUNDING, (before,), rounding=text)

    def _add(
        self,
        kind: StepKind,
        node: n.Node,
        formula: str,
        title: Text,
        ingredients: tuple[IngredientPlan, ...],
        before: n.Node | None = None,
        rounding: Text | None = None,
        when: n.Node | None = None,
        absent: Absence | None = None,
        unless: tuple[n.Node, ...] = (),
        fields: tuple[n.Aggregate | n.Rank, ...] = (),
        span: Span | None = None,
        template: Text | None = None,
    ) -> None:
        self.found.append(
            StepPlan(
                id=self._id(),
                kind=kind,
                name=formula if kind in ("join", "policy") else kind,
                title=title,
                formula=formula,
                node=node,
                offset=0,
                ingredients=ingredients,
                before=before,
                when=when,
                absent=absent,
                unless=unless,
                fields=fields,
                rounding=rounding,
                template=template,
                span=span or node.span or self.scored.spec.span,
            )
        )

    def _ingredient(self, name: str, node: n.Node, offset: int, region: str | None = None) -> IngredientPlan:
        seen, at, whose = through(node, offset, region)
        made = self.made_by.get((id(seen), at, whose))
        read = seen.name if isinstance(seen, n.Input) else None
        if read is not None:
            title = _of_region(self.titles.get(read, Text.same(read)), whose)
        elif isinstance(seen, n.Frame):
            title = seen.title or Text.same(seen.name)
            if seen.role != "call":
                title = _of_region(title, whose)
            if is_score(seen):
                # A score of this year is a line of the breakdown; one of another year or region is not in it.
                made = seen.text if at == 0 and whose is None else None
        else:
            title = Text.same(name)
        # A field of rows has no cell of its own: each row has one.
        cell = read if isinstance(seen, n.Input) and seen.reported_as == seen.name not in n.RESERVED else None
        return IngredientPlan(
            name=name,
            title=title,
            node=seen,
            offset=at,
            step=made,
            input=cell,
            region=whose,
            is_score=is_score(seen),
            lag=0 if cell is None or cell not in self.inputs else self.inputs[cell].lag,
        )


_KINDS: Mapping[str, StepKind] = {"call": "method", "measure": "measure", "policy": "policy"}
_COVERAGE = Text(en="coverage", zh="覆盖率")
_OWN_REGION = Text(en="own region", zh="本地区")
CEILING = Text(en="held to the ceiling", zh="封顶")
FLOOR = Text(en="held to the floor", zh="保底")
TOGETHER = {
    "bonuses": Text(en="all bonuses held to their cap", zh="加分合计封顶"),
    "deductions": Text(en="all deductions held to their cap", zh="扣分合计封顶"),
}
RESCALING = Text(en="rescaled to the best", zh="最高分折算")
_ALL = {"bonuses": Text(en="bonuses", zh="加分合计"), "deductions": Text(en="deductions", zh="扣分合计")}
_ADJUSTED = Text(en="with bonuses and deductions", zh="计入加减分")
_BEFORE_VETO = Text(en="before the veto", zh="否决前")
_BEFORE = Text(en="score before", zh="加减分前得分")
_RATE = Text(en="rate", zh="得分率")
_SCALE = Text(en="on the scale of the result", zh="换算到结果区间")
_POINTS = Text(en="points earned", zh="得分")
ROUNDING = Text(en="rounding", zh="修约")
JOINS = {
    "sum": Text(en="sum", zh="合计"),
    "mean": Text(en="weighted mean", zh="加权平均"),
    "geometric": Text(en="geometric mean", zh="几何平均"),
    "harmonic": Text(en="harmonic mean", zh="调和平均"),
    "min": Text(en="the lowest", zh="取低"),
    "max": Text(en="the highest", zh="取高"),
}


_STANDING = ("rescale in category", "rescale over all", "not computed")
"""What leaves an absence as it is."""


def _stated(policy: Policy, titles: Mapping[str, str]) -> Text:
    """A policy as it is written, with the place where it stands unless that is the body of the file."""
    text = policy.text
    if policy.place == "total":
        return text
    title = titles.get(policy.place, policy.place)
    return Text(en=f"{text.en} (stated for {title})", zh=f"{text.zh}（“{title}”的约定）")


def _peers(replacement: n.Node) -> tuple[n.Aggregate | n.Rank, ...]:
    """The statistics that a policy itself takes, without those of the formula whose scores it looks at."""
    return tuple(node for node in _taken(replacement) if isinstance(node, n.Aggregate))


def _taken(replacement: n.Node) -> Iterator[n.Node]:
    """What a policy takes: the first, and then what each `otherwise` says."""
    node = replacement
    while isinstance(node, n.Select):
        yield node.otherwise
        node = node.then
    yield node


def _of_region(title: Text, region: str | None) -> Text:
    """What belongs to a region that the rules name, said with that region."""
    return title if region is None else Text(en=f"{title.en} of {region}", zh=f"{region}的{title.zh}")


def rounding_text(rounded: n.Round) -> Text:
    """Place and mode of a rounding."""
    mode, places = rounded.mode, rounded.places
    return Text(
        en=f"{mode.en} to {places} place{'' if places == 1 else 's'}", zh=f"{mode.zh}，保留 {places} 位小数"
    )
