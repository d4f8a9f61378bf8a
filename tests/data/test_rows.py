from fractions import Fraction

import pytest

HEAD = "地区,研发经费,gdp\n"


@pytest.mark.parametrize("total", ["合计", "总计", "全市", "平 均", "Total", "average"])
def test_total_is_named_as_skipped(reading, total) -> None:
    found = reading(f"{HEAD}冠县,1,2\n{total},9,9\n")
    assert found.data.regions == ("冠县",)
    assert found.notes.count("data-skipped-row") == 1


def test_total_that_is_a_region_of_the_rules_is_read(reading, city_rules) -> None:
    found = reading(f"{HEAD}冠县,1,2\n全市,9,9\n", rules=city_rules)
    assert found.value(region="聊城市") == 9


@pytest.mark.parametrize(
    "note", ["注：快报数", "资料来源：市统计局", "备注", "# x", "填报人：张三", "Note: provisional"]
)
def test_footnote_is_named_as_skipped(reading, note) -> None:
    found = reading(f"{HEAD}冠县,1,2\n{note},,\n")
    assert found.codes == []
    assert found.notes.count("data-skipped-row") == 1


def test_title_of_a_group_is_named_as_skipped(reading) -> None:
    found = reading(
        f"{HEAD}县（市、区）,,\n冠县,1,2\n市属开发区,,\n高新区,3,4\n".replace(
            "县（市、区）", '"县（市、区）"'
        )
    )
    assert found.data.regions == ("冠县", "高新区")
    assert found.notes.count("data-skipped-row") == 2


def test_headings_again_are_skipped(reading) -> None:
    found = reading(f"{HEAD}冠县,1,2\n{HEAD}高新区,3,4\n")
    assert found.data.regions == ("冠县", "高新区")


def test_alias_is_read_under_the_name_of_the_rules(reading) -> None:
    assert reading(f"{HEAD}茌平,1,2\n").data.regions == ("茌平县",)


def test_alias_may_be_given_by_argument(reading) -> None:
    assert reading(f"{HEAD}东昌府,1,2\n", regions={"东昌府": "东昌府区"}).data.regions == ("东昌府区",)


def test_alias_for_an_unknown_region_is_an_error(reading) -> None:
    assert reading(f"{HEAD}冠县,1,2\n", regions={"东昌府": "东昌府县"}).codes == ["data-unknown-region"]


def test_unknown_region_gets_the_nearest_as_help(reading) -> None:
    found = reading(f"{HEAD}茌平区,1,x\n")
    assert found.codes == ["data-unknown-region"]
    assert found.places == ["row 2, column 地区"]
    assert found.errors[0].help.en == "did you mean `茌平县`?"


def test_row_without_a_region_is_an_error(reading) -> None:
    assert reading(f"{HEAD}冠县,1,2\n,3,4\n").codes == ["data-unknown-region"]


def test_region_given_twice_is_an_error_with_both_places(reading) -> None:
    found = reading(f"{HEAD}茌平县,1,2\n冠县,1,2\n茌平,3,4\n")
    assert found.codes == ["data-duplicate-region"]
    assert [one.place.row for one in found.errors[0].labels] == [4, 2]


def test_groups_of_the_regions_go_with_the_data(reading) -> None:
    found = reading(f"{HEAD}高新区,1,2\n冠县,1,2\n")
    assert found.data.group_by_region == {"高新区": "zone", "冠县": "county"}


def test_regions_keep_the_order_of_the_data(reading) -> None:
    assert reading(f"{HEAD}高新区,1,2\n冠县,1,2\n茌平,3,4\n").data.regions == ("高新区", "冠县", "茌平县")


def test_rules_without_groups_take_any_region(reading, open_rules) -> None:
    found = reading("country,rd\n甲国,1\n乙国,2\n", rules=open_rules)
    assert found.data.group_by_region == {"甲国": None, "乙国": None}


def test_two_regions_of_one_name_are_an_error_without_groups_too(reading, open_rules) -> None:
    assert reading("country,rd\n甲国,1\n 甲 国,2\n", rules=open_rules).codes == ["data-duplicate-region"]


def test_table_without_data_rows_is_an_error(reading) -> None:
    assert reading(HEAD).codes == ["data-empty"]


