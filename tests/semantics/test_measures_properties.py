from hypothesis import given
from hypothesis import strategies as st

from assessment.semantics.order import in_order

NAMES = "abcdefg"


@st.composite
def graphs(draw):
    return {name: tuple(draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3))) for name in NAMES}


@given(graphs())
def test_every_name_is_ordered_once(needs):
    assert sorted(in_order(needs)[0]) == sorted(needs)


@given(graphs())
def test_without_a_cycle_needs_come_first_and_with_one_it_is_found(needs):
    ordered, cycles = in_order(needs)
    place = {name: at for at, name in enumerate(ordered)}
    in_place = all(place[need] < place[name] for name in needs for need in needs[name])
    assert in_place is (not cycles)


@given(graphs())
def test_a_cycle_is_one_and_shares_no_name_with_another(needs):
    _, cycles = in_order(needs)
    names = [name for cycle in cycles for name in cycle]
    assert len(names) == len(set(names))
    for cycle in cycles:
        assert all(after in needs[name] for name, after in zip(cycle, (*cycle[1:], cycle[0]), strict=True))
