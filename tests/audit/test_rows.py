"""Which rows counted and why the others did not: in the record, in both languages and in JSON."""

import json

import jsonschema
import pytest

import assessment
from assessment.audit.json import schema_text, to_json
from assessment.audit.rows import row_texts
from assessment.report.explain import explain
from assessment.report.html import breakdown_html
from assessment.report.terminal import explanation

RULES = """assessment awards for 2018 "Awards" {
    authority "Document"
    total 30 points
    round none
    policies { missing: error; undefined: zero }
    rank none
    department office
    input awards "Awards" events level national, provincial {
        field sort level science, teaching required;
        field day date required;
        evidence paper or not counted;
        no rows mean none
    }
    input panel "Panel" ratings 0 to 100 { field who text required; field home region; no rows mean not reported }
    indicator 1 "Events" 10 points {
        by office
        cite "Annex" item 1
        score = events(awards, most: 10 points, once: paper, kind: sort, where: day in this year) { national: 3 points; provincial: 2 points; science: up to 4 points; teaching: up to 9 points }
    }
    indicator 2 "Highest" 10 points {
        by office
        cite "Annex" item 2
        score = highest(awards, kind: sort) { national: 5 points; provincial: 2 points }
    }
    indicator 3 "Panel" 10 points {
        by office
        cite "Annex" item 3
        score = ratings(panel, drop: 1, where: home != own region)
    }
}
"""
AWARDS = """region,awards,sort,day,paper
A,provincial,science,2018-01-01,No. 1
A,national,science,2018-12-31,No. 1
A,provincial,science,2018-06-01,No. 2
A,provincial,teaching,2017-12-31,No. 3
A,national,teaching,2018-06-01,
"""
PANEL = """region,score,who,home
A,90,first,B
A,80,second,
A,70,third,A
A,60,fourth,B
A,50,fifth,C
"""


@pytest.fixture(scope="module")
def result():
    rules = assessment.load(RULES)
    data = assessment.read_data("region\nA\n", rules, rows={"awards": AWARDS, "panel": PANEL})
    return rules.evaluate(data)


def line(result, number):
    return next(one for one in result["A"].breakdown.root.walk() if one.number == number)


def step(result, number):
    return next(one for one in line(result, number).steps if one.kind == "method")


def test_the_reason_of_every_row_is_on_record(result):
    rows = step(result, "1").rows
    assert [None if one.reason is None else one.reason.en for one in rows] == [
        "repeats row 3, column awards",
        None,
        None,
        "does not meet `day in this year`",
        "no paper",
    ]
    # Science: 3 + 2 = 5, held to 4.
    assert [one.earned.value for one in rows if one.earned is not None] == [3, 2]
    assert [one.held.en for one in rows if one.held is not None] == ["its kind is held to 4 points"] * 2
    assert line(result, "1").score.value == 4


def test_of_each_kind_one_row_is_the_highest(result):
    assert [one.reason is None for one in step(result, "2").rows] == [False, True, False, True, False]


def test_raters_are_left_out_by_name(result):
    # Without the rater from A, and the one of whom it is not known: 90, 60, 50; without the highest and the lowest 60.
    assert [None if one.reason is None else one.reason.zh for one in step(result, "3").rows] == [
        "作为最高分或最低分去掉",
        "无法判断是否符合 `home != own region`：未报",
        "不符合 `home != own region`",
        None,
        "作为最高分或最低分去掉",
    ]
    assert line(result, "3").score.value == 6


def test_both_languages_name_place_fields_and_verdict(result):
    en, zh = row_texts(step(result, "1"), "en"), row_texts(step(result, "1"), "zh")
    assert en[2] == (
        "row 4, column awards: provincial, sort science, day 2018-06-01, paper No. 2; "
        "counts 2 points (its kind is held to 4 points)"
    )
    assert zh[4].endswith("不计：无paper")


def test_the_views_tell_row_by_row_and_the_json_is_as_its_schema_says(result):
    breakdown = result["A"].breakdown
    assert "counts 2 points" in explanation(breakdown, "en")
    said = [one for _, item in explain(breakdown, "zh").item.walk() for one in item.steps]
    assert any("与 第 3 行" in text for one in said for text in one.compared)
    assert "counts 2 points" in breakdown_html(breakdown, "en")
    found = to_json(breakdown)
    jsonschema.Draft202012Validator(json.loads(schema_text())).validate(found)
    rows = found["root"]["children"][0]["steps"][0]["rows"]
    assert [one["counted"] for one in rows] == [False, True, True, False, False]
    assert rows[0]["fields"][1]["amount"]["value"] == {"form": "date", "value": "2018-01-01"}
