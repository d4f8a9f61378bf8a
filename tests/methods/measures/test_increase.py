from fractions import Fraction

import pytest


def test_the_increase_is_in_the_unit_of_the_value(bench):
    lowered = bench.lower("increase", x=bench.quantity())
    assert lowered.node.type.label.en == "亿元"
    assert bench.evaluate(lowered.node, {"x": ["53.5"], ("x", 1): [50]}) == [Fraction("3.5")]


@pytest.mark.parametrize("kind", ["share", "growth", "change"])
def test_a_share_has_no_increase_and_the_help_names_change(bench, kind):
    (problem,) = bench.problems("increase", x=getattr(bench, kind)())
    assert (problem.code, problem.at) == ("kind-mismatch", "x")
    assert problem.help is not None
    assert "change" in problem.help.en
