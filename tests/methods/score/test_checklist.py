from fractions import Fraction

from attrs import evolve

from assessment.core.absence import Absence
from assessment.core.build import compare, const


def rows(bench):
    """`decided: 4 points; each policies: 1 points up to 4 points`."""
    decided, policies = bench.yes_no("decided"), bench.count("policies", unit="件")
    return (bench.check_row(decided, 4), bench.check_row(policies, 1, each=True, up_to=4))


def test_what_is_there_adds_up(bench):
    cells = {"decided": [True, False, True, False], "policies": [6, 2, 0, 0]}
    assert bench.values("checklist", cells, entries=rows(bench)) == [8, 2, 4, 0]


def test_all_rows_together_have_a_limit_where_it_is_stated(bench):
    cells = {"decided": [True, True], "policies": [6, 1]}
    assert bench.values("checklist", cells, entries=rows(bench), max=6) == [6, 5]


def test_a_missing_answer_is_not_a_no(bench):
    cells = {"decided": [Absence.NOT_REPORTED, True], "policies": [2, Absence.NOT_REPORTED]}
    assert bench.values("checklist", cells, entries=rows(bench)) == [Absence.NOT_REPORTED] * 2


def test_things_are_counted_singly_whatever_their_unit(bench):
    row = bench.check_row(bench.count("p", unit="万件"), 1, each=True, up_to=50000)
    assert bench.values("checklist", {"p": ["1.5"]}, entries=(row,)) == [15000]


def test_a_negative_count_counts_as_zero(bench):
    row = bench.check_row(bench.plain("p"), 1, each=True, up_to=4)
    assert bench.values("checklist", {"p": [-3]}, entries=(row,)) == [0]


def test_the_contract_adds_the_rows_up(bench):
    lowered = bench.lower("checklist", entries=rows(bench))
    assert (lowered.low, lowered.high) == (0, 8)
    assert bench.lower("checklist", entries=rows(bench), max=6).high == 6


def test_a_row_without_a_limit_promises_no_highest(bench):
    row = bench.check_row(bench.plain("p"), 1, each=True)
    assert bench.lower("checklist", entries=(row,)).high is None


def test_deductions_lower_the_contract(bench):
    row = bench.check_row(bench.yes_no("late"), -2)
    lowered = bench.lower("checklist", entries=(row, *rows(bench)))
    assert (lowered.low, lowered.high) == (-2, 8)
    cells = {"late": [True], "decided": [True], "policies": [0]}
    assert bench.values("checklist", cells, entries=(row, *rows(bench))) == [Fraction(2)]


def test_the_sentence_has_a_phrase_for_each_row(bench):
    call = bench.call("checklist", entries=rows(bench), max=6)
    said = bench.method("checklist").say(call)
    assert said.zh == (
        "{answer1}，得{earned1}（满分{value1}）；"
        "{answer2}，每件{value2}、至多{limit2}，得{earned2}；合计不超过{max}，得{result}"
    )


def test_a_row_that_asks_for_something_calculated_goes_by_its_own_words(bench):
    row = bench.check_row(compare(">=", bench.count(), const(3, bench.count().type)), 2)
    said = bench.method("checklist").say(bench.call("checklist", entries=(row,)))
    assert said.en.startswith("row: {answer1}, {earned1} of {value1}")


def test_a_limit_from_the_data_promises_no_lower_end(bench):
    # A limit of -2 points would take points away: min(1 × 3, -2) = -2.
    row = bench.check_row(bench.plain("p"), 1, each=True)
    limited = evolve(row, up_to=bench.in_points("limit"))
    lowered = bench.lower("checklist", entries=(limited,))
    assert (lowered.low, lowered.high) == (None, None)
    assert bench.values("checklist", {"p": [3], "limit": [-2]}, entries=(limited,)) == [-2]


def test_points_that_are_taken_away_count_towards_the_lower_end(bench):
    rows = (
        bench.check_row(bench.yes_no("late"), -3),
        bench.check_row(bench.plain("p"), 1, each=True, up_to=4),
    )
    lowered = bench.lower("checklist", entries=rows)
    assert (lowered.low, lowered.high) == (-3, 4)
