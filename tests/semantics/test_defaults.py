"""Default scores with `it`, measures with their direction, and that nothing of them acts silently."""

import pytest

from assessment.core import nodes as n
from assessment.core.walk import order
from assessment.diagnostics.model import Source
from assessment.semantics.check import check
from assessment.syntax.parse import parse

DEFAULT = "default score = attain(it, target: 5 yuan, better: its direction)"


def findings_of(text):
    file, found = parse(Source(name="rules.assess", text=text))
    assert found == ()
    return check(file)[1]


def constants(node):
    return {inner.value for inner, _ in order((node,)) if isinstance(inner, n.Const)}


def test_leaf_without_a_score_takes_the_nearest_default(rules_of, scheme):
    tree = """
        default score = attain(it, target: 5 yuan)
        indicator 1 4 points measure x
        category near 6 points {
            default score = attain(it, target: 7 yuan)
            indicator 2 2 points measure x
            indicator 3 4 points { part a 2 points measure x part b 2 points = attain(x, target: 9 yuan) }
        }
    """
    leaves = [
        node.formula for node in rules_of(scheme(indicator=tree)).tree.walk() if node.formula is not None
    ]
    targets = [constants(leaf) & {5, 7, 9} for leaf in leaves]
    assert targets == [{5}, {7}, {7}, {9}]


def test_parts_read_the_measure_of_their_indicator(rules_of, scheme):
    tree = """indicator 1 10 points {
        measure x / 2
        part level 6 points = attain(it, target: 5 yuan)
        part growth 4 points = attain(change(it), target: 1 yuan)
    }"""
    rules = rules_of(scheme(indicator=tree))
    level, growth = (part.formula for part in rules.tree.children[0].children)
    frames = [
        [node for node, _ in order((formula,)) if isinstance(node, n.Frame) and node.role == "measure"]
        for formula in (level, growth)
    ]
    assert frames[0][0] is frames[1][0]


@pytest.mark.parametrize(("direction", "falls"), [("higher is better", False), ("越低越好", True)])
def test_direction_of_the_measure_is_that_of_the_score(rules_of, scheme, direction, falls):
    tree = f"{DEFAULT}\nindicator 1 10 points measure x, {direction}"
    formula = rules_of(scheme(indicator=tree)).tree.children[0].formula
    # Lower is better chooses where nothing is left.
    assert any(isinstance(node, n.Select) for node, _ in order((formula,))) is falls


def test_direction_goes_through_a_method(rules_of, scheme):
    tree = """
        method near(a, way) = attain(a, target: 5 yuan, better: way)
        default score = near(it, its direction)
        indicator 1 10 points measure x, lower is better
    """
    formula = rules_of(scheme(indicator=tree)).tree.children[0].formula
    assert any(isinstance(node, n.Select) for node, _ in order((formula,)))


def test_mistake_of_a_default_by_one_measure_names_that_measure(scheme):
    inputs = "input x in yuan { range >= 0 }\ninput y in persons { range >= 0 }"
    tree = """default score = attain(it, target: 5 yuan)
        indicator 1 5 points measure x
        indicator 2 5 points measure y"""
    (clash,) = (
        one for one in findings_of(scheme(inputs=inputs, indicator=tree)) if one.code == "unit-mismatch"
    )
    assert [(label.place.text, label.primary) for label in clash.labels] == [
        ("5 yuan", True),
        ("it", False),
        ("y", False),
        ("measure y", False),
    ]


def test_mistake_of_a_default_itself_is_reported_once(scheme):
    tree = "default score = attin(it)\n" + "\n".join(
        f"indicator {number} 1 points measure x" for number in range(1, 11)
    )
    errors = [one for one in findings_of(scheme(indicator=tree)) if one.code == "unknown-method"]
    assert [len(one.labels) for one in errors] == [1]


def test_target_of_it_is_that_of_the_measure(rules_of, scheme):
    tree = """targets all x { 2018: 6 yuan }
        default score = attain(it, target: target(it))
        indicator 1 10 points measure x"""
    formula = rules_of(scheme(indicator=tree)).tree.children[0].formula
    assert any(isinstance(node, n.Lookup) for node, _ in order((formula,)))


def test_leaf_that_applies_to_nobody_needs_no_measure(found, scheme):
    tree = """group g { A; B; C }
        default score = attain(it, target: 5 yuan)
        indicator 1 5 points measure x
        indicator 2 5 points { not applicable to all -> full }"""
    assert "no-measure" not in [code for code, _ in found(scheme(indicator=tree))]


def test_the_same_defaults_in_chinese_are_the_same_rules(rules_of, scheme):
    english = rules_of(scheme(indicator=f"{DEFAULT}\nindicator 1 10 points measure x, lower is better"))
    chinese = rules_of(
        scheme(
            indicator="默认 计分 = 达标（本项，目标：5 yuan，方向：本项方向）\n指标 1 10 分 取自 x，越低越好"
        )
    )
    formulas = [rules.tree.children[0].formula for rules in (english, chinese)]
    assert [type(node) for node, _ in order((formulas[0],))] == [
        type(node) for node, _ in order((formulas[1],))
    ]
