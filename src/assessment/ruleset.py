"""The public rule set: what a rule file says, ready to score data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from operator import index
from typing import Literal, Protocol, overload

from attrs import evolve, field, frozen

from assessment.amending.reading import Reading
from assessment.analysis.change import Change
from assessment.analysis.difference import Difference
from assessment.analysis.matching import Pair, matched
from assessment.audit.plan import LinePlan, plan
from assessment.compiler.program import Program
from assessment.data.model import Data
from assessment.data.renamed import under_names_of
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Diagnostic, Source, Span
from assessment.diagnostics.text import render
from assessment.errors import DataError, UsageError
from assessment.evaluation.outcome import evaluate, required_inputs
from assessment.result import Periods, Result
from assessment.semantics.model import Allowance, CheckedRules, Department, Group, Input, Target
from assessment.syntax.ast import Origin


@frozen(kw_only=True)
class Indicator:
    """An indicator as published: number, title, points (None in an index), ※, departments, clause.

    Where points differ by group, `points` is None and `by_group` has those of each group, None where it does not have the
    indicator on its sheet.
    """

    number: str
    title: str
    points: Fraction | None
    key: bool
    departments: tuple[str, ...]
    clause: str | None
    by_group: Mapping[str, Fraction | None] = field(factory=dict)


def year_of(period: object) -> int:
    """A year given as `period`, also as an integer of numpy. Errors: `UsageError` for anything else."""
    try:
        return index(period)  # type: ignore[arg-type]  # what is no integer raises
    except TypeError:
        raise UsageError(
            en=f"`period` is a year such as 2018, not `{period!r}`",
            zh=f"`period` 应为年份，如 2018，而不是 `{period!r}`",
        ) from None


class OfYear(Protocol):
    """Gives the program of a year, or the errors that stand in its way."""

    @property
    def years(self) -> tuple[int, ...]:
        """Years of which every other year has the rules."""

    def __call__(self, year: int) -> tuple[Program | None, tuple[Diagnostic, ...]]:
        """The program; None with the errors."""

    def place(self, year: int) -> int | None:
        """Which file of a chain of amendments holds for the year, the oldest being 0; None where none does."""


def _no_meaning(*, lost: bool) -> Change:
    """That only one of two rule sets has a meaning in a year."""
    sound, none = Text(en="stated", zh="有规定"), Text(en="not stated in full", zh="规定不全")
    return Change(
        topic="period",
        action="changed",
        effect="scores",
        path="",
        place=Text.same(""),
        what=Text(en="the rules of the year", zh="当年规则"),
        old=sound if lost else none,
        new=none if lost else sound,
    )


class RuleSet:
    """A rule file that was read, checked and compiled; make one with `assessment.load`.

    Where items are in force in some years only, or sizes stand by year, `points`, `indicators` and whatever else is said of
    the rules show those of one year: the year of the file, or else the last one that it states in full. `of_year` gives
    those of another year. A year is always scored by its own rules.
    """

    def __init__(
        self,
        program: Program,
        diagnostics: tuple[Diagnostic, ...] = (),
        of_year: OfYear | None = None,
        *,
        origins: Mapping[str, Origin] | None = None,
        sources: tuple[Source, ...] = (),
        reading: Reading | None = None,
        changed: tuple[Span, ...] | None = None,
    ) -> None:
        self.program = program
        """The compiled graph, for those who build on the library; its form may change."""
        self.diagnostics = diagnostics
        """Warnings and notes of the checks; errors never get this far."""
        self.origins: Mapping[str, Origin] = origins or {}
        """By its number, where each indicator comes from, in rules that amend others: it outlives a new number."""
        self.sources = sources
        """The texts that the rules rest on, the oldest first, in rules that amend others."""
        self.changed = changed
        """Where stands what the amended file does not have so, in rules that amend others; None in all others."""
        self._reading = reading
        """How data are read for all years at once, where rules differ from year to year."""
        self._of_year = of_year
        """Compiles the rules of another year, where they differ from year to year."""
        self._programs: dict[int, Program] = {}
        self._plans: dict[int, LinePlan] = {}

    @property
    def checked(self) -> CheckedRules:
        """The checked rules, for those who build on the library; their form may change."""
        return self.program.rules

    @property
    def name(self) -> str:
        """The name in the rule file, such as `liaocheng.innovation`."""
        return self.checked.name

    @property
    def title(self) -> str:
        """The title in the rule file."""
        return self.checked.title

    @property
    def period(self) -> int | None:
        """The year the rules are for."""
        return self.checked.year

    @property
    def points(self) -> Fraction | None:
        """The total points; None for an index. Points by year are those of one year, see `of_year`."""
        return self.checked.scale.points

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators, in the order of the rule file: those in force in one year, see `of_year`."""
        titles = {department.name: department.title for department in self.checked.departments}
        return tuple(
            Indicator(
                number=node.number or node.name,
                title=node.title,
                points=None if node.by_group else node.points,
                by_group=node.by_group,
                key=node.key,
                departments=tuple(titles.get(name, name) for name in node.departments),
                clause=node.clause,
            )
            for node in self.checked.tree.walk()
            if node.level == "indicator"
        )

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of regions."""
        return self.checked.groups

    @property
    def departments(self) -> tuple[Department, ...]:
        """The departments."""
        return self.checked.departments

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What the data must supply."""
        return self.checked.inputs

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets that the file declares."""
        return self.checked.targets

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Every choice that the author had to make, in the order of the rule file."""
        return self.checked.assumptions

    @property
    def left_out(self) -> tuple[str, ...]:
        """What the published rules say and the file does not."""
        return self.checked.left_out

    @property
    def allowances(self) -> tuple[Allowance, ...]:
        """The findings of the checks that the file allows, each with the reason."""
        return self.checked.allowances

    @cached_property
    def _lines(self) -> LinePlan:
        """The plan of the breakdowns, one for all runs."""
        return plan(self.program)

    def of_year(self, year: int) -> RuleSet:
        """The rules as they are in a year, which are the same rules unless they differ from year to year.

        What is scored is still the year that `evaluate` is asked for. Raises `DataError` for a year in which the rules have
        no meaning.
        """
        if self._of_year is None:
            return self
        program = self.program_of(year_of(year))
        return RuleSet(
            program,
            self.diagnostics,
            self._of_year,
            origins=self.origins,
            sources=self.sources,
            reading=self._reading,
            changed=self.changed,
        )

    @property
    def for_reading(self) -> CheckedRules:
        """The rules by which data are read: with every input and region of any year."""
        return self.checked if self._reading is None else self._reading.rules

    def required(self, group: str | None, year: int) -> tuple[tuple[str, int], ...]:
        """The inputs and years that a region of a group of `for_reading` must report for the assessment of a year."""
        program = self.program_of(year)
        places = None if self._reading is None or group is None else self._reading.groups.get(group)
        if places is not None and self._of_year is not None:
            place = self._of_year.place(year)
            group = None if place is None else places[place]
            if group is None:
                return ()
        return required_inputs(program, group, year)

    def program_of(self, year: int) -> Program:
        """The compiled graph of a year, which is `program` unless the rules differ from year to year.

        Raises `DataError` for a year in which the rules have no meaning, for instance since a size by year lacks it.
        """
        if self._of_year is None:
            return self.program
        if year not in self._programs:
            program, found = self._of_year(year)
            if program is None:
                raise DataError(found, render(found))
            self._programs[year] = program
        return self._programs[year]

    def _lines_of(self, year: int) -> LinePlan:
        """The plan of the breakdowns of a year."""
        if self._of_year is None:
            return self._lines
        if year not in self._plans:
            self._plans[year] = plan(self.program_of(year))
        return self._plans[year]

    @property
    def years(self) -> tuple[int, ...]:
        """Years of which every other year has the rules, where these differ from year to year; else none."""
        return () if self._of_year is None else self._of_year.years

    def diff(self, new: RuleSet) -> Difference:
        """What changes in meaning from these rules to new ones; their text, language and order do not matter.

        Each is taken as it is in its own year. What differs in other years only, of rules that differ from year to year, is
        told with the year. `assessment.diff` says also whose scores move.
        """
        from assessment.analysis.diff import difference

        numbers = self._numbers_in(new)
        found = difference(self.checked, new.checked, numbers)
        told = {evolve(one, year=None) for one in found.changes}
        more: list[Change] = []
        for year in sorted({*self.years, *new.years}):
            for one in self._changes_in(new, year):
                if one not in told:
                    told.add(one)
                    more.append(evolve(one, year=year))
        return evolve(found, changes=(*found.changes, *more))

    def _changes_in(self, new: RuleSet, year: int) -> tuple[Change, ...]:
        """What differs in one year."""
        from assessment.analysis.diff import changes

        both: list[CheckedRules | None] = []
        for rules in (self, new):
            try:
                both.append(rules.program_of(year).rules)
            except DataError:
                both.append(None)
        before, after = both
        if before is None or after is None:
            return () if before is after else (_no_meaning(lost=after is None),)
        # That both are for another year is told once, not in every year.
        before, after = (evolve(one, year=year) for one in (before, after))
        return changes(before, after, self._numbers_in(new))

    def pairs(self, new: RuleSet) -> tuple[Pair, ...]:
        """Which score of these rules is which of new ones."""
        return matched(self.checked.tree, new.checked.tree, self._numbers_in(new))

    def _numbers_in(self, new: RuleSet) -> Mapping[str, str] | None:
        """By the number of each new indicator the one that it has here; None where new rules do not amend these."""
        mine = self.sources or (self.checked.span.source,)
        if not new.origins or [one.text for one in new.sources[: len(mine)]] != [one.text for one in mine]:
            return None
        here = [one.number for one in self.indicators]
        known = {self.origins.get(number, Origin(file=0, number=number)): number for number in here}
        return {number: known[origin] for number, origin in new.origins.items() if origin in known}

    @property
    def fixed(self) -> RuleSet:
        """These rules as they are in their own year, whatever year is assessed: for asking what they would have done."""
        return RuleSet(self.program, self.diagnostics, origins=self.origins, sources=self.sources)

    @overload
    def evaluate(self, data: Data, *, period: int | None = None, periods: None = None) -> Result: ...

    @overload
    def evaluate(
        self, data: Data, *, period: None = None, periods: Sequence[int] | Literal["all"]
    ) -> Periods: ...

    def evaluate(
        self,
        data: Data,
        *,
        period: int | None = None,
        periods: Sequence[int] | Literal["all"] | None = None,
    ) -> Result | Periods:
        """Score regions for one period, that of the rules unless stated, or for several `periods` in one run.

        `periods` are years in any order, or `"all"` for every year that the data hold; each has its own field of regions,
        and gives a result of its own. A score of an earlier year that a later one reads is the one computed here.

        Raises `DataError` where a policy makes an absence an error, with every such cell, and where the data hold
        nothing of a year; `UsageError` where neither the rules nor the call name a period.
        """
        if periods is None:
            return self._evaluated(data, period)
        if period is not None:
            raise UsageError(
                en="give `period` for one year or `periods` for several, not both",
                zh="一个年度用 `period`，多个年度用 `periods`，不能同时给出",
            )
        years = self._years(data, periods)
        found: dict[int, Result] = {}
        faults: list[Diagnostic] = []
        for year in years:
            try:
                found[year] = self._evaluated(data, year)
            except DataError as error:
                faults += [one for one in error.diagnostics if one not in faults]
        if faults:
            raise DataError(tuple(faults), render(tuple(faults)))
        return Periods(found)

    def _years(self, data: Data, periods: Sequence[int] | Literal["all"]) -> tuple[int, ...]:
        if periods == "all":
            return tuple(sorted(year - self.program.latest for year in data.periods))
        if isinstance(periods, str | int) or not len(periods):
            raise UsageError(
                en=f"`periods` are years such as `[2017, 2018]`, or `all`, not `{periods!r}`",
                zh=f"`periods` 应为若干年份，如 `[2017, 2018]`，或 `all`，而不是 `{periods!r}`",
            )
        return tuple(sorted({year_of(year) for year in periods}))

    def _evaluated(self, data: Data, period: int | None) -> Result:
        year = self.period if period is None else year_of(period)
        if year is None and len(data.periods) == 1:
            year = data.periods[0] - self.program.latest
        if year is None:
            raise UsageError(
                en="the rules name no year and the data have several: say which with `period`",
                zh="规则未写年度，数据又有多个年度：请用 `period` 指明",
            )
        program = self.program_of(year)
        read = year + program.latest
        if read not in data.periods:
            from assessment.data.requirements import missing_period

            found = (missing_period(read, data.periods, CellPlace(file=data.source)),)
            raise DataError(found, render(found))
        if self._of_year is not None:
            data = under_names_of(data, program.rules, self.for_reading)
        outcome, diagnostics = evaluate(program, data, year)
        if outcome is None:
            raise DataError(diagnostics, render(diagnostics))
        return Result(outcome, lambda: self._lines_of(year))

    def __repr__(self) -> str:
        return f"<RuleSet {self.name}: {len(self.indicators)} indicators>"

    def _repr_html_(self) -> str:
        from assessment.report.html import rules_html

        return rules_html(self.checked, self.checked.language)
