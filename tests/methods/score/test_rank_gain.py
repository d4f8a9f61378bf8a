from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.core.absence import Absence

WRITTEN = {"base": 5, "gain": 1, "loss": "0.5", "ceiling": 8, "floor": 0, "unranked": 4}


def places(bench, **cells):
    return bench.values(
        "rank_gain",
        cells,
        now=bench.count("now", "位"),
        before=bench.count("before", "位"),
        **WRITTEN,
    )


def test_places_gained_and_lost(bench):
    found = places(bench, now=[4, 1, 7, 3, 20], before=[7, 7, 4, 3, 1])
    # 5 + 3; 5 + 6, at most 8; 5 - 1.5; 5; 5 - 9.5, not below 0
    assert found == [8, 8, Fraction("3.5"), 5, 0]


def test_not_ranked_before_is_not_the_same_as_not_reported(bench):
    found = places(
        bench,
        now=[2, 2, Absence.NOT_APPLICABLE, Absence.NOT_REPORTED],
        before=[Absence.NOT_APPLICABLE, Absence.NOT_REPORTED, Absence.NOT_APPLICABLE, Absence.NOT_APPLICABLE],
    )
    assert found == [4, Absence.NOT_REPORTED, Absence.NOT_APPLICABLE, Absence.NOT_REPORTED]


def test_a_computed_place_against_a_published_one(bench):
    now = b.rank([(bench.plain("x"), True)], "all", ties="mean")
    cells = {"x": [9, 7, 7], "before": [1, 3, 1]}
    found = bench.values("rank_gain", cells, now=now, before=bench.count("before", "位"), **WRITTEN)
    # 1 → 1; 3 → 2.5 gains half a place; 1 → 2.5 loses one and a half
    assert found == [5, Fraction("5.5"), Fraction("4.25")]


def test_without_limits(bench):
    written = {**WRITTEN, "ceiling": "none", "floor": "none"}
    now, before = bench.count("now", "位"), bench.count("before", "位")
    cells = {"now": [1, 20], "before": [20, 1]}
    found = bench.values("rank_gain", cells, now=now, before=before, **written)
    assert found == [24, Fraction("-4.5")]
    lowered = bench.lower("rank_gain", now=now, before=before, **written)
    assert (lowered.low, lowered.high) == (None, None)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ({"gain": -1}, ["argument-kind"]),
        ({"loss": -1}, ["argument-kind"]),
        ({"floor": 9}, ["floor-above-cap"]),
        ({}, []),
    ],
)
def test_what_is_said_of_points(bench, written, codes):
    count = bench.count("now", "位")
    assert bench.codes("rank_gain", now=count, before=count, **{**WRITTEN, **written}) == codes


def test_a_share_is_no_place(bench):
    codes = bench.codes("rank_gain", now=bench.share("a"), before=bench.count("b", "位"), **WRITTEN)
    assert codes == ["argument-kind"]
