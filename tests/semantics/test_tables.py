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