# Periods ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["2017", "2017年", "2017年度", "２０１７", "2017-12-31"])
def test_year_of_a_row(reading, year) -> None:
    assert reading(f"地区,年份,rd\n冠县,{year},1\n").value(period=2017) == 1


@pytest.mark.parametrize("year", ["", "去年", "20177", "2017-06"])
def test_row_without_a_year_is_an_error_at_its_cell(reading, year) -> None:
    found = reading(f"地区,年份,rd\n冠县,{year},1\n")
    assert found.codes == ["data-unknown-period"]
    assert found.places == ["row 2, column 年份"]


def test_region_may_have_a_row_for_each_year(reading) -> None:
    found = reading("地区,年份,rd\n冠县,2017,1\n冠县,2018,2\n")
    assert found.data.periods == (2017, 2018)
    assert found.codes == []


def test_rows_of_years_that_are_not_asked_for_are_named_as_skipped(reading) -> None:
    found = reading("地区,年份,rd\n冠县,2017,1\n冠县,2018,2\n", periods=(2018,))
    assert found.data.periods == (2018,)
    assert "data-skipped-row" in found.notes


def test_nothing_says_of_which_year_the_values_are(reading, rules) -> None:
    from attrs import evolve

    assert reading("地区,rd,gdp\n冠县,1,2\n", rules=evolve(rules, year=None)).codes == ["data-no-period"]


# Long tables -----------------------------------------------------------------------------------------------

LONG = "地区,年份,指标,数值,单位\n"


def test_long_table_is_read(reading) -> None:
    found = reading(
        f"{LONG}冠县,2018,研发经费,12000,万元\n冠县,2017,rd,1,\n冠县,2018,地区生产总值（万元）,5000,\n"
    )
    assert found.value() == Fraction(6, 5)
    assert found.value(period=2017) == 1
    assert found.value("gdp") == Fraction(1, 2)


def test_long_table_may_hold_the_year_in_the_indicator(reading) -> None:
    assert reading("地区,指标,数值\n冠县,2017年研发经费,1\n").value(period=2017) == 1


def test_long_rows_of_ratings_and_events_are_joined(reading) -> None:
    rows = "冠县,2018,panel,90,\n冠县,2018,panel,80,\n冠县,2018,awards,省级,\n冠县,2018,awards,国家级,\n"
    found = reading(LONG + rows)
    assert found.value("panel") == (90, 80)
    assert found.value("awards") == (1, 0)


def test_value_given_twice_in_a_long_table_is_an_error_with_both_places(reading) -> None:
    found = reading(f"{LONG}冠县,2018,rd,1,\n冠县,2018,rd,1,\n")
    assert found.codes == ["data-duplicate-cell"]
    assert [one.place.row for one in found.errors[0].labels] == [3, 2]


def test_unknown_indicator_near_an_input_is_one_error(reading) -> None:
    found = reading(f"{LONG}冠县,2018,研发经贵,1,\n茌平,2018,研发经贵,1,\n冠县,2018,gdp,1,\n")
    assert found.codes == ["data-unknown-column"]


def test_unknown_indicator_is_named_as_skipped(reading) -> None:
    found = reading(f"{LONG}冠县,2018,森林覆盖率,1,\n冠县,2018,gdp,1,\n")
    assert found.value("gdp") == 1
    assert "data-skipped-row" in found.notes


def test_unit_of_a_long_row_that_does_not_fit_is_an_error_at_its_cell(reading) -> None:
    found = reading(f"{LONG}冠县,2018,rd,1,家\n茌平,2018,rd,1,亿园\n")
    assert found.codes == ["data-unit-mismatch", "data-unknown-unit"]
    assert found.places == ["row 2, column 单位", "row 3, column 单位"]


# Ratings in several columns --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heads", ["专家评分1,专家评分2", "panel_1,panel_2", "专家评分,专家评分", "专家评分（1）,专家评分（2）"]
)
def test_ratings_in_several_columns_are_joined(reading, heads) -> None:
    assert reading(f"地区,{heads}\n冠县,90,80\n").value("panel") == (90, 80)


def test_ratings_follow_the_numbers_of_their_columns(reading) -> None:
    assert reading("地区,panel_2,panel_1\n冠县,80,90\n").value("panel") == (90, 80)


def test_bad_rating_in_one_column_is_one_error(reading) -> None:
    found = reading("地区,专家评分1,专家评分2\n冠县,90,x\n")
    assert found.places == ["row 2, column 专家评分2"]
