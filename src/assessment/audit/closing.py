"""Outcome → the steps behind the scores of the whole: the subtotal of the key indicators, the grade, the limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve

from assessment.audit.amount import amount_text
from assessment.audit.record import Amount, Ingredient, Marking, Step
from assessment.audit.steps import ROUNDING, rounding_text
from assessment.compiler.program import BoundMark, BoundQuota
from assessment.compiler.readings import title_of
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.evaluation.outcome import Outcome
from assessment.number import exact_text
from assessment.semantics.model import Grade, Quota

__all__ = ["grading", "key_steps", "limits_held", "markings", "standing", "vetoes_held"]


def key_steps(outcome: Outcome, region: int) -> tuple[Step, ...]:
    """How the subtotal of the key indicators came about: their scores added, then rounded like the total."""
    if outcome.program.key_total is None:
        return ()
    full, published = outcome.program.key_total
    marked = [one for one in outcome.program.root.walk() if one.spec.key]
    added = _step(
        outcome,
        region,
        full,
        id="key total/1",
        kind="join",
        name="sum",
        title=_KEY_TOTAL,
        ingredients=tuple(
            _ingredient(outcome, region, one.spec.path, title_of(one.spec), one.carried) for one in marked
        ),
    )
    if not isinstance(published, n.Round) or not isinstance(added.result.value, Fraction):
        return (added,)
    rounded = _step(
        outcome,
        region,
        published,
        id="key total/2",
        kind="rounding",
        name="rounding",
        title=ROUNDING,
        ingredients=(_ingredient(outcome, region, "full", _KEY_TOTAL, full),),
        rounding=rounding_text(published),
    )
    return (added, rounded)


def grading(outcome: Outcome, region: int) -> Step | None:
    """The step from the total to the grade by thresholds and conditions; the branch is the threshold that was reached."""
    program = outcome.program
    node, on = program.earned_grade, program.graded_on
    if node is None or on is None or not any(grade.bound is not None for grade in program.rules.grades):
        return None
    result = outcome.values.at(node, region)
    branch = None
    if isinstance(result, Fraction):
        branch = _threshold(program.rules.grades[int(result)], on)
    return _step(
        outcome,
        region,
        node,
        id="grade",
        kind="grade",
        name="grade",
        title=Text(en="grade", zh="等次"),
        ingredients=(_ingredient(outcome, region, "total", _TOTAL, on),),
        branch=branch,
    )


def standing(outcome: Outcome, region: int) -> tuple[Step, ...]:
    """What stood between a region and the grades of which it has reached the threshold: conditions not met, and quotas."""
    program = outcome.program
    on = program.graded_on
    found: list[Step] = []
    for place, grade in enumerate(program.grades, start=1):
        spec = grade.spec
        if on is None or spec.words is None:
            continue
        said: dict[str, Any] = {"name": spec.name, "template": spec.words, "span": spec.span}
        if grade.condition is not None and grade.reached is not None:
            met = outcome.values.at(grade.condition, region)
            if met is False and outcome.values.at(grade.reached, region) is True:
                found.append(
                    _step(
                        outcome,
                        region,
                        grade.condition,
                        id=f"grade/{place}/condition",
                        kind="condition",
                        title=Text(en=f"condition of {spec.name}", zh=f"{spec.name}的条件"),
                        ingredients=(
                            _ingredient(outcome, region, "total", _TOTAL, on),
                            *_read(grade.condition, grade.scores, outcome, region, holds=False),
                        ),
                        branch=_threshold(spec, on),
                        **said,
                    )
                )
        found += _stood(
            grade.quota,
            spec.quota,
            f"grade/{place}/quota",
            _FIELDS,
            outcome,
            region,
            called=spec.name,
            **said,
        )
    return tuple(found)


def _stood(
    quota: BoundQuota | None,
    spec: Quota | None,
    id_: str,
    fields: Mapping[str, Text],
    outcome: Outcome,
    region: int,
    *,
    called: str,
    **said: Any,
) -> tuple[Step, ...]:
    """The step of a quota that a region stood for; none where it did not."""
    if quota is None or spec is None or outcome.values.at(quota.candidate, region) is not True:
        return ()
    share = f"{exact_text(spec.size * 100)}%" if spec.share else None
    field = fields[spec.within]
    if spec.group is not None:
        titles = {group.name: group.title or group.name for group in outcome.program.rules.groups}
        group = titles.get(spec.group, spec.group)
        field = Text(en=f"{field.en} in “{group}”", zh=f"“{group}”中{field.zh}")
    return (
        _step(
            outcome,
            region,
            quota.within_line,
            id=id_,
            kind="quota",
            title=Text(en=f"quota of {called}", zh=f"{called}的名额"),
            ingredients=(
                _ingredient(outcome, region, "field", field, quota.field),
                _ingredient(outcome, region, "places", _PLACES, quota.places),
                _ingredient(outcome, region, "place", _PLACE, quota.place),
            ),
            rounding=None if spec.mode is None else Text(en=spec.mode.value, zh=spec.mode.zh),
            branch=None if share is None else Text.same(share),
            **said,
        ),
    )


# ── marks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def markings(outcome: Outcome, region: int) -> tuple[Marking, ...]:
    """What became of every mark for a region."""
    return tuple(_marking(mark, outcome, region) for mark in outcome.program.marks)


def _marking(mark: BoundMark, outcome: Outcome, region: int) -> Marking:
    spec, quota = mark.spec, mark.quota
    said: dict[str, Any] = {"name": spec.title, "template": spec.words, "span": spec.span}
    met = None if mark.condition is None else outcome.values.at(mark.condition, region)
    read: tuple[Ingredient, ...] = ()
    if mark.condition is not None and spec.condition is not None:
        read = (
            *_read(mark.condition, mark.scores, outcome, region, holds=met is True),
            *_cells(spec.condition, outcome, region),
        )
    step = _step(
        outcome,
        region,
        mark.held,
        id=f"mark {spec.name}",
        kind="mark",
        title=Text.same(spec.title),
        ingredients=read,
        branch=_why_not(mark, outcome, region),
        **said,
    )
    stood = _stood(
        quota, spec.quota, f"mark {spec.name}/quota", _WITH_VALUE, outcome, region, called=spec.title, **said
    )
    marking = Marking(name=spec.name, title=spec.title, held=step.result, steps=(step, *stood))
    return marking if quota is None else _with_takers(marking, mark, quota, outcome, region)


def _why_not(mark: BoundMark, outcome: Outcome, region: int) -> Text | None:
    """What keeps a region from a mark; None where it holds it, or where it is open."""
    at = outcome.values.at
    if at(mark.held, region) is not False:
        return None
    if mark.condition is not None and at(mark.condition, region) is False:
        return Text(en="its condition is not met", zh="不符合条件")
    titles = {veto.spec.name: veto.spec.title for veto in outcome.program.vetoes}
    for name, condition in mark.barred:
        if at(condition, region) is True:
            return Text(en=f"barred by the veto “{titles[name]}”", zh=f"因否决“{titles[name]}”不得参加")
    if mark.quota is not None and at(mark.quota.candidate, region) is True:
        return Text(en="beyond the quota", zh="未进入名额")
    return Text(en="not among those who may have a place", zh="不在可参加的地区之列")


def _with_takers(
    marking: Marking, mark: BoundMark, quota: BoundQuota, outcome: Outcome, region: int
) -> Marking:
    """The marking with who has the places in the field of a region, and who is equal at the line."""
    at, facts = outcome.values.at, outcome.facts
    spec = mark.spec.quota
    standing: dict[Fraction, list[int]] = {}
    for one, group in enumerate(facts.groups):
        if facts.reference[one] or (
            spec is not None and spec.within == "group" and group != facts.groups[region]
        ):
            continue
        place = at(quota.place, one)
        if at(quota.candidate, one) is True and isinstance(place, Fraction):
            standing.setdefault(place, []).append(one)
    places = at(quota.places, region)
    if not isinstance(places, Fraction) or spec is None:
        return marking
    holders = [one for place in sorted(standing) if place <= places for one in standing[place]]
    tied: list[int] = []
    for place, equal in standing.items():
        first = place if spec.ties == "in" else place - len(equal) + 1
        if first <= places < first + len(equal) - 1:
            tied = equal
    key = quota.keys[0][0]
    return evolve(
        marking,
        holders=tuple(facts.regions[one] for one in holders),
        line=Amount(value=at(key, holders[-1]), type=key.type) if holders else None,
        tied=tuple(facts.regions[one] for one in tied),
    )


def _threshold(grade: Grade, on: n.Node) -> Text:
    """The threshold of a grade as it is told."""
    if grade.bound is None:
        return Text(en="otherwise", zh="其余")
    bound = Amount(value=grade.bound, type=on.type)
    return Text(**{lang: f"{grade.op} {amount_text(bound, lang)}" for lang in ("en", "zh")})


def limits_held(outcome: Outcome, region: int) -> tuple[Step, ...]:
    """The limits whose condition held, each with the scores and inputs that made it hold."""
    grade = outcome.program.grade
    if grade is None:
        return ()
    return tuple(
        _step(
            outcome,
            region,
            grade,
            id=f"limit/{place}",
            kind="limit",
            name=limit.spec.at_most,
            title=Text(en=f"grade at most {limit.spec.at_most}", zh=f"等次至多{limit.spec.at_most}"),
            formula=limit.spec.text,
            template=limit.spec.words,
            ingredients=tuple(_read(limit.condition, limit.scores, outcome, region, holds=True)),
            span=limit.spec.span,
        )
        for place, limit in enumerate(outcome.program.limits, start=1)
        if outcome.values.at(limit.condition, region) is True
    )


def vetoes_held(outcome: Outcome, region: int) -> tuple[Step, ...]:
    """The vetoes whose condition held, each with the scores and inputs that made it hold; its branch are its effects."""
    return tuple(
        _step(
            outcome,
            region,
            veto.condition,
            id=f"veto/{veto.spec.name}",
            kind="veto",
            name=veto.spec.name,
            title=Text.same(veto.spec.title),
            template=veto.spec.words,
            branch=Text(
                en=", ".join(effect.words.en for effect in veto.spec.effects),
                zh="，".join(effect.words.zh for effect in veto.spec.effects),
            ),
            ingredients=(
                *_read(veto.condition, veto.scores, outcome, region, holds=True),
                *_cells(veto.spec.condition, outcome, region),
            ),
            span=veto.spec.span,
        )
        for veto in outcome.program.vetoes
        if outcome.values.at(veto.condition, region) is True
    )


def _cells(condition: n.Node, outcome: Outcome, region: int) -> Iterator[Ingredient]:
    """The inputs that a condition reads of the region itself, with their cells."""
    titles = {one.name: one.title for one in outcome.program.rules.inputs}
    name = outcome.facts.regions[region]
    seen: set[tuple[str, int]] = set()
    for node, offset in order((condition,)):
        if not isinstance(node, n.Input) or node.reported_as not in titles:
            continue
        key = (node.reported_as, outcome.period + offset)
        if key in seen or (node.reported_as, *key[1:]) not in outcome.facts.cells:
            continue
        seen.add(key)
        observation = outcome.data.observations.get((*key, name))
        yield Ingredient(
            name=node.reported_as,
            title=Text.same(titles[node.reported_as]),
            amount=Amount(value=outcome.facts.cells[key][region], type=node.type),
            period=key[1],
            input=node.reported_as,
            observation=observation,
        )


def _read(
    condition: n.Node,
    scores: tuple[tuple[str, n.Node], ...],
    outcome: Outcome,
    region: int,
    *,
    holds: bool,
) -> Iterator[Ingredient]:
    """The scores in comparisons that hold, or do not, in the order of the rule file."""
    compared = {
        id(side)
        for node in _comparisons(condition)
        if outcome.values.at(node, region) is holds
        for side in (node.left, node.right)
    }
    scored = outcome.program.scored
    marks = {f"mark {mark.spec.name}": mark.spec.title for mark in outcome.program.marks}
    for path, node in scores:
        read, back = (node.value, node.periods) if isinstance(node, n.Shift) else (node, 0)
        if path in marks:
            title = Text(en=f"mark “{marks[path]}”", zh=f"认定“{marks[path]}”")
        elif id(node) not in compared:
            continue
        elif (
            isinstance(read, n.Frame) and read.title is not None and read.type.kind in (Kind.RANK, Kind.LEVEL)
        ):
            title = read.title
        else:
            title = title_of(scored[path].spec) if path in scored else _KEY_TOTAL
        found = _ingredient(outcome, region, path, title, node)
        yield evolve(found, period=outcome.period + back, step=None) if back else found


def _comparisons(condition: n.Node) -> Iterator[n.Compare]:
    """The comparisons that a condition is made of."""
    open_ = [condition]
    while open_:
        match open_.pop():
            case n.Compare() as node:
                yield node
            case n.And(args=args) | n.Or(args=args):
                open_.extend(args)
            case n.Not(value=value):
                open_.append(value)
            case _:
                continue


_KEY_TOTAL = Text(en="key total", zh="重点指标得分")
_TOTAL = Text(en="total", zh="总分")
_FIELDS = {
    "group": Text(en="regions with a total in the group", zh="同组有总分的地区"),
    "all": Text(en="regions with a total", zh="有总分的地区"),
}
_WITH_VALUE = {
    "group": Text(en="regions to choose from in the group", zh="同组可比较的地区"),
    "all": Text(en="regions to choose from", zh="可比较的地区"),
}
_PLACES = Text(en="quota", zh="名额")
_PLACE = Text(en="among those who stand for it", zh="在符合条件的地区中列")


def _ingredient(outcome: Outcome, region: int, name: str, title: Text, node: n.Node) -> Ingredient:
    """A score as something that a step reads; scores are steps under their own path."""
    amount = Amount(value=outcome.values.at(node, region), type=node.type)
    return Ingredient(name=name, title=title, amount=amount, period=outcome.period, step=name)


def _step(outcome: Outcome, region: int, node: n.Node, **fields: Any) -> Step:
    """A step of the assessed year whose result is the value of a node."""
    result = Amount(value=outcome.values.at(node, region), type=node.type)
    return Step(**{"formula": "", **fields}, result=result, period=outcome.period)
