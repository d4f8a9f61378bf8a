"""What an assessment needs, and every absence that no policy of the file disposes of, each once and with its place."""

from fractions import Fraction

import pytest

import assessment
from assessment.core.absence import Absence
from assessment.data.read import read
from assessment.errors import DataError, UsageError
from assessment.evaluation.outcome import evaluate, required_inputs

GROUPS = "group g { R; S }\ngroup h { U; V }\n"
PEOPLE = "input people in 万人 { range > 0 }"
STRICT = "missing: error; not applicable: rescale in category; ties: min"
TWO = """indicator 1 "One" 6 points = judged(a)
         indicator 2 "Two" 4 points = judged(b)"""


def needs(rules, group=None, period=2018):
    return required_inputs(rules.program, group, period)


def faults(rules, table, period=2018):
    """Every fault of a run; what the rules need is not asked for when the data are read."""
    data, found = read(table, rules.checked)
    assert data is not None, found
    outcome, found = evaluate(rules.program, data, period)
    assert (outcome is None) is bool(found)
    return found


def messages(rules, table, **settings):
    return [one.message for one in faults(rules, table, **settings)]


# ── what is needed ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_inputs_of_every_formula_are_needed_once_in_the_order_of_the_rules(small_rules):
    rules = small_rules(TWO.replace("judged(b)", "judged(a)"), policies=STRICT)
    assert needs(rules) == (("a", 2018),)
    assert needs(small_rules(TWO, policies=STRICT), period=2016) == (("a", 2016), ("b", 2016))


def test_earlier_years_of_an_input_are_needed(small_rules):
    rules = small_rules(
        'indicator 1 "One" 10 points = attain(change(share[-1]), target: 1 pp)',
        inputs="input x in 家 { range >= 0 }\ninput y in 家 { range > 0 }\nlet share = x / y in %",
        policies=STRICT,
    )
    assert set(needs(rules)) == {("x", 2017), ("y", 2017), ("x", 2016), ("y", 2016)}


def test_nothing_is_needed_unless_the_file_makes_missing_data_an_error(small_rules):
    for policy in ("zero", "full", "not computed", "rescale in category"):
        assert needs(small_rules(TWO, policies=f"missing: {policy}")) == ()


def test_inputs_of_what_does_not_apply_to_a_group_are_not_needed_there(small_rules):
    tree = """category x "X" { not applicable to h
                  indicator 1 "One" 3 points = judged(a)
                  indicator 2 "Two" 3 points = judged(b) }
              indicator 3 "Three" 4 points { score = judged(c) not applicable to g }"""
    rules = small_rules(tree, inputs=GROUPS, policies=STRICT)
    assert needs(rules, "g") == (("a", 2018), ("b", 2018))
    assert needs(rules, "h") == (("c", 2018),)


def test_inputs_of_what_a_condition_may_exempt_are_not_needed(small_rules):
    tree = 'indicator 1 "One" 10 points { score = judged(a) not applicable to h when unreported people }'
    rules = small_rules(tree, inputs=GROUPS + PEOPLE, policies=STRICT)
    assert needs(rules, "g") == (("a", 2018),)
    assert needs(rules, "h") == ()


def test_input_that_counts_as_something_when_missing_is_not_needed(small_rules):
    rules = small_rules(
        'indicator 1 "One" 10 points = checklist { done: 4 points; well: 6 points }',
        inputs="input done yes/no { missing counts as no }\ninput well yes/no",
        policies=STRICT,
    )
    assert needs(rules) == (("well", 2018),)


def test_input_of_a_field_statistic_alone_is_not_needed(small_rules):
    rules = small_rules(
        'indicator 1 "One" 10 points = attain(x, target: mean(y, within: all))',
        inputs="input x in 家 { range >= 0 }\ninput y in 家 { range > 0 }",
        policies=STRICT + "; undefined: zero",
    )
    assert needs(rules) == (("x", 2018),)


