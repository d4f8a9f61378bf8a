from fractions import Fraction

import pytest

from assessment.core.absence import Absence

# Numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.5", Fraction(25, 2)),
        ("1,234.5", Fraction(2469, 2)),
        ("-3", None),
        (" 7 ", Fraction(7)),
        ("１２．５", Fraction(25, 2)),
        ("１，２３４", Fraction(1234)),
        ("1e2", Fraction(100)),
        ("+5", Fraction(5)),
        ("0.1", Fraction(1, 10)),
    ],
)
def test_decimal_text_becomes_the_rational_it_writes(cell, text, value) -> None:
    found = cell("rd", text)
    assert found.codes == ["data-out-of-range"] if value is None else found.value() == value


def test_fold_of_full_width_digits_is_remarked(cell) -> None:
    assert [one.en for one in cell("rd", "１２").observation().remarks] == ["full-width characters folded"]


@pytest.mark.parametrize(
    "text", ["abc", "1 2", "12abc", "1,23", "12①", "NaN", "inf", "٣", "1_000", "½", "1/2"]
)
def test_other_text_is_not_a_number(cell, text) -> None:
    assert cell("rd", text).codes == ["data-not-a-number"]


def test_nothing_is_ambiguous_for_a_number(cell) -> None:
    found = cell("rd", "无")
    assert found.codes == ["data-not-a-number"]
    assert "`0`" in found.errors[0].help.en


@pytest.mark.parametrize("text", ["1e100000000", "9" * 61, "1" * 5000, "1" * 40_000])
def test_huge_number_is_refused_at_once(cell, text) -> None:
    assert cell("rd", text).codes == ["data-not-a-number"]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "@x", "=HYPERLINK(1)", "-2+3+cmd|' /C calc'!A0", "\tx"])
def test_text_that_looks_like_a_formula_is_refused(cell, text) -> None:
    assert cell("rd", text).codes == ["data-looks-like-formula"]


@pytest.mark.parametrize("text", ["#DIV/0!", "#N/A", "#REF!"])
def test_error_value_in_text_is_refused(cell, text) -> None:
    assert cell("rd", text).codes == ["data-error-cell"]


# Absences --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "absence"),
    [
        (text, Absence.NOT_REPORTED)
        for text in ("", " ", "—", "——", "-", "–", "…", "...", "/", "无数据", "未报", "缺")
    ]
    + [(text, Absence.NOT_APPLICABLE) for text in ("不适用", "N/A", "n/a", " 不 适用")]
    + [(text, Absence.WITHHELD) for text in ("保密", "withheld")]
    + [(text, Absence.NOT_YET_AVAILABLE) for text in ("待发布", "尚未公布")],
)
@pytest.mark.parametrize("name", ["rd", "plan", "grade", "panel", "awards"])
def test_words_for_absences_are_told_apart(reading, name, text, absence) -> None:
    assert reading(f"region,{name},gdp\n冠县,{text},1\n").value(name) is absence


def test_zero_is_a_value(cell) -> None:
    assert cell("rd", "0").value() == 0


@pytest.mark.parametrize("text", ["-9999", "-9999.0", "－9999"])
def test_declared_code_is_an_absence_however_it_is_written(cell, text) -> None:
    assert cell("patents", text).value("patents") is Absence.NOT_REPORTED


def test_declared_code_wins_over_the_general_rule(cell) -> None:
    assert cell("patents", "无").value("patents") is Absence.NOT_APPLICABLE


def test_declared_code_is_recognised_in_a_float(reading) -> None:
    found = reading({"冠县": {"patents": -9999.0}})
    assert found.value("patents") is Absence.NOT_REPORTED


# Ranges and counts -----------------------------------------------------------------------------------------


def test_value_out_of_range_names_the_range(cell) -> None:
    found = cell("share", "120%")
    assert found.codes == ["data-out-of-range"]
    assert found.errors[0].message == "120% is outside the range of `share`, 0% to 100%"


def test_open_end_is_outside_the_range(cell) -> None:
    assert cell("gdp", "0").codes == ["data-out-of-range"]


def test_end_of_the_range_is_inside(cell) -> None:
    assert cell("share", "100%").value("share") == 1


def test_count_is_whole(cell) -> None:
    assert cell("firms", "1.5").codes == ["data-not-a-count"]


def test_count_in_ten_thousands_may_have_decimals(cell) -> None:
    assert cell("firms", "1.2万家").value("firms") == 12000


# Units in the cell -----------------------------------------------------------------------------------------


def test_unit_in_the_cell_is_converted(cell) -> None:
    found = cell("rd", "12,000 万元").observation()
    assert found.value == Fraction(6, 5)
    assert found.unit == "万元"
    assert [one.en for one in found.remarks] == ["converted: 12000 万元 = 1.2 亿元"]


def test_unit_in_the_cell_counts_before_that_of_the_heading(cell) -> None:
    assert cell("rd", "1.2亿元", "rd（万元）").value() == Fraction(6, 5)


