"""Events in rows, scored by the engine and by a plain calculation written from the words of the rule."""

import datetime as dt
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

import assessment

POINTS = {"national": Fraction(3), "provincial": Fraction(3, 2), "city": Fraction(1, 5)}
CAPS = {"science": Fraction(4), "teaching": Fraction(2)}
MOST = Fraction(5)
RULES = assessment.load(
    """assessment rows for 2018 {
    total 5 points
    round none
    policies { missing: error }
    rank none
    input awards events level national, provincial, city {
        field sort level science, teaching required;
        field day date required;
        evidence paper or not counted;
        no rows mean none
    }
    indicator 1 5 points = events(awards, most: 5 points, once: paper, kind: sort, where: day in this year) {
        national: 3 points; provincial: 1.5 points; city: 0.2 points; science: up to 4 points; teaching: up to 2 points
    }
}
"""
)
ROW = st.fixed_dictionaries(
    {
        "awards": st.sampled_from(list(POINTS)),
        "sort": st.sampled_from(list(CAPS)),
        "day": st.sampled_from(["2017-12-31", "2018-01-01", "2018-12-31", "2019-01-01"]),
        "paper": st.sampled_from(["No. 1", "No. 2", "No. 3", "No. 4", ""]),
    }
)


def by_the_words(rows) -> Fraction:
    """No document, no points; outside the year, none; each document once by its highest level; kinds and all capped."""
    taking = [row for row in rows if row["paper"] and dt.date.fromisoformat(row["day"]).year == 2018]
    best: dict[str, dict] = {}
    for row in taking:
        known = best.get(row["paper"])
        if known is None or POINTS[row["awards"]] > POINTS[known["awards"]]:
            best[row["paper"]] = row
    total = Fraction(0)
    for sort, cap in CAPS.items():
        total += min(
            cap, sum((POINTS[row["awards"]] for row in best.values() if row["sort"] == sort), Fraction(0))
        )
    return min(total, MOST)


def scored(rows, others=()) -> Fraction:
    data = assessment.read_data({"A": {"awards": list(rows)}, "B": {"awards": list(others)}}, RULES)
    return RULES.evaluate(data)["A"].total


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, max_size=7), st.lists(ROW, max_size=3))
def test_events_are_scored_as_the_words_say_whatever_others_have(rows, others):
    assert scored(rows, others) == by_the_words(rows)


@settings(max_examples=20, deadline=None)
@given(st.lists(ROW, max_size=6), ROW)
def test_a_further_document_never_costs_points(rows, more):
    more = {**more, "paper": "No. 9"}
    assert scored([*rows, more]) >= scored(rows)
