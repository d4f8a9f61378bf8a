"""The public result of an assessment: published figures first, and everything behind them on demand."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from assessment import number
from assessment.audit.amount import IN_PERCENT
from assessment.audit.from_outcome import Breakdowns
from assessment.audit.plan import LinePlan
from assessment.audit.record import Breakdown, Line, Status
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.model import Diagnostic
from assessment.diagnostics.suggest import nearest
from assessment.errors import UsageError
from assessment.evaluation.facts import Value
from assessment.evaluation.outcome import Outcome
from assessment.number import Irrational

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from assessment.compiler.program import ComputedResult, Program, Scored
    from assessment.semantics.model import CheckedRules

Published = Decimal | Fraction | None
"""A score as published: a decimal with its places; a fraction where the rules round nothing; None where there is none."""

Exact = Fraction | tuple[str, str] | None
"""A score before rounding: a rational, or certified decimal bounds of an irrational one."""


class Result:
    """The result of one assessment: one entry for each region, in the order of the data.

    `period` is the assessed year, `labels` what the data say about themselves (*illustrative, invented*), `remarks`
    notes of the reader, such as rows that were skipped.
    """

    def __init__(self, outcome: Outcome, lines: Callable[[], LinePlan]) -> None:
        self._lines = lines
        self.outcome = outcome
        """The run itself, for those who build on the library."""
        self._regions = {
            region: RegionResult(self, place) for place, region in enumerate(outcome.facts.regions)
        }

    @property
    def period(self) -> int:
        """The year that was assessed."""
        return self.outcome.period

    @property
    def regions(self) -> tuple[str, ...]:
        """The names of the regions."""
        return tuple(self._regions)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the data say about themselves."""
        return self.outcome.data.labels

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """Notes of the reader of the data."""
        return self.outcome.data.remarks

    @property
    def rules(self) -> CheckedRules:
        """The rules that were applied, as checked."""
        return self.outcome.program.rules

    def __getitem__(self, region: str) -> RegionResult:
        """The result of one region by its name, or by an alias of the rule file.

        Raises `UsageError`, with the nearest name, for a region that was not assessed.
        """
        found = self._found(region)
        if found is not None:
            return found
        close = nearest(str(region), self.regions)
        raise UsageError(
            en=f"`{region}` was not assessed" + (f"; did you mean `{close}`?" if close else ""),
            zh=f"没有 `{region}` 的结果" + (f"，是否应为 `{close}`？" if close else ""),
        )

    def __contains__(self, region: object) -> bool:
        return isinstance(region, str) and self._found(region) is not None

    def _found(self, region: str) -> RegionResult | None:
        """The result of a region by its name or an alias."""
        if region in self._regions:
            return self._regions[region]
        members = (member for group in self.rules.groups for member in group.members)
        named = (member.name for member in members if region in member.aliases)
        return next((self._regions[name] for name in named if name in self._regions), None)

    def __iter__(self) -> Iterator[RegionResult]:
        return iter(self._regions.values())

    def __len__(self) -> int:
        return len(self._regions)

    def ranking(
        self, within: Literal["group", "all"] | None = None, *, result: str | None = None
    ) -> tuple[RegionResult, ...]:
        """The regions in the order of their ranks, those without a rank last.

        `within="group"` puts the groups one after another, in the order of the rule file; None takes the field that
        the rules rank in. `result` names another result than that of the tree.

        Raises `UsageError` for a field or a result that there is not.
        """
        rules = self.rules
        if within not in (None, "group", "all"):
            raise UsageError(
                en=f"`within` is `group` or `all`, not `{within}`",
                zh=f"`within` 应为 `group` 或 `all`，而不是 `{within}`",
            )
        if result is not None:
            named = [one.result(result).within for one in self]
            within = within or next(iter(named), None)
        if within is None:
            within = rules.ranking.within if rules.ranking is not None else "all"
        groups = [group.name for group in rules.groups]
        references = {group.name for group in rules.groups if group.reference}

        def place(one: RegionResult) -> tuple[int, int, Fraction]:
            rank = (one if result is None else one.result(result)).ranks.get(within)
            block = groups.index(one.group) if within == "group" and one.group in groups else 0
            return (
                (one.group in references) * len(groups) + block,
                rank is None,
                rank if rank is not None else Fraction(0),
            )

        return tuple(sorted(self, key=place))

    @cached_property
    def breakdowns(self) -> Breakdowns:
        """The audited breakdowns of all regions, made when asked for."""
        return Breakdowns(self.outcome, self._lines())

    def to_json(self) -> dict[str, object]:
        """The whole result in the published JSON form (see `docs/reference/breakdown.schema.json`)."""
        from assessment.audit.json import result_to_json

        return result_to_json(self)

    def to_pandas(self) -> pd.DataFrame:
        """A table with one row for each region: scores as decimals, exact totals as `p/q` text. Needs extra `frames`."""
        from assessment.report.frames import to_pandas

        return to_pandas(self)

    def to_polars(self) -> pl.DataFrame:
        """The table of `to_pandas` as a polars frame. Needs extra `frames`."""
        from assessment.report.frames import to_polars

        return to_polars(self)

    def to_arrow(self) -> pa.Table:
        """The table of `to_pandas` as an Arrow table. Needs extra `frames`."""
        from assessment.report.frames import to_arrow

        return to_arrow(self)

    def __repr__(self) -> str:
        return f"<Result of {self.rules.name} for {self.period}: {len(self)} regions>"

    def _repr_html_(self) -> str:
        from assessment.report.html import result_html

        return result_html(self, self.rules.language)


