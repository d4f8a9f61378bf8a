from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.template import Filling, Template, stand_in, stand_in_name
from assessment.core.types import RATE
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Source, Span

SOURCE = Source(name="rules", text="score = x + 1; score = long + 1")
FIRST, SECOND = Span(source=SOURCE, start=8, end=13), Span(source=SOURCE, start=23, end=31)
X, LONG = Span(source=SOURCE, start=8, end=9), Span(source=SOURCE, start=23, end=27)


def filling(input_, whole, cut):
    return Filling(inputs=(input_,), names=(input_.name,), spans=(input_.span,), whole=whole, cuts=(cut,))


def written(input_, whole, one):
    """`x + 1` in a frame that says so, with the constant at its place and another that has none."""
    total = b.add(input_, b.const(1, RATE, one), b.rate(2))
    return n.Frame(node=total, type=RATE, role="measure", name="m", text=whole.text, span=whole)


def test_places_texts_and_inputs_are_those_of_the_formula_that_fills_a_template():
    one, other = (n.Input(name=name, type=RATE) for name in ("x", "long"))
    held = stand_in(0, one)
    root = written(held, FIRST, Span(source=SOURCE, start=12, end=13))
    template = Template(root, filling(held, FIRST, X), fixed=False)

    made = template.filled(filling(other, SECOND, LONG))

    assert (made.text, made.span.text) == ("long + 1", "long + 1")
    read, constant, placeless = made.node.args
    assert read is other
    assert (constant.span.start, constant.span.text) == (30, "1")
    assert placeless is root.node.args[2]


def test_names_inside_words_are_put_in_and_a_graph_without_stand_ins_is_the_same_for_all():
    one = n.Input(name="x", type=RATE)
    named = n.Frame(
        node=one,
        type=RATE,
        role="call",
        name="entry",
        sentence=Text.same(f"row {stand_in_name(0)} gives {{result}}"),
    )
    shared = b.rate(1)

    assert Template(named, filling(stand_in(0, one), FIRST, X), fixed=False).filled(
        filling(one, SECOND, LONG)
    ).sentence == Text.same("row x gives {result}")
    assert Template(shared, filling(one, FIRST, X), fixed=False).filled(filling(one, SECOND, LONG)) is shared