def test_unit_of_something_else_is_refused(cell) -> None:
    assert cell("rd", "12家").codes == ["data-unit-mismatch"]


# Percent ---------------------------------------------------------------------------------------------------


def test_percent_sign_is_read(cell) -> None:
    assert cell("share", "2.3%").value("share") == Fraction(23, 1000)


def test_full_width_percent_sign_is_read(cell) -> None:
    assert cell("share", "２．３％").value("share") == Fraction(23, 1000)


def test_bare_number_of_a_share_is_in_percent(cell) -> None:
    assert cell("share", "2.3").value("share") == Fraction(23, 1000)


def test_bare_numbers_that_may_all_be_ratios_are_ambiguous(cell) -> None:
    found = cell("share", "0.023")
    assert found.codes == ["data-percent-ambiguous"]
    assert "0.023%" in found.errors[0].message
    assert "2.3%" in found.errors[0].message


def test_whole_column_decides_whether_bare_numbers_are_ambiguous(reading) -> None:
    found = reading("region,share\n冠县,0.5\n茌平,30\n")
    assert found.value("share") == Fraction(1, 200)


def test_ambiguous_column_is_reported_once(reading) -> None:
    assert reading("region,share\n冠县,0.5\n茌平,0.3\n").codes == ["data-percent-ambiguous"]


def test_heading_with_a_percent_sign_settles_the_reading(cell) -> None:
    assert cell("share", "0.5", "share（%）").value("share") == Fraction(1, 200)


def test_unit_argument_settles_the_reading_either_way(cell) -> None:
    assert cell("share", "0.5", units={"share": "%"}).value("share") == Fraction(1, 200)
    assert cell("share", "0.5", units={"share": "1"}).value("share") == Fraction(1, 2)


def test_reading_outside_the_range_is_not_plausible(cell) -> None:
    # 0.5 as a ratio is 50 %, but -0.1 is out of range either way, so only percent is left to report on.
    assert cell("share", "-0.1").codes == ["data-out-of-range"]


def test_percentage_points_are_never_ambiguous(cell) -> None:
    assert cell("rise", "0.2").value("rise") == Fraction(2, 1000)


def test_percent_is_refused_for_percentage_points(cell) -> None:
    assert cell("rise", "0.2%").codes == ["data-unit-mismatch"]


def test_percentage_points_are_refused_for_a_share(cell) -> None:
    assert cell("share", "2.3个百分点").codes == ["data-unit-mismatch"]


def test_percentage_points_in_words_are_read(cell) -> None:
    assert cell("rise", "0.2 个百分点").value("rise") == Fraction(2, 1000)


def test_percent_is_refused_for_a_quantity(cell) -> None:
    assert cell("rd", "5%").codes == ["data-unit-mismatch"]


# Words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["是", "有", "yes", "TRUE", "1", "√"])
def test_yes(cell, text) -> None:
    assert cell("plan", text).value("plan") is True


@pytest.mark.parametrize("text", ["否", "无", "No", "false", "0", "×"])
def test_no(cell, text) -> None:
    assert cell("plan", text).value("plan") is False


def test_other_word_is_neither_yes_nor_no(cell) -> None:
    assert cell("plan", "大概").codes == ["data-not-yes-or-no"]


def test_level_is_kept_by_its_place_the_best_first(cell) -> None:
    assert cell("grade", "较好").value("grade") == 1


def test_unknown_level_gets_the_nearest_as_help(cell) -> None:
    found = cell("grade", "较 好 些")
    assert found.codes == ["data-unknown-level"]
    assert "好, 较好, 一般" in found.errors[0].help.en


# Rows ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["92; 88; 95", "92；88；95", "92、88、95", "92, 88, 95", "92|88|95"])
def test_ratings_in_one_cell(cell, text) -> None:
    assert cell("panel", text).value("panel") == (92, 88, 95)


def test_rater_without_a_value_is_left_out_and_remarked(cell) -> None:
    found = cell("panel", "92; —; 95").observation("panel")
    assert found.value == (92, 95)
    assert found.remarks[0].en == "raters without a value: 1"


def test_rating_out_of_range_is_reported(cell) -> None:
    assert cell("panel", "92; 101").codes == ["data-out-of-range"]


@pytest.mark.parametrize(
    "text",
    ["国家级; 省级; 省级", "国家级；省级×2", "国家级 1; 省级 2", "国家级*1、省级2项", "省级x2; 国家级"],
)
def test_events_are_levels_with_counts(cell, text) -> None:
    assert sorted(cell("awards", text).value("awards")) == [0, 1, 1]


@pytest.mark.parametrize("text", ["无", "0", "没有"])
def test_no_events_are_an_empty_list(cell, text) -> None:
    assert cell("awards", text).value("awards") == ()


def test_event_of_an_unknown_level_is_reported(cell) -> None:
    assert cell("awards", "国家级; 市级").codes == ["data-unknown-level"]


@pytest.mark.parametrize("text", ["国家级×9999", "国家级;" * 1001])
def test_events_are_bounded(cell, text) -> None:
    assert cell("awards", text).codes == ["data-too-large"]
