from fractions import Fraction

import pytest

from assessment import number
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.core.types import Entity, Kind, Type
from assessment.errors import InternalError
from assessment.evaluation.exact import run
from assessment.evaluation.facts import UNDECIDED, Facts
from assessment.number import Irrational, Mode

NA, NR, WH, NY, UN = Absence
NUMBER = t.number(Entity.REGION)
ROW = Type(kind=Kind.NUMBER, entity=Entity.ROW, rows_of="r")
X, Y, Z = (n.Input(name=name, type=NUMBER) for name in "xyz")
Q, R = (n.Input(name=name, type=t.YESNO) for name in "qr")
ROWS = n.Input(name="rows", type=ROW)


def of(node: n.Node, **cells) -> list:
    """The values of a node; `x=(1, 2)` are the values of the input `x` of regions 0 and 1, `x_1` those of last year."""
    size = max((len(column) for column in cells.values()), default=1)
    given = {}
    for key, column in cells.items():
        name, _, back = key.partition("_")
        given[name, 2018 - int(back or 0)] = tuple(map(_value, column))
    return list(run((node,), field(size, given)).of(node))


def field(size: int, cells, groups=None, reference=()) -> Facts:
    return Facts(
        regions=tuple(f"region {place}" for place in range(size)),
        groups=groups or (None,) * size,
        reference=tuple(place in reference for place in range(size)),
        period=2018,
        cells=cells,
    )


def _value(given):
    if isinstance(given, tuple):
        return tuple(map(_value, given))
    return Fraction(given) if isinstance(given, int) and not isinstance(given, bool) else given


@pytest.fixture
def undecided(monkeypatch):
    """A node whose value is undecided for region 0 and present for the others."""

    def refuse(left, right):
        if Fraction(-1) in (left, right):
            raise number.Undecided(b.Text(en="undecided", zh="无法确定"))
        return (left > right) - (left < right)

    monkeypatch.setattr("assessment.evaluation.exact._order", refuse)
    return b.minimum(X, b.const(-1)), {"x": (0, 5, 7)}


# ── leaves ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_input_that_the_data_never_mention_was_not_reported():
    assert of(X, y=(1, 2)) == [NR, NR]


def test_an_unbound_score_is_a_fault_of_the_compiler():
    with pytest.raises(InternalError):
        of(n.Score(path="total", reading="score", type=t.POINTS))


def test_a_table_entry_of_the_year_comes_before_that_of_the_group():
    entries = (
        (None, None, Fraction(1)),
        ("g", None, Fraction(2)),
        (None, 2018, Fraction(3)),
        ("g", 2018, Fraction(4)),
    )
    for held, expected in ((4, 4), (3, 3), (2, 2), (1, 1), (0, NA)):
        table = n.Lookup(entries=entries[:held], type=NUMBER)
        found = run((table,), field(1, {}, groups=("g",))).of(table)
        assert found == (expected,)


def test_a_table_is_read_in_the_period_that_is_asked_for():
    table = b.shift(n.Lookup(entries=((None, 2017, Fraction(7)),), type=NUMBER), -1)
    assert of(table) == [7]


# ── arithmetic ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_decimals_are_exact():
    # 0.1 + 0.2 is 0.3, which binary floats miss.
    assert of(b.add(b.const(Fraction(1, 10)), b.const(Fraction(2, 10)))) == [Fraction(3, 10)]


def test_a_third_times_three_is_one():
    assert of(b.multiply(b.divide(X, b.const(3)), b.const(3)), x=(1,)) == [1]


@pytest.mark.parametrize(
    ("node", "x", "expected"),
    [
        (b.divide(b.const(1), X), 0, UN),
        (b.power(X, 0), 0, UN),
        (b.power(X, -2), 0, UN),
        (b.power(X, 2), 0, 0),
        (b.power(X, -2), 2, Fraction(1, 4)),
        (b.power(X, 0), 2, 1),
        (b.root(X, 2), -4, UN),
        (b.root(X, 3), -8, -2),
        (b.root(X, 2), 0, 0),
        (b.ln(X), 0, UN),
        (b.ln(X), 1, 0),
        (b.exp(X), 0, 1),
    ],
)
def test_what_is_not_defined_is_undefined(node, x, expected):
    assert of(node, x=(x,)) == [expected]


def test_roots_are_compared_by_proof():
    # √2·√6 equals 2√3.
    left = b.multiply(b.root(b.const(2), 2), b.root(X, 2))
    right = b.multiply(b.const(2), b.root(b.const(3), 2))
    assert of(b.compare("=", left, right), x=(6,)) == [True]
    assert of(b.compare(">", left, right), x=(7,)) == [True]


