"""The pipeline on one screen: text is parsed, checked and compiled; data are read; rules are evaluated on data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assessment import cache
from assessment.compiler.from_rules import compile_rules
from assessment.data.model import Data
from assessment.data.read import read
from assessment.diagnostics.model import Diagnostic, Source, has_errors, in_source_order
from assessment.diagnostics.text import render
from assessment.errors import DataError, RulesError
from assessment.evaluation.outcome import required_inputs
from assessment.ruleset import RuleSet
from assessment.semantics.check import check as check_rules
from assessment.semantics.limits import check_limits
from assessment.syntax.parse import parse
from assessment.syntax.source import read_source


def load(path_or_text: str | Path) -> RuleSet:
    """Read, check and compile a rule file.

    `path_or_text` is a path, or the text of a rule file (a text with a brace or a line break is taken as text).
    Raises `RulesError` with every finding where the file has an error. Warnings stay with the rule set.
    """
    rules, diagnostics = _rules(path_or_text)
    if rules is None:
        raise RulesError(diagnostics, render(diagnostics))
    return rules


def check(path_or_text: str | Path) -> tuple[Diagnostic, ...]:
    """Every finding in a rule file, in source order; empty where there is nothing to say. Never raises for the file."""
    return _rules(path_or_text)[1]


def read_data(
    source: object,
    rules: RuleSet,
    *,
    period: int | None = None,
    units: Mapping[str, str] | None = None,
    encoding: str | None = None,
    sheet: str | Sequence[str] | None = None,
    regions: Mapping[str, str] | None = None,
) -> Data:
    """Read and check the data of regions for a rule set.

    `source` is a path to CSV or Excel, the bytes of one, a pandas, polars or Arrow table, or a mapping
    `{period: {region: {input: value}}}` (without the outer level for one period). `period` is the assessed year and,
    where the data name no year, the year they belong to. `units` gives units by input, `regions` further names of
    regions. Raises `DataError` with every bad cell and its place.
    """
    year = period if period is not None else rules.period

    def required(group: str | None) -> tuple[tuple[str, int], ...]:
        return () if year is None else required_inputs(rules.program, group, year)

    data, diagnostics = read(
        source,
        rules.checked,
        period=period,
        units=units,
        encoding=encoding,
        sheet=sheet,
        regions=regions,
        required=required,
    )
    if data is None:
        raise DataError(diagnostics, render(diagnostics))
    return data


def _rules(path_or_text: str | Path) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    if isinstance(path_or_text, str) and any(mark in path_or_text for mark in "{\n｛"):
        return _compiled(Source(name="<text>", text=path_or_text))
    source, found = read_source(Path(path_or_text))
    if source is None:
        return None, found
    rules = cache.recall(source)
    if rules is not None:
        return rules, rules.diagnostics
    rules, more = _compiled(source)
    if rules is not None and not found:
        cache.keep(source, rules)
    return rules, found + more


def _compiled(source: Source) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    """The pipeline: text to tree, tree to checked rules, checked rules to program."""
    file, found = parse(source)
    if file is None or has_errors(found):
        return None, in_source_order(found)
    checked, more = check_rules(file)
    found += more
    if checked is not None:
        found += check_limits(checked)
    found = in_source_order(found)
    if checked is None or has_errors(found):
        return None, found
    return RuleSet(compile_rules(checked), found), found
