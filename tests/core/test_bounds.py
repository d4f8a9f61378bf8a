from fractions import Fraction

import pytest

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.core.bounds import REPORTED, Bounds, analyse, bounds, can_be_undefined
from assessment.core.intervals import point
from assessment.core.types import Entity, Kind, Type

NUMBER = t.number(Entity.REGION)
X = n.Input(name="x", type=NUMBER, low=Fraction(0), high=Fraction(4))
Y = n.Input(name="y", type=NUMBER, low=Fraction(0), low_closed=False)
FREE = n.Input(name="free", type=NUMBER)
LEVEL = n.Input(name="l", type=Type(kind=Kind.LEVEL, levels=("good", "fair", "poor")))
ROWS = n.Input(
    name="r", type=Type(kind=Kind.NUMBER, entity=Entity.ROW, rows_of="r"), low=Fraction(0), high=Fraction(100)
)
YES = n.Input(name="q", type=t.YESNO)
UNDEFINED = Absence.UNDEFINED


def text(node: n.Node) -> str:
    found = bounds(node).interval
    assert found is not None
    return found.text


def undefined(node: n.Node) -> bool:
    return UNDEFINED in bounds(node).absent


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (X, "[0, 4]"),
        (Y, "(0, ∞)"),
        (FREE, "(-∞, ∞)"),
        (LEVEL, "[0, 2]"),
        (b.add(X, b.const(1)), "[1, 5]"),
        (b.subtract(b.const(1), X), "[-3, 1]"),
        (b.multiply(X, b.const(-2)), "[-8, 0]"),
        (b.divide(b.const(1), Y), "(0, ∞)"),
        (b.divide(X, b.const(8)), "[0, 1/2]"),
        (b.power(b.subtract(X, b.const(1)), 2), "[0, 9]"),
        (b.root(X, 2), "[0, 2]"),
        (b.clamp(FREE, b.const(0), b.const(1)), "[0, 1]"),
        (b.maximum(X, b.const(1)), "[1, 4]"),
        (b.exp(b.multiply(b.const(0), X)), "[1, 1]"),
        (b.aggregate("mean", X, "group"), "[0, 4]"),
        (b.aggregate("sum", X, "all"), "[0, ∞)"),
        (b.aggregate("sum", b.negate(X), "all"), "(-∞, 0]"),
        (b.aggregate("count", X, "all"), "[0, ∞)"),
        (b.aggregate("max", ROWS, "rows"), "[0, 100]"),
        (b.rank([(X, True)], "all"), "[1, ∞)"),
        (b.shift(X, -1), "[0, 4]"),
        (b.refer("A", X), "[0, 4]"),
        (b.select(YES, X, b.const(9)), "[0, 9]"),
        (b.recover(X, frozenset({Absence.NOT_REPORTED}), b.const(-1), "p"), "[-1, 4]"),
        (n.Lookup(entries=(("g", 2018, Fraction(3)), (None, None, Fraction(1))), type=NUMBER), "[1, 3]"),
    ],
)
def test_ranges_follow_from_declared_ranges(node, expected):
    assert text(node) == expected


def test_a_measure_times_itself_is_a_square():
    moved = b.subtract(X, b.const(1))
    assert text(b.multiply(moved, moved)) == "[0, 9]"


def test_a_measure_minus_itself_is_zero():
    assert text(b.subtract(X, X)) == "[0, 0]"
    assert text(b.subtract(b.multiply(b.const(3), X), b.multiply(b.const(2), X))) == "[0, 4]"


def test_a_measure_over_itself_is_one_where_it_is_defined():
    assert text(b.divide(X, X)) == "[1, 1]"
    assert undefined(b.divide(X, X))


def test_a_divisor_whose_range_holds_zero_can_make_it_undefined():
    quotient = b.divide(b.const(1), X)
    assert text(quotient) == "[1/4, ∞)"
    assert can_be_undefined(quotient) == (quotient,)


def test_a_divisor_whose_range_leaves_out_zero_cannot():
    assert can_be_undefined(b.divide(b.const(1), Y)) == ()


@pytest.mark.parametrize("op", [">", "!=", ">="])
def test_a_condition_on_the_divisor_is_known_in_its_branch(op):
    limit = b.const(0 if op != ">=" else 1)
    guarded = b.select(b.compare(op, X, limit), b.divide(b.const(1), X), b.const(0))
    assert not undefined(guarded)


