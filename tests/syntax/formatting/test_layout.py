"""Where statements, brackets, braces and comments stand."""

import pytest

from assessment.diagnostics.model import Source
from assessment.rewrite import in_order
from assessment.syntax.formatting.languages import FormatLang


def ordered(text: str, lang: FormatLang = "keep") -> str:
    found, _ = in_order(Source(name="made", text=text), lang)
    assert found is not None
    return found


COMMENTED = """\
// head

考核 x for 2018 “标题” { // after brace


  // own 1
  policies { 缺失：报错; ties: min // tie
   ; // odd
   // own in policies
   all equal: full }  // after policies
  let a = b // operand
     + c // second
  input rd in 亿元 { from sti; // source
    // range
    range >= 0; // last
    // really last
  }
  indicator 1 5 points { score = f(x, // x
     // y next
     y: 2 // y
     ) { // rows
       // first
       >= 1: 1 points; // one
       otherwise: 0 points // none
       // end of rows
     } // after rows

     // end of body
  }

  // end of file body
}
// after 1

// after 2"""

IN_ORDER = """\
// head

考核 x for 2018 “标题” {  // after brace
    // own 1
    policies {
        缺失:      报错;
        ties:      min;  // tie
        // odd
        // own in policies
        all equal: full
    }  // after policies
    let a = b  // operand
        + c  // second
    input rd in 亿元 {
        from sti;  // source
        // range
        range >= 0  // last
        // really last
    }
    indicator 1 5 points {
        score = f(
            x,  // x
            // y next
            y: 2  // y
        ) {  // rows
            // first
            >= 1:      1 point;  // one
            otherwise: 0 points  // none
            // end of rows
        }  // after rows

        // end of body
    }

    // end of file body
}
// after 1

// after 2
"""


def test_comments_stay_where_they_are() -> None:
    assert ordered(COMMENTED) == IN_ORDER


def test_a_long_call_stands_on_a_line_of_its_own_or_one_argument_on_a_line() -> None:
    x, y = "x" * 50, "y" * 50
    assert ordered(f"assessment a {{ let z = f({x}, b: {y}, c: 1) }}") == (
        f"assessment a {{\n    let z = f(\n        {x}, b: {y}, c: 1\n    )\n}}\n"
    )
    assert ordered(f"assessment a {{ let z = f({x}, b: {y}, c: {y}) }}") == (
        f"assessment a {{\n    let z = f(\n        {x},\n        b: {y},\n        c: {y}\n    )\n}}\n"
    )


def test_a_table_of_more_than_four_rows_stands_row_by_row() -> None:
    rows = [f">= {9 - n}: {n} points" for n in range(2, 7)]
    four, five = ("; ".join(rows[:count]) for count in (4, 5))
    assert ordered(f"assessment a {{ score = f(x) {{ {four} }} }}").splitlines()[1] == (
        f"    score = f(x) {{ {four} }}"
    )
    assert ordered(f"assessment a {{ score = f(x) {{ {five} }} }}").splitlines()[1:7] == [
        "    score = f(x) {",
        *(f"        {row};" for row in rows[:4]),
        f"        {rows[4]}",
    ]


def test_members_share_lines() -> None:
    names = [f"member_{n:02}" for n in range(20)]
    lines = ordered(f"assessment a {{ group g {{ {'; '.join(names)} }} }}").splitlines()
    assert len(lines) == 6
    assert all(len(line) <= 120 for line in lines)


def test_long_conditions_are_broken_before_their_words() -> None:
    parts = [f"{letter * 40} > 1" for letter in "xyz"]
    assert ordered(f"assessment a {{ limit when {' and '.join(parts)}: grade at most b }}").splitlines()[
        1:-1
    ] == [
        f"    limit when {parts[0]}",
        f"        and {parts[1]}",
        f"        and {parts[2]}: grade at most b",
    ]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("round total half-up to 1 place", "修约 总分 四舍五入 1 位"),
        ("round total half-up to 2 places", "修约 总分 四舍五入 2 位"),
        ("rank within group; order total, key total", "名次 同组；先后 总分、重点指标得分"),
        ("rank none", "不排名"),
        ('cite "a" item 3.1', "出处 “a” 第 3.1 项"),
        ("limit when x: grade at most b", "限制 当 x：等次 至多 b"),
        ("bonuses up to 5 points", "加分合计 至多 5 分"),
        ("not applicable to a, b -> rescale in category", "不适用 a、b → 分值并入 同一级指标"),
        ("policies { not applicable: rescale in category }", "约定 { 不适用：本级分摊 }"),
        ("let x = any key indicator rate < 60%", "定义 x = 任一 ※ 得分率 < 60%"),
        (
            "score = bands(x) { 1 (incl) to 2 (excl) 家: 1 point }",
            "计分 = 分档（x） { 1（含）至 2（不含）家：1 分 }",
        ),
        ("score = efficacy(x, base: 60%, within: all)", "计分 = 功效系数（x，底分：60%，范围：全部）"),
        ('assume "a “b” \\"c\\""', '假定 “a “b” "c"”'),
        ("in force from 2018 to 2020", "施行 自 2018 至 2020"),
        ("change indicator 2 points from 10 points to 12 points", "修改 指标 2 分值 由 10 分 为 12 分"),
        ('allow band-gap "a"', "准许 band-gap “a”"),
        ("input x in 家 { missing counts as 0 家 }", "数据 x 单位 家 { 缺失 视为 0 家 }"),
        ("input x in 家 { not reported counts as 0 家 }", "数据 x 单位 家 { 未报 视为 0 家 }"),
        (
            "limit when at least 2 of key indicator rate < 60%: grade at most b",
            "限制 当 至少 2 项 ※ 得分率 < 60%：等次 至多 b",
        ),
        ("renumber indicator 9 to 8", "改号 指标 9 为 8"),
        (
            "add indicator 3 { } in category b after indicator 2",
            "增加 指标 3 { } 列入 一级指标 b 后于 指标 2",
        ),
        (
            "grade a >= 9 points, at most 30% within group (half-up)",
            "等次 a >= 9 分，至多 同组 30%（四舍五入）",
        ),
    ],
)
def test_a_statement_reads_as_its_language_has_it(english: str, chinese: str) -> None:
    def line(statement: str, lang: FormatLang) -> str:
        first, shown, last = ordered(f"assessment a {{ {statement} }}", lang).splitlines()
        assert (first.split()[0], last) == ("考核" if lang == "zh" else "assessment", "}")
        return shown.strip()

    assert line(english, "zh") == chinese
    assert line(chinese, "en") == english
    assert line(chinese, "zh") == chinese
    assert line(english, "en") == english


def test_author_words_stay_and_punctuation_follows_the_statement_where_no_language_is_asked_for() -> None:
    assert ordered("考核 a { 总分 10 points; let x = f（a，b：1） ; 定义 y = f(a, b: 1 个百分点)}") == (
        "考核 a {\n    总分 10 points\n    let x  = f(a, b: 1)\n    定义 y = f（a，b：1 个百分点）\n}\n"
    )


def test_blank_lines_are_kept_as_one() -> None:
    assert ordered("assessment a {\n\n\n total 1 points\n\n\n\n round none\n\n}\n\n") == (
        "assessment a {\n    total 1 point\n\n    round none\n}\n"
    )
