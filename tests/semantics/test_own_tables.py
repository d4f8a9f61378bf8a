"""Tables that a rule file declares: by indicator, by group and by year, and sizes that come from them."""

from fractions import Fraction

import pytest

from assessment.core import nodes as n
from assessment.core.walk import order
from assessment.diagnostics.model import Source
from assessment.semantics.check import check
from assessment.syntax.parse import parse

LINTS = {"no-authority", "no-owner", "no-clause"}


@pytest.fixture
def found(found):
    """The findings in a text without those about departments and documents."""
    return lambda text: [one for one in found(text) if one[0] not in LINTS]


def lookups(node):
    return [inner for inner, _ in order((node,)) if isinstance(inner, n.Lookup)]


def test_entry_by_indicator_is_a_constant_and_its_step_points_at_the_row(rules_of, scheme):
    tree = "table goals by indicator { 1: 5 yuan }\nindicator 1 10 points = attain(x, target: entry(goals))"
    formula = rules_of(scheme(indicator=tree)).tree.children[0].formula
    (entry,) = (node for node, _ in order((formula,)) if isinstance(node, n.Frame) and node.name == "entry")
    assert isinstance(entry.node, n.Const)
    assert entry.node.value == 5
    assert entry.span.text == "1: 5 yuan"


def test_entry_is_as_good_as_the_number_in_its_place(found, scheme):
    # A target of zero that is written out is refused; so is one in a table.
    tree = "table goals by indicator { 1: 0 yuan }\nindicator 1 10 points = attain(x, target: entry(goals))"
    assert [code for code, _ in found(scheme(indicator=tree))] == ["constant-zero-divisor"]


def test_each_indicator_reads_its_own_row_through_a_method(rules_of, scheme):
    tree = """table goals by indicator { 1: 5 yuan; 2: 7 yuan }
        method near(a) = attain(a, target: entry(goals))
        indicator 1 5 points = near(x)
        indicator 2 5 points { part a 2 points = near(x) part b 3 points = near(x) }"""
    rules = rules_of(scheme(indicator=tree))
    constants = [
        {node.value for node, _ in order((leaf.formula,)) if isinstance(node, n.Const)} & {5, 7}
        for leaf in rules.tree.walk()
        if leaf.formula is not None
    ]
    assert constants == [{5}, {7}, {7}]


def test_entries_by_group_are_in_the_unit_of_the_table(rules_of, scheme):
    tree = """group g { A; B; C }
        group h { D; E; F }
        table goals by group in 万元 { g: 5; h: 60000 yuan }
        indicator 1 10 points = attain(x, target: entry(goals))"""
    rules = rules_of(
        scheme(policies="policies { missing: error; undefined: zero; not applicable: zero }", indicator=tree)
    )
    (lookup,) = lookups(rules.tree.children[0].formula)
    assert lookup.entries == (("g", None, Fraction(5)), ("h", None, Fraction(6)))


def test_size_from_a_table_stands_where_the_row_stands(scheme):
    tree = "table sizes by indicator { 1: 4 points; 2: 5 points }\npoints from table sizes\n" + "\n".join(
        f"indicator {number} = attain(x, target: 5 yuan)" for number in (1, 2)
    )
    file, _ = parse(Source(name="rules.assess", text=scheme(indicator=tree)))
    (sums,) = (one for one in check(file)[1] if one.code == "points-not-total")
    assert [label.place.text for label in sums.labels if not label.primary] == ["1: 4 points", "2: 5 points"]


def test_nearest_table_gives_the_size(rules_of, scheme):
    tree = """table far by indicator { 1: 4 points }
        table near by indicator { 2: 6 points }
        points from table far
        indicator 1 = attain(x, target: 5 yuan)
        category c { points from table near indicator 2 = attain(x, target: 5 yuan) }"""
    sizes = [node.points for node in rules_of(scheme(indicator=tree)).tree.walk()]
    assert sizes == [10, 4, 6, 6]


def test_group_that_is_not_scored_needs_no_entry(found, scheme):
    tree = """group g { A; B; C }
        group city reference { D }
        table goals by group { g: 5 yuan }
        indicator 1 10 points = attain(x, target: entry(goals))"""
    assert "no-table-entry" not in [code for code, _ in found(scheme(indicator=tree))]
