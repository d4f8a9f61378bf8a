from fractions import Fraction

import pytest

from assessment.core.absence import Absence

TABLE = {"0pp": 0, "0.1pp": 3, "0.2pp": 5}


def curve(bench, table):
    x = bench.change()
    return {"x": x, "entries": bench.rows(x, table)}


def test_points_lie_on_straight_lines_and_level_outside(bench):
    cells = {"x": ["-1pp", "0pp", "0.05pp", "0.1pp", "0.15pp", "0.2pp", "3pp"]}
    found = bench.values("curve", cells, **curve(bench, TABLE))
    assert found == [0, 0, Fraction(3, 2), 3, 4, 5, 5]  # 3 + 2 * 0.05 / 0.1 = 4


def test_a_curve_may_fall_again(bench):
    x = bench.plain()
    rows = bench.rows(x, {0: 0, 3: 6, 6: 6, 10: 2})
    assert bench.values("curve", {"x": [1, 3, 5, 8, 11]}, x=x, entries=rows) == [2, 6, 6, 4, 2]


def test_the_contract_is_the_lowest_and_highest_row(bench):
    x = bench.plain()
    lowered = bench.lower("curve", x=x, entries=bench.rows(x, {0: 1, 3: 6, 10: 2}))
    assert (lowered.low, lowered.high) == (1, 6)


@pytest.mark.parametrize("values", [["0pp", "0.2pp", "0.1pp"], ["0pp", "0.1pp", "0.1pp"]])
def test_rows_must_rise_strictly(bench, values):
    x = bench.change()
    rows = tuple(entry for value in values for entry in bench.rows(x, {value: 1}))
    (problem,) = bench.problems("curve", x=x, entries=rows)
    assert (problem.code, problem.at, problem.also) == ("band-order", 2, 1)


def test_one_row_is_no_curve(bench):
    assert bench.codes("curve", **curve(bench, {"0pp": 0})) == ["missing-argument"]


def test_a_row_from_data_is_refused(bench):
    x = bench.plain()
    rows = bench.rows(x, {0: 0, bench.plain("y"): 3})
    (problem,) = bench.problems("curve", x=x, entries=rows)
    assert (problem.code, problem.at) == ("argument-kind", 1)


def test_the_sentence_names_the_stretch_and_the_value_held_within_the_table(bench):
    lowered = bench.lower("curve", **curve(bench, TABLE))
    notes = {note.name: note.node for note in lowered.notes}
    cells = {"x": ["-1pp", "0pp", "0.1pp", "0.15pp", "0.2pp", "3pp"]}
    thousandth = Fraction(1, 1000)
    assert bench.evaluate(notes["held"], cells) == [
        0, 0, thousandth, Fraction(3, 2000), 2 * thousandth, 2 * thousandth
    ]  # fmt: skip
    assert bench.evaluate(notes["before"], cells) == [0, 0, *[thousandth] * 4]
    assert bench.evaluate(notes["after"], cells) == [thousandth, thousandth, *[2 * thousandth] * 4]
    assert bench.evaluate(notes["before_points"], cells) == [0, 0, 3, 3, 3, 3]
    assert bench.evaluate(notes["after_points"], cells) == [3, 3, 5, 5, 5, 5]


def test_the_formula_of_the_sentence_gives_the_score_wherever_the_value_lies(bench):
    arguments = curve(bench, TABLE)
    lowered = bench.lower("curve", **arguments)
    cells = {"x": ["-1pp", "0pp", "0.03pp", "0.1pp", "0.15pp", "0.2pp", "3pp"]}
    said = {note.name: bench.evaluate(note.node, cells) for note in lowered.notes}
    by_hand = [
        first + (second - first) * (held - low) / (high - low)
        for held, low, high, first, second in zip(
            said["held"],
            said["before"],
            said["after"],
            said["before_points"],
            said["after_points"],
            strict=True,
        )
    ]
    assert bench.values("curve", cells, **arguments) == by_hand


def test_a_missing_value_stays_missing(bench):
    assert bench.values("curve", {"x": [Absence.UNDEFINED]}, **curve(bench, TABLE)) == [Absence.UNDEFINED]
