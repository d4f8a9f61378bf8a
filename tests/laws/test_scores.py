"""What holds for every rule set and all data: bounds, sums, and what must not matter."""

import re
from collections.abc import Sequence
from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assessment
from assessment.core.absence import Absence
from assessment.diagnostics.model import Severity
from assessment.methods.registry import methods
from assessment.number import Irrational, Real, add
from assessment.result import Exact, Result
from assessment.ruleset import RuleSet
from assessment.testing.files import (
    NUMBERS,
    REGIONS,
    TEMPLATES,
    Scheme,
    Table,
    Template,
    cases,
    cells,
    scheme_of,
    tables,
)

# Each example loads a rule file of its own, which is most of the time it takes.
LAW = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
FEW = settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def evaluated(scheme: Scheme, table: Table, **reading: Any) -> Result:
    rules = assessment.load(scheme.text)
    return rules.evaluate(assessment.read_data(table, rules, **reading))


def shown(result: Result) -> dict[str, tuple[Any, ...]]:
    """Everything that is published of each region, and the exact total."""
    return {
        one.region: (
            one.total,
            one.exact,
            one.key_total,
            one.rank,
            one.grade,
            [i.score for i in one.indicators],
        )
        for one in result
    }


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda template: f"{template.method}-{template.text[:40]}"
)
def test_template_is_a_rule_file_without_errors(template: Template) -> None:
    found = assessment.check(scheme_of([[[template]]]).text)
    assert [one.message for one in found if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda template: f"{template.method}-{template.text[:40]}"
)
def test_template_uses_the_method_it_is_for(template: Template) -> None:
    # What every method promises is tested over the registry, in tests/methods; here they meet in whole files.
    assert template.method in {method.en for method in methods()}
    assert template.text.count(f"{template.method}(") + template.text.count(f"{template.method} {{")


def last_place(scheme: Scheme) -> Fraction:
    """One in the last place to which indicators are rounded."""
    places = re.search(r"round indicator \S+ to (\d) places", scheme.text)
    assert places
    return Fraction(1, 10 ** int(places[1]))


@LAW
@given(cases())
def test_scores_lie_between_zero_and_the_points_possible(case: tuple[Scheme, Table]) -> None:
    scheme, table = case
    for one in evaluated(scheme, table):
        for line in one.breakdown.root.walk():
            if isinstance(line.exact.value, Fraction):
                assert isinstance(line.possible.value, Fraction)
                most = line.possible.value
                if "carry rounded" in scheme.text and line.children:
                    # Thirds of points that were passed on, each rounded up, come to more than was passed on.
                    most += sum(below.level == "indicator" for below in line.walk()) * last_place(scheme)
                assert 0 <= line.exact.value <= most, (one.region, line.id)


@LAW
@given(cases())
def test_points_possible_of_the_indicators_add_up_to_those_of_their_category(
    case: tuple[Scheme, Table],
) -> None:
    for one in evaluated(*case):
        for line in one.breakdown.root.walk():
            if line.children and isinstance(line.exact.value, Fraction):
                below = [child.possible.value for child in line.children]
                assert sum(below, Fraction(0)) == line.possible.value, (one.region, line.id)  # type: ignore[arg-type]


def added(values: Sequence[object]) -> Real:
    """The exact sum of the values that are there, irrational ones among them."""
    return add(*(value for value in values if isinstance(value, (Fraction, Irrational))))


@LAW
@given(cases())
def test_contributions_add_up_to_the_published_total(case: tuple[Scheme, Table]) -> None:
    for one in evaluated(*case):
        parts = [part.amount.value for part in one.breakdown.contributions]
        if one.total is not None:
            assert added(parts) == one.total


@LAW
@given(cases())
def test_each_line_is_the_sum_of_the_lines_below_and_its_residue(case: tuple[Scheme, Table]) -> None:
    for one in evaluated(*case):
        for line in one.breakdown.root.walk():
            if line.residue is not None and isinstance(line.score.value, Fraction):
                below = [child.score.value for child in line.children]
                assert added([*below, line.residue.value]) == line.score.value


