import openpyxl
import pytest

from assessment.diagnostics import render

BAD = [
    ["地区", "研发经费", "gdp", "people", "firms", "share", "plan", "grade", "panel", "awards"],
    ["东昌府区", "abc", 0, 5, 1.5, 30, "也许", "好", "92; 88", "省级"],
    ["茌平", 1, 10, "5吨", 3, 101, "是", "优", "92; 101", "市级"],
    ["冠县", None, 10, 6, 4, 50, "否", "好", "90", "无"],
    ["高新区", 2, 20, 7, 5, 40, "是", "一般", "80", "国家级"],
]
BAD_CELLS = ["B2", "C2", "E2", "G2", "D3", "F3", "H3", "I3", "J3", "B4"]
BAD_CODES = [
    "data-not-a-number",
    "data-out-of-range",
    "data-not-a-count",
    "data-not-yes-or-no",
    "data-unit-mismatch",
    "data-out-of-range",
    "data-unknown-level",
    "data-out-of-range",
    "data-unknown-level",
    "data-missing",
]


def required(group):
    return {("rd", 2018), ("gdp", 2018), ("firms", 2018)}


def test_ten_bad_cells_of_a_workbook_are_ten_diagnostics_in_their_order(reading, tmp_path) -> None:
    workbook = openpyxl.Workbook()
    for row in BAD:
        workbook.active.append(row)
    workbook.save(tmp_path / "a.xlsx")
    found = reading(tmp_path / "a.xlsx", required=required)
    assert [one.span.cell for one in found.errors] == BAD_CELLS
    assert found.codes == BAD_CODES


def test_ten_bad_cells_of_a_text_table_are_ten_diagnostics_in_their_order(reading) -> None:
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in BAD) + "\n"
    found = reading(text, required=required)
    rows = [int(cell[1:]) for cell in BAD_CELLS]
    heads = [BAD[0]["ABCDEFGHIJ".index(cell[0])] for cell in BAD_CELLS]
    assert [(one.span.row, one.span.column) for one in found.errors] == list(zip(rows, heads, strict=True))
    assert found.codes == BAD_CODES


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_findings_can_be_shown_in_both_languages(reading, lang) -> None:
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in BAD) + "\n"
    assert len(render(reading(text).diagnostics, lang).splitlines()) > 20


def test_data_with_an_error_are_none(reading) -> None:
    assert reading("地区,rd\n冠县,x\n").data is None


def test_notes_go_with_the_data(reading) -> None:
    found = reading("地区,rd,备注\n冠县,1,x\n")
    assert [one.code for one in found.data.remarks] == found.notes


@pytest.mark.parametrize("name", ["a.csv", "数据.csv"])
def test_path_may_be_text_or_path(reading, tmp_path, name) -> None:
    (tmp_path / name).write_text("地区,rd\n冠县,1\n", encoding="utf-8")
    assert reading(tmp_path / name).data.source == name
    assert reading(str(tmp_path / name)).observation().origin.file == name


@pytest.mark.parametrize("source", ["no-such-file.csv", "/", "a\x00b", "x" * 5000])
def test_file_that_cannot_be_opened_is_an_error(reading, source) -> None:
    assert reading(source).codes == ["data-unreadable"]


@pytest.mark.parametrize("source", [None, 5, object(), ["地区"]])
def test_source_of_another_kind_is_an_error(reading, source) -> None:
    assert reading(source).codes == ["data-unreadable"]


def test_bytes_of_a_workbook_are_recognised(reading, tmp_path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["地区", "rd"])
    workbook.active.append(["冠县", 1])
    workbook.save(tmp_path / "a.xlsx")
    assert reading((tmp_path / "a.xlsx").read_bytes()).value() == 1


def test_parquet_file_is_named(reading) -> None:
    assert "Parquet" in reading(b"PAR1" + b"\x00" * 20).errors[0].message


def test_file_that_never_ends_is_refused(reading) -> None:
    assert reading("/dev/zero").codes == ["data-too-large"]
