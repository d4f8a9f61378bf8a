import pytest

from assessment.core import nodes as n
from assessment.core.walk import order


def labels(rules_of, scheme, row):
    """The labels of the rows of a table whose first row is this one."""
    inputs = "input x in number { range >= 0 }\ninput y in number { range >= 0 }"
    score = f"bands(x) {{ {row}; otherwise: 0 points }}"
    formula = rules_of(scheme(inputs=inputs, score=score)).tree.children[0].formula
    table = next(node for node, _ in order((formula.node,)) if isinstance(node, n.Step) and node.otherwise)
    return [range_.label.en for range_ in table.ranges]


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (">= 6: 8 points", ">= 6"),
        ("≥6：8 分", "≥6"),
        ("[2, 6) : 5 points", "[2, 6)"),
        (">= 6: every(y, each: 1, gain: 1 points, most: 8 points, counting: whole)", ">= 6"),
        (">= 6：每增（y，每：1，得：1 分，至多：8 分，计法：按比例）", ">= 6"),
    ],
)
def test_a_row_is_called_by_what_stands_before_its_value(rules_of, scheme, row, label):
    assert labels(rules_of, scheme, row) == [label]


INPUTS = (
    "input x in number { range >= 0 }\ninput done yes/no\ninput answers in persons { range >= 0; kind count }"
)


@pytest.mark.parametrize(
    ("score", "codes"),
    [
        ("bands(x) { >= 6: 100%; otherwise: 60% }", []),
        ("bands(x) { >= 6: 100%; otherwise: 6 points }", ["argument-kind"]),
        ("bands(x) { >= 6: 6 points; otherwise: 60% }", ["argument-kind"]),
        ("bands(x) { >= 6: 6; otherwise: 0 points }", ["argument-kind"]),
        ("curve(x) { 0: 0%; 5: 100% }", []),
        ("decide { done: attain(x, target: 5); otherwise: 0% }", []),
        ("decide { done: 5 points up to 3 points; otherwise: 0 points }", ["argument-kind"]),
        ("decide { each answers: 5 points; otherwise: 0 points }", ["argument-kind"]),
        ("decide { >= 5: 5 points; otherwise: 0 points }", ["argument-kind"]),
        ("decide { otherwise: 0 points }", ["missing-argument"]),
        ("survey { answers: 100%; otherwise: 0% }", ["argument-kind"]),
        ("survey { done: 100% }", ["argument-kind"]),
        ("weighted { attain(x, target: 5): 60%; attain(x, target: 6): 4 }", ["argument-kind"]),
        ("weighted { done: 1; done: 2 }", ["argument-kind", "argument-kind"]),
        (
            "tiers(x, from: 5, base: 1 points, each: 1, below: none) { otherwise: 1 points }",
            ["argument-kind"],
        ),
        ("tiers(x, from: 5, base: 1 points, each: 1, below: none) { != 5: 1 points }", ["argument-kind"]),
        ("tiers(x, from: 5, base: 1 points, each: 1, below: none) { [0, 3): 10% }", ["argument-kind"]),
        ("attain(x, target: 5, cap: none) * 0", []),
        ("meets(x, target: none)", ["unknown-name"]),
    ],
)
def test_what_rows_and_limits_may_be(found, scheme, score, codes):
    errors = [code for code, _ in found(scheme(inputs=INPUTS, score=score)) if code not in UNUSED]
    assert errors == codes


UNUSED = {"unused-input", "no-owner", "no-clause", "no-authority", "no-undefined-policy"}
