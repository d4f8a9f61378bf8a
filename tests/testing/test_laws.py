"""The laws hold for rules that ship, and each of them is able to fail."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings

import assessment
from assessment.audit.from_outcome import Breakdowns
from assessment.compiler.stages import _Track
from assessment.errors import DataError
from assessment.testing import file_laws, laws, tables_for

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
    # It is enough that a fault is found: the smallest one would take long to look for.
    @settings(
        max_examples=40, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(tables_for(rules))
    def holds(table):
        law(rules, table)

    with pytest.raises(AssertionError):
        holds()


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


WITH_BONUS = """assessment t for 2018 "T" {
    total 10 points
    round none
    compare full after adjustments
    policies { missing: zero; undefined: zero; ties: min }
    rank within all; order total
    input share "Share" in % { range 0% to 100% }
    input gain "Gain" in points { range 0 to 20 }
    input loss "Loss" in points { range 0 to 20 }
    bonus fame "Fame" up to 6 points = gain
    bonus name "Name" up to none = gain
    deduction blame "Blame" up to none = loss
    bonuses up to 7 points
    deductions up to 12 points
    cap CAPPED adjustments
    indicator 1 "Share" 10 points = judged(share)
}"""


@pytest.fixture(params=["before", "after"])
def with_bonus(request):
    """Rules that are loaded when a test asks for them, so that it may spoil the compiler first."""
    return lambda: assessment.load(WITH_BONUS.replace("CAPPED", request.param))


def test_laws_hold_with_bonuses(with_bonus):
    laws.check(with_bonus(), examples=6)


def test_law_of_ends_can_fail_by_ends_that_do_not_hold_after_bonuses(monkeypatch):
    monkeypatch.setattr(_Track, "hold", lambda _: None)
    broken(laws.scores_lie_within_their_ends, assessment.load(WITH_BONUS.replace("CAPPED", "after")))


def test_law_of_ends_can_fail_by_a_bonus_above_its_own(with_bonus):
    rules = with_bonus()
    object.__setattr__(rules.checked.tree.adjustments[0], "ceiling", Fraction(1))
    broken(laws.scores_lie_within_their_ends, rules)


def test_law_of_ends_can_fail_by_bonuses_that_are_too_much_together(with_bonus):
    rules = with_bonus()
    # The file is taken to allow less than what it was compiled with.
    object.__setattr__(rules.checked.tree, "adjustment_caps", {"bonus": Fraction(1)})
    broken(laws.scores_lie_within_their_ends, rules)


def test_law_of_ends_can_fail_by_a_deduction_that_is_added(with_bonus, monkeypatch):
    monkeypatch.setattr("assessment.compiler.scores.b.negate", lambda node: node)
    broken(laws.scores_lie_within_their_ends, with_bonus())


def changed_lines(monkeypatch, change):
    """Breakdowns in which every line is what `change` makes of it."""
    made = Breakdowns.of

    def deep(line):
        below = {name: tuple(map(deep, getattr(line, name))) for name in ("children", "adjustments")}
        return change(evolve(line, **below))

    def wrong(self, region):
        found = made(self, region)
        return evolve(found, root=deep(found.root))

    monkeypatch.setattr(Breakdowns, "of", wrong)


def more(amount):
    return evolve(amount, value=amount.value + 1) if isinstance(amount.value, Fraction) else amount


@pytest.mark.parametrize("level", ["bonus", "deduction", "indicator", "total"])
def test_law_of_lines_can_fail(monkeypatch, level):
    changed_lines(
        monkeypatch, lambda line: evolve(line, score=more(line.score)) if line.level == level else line
    )
    broken(laws.lines_add_up, assessment.load(WITH_BONUS.replace("CAPPED", "before")))


def test_law_of_lines_can_fail_by_a_residue_that_is_not_said(rules, monkeypatch):
    wide = assessment.load(RULES.replace("total half-up to 2 places", "total half-up to 0 places"))
    laws.check(wide, laws=[laws.lines_add_up])
    changed_lines(monkeypatch, lambda line: evolve(line, residue=None))
    broken(laws.lines_add_up, wide)


def test_law_of_lines_can_fail_by_contributions(rules, monkeypatch):
    made = Breakdowns.of
    monkeypatch.setattr(
        Breakdowns,
        "of",
        lambda self, region: evolve(found := made(self, region), contributions=found.contributions[1:]),
    )
    broken(laws.lines_add_up, rules)


def test_law_of_reasons_can_fail(rules, monkeypatch):
    changed_lines(
        monkeypatch,
        lambda line: evolve(line, status="undecided") if line.level == "indicator" else line,
    )
    broken(laws.scores_or_reasons, rules)


def test_law_of_ranks_can_fail(rules, monkeypatch):
    rank = assessment.result.RegionResult.rank
    monkeypatch.setattr(
        assessment.result.RegionResult,
        "rank",
        property(lambda one: None if rank.fget(one) is None else -rank.fget(one)),
    )
    broken(laws.higher_totals_have_no_worse_rank, rules)


@pytest.mark.parametrize("law", [*laws.LAWS, *file_laws.FILE_LAWS], ids=lambda law: law.__name__)
def test_every_law_is_seen_to_fail(law):
    written = "".join(
        (Path(__file__).parent / name).read_text(encoding="utf-8")
        for name in ("test_laws.py", "test_file_laws.py")
    )
    assert re.search(rf"broken\((file_)?laws\.{law.__name__}\b", written)


def test_refused_data_say_nothing():
    rules = assessment.load(RULES.replace("missing: zero", "missing: error"))
    table = {2018: {"A": {"money": 3}}}
    with pytest.raises(DataError):
        rules.evaluate(laws.read(rules, table))
    for law in laws.LAWS:
        law(rules, table)
