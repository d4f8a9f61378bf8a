"""What holds for generated rule files: whatever the checker accepts evaluates, and what does not matter changes nothing."""

import re
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.laws.composer import examples

import assessment
from assessment.errors import DataError
from assessment.ruleset import RuleSet
from assessment.testing import file_laws, laws, rule_files, tables_for
from assessment.testing.files import schemes
from assessment.testing.laws import shown
from assessment.testing.regional import Table, read

SCHEMES = schemes().map(lambda scheme: scheme.text)
FEW = settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def cases(draw: st.DrawFn, files: st.SearchStrategy[str]) -> tuple[str, RuleSet, Table]:
    text = draw(files)
    rules = assessment.load(text)
    return text, rules, draw(tables_for(rules))


def evaluated(rules: RuleSet, table: Table) -> Any:
    try:
        return rules.evaluate(read(rules, table), period=2018)
    except DataError:
        return None


@FEW
@given(cases(rule_files()))
def test_accepted_rules_evaluate_on_all_data_and_keep_every_law(case: tuple[str, RuleSet, Table]) -> None:
    _, rules, table = case
    for law in laws.LAWS:
        law(rules, table)


@FEW
@given(cases(rule_files()))
def test_points_are_conserved_when_they_are_passed_on(case: tuple[str, RuleSet, Table]) -> None:
    text, _, table = case
    file_laws.points_are_conserved(text, table)


@FEW
@given(cases(SCHEMES), st.sampled_from([2, 3, 10]))
def test_rate_of_a_formula_does_not_depend_on_its_points(
    case: tuple[str, RuleSet, Table], factor: int
) -> None:
    text, rules, table = case
    # Every number of points of the file, those of nodes and grades and those inside formulas, grows alike; what is judged
    # or given in points is read from the data and would have to grow with them.
    if re.search(r"opinion", text):
        return
    larger = re.sub(
        r"([0-9]+(?:\.[0-9]+)?) points", lambda found: f"{float(found[1]) * factor:g} points", text
    )
    grown = assessment.load(larger)
    before, after = evaluated(rules, table), evaluated(grown, table)
    assert (before is None) == (after is None)
    for one in before or ():
        for path, line in one.lines.items():
            if not line.children and isinstance(line.rate.value, Fraction):
                assert after[one.region].lines[path].rate.value == line.rate.value, (one.region, path)


@FEW
@given(cases(SCHEMES))
def test_order_of_statements_changes_nothing(case: tuple[str, RuleSet, Table]) -> None:
    text, rules, table = case
    lines = text.splitlines()
    inputs = [line for line in lines if line.startswith("    input ")]
    head = [line for line in lines[1:8] if line.startswith("    ")]
    turned = text
    for block in (inputs, head):
        turned = turned.replace("\n".join(block), "\n".join(reversed(block)))
    assert shown(evaluated(rules, table)) == shown(evaluated(assessment.load(turned), table))