@LAW
@given(cases(), st.permutations(REGIONS))
def test_order_of_the_regions_changes_nothing(case: tuple[Scheme, Table], order: list[str]) -> None:
    scheme, table = case
    turned = {period: {region: rows[region] for region in order} for period, rows in table.items()}
    assert shown(evaluated(scheme, table)) == shown(evaluated(scheme, turned))


@LAW
@given(cases(), st.data())
def test_unit_of_the_data_changes_nothing(case: tuple[Scheme, Table], data: st.DataObject) -> None:
    scheme, table = case
    names = [name for name in scheme.reads if name in NUMBERS]
    changed = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    factors = {"money": 10_000, "output": 10_000, "people": 10_000, "firms": Fraction(1, 10_000), "share": 10}
    other = deepcopy(table)
    for rows in other.values():
        for row in rows.values():
            for name in changed:
                value = row[name]
                if isinstance(value, Fraction):
                    row[name] = value * factors.get(name, 10_000 if name == "burden" else 1)
    units = {name: NUMBERS[name][1] for name in changed}
    assert shown(evaluated(scheme, table)) == shown(evaluated(scheme, other, units=units))


@LAW
@given(cases())
def test_score_is_there_or_the_reason_why_not(case: tuple[Scheme, Table]) -> None:
    for one in evaluated(*case):
        for line in one.breakdown.root.walk():
            # A part that is not rounded may be irrational.
            scored = isinstance(line.score.value, Fraction | Irrational)
            assert scored == (line.status == "scored"), (one.region, line.id)
            assert scored or line.status is line.score.value
            assert scored or isinstance(line.status, Absence)


@LAW
@given(cases())
def test_higher_total_never_has_a_worse_rank(case: tuple[Scheme, Table]) -> None:
    regions = [one for one in evaluated(*case) if one.rank is not None]
    for one in regions:
        for other in regions:
            if one.group == other.group and one.total > other.total:  # type: ignore[operator]
                assert one.rank <= other.rank  # type: ignore[operator]


@FEW
@given(cases())
def test_without_a_score_there_is_no_rank_and_no_grade(case: tuple[Scheme, Table]) -> None:
    for one in evaluated(*case):
        assert (one.total is None) == (one.rank is None)
        assert one.total is not None or one.grade is None


MONOTONE = [template for template in TEMPLATES if template.rising or template.falling]


@FEW
@pytest.mark.parametrize("template", MONOTONE, ids=lambda template: f"{template.method}-{template.text[:40]}")
@given(data=st.data())
def test_score_moves_in_the_direction_that_the_method_promises(
    template: Template, data: st.DataObject
) -> None:
    scheme = scheme_of([[[template]]], indicator_places=4)
    rules = _loaded(scheme.text)
    table = data.draw(tables(scheme, absent=False))
    name = data.draw(st.sampled_from([*template.rising, *template.falling]))
    low, high = sorted(
        [data.draw(cells(name)), data.draw(cells(name))],
        key=lambda value: ("good", "fair", "poor").index(value) if isinstance(value, str) else value,
    )
    if isinstance(low, tuple):
        # Ratings rise one by one: as many raters, each at least as high.
        low, high = _pairs(low, high)
    scores = []
    for value in (low, high):
        table[2018][REGIONS[0]][name] = value
        result = rules.evaluate(assessment.read_data(table, rules))
        scores.append(result[REGIONS[0]].indicator(1).exact)
    first, second = scores if name in template.rising else scores[::-1]
    assert _least(first) <= _most(second)


def _least(score: Exact) -> Fraction:
    return Fraction(score[0]) if isinstance(score, tuple) else _present(score)


def _most(score: Exact) -> Fraction:
    return Fraction(score[1]) if isinstance(score, tuple) else _present(score)


def _present(score: Fraction | None) -> Fraction:
    assert score is not None
    return score


def _pairs(one: tuple[Fraction, ...], other: tuple[Fraction, ...]) -> tuple[Any, Any]:
    pairs = list(zip(one, other, strict=False))
    return tuple(min(pair) for pair in pairs), tuple(max(pair) for pair in pairs)


_RULES: dict[str, RuleSet] = {}


def _loaded(text: str) -> RuleSet:
    if text not in _RULES:
        _RULES[text] = assessment.load(text)
    return _RULES[text]
