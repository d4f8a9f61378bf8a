from fractions import Fraction

import pytest

from assessment.core.absence import Absence

RATES = {"above": "100%", "near": "0%", "below": "-100%"}


def test_the_indicator_of_the_handbook(bench):
    found = bench.values(
        "above_below", {"x": ["60.1", 60, 50, 40, "39.9"]}, x=bench.plain(), mean=50, margin="20%", **RATES
    )
    assert found == [1, 0, 0, 0, -1]


def test_a_margin_in_percentage_points(bench):
    x = bench.share()
    found = bench.values("above_below", {"x": ["45%", "46%", "34%"]}, x=x, mean="40%", margin="5pp", **RATES)
    assert found == [0, 1, -1]
    found = bench.values("above_below", {"x": ["45%", "43%"]}, x=x, mean="40%", margin="10%", **RATES)
    assert found == [1, 0]


def test_without_a_margin_only_the_mean_itself_is_near(bench):
    written = {"mean": 50, "margin": 0, "above": "100%", "near": "50%", "below": "0%"}
    found = bench.values("above_below", {"x": ["50.01", 50, "49.99"]}, x=bench.plain(), **written)
    assert found == [1, Fraction(1, 2), 0]


def test_a_share_of_a_mean_of_zero_is_undefined(bench):
    cells = {"x": [1, 1], "m": [0, -1]}
    found = bench.values("above_below", cells, x=bench.plain(), mean=bench.plain("m"), margin="20%", **RATES)
    assert found == [Absence.UNDEFINED] * 2


@pytest.mark.parametrize(("margin", "codes"), [("-5%", ["step-without-size"]), ("0%", []), ("5%", [])])
def test_what_is_said_of_the_margin(bench, margin, codes):
    assert bench.codes("above_below", x=bench.plain(), mean=5, margin=margin, **RATES) == codes


def test_the_contract_is_the_three_rates(bench):
    lowered = bench.lower("above_below", x=bench.plain(), mean=5, margin="5%", **RATES)
    assert (lowered.low, lowered.high) == (-1, 1)
