"""Scores that a condition reads give way to their graphs; everything else stays the very same node."""

from assessment.compiler.bind import bind
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import ALL_ABSENCES
from assessment.core.walk import order

X = n.Input(name="x", type=t.POINTS)
TOTAL = n.Score(path="total", reading="score", type=t.POINTS)
OTHER = n.Score(path="indicator 2", reading="rate", type=t.RATE)


def to_x(score):
    return X if score.reading == "score" else b.cast(X, t.Kind.RATE)


def kinds(root):
    return [type(node).__name__ for node, _ in order((root,))]


def test_score_is_replaced_by_its_graph():
    bound = bind(b.compare("<", TOTAL, b.points(60)), to_x)
    assert kinds(bound) == ["Input", "Const", "Compare"]
    assert bound.left is X


def test_score_that_is_the_whole_condition_is_replaced():
    assert bind(TOTAL, to_x) is X


def test_graph_without_scores_is_given_back_itself():
    condition = b.compare("<", X, b.points(60))
    assert bind(condition, to_x) is condition


def test_what_reads_no_score_is_shared_with_the_original():
    left, right = b.compare("<", TOTAL, b.points(60)), b.compare(">", X, b.points(1))
    bound = bind(b.both(left, right), to_x)
    assert bound.args[1] is right
    assert bound.args[0] is not left


def test_score_read_twice_is_looked_up_once():
    asked = []

    def graph_of(score):
        asked.append(score)
        return X

    bound = bind(b.both(b.negation(b.is_absent(TOTAL)), b.compare("<", TOTAL, b.points(60))), graph_of)
    assert asked == [TOTAL]
    assert "Score" not in kinds(bound)


def test_scores_are_found_inside_every_kind_of_node():
    value = b.recover(
        b.shift(b.select(b.is_absent(OTHER), TOTAL, b.points(1)), -1), ALL_ABSENCES, b.points(0), "p"
    )
    stepped = b.step(value, [n.Range(low=TOTAL)], [b.points(1)], b.points(0))
    framed = n.Frame(
        node=stepped,
        type=stepped.type,
        role="call",
        name="f",
        arguments=(n.Named(name="a", node=TOTAL),),
        notes=(n.Named(name="b", node=OTHER),),
    )
    ranked = b.rank([(framed, True), (TOTAL, False)], "all", where=b.compare("<", TOTAL, b.points(1)))
    root = b.aggregate("max", ranked, "group", where=b.compare("<", TOTAL, b.points(1)))
    assert "Score" in kinds(root)
    bound = bind(root, to_x)
    assert "Score" not in kinds(bound)
    assert [kind for kind in kinds(bound) if kind in ("Aggregate", "Rank", "Step", "Shift", "Recover")] == [
        "Shift",
        "Recover",
        "Step",
        "Rank",
        "Aggregate",
    ]


def test_long_chain_is_bound_without_recursion():
    node = b.compare("<", TOTAL, b.points(1))
    for _ in range(5000):
        node = b.negation(node)
    assert "Score" not in kinds(bind(node, to_x))
