"""Edges are read from the rules' own graph, in the stored scale."""

from fractions import Fraction

import assessment
from assessment.testing import edges_of

RULES = """assessment t for 2018 "T" {
    total 12 points
    round none
    rank none
    policies { missing: zero; undefined: zero }
    input share "Share" in % { range 0% to 100% }
    input firms "Firms" in 家 { range >= 0 }
    input people "People" in 万人 { range > 0 }
    indicator 1 "Bands" 4 points = bands(share) { [0, 20) %: 0 points; [20, 50) %: 2 points; [50, 100] %: 4 points }
    indicator 2 "Change" 4 points = every(change(firms), each: 1 家, gain: 0.5 points, most: 2 points)
    indicator 3 "Ratio" 4 points = bands(firms / people) { >= 2.5 家/万人: 4 points; otherwise: 0 points }
}"""


def test_thresholds_ends_and_zero_are_edges_of_the_input():
    edges = edges_of(assessment.load(RULES))
    assert edges.values["share"] == (0, Fraction(1, 5), Fraction(1, 2), 1)


def test_open_end_is_no_edge():
    assert edges_of(assessment.load(RULES)).values["people"] == ()


def test_edges_of_a_change_are_kept_as_changes():
    # Nothing is earned up to 0, and no more from 4 on: 4 × 0.5 are the 2 points at most.
    assert edges_of(assessment.load(RULES)).changes == {"firms": (0, 4)}


def test_edges_of_a_ratio_are_kept_with_its_two_inputs():
    assert edges_of(assessment.load(RULES)).ratios[("firms", "people")] == (Fraction(5, 2),)
