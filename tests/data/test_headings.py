import pytest

from assessment.data.headings import read_heading, year_in
from assessment.data.names import names_of


@pytest.fixture(scope="module")
def parsed(rules):
    names, _ = names_of(rules, {})

    def call(text):
        found = read_heading(text, names)
        return found.input.name if found.input else None, found.year, found.unit

    return call


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rd", ("rd", None, None)),
        ("研发经费", ("rd", None, None)),
        ("R＆D 经费", ("rd", None, None)),
        ("研发经费（万元）", ("rd", None, "万元")),
        ("R&D经费(亿元)", ("rd", None, "亿元")),
        ("研发经费[万元]", ("rd", None, "万元")),
        ("研发经费\n（单位：万元）", ("rd", None, "单位:万元")),
        ("2018年研发经费", ("rd", 2018, None)),
        ("2018年研发经费（万元）", ("rd", 2018, "万元")),
        ("研发经费（2018年，万元）", ("rd", 2018, "万元")),
        ("rd_2017", ("rd", 2017, None)),
        ("rd 2017", ("rd", 2017, None)),
        ("rd2017", ("rd", 2017, None)),
        ("2017 rd", ("rd", 2017, None)),
        ("研发经费（万元）2017", ("rd", 2017, "万元")),
        ("上年研发经费", ("rd", -1, None)),
        ("R_D", ("rd", None, None)),
        ("研发 支出", (None, None, None)),
    ],
)
def test_heading_is_taken_apart(parsed, text, expected) -> None:
    assert parsed(text) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("地区", "region"),
        ("县（市、区）", "region"),
        ("Region", "region"),
        ("年份", "period"),
        ("指标", "indicator"),
        ("Value", "value"),
        ("计量单位", "unit"),
        ("备注", "aside"),
        ("", "blank"),
        ("其他", "unknown"),
    ],
)
def test_role_of_a_heading(rules, text, role) -> None:
    names, _ = names_of(rules, {})
    assert read_heading(text, names).role == role


def test_whole_text_of_a_heading_is_tried_before_its_parts(make) -> None:
    rules = make()
    odd = type(rules.inputs[0])(
        name="x",
        title="经费（2018年）",
        form="number",
        type=rules.inputs[0].type,
        unit="亿元",
        span=rules.span,
    )
    names, _ = names_of(make(inputs=(odd,)), {})
    assert read_heading("经费（2018年）", names).year is None


@pytest.mark.parametrize(
    ("text", "year"),
    [("2018", 2018), ("2018年数据", 2018), ("2016-2018", None), ("Sheet1", None), ("12018", None)],
)
def test_year_in_a_name(text, year) -> None:
    assert year_in(text) == year
