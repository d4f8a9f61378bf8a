import pytest

from assessment.core.absence import Absence


def patents(bench):
    """`>= 6: 8 points; >= 2.5: 6 points; >= 1: 4 points; otherwise: 2 points`."""
    x = bench.plain()
    rows = tuple(bench.at_least(end, x, points) for end, points in (("6", 8), ("2.5", 6), ("1", 4)))
    return {"x": x, "bands": rows, "otherwise": 2}


def listed(bench, *texts, x=None):
    subject = x or bench.plain()
    return {"x": subject, "bands": tuple(bench.stretch(text, subject, 1) for text in texts)}


def test_a_value_on_an_end_belongs_to_the_closed_row(bench):
    cells = {"x": [7, 6, "5.999", "2.5", "2.499", 1, "0.999", 0]}
    assert bench.values("bands", cells, **patents(bench)) == [8, 8, 6, 6, 4, 4, 2, 2]


def test_listed_ranges_hold_their_closed_ends(bench):
    x = bench.plain()
    rows = (bench.stretch("[0, 2.5)", x, 2), bench.stretch("[2.5, 6)", x, 5), bench.stretch("[6, inf)", x, 8))
    assert bench.values("bands", {"x": [0, "2.5", "5.9", 6, 600]}, x=x, bands=rows) == [2, 5, 5, 8, 8]


def test_a_missing_value_falls_into_no_row(bench):
    assert bench.values("bands", {"x": [Absence.NOT_REPORTED]}, **patents(bench)) == [Absence.NOT_REPORTED]


@pytest.mark.parametrize(
    ("texts", "code", "at", "also"),
    [
        (("[0, 2)", "[2.5, 6)", "[6, inf)"), "band-gap", 1, 0),
        (("[0, 2)", "(2, 6)", "[6, inf)"), "band-gap", 1, 0),
        (("[6, inf)", "[3, 6)", "[0, 2)"), "band-gap", 1, 2),
        (("[0, 2]", "[2, 6)", "[6, inf)"), "band-both-closed", 1, 0),
        (("[6, inf)", "[2, 6]", "[0, 2)"), "band-both-closed", 1, 0),
        (("[0, 3)", "[2, 6)", "[6, inf)"), "band-overlap", 1, 0),
        (("[0, 6)", "[2, 3)", "[6, inf)"), "band-overlap", 1, 0),
        (("[0, 2)", "[0, 2)", "[2, inf)"), "band-overlap", 1, 0),
        (("[0, 2)", "[6, inf)", "[2, 6)"), "band-order", 2, 1),
        (("[0, 2)", "[6, 2]", "[2, inf)"), "range-empty", 1, None),
        (("[0, 2)", "[2, 2)", "[2, inf)"), "range-empty", 1, None),
        (("[0, 2)", "[2, 6)"), "band-uncovered", None, None),
        (("[1, 2)", "[2, inf)"), "band-uncovered", None, None),
    ],
)
def test_one_slip_in_listed_ranges_is_one_flaw_at_its_row(bench, texts, code, at, also):
    found = bench.problems("bands", **listed(bench, *texts))
    assert [(problem.code, problem.at, problem.also) for problem in found] == [(code, at, also)]


@pytest.mark.parametrize(
    "texts",
    [
        ("[0, 2.5)", "[2.5, 6)", "[6, inf)"),
        ("[6, inf)", "[2.5, 6)", "[0, 2.5)"),
        ("(-inf, 2.5]", "(2.5, inf)"),
        ("(-inf, 0)", "[0, 0]", "(0, inf)"),
    ],
)
def test_a_partition_is_accepted_from_either_end(bench, texts):
    assert bench.codes("bands", **listed(bench, *texts)) == []


def test_rows_that_begin_below_zero_must_go_down_all_the_way(bench):
    assert bench.codes("bands", **listed(bench, "[-5, 0)", "[0, inf)")) == ["band-uncovered"]


def test_a_change_must_cover_what_lies_below_zero(bench):
    found = bench.codes("bands", **listed(bench, "[0pp, 2pp)", "[2pp, inf)", x=bench.change()))
    assert found == ["band-uncovered"]


def test_otherwise_takes_what_gaps_leave(bench):
    assert bench.codes("bands", **listed(bench, "[1, 2)", "[3, 4)"), otherwise=0) == []


def test_an_otherwise_that_nothing_reaches_is_reported(bench):
    x = bench.plain()
    rows = (bench.at_least(6, x, 8), bench.below(6, x, 2))
    assert bench.codes("bands", x=x, bands=rows, otherwise=0) == ["band-unreachable"]


def test_comparison_rows_may_overlap_but_the_wider_one_comes_last(bench):
    x = bench.plain()
    rows = tuple(bench.at_least(end, x, 1) for end in ("2.5", "6", "1"))
    found = bench.problems("bands", x=x, bands=rows, otherwise=0)
    assert [(problem.code, problem.at, problem.also) for problem in found] == [("band-order", 1, 0)]


def test_the_same_comparison_twice_is_never_reached(bench):
    x = bench.plain()
    rows = tuple(bench.at_least(end, x, 1) for end in ("6", "2.5", "6"))
    found = bench.problems("bands", x=x, bands=rows, otherwise=0)
    assert [(problem.code, problem.at, problem.also) for problem in found] == [("band-unreachable", 2, 0)]


def test_comparison_rows_without_otherwise_leave_the_rest_uncovered(bench):
    x = bench.plain()
    rows = (bench.at_least(6, x, 8), bench.at_least("2.5", x, 5))
    assert bench.codes("bands", x=x, bands=rows) == ["band-uncovered"]
    assert bench.codes("bands", x=x, bands=(*rows, bench.at_least(0, x, 1))) == []


def test_a_gap_between_comparison_rows_is_reported(bench):
    x = bench.plain()
    found = bench.problems("bands", x=x, bands=(bench.at_least(6, x, 8), bench.below("2.5", x, 1)))
    assert [(problem.code, problem.at, problem.also) for problem in found] == [("band-gap", 0, 1)]


def test_the_message_shows_the_gap_in_its_unit(bench):
    subject = bench.share()
    (problem,) = bench.problems("bands", **listed(bench, "[0%, 40%)", "[50%, inf)", x=subject))
    assert problem.text.en == "no row holds values from 40% to 50%"
    assert problem.help is not None
    assert "40%" in problem.help.zh


def test_ends_from_data_are_read_from_the_top(bench):
    x = bench.plain()
    rows = (bench.at_least(bench.plain("t"), x, 8), bench.at_least(0, x, 2))
    assert bench.values("bands", {"x": [5, 3], "t": [4, 4]}, x=x, bands=rows) == [8, 2]


def test_a_table_of_otherwise_alone_still_needs_the_value(bench):
    cells = {"x": [3, Absence.NOT_REPORTED]}
    found = bench.values("bands", cells, x=bench.plain(), bands=(), otherwise=2)
    assert found == [2, Absence.NOT_REPORTED]
