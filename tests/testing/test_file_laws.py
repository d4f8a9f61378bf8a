"""The laws of whole files hold for drawn files, and each of them is able to fail."""

import json
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.laws.composer import examples

import assessment
from assessment.audit.json import to_json
from assessment.syntax.print import print_rules
from assessment.testing import file_laws, rule_files, tables_for

FEW = settings(
    max_examples=examples(5), phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
)
RULES = """assessment t for 2018 "T" {
    authority "None"
    total 12 points
    round none
    compare full
    policies { missing: zero; undefined: zero; not applicable: rescale in category; all equal: full; ties: min }
    rank within all; order total
    input money "Money" in 亿元 { range >= 0 }
    input share "Share" in % { range 0% to 100% }
    input given "Given" in points { range 0 to 6 }
    category c "C" {
        indicator 1 "Money" 6 points = attain(money, target: 60 亿元)
        indicator 2 "Given" 6 points {
            not applicable to all when share < 50%
            score = given(given, from: 0 points, to: 6 points)
        }
    }
    grade good >= 6 points
    grade bad otherwise
}"""
TABLE = {
    2018: {
        "A": {"money": Fraction(30), "share": Fraction(40), "given": Fraction(2)},
        "B": {"money": Fraction(60), "share": Fraction(80), "given": Fraction(3)},
    }
}


@pytest.mark.parametrize("law", file_laws.FILE_LAWS, ids=lambda law: law.__name__)
def test_law_holds_for_drawn_files(law):
    @FEW
    @given(st.data())
    def holds(data):
        text = data.draw(rule_files())
        law(text, data.draw(tables_for(assessment.load(text))))

    holds()


@pytest.mark.parametrize("law", file_laws.FILE_LAWS, ids=lambda law: law.__name__)
def test_law_holds_for_a_small_file(law):
    law(RULES, TABLE)


def broken(law):
    with pytest.raises(AssertionError):
        law(RULES, TABLE)


def printed_with(monkeypatch, old, new, langs=("en", "zh")):
    """The printer makes a mistake."""

    def wrong(tree, lang):
        text = print_rules(tree, lang)
        assert lang not in langs or old in text
        return text.replace(old, new) if lang in langs else text

    monkeypatch.setattr(file_laws, "print_rules", wrong)


def test_law_of_explaining_can_fail(monkeypatch):
    monkeypatch.setattr("assessment.result.RegionResult.explain", lambda _, lang: "" if lang == "zh" else "x")
    broken(file_laws.explained_in_both_languages)


def test_law_of_conservation_can_fail(monkeypatch):
    evaluated = file_laws.laws.evaluated

    def lost(rules, table, stated=None):
        result = evaluated(rules, table, stated)
        root = result["A"].breakdown.root
        # The points of indicator 2, which does not apply to A, are taken to be lost.
        (category,) = root.children
        first = category.children[0]
        object.__setattr__(first.possible, "value", Fraction(6))
        return result

    monkeypatch.setattr(file_laws.laws, "evaluated", lost)
    broken(file_laws.points_are_conserved)


def test_law_of_rates_can_fail(monkeypatch):
    # A formula that takes its points from elsewhere: its ends do not grow with the rest.
    printed_with(monkeypatch, "to: 18 points", "to: 6 points", langs=("en",))
    broken(file_laws.rates_do_not_depend_on_points)


def test_law_of_the_order_of_statements_can_fail(monkeypatch):
    printed_with(monkeypatch, "target: 60 亿元", "target: 61 亿元", langs=("en",))
    broken(file_laws.order_of_statements_changes_nothing)


def test_law_of_languages_can_fail(monkeypatch):
    printed_with(monkeypatch, "60 亿元", "61 亿元", langs=("zh",))
    broken(file_laws.language_changes_nothing)


def test_statements_are_turned_and_grades_keep_their_order():
    tree = file_laws._mapped(file_laws._tree(RULES), file_laws._turned)
    text = print_rules(tree, "en")
    assert (
        text.index("indicator 2")
        < text.index("indicator 1")
        < text.index("input given")
        < text.index("total")
    )
    assert text.index("grade good") < text.index("grade bad")


WITH_BONUS = RULES.replace("compare full", "compare full after adjustments").replace(
    "    category c", "    bonus fame up to 3 points = given\n    cap before adjustments\n    category c"
)


def test_lines_of_bonuses_belong_to_the_sum():
    file_laws.laws.lines_add_up(assessment.load(WITH_BONUS), TABLE)


SCHEMA = Draft202012Validator(
    json.loads(files("assessment.audit").joinpath("breakdown.schema.json").read_text(encoding="utf-8"))
)


@FEW
@given(st.data())
def test_json_of_drawn_files_keeps_to_the_schema(data):
    rules = assessment.load(data.draw(rule_files()))
    for one in file_laws.laws.evaluated(rules, data.draw(tables_for(rules))) or ():
        assert [found.message for found in SCHEMA.iter_errors(to_json(one.breakdown))] == []


def test_schema_refuses_a_breakdown_with_a_number_that_is_no_text():
    rules = assessment.load(RULES)
    written = to_json(file_laws.laws.evaluated(rules, TABLE)["A"].breakdown)
    assert list(SCHEMA.iter_errors(written)) == []
    assert list(SCHEMA.iter_errors({**written, "rank": 1.5}))


def test_points_of_what_is_too_little_covered_stay_with_it():
    # Half of the category is left out over all; it is not covered, so that its own rule says what all its points are worth.
    text = RULES.replace("not applicable: rescale in category", "not applicable: rescale over all").replace(
        'category c "C" {',
        'category c "C" { coverage at least 60% of leaves by weight, not applicable counted -> zero',
    )
    result = file_laws.laws.evaluated(assessment.load(text), TABLE)
    lines = result["A"].lines
    assert [lines[one].possible.value for one in ("category c", "indicator 1")] == [12, 6]
    file_laws.points_are_conserved(text, TABLE)
    file_laws.laws.lines_add_up(assessment.load(text), TABLE)
