"""Which rules the examples of a file reach: methods, bands and rows, policies, exemptions, limits, grades, estimates, ends.

A rule is reached where it decided something that an example expects. What can be reached is read off the graph that
scores are computed from, so that a method of the file counts wherever it is called, and nothing is guessed from text.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from attrs import evolve, frozen

from assessment.compiler.estimates import is_estimate
from assessment.compiler.program import Program, Scored
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Entity, Kind
from assessment.core.walk import children
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic
from assessment.evaluation.exact import ranges_of
from assessment.evaluation.facts import Value
from assessment.evaluation.outcome import Outcome
from assessment.examples.back import Met
from assessment.ruleset import RuleSet
from assessment.semantics.allowances import covers, without_effect
from assessment.semantics.model import COUNTS_AS, Allowance, Grade
from assessment.syntax.words import spelling

__all__ = ["Coverage", "PointKind", "Reached", "RulePoint"]

PointKind = Literal[
    "method", "band", "entry", "policy", "exemption", "limit", "grade", "estimate", "ceiling", "floor"
]

KINDS: dict[PointKind, Text] = {
    "method": Text(en="methods", zh="计分方法"),
    "band": Text(en="bands and rows", zh="分档和各行"),
    "entry": Text(en="entries of checklists", zh="清单各项"),
    "policy": Text(en="policies", zh="约定"),
    "exemption": Text(en="exemptions", zh="不适用情形"),
    "limit": Text(en="limits", zh="限制"),
    "grade": Text(en="grades", zh="等次"),
    "estimate": Text(en="estimates", zh="估算"),
    "ceiling": Text(en="caps", zh="上限"),
    "floor": Text(en="floors", zh="下限"),
}
"""What the kinds of rules are called, in the order of reports."""

_ONE: dict[PointKind, Text] = {
    "method": Text(en="the method", zh="计分方法"),
    "band": Text(en="the band", zh="分档"),
    "entry": Text(en="the entry", zh="清单项"),
    "policy": Text(en="the policy", zh="约定"),
    "exemption": Text(en="the exemption", zh="不适用情形"),
    "limit": Text(en="the limit", zh="限制"),
    "grade": Text(en="the grade", zh="等次"),
    "estimate": Text(en="the estimate", zh="估算"),
    "ceiling": Text(en="the cap of", zh="上限"),
    "floor": Text(en="the floor of", zh="下限"),
}


@frozen(kw_only=True)
class RulePoint:
    """One rule that an example may reach: its kind, its words, its place; `examples` are the titles of those that do."""

    kind: PointKind
    text: Text
    span: Span
    examples: tuple[str, ...] = ()
    allowed: str | None = None
    """Why the file allows that none reaches it."""

    @property
    def reached(self) -> bool:
        """Whether an example reaches it."""
        return bool(self.examples)


@frozen(kw_only=True)
class Coverage:
    """Every rule that examples may reach, in source order."""

    points: tuple[RulePoint, ...]
    superfluous: tuple[Allowance, ...] = ()
    """What the file allows not to be reached although everything there is."""

    @property
    def counted(self) -> tuple[RulePoint, ...]:
        """The rules that count: those that are reached, and those that should be."""
        return tuple(one for one in self.points if one.reached or one.allowed is None)

    @property
    def full(self) -> bool:
        """Whether every rule is reached, or allowed not to be."""
        return all(one.reached for one in self.counted)

    @property
    def text(self) -> Text:
        """How many are reached, in words."""
        reached, whole = sum(one.reached for one in self.counted), len(self.counted)
        percent = f"{reached * 1000 // whole / 10:g}%" if whole else "100%"
        return Text(
            en=f"{reached} of {whole} rules reached ({percent})",
            zh=f"覆盖 {reached}/{whole} 项规则（{percent}）",
        )

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """A warning for each `allow` of what examples reach."""
        return tuple(map(without_effect, self.superfluous))

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """A warning for each rule that no example reaches and that the file does not allow to be so."""
        return tuple(_not_reached(one) for one in self.points if not one.reached and one.allowed is None)


def _not_reached(one: RulePoint) -> Diagnostic:
    kind = _ONE[one.kind]
    return diagnostic(
        "not-reached",
        Text(en=f"no example reaches {kind.en} `{one.text.en}`", zh=f"没有示例触及{kind.zh} `{one.text.zh}`"),
        Label(place=one.span),
        help=Text(
            en='give an example that does, or write `allow not-reached "…"` here with the reason',
            zh="请增加触及它的示例，或在此写 `准许 not-reached “…”` 并说明理由",
        ),
    )


Key = tuple[PointKind, str, str, int, int]


def _key(one: RulePoint) -> Key:
    return one.kind, one.text.en, one.span.source.name, one.span.start, one.span.end


class Reached:
    """Collects what examples reach of one rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._points: dict[Key, RulePoint] = {}
        self._maps: dict[int, _Map] = {}
        self._map(rules.program)

    def _map(self, program: Program) -> _Map:
        if id(program) not in self._maps:
            found = self._maps[id(program)] = _Map(program)
            for one in found.points():
                self._points.setdefault(_key(one), one)
        return self._maps[id(program)]

    def add(self, met: Met, outcome: Outcome, title: str) -> None:
        """Note what lies behind something that an example expects."""
        for one in self._map(outcome.program).reached(met, outcome):
            found = self._points.get(_key(one), one)
            if title not in found.examples:
                self._points[_key(one)] = evolve(found, examples=(*found.examples, title))

    def coverage(self) -> Coverage:
        """Everything there is to reach, with what reached it."""
        allowed = [one for one in self._rules.allowances if one.code == "not-reached"]
        used: set[int] = set()
        points = []
        for point in sorted(self._points.values(), key=lambda one: (one.span.start, one.span.end)):
            by = [] if point.reached else [one for one in allowed if covers(one, _not_reached(point))]
            used.update(map(id, by))
            points.append(evolve(point, allowed=by[0].reason) if by else point)
        return Coverage(
            points=tuple(points), superfluous=tuple(one for one in allowed if id(one) not in used)
        )


