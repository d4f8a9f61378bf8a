import io
import zipfile
from fractions import Fraction

import openpyxl
import pytest


@pytest.fixture
def book(tmp_path):
    """Write rows into a workbook; further changes by a function of its sheet."""

    def write(rows, change=lambda _: None, name="数据.xlsx"):
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        sheet.title = "数据"
        for row in rows:
            sheet.append(row)
        change(sheet)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return write


HEAD = ["地区", "研发经费"]


def with_part(path, name, replace):
    """The workbook with one part changed by a function of its bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            body = old.read(part)
            new.writestr(part, replace(body) if part == name else body)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_value_has_the_address_of_its_cell(reading, book) -> None:
    found = reading(book([["统计表"], [], HEAD, ["冠县", 1.5]])).observation()
    assert found.value == Fraction(3, 2)
    assert found.origin.text("en") == "数据.xlsx, sheet 数据, cell B4"


def test_path_is_never_shown_beyond_the_name_of_the_file(reading, book) -> None:
    found = reading(book([HEAD, ["冠县", "x"]]))
    assert found.errors[0].span.file == "数据.xlsx"


def test_number_is_taken_by_its_shortest_decimal_and_remarked(reading, book) -> None:
    found = reading(book([HEAD, ["冠县", 0.1], ["茌平", 2.675], ["高新区", 3]]))
    assert found.value() == Fraction(1, 10)
    assert found.value(region="茌平县") == Fraction(107, 40)
    assert "shortest decimal" in found.observation().remarks[0].en
    assert found.observation(region="高新区").remarks == ()
    assert found.notes.count("data-float") == 1


def test_percent_cell_is_read_as_shown(reading, book) -> None:
    def percent(sheet):
        sheet["B2"].number_format = "0.0%"

    found = reading(book([["地区", "高新占比"], ["冠县", 0.023]], percent)).observation("share")
    assert found.value == Fraction(23, 1000)
    assert found.text == "2.3%"
    assert any("percent cell" in remark.en for remark in found.remarks)


def test_percent_sign_in_quotes_is_no_percent_format(reading, book) -> None:
    def percent(sheet):
        sheet["B2"].number_format = '0.0"%"'

    found = reading(book([["地区", "高新占比"], ["冠县", 2.3]], percent))
    assert found.value("share") == Fraction(23, 1000)


def test_plain_number_in_a_general_cell_is_in_percent(reading, book) -> None:
    assert reading(book([["地区", "高新占比"], ["冠县", 2.3]])).value("share") == Fraction(23, 1000)


def test_ratio_in_a_general_cell_is_ambiguous(reading, book) -> None:
    found = reading(book([["地区", "高新占比"], ["冠县", 0.023]]))
    assert found.codes == ["data-percent-ambiguous"]
    assert found.places == ["数据.xlsx, sheet 数据, cell B2"]


def test_percent_cell_of_a_quantity_is_an_error(reading, book) -> None:
    def percent(sheet):
        sheet["B2"].number_format = "0%"

    assert reading(book([HEAD, ["冠县", 0.5]], percent)).codes == ["data-unit-mismatch"]


def test_formula_without_a_stored_result_is_an_error_at_its_cell(reading, book) -> None:
    found = reading(book([HEAD, ["冠县", "=1+1"]]))
    assert found.codes == ["data-formula-without-value"]
    assert found.places == ["数据.xlsx, sheet 数据, cell B2"]


def test_formula_counts_by_its_stored_result(reading, book) -> None:
    path = book([HEAD, ["冠县", "=1+1"]])
    content = with_part(
        path, SHEET, lambda body: body.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    )
    found = reading(content).observation()
    assert found.value == 2
    assert "`=1+1`" in found.remarks[0].en


def test_error_cell_is_an_error_at_its_cell(reading, book) -> None:
    found = reading(book([HEAD, ["冠县", "#DIV/0!"]]))
    assert found.codes == ["data-error-cell"]


def test_date_is_no_number(reading, book) -> None:
    import datetime as dt

    found = reading(book([HEAD, ["冠县", dt.datetime(2018, 1, 2)]]))  # noqa: DTZ001 - as Excel has them
    assert found.codes == ["data-not-a-number"]


def test_flaws_in_columns_that_are_not_read_do_not_matter(reading, book) -> None:
    found = reading(book([[*HEAD, "备注"], ["冠县", 1, "=1/0"], ["合计", "=SUM(B2:B2)", None]]))
    assert found.value() == 1


def test_merged_headings_are_an_error_each(reading, book) -> None:
    def merge(sheet):
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:C1")

    found = reading(book([["地区", "研发经费", None], [None, "2017年", "2018年"], ["冠县", 1, 2]], merge))
    assert found.codes == ["data-merged-header", "data-merged-header"]
    assert [place[-2:] for place in found.places] == ["A1", "B1"]


def test_merged_title_is_a_title(reading, book) -> None:
    found = reading(book([["统计表"], HEAD, ["冠县", 1]], lambda sheet: sheet.merge_cells("A1:B1")))
    assert found.value() == 1


def test_merged_region_holds_for_its_rows(reading, book) -> None:
    rows = [["地区", "年份", "研发经费"], ["冠县", 2017, 1], [None, 2018, 2]]
    found = reading(book(rows, lambda sheet: sheet.merge_cells("A2:A3")))
    assert found.value(period=2017) == 1
    assert found.value(period=2018) == 2


def test_merged_values_are_one_error(reading, book) -> None:
    rows = [HEAD, ["冠县", 1], ["茌平", None], ["高新区", 3]]
    found = reading(book(rows, lambda sheet: sheet.merge_cells("B2:B3")))
    assert found.codes == ["data-merged-cell"]


def test_sheets_of_years_are_read_together(reading, tmp_path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "2017年"
    for row in (HEAD, ["冠县", 1]):
        workbook.active.append(row)
    for row in (HEAD, ["冠县", 2]):
        (workbook["2018"] if "2018" in workbook.sheetnames else workbook.create_sheet("2018")).append(row)
    workbook.create_sheet("说明").append(["本表由科技局填报"])
    workbook.create_sheet("隐藏").sheet_state = "hidden"
    workbook.save(tmp_path / "a.xlsx")
    found = reading(tmp_path / "a.xlsx")
    assert (found.value(period=2017), found.value(period=2018)) == (1, 2)
    assert found.notes.count("data-skipped-sheet") == 2


def test_only_the_named_sheet_is_read(reading, tmp_path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "甲"
    for sheet, value in ((workbook.active, 1), (workbook.create_sheet("乙"), 2)):
        sheet.append(HEAD)
        sheet.append(["冠县", value])
    workbook.save(tmp_path / "a.xlsx")
    assert reading(tmp_path / "a.xlsx", sheet="乙").value() == 2
    assert reading(tmp_path / "a.xlsx", sheet="丙").codes == ["data-unknown-sheet"]
    assert reading(tmp_path / "a.xlsx").codes == ["data-duplicate-cell"]


def test_sheets_of_departments_are_joined(reading, tmp_path) -> None:
    workbook = openpyxl.Workbook()
    for row in (HEAD, ["冠县", 1], ["茌平", "—"]):
        workbook.active.append(row)
    other = workbook.create_sheet("发改委")
    for row in (["地区", "gdp", "rd"], ["茌平", 20, 2], ["冠县", 10, 1]):
        other.append(row)
    workbook.save(tmp_path / "a.xlsx")
    found = reading(tmp_path / "a.xlsx")
    assert found.value("gdp") == 10
    assert found.value(region="茌平县") == 2


def test_two_sheets_that_disagree_are_an_error_with_both_places(reading, tmp_path) -> None:
    workbook = openpyxl.Workbook()
    other = workbook.create_sheet("二")
    for sheet, value in ((workbook.active, 1), (other, 2)):
        sheet.append(HEAD)
        sheet.append(["冠县", value])
    workbook.save(tmp_path / "a.xlsx")
    found = reading(tmp_path / "a.xlsx")
    assert found.codes == ["data-duplicate-cell"]
    assert [one.place.sheet for one in found.errors[0].labels] == ["二", "Sheet"]


def test_empty_workbook_is_an_error(reading, book) -> None:
    assert reading(book([])).codes == ["data-empty"]


def test_missing_library_names_its_extra(reading, monkeypatch) -> None:
    import sys

    from assessment.errors import MissingExtra

    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtra, match="excel"):
        reading(_SAVED)


def _saved() -> bytes:
    out = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.append(HEAD)
    workbook.active.append(["冠县", 1])
    workbook.save(out)
    return out.getvalue()


_SAVED = _saved()


# Files that are not safe or not whole ----------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100, _SAVED[:-200], _SAVED[:500]])
def test_damaged_workbook_is_an_error(reading, content) -> None:
    assert reading(content).codes == ["data-unreadable"]


def test_old_or_protected_workbook_is_named(reading) -> None:
    found = reading(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100)
    assert found.codes == ["data-unreadable"]
    assert ".xlsx" in found.errors[0].help.en


def test_far_cell_is_refused(reading, book) -> None:
    def far(sheet):
        sheet["XFD1048576"] = 1

    assert reading(book([HEAD, ["冠县", 1]], far)).codes == ["data-too-large"]


def test_huge_merged_block_is_refused_before_it_is_opened(reading) -> None:
    block = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    content = with_part(io.BytesIO(_SAVED), SHEET, lambda body: body.replace(b"</sheetData>", block))
    assert reading(content).codes == ["data-too-large"]


def test_document_type_is_refused(reading) -> None:
    bomb = b'<!DOCTYPE lolz [<!ENTITY lol "lol">]>'
    content = with_part(io.BytesIO(_SAVED), SHEET, lambda body: bomb + body)
    assert reading(content).codes == ["data-unsafe-file"]


def test_part_that_unpacks_to_very_much_is_refused(reading) -> None:
    content = with_part(io.BytesIO(_SAVED), SHEET, lambda body: body + b" " * 20_000_000)
    assert len(content) < 100_000
    assert reading(content).codes == ["data-unsafe-file"]


def test_very_many_parts_are_refused(reading) -> None:
    out = io.BytesIO(_SAVED)
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(2001):
            archive.writestr(f"x{number}", b"")
    assert reading(out.getvalue()).codes == ["data-unsafe-file"]


def test_addresses_hidden_in_entities_are_refused(reading) -> None:
    content = with_part(io.BytesIO(_SAVED), SHEET, lambda body: body.replace(b'r="A1"', b'r="&#65;1"', 1))
    assert reading(content).codes == ["data-unsafe-file"]


def test_other_zip_is_not_a_workbook(reading) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    assert reading(out.getvalue()).codes == ["data-unreadable"]