class Periods:
    """The results of several periods in one run, in the order of the years; `periods[2018]` is the result of one year."""

    def __init__(self, results: Mapping[int, Result]) -> None:
        self._results = dict(results)

    @property
    def periods(self) -> tuple[int, ...]:
        """The years that were assessed."""
        return tuple(self._results)

    @property
    def regions(self) -> tuple[str, ...]:
        """The names of the regions, in the order of the data."""
        return tuple(dict.fromkeys(region for one in self for region in one.regions))

    @property
    def rules(self) -> CheckedRules:
        """The rules that were applied, as checked."""
        return next(iter(self)).rules

    @property
    def labels(self) -> tuple[str, ...]:
        """What the data say about themselves."""
        return next(iter(self)).labels

    def __getitem__(self, period: int) -> Result:
        """The result of one year. Raises `UsageError` for a year that was not assessed."""
        if period not in self._results:
            known = ", ".join(map(str, self.periods))
            raise UsageError(
                en=f"{period} was not assessed; there are {known}",
                zh=f"没有 {period} 年的结果；有 {known} 年",
            )
        return self._results[period]

    def __contains__(self, period: object) -> bool:
        return period in self._results

    def __iter__(self) -> Iterator[Result]:
        return iter(self._results.values())

    def __len__(self) -> int:
        return len(self._results)

    def to_json(self) -> dict[str, object]:
        """The results of all years in the published JSON form, the earliest first."""
        from assessment.audit.json import periods_to_json

        return periods_to_json(tuple(self))

    def to_csv(self, lang: Lang | None = None) -> str:
        """A table with one row for each region: value and rank of every result in every year."""
        from assessment.report.csv_table import table_csv
        from assessment.report.periods import periods_table

        chosen = _spoken(lang, self.rules.language)
        return table_csv(periods_table(tuple(self), chosen), self.labels, chosen)

    def __repr__(self) -> str:
        return f"<Results of {self.rules.name} for {', '.join(map(str, self.periods))}>"

    def _repr_html_(self) -> str:
        from assessment.report.html import periods_html

        return periods_html(tuple(self), self.rules.language)


