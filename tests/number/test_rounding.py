"""The six modes of rounding, on both sides of zero."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.number import Mode, round_exact
from assessment.syntax.words import WORDS

# Columns: half-up, half-away, half-even, up, down, truncate.
TABLE = {
    "2.5": (3, 3, 2, 3, 2, 2),
    "3.5": (4, 4, 4, 4, 3, 3),
    "-2.5": (-2, -3, -2, -2, -3, -2),
    "-3.5": (-3, -4, -4, -3, -4, -3),
    "2.4": (2, 2, 2, 3, 2, 2),
    "2.6": (3, 3, 3, 3, 2, 2),
    "-2.4": (-2, -2, -2, -2, -3, -2),
    "-2.6": (-3, -3, -3, -2, -3, -2),
    "7": (7, 7, 7, 7, 7, 7),
    "-0.5": (0, -1, 0, 0, -1, 0),
}


@pytest.mark.parametrize("text", TABLE)
def test_each_mode_goes_where_its_name_says(text: str) -> None:
    assert tuple(round_exact(Fraction(text), 0, mode) for mode in Mode) == TABLE[text]


def test_the_tie_of_two_decimals_goes_up_where_binary_floats_go_down() -> None:
    assert round_exact(Fraction("2.675"), 2, Mode.HALF_UP) == Fraction("2.68")
    assert round_exact(Fraction("85.345"), 2, Mode.HALF_EVEN) == Fraction("85.34")


def test_negative_places_round_to_tens() -> None:
    assert round_exact(Fraction(1250), -2, Mode.HALF_EVEN) == 1200
    assert round_exact(Fraction(1250), -2, Mode.HALF_UP) == 1300


def test_a_tie_needs_the_whole_number_to_be_seen() -> None:
    above = Fraction(1, 2) + Fraction(1, 10**400)
    assert round_exact(above, 0, Mode.HALF_EVEN) == 1


@pytest.mark.parametrize("places", [1001, -1001, 10**9])
def test_more_places_than_anyone_needs_are_refused(places: int) -> None:
    with pytest.raises(ValueError, match="places"):
        round_exact(Fraction(1, 3), places, Mode.UP)


def test_a_mode_is_called_by_the_words_of_rule_files() -> None:
    assert Mode.HALF_UP.zh == "四舍五入"
    assert {mode.en: mode.zh for mode in Mode} == {
        meaning.name: meaning.in_("zh") for meaning in WORDS["MODE"]
    }
