"""The reference text of the core says what the code does: its examples run, its tables are computed anew."""

import doctest
import json
import re
from pathlib import Path

import pytest

from assessment import units
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.core.json import to_json
from assessment.core.types import Clash, Entity, Kind, Type
from assessment.number import Mode

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "core.md"
TEXT = PAGE.read_text(encoding="utf-8")

X = n.Input(name="x", type=t.number())
Q = n.Input(name="q", type=t.YESNO)
ROWS = [n.Range(low=b.const(1))]
ROW = n.Input(name="r", type=Type(kind=Kind.NUMBER, entity=Entity.ROW, rows_of="r"))
SAMPLES = {
    "const": b.const(1),
    "input": X,
    "in-group": n.InGroup(groups=("g",), type=t.YESNO),
    "score": n.Score(path="total", reading="score", type=t.POINTS),
    "lookup": n.Lookup(entries=((None, None, b.const(1).value),), type=t.number()),
    "add": b.add(X, X),
    "mul": b.multiply(X, X),
    "div": b.divide(X, X),
    "power": b.power(X, 2),
    "root": b.root(X, 2),
    "ln": b.ln(X),
    "exp": b.exp(X),
    "min": b.minimum(X, X),
    "max": b.maximum(X, X),
    "compare": b.compare("<", X, X),
    "and": b.both(Q, Q),
    "or": b.either(Q, Q),
    "not": b.negation(Q),
    "select": b.select(Q, X, X),
    "step": b.step(X, ROWS, [X], X),
    "round": b.round_to(X, 1, Mode.HALF_UP),
    "aggregate": b.aggregate("sum", X, "all"),
    "rank": b.rank([(X, True)], "all"),
    "distinct": b.distinct([ROW], [(ROW, True)]),
    "refer": b.refer("A", X),
    "shift": b.shift(X, -1),
    "is-absent": b.is_absent(X),
    "recover": b.recover(X, frozenset({Absence.WITHHELD}), X, "p"),
    "frame": n.Frame(node=X, type=X.type, role="measure", name="m"),
}
SHORT = {Kind.PP: "pp", Kind.PERCENT: "`%`"}


def test_every_example_on_the_page_gives_what_it_shows():
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert found.attempted > 50
    assert found.failed == 0


def test_every_kind_of_node_has_its_section_and_no_other_has_one():
    nodes = TEXT.split("\n## Nodes\n")[1].split("\n## Fields")[0]
    assert re.findall(r"^### (.+)$", nodes, re.MULTILINE) == list(SAMPLES)


@pytest.mark.parametrize("op", SAMPLES)
def test_the_fields_of_a_node_on_the_page_are_those_that_are_written(op):
    section = TEXT.split(f"\n### {op}\n")[1].split("\n### ")[0]
    shown = json.loads(re.search(r"```json\n(.+?)\n```", section, re.DOTALL)[1])
    written = json.loads(to_json((SAMPLES[op],)))["nodes"][-1]
    assert written["op"] == op
    assert list(shown) == [key for key in written if key not in ("id", "op", "type", "span")]


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Sums", t.sum_of),
        ("Differences", t.difference_of),
        ("Products", t.product_of),
        ("Quotients", t.quotient_of),
        ("Comparisons and choices", t.unify),
    ],
)
def test_the_table_of_kinds_on_the_page_is_the_one_in_force(title, rule):
    lines = [
        line
        for line in TEXT.split(f"\n#### {title}\n")[1].split("\n#")[0].splitlines()
        if line.startswith("|")
    ]
    cells = [[cell.strip().strip("*") for cell in line.strip("|").split("|")] for line in lines]
    head, rows = cells[0][1:], cells[2:]
    assert head == [row[0] for row in rows] == [SHORT.get(kind, kind.value) for kind in Kind]
    for row, left in zip(rows, Kind, strict=True):
        for shown, right in zip(row[1:], Kind, strict=True):
            assert shown == _combined(rule, left, right), f"{left.value} and {right.value}"


def _combined(rule, left: Kind, right: Kind) -> str:
    try:
        found = rule(_sample(left), _sample(right)).kind
    except Clash:
        return "·"
    return SHORT.get(found, found.value)


def _sample(kind: Kind) -> Type:
    words = {Kind.QUANTITY: "元", Kind.COUNT: "家"}
    unit = units.unit(words[kind]) if kind in words else None
    return Type(kind=kind, unit=unit, levels=("a", "b") if kind is Kind.LEVEL else ())


def test_every_absence_stands_in_its_order():
    rows = re.findall(r"^\| (\d) \| \*(.+?)\* \|", TEXT, re.MULTILINE)
    assert rows == [(str(place), absence.value) for place, absence in enumerate(Absence, start=1)]


def test_the_page_names_every_reserved_input():
    """An engine that is written from the page alone must know what to supply."""
    named = set(re.findall(r"(?m)^\| `([^`]+)` \| (?:label|yes/no) \|", TEXT))
    assert named == n.RESERVED
