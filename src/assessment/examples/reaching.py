"""Which rules a program has that examples may reach, and which of them decided a value.

What can be reached is read off the graph that scores are computed from, so that a method of the file counts wherever it is
called, and nothing is guessed from text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from typing import Literal

from attrs import frozen

from assessment.compiler.estimates import is_estimate
from assessment.compiler.program import BoundVeto, Program, Scored
from assessment.compiler.readings import title_of
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Entity, Kind
from assessment.core.walk import children
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.evaluation.exact import ranges_of
from assessment.evaluation.facts import Value
from assessment.evaluation.outcome import Outcome
from assessment.examples.acting import Acting, lacks
from assessment.examples.back import Met, Visit
from assessment.examples.points import PointKind, RulePoint
from assessment.semantics.model import COUNTS_AS, Effect, Grade, Mark, Policy, Veto
from assessment.syntax.words import spelling

__all__ = ["RuleMap"]


@frozen(kw_only=True)
class _End:
    """Where a score is held to an end that the file states: before and after, and the point."""

    before: n.Node
    after: n.Node
    point: RulePoint


class RuleMap:
    """What can be reached in one program; with `changed` only what stands there, or rests on a measure that does."""

    def __init__(self, program: Program, changed: Collection[Span] | None = None) -> None:
        self.program = program
        self.calls = _calls(program)
        self.limits = {id(one.condition): one.spec for one in program.limits}
        self.vetoes = {one.spec.name: one for one in program.vetoes}
        self.ends = {id(end.after): end for end in _ends(program)}
        self.acting = Acting(program)
        self._changed = None if changed is None else _Changed(program, changed)

    def points(self) -> Iterator[tuple[RulePoint, bool]]:
        """Everything that can be reached, and whether it is asked for here."""
        seen: set[int] = set()
        for node, _ in self.program.demands:
            if id(node) not in seen:
                seen.add(id(node))
                yield from ((one, self._is_asked(one, node)) for one in self._of(node))
        yield from ((one, self._is_asked(one, None)) for one in self._whole())

    def reached(self, met: Met, outcome: Outcome) -> Iterator[RulePoint]:
        """What was reached with these values."""
        for visit in met.visits:
            yield from (one for one in self._met(visit, outcome) if self._is_asked(one, visit[0]))
        whole = (
            *self._by_grade(met, outcome),
            *self._by_mark(met, outcome),
            *self._by_veto(met, outcome),
        )
        yield from (one for one in whole if self._is_asked(one, None))

    def _is_asked(self, point: RulePoint, node: n.Node | None) -> bool:
        return self._changed is None or self._changed.holds(point, node)

    # ── what there is ────────────────────────────────────────────────────────────────────────────────────────────────

    def _of(self, node: n.Node) -> Iterator[RulePoint]:
        """What can be reached at one node."""
        match node:
            case _ if node is self.program.grade or node is self.program.earned_grade:
                pass
            case n.Frame(role="call", span=Span() as span):
                yield RulePoint(kind="method", text=_written(node), span=span)
            case n.Step():
                for branch in (*range(len(node.ranges)), None):
                    yield from self._band(node, branch)
            case n.Select() if self._entry(node) is not None:
                yield from self._entries(node)
            case n.Frame(role="policy", span=Span() as span):
                kind = _kind_of(node)
                if kind is not None:
                    yield RulePoint(kind=kind, text=_written(node), span=span)
        if id(node) in self.limits:
            limit = self.limits[id(node)]
            yield RulePoint(kind="limit", text=limit.words, span=limit.span)
        if id(node) in self.ends:
            yield self.ends[id(node)].point

    def _whole(self) -> Iterator[RulePoint]:
        """What belongs to no single node: policies, grades, vetoes, and how much must be covered."""
        rules = self.program.rules
        yield from (point for one in rules.acting for point in _policy(one))
        for grade in rules.grades if self.program.grade is not None else ():
            yield _grade(grade)
            if grade.condition is not None:
                yield _condition(grade)
            if grade.quota is not None:
                yield _quota(grade)
        for mark in rules.marks:
            yield _mark(mark)
            if mark.quota is not None:
                yield _quota(mark)
        for veto in rules.vetoes:
            yield from (_effect(veto, effect) for effect in veto.effects)
        yield from (point for one in self.program.scored.values() for point in _coverage(one))

    # ── what was reached ─────────────────────────────────────────────────────────────────────────────────────────────

    def _met(self, visit: Visit, outcome: Outcome) -> Iterator[RulePoint]:
        node, place, offset = visit

        def at(one: n.Node) -> Value:
            return outcome.values.at(one, place, offset)

        match node:
            case _ if node is self.program.grade or node is self.program.earned_grade:
                pass
            case n.Frame(role="call") if not isinstance(at(node), Absence):
                yield from self._of(node)
            case n.Step():
                for branch in ranges_of(node, at):
                    if branch is not None or not isinstance(at(node.value), Absence):
                        yield from self._band(node, branch)
            case n.Select(condition=condition) if self._entry(node) is not None:
                yield from (
                    one
                    for one, answer in zip(self._entries(node), (True, False), strict=True)
                    if at(condition) is answer
                )
            case n.Frame(role="policy", node=inner) if _acts(inner, at):
                yield from self._of(node)
        for policy in self.acting.at(node, place, at, outcome):
            yield from _policy(policy)
        for one in self.acting.covered.get(id(node), ()):
            if at(node) is True:
                yield from _coverage(one)
        if id(node) in self.limits and at(node) is True:
            yield from self._of(node)
        if id(node) in self.ends and at(node) != at(self.ends[id(node)].before):
            yield self.ends[id(node)].point

    def _by_grade(self, met: Met, outcome: Outcome) -> Iterator[RulePoint]:
        """The grades that were given, and what stood in the way of better ones."""
        grades = self.program.rules.grades
        for node, place, offset in met.visits:
            if node is not self.program.grade:
                continue
            given = outcome.values.at(node, place, offset)
            if not isinstance(given, Fraction):
                continue
            yield _grade(grades[int(given)])
            for one in self.program.grades[: int(given)]:
                reached, condition, quota = (
                    None if node is None else outcome.values.at(node, place, offset)
                    for node in (
                        one.reached,
                        one.condition,
                        None if one.quota is None else one.quota.candidate,
                    )
                )
                if reached is True and condition is False:
                    yield _condition(one.spec)
                if quota is True:
                    yield _quota(one.spec)

    def _by_mark(self, met: Met, outcome: Outcome) -> Iterator[RulePoint]:
        """The marks that are held, and those that are not for want of a place."""
        for one in self.program.marks:
            for node, place, offset in met.visits:
                if node is not one.held:
                    continue
                if outcome.values.at(node, place, offset) is True:
                    yield _mark(one.spec)
                elif one.quota is not None and outcome.values.at(one.quota.candidate, place, offset) is True:
                    yield _quota(one.spec)

    def _by_veto(self, met: Met, outcome: Outcome) -> Iterator[RulePoint]:
        """The effects of vetoes that something rests on, and awards that regions are kept from."""
        nodes = {id(node) for node, _, _ in met.visits}
        for one in self.program.vetoes:
            held = any(
                node is one.condition and outcome.values.at(node, place, offset) is True
                for node, place, offset in met.visits
            )
            for effect in one.spec.effects if held else ():
                # What it bars from may be no rule of the file: then it is the veto itself that is expected.
                expected = effect.kind == "barred" and met.visits[0][0] is one.condition
                if expected or not nodes.isdisjoint(self._shown_by(one, effect)):
                    yield _effect(one.spec, effect)

    def _shown_by(self, veto: BoundVeto, effect: Effect) -> set[int]:
        """The nodes that an effect changes."""
        shown: list[n.Node | None]
        match effect.kind:
            case "zero":
                scored = self.program.scored.get(effect.path or "")
                stages = () if scored is None else scored.stages
                shown = [
                    one.after for one in stages if one.veto is not None and one.veto.name == veto.spec.name
                ]
            case "grade" | "at most" | "down":
                shown = [self.program.grade]
            case "out of ranking":
                shown = [self.program.rank_in_group, self.program.rank_in_all]
                shown += [one.quota.place for one in self.program.grades if one.quota is not None]
            case "barred":
                shown = [mark.held for mark in self.program.marks if mark.spec.name in effect.marks]
        return {id(one) for one in shown if one is not None}

    # ── bands and entries ────────────────────────────────────────────────────────────────────────────────────────────

    def _band(self, node: n.Step, branch: int | None) -> Iterator[RulePoint]:
        """A range of a table that stands somewhere in the file."""
        call = self.calls.get(id(node))
        if branch is None:
            if node.otherwise is None:
                return
            own = node.otherwise.span
            span = own or (None if call is None else call.span)
            text = OTHERWISE if own is None or call is not None else _span_text(own)
        else:
            range_ = node.ranges[branch]
            span = range_.span or (call.span if call is not None and range_.label is not None else None)
            text = (range_.label or OTHERWISE) if range_.span is None else _span_text(range_.span)
        if span is None or (branch is None and all(one.span is None for one in node.ranges)):
            return
        yield RulePoint(kind="band", text=text, span=span)

    def _entry(self, node: n.Select) -> Text | None:
        """What a choice in a method asks of the data: a yes or no of an input."""
        call, asked = self.calls.get(id(node)), node.condition
        if call is None or call.span is None or asked.type.kind is not Kind.YESNO:
            return None
        if asked.type.entity is not Entity.REGION:
            return None
        match asked:
            case n.Input(name=name):
                return Text.same(name)
            case n.Frame(role="measure" | "policy", span=Span() as span):
                return (
                    Text.same(" ".join(span.text.split()))
                    if asked.role == "policy"
                    else Text.same(asked.name)
                )
            case _:
                return None

    def _entries(self, node: n.Select) -> Iterator[RulePoint]:
        call, name = self.calls[id(node)], self._entry(node)
        if call.span is None or name is None:
            return
        for answer in (Text(en="yes", zh="是"), Text(en="no", zh="否")):
            text = Text(en=f"{name.en}: {answer.en}", zh=f"{name.zh}：{answer.zh}")
            yield RulePoint(kind="entry", text=text, span=call.span)


OTHERWISE = Text(en=spelling("OTHERWISE", "otherwise", "en"), zh=spelling("OTHERWISE", "otherwise", "zh"))


def _kind_of(frame: n.Frame) -> PointKind | None:
    if is_estimate(frame):
        return "estimate"
    if frame.name == COUNTS_AS:
        return "policy"
    return "exemption" if isinstance(frame.node, n.Select) and frame.sentence is not None else None


def _calls(program: Program) -> dict[int, n.Frame]:
    """The call of a method that each node is made for: the nearest around it."""
    found: dict[int, n.Frame] = {}
    seen: set[int] = set()
    stack: list[tuple[n.Node, n.Frame | None]] = [(root, None) for root in program.roots]
    while stack:
        node, call = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if call is not None:
            found[id(node)] = call
        if isinstance(node, n.Frame):
            inside = node if node.role == "call" and node.span is not None else None
            stack.append((node.node, inside))
        else:
            stack += [(child, call) for child in children(node)]
    return found


def _ends(program: Program) -> Iterator[_End]:
    """The caps and floors that the file states."""
    for one in program.scored.values():
        for stage in (*one.ends, *one.stages):
            key = _STATED_AS.get(stage.kind, "")
            if key in one.spec.ends_at:
                kind: Literal["ceiling", "floor"] = "floor" if key == "floor" else "ceiling"
                point = RulePoint(kind=kind, text=title_of(one.spec), span=one.spec.ends_at[key])
                yield _End(before=stage.before, after=stage.after, point=point)


_STATED_AS: Mapping[str, str] = {
    "ceiling": "ceiling",
    "floor": "floor",
    "bonuses": "bonus",
    "deductions": "deduction",
}


def _policy(policy: Policy) -> Iterator[RulePoint]:
    """A policy that the file states; one that it does not is no rule of its own."""
    if policy.span is not None:
        yield RulePoint(kind="policy", text=policy.text, span=policy.span)


def _grade(grade: Grade) -> RulePoint:
    """A grade that a region gets in the end, after limits and quotas."""
    return RulePoint(kind="grade", text=_span_text(grade.span), span=grade.span)


def _condition(grade: Grade) -> RulePoint:
    """What else a grade takes, kept from a region that earns enough."""
    return RulePoint(kind="condition", text=grade.words or Text.same(grade.name), span=grade.span)


def _mark(mark: Mark) -> RulePoint:
    """A mark that a region holds."""
    return RulePoint(kind="mark", text=mark.words, span=mark.span)


def _quota(awarded: Grade | Mark) -> RulePoint:
    """How many may earn a grade or a mark, kept from one who is beyond the line."""
    span = awarded.span if awarded.quota is None else awarded.quota.span
    return RulePoint(kind="quota", text=_span_text(span), span=span)


def _effect(veto: Veto, effect: Effect) -> RulePoint:
    text = Text(en=f"{veto.title}: {effect.words.en}", zh=f"{veto.title}：{effect.words.zh}")
    return RulePoint(kind="veto", text=text, span=veto.span)


def _coverage(one: Scored) -> Iterator[RulePoint]:
    """How much must be covered, where that was not so."""
    if one.coverage is not None:
        spec = one.coverage.spec
        yield RulePoint(kind="policy", text=spec.words, span=spec.span)


def _acts(inner: n.Node, at: Callable[[n.Node], Value]) -> bool:
    """Whether an exemption, an estimate or what stands for a lacking value decided something."""
    match inner:
        case n.Select(condition=condition):
            return at(condition) is True
        case n.Recover(value=value, statuses=statuses):
            return lacks(at(value), statuses)
        case _:
            return False


def _written(frame: n.Frame) -> Text:
    return Text.same(" ".join((frame.text or frame.name).split()))


def _span_text(span: Span) -> Text:
    return Text.same(" ".join(span.text.split()))


class _Changed:
    """What of a program is its own where it amends another file."""

    def __init__(self, program: Program, places: Collection[Span]) -> None:
        self.places = tuple(places)
        self.resting: set[int] = set()
        for node, _ in program.demands:
            if isinstance(node, n.Frame) and node.role == "score":
                continue
            if self._stands(node.span) or any(id(one) in self.resting for one in children(node)):
                self.resting.add(id(node))

    def holds(self, point: RulePoint, node: n.Node | None) -> bool:
        """Whether a rule stands where something was changed, or is a method that rests on what was."""
        rests = point.kind in _METHODICAL and node is not None and id(node) in self.resting
        return rests or self._stands(point.span)

    def _stands(self, span: Span | None) -> bool:
        return span is not None and any(
            one.source == span.source and one.start <= span.start and span.end <= one.end
            for one in self.places
        )


_METHODICAL: tuple[PointKind, ...] = ("method", "band", "entry")
