from fractions import Fraction

import pytest

from assessment.core.absence import Absence


def test_a_value_by_its_standard_up_to_the_cap(bench):
    found = bench.values(
        "standard", {"x": ["2.3%", "2.5%", "5%", "0%"]}, x=bench.share(), standard="2.5%", cap="100%"
    )
    assert found == [Fraction("0.92"), 1, 1, 0]


def test_without_a_cap_an_index_goes_on(bench):
    found = bench.values("standard", {"x": [5]}, x=bench.plain(), standard="2.5", cap="none")
    assert found == [2]


def test_where_lower_is_better_the_standard_is_divided(bench):
    written = {"x": bench.plain(), "standard": "2.1", "better": "lower"}
    found = bench.values("standard", {"x": ["2.8", "2.1", 2]}, **written, cap="100%")
    assert found == [Fraction("0.75"), 1, 1]
    assert bench.values("standard", {"x": ["1.4"]}, **written, cap="none") == [Fraction("1.5")]


def test_there_is_no_index_of_nothing(bench):
    lost = Absence.UNDEFINED
    written = {"x": bench.plain(), "standard": 2, "cap": "100%"}
    assert bench.values("standard", {"x": [-1, 0]}, **written) == [lost, 0]
    assert bench.values("standard", {"x": [-1, 0]}, **written, better="lower") == [lost, lost]
    given = bench.plain("s")
    cells = {"x": [1, 1, 1], "s": [0, -1, 2]}
    found = bench.values("standard", cells, x=bench.plain(), standard=given, cap="100%")
    assert found == [lost, lost, Fraction(1, 2)]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ({"standard": 0, "cap": "100%"}, ["constant-zero-divisor"]),
        ({"standard": -1, "cap": "none"}, ["constant-zero-divisor"]),
        ({"standard": 1, "cap": "0%"}, ["argument-kind"]),
        ({"standard": 1, "cap": "120%"}, []),
    ],
)
def test_what_is_said_of_arguments(bench, written, codes):
    assert bench.codes("standard", x=bench.plain(), **written) == codes


def test_the_contract(bench):
    capped = bench.lower("standard", x=bench.plain(), standard=2, cap="120%")
    assert (capped.low, capped.high) == (0, Fraction("1.2"))
    free = bench.lower("standard", x=bench.plain(), standard=2, cap="none")
    assert (free.low, free.high) == (0, None)
