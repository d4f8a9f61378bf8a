"""The public rule set: which year is scored, and what is refused."""

import pytest

import assessment

RULES = """
assessment demo for 2018 "Demo" {
    authority "Notice 1"
    total 10 points
    round total half-up to 2 places
    compare rounded
    policies { missing: zero; ties: min }
    rank within all; order total
    department sti "Science"
    input firms "Firms" in 家 { from sti; range >= 0 }
    category one "One" {
        indicator 1 "Firms" 10 points { by sti; cite "Annex" item 1; score = attain(firms, target: 10 家) }
    }
}
"""


@pytest.fixture(scope="module")
def rules():
    return assessment.load(RULES)


@pytest.fixture
def data(rules):
    return assessment.read_data({2018: {"A": {"firms": 5}}}, rules)


def test_year_of_which_the_data_hold_nothing_is_refused_though_missing_values_count_zero(rules, data):
    with pytest.raises(assessment.DataError) as refused:
        rules.evaluate(data, period=2017)
    assert [one.code for one in refused.value.diagnostics] == ["data-missing-period"]


def test_year_that_is_no_number_is_refused(rules, data):
    with pytest.raises(assessment.UsageError, match="`period` is a year such as 2018, not `'2018'`"):
        rules.evaluate(data, period="2018")
    with pytest.raises(assessment.UsageError, match="`period` is a year"):
        assessment.read_data({"A": {"firms": 5}}, rules, period=2018.5)


def test_blank_text_is_a_rule_file_without_rules():
    with pytest.raises(assessment.RulesError) as refused:
        assessment.load("")
    assert [one.code for one in refused.value.diagnostics] == ["empty-file"]