class RegionResult:
    """The result of one region."""

    def __init__(self, result: Result, place: int) -> None:
        self._result, self._place = result, place
        self._outcome = result.outcome

    @property
    def region(self) -> str:
        """The region's name."""
        return self._outcome.facts.regions[self._place]

    @property
    def group(self) -> str | None:
        """The id of the region's group, None where the rules have no groups."""
        return self._outcome.facts.groups[self._place]

    @property
    def total(self) -> Published:
        """The total as published, None where it could not be computed."""
        root = self._outcome.program.root
        return _published(self.value(root.published), root.published)

    @property
    def exact(self) -> Exact:
        """The total before rounding, after rescaling to the best where there is any."""
        return _exact(self.value(self._outcome.program.root.rescaled))

    @property
    def status(self) -> Status:
        """`scored`, `undecided`, or the way in which the total is absent."""
        return self.breakdown.root.status

    @property
    def key_total(self) -> Published:
        """The subtotal of the key indicators (※), rounded like the total."""
        found = self._outcome.program.key_total
        return None if found is None else _published(self.value(found[1]), found[1])

    @property
    def rank(self) -> int | Fraction | None:
        """The rank in the field that the rules rank in; a fraction only where ties share the mean of their places."""
        ranking = self._outcome.program.rules.ranking
        rank = None if ranking is None else self.ranks.get(ranking.within)
        return int(rank) if rank is not None and rank.denominator == 1 else rank

    @property
    def ranks(self) -> dict[str, Fraction | None]:
        """The ranks within the `group` and within `all`."""
        program = self._outcome.program
        nodes = {"group": program.rank_in_group, "all": program.rank_in_all}
        values = {over: self.value(node) for over, node in nodes.items() if node is not None}
        return {over: value if isinstance(value, Fraction) else None for over, value in values.items()}

    @property
    def rank_from_bottom(self) -> int | Fraction | None:
        """The rank counted from the bottom, in the field that the rules rank in; None where the rules do not publish it.

        Regions that are equal share a place by the rule for ties from this end, too: of 1, 2, 2, 4 the second and third
        have place 2 from the bottom as well.
        """
        ranking, nodes = self._outcome.program.rules.ranking, self._outcome.program.from_bottom
        rank = None if ranking is None or not nodes else self.value(nodes[ranking.within])
        if not isinstance(rank, Fraction):
            return None
        return int(rank) if rank.denominator == 1 else rank

    @property
    def grade(self) -> str | None:
        """The grade after limits, None where there are no grades or no total."""
        node = self._outcome.program.grade
        value = None if node is None else self.value(node)
        return self._outcome.program.rules.grades[int(value)].name if isinstance(value, Fraction) else None

    @property
    def marks(self) -> tuple[str, ...]:
        """The names of the marks that the region has, in the order of the rule file."""
        return tuple(one.spec.name for one in self._outcome.program.marks if self.value(one.held) is True)

    @cached_property
    def results(self) -> dict[str, NamedResult]:
        """Every result by its name, that of the tree first: `total` where there are points, else as the file names it."""
        program = self._outcome.program
        further = {one.spec.name: NamedResult(self, program, one) for one in program.results}
        return {program.rules.scale.name: NamedResult(self, program, None), **further}

    def result(self, name: str) -> NamedResult:
        """One of several results by its name. Raises `UsageError`, with the nearest name, where there is none."""
        if name not in self.results:
            close = nearest(str(name), self.results)
            raise UsageError(
                en=f"there is no result `{name}`" + (f"; did you mean `{close}`?" if close else ""),
                zh=f"没有名为 `{name}` 的结果" + (f"，是否应为 `{close}`？" if close else ""),
            )
        return self.results[name]

    @cached_property
    def breakdown(self) -> Breakdown:
        """The audited breakdown: every score, step, input and rounding."""
        return self._result.breakdowns.of(self.region)

    @cached_property
    def lines(self) -> dict[str, Line]:
        """The lines of the breakdown by their ids, such as `indicator 2`, `indicator 2.level` or `result gap`."""
        tops = (self.breakdown.root, *(one.root for one in self.breakdown.results))
        return {line.id: line for top in tops for line in top.walk()}

    @property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        """The results of the indicators, in the order of the rule file."""
        return tuple(
            IndicatorResult(self, one)
            for one in self._outcome.program.root.walk()
            if one.spec.level == "indicator"
        )

    def indicator(self, number: int | str) -> IndicatorResult:
        """The result of one indicator by its number.

        Raises `UsageError` where there is no such indicator, or none in the year.
        """
        written = unicodedata.normalize("NFKC", str(number)).strip()  # ２ is 2
        found = self._outcome.program.scored.get(f"indicator {written}")
        if found is None:
            self._refuse_dormant(f"indicator {written}", Text(en=f"indicator {number}", zh=f"指标 {number}"))
            known = [str(one.number) for one in self.indicators]
            raise UsageError(
                en=f"there is no indicator `{number}`; there are {', '.join(known)}",
                zh=f"没有指标 `{number}`；有指标 {'、'.join(known)}",
            )
        return IndicatorResult(self, found)

    def category(self, name: str) -> IndicatorResult:
        """The result of one category by its name in the rule file."""
        found = self._outcome.program.scored.get(f"category {name}")
        if found is None:
            self._refuse_dormant(f"category {name}", Text(en=f"category `{name}`", zh=f"一级指标 `{name}`"))
            raise UsageError(en=f"there is no category `{name}`", zh=f"没有一级指标 `{name}`")
        return IndicatorResult(self, found)

    def _refuse_dormant(self, path: str, called: Text) -> None:
        """Raise `UsageError` with the years of an item that the rules have, but not in this year."""
        years = [one.years for one in self._outcome.program.rules.dormant if one.path == path]
        if years:
            period = self._outcome.period
            raise UsageError(
                en=f"{called.en} is not in force in {period}: it is {', '.join(one.en for one in years)}",
                zh=f"{called.zh} 在 {period} 年不施行：施行年度为 {'、'.join(one.zh for one in years)}",
            )

    def explain(self, lang: Lang | None = None) -> str:
        """The whole breakdown as text, in the language of the rule file unless stated."""
        from assessment.report.terminal import explanation

        return explanation(self.breakdown, _spoken(lang, self.language))

    @property
    def language(self) -> Lang:
        """The language of the rule file, in which texts are given unless another is asked for."""
        return self._outcome.program.rules.language

    def value(self, node: n.Node) -> Value:
        """The value of a node of the program for this region."""
        return self._outcome.values.at(node, self._place)

    def __repr__(self) -> str:
        return f"<{self.region}: {self.total}>"

    def _repr_html_(self) -> str:
        from assessment.report.html import breakdown_html

        return breakdown_html(self.breakdown, self.language)


