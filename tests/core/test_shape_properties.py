from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment import number
from assessment.core.absence import Absence
from assessment.core.shape import Direction, monotone
from assessment.evaluation.exact import run
from assessment.evaluation.facts import UNDECIDED
from assessment.testing.graphs import facts_for, graphs, values

REGION = 0
ALLOWED = {Direction.INCREASING: (0, 1), Direction.DECREASING: (0, -1), Direction.CONSTANT: (0,)}


@settings(max_examples=400)
@given(st.data())
def test_a_value_moves_as_said_when_one_region_reports_more(data):
    root = data.draw(graphs())
    direction = monotone(root, "x")
    if direction is Direction.UNKNOWN:
        return
    facts = data.draw(facts_for(root))
    low, high = sorted((data.draw(values), data.draw(values)))
    before, after = (_value(root, facts, x) for x in (low, high))
    if any(value is UNDECIDED or isinstance(value, Absence) for value in (before, after)):
        return
    if isinstance(before, bool):
        before, after = Fraction(before), Fraction(after)
    assert number.compare(after, before) in ALLOWED[direction]


def _value(root, facts, x):
    reported = list(facts.cells.get(("x", 2018), (Absence.NOT_REPORTED,) * len(facts.regions)))
    reported[REGION] = x
    moved = evolve(facts, cells={**facts.cells, ("x", 2018): tuple(reported)})
    return run((root,), moved).at(root, REGION)
