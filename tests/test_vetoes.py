"""Vetoes: laws that hold whatever the figures are, and what the explanation and the tables tell."""

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assessment
from assessment.report.view import view

REGIONS = "abcde"
RULES = """assessment vetoes for 2018 "Vetoes" {{
    authority "Notice 1"
    total 100 points
    round total half-up to 0 places
    compare rounded
    policies {{ missing: not computed; ties: min }}
    rank within all
    group county "Counties" {{ a; b; c; d; e }}
    department office "Office"
    input first in % {{ range 0 % to 100 % }}
    input second in % {{ range 0 % to 100 % }}
    input fraud "Fraud" yes/no {{ missing counts as no; evidence "the decision" }}
    category main "Main" {{
        indicator 1 ※ "One" 60 points {{ by office; cite "Annex" item 1; score = judged(first) }}
    }}
    indicator 2 "Two" 40 points {{ by office; cite "Annex" item 2; score = judged(second) }}
    grade best >= 80 points, at most 40% within all (half-up, ties in)
    grade good >= 60 points
    grade rest otherwise
{vetoes}
}}
"""

EFFECTS = (
    "indicator 1 zero",
    "indicator 2 zero",
    "category main zero",
    "total zero",
    "grade = rest",
    "grade at most good",
    "grade down 1",
    "grade down 2",
    'barred from "awards"',
    "out of ranking",
)
CONDITIONS = ("fraud", "indicator 1 rate < 50%", "total rank > 3", "at least 1 of indicator rate < 30%")


@cache
def loaded(vetoes):
    return assessment.load(RULES.format(vetoes="\n".join(f"    {veto}" for veto in vetoes)))


def evaluated(vetoes, values, fraud=()):
    rules = loaded(tuple(vetoes))
    rows = {
        region: {"first": f"{one}%", "second": f"{two}%", "fraud": region in fraud}
        for region, (one, two) in values.items()
    }
    return rules.evaluate(assessment.read_data({2018: rows}, rules))


scores = st.integers(0, 20).map(lambda one: 5 * one)
fields = st.fixed_dictionaries({region: st.tuples(scores, scores) for region in REGIONS})
frauds = st.sets(st.sampled_from(REGIONS), max_size=4)
stated = st.lists(
    st.tuples(st.sampled_from(CONDITIONS), st.lists(st.sampled_from(EFFECTS), min_size=1, max_size=3)),
    max_size=3,
).map(
    lambda found: [
        f"veto v{'x' * place} when {when}: {', '.join(effects)}"
        for place, (when, effects) in enumerate(found)
    ]
)
ORDER = ["best", "good", "rest"]


@settings(deadline=None, max_examples=15)
@given(stated, fields, frauds)
def test_a_veto_raises_no_score(vetoes, values, fraud):
    plain, struck = evaluated([], values, fraud), evaluated(vetoes, values, fraud)
    for before, after in zip(plain, struck, strict=True):
        assert all(after.lines[path].exact.value <= line.exact.value for path, line in before.lines.items())
        assert after.breakdown.unvetoed is None or after.breakdown.unvetoed.value == before.total


@settings(deadline=None, max_examples=15)
@given(stated, fields, frauds)
def test_a_veto_raises_no_grade_of_its_own_region(vetoes, values, fraud):
    # Others may get the place that it leaves.
    plain, struck = evaluated([], values, fraud), evaluated(vetoes, values, fraud)
    for before, after in zip(plain, struck, strict=True):
        earned = before.breakdown.earned_grade.value
        assert ORDER.index(after.grade) >= earned
        if not any(one.breakdown.vetoes for one in struck):
            assert (after.grade, after.rank, after.total) == (before.grade, before.rank, before.total)


