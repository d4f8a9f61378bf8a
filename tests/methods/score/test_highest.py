from assessment.core.absence import Absence

LEVELS = ("国家级", "省级")


def table(bench, points):
    events = bench.events(LEVELS)
    return {"events": events, "entries": bench.rows(events, points)}


def test_only_the_highest_event_counts(bench):
    cells = {"x": [(1, 0, 1), (1, 1), (), Absence.NOT_REPORTED]}
    found = bench.values("highest", cells, **table(bench, {"国家级": 3, "省级": 2}))
    assert found == [3, 2, 0, Absence.NOT_REPORTED]


def test_a_lower_level_may_not_earn_more(bench):
    (problem,) = bench.problems("highest", **table(bench, {"国家级": 2, "省级": 3}))
    assert (problem.code, problem.at, problem.also) == ("band-order", 1, 0)


def test_the_order_of_the_rows_does_not_matter(bench):
    assert bench.codes("highest", **table(bench, {"省级": 2, "国家级": 3})) == []


def test_a_level_without_a_row_is_reported(bench):
    assert bench.codes("highest", **table(bench, {"国家级": 3})) == ["band-uncovered"]


def test_ratings_have_no_highest_level(bench):
    assert bench.codes("highest", events=bench.ratings(), entries=()) == ["argument-kind"]
