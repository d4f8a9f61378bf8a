"""Which of several rows with one key counts: the reports of one event, of which one is taken."""

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.core.types import Clash, Entity, Kind, Type
from assessment.evaluation.exact import run
from assessment.evaluation.facts import UNDECIDED, Facts

NR, WH = Absence.NOT_REPORTED, Absence.WITHHELD
ROW = Type(kind=Kind.LEVEL, entity=Entity.ROW, rows_of="e", levels=("best", "middle", "worst"))
LEVEL = n.Input(name="e", type=ROW)
PAPER = n.Input(name="e.paper", type=evolve(ROW, kind=Kind.LABEL, levels=()))
DAY = n.Input(name="e.day", type=evolve(ROW, kind=Kind.DATE, levels=()))
OWN = n.Input(name="e.own", type=evolve(ROW, kind=Kind.YESNO, levels=()))


def counted(node, **columns):
    """The answers for the rows of one region; `e`, `paper`, `day` and `own` are the values of its rows."""
    names = {"e": "e", "paper": "e.paper", "day": "e.day", "own": "e.own"}
    cells = {
        (names[name], 2018): (tuple(map(_exact, rows)) if isinstance(rows, tuple) else rows,)
        for name, rows in columns.items()
    }
    facts = Facts(regions=("A",), groups=(None,), reference=(False,), period=2018, cells=cells)
    return run((node,), facts).of(node)[0]


def _exact(value):
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value


def test_the_best_row_of_one_paper_counts_and_of_equal_ones_the_first():
    # Paper p: levels 1, 0, 0 (0 is the best): the second row counts, the third ties with it and comes later.
    node = b.distinct([PAPER], [(LEVEL, False)])
    assert counted(node, e=(1, 0, 0, 2), paper=("p", "p", "p", "q")) == (False, True, False, True)


def test_without_keys_the_first_row_counts():
    node = b.distinct([PAPER])
    assert counted(node, e=(2, 0), paper=("p", "p")) == (True, False)


def test_two_values_must_both_agree():
    node = b.distinct([PAPER, LEVEL])
    assert counted(node, e=(0, 1, 0), paper=("p", "p", "p")) == (True, True, False)


def test_a_row_that_takes_no_part_does_not_count_and_takes_nobody_s_place():
    node = b.distinct([PAPER], [(LEVEL, False)], where=OWN)
    assert counted(node, e=(0, 1), paper=("p", "p"), own=(False, True)) == (False, True)


def test_an_absent_condition_leaves_the_row_out():
    node = b.distinct([PAPER], where=OWN)
    assert counted(node, e=(0, 1), paper=("p", "p"), own=(NR, True)) == (False, True)


def test_a_row_without_the_value_is_absent_as_the_value_is():
    node = b.distinct([PAPER])
    assert counted(node, e=(0, 1, 1), paper=(NR, "p", WH)) == (NR, True, WH)
    assert counted(b.distinct([PAPER], where=OWN), e=(0,), paper=(NR,), own=(False,)) == (False,)


def test_a_row_without_a_key_comes_behind():
    node = b.distinct([PAPER], [(DAY, True)])
    assert counted(node, e=(0, 0), paper=("p", "p"), day=(NR, 736_000)) == (False, True)


def test_a_region_whose_rows_are_absent_is_absent_once_and_one_without_rows_has_no_answer():
    node = b.distinct([PAPER])
    assert counted(node, e=WH, paper=WH) is WH
    assert counted(node, e=(), paper=()) == ()


def test_one_undecided_value_leaves_all_rows_that_take_part_undecided():
    node = b.distinct([PAPER], [(LEVEL, False)], where=OWN)
    found = counted(node, e=(0, 1, 0), paper=("p", UNDECIDED, "p"), own=(True, True, False))
    assert found == (UNDECIDED, UNDECIDED, False)


def test_texts_are_told_apart_and_not_ordered():
    with pytest.raises(Clash):
        b.distinct([PAPER], [(PAPER, True)])
    with pytest.raises(Clash):
        b.rank([(PAPER, True)], "rows")
    with pytest.raises(Clash):
        b.compare("<", PAPER, b.const("p"))
    assert counted(b.compare("=", PAPER, b.const("p")), e=(0, 0), paper=("p", "P")) == (True, False)


def test_dates_have_an_order_and_lie_days_apart():
    # 2018-03-01 is 59 days behind 2018-01-01: 31 of January and 28 of February.
    first, last = b.aggregate("min", DAY, "rows"), b.aggregate("max", DAY, "rows")
    apart = b.subtract(last, first)
    assert apart.type.unit is not None
    assert apart.type.unit.text == "天"
    assert counted(apart, e=(0, 0), day=(736_695, 736_754)) == 59
    with pytest.raises(Clash):
        b.add(DAY, DAY)
    with pytest.raises(Clash):
        b.aggregate("mean", DAY, "rows")


def test_the_own_region_is_its_name():
    other = n.Input(name="e.paper", type=t.LABEL.at(Entity.REGION))
    assert counted(b.compare("=", b.own_region(), other), paper="A") is True


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from("pqr"), st.booleans()), max_size=8))
def test_each_paper_that_takes_part_counts_once_with_its_best_row(rows):
    levels, papers, own = (tuple(column) for column in zip(*rows, strict=True)) if rows else ((), (), ())
    answers = counted(b.distinct([PAPER], [(LEVEL, False)], where=OWN), e=levels, paper=papers, own=own)
    for paper in "pqr":
        taking = [place for place, row in enumerate(rows) if row[1] == paper and row[2]]
        best = min(taking, key=lambda place: (rows[place][0], place), default=None)
        assert [place for place in range(len(rows)) if papers[place] == paper and answers[place] is True] == (
            [] if best is None else [best]
        )
