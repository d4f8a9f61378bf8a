"""Ratings and events that the data give in rows: sheets, files, mappings and frames, and every way in which they go wrong."""

import datetime as dt
import io
from fractions import Fraction

import openpyxl
import pandas as pd
import polars as pl
import pytest

import assessment
from assessment.core.absence import Absence

RULES = """assessment awards for 2018 {
    authority "Document"
    total 10 points
    round none
    policies { missing: error }
    rank none
    department office
    group county { 东县, 西县 alias 西; 南县 }
    input awards "省以上表彰" events level 国家级, 省级 {
        field 领域 level 科技, 教育;
        field 日期 date;
        field 来自 region;
        evidence 文号 or not counted;
        no rows mean NONE
    }
    indicator 1 10 points {
        by office
        cite "Annex" item 1
        score = events(awards, most: 10 points, once: 文号) { 国家级: 3 points; 省级: 2 points }
    }
}
"""
PLAIN = RULES.replace("NONE", "none")
LIST = "地区\n东县\n西县\n南县\n"
HEAD = "地区,等级,领域,日期,来自,文号\n"


def read(source, rules=PLAIN, **options):
    return assessment.read_data(source, assessment.load(rules), **options)


def refused(source, rules=PLAIN, **options):
    with pytest.raises(assessment.DataError) as caught:
        read(source, rules, **options)
    return [
        (one.code, getattr(one.span, "row", None), getattr(one.span, "column", None))
        for one in caught.value.diagnostics
        if one.severity.value == "error"
    ]


def awards(data, region="东县", year=2018):
    return data.observations["awards", year, region]


def fields(observation, name):
    return [row.fields[name].value for row in observation.rows]


def day(year, month, day_):
    return Fraction(dt.date(year, month, day_).toordinal())


def test_a_file_of_rows_gives_one_event_a_row_with_the_place_of_every_cell():
    rows = HEAD + "东县,省级,科技,2018-05-01,西,鲁发2号\n东县,国家级,教育,2018年3月1日,大学,国发1号\n"
    found = awards(read(LIST, rows={"awards": rows}))
    assert found.value == (1, 0)
    assert fields(found, "日期") == [day(2018, 5, 1), day(2018, 3, 1)]
    assert fields(found, "领域") == [0, 1]
    assert fields(found, "来自") == ["西县", "大学"]
    second = found.rows[1]
    assert (second.value.origin.row, second.value.origin.column) == (3, "等级")
    assert (second.fields["文号"].origin.row, second.fields["文号"].text) == (3, "国发1号")


@pytest.mark.parametrize("kind", ["workbook", "mapping", "pandas", "polars"])
def test_every_source_of_rows_gives_the_same(kind):
    rows = [
        {"awards": "国家级", "领域": "科技", "日期": dt.date(2018, 3, 1), "来自": None, "文号": "国发1号"},
        {"awards": "省级", "领域": "教育", "日期": dt.date(2018, 12, 31), "来自": "西县", "文号": "鲁发2号"},
    ]
    if kind == "mapping":
        data = read({"东县": {"awards": rows}, "西县": {"awards": []}, "南县": {"awards": []}})
    elif kind == "workbook":
        book = openpyxl.Workbook()
        book.active.title = "地区"
        for text in LIST.split():
            book.active.append([text])
        sheet = book.create_sheet("省以上表彰")
        sheet.append(["地区", "级别", "领域", "日期", "来自", "文号"])
        for row in rows:
            sheet.append(["东县", *row.values()])
        saved = io.BytesIO()
        book.save(saved)
        data = read(saved.getvalue())
        assert awards(data).rows[1].value.origin.cell == "B3"
        assert awards(data).rows[1].value.origin.sheet == "省以上表彰"
    else:
        frame = {"pandas": pd, "polars": pl}[kind].DataFrame([{"region": "东县", **row} for row in rows])
        data = read(LIST, rows={"awards": frame})
    found = awards(data)
    assert found.value == (0, 1)
    assert fields(found, "日期") == [day(2018, 3, 1), day(2018, 12, 31)]
    assert fields(found, "来自") == [Absence.NOT_REPORTED, "西县"]
    assert fields(found, "文号") == ["国发1号", "鲁发2号"]
    assert awards(data, "南县").value == ()


def test_what_no_row_means_is_what_the_rules_say():
    rows = HEAD + "东县,省级,科技,2018-05-01,,鲁发2号\n"
    assert awards(read(LIST, rows={"awards": rows}), "南县").value == ()
    silent = PLAIN.replace("no rows mean none", "no rows mean not reported").replace(
        "missing: error", "missing: zero"
    )
    assert awards(read(LIST, silent, rows={"awards": rows}), "南县").value is Absence.NOT_REPORTED
    # A region that says so itself has reported none, whatever no row means.
    said = rows + "南县,无,,,,\n"
    assert awards(read(LIST, silent, rows={"awards": said}), "南县").value == ()


def test_an_absence_can_stand_in_the_place_of_rows():
    rules = PLAIN.replace("missing: error", "missing: zero; withheld: zero")
    data = read(LIST, rules, rows={"awards": HEAD + "东县,保密,,,,\n"})
    assert awards(data).value is Absence.WITHHELD


def test_without_any_sheet_of_rows_nothing_was_reported():
    assert refused(LIST) == [("data-missing-column", None, None)]