def test_a_condition_that_allows_zero_does_not_help():
    guarded = b.select(b.compare(">=", X, b.const(0)), b.divide(b.const(1), X), b.const(0))
    assert undefined(guarded)


def test_a_condition_on_a_multiple_is_known_of_the_measure():
    double = b.add(b.multiply(b.const(2), X), b.const(1))
    guarded = b.select(b.compare(">", double, b.const(3)), b.divide(b.const(1), X), b.const(0))
    # 2x + 1 > 3 says x > 1, so 1/x < 1.
    assert text(guarded) == "[0, 1)"


def test_a_condition_is_known_of_a_measure_that_was_made_anew():
    as_rate = b.cast(b.multiply(X, Y), Kind.RATE)
    guarded = b.select(b.compare(">", as_rate, b.rate(0)), b.divide(b.const(1), b.multiply(Y, X)), b.const(0))
    assert not undefined(guarded)


def test_in_the_other_branch_the_opposite_is_known():
    guarded = b.select(b.compare("<=", X, b.const(2)), b.const(0), X)
    assert text(guarded) == "[0, 4]"
    assert text(b.select(b.compare("<=", X, b.const(2)), b.const(3), X)) == "(2, 4]"


def test_all_parts_of_a_condition_are_known():
    both = b.both(b.compare(">", X, b.const(1)), b.compare("<", X, b.const(2)))
    assert text(b.select(both, X, b.const(Fraction(3, 2)))) == "(1, 2)"
    neither = b.either(b.compare("<=", X, b.const(1)), b.compare(">=", X, b.const(2)))
    assert text(b.select(neither, b.const(Fraction(3, 2)), X)) == "(1, 2)"


def test_what_is_known_of_this_year_says_nothing_of_last_year():
    guarded = b.select(b.compare(">", X, b.const(1)), b.shift(X, -1), b.const(0))
    assert text(guarded) == "[0, 4]"


def test_what_is_known_of_a_region_says_nothing_of_its_field():
    guarded = b.select(b.compare(">", X, b.const(3)), b.aggregate("mean", X, "all"), b.const(0))
    assert text(guarded) == "[0, 4]"


def test_who_is_in_a_field_meets_its_condition():
    high = b.compare(">=", X, b.const(3))
    assert text(b.aggregate("mean", X, "all", where=high)) == "[3, 4]"


def test_a_branch_that_is_never_taken_does_not_count():
    assert text(b.select(b.compare(">", X, b.const(5)), b.const(100), X)) == "[0, 4]"


def test_a_compared_measure_is_present_in_the_branches():
    chosen = b.select(b.compare(">", X, b.const(1)), b.is_absent(X), b.is_absent(X))
    assert not bounds(chosen).can_be(True)


def test_asking_for_absence_makes_presence_known():
    present = b.select(b.is_absent(FREE), b.const(0), FREE)
    assert bounds(present).absent == frozenset()


def test_a_policy_takes_away_the_absences_it_names():
    found = bounds(b.recover(X, frozenset({Absence.NOT_REPORTED}), b.const(0), "p"))
    assert found.absent == REPORTED - {Absence.NOT_REPORTED}


def test_a_policy_for_undefined_leaves_no_culprit():
    quotient = b.divide(b.const(1), X)
    assert can_be_undefined(b.recover(quotient, frozenset({UNDEFINED}), b.const(0), "p")) == ()


def test_a_no_hides_absent_conditions_only_where_it_is_certain():
    never = b.compare(">", X, b.const(9))
    shown = b.recover(never, REPORTED, b.const(False), "p")
    assert bounds(b.both(shown, YES)).absent == frozenset()
    assert bounds(b.both(b.const(True), YES)).absent == REPORTED


def test_rows_of_a_step_table_are_reached_from_the_top():
    rows = [
        n.Range(low=b.const(2)),
        n.Range(low=b.const(1)),
        n.Range(low=b.const(1)),
        n.Range(low=b.const(5)),
    ]
    table = b.step(X, rows, [b.const(8), b.const(5), b.const(99), b.const(99)], b.const(0))
    assert text(table) == "[0, 8]"
    assert analyse((table,)).reachable(table) == (True, True, False, False)


