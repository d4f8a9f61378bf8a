"""The way in: rule files become rule sets, data are read for them; `RuleSet.evaluate` does the rest.

What reads text and what reads data is imported when it is first used: a rule set that is kept needs no parser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from attrs import evolve, frozen

from assessment import cache
from assessment.analysis.difference import Difference
from assessment.analysis.moves import ORDERS, Order, Run, RunKey, Shift, Side, moves
from assessment.data.model import Data
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.model import Diagnostic, Source, has_errors
from assessment.diagnostics.text import render
from assessment.errors import DataError, RulesError, UsageError
from assessment.ruleset import RuleSet, year_of
from assessment.syntax.formatting.languages import FormatLang
from assessment.syntax.source import read_source

if TYPE_CHECKING:
    from assessment.analysis.reconcile.compare import Reconciliation
    from assessment.examples.run import Tested


def load(path_or_text: str | Path) -> RuleSet:
    """Read, check and compile a rule file.

    `path_or_text` is a path, or the text of a rule file (what is blank, or has a brace or a line break, is text).
    Raises `RulesError` with every finding where the file has an error. Warnings stay with the rule set.
    """
    rules, diagnostics = _rules(path_or_text)
    if rules is None:
        raise RulesError(diagnostics, render(diagnostics))
    return rules


def check(path_or_text: str | Path) -> tuple[Diagnostic, ...]:
    """Every finding in a rule file, in source order; empty where there is nothing to say. Never raises for the file."""
    source, found = _source(path_or_text)
    if source is None:
        return found
    from_file = not _is_text(path_or_text)
    known = cache.recall_findings(source) if from_file else None
    if known is not None:
        return known
    sound, more, sources = _findings(source, from_file=from_file)
    if from_file and sound and not found:
        cache.keep_findings(source, more, sources)
    return found + more


def format_rules(path_or_text: str | Path, *, lang: FormatLang = "keep") -> str:
    """The text of a rule file in order, read as the same rules; no file is written.

    `lang` says how keywords and names of methods are written: `zh`, `en`, or `keep` for each as it is. What the author
    named, titles and comments stay. Raises `RulesError` with every finding where the file cannot be read.
    """
    from assessment.rewrite import in_order

    if lang not in get_args(FormatLang):
        raise UsageError(
            f"`{lang}` is none of zh, en and keep", f"语言只能是 zh、en 或 keep，不能是 `{lang}`"
        )
    source, found = _source(path_or_text)
    text, found = (None, found) if source is None else in_order(source, lang)
    if text is None:
        raise RulesError(found, render(found))
    return text


def show(path_or_text: str | Path, *, year: int | None = None, lang: Lang | None = None) -> str:
    """The text of a rule file as a whole: with what it takes over from the file that it amends, and all its changes made.

    `year` shows the rules of that year: the file of the chain that holds then, the items in force, the names of the year. `lang` is the
    language of the keywords, that of the file by default. Reading the text again gives the same rules. Comments are left out.
    Raises `RulesError` where the files cannot be read or put together.
    """
    from assessment.amending.chain import beside
    from assessment.pipeline import resolved
    from assessment.syntax.print import print_rules

    source, found = _source(path_or_text)
    file = None
    if source is not None:
        file, found = resolved(source, None if _is_text(path_or_text) else beside, year)
    if file is None:
        raise RulesError(found, render(found))
    return print_rules(file, file.language if lang is None else lang)


def test(rules: RuleSet) -> Tested:
    """Score the examples inside a rule file and compare what they expect; tell which rules no example reaches.

    Never raises for what an example gives or expects: that is among the `findings` of what is given back.
    """
    from assessment.examples.run import run_examples

    return run_examples(rules)


def diff(
    old: RuleSet | str | Path,
    new: RuleSet | str | Path,
    *,
    data: object = None,
    new_data: object = None,
    period: int | None = None,
    new_period: int | None = None,
    order: Order = "rules first",
    trial: bool = False,
    units: Mapping[str, str] | None = None,
    rows: Mapping[str, object] | None = None,
    sheet: str | Sequence[str] | None = None,
) -> Difference:
    """What changes in meaning from one rule set to another, and with `data` whose scores move by how much and why.

    `old` and `new` are rule sets, paths or texts as for `load`. `data` are a source as for `read_data`, for both rule sets;
    `new_data` are those of the new year, where they stand apart. `period` is the year that is assessed, `new_period` that of
    the new data where it is another one; without them each rule set is for its own year. The rules of either side are those of
    their own year in every run, whatever year the data are of. `order` says what changes first in
    the split into rule effect and data effect: `rules first`, `data first`, or the `mean` of both.

    `units`, `rows` and `sheet` are as for `read_data`, and hold for the data of both sides.

    With `trial` the year goes with the rules and not with the data: data of another year, and the dates in them, count as those of
    the year of the rules that score them, so that next year's rules can be tried on last year's data. `moves.shifts` says
    which years were counted as which.

    Raises `RulesError` for rules that have an error, `DataError` where one side has no result at all: the old rules
    on the old data, or the new ones on the new. What only the other two runs lack is told with the regions.
    """
    before, after = (one if isinstance(one, RuleSet) else load(one) for one in (old, new))
    found = before.diff(after)
    if data is None:
        if new_data is not None or period is not None or new_period is not None or trial:
            raise UsageError(
                en="years, new data and a trial are for a comparison of scores: give `data`",
                zh="年度、新数据和试算用于比较得分：请给出 `data`",
            )
        return found
    if order not in ORDERS:
        raise UsageError(
            f"`order` is one of {', '.join(ORDERS)}, not `{order}`", f"`order` 应为 {'、'.join(ORDERS)} 之一"
        )
    first = _year_of_side(before, period)
    alone = new_data is None and new_period is None and trial
    second = first if alone else _year_of_side(after, period if new_period is None else new_period)
    same = new_data is None and first == second
    sides: Mapping[Side, tuple[object, int]] = {
        "old": (data, first),
        "new": (data if new_data is None else new_data, second),
    }
    runs: dict[RunKey, Run] = {}
    shifts: list[Shift] = []
    reading = _Reading(units=units or {}, rows=rows or {}, sheet=sheet, known=_input_names(before, after))
    both: Mapping[Side, RuleSet] = {"old": before.fixed, "new": after.fixed}
    for rules_side, rules in both.items():
        for data_side, (source, year) in sides.items():
            if same and data_side == "new":
                runs[rules_side, "new"] = runs[rules_side, "old"]
                continue
            counts_as = _year_of_trial(rules) if trial else year
            unread = {"rules first": ("old", "new"), "data first": ("new", "old")}.get(order)
            if counts_as != year and (rules_side, data_side) != unread:
                shifts.append(Shift(rules=rules_side, data_year=year, counts_as=counts_as))
            must = same or rules_side == data_side
            try:
                runs[rules_side, data_side] = _run(rules, source, year, counts_as - year, reading, must=must)
            except DataError as error:
                if rules_side == "old" or trial or new_data is not None or first == second:
                    raise
                raise _with_trial(error, first, second) from None
    compared = moves(
        runs,
        before.pairs(after),
        (before.program, after.program),
        (first, second),
        order=order,
        same_data=same,
        shifts=tuple(shifts),
    )
    return evolve(found, moves=compared)


def _year_of_trial(rules: RuleSet) -> int:
    """The year as which data count that rules score in a trial."""
    if rules.period is None:
        raise UsageError(
            en=f"`{rules.name}` names no year, so there is none that the data could count as in a trial",
            zh=f"`{rules.name}` 未写年度，试算时数据无从视同该年度",
        )
    return rules.period


def _with_trial(error: DataError, first: int, second: int) -> DataError:
    """The error, with a trial as the way out where the data have nothing of the new year."""
    way = Text(
        en=f"to try the new rules on the data of {first}, let these count as those of {second}: `trial` (`--trial`)",
        zh=f"如要用 {first} 年数据试算新规则，可令其视同 {second} 年数据：`trial`（`--trial`）",
    )
    found = tuple(
        evolve(one, notes=(*one.notes, way)) if one.code == "data-missing-period" else one
        for one in error.diagnostics
    )
    return DataError(found, render(found))


def _year_of_side(rules: RuleSet, period: int | None) -> int:
    year = rules.period if period is None else year_of(period)
    if year is None:
        raise UsageError(
            en=f"`{rules.name}` names no year: say which with `period`",
            zh=f"`{rules.name}` 未写年度：请用 `period` 指明",
        )
    return year


@frozen(kw_only=True)
class _Reading:
    """How the data of both sides are read. What is said of an input that only the other rules have is left out."""

    units: Mapping[str, str]
    rows: Mapping[str, object]
    sheet: str | Sequence[str] | None
    known: frozenset[str]

    def of(self, source: object, rules: RuleSet, year: int) -> Data:
        """The data for one set of rules."""
        others = self.known - _input_names(rules)
        return read_data(
            source,
            rules,
            period=year,
            units={name: unit for name, unit in self.units.items() if name not in others} or None,
            rows={name: file for name, file in self.rows.items() if name not in others} or None,
            sheet=self.sheet,
        )


def _input_names(*rules: RuleSet) -> frozenset[str]:
    return frozenset(one.name for each in rules for one in each.for_reading.inputs)


def _run(
    rules: RuleSet,
    source: object,
    year: int,
    shift: int,
    reading: _Reading,
    *,
    must: bool,
) -> Run:
    """One run; what stands in its way is raised where it must be there."""
    from assessment.data.counted_as import counted_as

    try:
        data = counted_as(reading.of(source, rules, year), rules.for_reading, shift)
        return Run(outcome=rules.evaluate(data, period=year + shift).outcome)
    except DataError as error:
        if must:
            raise
        return Run(outcome=None, refused=tuple(one for one in error.diagnostics if has_errors((one,))))


def read_data(
    source: object,
    rules: RuleSet,
    *,
    period: int | None = None,
    periods: Sequence[int] | None = None,
    units: Mapping[str, str] | None = None,
    encoding: str | None = None,
    sheet: str | Sequence[str] | None = None,
    regions: Mapping[str, str] | None = None,
    rows: Mapping[str, object] | None = None,
) -> Data:
    """Read and check the data of regions for a rule set.

    `source` is a path to CSV or Excel, the bytes of one, a pandas, polars or Arrow table, or a mapping
    `{period: {region: {input: value}}}` (without the outer level for one period). `period` is the assessed year and,
    where the data name no year, the year they belong to; `periods` are those that one run will assess. `units` gives units by input, `regions` further names of
    regions. `rows` gives sources of their own, by input, for ratings and events that stand one in a row. Raises `DataError` with every bad cell and its place.
    """
    from assessment.data.read import read

    period = None if period is None else year_of(period)
    year = rules.period if period is None else period
    years = [year] if periods is None else [year_of(one) for one in periods]

    def required(group: str | None) -> tuple[tuple[str, int], ...]:
        known = (one for one in years if one is not None)
        found = [cell for one in known for cell in rules.required(group, one)]
        return tuple(dict.fromkeys(found))

    data, diagnostics = read(
        source,
        rules.for_reading,
        period=period,
        units=units,
        encoding=encoding,
        sheet=sheet,
        regions=regions,
        rows=rows,
        required=required,
    )
    if data is None:
        raise DataError(diagnostics, render(diagnostics))
    return data


def reconcile(
    rules: RuleSet,
    data: Data,
    published: object,
    *,
    period: int | None = None,
    input_places: Literal["declared", "from-data"] = "declared",
    columns: Mapping[str, str] | None = None,
    sheet: str | Sequence[str] | None = None,
    encoding: str | None = None,
) -> Reconciliation:
    """Hold a published table against what the rules make of the data: each figure, and what explains those that differ.

    `published` is a path to CSV or Excel, the bytes of one, a data frame, or a mapping `{region: {figure: value}}`. Values
    of inputs are exact, but for those of which the rules say `published to 2 places`; `input_places="from-data"` takes the
    decimals that the data show as all that is known of every figure. `columns` says which figure a heading gives where the
    heading itself does not: `{"score A": "indicator 2"}`. Raises `DataError` where the table cannot be read, or names what
    the rules or the data do not have.
    """
    from assessment.analysis.reconcile.compare import reconciled
    from assessment.analysis.reconcile.table import published_of

    if input_places not in ("declared", "from-data"):
        raise UsageError(
            en=f"`input_places` is `declared` or `from-data`, not `{input_places}`",
            zh=f"`input_places` 应为 `declared` 或 `from-data`，而不是 `{input_places}`",
        )
    outcome = rules.evaluate(data, period=period).outcome
    table, found = published_of(published, outcome, columns=columns, sheet=sheet, encoding=encoding)
    if table is None:
        raise DataError(found, render(found))
    return reconciled(outcome, table, places_from_data=input_places == "from-data")


def _compiled(source: Source, *, from_file: bool) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    from assessment.amending.chain import beside
    from assessment.pipeline import compiled

    return compiled(source, beside if from_file else None)


def _findings(source: Source, *, from_file: bool) -> tuple[bool, tuple[Diagnostic, ...], tuple[Source, ...]]:
    from assessment.amending.chain import beside
    from assessment.pipeline import findings

    return findings(source, beside if from_file else None)


def _is_text(path_or_text: str | Path) -> bool:
    return isinstance(path_or_text, str) and (
        not path_or_text.strip() or any(mark in path_or_text for mark in "{\n｛")
    )


def _source(path_or_text: str | Path) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    if _is_text(path_or_text):
        return Source(name="<text>", text=str(path_or_text)), ()
    return read_source(Path(path_or_text))


def _rules(path_or_text: str | Path) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    source, found = _source(path_or_text)
    if source is None:
        return None, found
    if _is_text(path_or_text):
        return _compiled(source, from_file=False)
    rules = cache.recall(source)
    if rules is not None:
        return rules, rules.diagnostics
    rules, more = _compiled(source, from_file=True)
    if rules is not None and not found:
        cache.keep(source, rules)
        cache.keep_findings(source, more, rules.sources)
    return rules, found + more
