from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.core.json import from_json, to_json
from assessment.evaluation.exact import run
from assessment.testing.graphs import facts_for, graphs


@settings(max_examples=150)
@given(st.data())
def test_a_graph_read_back_evaluates_to_the_same_values(data):
    root = data.draw(graphs())
    facts = data.draw(facts_for(root))
    (read,) = from_json(to_json((root,)))
    assert run((read,), facts).of(read) == run((root,), facts).of(root)


@given(graphs())
def test_what_is_read_is_written_the_same(root):
    document = to_json((root,))
    assert to_json(from_json(document)) == document
