from pathlib import Path

import pytest

from assessment.diagnostics.model import Source, has_errors
from assessment.semantics.check import check
from assessment.semantics.limits import check_limits
from assessment.syntax.parse import parse

RULES = Path(__file__).parents[2] / "rules"
SHARES = "input x in yuan { range >= 0 }\ninput z in % { range 0% to 100% }"
POLICIES = (
    "policies { missing: error; not applicable: full; undefined: zero; zero base: undefined; ties: min }"
)


@pytest.fixture
def limits(rules_of, scheme):
    """What is said of the limits of a scheme of 10 points, as (code, text at its place); full marks are another matter."""

    def of(**parts):
        found = check_limits(rules_of(scheme(**parts)))
        return [(each.code, each.span.text) for each in found if each.code != "full-marks-out-of-reach"]

    return of


@pytest.fixture
def first(rules_of, scheme):
    """The first finding about the limits of a scheme of 10 points."""
    return lambda **parts: check_limits(rules_of(scheme(**parts)))[0]


@pytest.mark.parametrize(
    "score",
    [
        "x / 1 yuan * 1 points",
        "12 points * z",
        "attain(x, target: 5 yuan, cap: 120%)",
        "z * 11 points + z * z * 1 points",
        "5 points + x / x[-1] * 1 points",
        "20 points",
    ],
)
def test_a_score_that_can_exceed_its_points_is_reported_at_its_formula(limits, score):
    assert limits(inputs=SHARES, score=score, policies=POLICIES)[0] == ("score-exceeds-points", score)


@pytest.mark.parametrize(
    "score",
    [
        "10 points * z",
        "smaller(x / 1 yuan * 1 points, 10 points)",
        "attain(x, target: 5 yuan)",
        "(x - x) / 1 yuan * 1 points",
        "z * 10 points + (1 - x / x) * 10 points",
        "10 points",
    ],
)
def test_a_score_that_stays_within_its_points_is_not(limits, score):
    assert limits(inputs=SHARES, score=score) == []


def test_the_message_gives_what_is_reached_and_the_values_that_make_it_so(first):
    found = first(inputs=SHARES, score="12 points * z")
    assert found.message == "indicator 1 can score 12 points, more than its 10 points"
    assert found.labels[0].text.en == "this gives 12 points with `z` = 100%"
    assert found.labels[0].text.zh == "`z` = 100%时，得 12 分"
    assert "`up to 12 points`" in found.help.en


def test_values_of_earlier_years_are_told_apart(first):
    found = first(inputs="input x in yuan { range > 0 }", score="x / x[-1] * 5 points", policies=POLICIES)
    assert "`x` 1 year before = " in found.labels[0].text.en


def test_a_score_may_exceed_its_points_where_the_file_allows_it(limits):
    indicator = "indicator 1 10 points up to 12 points { score = 12 points * z }"
    assert limits(inputs=SHARES, indicator=indicator) == []


def test_a_part_is_held_to_its_own_points(limits):
    indicator = "indicator 1 10 points { part a 4 points = 5 points * z\npart b 6 points = 6 points * z }"
    assert limits(inputs=SHARES, indicator=indicator) == [("score-exceeds-points", "5 points * z")]


def test_a_score_that_can_fall_below_zero_is_reported(limits):
    score = "smaller(x / 1 yuan * 1 points - 2 points, 10 points)"
    assert limits(score=score) == [("score-below-floor", score)]


def test_a_score_held_at_zero_is_not(limits):
    assert limits(score="larger(0 points, smaller(x / 1 yuan * 1 points - 2 points, 10 points))") == []


def test_negative_values_are_not_assumed_of_an_input_without_a_range(limits):
    assert limits(inputs="input x in yuan", score="smaller(x / 1 yuan * 1 points, 10 points)") == []


def test_declared_negative_values_are_taken_seriously(limits):
    score = "smaller(x / 1 yuan * 1 points, 10 points)"
    assert limits(inputs="input x in yuan { range -5 to 5 }", score=score) == [("score-below-floor", score)]


def test_a_condition_that_can_be_undefined_is_reported_with_its_divisor(first):
    more = "grade good >= 8 points; poor otherwise\nlimit when x / y > 2: grade at most poor"
    found = first(inputs="input x in yuan { range >= 0 }\ninput y in yuan { range >= 0 }", more=more)
    assert found.code == "division-by-zero-possible"
    assert found.span.text == "x / y"
    assert found.message == "`y` can be zero, and this condition is then undefined"


def test_a_condition_whose_divisor_is_above_zero_is_not(limits):
    more = "grade good >= 8 points; poor otherwise\nlimit when x / y > 2: grade at most poor"
    inputs = "input x in yuan { range >= 0 }\ninput y in yuan { range > 0 }"
    assert limits(inputs=inputs, more=more) == []


@pytest.mark.parametrize("name", ["liaocheng/2018.assess", "undp/hdi-2021.assess"])
def test_nothing_is_said_of_the_rule_sets_that_are_shipped(name):
    file, found = parse(Source(name=name, text=(RULES / name).read_text(encoding="utf-8")))
    assert file is not None
    assert not has_errors(found)
    rules, _ = check(file)
    assert rules is not None
    assert check_limits(rules) == ()


RAISED = """
    part a 4 points up to 6 points = attain(x, target: 5 yuan, cap: 150%)
    part b 6 points = meets(x, target: 5 yuan)
"""


def test_parts_raised_above_their_indicator_are_reported(limits):
    found = limits(indicator=f"indicator 1 10 points {{ {RAISED} }}")
    assert [code for code, _ in found] == ["score-exceeds-points"]


def test_an_indicator_that_allows_what_its_parts_can_reach_is_accepted(limits):
    assert limits(indicator=f"indicator 1 10 points up to 12 points {{ {RAISED} }}") == []
