import pytest


@pytest.fixture
def needs():
    """Everything of 2018 that a table of two columns can have, for counties only."""

    def required(group):
        return {("rd", 2018), ("gdp", 2018)} if group == "county" else set()

    return required


FULL = "东昌府区,1,2\n茌平,1,2\n冠县,1,2\n"


def test_nothing_is_missing_where_all_is_there(reading, needs) -> None:
    assert reading(f"地区,rd,gdp\n{FULL}", required=needs).codes == []


def test_without_requirements_nothing_is_missing(reading) -> None:
    assert reading("地区,rd\n冠县,—\n").codes == []


@pytest.mark.parametrize("text", ["", "—", "未报"])
def test_required_value_that_is_not_reported_is_an_error_at_its_cell(reading, needs, text) -> None:
    found = reading(f"地区,rd,gdp\n东昌府区,1,2\n茌平,{text},2\n冠县,1,2\n", required=needs)
    assert found.codes == ["data-missing"]
    assert found.places == ["row 3, column rd"]


@pytest.mark.parametrize("text", ["不适用", "保密", "待发布"])
def test_value_absent_in_another_way_is_not_missing(reading, needs, text) -> None:
    found = reading(f"地区,rd,gdp\n东昌府区,1,2\n茌平,{text},2\n冠县,1,2\n", required=needs)
    assert found.codes == []


def test_required_column_is_missed_once(reading, needs) -> None:
    found = reading("地区,rd\n东昌府区,1\n茌平,1\n冠县,1\n", required=needs)
    assert found.codes == ["data-missing-column"]
    assert "地区生产总值" in found.errors[0].message


def test_required_year_is_missed_once(reading) -> None:
    found = reading(
        f"地区,rd,gdp\n{FULL}", required=lambda group: {("rd", 2017)} if group == "county" else ()
    )
    assert found.codes == ["data-missing-period"]
    assert found.errors[0].message == "the data hold nothing of 2017, which the rules need"
    assert found.errors[0].help.en.startswith("they hold 2018:")


def test_region_without_a_row_of_a_year_is_missed_once(reading) -> None:
    both = {(name, year) for name in ("rd", "gdp") for year in (2017, 2018)}
    table = "地区,年份,rd,gdp\n冠县,2017,1,2\n茌平,2017,1,2\n东昌府区,2017,1,2\n冠县,2018,1,2\n东昌府区,2018,1,2\n"
    found = reading(table, required=lambda group: both if group == "county" else ())
    assert [one.message for one in found.errors] == ["the data have no row for `茌平县` in 2018"]


def test_second_row_of_one_region_leaves_one_finding_for_the_region_it_was_meant_for(reading) -> None:
    both = {(name, year) for name in ("rd", "gdp") for year in (2017, 2018)}
    table = "地区,年份,rd,gdp\n冠县,2017,1,2\n茌平,2017,1,2\n东昌府区,2017,1,2\n冠县,2018,1,2\n冠县,2018,3,4\n东昌府区,2018,1,2\n"
    found = reading(table, required=lambda group: both if group == "county" else ())
    assert found.codes == ["data-duplicate-region", "data-missing-region"]


def test_row_with_an_unknown_name_does_not_make_the_values_of_its_year_missing_too(reading) -> None:
    both = {(name, year) for name in ("rd", "gdp") for year in (2017, 2018)}
    table = "地区,年份,rd,gdp\n冠县,2017,1,2\n茌平,2017,1,2\n东昌府区,2017,1,2\n冠县,2018,1,2\n茌平市,2018,3,4\n东昌府区,2018,1,2\n"
    found = reading(table, required=lambda group: both if group == "county" else ())
    assert found.codes == ["data-unknown-region"]


def test_missing_columns_come_in_the_order_of_the_rules(reading) -> None:
    needs = {("share", 2018), ("gdp", 2018), ("people", 2018)}
    found = reading(
        "地区,rd\n东昌府区,1\n茌平,1\n冠县,1\n", required=lambda group: needs if group == "county" else ()
    )
    titles = [one.message.split("`")[1] for one in found.errors]
    assert titles == ["地区生产总值", "常住人口", "高新占比"]


def test_value_that_a_mapping_does_not_mention_is_missing_at_the_row(reading, needs) -> None:
    source = {"东昌府区": {"rd": 1, "gdp": 2}, "茌平": {"rd": 1, "gdp": 2}, "冠县": {"rd": 1}}
    found = reading(source, required=needs)
    assert found.codes == ["data-missing"]
    assert found.errors[0].span.row == 3


def test_region_without_a_row_is_an_error_where_something_is_required_of_it(reading, needs) -> None:
    found = reading("地区,rd,gdp\n东昌府区,1,2\n冠县,1,2\n", required=needs)
    assert found.codes == ["data-missing-region"]
    assert "茌平县" in found.errors[0].message
    assert found.notes == ["data-region-left-out"]  # 高新区, of which nothing is required


def test_value_that_could_not_be_read_is_not_missing_too(reading, needs) -> None:
    found = reading("地区,rd,gdp\n东昌府区,x,2\n茌平,1,2\n冠县,1,2\n", required=needs)
    assert found.codes == ["data-not-a-number"]


def test_column_that_could_not_be_read_is_not_missing_too(reading, needs) -> None:
    for heads in ("rd（吨）,gdp", "研发经贵,gdp", "rd（亿园）,gdp"):
        assert len(reading(f"地区,{heads}\n{FULL}", required=needs).codes) == 1


def test_region_with_an_unknown_name_is_not_missing_too(reading, needs) -> None:
    for name in ("茌平区", "无此地"):
        found = reading(f"地区,rd,gdp\n东昌府区,1,2\n{name},1,2\n冠县,1,2\n", required=needs)
        assert found.codes == ["data-unknown-region"]


def test_region_without_a_year_is_not_missing_too(reading, needs) -> None:
    table = "地区,年份,rd,gdp\n东昌府区,2018,1,2\n茌平,去年,1,2\n冠县,2018,1,2\n"
    assert reading(table, required=needs).codes == ["data-unknown-period"]


def test_other_value_of_a_region_with_a_mistake_is_still_missing(reading, needs) -> None:
    found = reading("地区,rd,gdp\n东昌府区,x,—\n茌平,1,2\n冠县,1,2\n", required=needs)
    assert found.codes == ["data-not-a-number", "data-missing"]
