"""The laws hold for rules that ship, and each of them is able to fail."""

from pathlib import Path

import pytest

import assessment
from assessment.errors import DataError
from assessment.testing import laws

ROOT = Path(__file__).parents[2]
RULES = """assessment t for 2018 "T" {
    total 10 points
    round indicator half-up to 2 places; total half-up to 2 places
    compare rounded
    policies { missing: zero; undefined: zero; all equal: full; ties: min }
    rank within all; order total
    input money "Money" in 亿元 { range >= 0 }
    input share "Share" in % { range 0% to 100% }
    indicator 1 "Money" 6 points = attain(money, target: 60 亿元)
    indicator 2 "Share" 4 points = minmax(share, within: all)
}"""


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted((ROOT / "rules").rglob("*.assess")), ids=lambda path: path.stem)
def test_laws_hold_for_the_rules_that_ship(path):
    laws.check(assessment.load(path), examples=3)


def test_laws_hold_for_a_small_scheme():
    laws.check(assessment.load(RULES), examples=15)


@pytest.fixture
def rules():
    return assessment.load(RULES)


def broken(law, rules):
    with pytest.raises(AssertionError):
        laws.check(rules, laws=[law], examples=40)


def test_law_of_order_can_fail(rules, monkeypatch):
    read = laws.read

    def first_is_favoured(rules, table, *, units=None):
        first = next(iter(table[2018]))
        return read(rules, {2018: {**table[2018], first: {"money": 60, "share": 100}}}, units=units)

    monkeypatch.setattr(laws, "read", first_is_favoured)
    broken(laws.order_of_regions_changes_nothing, rules)


def test_law_of_units_can_fail(rules, monkeypatch):
    read = laws.read
    monkeypatch.setattr(laws, "read", lambda rules, table, **_: read(rules, table))
    monkeypatch.setattr(laws, "_other_unit", lambda unit: ("万元", 2) if unit == "亿元" else None)
    broken(laws.units_change_nothing, rules)


def test_law_of_movement_can_fail(rules, monkeypatch):
    turned = {"money": {"indicator 1": laws.Direction.DECREASING}}
    monkeypatch.setattr(laws, "_directions", lambda _: turned)
    broken(laws.scores_move_as_their_formulas_say, rules)


def test_law_of_absence_can_fail(monkeypatch):
    rules = assessment.load(RULES.replace("missing: zero", "missing: full"))
    monkeypatch.setattr(laws, "_simple", lambda *_: {"money": ("indicator 1",)})
    then = rules.checked.policies["missing"].then
    object.__setattr__(then, "value", "zero")  # the file is taken to say zero, and gives full marks
    broken(laws.absence_never_beats_a_value, rules)


def test_law_of_ends_can_fail(rules):
    object.__setattr__(rules.checked.tree.children[0], "ceiling", rules.points / 10)
    broken(laws.scores_lie_within_their_ends, rules)


def test_refused_data_say_nothing():
    rules = assessment.load(RULES.replace("missing: zero", "missing: error"))
    table = {2018: {"A": {"money": 3}}}
    with pytest.raises(DataError):
        rules.evaluate(laws.read(rules, table))
    for law in laws.LAWS:
        law(rules, table)
