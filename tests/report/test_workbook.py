"""A result as a workbook, read back with another library."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from assessment.diagnostics.text import width
from assessment.report.workbook import workbook_bytes
from assessment.result import Result


@pytest.fixture(scope="module")
def book(liaocheng: Result) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(liaocheng, "zh")))


def cells(sheet: Any) -> list[Any]:
    return [cell for row in sheet.iter_rows() for cell in row]


def test_sheets_are_the_ranking_the_scores_and_the_calculation(book: Any) -> None:
    assert book.sheetnames == ["排名", "得分明细表", "计算过程", "假定"]


def test_scores_are_numbers_with_their_published_places(book: Any) -> None:
    found = {row[2].value: row[3] for row in book["排名"].iter_rows(min_row=4)}
    assert (found["临清市"].value, found["临清市"].number_format) == (90, "0.00")


def test_scores_stand_in_the_row_of_their_region(book: Any) -> None:
    heads = [cell.value for cell in book["得分明细表"][3]]
    row = {cell.value: cells for cells in book["得分明细表"].iter_rows(min_row=4) for cell in cells[:1]}[
        "东昌府区"
    ]
    values = dict(zip(heads, (cell.value for cell in row), strict=True))
    assert values["1 科技进步贡献率（10 分）"] == "不适用"
    assert values["4 人均GDP（6 分）"] == 4.44
    assert values["总分"] == 96.38


def test_every_sheet_says_what_the_data_say_of_themselves(book: Any) -> None:
    for sheet in book:
        assert "illustrative, invented" in sheet["A2"].value


def test_calculation_names_the_cell_that_was_read(book: Any) -> None:
    texts = [cell.value for cell in cells(book["计算过程"]) if isinstance(cell.value, str)]
    assert any("取自 liaocheng-2018.csv，第 26 行" in text for text in texts)


def test_same_result_gives_the_same_bytes(liaocheng: Result) -> None:
    assert workbook_bytes(liaocheng, "zh") == workbook_bytes(liaocheng, "zh")


def test_no_text_becomes_a_formula_or_a_link(hostile: Result) -> None:
    data = workbook_bytes(hostile, "en")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert {cell.data_type for sheet in book for cell in cells(sheet)} <= {"s", "n"}
    assert book["Ranking"]["C4"].value == "=cmd|' /C calc'!A0"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(
            "<f>" in archive.read(name).decode("utf-8") for name in archive.namelist() if "sheet" in name
        )


def test_calculation_follows_the_order_of_the_sum_and_names_parts_with_their_indicator(book: Any) -> None:
    sheet = book["计算过程"]
    rows = [(row[0].value, row[1].value, row[4].value) for row in sheet.iter_rows(min_row=4)]
    of_two = [how for region, item, how in rows if region == "莘县" and item.startswith("指标 2 ")]
    items = [item for region, item, _ in rows if region == "莘县" and item.startswith("指标 2 ")]
    title = "指标 2 ※ 全社会R&D经费支出占GDP比重及增幅"
    assert list(dict.fromkeys(items)) == [title, f"{title} · 水平", f"{title} · 增幅"]
    assert of_two[0].startswith("可得分值由 10 分变为")
    assert [how.partition("：")[0] for how in of_two[-2:]] == ["合计", "四舍五入，保留 2 位小数"]


def test_row_of_a_long_text_is_high_enough_for_it(book: Any) -> None:
    sheet = book["计算过程"]
    # 62 Chinese characters are 124 columns: three lines in a column of 60.
    row = next(one for one in sheet.iter_rows(min_row=4) if width(one[4].value.split("\n")[0]) > 2 * 58)
    assert sheet.row_dimensions[row[0].row].height >= 45
