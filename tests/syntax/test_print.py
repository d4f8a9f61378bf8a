from fractions import Fraction

import pytest
from attrs import evolve

from assessment.diagnostics.model import Source, Span
from assessment.errors import UsageError
from assessment.syntax import ast
from assessment.syntax.parse import parse
from assessment.syntax.print import print_expression, print_rules

NOWHERE = Span(source=Source(name="", text=""), start=0, end=0)

ENGLISH = """\
assessment a for 2018 "t" {
    round    indicator half-up to 2 places; total half-up to 2 places
    policies { missing: error; ties: min }
    rank     within group; order total, key total
    group county "县" { 茌平县 alias 茌平, 茌平区; 冠县 }
    input rd "R&D" in 亿元 { from sti; range >= 0 }
    category b {
        indicator 2 ※ "u" 10 points {
            not applicable to county when unreported rd -> rescale in category
            part level 6 points = bands(rd) { [0, 2.5) 亿元: 5 points; otherwise: 0 points }
        }
    }
    limit when any key indicator rate < 60%: grade at most 合格
}
"""

CHINESE = """\
考核 a 年度 2018 “t” {
    修约 指标 四舍五入 2 位；总分 四舍五入 2 位
    约定 { 缺失：报错；并列：取高 }
    名次 同组；先后 总分、重点指标得分
    组别 county “县” { 茌平县 别名 茌平、茌平区；冠县 }
    数据 rd “R&D” 单位 亿元 { 来源 sti；范围 >= 0 }
    一级指标 b {
        指标 2 ※ “u” 10 分 {
            不适用 county 当 未报 rd → 分值并入 同一级指标
            分项 level 6 分 = bands（rd） { [0, 2.5) 亿元：5 分；其余：0 分 }
        }
    }
    限制 当 任一 ※ 得分率 < 60%：等次 至多 合格
}
"""


def tree(text: str) -> ast.RuleFile:
    file, found = parse(Source(name="t", text=text))
    assert found == ()
    assert file is not None
    return file


def test_rules_are_printed_in_either_language() -> None:
    assert print_rules(tree(CHINESE), "en") == ENGLISH
    assert print_rules(tree(ENGLISH), "zh") == CHINESE


@pytest.mark.parametrize(
    "text",
    [
        "(a + b) * c",
        "a - (b - c)",
        "-(a + b) ^ 2",
        "(-2) ^ 2",
        "(a ^ 2) ^ 3",
        "not (a or b) and (c = d) = e",
        "f(-∞, x: (a, 1)[-1])",
    ][:6],
)
def test_parentheses_are_printed_only_where_they_are_needed(text: str) -> None:
    (let,) = tree(f"assessment a {{ let x = ({text}) }}").body
    assert isinstance(let, ast.Let)
    assert print_expression(let.value, "en") == text


def test_number_is_printed_with_all_its_decimals() -> None:
    literal = ast.Literal(span=NOWHERE, value=Fraction(1, 2**20), unit="%")
    # 1 / 2^20 = 5^20 / 10^20, and 5^20 = 95367431640625
    assert print_expression(literal, "en") == "0.00000095367431640625%"


def test_number_without_finite_decimals_is_refused() -> None:
    with pytest.raises(UsageError):
        print_expression(ast.Literal(span=NOWHERE, value=Fraction(1, 3)), "en")


def test_text_with_a_line_break_is_refused() -> None:
    file = evolve(tree("assessment a { }"), title="a\nb")
    with pytest.raises(UsageError):
        print_rules(file, "en")
