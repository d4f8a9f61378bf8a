import json
from fractions import Fraction

import pytest

from assessment import units
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.json import from_json, to_json
from assessment.core.types import Entity, Kind, Type
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Source, Span

X = n.Input(name="x", type=t.number(Entity.REGION))


def changed(document: str, node: int, **fields) -> str:
    whole = json.loads(document)
    whole["nodes"][node] |= fields
    return json.dumps(whole)


def test_a_node_that_is_read_twice_is_written_once_and_read_back_as_one():
    doubled = X
    for _ in range(60):
        doubled = b.add(doubled, doubled)
    (read,) = from_json(to_json((doubled,)))
    assert len(order((read,))) == 61


def test_a_graph_deeper_than_the_stack_is_written_and_read():
    deep = X
    for _ in range(5000):
        deep = b.power(deep, 1)
    assert len(order(from_json(to_json((deep,))))) == 5001


def test_numbers_are_exact_text():
    written = json.loads(to_json((b.const(Fraction(23, 1000)),)))
    assert written["nodes"][0]["value"] == "23/1000"


def test_a_frame_comes_back_with_all_it_says():
    frame = n.Frame(
        node=X,
        type=X.type,
        role="call",
        name="attain",
        title=Text(en="attain", zh="达标"),
        text="attain(x)",
        arguments=(n.Named(name="actual", node=X),),
        low=Fraction(0),
        high=Fraction(3, 2),
    )
    (read,) = from_json(to_json((frame,)))
    assert isinstance(read, n.Frame)
    assert (read.role, read.name, read.title, read.text) == ("call", "attain", frame.title, "attain(x)")
    assert (read.low, read.high) == (0, Fraction(3, 2))
    assert read.arguments[0].node is read.node


def test_a_unit_comes_back_without_a_table_of_units():
    type_ = Type(kind=Kind.QUANTITY, unit=units.unit("件/万人"))
    (read,) = from_json(to_json((n.Input(name="a", type=type_),)))
    assert read.type == type_
    assert read.type.unit is not None
    assert read.type.unit.text == "件/万人"


def test_places_come_back_where_the_text_is_given():
    source = Source(name="a.assess", text="total 100")
    placed = n.Input(name="x", type=X.type, span=Span(source=source, start=6, end=9))
    document = to_json((placed,))
    assert from_json(document, sources=[source])[0].span == placed.span
    assert from_json(document)[0].span is None


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("{}", '"core": 1'),
        ('{"core": 2, "nodes": [], "roots": []}', '"core": 1'),
        ('{"core": 1, "nodes": {}, "roots": []}', "lists"),
        ('{"core": 1, "nodes": [], "roots": [0]}', "a root"),
        ('{"core": 1, "nodes": [{"id": 1}], "roots": []}', "place 0"),
        (changed(to_json((X,)), 0, op="input2"), "input2"),
        (changed(to_json((X,)), 0, colour="red"), "colour"),
        (changed(to_json((X,)), 0, name=7), "a text is needed"),
        (changed(to_json((X,)), 0, type={"kind": "money"}), "type"),
        (changed(to_json((b.const(1),)), 0, value=0.1), "a text is needed"),
        (changed(to_json((b.const(1),)), 0, value="1e9"), "exact number"),
        (changed(to_json((b.const(1),)), 0, value="1/0"), "denominator"),
        (changed(to_json((b.const(1),)), 0, value={"absent": "lost"}), "const"),
        (changed(to_json((b.add(X, X),)), 1, args=[1]), "came before"),
        (changed(to_json((b.add(X, X),)), 1, args=[-1]), "came before"),
        (changed(to_json((b.add(X, X),)), 1, args=[]), "needs arguments"),
        (changed(to_json((b.power(X, 2),)), 1, exponent=2.5), "whole number"),
        (changed(to_json((b.aggregate("sum", X, "all"),)), 1, over="earth"), "rows, group, all"),
    ],
)
def test_what_is_no_graph_is_refused_with_its_fault(document, fault):
    with pytest.raises(ValueError, match=fault):
        from_json(document)
