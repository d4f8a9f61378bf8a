from hypothesis import given, settings
from hypothesis import strategies as st

from assessment import number
from assessment.core.absence import Absence
from assessment.core.bounds import Bounds, analyse
from assessment.core.walk import order
from assessment.evaluation.exact import run
from assessment.evaluation.facts import UNDECIDED
from assessment.testing.graphs import facts_for, graphs


def outside(value, found: Bounds) -> str | None:
    """What is wrong with a value under its bounds."""
    if value is UNDECIDED:
        return None
    if isinstance(value, Absence):
        return None if value in found.absent else f"{value} was not predicted"
    if found.interval is None:
        return "a value where none was predicted"
    if isinstance(value, bool):
        return None if found.can_be(value) else f"{value} was not predicted"
    low, high = found.interval.low, found.interval.high
    below = low is not None and number.compare(value, low) < (1 if found.interval.low_open else 0)
    above = high is not None and number.compare(value, high) > (-1 if found.interval.high_open else 0)
    return f"{value} is outside {found.interval.text}" if below or above else None


@settings(max_examples=400)
@given(st.data())
def test_every_value_lies_in_its_bounds_and_every_absence_was_predicted(data):
    root = data.draw(graphs())
    facts = data.draw(facts_for(root))
    found, values = analyse((root,)), run((root,), facts)
    for node, period in order((root,)):
        for value in values.of(node, period):
            for one in value if isinstance(value, tuple) else (value,):
                wrong = outside(one, found.of(node, period))
                assert wrong is None, f"{type(node).__name__}: {wrong}"