def test_input_of_a_limit_is_needed(small_rules):
    rules = small_rules(
        'indicator 1 "One" 10 points = judged(a)\ngrade good >= 5 points; poor otherwise\n'
        "limit when fraud: grade at most poor",
        inputs="input fraud yes/no",
        policies=STRICT,
        rank="compare full rank none",
    )
    assert needs(rules) == (("a", 2018), ("fraud", 2018))


# ── faults ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_missing_cells_are_all_reported_at_once_each_once(small_rules):
    tree = """indicator 1 "One" 6 points { part p 3 points = judged(a) part q 3 points = judged(a) }
              indicator 2 "Two" 4 points = judged(b)"""
    found = messages(
        small_rules(tree, policies=STRICT),
        {2018: {"R": {"a": "", "b": ""}, "S": {"a": "50%", "b": "50%"}, "U": {"a": "", "b": "1%"}}},
    )
    assert found == [
        "`a` of `R` for 2018 is not reported, and `indicator 1.p` needs it",
        "`a` of `U` for 2018 is not reported, and `indicator 1.p` needs it",
        "`b` of `R` for 2018 is not reported, and `indicator 2` needs it",
    ]


def test_fault_has_the_place_of_the_cell(small_rules):
    data = assessment.read_data(
        "region,a (%),b (%)\nR,1,保密\nS,,3\n".encode(), _lenient(small_rules), period=2018
    )
    rules = small_rules(TWO, policies="missing: error")
    outcome, found = evaluate(rules.program, data, 2018)
    assert outcome is None
    places = [(one.labels[0].place.row, one.labels[0].place.column) for one in found]
    assert places == [(3, "a (%)"), (2, "b (%)")]
    assert [one.code for one in found] == ["data-missing", "data-missing"]


def _lenient(small_rules):
    return small_rules(TWO, policies="missing: zero; withheld: zero")


def test_cells_of_exempt_indicators_are_not_reported(small_rules):
    tree = """indicator 1 "One" 6 points { score = judged(a) not applicable to h }
              indicator 2 "Two" 4 points { score = judged(b) not applicable to all when unreported people -> zero }"""
    rules = small_rules(tree, inputs=GROUPS + PEOPLE, policies=STRICT)
    table = {
        2018: {
            "R": {"a": "1%"},
            "S": {"a": "", "people": "3"},
            "U": {"people": "1", "b": "1%"},
            "V": {"a": ""},
        }
    }
    assert messages(rules, table) == [
        "`a` of `S` for 2018 is not reported, and `indicator 1` needs it",
        "`b` of `S` for 2018 is not reported, and `indicator 2` needs it",
    ]


@pytest.mark.parametrize("then", ["not computed", "rescale in category", "full", "zero"])
def test_exemption_is_no_fault_where_the_file_has_no_policy_for_what_does_not_apply(small_rules, then):
    tree = f"""indicator 1 "One" 6 points {{ score = judged(a) not applicable to h -> {then} }}
               indicator 2 "Two" 4 points = judged(b)"""
    rules = small_rules(tree, inputs=GROUPS, policies="missing: error")
    row = {"a": "1%", "b": "1%"}
    assert messages(rules, {2018: dict.fromkeys("RSUV", row)}) == []


def test_missing_input_of_an_exemptions_condition_is_reported(small_rules):
    tree = 'indicator 1 "One" 10 points { score = judged(a) not applicable to h when people < 5 万人 }'
    rules = small_rules(tree, inputs=GROUPS + PEOPLE, policies=STRICT)
    table = {2018: {key: {"a": "1%"} for key in "RSU"} | {"V": {"a": "1%", "people": "9"}}}
    # Only h is asked for its people.
    assert messages(rules, table) == ["`people` of `U` for 2018 is not reported, and `indicator 1` needs it"]


@pytest.mark.parametrize(
    ("mark", "label", "key"),
    [
        ("保密", "withheld", "withheld"),
        ("尚未公布", "not yet available", "not yet available"),
        ("不适用", "not applicable", "not applicable"),
    ],
)
def test_absence_without_a_policy_is_an_error_that_names_the_policy(small_rules, mark, label, key):
    rules = small_rules(TWO, policies="missing: zero")
    data = assessment.read_data({"R": {"a": mark, "b": "1%"}}, rules)
    with pytest.raises(DataError) as caught:
        rules.evaluate(data)
    (found,) = caught.value.diagnostics
    assert found.message == f"`a` of `R` for 2018 is {label}, and `indicator 1` needs it"
    assert found.help.en == f"supply it, or state a policy for `{key}` in the rules"
    assert found.in_("zh")
    assert found.help.zh