class NamedResult:
    """One of several results of one region: that of the tree, one made from scores, or the tree taken with other data."""

    def __init__(self, region: RegionResult, program: Program, computed: ComputedResult | None) -> None:
        self._region, self._computed = region, computed
        self._scored = program.root if computed is None else computed.root
        self._rules = program.rules

    @property
    def name(self) -> str:
        """The name in the rule file; `total` for the result of a tree of points."""
        return self._rules.scale.name if self._computed is None else self._computed.spec.name

    @property
    def title(self) -> str:
        """The title in the rule file, else the name."""
        return (self._rules.scale.title or self.name) if self._computed is None else self._computed.spec.title

    @property
    def value(self) -> Published:
        """The value as published, in % where the file says so; None where it could not be computed."""
        return _published(self._region.value(self._scored.published), self._scored.published)

    @property
    def exact(self) -> Exact:
        """The value before rounding, a share as such: 15.98 % is 0.1598."""
        return _exact(self._region.value(self._scored.full))

    @property
    def status(self) -> Status:
        """`scored`, `undecided`, or the way in which the value is absent."""
        return self.line.status

    @property
    def within(self) -> Literal["group", "all"] | None:
        """The field that regions are ranked in by this result, None where they are not."""
        ranking = self._rules.ranking if self._computed is None else self._computed.spec.ranking
        return None if ranking is None else ranking.within

    @property
    def rank(self) -> int | Fraction | None:
        """The rank by this result in its field; a fraction only where ties share the mean of their places."""
        rank = None if self.within is None else self.ranks.get(self.within)
        return int(rank) if rank is not None and rank.denominator == 1 else rank

    @property
    def ranks(self) -> dict[str, Fraction | None]:
        """The ranks within the `group` and within `all`."""
        if self._computed is None:
            return self._region.ranks
        nodes = {"group": self._computed.rank_in_group, "all": self._computed.rank_in_all}
        values = {over: self._region.value(node) for over, node in nodes.items() if node is not None}
        return {over: value if isinstance(value, Fraction) else None for over, value in values.items()}

    @property
    def line(self) -> Line:
        """The line of the breakdown, with what is below it where a tree was scored."""
        return self._region.lines[self._scored.spec.path]

    @property
    def lines(self) -> dict[str, Line]:
        """The lines of this result by the paths of the tree: `total` for the result itself."""
        own = self._scored.spec.path
        return {
            "total" if line.id == own else line.id.removeprefix(f"{own}/"): line for line in self.line.walk()
        }

    def explain(self, lang: Lang | None = None) -> str:
        """How the value came about, step by step, in the language of the rule file unless stated."""
        from assessment.report.terminal import explanation

        chosen = _spoken(lang, self._region.language)
        path = None if self._computed is None else self._scored.spec.path
        return explanation(self._region.breakdown, chosen, line=path)

    def __repr__(self) -> str:
        return f"<{self._region.region}, {self.name}: {self.value}>"


