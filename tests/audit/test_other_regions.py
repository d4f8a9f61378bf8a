"""What is read of another region: its value, its cell and its name, in record, JSON, explanation and HTML."""

import json

import pytest

import assessment
from assessment.audit.json import schema_text, to_json
from assessment.core.absence import Absence
from assessment.report.html import breakdown_html

RULES = """
assessment example.others for 2018 {{
    total 10 points
    round none
    policies {{ missing: {missing}; undefined: zero; not applicable: zero; all equal: full }}
    rank none
    group county "区" {{ 全市; 甲县; 乙县; 丙县; 省会 }}
    input rd "研发经费" in 亿元 {{ range >= 0 }}
    input gdp "生产总值" in 亿元 {{ range > 0 }}
    {estimate}
    let share "研发占比" = rd / gdp in %
    indicator 1 10 points = {score}
}}"""

DATA = (
    "地区,年度,rd,gdp\n全市,2018,20,1000\n甲县,2018,1,100\n乙县,2018,3,100\n丙县,2018,,100\n丙县,2017,4,100\n"
)
"""Shares: 2 % (row 2), 1 % (row 3), 3 % (row 4); the county in row 5 reports nothing, and had 4 of 100 in row 6."""


@pytest.fixture
def of(tmp_path):
    def of(region, score, missing="zero", estimate=""):
        rules = assessment.load(RULES.format(score=score, missing=missing, estimate=estimate))
        path = tmp_path / "data.csv"
        path.write_text(DATA, encoding="utf-8")
        return rules.evaluate(assessment.read_data(path, rules))[region]

    return of


def line(found):
    return next(one for one in found.breakdown.root.walk() if one.id == "indicator 1")


def cells(ingredients):
    """Input, region, row, and value of what was read."""
    return [
        (one.input, one.region, one.observation and one.observation.origin.row, one.amount.value)
        for one in ingredients
        if one.input is not None
    ]


NAMED = 'attain(share, target: value_of_region(share, region: "全市"))'


def test_a_named_region_is_shown_with_its_own_values_and_cells(of):
    found = of("甲县", NAMED)
    assert line(found).score.value == 5  # 1 % of a target of 20 / 1000 = 2 %: half of 10 points
    by_region = {step.region: step for step in line(found).steps if step.kind == "measure"}
    assert cells(by_region[None].ingredients) == [("rd", None, 3, 1), ("gdp", None, 3, 100)]
    assert cells(by_region["全市"].ingredients) == [("rd", "全市", 2, 20), ("gdp", "全市", 2, 1000)]
    call = next(step for step in line(found).steps if step.name == "value_of_region")
    (read,) = call.ingredients
    assert (read.region, read.amount.value, read.step) == (
        "全市",
        by_region["全市"].result.value,
        by_region["全市"].id,
    )


def test_the_explanation_names_the_region_that_is_read(of):
    found = of("甲县", NAMED)
    english, chinese = (found.explain(lang) for lang in ("en", "zh"))
    assert "研发占比 of 全市 = 研发经费 of 全市 ÷ 生产总值 of 全市 = 20 亿元 ÷ 1000 亿元 = 2%" in english
    assert "研发经费 of 全市 (2018): 20 亿元, from data.csv, row 2, column rd" in english
    assert "全市的研发占比 = 全市的研发经费 ÷ 全市的生产总值 = 20 亿元 ÷ 1000 亿元 = 2%" in chinese
    assert "全市的研发经费（2018 年）：20 亿元，取自 data.csv，第 2 行，列 rd" in chinese


def test_html_and_json_have_the_cell_of_the_region_that_is_read(of):
    found = of("甲县", NAMED)
    assert "data.csv, row 2, column rd" in breakdown_html(found.breakdown, "en")
    steps = to_json(found.breakdown)["root"]["children"][0]["steps"]
    read = [one for step in steps if step["region"] == "全市" for one in step["ingredients"]]
    assert [(one["region"], one["observation"]["row"]) for one in read] == [("全市", 2), ("全市", 2)]


