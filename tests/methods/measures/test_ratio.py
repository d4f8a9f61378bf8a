from fractions import Fraction

from assessment.core.absence import Absence
from assessment.core.types import Kind


def test_units_cancel_and_are_converted(bench):
    lowered = bench.lower(
        "ratio", numerator=bench.quantity("a", "亿元"), denominator=bench.quantity("b", "万元")
    )
    assert lowered.node.type.kind is Kind.NUMBER
    assert bench.evaluate(lowered.node, {"a": [3], "b": [12000]}) == [Fraction(5, 2)]


def test_a_denominator_of_zero_is_undefined(bench):
    found = bench.values(
        "ratio", {"a": [3], "b": [0]}, numerator=bench.plain("a"), denominator=bench.plain("b")
    )
    assert found == [Absence.UNDEFINED]


def test_a_written_denominator_of_zero_is_refused(bench):
    assert bench.codes("ratio", numerator=bench.plain(), denominator=0) == ["constant-zero-divisor"]
