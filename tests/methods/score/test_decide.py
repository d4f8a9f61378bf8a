import pytest

from assessment.core import build as b
from assessment.core.absence import Absence
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Entry

NAMES = ("yearly", "overall")


def row(condition, points):
    return Entry(key=condition, value=b.points(points), label=Text.same("row"))


def two_by_two(bench):
    yearly, overall = (bench.yes_no(name) for name in NAMES)
    return (row(b.both(yearly, overall), 60), row(overall, 55), row(yearly, 40))


def test_the_first_row_that_holds_decides(bench):
    cells = {"yearly": [True, False, True, False], "overall": [True, True, False, False]}
    found = bench.values("decide", cells, entries=two_by_two(bench), otherwise=0)
    assert found == [60, 55, 40, 0]


def test_a_missing_answer_is_missing_only_where_it_matters(bench):
    lost = Absence.NOT_REPORTED
    cells = {"yearly": [False, lost, True], "overall": [lost, True, lost]}
    # Without the year's target met, whether the total was is what decides; with the total met, 60 or 55 is unknown.
    found = bench.values("decide", cells, entries=two_by_two(bench), otherwise=0)
    assert found == [lost, lost, lost]
    easy = (row(bench.yes_no("yearly"), 60), row(bench.yes_no("overall"), 55))
    assert bench.values("decide", {"yearly": [True], "overall": [lost]}, entries=easy, otherwise=0) == [60]


def test_conditions_that_leave_nothing_out_need_no_otherwise(bench):
    x = bench.plain("x")
    rows = (
        row(b.compare(">=", x, b.const(6)), 8),
        row(b.compare("<", x, b.const(2)), 0),
        row(b.both(b.compare(">=", x, b.const(2)), b.compare("<", x, b.const(6))), 5),
    )
    assert bench.codes("decide", entries=rows) == []
    assert bench.values("decide", {"x": [6, 2, 5, 1]}, entries=rows) == [8, 5, 5, 0]
    assert bench.codes("decide", entries=rows, otherwise=1) == ["band-unreachable"]
    assert bench.codes("decide", entries=rows[:2]) == ["band-uncovered"]


def test_two_measures_compared_with_each_other(bench):
    x, target = bench.plain("x"), bench.plain("target")
    rows = (row(b.compare(">", x, target), 2), row(b.compare(">", target, x), 0))
    assert bench.codes("decide", entries=rows) == ["band-uncovered"]
    whole = (*rows, row(b.compare("=", target, x), 1))
    assert bench.codes("decide", entries=whole) == []
    assert bench.values("decide", {"x": [1, 2, 3], "target": [2, 2, 2]}, entries=whole) == [0, 1, 2]


def test_levels_are_cases(bench):
    level = bench.level(("A", "B", "C"))

    def at(place):
        return b.compare("=", level, b.const(place, level.type))

    assert bench.codes("decide", entries=(row(at(0), 3), row(at(1), 2), row(at(2), 1))) == []
    assert bench.codes("decide", entries=(row(at(0), 3), row(at(1), 2))) == ["band-uncovered"]
    assert bench.codes("decide", entries=(row(at(0), 3), row(at(0), 2)), otherwise=1) == ["band-unreachable"]


@pytest.mark.parametrize("order", [0, 1])
def test_a_row_that_a_wider_row_swallows_is_reported(bench, order):
    x, done = bench.plain("x"), bench.yes_no("done")
    wide = row(b.either(b.compare(">=", x, b.const(5)), done), 8)
    narrow = row(b.both(b.compare(">=", x, b.const(6)), done), 10)
    rows = (wide, narrow) if order == 0 else (narrow, wide)
    problems = bench.problems("decide", entries=rows, otherwise=0)
    assert [(one.code, one.at) for one in problems] == ([("band-unreachable", 1)] if order == 0 else [])


def test_the_declared_range_is_known(bench):
    x = bench.plain("x", low=0, high=10)
    rows = (row(b.compare(">=", x, b.const(0)), 5),)
    assert bench.codes("decide", entries=rows) == []
    never = (row(b.compare(">", x, b.const(10)), 9), row(b.compare(">=", x, b.const(5)), 5))
    assert [(one.code, one.at) for one in bench.problems("decide", entries=never, otherwise=0)] == [
        ("band-unreachable", 0)
    ]


def test_what_a_row_gives_may_be_a_formula(bench):
    x = bench.plain("x")
    points = b.multiply(b.points(2), x)
    entry = Entry(key=b.compare(">", x, b.const(3)), value=points, label=Text.same("row"))
    assert bench.values("decide", {"x": [4, 3]}, entries=(entry,), otherwise=1) == [8, 1]
    lowered = bench.lower("decide", entries=(entry,), otherwise=1)
    assert (lowered.low, lowered.high) == (None, None)


def test_too_many_cases_are_not_judged(bench):
    asked = [bench.yes_no(f"a{place}") for place in range(15)]
    rows = tuple(row(one, 1) for one in asked)
    assert bench.codes("decide", entries=rows) == ["band-uncovered"]
    assert bench.codes("decide", entries=rows, otherwise=0) == []
