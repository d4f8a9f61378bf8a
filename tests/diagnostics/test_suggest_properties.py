from hypothesis import given
from hypothesis import strategies as st

from assessment.diagnostics import nearest

NAMES = st.text(alphabet="abc研发经费_", min_size=2, max_size=12)


@given(NAMES, st.lists(NAMES, max_size=6))
def test_suggestion_is_one_of_the_candidates_or_none(name: str, candidates: list[str]) -> None:
    assert nearest(name, candidates) in {None, *candidates}


@given(NAMES, st.lists(NAMES, max_size=6))
def test_name_that_is_known_is_nearest_to_itself(name: str, others: list[str]) -> None:
    assert nearest(name, [*others, name]) == name


@given(NAMES, st.data())
def test_one_character_lost_from_a_long_name_is_near(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name)))
    assert nearest(name, [name[:place] + "x" + name[place:]]) is not None
