"""What is found out about rows of conditions, beside what trying values finds."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import YESNO, Entity, number
from assessment.diagnostics.bilingual import Text
from assessment.evaluation.exact import run
from assessment.evaluation.facts import Facts
from assessment.methods.base import Entry
from assessment.methods.decisions import examine, read_by

X = n.Input(name="x", type=number(Entity.REGION))
Y = n.Input(name="y", type=number(Entity.REGION))
DONE = n.Input(name="done", type=YESNO)
EDGES = [Fraction(value) for value in (0, 1, 2)]
TRIED = [Fraction(value, 2) for value in range(-1, 6)]


def row(condition):
    return Entry(key=condition, value=b.points(1), label=Text.same("row"))


def conditions():
    ops = st.sampled_from([">=", ">", "<=", "<", "=", "!="])
    atoms = st.one_of(
        st.just(DONE),
        st.builds(lambda op, edge: b.compare(op, X, b.const(edge)), ops, st.sampled_from(EDGES)),
        st.builds(lambda op, edge: b.compare(op, b.const(edge), X), ops, st.sampled_from(EDGES)),
        st.builds(lambda op: b.compare(op, X, Y), ops),
        st.builds(lambda op: b.compare(op, Y, X), ops),
    )
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.builds(b.negation, inner), st.builds(b.both, inner, inner), st.builds(b.either, inner, inner)
        ),
        max_leaves=4,
    )


@given(tables=st.lists(conditions(), min_size=1, max_size=4))
def test_what_is_called_unreachable_or_complete_is_so_for_every_value_tried(tables):
    rows = [row(condition) for condition in tables]
    found = examine(rows)
    columns = [(x, y, done) for x in TRIED for y in TRIED for done in (True, False)]
    facts = Facts(
        regions=tuple(str(place) for place in range(len(columns))),
        groups=("g",) * len(columns),
        reference=(False,) * len(columns),
        period=2018,
        cells={
            (name, 2018): tuple(column[at] for column in columns)
            for at, name in enumerate(("x", "y", "done"))
        },
    )
    results = run(tuple(tables), facts)
    held = [results.of(condition) for condition in tables]
    first = [
        next((at for at, one in enumerate(answers) if one is True), None)
        for answers in zip(*held, strict=True)
    ]
    assert not set(found.unreached) & set(first)
    if not found.otherwise:
        assert None not in first
    # The values tried lie on, between and beyond every edge, so with one subject the two must agree.
    if not any(isinstance(node, n.Input) and node is Y for key in tables for node in read_by([key])):
        assert set(range(len(rows))) - set(found.unreached) == {at for at in first if at is not None}
        assert found.otherwise == (None in first)


def test_a_case_that_no_row_holds_is_told_in_both_languages():
    rows = [row(b.both(DONE, b.compare(">=", X, b.const(1)))), row(b.compare("<", X, b.const(1)))]
    escape = examine(rows).escape
    assert escape is not None
    assert "no" in escape.en
    assert "否" in escape.zh


def test_what_conditions_read_is_listed_once():
    earlier = b.shift(X, -1)
    asked = b.either(b.compare(">", X, earlier), b.compare(">", X, b.shift(X, -1)), DONE)
    found = read_by([asked])
    assert [(type(node).__name__, node.type.kind) for node in found] == [
        ("Input", X.type.kind),
        ("Shift", X.type.kind),
        ("Input", DONE.type.kind),
    ]