@settings(deadline=None, max_examples=15)
@given(fields, frauds)
def test_who_is_out_of_the_ranking_changes_nobodys_score(values, fraud):
    plain = evaluated([], values, fraud)
    struck = evaluated(["veto v when fraud: out of ranking"], values, fraud)
    assert [one.total for one in plain] == [one.total for one in struck]
    # The others are ranked as if the field were theirs alone.
    alone = evaluated([], {region: of for region, of in values.items() if region not in fraud})
    assert {one.region: one.rank for one in alone} == {
        one.region: one.rank for one in struck if one.region not in fraud
    }
    assert {one.region: one.grade for one in alone} == {
        one.region: one.grade for one in struck if one.region not in fraud
    }
    assert all(one.rank is None for one in struck if one.region in fraud)


@settings(deadline=None, max_examples=15)
@given(fields, frauds)
def test_what_bars_from_awards_leaves_all_else(values, fraud):
    plain = evaluated([], values, fraud)
    barred = evaluated(['veto v when fraud: barred from "awards"'], values, fraud)
    for before, after in zip(plain, barred, strict=True):
        assert (before.total, before.rank, before.grade) == (after.total, after.rank, after.grade)
        assert after.breakdown.barred == (("awards",) if after.region in fraud else ())


@settings(deadline=None, max_examples=15)
@given(
    st.permutations(
        [
            "veto v when fraud: grade down 1",
            "veto w when total < 90 points: grade down 1",
            "veto x when second > 0%: grade at most good",
        ]
    ),
    fields,
    frauds,
)
def test_the_order_of_vetoes_does_not_matter(vetoes, values, fraud):
    straight = evaluated(sorted(vetoes), values, fraud)
    assert [one.grade for one in evaluated(vetoes, values, fraud)] == [one.grade for one in straight]


def test_points_before_the_veto_stay_to_be_seen():
    result = evaluated(
        [
            'veto v "False data" when fraud: indicator 1 zero, grade down 1, barred from "awards", out of ranking'
        ],
        {"a": (90, 90), "b": (80, 80)},
        fraud={"a"},
    )
    one = result["a"]
    assert (one.total, one.grade, one.rank) == (Fraction(36), "rest", None)
    assert one.breakdown.unvetoed.value == 90
    told = " ".join(one.explain("en").split())
    assert "before the veto 54 points → 0 points" in told
    assert "veto: False data, 90 points before, barred from “awards”, out of the ranking" in told
    assert "Fraud (2018): yes, from" in told
    assert "否决：False data，否决前 90 分，不得参加“awards”，不参加排名" in "".join(
        one.explain("zh").split("\n")
    ).replace("  ", "")
    rows = {row[2].text if len(row) > 6 else row[1].text: row for row in view(result, "en").ranking.rows}
    assert any("veto: False data, 90 points before" in row[-1].text for row in rows.values())
    record = one.breakdown_json() if hasattr(one, "breakdown_json") else None
    assert record is None or record["barred"] == ["awards"]


def test_a_score_below_zero_is_not_raised_to_zero():
    rules = assessment.load("""assessment deep for 2018 "Deep" {
        authority "Notice 1"
        total 10 points
        floor none
        cap after adjustments
        round none
        compare full after adjustments
        policies { missing: error }
        rank none
        department office "Office"
        input x in points { range 0 to 10 }
        deduction faults "Faults" up to 20 points { by office; score = judged(x) * 2 }
        indicator 1 "One" 10 points { by office; cite "Annex" item 1; score = 0 points }
        veto v when x > 5 points: total zero
    }""")
    result = rules.evaluate(assessment.read_data({2018: {"a": {"x": 10}}}, rules))
    assert result["a"].total == -20


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_effect_is_told_in_both_languages(lang):
    vetoes = [f"veto v{'x' * place} when fraud: {effect}" for place, effect in enumerate(EFFECTS)]
    result = evaluated(vetoes, {"a": (90, 90), "b": (80, 80)}, fraud={"a"})
    told = result["a"].explain(lang)
    assert told.count("fraud") >= len(EFFECTS)
    assert len(result["a"].breakdown.vetoes) == len(EFFECTS)