def test_a_clamp_gives_its_end_exactly():
    (found,) = of(b.clamp(b.root(X, 2), b.const(0), b.const(1)), x=(2,))
    assert found == 1
    assert not isinstance(found, Irrational)


def test_an_irrational_value_is_rounded_to_certain_digits():
    # √2 = 1.41421…
    assert of(b.round_to(b.root(X, 2), 4, Mode.HALF_UP), x=(2,)) == [Fraction("1.4142")]


def test_a_percentage_is_rounded_by_its_own_places():
    # 12.345 % to two places of the percentage: 12.35 %.
    assert of(b.round_to(X, 2, Mode.HALF_UP, scale=100), x=(Fraction("0.12345"),)) == [Fraction("0.1235")]


def test_numbers_that_grow_without_end_are_undecided_and_take_no_time():
    square: n.Node = X
    for _ in range(80):
        square = b.multiply(square, square)
    assert of(square, x=(3, 1)) == [UNDECIDED, 1]


# ── absence ──────────────────────────────────────────────────────────────────────────────────────────────────────────

ORDERED = [(first, later) for place, first in enumerate(Absence) for later in list(Absence)[place:]]


@pytest.mark.parametrize(("first", "later"), ORDERED)
@pytest.mark.parametrize(
    "node",
    [
        b.add(X, Y),
        b.multiply(X, Y),
        b.divide(X, Y),
        b.minimum(X, Y),
        b.maximum(X, Y),
        b.compare("<", X, Y),
    ],
)
def test_where_absences_meet_the_first_in_order_wins(node, first, later):
    assert of(node, x=(first, later), y=(later, first)) == [first, first]


@pytest.mark.parametrize(
    "node", [b.ln(X), b.exp(X), b.root(X, 2), b.power(X, 2), b.round_to(X, 1, Mode.DOWN)]
)
def test_an_absent_operand_makes_absent(node):
    assert of(node, x=(WH,)) == [WH]


def test_no_reported_value_is_zero():
    assert of(b.add(X, Y), x=(0, NR), y=(0, 0)) == [0, NR]


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (False, False, False, False),
        (False, NR, False, NR),
        (True, NR, NR, True),
        (WH, NR, NR, NR),
    ],
)
def test_a_no_outweighs_what_is_absent_in_and_and_a_yes_in_or(left, right, both, either):
    assert of(b.both(Q, R), q=(left, right), r=(right, left)) == [both, both]
    assert of(b.either(Q, R), q=(left, right), r=(right, left)) == [either, either]


def test_not_of_an_absent_condition_is_absent():
    assert of(b.negation(Q), q=(True, NY)) == [False, NY]


def test_a_choice_by_an_absent_condition_is_absent_and_the_other_branch_does_not_matter():
    chosen = b.select(Q, X, Y)
    assert of(chosen, q=(True, False, WH), x=(1, WH, 1), y=(UN, 2, 2)) == [1, 2, WH]


def test_absence_can_be_asked_for_and_is_itself_never_absent():
    asked = b.is_absent(X, frozenset({NR, WH}))
    assert of(asked, x=(1, NR, WH, NA)) == [False, True, True, False]


def test_a_policy_replaces_the_absences_it_names_and_no_others():
    held = b.recover(X, frozenset({NR}), Y, "missing: zero")
    assert of(held, x=(1, NR, WH, NR), y=(0, 0, 0, NY)) == [1, 0, WH, NY]


# ── step tables ──────────────────────────────────────────────────────────────────────────────────────────────────────


def bands(otherwise: n.Node | None) -> n.Step:
    rows = [n.Range(low=b.const(6)), n.Range(low=b.const(2), high=b.const(6), high_closed=False)]
    return b.step(X, rows, [b.points(8), b.points(5)], otherwise)


def test_the_first_row_that_holds_counts():
    assert of(bands(b.points(2)), x=(7, 6, Fraction("5.99"), 2, 1)) == [8, 8, 5, 5, 2]


def test_a_value_without_a_row_is_undefined():
    assert of(bands(None), x=(1, NR)) == [UN, NR]


def test_the_row_that_held_is_kept():
    table = bands(b.points(2))
    values = run((table,), field(3, {("x", 2018): (Fraction(9), Fraction(3), Fraction(0))}))
    assert [values.branch(table, region) for region in range(3)] == [0, 1, None]


def test_an_absent_end_stands_in_the_way_only_of_what_comes_to_it():
    table = b.step(X, [n.Range(low=b.const(6)), n.Range(low=Y)], [b.const(1), b.const(2)], b.const(3))
    assert of(table, x=(7, 5), y=(NR, NR)) == [1, NR]


