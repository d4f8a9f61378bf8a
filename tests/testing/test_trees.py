"""Rule files of every kind of tree are accepted as drawn, and say all that the language has for trees."""

import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import assessment
from assessment.diagnostics.model import Severity
from assessment.testing.trees import in_language, tree_files

SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@SOME
@given(tree_files())
def test_drawn_files_are_accepted_in_both_languages(text):
    for written in (text, in_language(text, "zh")):
        assert not [one for one in assessment.check(written) if one.severity is Severity.ERROR]


@pytest.fixture(scope="module")
def drawn():
    found = []
    some = settings(max_examples=400, derandomize=True, database=None, phases=[Phase.generate])

    @settings(some, suppress_health_check=list(HealthCheck), deadline=None)
    @given(tree_files())
    def collect(text):
        found.append(text)

    collect()
    return found


@pytest.mark.parametrize(
    "wanted",
    [
        r"join geometric",
        r"join harmonic",
        r"join max",
        r"up to 120%",
        r"floor -2 points",
        r"bonus .*\n(.*\n)*.*cap before adjustments",
        r"deduction .*\n(.*\n)*.*cap after adjustments",
        r"rescale to best within group or keep",
        r"carry rescaled",
        r"-> peer mean within group",
        r"rescale over all",
        r"missing: 60%",
        r"coverage at least 2/3 of leaves by weight",
        r"estimate a = a\[-1\]",
        r"not applicable to hill",
        r"not applicable to Elder",
        r"score = lift\(",
        r"default score = ",
        r"measure rich",
        r"points from table sizes",
        r"entry\(caps\)",
        r"entry\(factors\)",
        r"events\(awards",
        r"home != own region",
        r"indicator 1 rate full",
        r"result risen",
        r"total with",
        r"result whole on -1 to 1",
        r"part (.*\n)*? {16}part ",
    ],
)
def test_every_construct_is_drawn(drawn, wanted):
    assert any(re.search(wanted, text) for text in drawn)
