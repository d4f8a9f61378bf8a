"""Graphs that are alike have the same bounds, so that one of them speaks for all."""

from fractions import Fraction

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.alike import pattern
from assessment.core.bounds import analyse
from assessment.core.walk import children, order, with_children
from assessment.testing.graphs import graphs

X, Y = (n.Input(name=name, type=t.number()) for name in "xy")


def renamed(root: n.Node, suffix: str) -> n.Node:
    """The graph with every input under another name."""
    new: dict[int, n.Node] = {}
    for node, _ in order((root,)):
        if isinstance(node, n.Input) and node.name != n.OWN_REGION:
            new[id(node)] = evolve(node, name=node.name + suffix)
        else:
            new[id(node)] = with_children(node, tuple(new[id(child)] for child in children(node)))
    return new[id(root)]


@given(graphs(), st.sampled_from(["2", "_before"]))
def test_other_names_of_inputs_change_neither_the_pattern_nor_the_bounds(root, suffix):
    other = renamed(root, suffix)
    assert pattern((root,)) == pattern((other,))
    left, right = (analyse((one,)).of(one) for one in (root, other))
    assert (left.interval, left.absent) == (right.interval, right.absent)
    assert len(left.undefined_by) == len(right.undefined_by)


@given(graphs(), graphs())
def test_graphs_of_one_pattern_have_the_same_bounds(left, right):
    if pattern((left,)) == pattern((right,)):
        one, other = analyse((left,)).of(left), analyse((right,)).of(right)
        assert (one.interval, one.absent) == (other.interval, other.absent)


def test_what_bounds_depend_on_tells_patterns_apart():
    whole = evolve(X, low=Fraction(0), low_closed=True)
    promised = n.Frame(node=X, type=X.type, role="call", name="m", low=Fraction(0), high=Fraction(1))
    level = n.Input(name="x", type=t.Type(kind=t.Kind.LEVEL, levels=("good", "bad")))
    apart = [
        X,
        whole,
        evolve(whole, low_closed=False),
        promised,
        evolve(promised, high=Fraction(2)),
        level,
        b.own_region(),
        b.divide(X, Y),
        b.divide(X, X),
        b.divide(X, b.const(2)),
        b.divide(X, b.const(3)),
        n.Div(left=X, right=evolve(X), type=X.type),
        b.shift(X, -1),
    ]
    patterns = [pattern((one,)) for one in apart]
    # Two nodes of one input are one value, so these two have one meaning; told apart they cost one look more.
    assert len(set(patterns)) == len(apart)
