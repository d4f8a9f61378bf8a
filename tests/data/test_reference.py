"""Every example of the reference of reading data is run."""

import csv
import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

import assessment
from assessment.core.absence import Absence
from assessment.data import grid, guard, layout, values
from assessment.data.scale import value_text
from assessment.number import text as number_text

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGE = (REFERENCE / "data.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [(found[1], found[2]) for found in FENCE.finditer(PAGE)]
PAIRS = [
    (first[1], second[1]) for first, second in pairwise(BLOCKS) if (first[0], second[0]) == ("csv", "read")
]


@pytest.fixture(scope="module")
def rules():
    (text,) = [body for kind, body in BLOCKS if kind == "assess"]
    assert assessment.check(text) == ()
    return assessment.load(text)


def shown(value, spec):
    """A value as the page writes it."""
    if isinstance(value, Absence):
        return f": {value.label.en}"
    if isinstance(value, bool):
        return " = yes" if value else " = no"
    if isinstance(value, Fraction):
        return f" = {spec.levels[int(value)] if spec.levels else value_text(value, spec)}"
    words = [spec.levels[int(one)] if spec.levels else value_text(one, spec) for one in value]
    return f" = {', '.join(words) or 'none'}"


def findings(diagnostics):
    """The findings with their places, without the note on regions that an example does not have."""
    return [
        f"{one.severity.value} {one.code}: {one.span.text('en')}"
        for one in diagnostics
        if one.code != "data-region-left-out"
    ]


def read(table, rules):
    try:
        data = assessment.read_data(table, rules)
    except assessment.DataError as refused:
        return findings(refused.diagnostics)
    specs = {spec.name: spec for spec in rules.inputs}
    lines = [
        f"{region} {period} {name}{shown(one.value, specs[name])}"
        for (name, period, region), one in data.observations.items()
    ]
    return [*lines, *findings(data.remarks)]


@pytest.mark.parametrize(("table", "expected"), PAIRS, ids=[str(place) for place in range(len(PAIRS))])
def test_the_table_is_read_as_the_page_says(table, expected, rules):
    assert read(table, rules) == expected.splitlines()


def test_every_table_of_the_page_has_its_reading():
    kinds = [kind for kind, _ in BLOCKS]
    assert kinds.count("csv") == kinds.count("read") == len(PAIRS) > 10


def test_python_examples_hold(rules):
    examples = [body for kind, body in BLOCKS if kind == "python"]
    for body in examples:
        exec(compile(body, "data.md", "exec"), {"assessment": assessment, "rules": rules})  # noqa: S102 - our own page
    assert examples


@pytest.mark.parametrize(
    ("row", "limits"),
    [
        ("a file", [grid.MOST_BYTES // 2**20]),
        ("a line", [grid.MOST_LINE]),
        ("a cell", [grid.MOST_TEXT, csv.field_size_limit()]),
        ("cells of a source", [grid.MOST_CELLS]),
        ("columns", [layout.MOST_COLUMNS]),
        ("rows in which", [layout._SEARCHED_ROWS]),
        ("digits", [number_text.MOST_DIGITS, number_text.MOST_EXPONENT]),
        ("ratings", [values.MOST_ROWS]),
        ("parts", [guard.MOST_PARTS, guard.MOST_UNPACKED // 2**20, guard.MOST_XML // 2**20]),
        ("times", [guard.MOST_RATIO]),
        ("merged", [guard.MOST_MERGED]),
    ],
)
def test_the_page_states_the_limits_that_are_kept(row, limits):
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| {row}")]
    assert [int(number.replace(",", "")) for number in re.findall(r"[0-9][0-9,]*", line)] == limits
