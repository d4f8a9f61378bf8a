"""Every law holds for files in which constructs meet at random, and each construct is indeed drawn."""

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from tests.laws.composer import (
    CONSTRUCTS,
    accepted,
    composed,
    constructs_in,
    examples,
    is_accepted,
)

import assessment
from assessment.testing import file_laws, laws, tables_for

SOME = settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
LEAST = 10
"""How often a construct is drawn at least in the files looked at below: one that is rare is as good as gone."""


@SOME
@given(st.data())
def test_every_law_holds_for_composed_files(data: st.DataObject) -> None:
    text = data.draw(accepted())
    rules = assessment.load(text)
    table = data.draw(tables_for(rules))
    # One law for each file: many files show more than many laws of a few.
    of_rules, of_text = data.draw(
        st.sampled_from([(law, None) for law in laws.LAWS] + [(None, law) for law in file_laws.FILE_LAWS])
    )
    if of_rules is not None:
        event(f"law: {of_rules.__name__}")
        of_rules(rules, table)
    else:
        event(f"law: {of_text.__name__}")
        of_text(text, table)


@pytest.fixture(scope="module")
def drawn() -> list[str]:
    found = []
    some = settings(max_examples=300, derandomize=True, database=None, phases=[Phase.generate], deadline=None)

    @settings(some, suppress_health_check=list(HealthCheck))
    @given(composed())
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return found


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_every_construct_is_drawn(drawn: list[str], construct: str) -> None:
    assert sum(construct in constructs_in(text) for text in drawn) >= LEAST


def test_every_construct_is_in_files_that_are_accepted(drawn: list[str]) -> None:
    missing = set(CONSTRUCTS)
    for text in drawn:
        if missing & constructs_in(text) and is_accepted(text):
            missing -= constructs_in(text)
    assert missing == set()