def test_a_sheet_speaks_for_the_years_that_its_rows_name():
    rows = "地区,年度,等级,领域,日期,来自,文号\n东县,2017,省级,科技,2017-05-01,,鲁发2号\n"
    rules = PLAIN.replace("missing: error", "missing: zero")
    data = read(LIST, rules, rows={"awards": rows})
    assert awards(data, "西县", 2017).value == ()
    assert ("awards", 2018, "西县") not in data.observations
    # A sheet of headings alone speaks for the assessed year.
    assert awards(read(LIST, rows={"awards": HEAD})).value == ()


def test_a_row_without_evidence_stays_on_record_and_does_not_count():
    rows = HEAD + "东县,国家级,科技,2018-05-01,,\n东县,省级,科技,2018-05-01,,鲁发2号\n"
    data = read(LIST, rows={"awards": rows})
    found = awards(data)
    assert found.value == (1,)
    assert [row.left_out is None for row in found.rows] == [False, True]
    assert [one.code for one in data.remarks] == ["data-row-not-counted"]


def test_the_same_row_twice_is_a_warning():
    rows = HEAD + "东县,省级,科技,2018-05-01,,鲁发2号\n" * 2
    data = read(LIST, rows={"awards": rows})
    assert [one.code for one in data.remarks] == ["data-duplicate-row"]
    assert awards(data).value == (1, 1)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("北县,省级,科技,2018-05-01,,x", "data-unknown-region", "地区"),
        ("东县,部级,科技,2018-05-01,,x", "data-unknown-level", "等级"),
        ("东县,,科技,2018-05-01,,x", "data-unknown-level", "等级"),
        ("东县,省级、国家级,科技,2018-05-01,,x", "data-rows-needed", "等级"),
        ("东县,省级,体育,2018-05-01,,x", "data-unknown-level", "领域"),
        ("东县,省级,科技,2018-02-29,,x", "data-not-a-date", "日期"),
        ("东县,省级,科技,2018,,x", "data-not-a-date", "日期"),
        ("东县,省级,科技,#REF!,,x", "data-error-cell", "日期"),
        ("东县,省级,科技,2018-05-01,,=A1", "data-looks-like-formula", "文号"),
    ],
)
def test_a_bad_cell_of_a_row_is_found_with_its_row_and_column(row, code, column):
    assert refused(LIST, rows={"awards": HEAD + row + "\n"}) == [(code, 2, column)]


def test_required_fields_and_columns():
    rules = PLAIN.replace("or not counted", "required")
    rows = HEAD + "东县,省级,科技,2018-05-01,,\n"
    assert refused(LIST, rules, rows={"awards": rows}) == [("data-missing-field", 2, "文号")]
    assert (
        refused(LIST, rows={"awards": "地区,等级,领域,来自,文号\n东县,省级,科技,,x\n"})[0][0]
        == "data-missing-column"
    )


def test_a_region_cannot_have_none_and_rows():
    rows = HEAD + "东县,无,,,,\n东县,省级,科技,2018-05-01,,x\n"
    assert refused(LIST, rows={"awards": rows}) == [("data-duplicate-cell", 2, "等级")]


def test_a_region_cannot_have_none_and_a_reason_why_nothing_is_known():
    # Either would be a score of its own; saying the same twice does no harm.
    rows = HEAD + "东县,无,,,,\n东县,保密,,,,\n"
    assert refused(LIST, rows={"awards": rows}) == [("data-duplicate-cell", 3, "等级")]
    assert awards(read(LIST, rows={"awards": HEAD + "东县,无,,,,\n东县,无,,,,\n"})).value == ()


def test_rows_do_not_fit_into_a_cell():
    assert (
        refused({"东县": {"awards": ["省级"]}, "西县": {"awards": []}, "南县": {"awards": []}})[0][0]
        == "data-rows-needed"
    )
    assert refused("地区,awards\n东县,省级; 省级\n西县,无\n南县,无\n")[0][0] == "data-rows-needed"
    assert awards(read("地区,awards\n东县,无\n西县,无\n南县,0\n")).value == ()


@pytest.mark.parametrize(
    "rows",
    [{"praise": LIST}, {"awards": 5}, {"awards": {"东县": 3}}, {"awards": ""}, {"awards": b"\xff\x00"}],
)
def test_a_source_that_is_no_source_of_rows_is_a_finding(rows):
    assert refused(LIST, rows=rows)


@pytest.mark.parametrize(
    "rows", [[{"x": 1}], [{"awards": {"a": 1}}], [{"awards": ["省级"]}], [{}], [{"awards": "省级"}, 5]]
)
def test_a_list_of_mappings_that_are_no_rows_is_a_finding(rows):
    assert refused({"东县": {"awards": rows}, "西县": {"awards": []}, "南县": {"awards": []}})


def test_ratings_in_rows_keep_raters_apart():
    rules = """assessment r for 2018 {
    total 10 points
    round none
    policies { missing: error; undefined: zero }
    rank none
    input panel "评分" ratings 0 to 100 { field 评委 text required; field 权 in number required; no rows mean not reported }
    indicator 1 10 points = ratings(panel, weight: 权)
}
"""
    rows = "region,得分,评委,权\nA,90,甲,2\nA,—,乙,1\nA,60,丙,1\n"
    data = read("region\nA\n", rules, rows={"panel": rows})
    found = data.observations["panel", 2018, "A"]
    assert found.value == (90, Absence.NOT_REPORTED, 60)
    # (90 × 2 + 60 × 1) ÷ 3 = 80; the rater without a score has no weight either.
    assert assessment.load(rules).evaluate(data)["A"].total == 8
    assert refused("region\nA\n", rules, rows={"panel": "region,得分,评委,权\nA,101,甲,1\n"}) == [
        ("data-out-of-range", 2, "得分")
    ]
