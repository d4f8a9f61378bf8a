"""Laws of the comparison, over generated files and data."""

import re
from collections.abc import Iterator
from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, assume, given, settings

import assessment
from assessment.analysis.moves import Move, Order, Split
from assessment.errors import RulesError
from assessment.result import Result
from assessment.ruleset import RuleSet
from assessment.testing import laws
from assessment.testing.file_laws import told
from assessment.testing.files import rule_files
from assessment.testing.regional import Table, tables_for
from assessment.testing.trees import in_language, tree_files

FILES = st.one_of(tree_files(), rule_files())
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
WORDS = (("min", "max"), ("group", "all"), ("error", "zero"), ("full", "rounded"), ("half-up", "half-even"))
SLOW = settings(max_examples=10, suppress_health_check=list(HealthCheck), deadline=None)


@given(text=FILES)
@SLOW
def test_a_file_is_the_same_as_itself_in_either_language(text: str) -> None:
    rules = assessment.load(text)
    assert rules.diff(assessment.load(text)).changes == ()
    for lang in ("zh", "en"):
        assert rules.diff(assessment.load(assessment.format_rules(text, lang=lang))).changes == ()
        assert rules.diff(assessment.load(in_language(text, lang))).changes == ()


@st.composite
def mutants(draw: st.DrawFn) -> tuple[str, str]:
    """A file, and the same with one number or word put in place of another."""
    text = draw(FILES)
    places = [(found.start(), found.end()) for found in NUMBER.finditer(text)]
    if draw(st.integers(0, 4)) and places:
        start, end = draw(st.sampled_from(places))
        other = draw(
            st.sampled_from(["0", "1", "2", "3", "5", "20", "60", str(Fraction(text[start:end]) * 2)])
        )
        return text, text[:start] + other + text[end:]
    before, after = draw(st.sampled_from(WORDS))
    found = [one.span() for one in re.finditer(rf"\b{before}\b", text)]
    assume(found)
    start, end = draw(st.sampled_from(found))
    return text, text[:start] + after + text[end:]


def loaded(text: str) -> RuleSet | None:
    try:
        return assessment.load(text)
    except RulesError:
        return None


def results(rules: RuleSet, table: Table) -> Result | None:
    return laws.evaluated(rules, table)


@given(both=mutants(), draw=st.data())
@SLOW
def test_nothing_that_moves_a_score_goes_unsaid(both: tuple[str, str], draw: st.DataObject) -> None:
    old, new = (loaded(text) for text in both)
    assume(old is not None and new is not None)
    assert old is not None
    assert new is not None
    table = draw.draw(tables_for(old))
    before, after = results(old, table), results(new, table)
    found = old.diff(new)
    assert all(one.in_("zh") and one.in_("en") for one in found.changes)
    if told(before) != told(after):
        assert not found.same_meaning


OLD = """
assessment parks for 2018 "Parks" {
    total 10 points
    round indicator half-up to 2 places; total half-up to 1 place
    carry rounded
    compare rounded
    policies { missing: not computed; undefined: zero; ties: min }
    rank within all; order total
    input firms "Firms" in 家 { range >= 0 }
    input trees "Trees" in 株 { range >= 0 }
    category all "All" {
        cap before adjustments
        indicator 1 "Firms" 6 points = minmax(firms, within: all)
        indicator 2 "Trees" 4 points = attain(trees, target: 9 株)
        bonus more "More" up to 2 points = every(firms, each: 7 家, gain: 0.5 points, most: 2 points, counting: whole)
    }
}
""".replace("undefined: zero;", "undefined: zero; all equal: full;")
NEW = (
    OLD.replace("for 2018", "for 2019")
    .replace("9 株", "7 株")
    .replace("minmax(firms", "efficacy(firms, base: 60%")
)
RULES = (assessment.load(OLD), assessment.load(NEW))
ROW = st.fixed_dictionaries(
    {"firms": st.none() | st.integers(0, 30), "trees": st.none() | st.integers(0, 30)}
)
DATA = st.dictionaries(st.sampled_from("ABCD"), ROW, min_size=1)


@pytest.mark.parametrize("order", ["rules first", "data first", "mean"])
@given(before=DATA, after=DATA)
@settings(SLOW, max_examples=10)
def test_rule_effect_and_data_effect_are_the_whole(
    order: Order, before: dict[str, dict[str, int | None]], after: dict[str, dict[str, int | None]]
) -> None:
    found = assessment.diff(RULES[0], RULES[1], data={2018: before}, new_data={2019: after}, order=order)
    assert found.moves is not None
    assert {one.region for one in found.moves.regions} == {*before, *after}
    for one in found.moves.regions:
        adds_up(one)
        # Where there are no parts there is a reason, and the other way round.
        assert (one.total.rule is None) == bool(one.reasons)


def adds_up(one: Move) -> None:
    for split in splits(one):
        parts = (split.rule, split.data, split.move)
        if all(isinstance(part, Fraction) for part in parts):
            assert split.rule + split.data == split.move  # type: ignore[operator]  # rationals all
    if one.rest is None:
        return
    for column in ("old", "new", "rule", "data"):
        below = [getattr(item.split, column) for item in one.items]
        figures = [*below, getattr(one.rest, column), getattr(one.exact, column)]
        if all(isinstance(figure, Fraction) for figure in figures):
            assert sum(figures[:-1], Fraction(0)) == figures[-1]


def splits(one: Move) -> Iterator[Split]:
    yield from (one.total, one.exact, one.residue, *(item.split for item in one.items))
    if one.rest is not None:
        yield one.rest