def test_formula_that_is_undefined_without_a_policy_is_an_error(small_rules):
    rules = small_rules(
        'indicator 1 "One" 10 points = attain(x, target: mean(y, within: all))',
        inputs="input x in 家 { range >= 0 }\ninput y in 家 { range > 0 }",
        policies="missing: not computed; undefined: not computed",
    )
    strict = small_rules(
        'indicator 1 "One" 10 points = attain(x, target: mean(y, within: all))',
        inputs="input x in 家 { range >= 0 }\ninput y in 家 { range > 0 }",
        policies="missing: error; undefined: zero",
    )
    data = assessment.read_data({"R": {"x": "1"}}, rules)
    assert strict.evaluate(data)["R"].total == 0
    assert rules.evaluate(data)["R"].breakdown.root.status is Absence.UNDEFINED


def test_missing_input_of_a_limit_is_a_fault_only_where_there_is_a_score(small_rules):
    rules = small_rules(
        'indicator 1 "One" 10 points = judged(a)\ngrade good >= 5 points; poor otherwise\n'
        "limit when fraud: grade at most poor",
        inputs="input fraud yes/no",
        policies="missing: not computed",
        rank="compare full rank none",
    )
    table = {2018: {"R": {"a": "90%", "fraud": "保密"}, "S": {"a": "", "fraud": "保密"}, "U": {"a": "90%"}}}
    assert messages(rules, table) == [
        "`fraud` of `R` for 2018 is withheld, and `limit when fraud: grade at most poor` needs it"
    ]


def test_limit_without_its_input_leaves_the_grade_open_where_missing_data_are_no_error(assess):
    result = assess(
        'indicator 1 "One" 10 points = judged(a)\ngrade good >= 5 points; poor otherwise\n'
        "limit when fraud: grade at most poor",
        {"R": {"a": "90%"}, "S": {"a": "90%", "fraud": "no"}},
        inputs="input fraud yes/no",
        policies="missing: not computed",
        rank="compare full rank none",
    )
    assert [(one.total, one.grade) for one in result] == [(9, None), (9, "good")]


# ── periods ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_faults_name_the_year_that_lacks_the_value(small_rules):
    rules = small_rules(
        'indicator 1 "One" 10 points = attain(change(x), target: 1 家)',
        inputs="input x in 家 { range >= 0 }",
        policies=STRICT,
    )
    table = {2017: {"R": {"x": "1"}}, 2018: {"R": {"x": "2"}, "S": {"x": "2"}}}
    assert messages(rules, table) == ["`x` of `S` for 2017 is not reported, and `indicator 1` needs it"]


def test_period_is_taken_from_the_rules_unless_stated(small_rules):
    rules = small_rules('indicator 1 "One" 10 points = judged(a)')
    data = assessment.read_data({2017: {"R": {"a": "10%"}}, 2018: {"R": {"a": "90%"}}}, rules)
    assert rules.evaluate(data).period == 2018
    assert rules.evaluate(data)["R"].total == 9
    assert rules.evaluate(data, period=2017)["R"].total == 1


def test_period_must_be_stated_where_rules_and_data_leave_it_open():
    text = """assessment t.open { total 10 points round none policies { missing: zero } rank none
        input a in % { range 0% to 100% }
        indicator 1 10 points = judged(a) }"""
    rules = assessment.load(text)
    both = assessment.read_data({2017: {"R": {"a": "10%"}}, 2018: {"R": {"a": "90%"}}}, rules)
    with pytest.raises(UsageError):
        rules.evaluate(both)
    single = assessment.read_data({2017: {"R": {"a": "10%"}}}, rules)
    assert rules.evaluate(single)["R"].exact == Fraction(1)
