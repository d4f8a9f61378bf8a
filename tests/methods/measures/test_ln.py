from fractions import Fraction

from assessment.core import build as b
from assessment.core.absence import Absence
from assessment.number import Mode, round_real


def test_the_logarithm_of_one_is_zero_and_of_twenty_2_9957(bench):
    one, twenty = bench.values("ln", {"x": [1, 20]}, x=bench.plain())
    assert one == 0
    assert round_real(twenty, 4, Mode.HALF_UP) == Fraction("2.9957")


def test_zero_and_below_have_no_logarithm(bench):
    assert bench.values("ln", {"x": [0, -1]}, x=bench.plain()) == [Absence.UNDEFINED] * 2


def test_a_written_value_without_a_logarithm_is_refused(bench):
    assert bench.codes("ln", x=b.const(0)) == ["argument-kind"]
