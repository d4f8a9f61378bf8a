"""Exact numbers: decimal text, rationals, certified irrationals, and rounding.

**In**: text that people typed, floats from a data frame, exact operands.
**Out**: `Fraction`, or `Irrational` where a root, a logarithm or an exponential is not rational; rounded
decimals; text for showing.
**Invariants**: no float decides anything. A comparison or a rounding is certain or raises `Undecided`. An
exact rational stays within 200,000 bits and roots within roots 60 deep, else `TooLarge`; text read has at most 60 digits. Values are
immutable and hash by their form. python-flint is imported when an irrational number is first evaluated.
**Reports**: nothing; `NumberError`, `Undecided` and `TooLarge` carry a `.reason` in both languages for
whoever does.
"""

from assessment.number.errors import NumberError, TooLarge, Undecided
from assessment.number.expression import Irrational, Real
from assessment.number.real import (
    add,
    compare,
    div,
    exp,
    floor_real,
    interval,
    ln,
    mul,
    neg,
    power,
    root,
    round_real,
)
from assessment.number.rounding import Mode, round_exact
from assessment.number.shown import enclosure, plain_text
from assessment.number.text import (
    ParsedNumber,
    decimal_places,
    decimal_text,
    exact_text,
    fraction_of_float,
    parse_number,
    read_number,
)

__all__ = [
    "Irrational",
    "Mode",
    "NumberError",
    "ParsedNumber",
    "Real",
    "TooLarge",
    "Undecided",
    "add",
    "compare",
    "decimal_places",
    "decimal_text",
    "div",
    "enclosure",
    "exact_text",
    "exp",
    "floor_real",
    "fraction_of_float",
    "interval",
    "ln",
    "mul",
    "neg",
    "parse_number",
    "plain_text",
    "power",
    "read_number",
    "root",
    "round_exact",
    "round_real",
]
