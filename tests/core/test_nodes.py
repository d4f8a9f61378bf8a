from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t

X = n.Input(name="x", type=t.number())


def test_nodes_are_equal_only_to_themselves():
    assert n.Input(name="x", type=t.number()) != X
    assert len({X, X, n.Input(name="x", type=t.number())}) == 2


def test_the_text_of_a_node_stays_short_however_many_paths_a_graph_has():
    doubled: n.Node = X
    for _ in range(100):
        doubled = b.add(doubled, doubled)
    assert repr(doubled) == "<Add: a plain number>"
