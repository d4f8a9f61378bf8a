"""A call as written, in the words and punctuation of either language."""

import pytest

from assessment.audit.calls import call_in


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("attain(x, target: 5 亿元)", "达标（x，目标：5 亿元）"),
        ("mean(growth(x), within: all)", "均值（增速（x），范围：全部）"),
        ("minmax(gdp, within: group, better: lower)", "极差（gdp，范围：同组，方向：越低越好）"),
        # A name that is also a word of choice elsewhere is a name where no choice stands.
        ("attain(all, target: all)", "达标（all，目标：all）"),
        # Methods of the file, texts and rows of tables are the author's own.
        ('both(x, target: 2%, at: "A, B")', 'both（x，target：2%，at："A, B"）'),
    ],
)
def test_call_is_said_in_either_language(en, zh):
    assert call_in(en, "zh") == zh
    assert call_in(en, "en") == en
    assert call_in(zh.replace("（", "(").replace("）", ")").replace("，", ",").replace("：", ":"), "en") == en


def test_rows_of_a_table_stay_as_they_are_written():
    assert call_in("bands(x) { [0, 5): 1 points; otherwise: 0 points }", "zh") == (
        "分档（x） { [0, 5): 1 points; otherwise: 0 points }"
    )


def test_brackets_that_never_close_do_no_harm():
    assert call_in("attain(x, target: ", "zh") == "达标（x，目标："
    assert call_in("x) * (", "zh") == "x） * （"
