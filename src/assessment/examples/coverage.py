"""How much of a rule file its examples reach."""

from __future__ import annotations

from attrs import evolve, frozen

from assessment.compiler.program import Program
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic
from assessment.evaluation.outcome import Outcome
from assessment.examples.back import Met
from assessment.examples.points import Key, RulePoint, key_of, not_reached
from assessment.examples.reaching import RuleMap
from assessment.ruleset import RuleSet
from assessment.semantics.allowances import covers, without_effect
from assessment.semantics.model import Allowance

__all__ = ["Coverage", "Reached"]


@frozen(kw_only=True)
class Coverage:
    """Every rule that examples may reach, in source order; of a file that amends another, those that it changes."""

    points: tuple[RulePoint, ...]
    taken_over: int = 0
    """How many rules stand as in the amended file, whose examples speak of them."""
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
        if self.taken_over:
            return Text(
                en=f"{reached} of {whole} changed rules reached ({percent}; {self.taken_over} are left to the amended file)",
                zh=f"覆盖 {reached}/{whole} 项变动的规则（{percent}；另有 {self.taken_over} 项由所修订文件的示例检验）",
            )
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
        return tuple(not_reached(one) for one in self.points if not one.reached and one.allowed is None)


class Reached:
    """Collects what examples reach of one rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._points: dict[Key, RulePoint] = {}
        self._taken_over: set[Key] = set()
        self._maps: dict[int, RuleMap] = {}
        self._map(rules.program)

    def _map(self, program: Program) -> RuleMap:
        if id(program) not in self._maps:
            found = self._maps[id(program)] = RuleMap(program, self._rules.changed)
            for one, own in found.points():
                if own:
                    self._points.setdefault(key_of(one), one)
                else:
                    self._taken_over.add(key_of(one))
        return self._maps[id(program)]

    def add(self, met: Met, outcome: Outcome, title: str) -> None:
        """Note what lies behind something that an example expects."""
        for one in self._map(outcome.program).reached(met, outcome):
            found = self._points.get(key_of(one), one)
            if title not in found.examples:
                self._points[key_of(one)] = evolve(found, examples=(*found.examples, title))

    def coverage(self) -> Coverage:
        """Everything there is to reach, with what reached it."""
        allowed = [one for one in self._rules.allowances if one.code == "not-reached"]
        used: set[int] = set()
        points = []
        for point in sorted(self._points.values(), key=lambda one: (one.span.start, one.span.end)):
            by = [] if point.reached else [one for one in allowed if covers(one, not_reached(point))]
            used.update(map(id, by))
            points.append(evolve(point, allowed=by[0].reason) if by else point)
        own = self._rules.checked.span.source
        return Coverage(
            points=tuple(points),
            taken_over=len(self._taken_over - self._points.keys()),
            superfluous=tuple(
                one for one in allowed if id(one) not in used and one.span.source.name == own.name
            ),
        )