def test_a_step_table_that_leaves_a_gap_can_be_undefined():
    gap = [n.Range(low=b.const(0), high=b.const(1)), n.Range(low=b.const(1), low_closed=False)]
    assert not undefined(b.step(X, gap, [b.const(1), b.const(2)]))
    holed = [
        n.Range(low=b.const(0), high=b.const(1), high_closed=False),
        n.Range(low=b.const(1), low_closed=False),
    ]
    assert undefined(b.step(X, holed, [b.const(1), b.const(2)]))


def test_a_row_knows_what_reaches_it():
    table = b.step(X, [n.Range(low=b.const(2))], [b.divide(b.const(1), X)], b.const(0))
    assert text(table) == "[0, 1/2]"
    assert not undefined(table)


def test_between_levels_there_is_no_gap():
    rows = [n.Range(low=b.const(i, LEVEL.type), high=b.const(i, LEVEL.type)) for i in range(3)]
    assert not undefined(b.step(LEVEL, rows, [b.const(3), b.const(2), b.const(1)]))
    assert undefined(b.step(LEVEL, rows[:2], [b.const(3), b.const(2)]))


def test_a_statistic_of_an_empty_field_is_undefined_except_for_the_region_that_is_in_it():
    mean = b.aggregate("mean", X, "all")
    assert undefined(mean)
    assert can_be_undefined(mean) == ()
    assert can_be_undefined(mean, empty_fields=True) == (mean,)
    others = b.aggregate("mean", X, "all", own=False)
    assert can_be_undefined(others) == (others,)


def test_a_field_that_counts_somebody_is_not_empty():
    best, count = b.aggregate("min", ROWS, "rows"), b.aggregate("count", ROWS, "rows")
    assert undefined(best)
    assert not undefined(b.select(b.compare("=", count, b.const(0)), b.const(0), best))
    assert undefined(b.select(b.compare(">=", count, b.const(0)), best, b.const(0)))


def test_a_contract_narrows_what_arithmetic_finds():
    lowest, highest = b.aggregate("min", X, "all"), b.aggregate("max", X, "all")
    rate = b.divide(b.subtract(X, lowest), b.subtract(highest, lowest))
    assert bounds(rate).high is None
    framed = n.Frame(node=rate, type=rate.type, role="call", name="minmax", low=Fraction(0), high=Fraction(1))
    assert text(framed) == "[0, 1]"


def test_a_node_that_is_never_present_has_no_range():
    found = bounds(b.add(X, b.absent(Absence.WITHHELD, NUMBER)))
    assert found.interval is None
    assert Absence.WITHHELD in found.absent
    assert (found.low, found.high) == (None, None)


def test_what_is_given_of_an_input_replaces_its_declaration_in_that_period():
    change = b.subtract(X, b.shift(X, -1))
    given = {("x", 0): Bounds(interval=point(Fraction(3)))}
    found = analyse((change,), given=given).of(change).interval
    assert found is not None
    assert found.text == "[-1, 3]"


def test_graphs_deeper_than_the_stack_are_bounded():
    deep: n.Node = X
    for _ in range(3000):
        deep = b.select(b.compare(">", deep, b.const(1)), b.minimum(deep, b.const(3)), deep)
    # x lies in [0, 4]; what is above 1 is held at 3.
    assert bounds(deep).high == 3


def test_graphs_of_many_paths_are_bounded():
    doubled: n.Node = X
    for _ in range(200):
        doubled = b.add(doubled, doubled)
    assert bounds(doubled).low == 0


def test_squares_of_squares_are_bounded_without_long_numbers():
    square = b.add(X, b.const(2))
    for _ in range(100):
        square = b.multiply(square, square)
    found = bounds(square)
    assert found.low is not None
    assert found.low > 10**100
    assert found.high is None


def test_a_culprit_behind_a_guard_is_none_even_where_the_range_stays_as_it_was():
    lowest, highest = b.aggregate("min", FREE, "all"), b.aggregate("max", FREE, "all")
    spread = b.subtract(highest, lowest)
    rate = b.divide(b.subtract(FREE, lowest), spread)
    assert can_be_undefined(b.select(b.compare(">", spread, b.const(0)), rate, b.const(1))) == ()
    assert can_be_undefined(rate) == (rate,)


def test_the_same_graph_is_bounded_again_with_other_ranges():
    total = b.add(X, b.shift(X, -1))
    analysis = analyse((total,))
    before = analysis.of(total)
    given = {("x", -1): Bounds(interval=point(Fraction(3)))}
    assert analysis.with_given(given).of(total) == analyse((total,), given=given).of(total) != before
    assert analysis.of(total) == before
