from fractions import Fraction

import pytest

PLAIN = "地区,研发经费,地区生产总值\n东昌府区,1,10\n茌平县,2,20\n"


def test_title_rows_are_named_as_skipped(reading) -> None:
    found = reading("科技统计表,,\n" + PLAIN)
    assert found.notes.count("data-skipped-row") == 1
    assert found.value(region="茌平县") == 2


def test_row_number_counts_title_rows_and_blank_lines(reading) -> None:
    found = reading("科技统计表,,\n\n" + PLAIN).observation(region="茌平县")
    assert found.origin.row == 5
    assert found.origin.column == "研发经费"


@pytest.mark.parametrize(
    "row", ["单位：万元", "（单位：万元）", "表1  单位:万元", "Unit: 万元", "单位：万元、人"]
)
def test_row_of_units_holds_for_the_columns_it_fits(reading, row) -> None:
    found = reading(f"{row}\n地区,研发经费,people\n冠县,12000,5万人\n")
    assert found.value() == Fraction(6, 5)
    assert found.value("people") == 5


def test_unit_of_a_heading_counts_before_that_of_the_sheet(reading) -> None:
    found = reading("单位：万元\n地区,研发经费（亿元）,gdp\n冠县,1.2,5000\n")
    assert found.value() == Fraction(6, 5)
    assert found.value("gdp") == Fraction(1, 2)


def test_unit_of_the_sheet_leaves_other_dimensions_alone(reading) -> None:
    found = reading("单位：万元\n地区,研发经费,people\n冠县,12000,5\n")
    assert found.value("people") == 5


def test_unit_of_the_sheet_that_fits_nothing_is_an_error(reading) -> None:
    assert reading("单位：吨\n地区,研发经费\n冠县,1\n").codes == ["data-unit-mismatch"]


def test_unknown_unit_of_the_sheet_is_an_error(reading) -> None:
    assert reading("单位：万园\n地区,研发经费\n冠县,1\n").codes == ["data-unknown-unit"]


def test_two_units_of_the_sheet_for_one_column_are_an_error(reading) -> None:
    assert reading("单位：万元、亿元\n地区,研发经费\n冠县,1\n").codes == ["data-unit-mismatch"]


def test_reporting_body_is_not_a_unit(reading) -> None:
    assert reading("填报单位：市科技局\n地区,研发经费\n冠县,1\n").value() == 1
    assert reading("单位：市科技局\n地区,研发经费\n冠县,1\n").value() == 1


def test_row_of_units_below_the_headings(reading) -> None:
    found = reading("地区,研发经费,gdp,firms\n单位,万元,亿元,家\n冠县,12000,5,7\n")
    assert found.value() == Fraction(6, 5)
    assert found.value("gdp") == 5


def test_row_of_units_below_the_headings_needs_no_word(reading) -> None:
    assert reading("地区,研发经费,gdp\n,万元,亿元\n冠县,12000,5\n").value() == Fraction(6, 5)


def test_unknown_unit_below_the_headings_is_an_error_at_its_cell(reading) -> None:
    found = reading("地区,研发经费,gdp\n单位,万园,亿元\n冠县,12000,5\n")
    assert found.codes == ["data-unknown-unit"]
    assert found.places == ["row 2, column 研发经费"]


def test_unit_in_the_heading_that_does_not_fit_is_an_error(reading) -> None:
    found = reading("地区,研发经费（家）,firms（件）\n冠县,1,2\n")
    assert found.codes == ["data-unit-mismatch", "data-unit-mismatch"]


def test_unknown_unit_in_the_heading_is_an_error(reading) -> None:
    assert reading("地区,研发经费（亿园）\n冠县,1\n").codes == ["data-unknown-unit"]


def test_unit_by_argument_counts_before_the_heading_and_is_remarked(reading) -> None:
    found = reading("地区,研发经费（亿元）\n冠县,12000\n", units={"研发经费": "万元"}).observation()
    assert found.value == Fraction(6, 5)
    assert "by argument" in found.remarks[0].en


def test_unit_for_an_unknown_input_is_an_error(reading) -> None:
    assert reading(PLAIN, units={"rdd": "万元"}).codes == ["data-unknown-column"]


def test_column_near_an_input_is_an_error_with_a_suggestion(reading) -> None:
    found = reading("地区,研发经贵,gdp\n冠县,1,2\n")
    assert found.codes == ["data-unknown-column"]
    assert found.errors[0].help.en == "did you mean `研发经费`?"