# ── fields ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def over(node: n.Node, values, *, groups=None, reference=(), **more) -> list:
    cells = {("x", 2018): tuple(map(_value, values))}
    cells |= {(name, 2018): tuple(map(_value, column)) for name, column in more.items()}
    return list(run((node,), field(len(values), cells, groups, reference)).of(node))


@pytest.mark.parametrize(
    ("op", "expected"),
    [("sum", 15), ("count", 4), ("min", 1), ("max", 8), ("mean", Fraction(15, 4)), ("median", 3)],
)
def test_a_statistic_is_one_of_present_values(op, expected):
    # 1, 2, 4, 8: the two in the middle are 2 and 4.
    assert over(b.aggregate(op, X, "all"), (4, NR, 1, 8, 2, WH)) == [expected] * 6


@pytest.mark.parametrize(
    ("op", "expected"), [("sum", 0), ("count", 0), ("min", UN), ("max", UN), ("mean", UN), ("median", UN)]
)
def test_an_empty_field_has_a_sum_and_a_count_of_zero_and_nothing_else(op, expected):
    assert over(b.aggregate(op, X, "all"), (NR, WH)) == [expected, expected]


def test_each_group_has_its_own_field():
    assert over(b.aggregate("max", X, "group"), (1, 5, 9), groups=("g", "g", "h")) == [5, 5, 9]


def test_reference_subjects_are_scored_and_never_counted():
    found = over(b.aggregate("mean", X, "all"), (2, 4, 99), reference=(2,))
    assert found == [3, 3, 3]
    alone = over(b.aggregate("mean", X, "group"), (2, 4, 99), groups=("g", "g", None), reference=(2,))
    assert alone == [3, 3, UN]


def test_a_region_may_leave_itself_out():
    assert over(b.aggregate("mean", X, "all", own=False), (1, 3, 5, 99), reference=(3,)) == [4, 3, 2, 3]


def test_a_region_alone_in_its_field_has_no_others():
    assert over(b.aggregate("mean", X, "all", own=False), (7,)) == [UN]


def test_who_takes_part_can_be_said():
    large = b.compare(">", Y, b.const(10))
    assert over(b.aggregate("sum", X, "all", where=large), (1, 2, 4), y=(11, 10, NR)) == [1, 1, 1]


def test_a_statistic_of_irrational_values_is_exact():
    mean = b.aggregate("max", b.root(X, 2), "all")
    assert over(b.compare("=", mean, b.root(b.const(3), 2)), (2, 3)) == [True, True]


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("min", [1, 2, 2, 4]),
        ("max", [1, 3, 3, 4]),
        ("mean", [1, Fraction(5, 2), Fraction(5, 2), 4]),
        ("dense", [1, 2, 2, 3]),
        ("order", [1, 2, 3, 4]),
    ],
)
def test_ties_are_ranked_by_rule(ties, expected):
    assert over(b.rank([(X, True)], "all", ties=ties), (9, 7, 7, 3)) == expected


def test_the_lowest_comes_first_where_that_is_better():
    assert over(b.rank([(X, False)], "all"), (9, 7, 8)) == [3, 1, 2]


def test_a_later_key_decides_between_equals_and_an_absent_one_comes_last():
    ranked = b.rank([(X, True), (Y, True)], "all")
    assert over(ranked, (5, 5, 5, 6), y=(1, 3, NR, 0)) == [3, 2, 4, 1]


def test_absent_regions_and_reference_subjects_have_no_rank():
    assert over(b.rank([(X, True)], "all"), (5, NR, 9), reference=(2,)) == [1, NR, NA]


def test_a_condition_keeps_regions_out_of_the_ranking():
    ranked = b.rank([(X, True)], "all", where=b.compare("<", X, b.const(9)))
    assert over(ranked, (9, 5, 7)) == [NA, 2, 1]


def test_ranks_are_counted_within_the_group():
    assert over(b.rank([(X, True)], "group"), (5, 9, 7), groups=("g", "h", "g")) == [2, 1, 1]


def test_equal_irrational_values_are_a_tie():
    # √8 and 2√2 are one number, √9 is above it.
    value = b.multiply(Y, b.root(X, 2))
    assert over(b.rank([(value, True)], "all"), (8, 2, 9), y=(1, 2, 1)) == [2, 2, 1]


def test_a_named_region_is_read_by_everybody():
    assert over(b.refer("region 1", X), (5, 6)) == [6, 6]
    assert over(b.refer("elsewhere", X), (5, 6)) == [NR, NR]


