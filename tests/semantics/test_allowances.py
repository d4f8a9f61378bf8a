"""Findings that a file allows: where an `allow` reaches, what it cannot silence, and where it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assessment
from assessment.diagnostics.codes import CODES, Severity
from assessment.report.html import breakdown_html, result_html, rules_html
from assessment.report.terminal import explanation, ranking_text
from assessment.report.view import view

HEAD = """assessment a for 2018 {
    total 10 points
    round none
    policies { missing: error }
    rank none
    input x in yuan { range >= 0 }
"""
"""Without authority; the indicators have neither department nor clause."""


def codes(text):
    return [(one.code, one.span.line) for one in assessment.check(text + "\n")]


def test_without_allow_every_finding_is_told():
    text = HEAD + "    indicator 1 10 points = attain(x, target: 5 yuan)\n}"
    assert codes(text) == [("no-authority", 1), ("no-owner", 7), ("no-clause", 7)]


def test_an_allow_of_the_file_reaches_everything_of_its_code_and_nothing_else():
    text = (
        HEAD
        + '    allow no-owner "to be named"\n    indicator 1 4 points = attain(x, target: 5 yuan)\n'
        + "    indicator 2 6 points = attain(x, target: 6 yuan)\n}"
    )
    assert codes(text) == [("no-authority", 1), ("no-clause", 8), ("no-clause", 9)]


def test_an_allow_in_a_body_reaches_that_body_and_no_other():
    text = (
        HEAD
        + '    category c 4 points { allow no-owner "c"\n indicator 1 4 points = attain(x, target: 5 yuan) }\n'
        + "    category d 6 points { indicator 2 6 points = attain(x, target: 6 yuan) }\n}"
    )
    assert codes(text) == [("no-authority", 1), ("no-clause", 8), ("no-owner", 9), ("no-clause", 9)]


def test_an_allow_with_names_reaches_what_has_the_name():
    spare = "    input spare in yuan { range >= 0 }\n    input other in yuan { range >= 0 }\n"
    rules = "    indicator 1 10 points = attain(x, target: 5 yuan)\n}"
    text = HEAD + spare + '    allow unused-input ｓpare "for next year"\n' + rules
    assert [one for one in codes(text) if one[0] == "unused-input"] == [("unused-input", 8)]
    both = HEAD + spare + '    allow unused-input spare, other "for next year"\n' + rules
    assert not [one for one in codes(both) if one[0] == "unused-input"]


def test_chinese_spelling():
    text = HEAD + "    准许 no-owner、x “待定”\n    indicator 1 10 points = attain(x, target: 5 yuan)\n}"
    assert any(one.code == "syntax-error" for one in assessment.check(text)), (
        "a comma does not stand behind the code"
    )
    text = text.replace("no-owner、x", "no-owner")
    assert [code for code, _ in codes(text)] == ["no-authority", "no-clause"]


def test_nothing_is_said_of_effects_while_there_are_errors():
    text = HEAD + '    allow no-owner "…"\n    indicator 1 10 points = attain(y, target: 5 yuan)\n}'
    assert "allow-without-effect" not in dict(codes(text))


@given(st.sampled_from(sorted(CODES)))
def test_no_error_can_be_allowed(code):
    text = HEAD + f'    allow {code} "…"\n    indicator 1 10 points = attain(x, target: 5 yuan)\n}}'
    found = dict(codes(text))
    if CODES[code].severity is Severity.ERROR:
        assert "cannot-be-allowed" in found
    else:
        assert code not in found
        # What no example reaches is found by `assessment test` alone, which judges its own allowances.
        assert code in {"no-authority", "no-owner", "no-clause", "not-reached"} or found.keys() & {
            "cannot-be-allowed",
            "allow-without-effect",
        }


ALLOWED = (
    HEAD
    + '    allow no-authority "a trial run"\n    allow no-owner "not yet named"\n    allow no-clause "no document"\n'
    + '    group a "A" { 甲 }\n    indicator 1 10 points = attain(x, target: 5 yuan)\n}\n'
)


@pytest.fixture
def result():
    rules = assessment.load(ALLOWED)
    assert rules.diagnostics == ()
    return rules.evaluate(assessment.read_data({2018: {"甲": {"x": 5}}}, rules))


def test_rule_set_and_record_list_what_is_allowed(result):
    expected = [("no-authority", "a trial run"), ("no-owner", "not yet named"), ("no-clause", "no document")]
    assert [(one.code, one.reason) for one in assessment.load(ALLOWED).allowances] == expected
    found = result.to_json()["regions"][0]["allowed"]
    assert [(one["code"], one["reason"]) for one in found] == expected


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("en", "Findings that the rules allow", "no-owner: not yet named"),
        ("zh", "规则准许的提示", "no-owner：not yet named"),
    ],
)
def test_every_report_lists_what_is_allowed(result, lang, title, text):
    one = result["甲"].breakdown
    shown = (
        ranking_text(view(result, lang)),
        explanation(one, lang),
        result_html(result, lang),
        breakdown_html(one, lang),
        rules_html(assessment.load(ALLOWED).checked, lang),
    )
    for page in shown:
        assert title in page
        assert text in page