def test_column_near_an_input_that_has_its_own_column_is_skipped(reading) -> None:
    found = reading("地区,研发经费,研发经贵\n冠县,1,2\n")
    assert found.value() == 1
    assert found.notes.count("data-skipped-column") == 1


@pytest.mark.parametrize("heading", ["备注", "note", "iso3", "完全无关的一列"])
def test_column_that_is_no_input_is_named_as_skipped(reading, heading) -> None:
    found = reading(f"地区,研发经费,{heading}\n冠县,1,=x\n")
    assert found.value() == 1
    assert found.notes.count("data-skipped-column") == 1


def test_input_with_two_columns_is_an_error_with_both_places(reading) -> None:
    found = reading("地区,研发经费,rd\n冠县,1,2\n")
    assert found.codes == ["data-duplicate-column"]
    assert [one.place.column for one in found.errors[0].labels] == ["rd", "研发经费"]


def test_columns_of_two_years_are_two_columns(reading) -> None:
    found = reading("地区,2017年研发经费,2018年研发经费\n冠县,1,2\n")
    assert found.value(period=2017) == 1
    assert found.value(period=2018) == 2


def test_last_year_counts_from_the_year_of_the_row(reading) -> None:
    found = reading("地区,年份,上年研发经费,研发经费\n冠县,2017,1,2\n")
    assert found.value(period=2016) == 1
    assert found.value(period=2017) == 2


def test_year_of_the_title_holds_for_undated_values(reading) -> None:
    assert reading("2017年科技统计表\n" + PLAIN).data.periods == (2017,)


def test_period_argument_counts_before_the_title(reading) -> None:
    assert reading("2017年科技统计表\n" + PLAIN, period=2016).data.periods == (2016,)


def test_year_of_a_label_or_comment_is_not_that_of_the_data(reading) -> None:
    assert reading("# invented in 2024\n注：2024年整理\n" + PLAIN).data.periods == (2018,)


def test_label_goes_with_the_data(reading) -> None:
    assert reading("# illustrative, invented\n" + PLAIN).data.labels == ("illustrative, invented",)
    assert reading(PLAIN + "说明：本表数据为虚构\n").data.labels == ("本表数据为虚构",)


def test_file_without_headings_is_an_error(reading) -> None:
    assert reading("1,2\n3,4\n").codes == ["data-no-region-column"]


def test_headings_without_an_input_are_an_error(reading) -> None:
    assert reading("地区,甲,乙\n冠县,1,2\n").codes == ["data-missing-column"]


def test_headings_without_regions_are_an_error(reading, open_rules) -> None:
    assert reading("研发经费,gdp\n1,2\n", rules=open_rules).codes == ["data-no-region-column"]


def test_column_of_regions_is_known_by_its_cells(reading) -> None:
    assert reading("序号,,研发经费,gdp\n1,冠县,1,2\n").value() == 1


def test_column_of_regions_is_the_one_that_tells_them_apart(reading, open_rules) -> None:
    found = reading("iso3,country,region,rd\nAAA,甲国,东,1\nBBB,乙国,东,2\n", rules=open_rules)
    assert found.data.regions == ("甲国", "乙国")


def test_invisible_character_in_a_heading_is_an_error(reading) -> None:
    assert reading("地区,研发经费\u200b\n冠县,1\n").codes == ["data-invisible-character"]


def test_compatibility_character_in_a_heading_is_noted(reading, make) -> None:
    kangxi = "⾏业产值"
    rules = make()
    odd = type(rules.inputs[0])(
        name="x", title="行业产值", form="number", type=rules.inputs[0].type, unit="亿元", span=rules.span
    )
    found = reading(f"地区,{kangxi}\n冠县,1\n", rules=make(inputs=(odd,)))
    assert found.value("x") == 1
    assert "data-name-folded" in found.notes


LONG_WITH_UNITS = "地区,年度,指标,数值,单位\n甲县,2018,研发经费,3,亿元\n甲县,2018,地区生产总值,5,亿元\n乙县,2018,研发经费,4,万元\n"


def test_column_of_units_headed_danwei_is_not_taken_for_the_regions(reading, open_rules) -> None:
    found = reading(LONG_WITH_UNITS, rules=open_rules)
    assert found.codes == []
    assert found.data.regions == ("甲县", "乙县")
    assert found.observation("rd", "乙县").unit == "万元"


def test_column_of_organisations_headed_danwei_is_the_regions(reading, open_rules) -> None:
    found = reading("单位,研发经费\n甲县,3\n乙县,4\n", rules=open_rules)
    assert found.data.regions == ("甲县", "乙县")
