"""Scores that rest on an estimate are marked in every table: terminal, CSV, workbook, HTML, frames, years."""

import csv
import io

import openpyxl
import pytest

import assessment
from assessment.report.csv_table import csv_text
from assessment.report.frames import to_pandas
from assessment.report.html import result_html
from assessment.report.periods import periods_table
from assessment.report.terminal import ranking_text
from assessment.report.view import view
from assessment.report.workbook import workbook_bytes

RULES = """assessment t.estimates for 2018 "E" {
    total 20 points
    round none
    policies { missing: zero }
    rank none
    input a "A" in % { range 0% to 100% }
    input b "B" in % { range 0% to 100% }
    estimate a = a[-1] when not reported, outside statistics
    category x "X" {
        indicator 1 "one" 10 points { score = judged(a) }
        indicator 2 "two" 10 points { score = judged(b) }
    }
}"""

DATA = """地区,年度,a,b
甲县,2017,50%,50%
甲县,2018,,50%
乙县,2017,50%,50%
乙县,2018,50%,50%
"""
"""The first reported nothing for indicator 1 in 2018, so it keeps its 50 % of 2017: 5 points, and 5 for indicator 2."""


def scored(folder, data):
    rules = assessment.load(RULES)
    path = folder / "data.csv"
    path.write_text(data, encoding="utf-8")
    return rules.evaluate(assessment.read_data(path, rules))


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return scored(tmp_path_factory.mktemp("estimated"), DATA)


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    rows = DATA.splitlines(keepends=True)
    return scored(
        tmp_path_factory.mktemp("reported"), "".join(row for row in rows if not row.startswith("甲县"))
    )


@pytest.mark.parametrize(("lang", "head", "said"), [("en", "Estimated", "1"), ("zh", "含估算", "1")])
def test_ranking_and_scores_have_a_column_that_names_what_rests_on_estimates(result, lang, head, said):
    shown = view(result, lang)
    for table in (shown.ranking, shown.detail):
        assert table.columns[-1].title == head
        by_region = {row[0].text: row for row in table.rows}
        assert said in by_region["甲县"][-1].text
        assert by_region["乙县"][-1].text == ""


def test_figures_stay_figures(result):
    (row,) = [row for row in view(result, "en").ranking.rows if row[0].text == "甲县"]
    assert row[1].decimal == "10"


def test_nothing_is_marked_where_all_is_reported(reported):
    for table in (view(reported, "en").ranking, view(reported, "en").detail):
        assert "Estimated" not in [column.title for column in table.columns]


def test_terminal_and_html_show_the_column(result):
    assert "Estimated" in ranking_text(view(result, "en"))
    assert "含估算" in ranking_text(view(result, "zh"))
    assert result_html(result, "zh").count("含估算") == 2  # the ranking, and the scores folded below it


def test_csv_has_the_column_once_and_every_row_has_all_columns(result):
    head, *rows = csv.reader(io.StringIO(csv_text(view(result, "en"))))
    assert head.count("Estimated") == 1
    assert head.count("Total") == 1
    assert {len(row) for row in rows} == {len(head)}
    by_region = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert "1" in by_region["甲县"]["Estimated"]
    assert by_region["乙县"]["Estimated"] == ""


def test_csv_of_reported_figures_keeps_its_columns(reported):
    head, row = csv.reader(io.StringIO(csv_text(view(reported, "en"))))
    assert len(head) == len(row) == 4  # region, total, and two indicators


def test_workbook_has_the_column_on_both_sheets(result):
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(result, "zh")))
    for name in ("排名", "得分明细表"):
        rows = list(book[name].iter_rows(values_only=True))
        place = next(row.index("含估算") for row in rows if "含估算" in row)
        by_region = {row[0]: row[place] for row in rows}
        assert "1" in by_region["甲县"]
        assert not by_region["乙县"]


def test_frames_name_the_lines_by_their_ids(result, reported):
    frame = to_pandas(result)
    assert dict(zip(frame["region"], frame["estimated"], strict=True)) == {
        "甲县": "indicator 1",
        "乙县": None,
    }
    assert list(to_pandas(reported)["estimated"]) == [None]


def test_table_of_years_marks_the_year(result):
    table = periods_table([result], "en")
    assert table.columns[-1].title == "2018 Estimated"
    assert "1" in {row[0].text: row[-1].text for row in table.rows}["甲县"]
