from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.core.absence import Absence


def firms(bench):
    count = bench.count()
    return b.subtract(count, b.shift(count, -1))


def test_each_further_firm_earns_half_a_point_up_to_two(bench):
    cells = {"x": [13, 17, 10, 8, 14], ("x", 1): [10, 10, 10, 10, 10]}
    found = bench.values("every", cells, x=firms(bench), each=1, gain="0.5", most=2)
    assert found == [Fraction("1.5"), 2, 0, 0, 2]


@pytest.mark.parametrize(("counting", "points"), [("line", "4.5"), ("whole", "3"), ("started", "6")])
def test_an_incomplete_step_counts_as_the_file_says(bench, counting, points):
    x = bench.growth()
    found = bench.values("every", {"x": ["15%"]}, x=x, each="10pp", gain=3, most=9, counting=counting)
    assert found == [Fraction(points)]


def test_a_start_other_than_zero(bench):
    x = bench.share()
    found = bench.values(
        "every", {"x": ["2%", "2.3%", "1%"]}, x=x, each="0.1pp", gain=1, most=5, from_="2%", counting="whole"
    )
    assert found == [0, 3, 0]


def test_an_edge_of_a_step_is_a_whole_step(bench):
    for counting in ("line", "whole", "started"):
        x = bench.growth()
        assert bench.values("every", {"x": ["20%"]}, x=x, each="10pp", gain=3, most=9, counting=counting) == [
            6
        ]


@pytest.mark.parametrize("case", ["share", "by twos", "in ten thousands", "a mean"])
def test_what_an_incomplete_step_counts_must_be_said_where_there_is_one(bench, case):
    count = bench.count()
    x, each = {
        "share": (bench.share(), "0.1pp"),
        "by twos": (count, 2),
        "in ten thousands": (bench.count(unit="万家"), 1),
        "a mean": (b.subtract(count, b.aggregate("mean", count, "all")), 1),
    }[case]
    assert bench.codes("every", x=x, each=each, gain=1, most=5) == ["missing-argument"]
    assert bench.codes("every", x=x, each=each, gain=1, most=5, counting="whole") == []


@pytest.mark.parametrize("each", [0, -1])
def test_a_step_without_size_is_refused(bench, each):
    assert bench.codes("every", x=firms(bench), each=each, gain=1, most=5, counting="line") == [
        "step-without-size"
    ]


def test_a_missing_base_year_stays_missing(bench):
    cells = {"x": [13], ("x", 1): [Absence.NOT_REPORTED]}
    assert bench.values("every", cells, x=firms(bench), each=1, gain=1, most=2) == [Absence.NOT_REPORTED]
