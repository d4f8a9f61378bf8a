from fractions import Fraction

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.numbering import factored, numbering
from assessment.core.types import Kind
from assessment.core.walk import order

X = n.Input(name="x", type=t.number())
Y = n.Input(name="y", type=t.number())


def same(left: n.Node, right: n.Node) -> bool:
    found = numbering(node for node, _ in order((left, right)))
    return found[id(left)] == found[id(right)]


def test_a_node_that_was_made_anew_with_another_kind_is_the_same_value():
    quotient = b.divide(X, Y)
    assert same(quotient, b.cast(quotient, Kind.RATE))


def test_a_frame_is_what_it_frames():
    assert same(X, n.Frame(node=X, type=X.type, role="measure", name="m"))


def test_the_order_of_factors_does_not_count_and_that_of_a_quotient_does():
    assert same(b.multiply(X, Y), b.multiply(Y, X))
    assert not same(b.divide(X, Y), b.divide(Y, X))


def test_a_yes_is_no_one():
    assert not same(b.const(True), b.const(1))


def test_another_period_is_another_value():
    assert not same(X, b.shift(X, -1))


def test_statistics_of_other_fields_are_other_values():
    assert not same(b.aggregate("mean", X, "all"), b.aggregate("mean", X, "group"))
    assert not same(b.aggregate("mean", X, "all"), b.aggregate("mean", X, "all", own=False))
    assert same(b.aggregate("mean", X, "all"), b.aggregate("mean", X, "all"))


def test_rows_of_a_step_table_count_with_their_ends():
    rows = n.Range(low=b.const(1))
    assert same(b.step(X, [rows], [Y]), b.step(X, [n.Range(low=b.const(1))], [Y]))
    assert not same(b.step(X, [rows], [Y]), b.step(X, [evolve(rows, low_closed=False)], [Y]))


def test_constant_factors_are_taken_out_through_frames():
    framed = n.Frame(node=b.multiply(b.const(3), X), type=X.type, role="measure", name="m")
    assert factored(b.multiply(b.const(Fraction(1, 2)), framed)) == (Fraction(3, 2), X)
    assert factored(b.multiply(X, Y))[0] == 1
