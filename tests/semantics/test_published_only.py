"""Statistics over the regions whose own result is published: what can be said, and what would go round in circles."""

from fractions import Fraction

import pytest

import assessment
from assessment.diagnostics.model import Severity

RULES = """assessment t.published for 2018 {{
    authority "doc"
    total 20 points
    round none
    policies {{ missing: not computed; undefined: not computed; ties: min }}
    rank none
    input a in % {{ range 0% to 100% }}
    input b in % {{ range 0% to 100% }}
    let others = mean(b, within: all, where: {where})
    indicator 1 10 points = judged(a)
    indicator 2 10 points = attain({score}, target: 100%)
    {result}
}}"""

RESULT = "result gap = b - others in pp unbounded, published full, unranked"

DATA = {"A": {"a": "50%", "b": "10%"}, "B": {"a": "60%", "b": "30%"}, "C": {"b": "80%"}}


@pytest.mark.parametrize(
    ("where", "mean"),
    [
        ("not absent total", Fraction(20, 100)),  # A and B: (10 + 30) / 2
        ("not absent indicator 2", Fraction(40, 100)),  # all three: (10 + 30 + 80) / 3
        ("total > 10 points", Fraction(0)),  # nobody: A has 5 + 1, B 6 + 3
    ],
)
def test_a_statistic_counts_the_regions_that_a_score_picks(where, mean):
    rules = assessment.load(RULES.format(where=where, score="b", result=RESULT))
    found = rules.evaluate(assessment.read_data(DATA, rules))
    gaps = {one.region: one.results["gap"].exact for one in found}
    shares = {"A": Fraction(10, 100), "B": Fraction(30, 100), "C": Fraction(80, 100)}
    expected = {region: share - mean if mean else None for region, share in shares.items()}
    assert gaps == expected


@pytest.mark.parametrize("where", ["not absent total", "not absent indicator 2"])
def test_a_score_that_counts_only_those_who_have_it_is_a_cycle(where):
    found = assessment.check(RULES.format(where=where, score="others", result=""))
    assert [one.code for one in found if one.severity is Severity.ERROR] == ["cycle"]


def test_a_score_may_count_those_who_have_another_score():
    rules = assessment.load(RULES.format(where="not absent indicator 1", score="others", result=""))
    found = rules.evaluate(assessment.read_data(DATA, rules))
    assert [one.total for one in found] == [7, 8, None]  # 5 and 6 points, and 20 % of 10 for both