def test_another_period_moves_all_that_is_read():
    mean_before = b.shift(b.aggregate("mean", b.subtract(X, b.shift(X, -1)), "all"), -1)
    # In 2017 the changes were 4 - 1 and 6 - 1.
    assert of(mean_before, x=(0, 0), x_1=(4, 6), x_2=(1, 1)) == [4, 4]


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_rows_are_calculated_with_one_by_one_and_summed_up_for_the_region():
    above = b.maximum(b.subtract(ROWS, X), b.const(0))
    # Region 0: 5 - 3, 1 - 3, held at zero: 2 + 0.
    assert of(b.aggregate("sum", above, "rows"), rows=((5, 1), ()), x=(3, 3)) == [2, 0]


def test_a_region_whose_rows_are_absent_is_absent():
    assert of(b.aggregate("count", ROWS, "rows"), rows=((1,), NR, ())) == [1, NR, 0]


def test_single_rows_may_be_absent():
    assert of(b.aggregate("mean", ROWS, "rows"), rows=((4, NR, 2),)) == [3]
    assert of(b.aggregate("mean", ROWS, "rows"), rows=((NR,),)) == [UN]


def test_rows_are_chosen_by_their_rank():
    place = b.rank([(ROWS, True)], "rows", ties="order")
    without_highest = b.aggregate("mean", ROWS, "rows", where=b.compare(">", place, b.const(1, place.type)))
    assert of(without_highest, rows=((90, 60, 90),)) == [75]


def test_rows_go_through_a_step_table_one_by_one():
    worth = b.step(ROWS, [n.Range(low=b.const(2))], [b.points(3)], b.points(1))
    assert of(b.aggregate("sum", worth, "rows"), rows=((1, 2, 5), NR)) == [7, NR]


def test_a_value_in_the_place_of_absent_rows_counts_as_one_row():
    held = b.recover(ROWS, frozenset({NR}), b.const(4), "missing")
    assert of(b.aggregate("count", held, "rows"), rows=((1, 2), NR)) == [2, 1]
    assert of(b.aggregate("mean", held, "rows"), rows=((1, 2), NR)) == [Fraction(3, 2), 4]
    assert of(b.aggregate("max", b.rank([(held, True)], "rows"), "rows"), rows=((1, 2), NR)) == [2, 1]


# ── what cannot be decided ───────────────────────────────────────────────────────────────────────────────────────────


def test_what_depends_on_an_undecided_value_is_undecided_and_nothing_else(undecided):
    node, cells = undecided
    doubtful = b.select(b.compare("=", X, b.const(0)), node, X)
    found = of(doubtful, **cells)
    assert found == [UNDECIDED, 5, 7]
    assert of(b.add(doubtful, Y), **cells, y=(NR, NR, 1)) == [UNDECIDED, NR, 8]
    assert of(b.recover(doubtful, frozenset(Absence), b.const(0), "p"), **cells) == [UNDECIDED, 5, 7]
    assert of(b.is_absent(doubtful), **cells) == [UNDECIDED, False, False]


def test_an_operand_that_outweighs_decides_beside_an_undecided_one(undecided):
    node, cells = undecided
    doubtful = b.compare(">", b.select(b.compare("=", X, b.const(0)), node, X), b.const(4))
    assert of(b.both(doubtful, b.const(False)), **cells) == [False, False, False]
    assert of(b.either(doubtful, b.const(False)), **cells) == [UNDECIDED, True, True]


def test_a_field_with_an_undecided_member_is_undecided_for_all(undecided):
    node, cells = undecided
    doubtful = b.select(b.compare("=", X, b.const(0)), node, X)
    assert of(b.aggregate("mean", doubtful, "all"), **cells) == [UNDECIDED] * 3
    assert of(b.rank([(doubtful, True)], "all"), **cells) == [UNDECIDED] * 3


def test_doubt_about_who_belongs_to_a_field_makes_it_undecided(undecided):
    node, cells = undecided
    doubtful = b.compare(">", b.select(b.compare("=", X, b.const(0)), node, X), b.const(4))
    assert of(b.aggregate("count", X, "all", where=doubtful), **cells) == [UNDECIDED] * 3
    assert of(b.rank([(X, True)], "all", where=doubtful), **cells) == [UNDECIDED] * 3
    # Whoever has no value does not belong to it anyway.
    assert of(b.aggregate("count", Y, "all", where=doubtful), **cells, y=(NR, 1, 1)) == [2] * 3


def test_a_shared_node_is_evaluated_once_however_many_read_it():
    doubled: n.Node = X
    for _ in range(200):
        doubled = b.add(doubled, doubled)
    assert of(doubled, x=(1,)) == [2**200]


def test_graphs_deeper_than_the_stack_are_evaluated():
    deep: n.Node = X
    for _ in range(5000):
        deep = b.minimum(deep, b.const(1))
    assert of(deep, x=(3,)) == [1]
