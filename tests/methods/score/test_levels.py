from fractions import Fraction

from assessment.core.absence import Absence

LEVELS = ("好", "较好", "一般")


def test_each_level_earns_its_row(bench):
    x = bench.level(LEVELS)
    rows = bench.rows(x, {"好": 6, "较好": "4.5", "一般": 3})
    assert bench.values("levels", {"x": [0, 1, 2]}, x=x, entries=rows) == [6, Fraction("4.5"), 3]


def test_otherwise_takes_the_other_levels(bench):
    x = bench.level(LEVELS)
    rows = bench.rows(x, {"好": 6})
    assert bench.values("levels", {"x": [0, 1, 2]}, x=x, entries=rows, otherwise=1) == [6, 1, 1]


def test_a_missing_level_stays_missing(bench):
    x = bench.level(LEVELS)
    rows = bench.rows(x, {"好": 6})
    found = bench.values("levels", {"x": [Absence.NOT_YET_AVAILABLE]}, x=x, entries=rows, otherwise=1)
    assert found == [Absence.NOT_YET_AVAILABLE]


def test_a_level_without_a_row_is_reported(bench):
    x = bench.level(LEVELS)
    (problem,) = bench.problems("levels", x=x, entries=bench.rows(x, {"好": 6, "较好": 4}))
    assert problem.code == "band-uncovered"
    assert "`一般`" in problem.text.zh


def test_a_level_with_two_rows_is_reported(bench):
    x = bench.level(LEVELS)
    rows = (*bench.rows(x, {"好": 6, "较好": 4, "一般": 3}), *bench.rows(x, {"好": 5}))
    (problem,) = bench.problems("levels", x=x, entries=rows)
    assert (problem.code, problem.at, problem.also) == ("band-overlap", 3, 0)


def test_an_otherwise_that_no_level_needs_is_reported(bench):
    x = bench.level(LEVELS)
    rows = bench.rows(x, {"好": 6, "较好": 4, "一般": 3})
    assert bench.codes("levels", x=x, entries=rows, otherwise=0) == ["band-unreachable"]


def test_a_table_of_otherwise_alone_still_needs_the_level(bench):
    cells = {"x": [0, Absence.NOT_REPORTED]}
    found = bench.values("levels", cells, x=bench.level(LEVELS), entries=(), otherwise=1)
    assert found == [1, Absence.NOT_REPORTED]