class _Map:
    """What can be reached in one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.calls = _calls(program)
        self.limits = {id(one.condition): one.spec for one in program.limits}
        self.ends = {id(after): (kind, one) for one, kind, _, after in _ends(program)}
        self.before = {id(after): before for _, _, before, after in _ends(program)}

    def points(self) -> Iterator[RulePoint]:
        """Everything that can be reached."""
        seen: set[int] = set()
        for node, _ in self.program.demands:
            if id(node) not in seen:
                seen.add(id(node))
                yield from self._of(node)

    def _of(self, node: n.Node) -> Iterator[RulePoint]:
        match node:
            case _ if node is self.program.grade:
                yield from (self._grade(grade) for grade in self.program.rules.grades)
            case _ if node is self.program.earned_grade:
                pass
            case n.Frame(role="call", span=Span() as span):
                yield RulePoint(kind="method", text=_written(node), span=span)
            case n.Step():
                for branch in (*range(len(node.ranges)), None):
                    yield from self._band(node, branch)
            case n.Select() if self._entry(node) is not None:
                yield from self._entries(node)
            case n.Recover(span=Span() as span, policy=policy):
                yield RulePoint(kind="policy", text=_span_text(span, policy), span=span)
            case n.Frame(role="policy", span=Span() as span):
                kind = _kind_of(node)
                if kind is not None:
                    yield RulePoint(kind=kind, text=_written(node), span=span)
        if id(node) in self.limits:
            limit = self.limits[id(node)]
            yield RulePoint(kind="limit", text=limit.words, span=limit.span)
        if id(node) in self.ends:
            yield self._end(node)

    def reached(self, met: Met, outcome: Outcome) -> Iterator[RulePoint]:
        """What was reached with these values."""
        for node, place, offset in met.visits:
            yield from self._met(node, place, offset, outcome)

    def _met(self, node: n.Node, place: int, offset: int, outcome: Outcome) -> Iterator[RulePoint]:
        def at(one: n.Node) -> Value:
            return outcome.values.at(one, place, offset)

        match node:
            case _ if node is self.program.grade:
                given = at(node)
                if isinstance(given, Fraction):
                    yield self._grade(self.program.rules.grades[int(given)])
            case _ if node is self.program.earned_grade:
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
            case n.Recover(value=value, statuses=statuses) if _lacks(at(value), statuses):
                yield from self._of(node)
            case n.Frame(role="policy", node=inner) if self._acts(inner, at):
                yield from self._of(node)
        if id(node) in self.limits and at(node) is True:
            yield from self._of(node)
        if id(node) in self.ends and at(node) != at(self.before[id(node)]):
            yield self._end(node)

    def _acts(self, inner: n.Node, at: object) -> bool:
        """Whether an exemption, an estimate or what stands for a lacking value decided something."""
        match inner:
            case n.Select(condition=condition):
                return at(condition) is True  # type: ignore[operator]
            case n.Recover(value=value, statuses=statuses):
                return _lacks(at(value), statuses)  # type: ignore[operator]
            case _:
                return False

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

    def _grade(self, grade: Grade) -> RulePoint:
        """A grade that a region gets in the end, after limits and quotas."""
        return RulePoint(kind="grade", text=_span_text(grade.span), span=grade.span)

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

    def _end(self, node: n.Node) -> RulePoint:
        kind, one = self.ends[id(node)]
        return RulePoint(kind=kind, text=_called(one), span=one.spec.span)


OTHERWISE = Text(en=spelling("OTHERWISE", "otherwise", "en"), zh=spelling("OTHERWISE", "otherwise", "zh"))


def _kind_of(frame: n.Frame) -> PointKind | None:
    if is_estimate(frame):
        return "estimate"
    if frame.name == COUNTS_AS:
        return "policy"
    return "exemption" if isinstance(frame.node, n.Select) and frame.sentence is not None else None


def _lacks(value: Value, statuses: frozenset[Absence]) -> bool:
    several = value if isinstance(value, tuple) else (value,)
    return any(isinstance(one, Absence) and one in statuses for one in several)


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


def _ends(program: Program) -> Iterator[tuple[Scored, PointKind, n.Node, n.Node]]:
    """The caps and floors that the file states, before and after they hold."""
    for one in program.scored.values():
        for stage in one.stages:
            if stage.kind == "ceiling" and one.spec.ceiling is not None:
                yield one, "ceiling", stage.before, stage.after
            elif stage.kind == "floor" and one.spec.floor is not None:
                yield one, "floor", stage.before, stage.after
            elif stage.kind in ("bonuses", "deductions"):
                yield one, "ceiling", stage.before, stage.after


def _called(one: Scored) -> Text:
    from assessment.compiler.readings import title_of

    return title_of(one.spec)


def _written(frame: n.Frame) -> Text:
    return Text.same(" ".join((frame.text or frame.name).split()))


def _span_text(span: Span, otherwise: str = "") -> Text:
    return Text.same(" ".join(span.text.split()) or otherwise)