def test_a_policy_that_takes_a_region_s_rate_shows_what_it_is_made_from(of):
    # the city has 2 % of a target of 4 %: a rate of 50 %, which the county without a report takes over
    found = of("丙县", "attain(share, target: 4%)", missing="reference 全市, otherwise zero")
    assert line(found).score.value == 5
    step = next(step for step in line(found).steps if step.kind == "policy")
    assert [(one.name, one.region) for one in step.ingredients][:1] == [("rate", "全市")]
    assert cells(step.ingredients) == [("rd", "全市", 2, 20), ("gdp", "全市", 2, 1000)]
    assert "全市的研发经费（2018 年）：20 亿元，取自 data.csv，第 2 行，列 rd" in found.explain("zh")


def test_a_region_that_the_data_do_not_hold_is_not_reported(of):
    found = of("丙县", "attain(share, target: 4%)", missing="reference 省会, otherwise zero")
    step = next(step for step in line(found).steps if step.kind == "policy")
    assert {one.region for one in step.ingredients} == {"省会"}
    assert {one.amount.value for one in step.ingredients} == {Absence.NOT_REPORTED}
    assert "省会的研发经费（2018 年）：未报，数据中没有这一项" in found.explain("zh")


@pytest.mark.parametrize(
    ("score", "missing"),
    [
        ("minmax(share, within: all)", "zero"),
        ("attain(share, target: 4%)", "peer mean within all, otherwise zero"),
    ],
)
def test_members_of_a_field_have_the_cells_they_are_made_from(of, score, missing):
    found = of("丙县", score, missing=missing)
    (field, *_) = (field for step in line(found).steps for field in step.fields)
    read = {member.region: cells(member.read) for member in field.members}
    assert read["乙县"] == [("rd", "乙县", 4, 3), ("gdp", "乙县", 4, 100)]
    assert read["丙县"][0] == ("rd", "丙县", 5, Absence.NOT_REPORTED)


ESTIMATE = "estimate rd = rd[-1] when not reported, in statistics"


def test_an_estimated_member_is_told_and_does_not_make_a_line_estimated(of):
    # estimated: 4 of 100 for the county in row 5, so the bounds are 1 % and 4 %, and 3 % has (3 - 1) / (4 - 1)
    found = of("乙县", "minmax(share, within: all)", estimate=ESTIMATE)
    assert line(found).score.value * 3 == 20
    assert (line(found).status, line(found).estimates) == ("scored", ("丙县",))
    assert "丙县 4%（估算）" in found.explain("zh")
    assert "丙县 4% (estimated)" in found.explain("en")
    assert "compared with values that were estimated, not reported, for: 丙县" in found.explain("en")
    assert "所比较的下列地区数值系估算，并非上报：丙县" in found.explain("zh")
    steps = to_json(found.breakdown)["root"]["children"][0]["steps"]
    members = [one for step in steps for field in step["fields"] for one in field["members"]]
    assert {one["region"] for one in members if one["estimated"]} == {"丙县"}


def test_the_region_whose_figure_is_estimated_is_no_other(of):
    found = of("丙县", "minmax(share, within: all)", estimate=ESTIMATE)
    assert (line(found).status, line(found).estimates) == ("estimated", ())


def test_an_estimate_of_a_named_region_is_told(of):
    score = 'attain(share, target: value_of_region(share, region: "丙县"))'
    found = of("乙县", score, estimate=ESTIMATE)  # 3 % of a target of 4 %
    assert line(found).score.value * 4 == 30  # three quarters of 10 points
    assert (line(found).status, line(found).estimates) == ("scored", ("丙县",))


def test_the_schema_describes_what_is_written(of):
    jsonschema = pytest.importorskip("jsonschema")
    for region in ("乙县", "丙县"):
        found = of(region, "minmax(share, within: all)", "reference 全市, otherwise zero", ESTIMATE)
        jsonschema.validate(to_json(found.breakdown), json.loads(schema_text()))
