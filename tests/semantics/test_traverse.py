"""Walks over a tree meet every node once, in source order, also those that stand in lists with a place of their own."""

from assessment.semantics.traverse import below
from assessment.syntax import ast

TEXT = """assessment t for 2018 "T" {
    group g { A; B alias C, D }
    input x "X" in yuan { from d; range >= 1 }
    indicator 1 "I" 4 points = bands(x) { [0, 2) yuan: 1 points; otherwise: 2 points }
}"""


def test_members_and_attributes_are_met_as_well(parsed):
    kinds = [type(node).__name__ for node in below(parsed(TEXT))]
    assert kinds.count("Member") == 2
    assert (kinds.count("From"), kinds.count("Range"), kinds.count("Call")) == (1, 1, 1)


def test_nodes_come_once_and_in_source_order(parsed):
    nodes = list(below(parsed(TEXT)))
    assert len({id(node) for node in nodes}) == len(nodes)
    statements = [
        node.span.start for node in nodes if isinstance(node, ast.Group | ast.Input | ast.Indicator)
    ]
    assert statements == sorted(statements)


def test_several_roots_are_walked_one_after_another(parsed):
    first, second = parsed(TEXT).body[:2]
    assert list(below((first, second))) == [*below(first), *below(second)]