class IndicatorResult:
    """The result of one indicator (or category) of one region."""

    def __init__(self, region: RegionResult, scored: Scored) -> None:
        self._region, self._scored = region, scored

    @property
    def number(self) -> str | None:
        """The number in the rule file."""
        return self._scored.spec.number

    @property
    def title(self) -> str:
        """The title in the rule file."""
        return self._scored.spec.title

    @property
    def score(self) -> Published:
        """The score as published, None where there is none."""
        return _published(self._region.value(self._scored.published), self._scored.published)

    @property
    def exact(self) -> Exact:
        """The score before rounding, after rescaling to the best where there is any."""
        return _exact(self._region.value(self._scored.rescaled))

    @property
    def possible(self) -> Exact:
        """What could be earned here, after points of what does not apply were passed on."""
        return _exact(self._region.value(self._scored.possible))

    @property
    def status(self) -> Status:
        """`scored`, `undecided`, or the way in which the score is absent."""
        return self.line.status

    @property
    def line(self) -> Line:
        """The line of the breakdown."""
        return self._region.lines[self._scored.spec.path]

    def explain(self, lang: Lang | None = None) -> str:
        """How the score came about, step by step, in the language of the rule file unless stated."""
        from assessment.report.terminal import explanation

        chosen = _spoken(lang, self._region.language)
        return explanation(self._region.breakdown, chosen, line=self._scored.spec.path)

    def __repr__(self) -> str:
        return f"<{self._region.region}, {self._scored.spec.path}: {self.score}>"


def _spoken(lang: Lang | None, language: Lang) -> Lang:
    """The language to answer in. Errors: `UsageError` for one that there is not."""
    if lang in (None, "zh", "en"):
        return lang or language
    raise UsageError(
        en=f"`lang` is `zh` or `en`, not `{lang}`", zh=f"`lang` 应为 `zh` 或 `en`，而不是 `{lang}`"
    )


def _published(value: Value, node: n.Node) -> Published:
    if not isinstance(value, Fraction):
        return None
    if node.type.kind in IN_PERCENT:
        value = value * 100
    if isinstance(node, n.Round):
        return Decimal(number.decimal_text(value, node.places))
    text = number.exact_text(value)
    return value if "/" in text else Decimal(text)


def _exact(value: Value) -> Exact:
    if isinstance(value, Irrational):
        return number.enclosure(value)
    return value if isinstance(value, Fraction) else None
