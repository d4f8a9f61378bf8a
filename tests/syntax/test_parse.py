from fractions import Fraction
from pathlib import Path

import pytest

from assessment.diagnostics.codes import Severity
from assessment.diagnostics.model import Diagnostic, Source, Span
from assessment.syntax import ast
from assessment.syntax.parse import parse
from assessment.syntax.print import print_expression

DATA = Path(__file__).parent / "data"
RULES = Path(__file__).parents[2] / "rules"


def read(text: str) -> tuple[ast.RuleFile | None, tuple[Diagnostic, ...]]:
    return parse(Source(name="test.assess", text=text))


def body(text: str) -> tuple[ast.Statement, ...]:
    file, found = read(f"assessment a for 2018 {{ {text} }}")
    assert found == ()
    assert file is not None
    return file.body


def expression(text: str) -> ast.Expr:
    (let,) = body(f"let x = {text}")
    assert isinstance(let, ast.Let)
    return let.value


def findings(text: str) -> list[tuple[str, int, str]]:
    """Code, line and marked text of each finding."""
    _, found = read(text)
    return [(d.code, d.span.line, d.span.text) for d in found if isinstance(d.span, Span)]


def span() -> Span:
    return Span(source=Source(name="", text=""), start=0, end=0)


def number(value: str, unit: str | None = None) -> ast.Literal:
    return ast.Literal(span=span(), value=Fraction(value), unit=unit)


# ── what is read ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_rules_in_english_and_chinese_give_one_tree() -> None:
    english, found = read((DATA / "everything-en.assess").read_text(encoding="utf-8"))
    assert found == ()
    chinese, found = read((DATA / "everything-zh.assess").read_text(encoding="utf-8"))
    assert found == ()
    assert english == chinese


@pytest.mark.parametrize("path", sorted(RULES.glob("*/*.assess")), ids=lambda path: path.stem)
def test_shipped_rules_are_grammatical(path: Path) -> None:
    file, found = read(path.read_text(encoding="utf-8"))
    assert found == ()
    assert file is not None


def test_language_of_a_file_is_that_of_its_first_word() -> None:
    english, _ = read("assessment a { 总分 100 分 }")
    chinese, _ = read("考核 a { total 100 points }")
    assert english is not None
    assert chinese is not None
    assert (english.language, chinese.language) == ("en", "zh")
    assert english == chinese


def test_unit_is_part_of_its_number_and_a_spaced_slash_divides() -> None:
    assert expression("12亿元 / gdp") == ast.Product(
        span=span(),
        factors=(
            ast.Factor(span=span(), op="*", value=number("12", "亿元")),
            ast.Factor(span=span(), op="/", value=ast.Name(span=span(), name="gdp")),
        ),
    )
    assert expression("6 件/万人") == number("6", "件/万人")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2.3%", "2.3", "%"),
        ("２．３％", "2.3", "%"),
        ("5‰", "5", "‰"),
        ("0.2 百分点", "0.2", "pp"),
        ("0.2 个百分点", "0.2", "pp"),
        ("0.2 percentage points", "0.2", "pp"),
        ("8分", "8", "points"),
        ("1 point", "1", "points"),
        ("-5", "-5", None),
        ("1.50", "1.5", None),
    ],
)
def test_number_keeps_its_written_value_and_its_unit(text: str, value: str, unit: str | None) -> None:
    assert expression(text) == number(value, unit)


@pytest.mark.parametrize(
    ("text", "grouped"),
    [
        ("a - b - c", "(a - b) - c"),
        ("a / b * c", "(a / b) * c"),
        ("a + b * c", "a + (b * c)"),
        ("-a ^ 2", "-(a ^ 2)"),
        ("not a = b and c", "(not (a = b)) and c"),
        ("a or b and c", "a or (b and c)"),
        ("a[-1] ^ 2", "(a[-1]) ^ 2"),
        ("unreported a and b", "(unreported a) and b"),
    ],
)
def test_operators_bind_as_usual(text: str, grouped: str) -> None:
    one, other = expression(text), expression(grouped)
    # Sums and products of any length are one node, so grouping them from the left is another tree of equal meaning.
    if "(a - b)" in grouped or "(a / b)" in grouped:
        assert len(one.terms if isinstance(one, ast.Sum) else one.factors) == 3  # type: ignore[union-attr]
    else:
        assert one == other


def test_parentheses_make_a_node_of_their_own() -> None:
    assert expression("(a + b) + c") != expression("a + b + c")
    assert print_expression(expression("(a + b) + c"), "en") == "(a + b) + c"


def test_keyword_is_a_name_where_only_a_name_can_stand() -> None:
    (part,) = body("part level 6 points = 等级(目标: 2, 范围: 同组)")
    assert isinstance(part, ast.Part)
    assert part.name == "level"
    (score,) = part.body
    assert isinstance(score, ast.Score)
    assert isinstance(score.value, ast.Call)
    assert score.value.name == "等级"
    assert [argument.name for argument in score.value.arguments] == ["目标", "范围"]


def test_keyword_needs_an_end() -> None:
    # `总分100分` is three words; `总分值` is a name.
    (total, let) = body("总分100分 定义 x = 总分值")
    assert total == ast.Total(span=span(), points=number("100", "points"))
    assert isinstance(let, ast.Let)
    assert let.value == ast.Name(span=span(), name="总分值")


def test_a_file_on_one_line_is_the_same_file() -> None:
    text = (DATA / "everything-zh.assess").read_text(encoding="utf-8")
    without_comment = text[text.index("考核") :]
    one_line, found = read(without_comment.replace("\n", " "))
    assert found == ()
    assert one_line == read(text)[0]


def test_quoted_text_is_not_folded() -> None:
    (assume,) = body("assume “１２％，Ａ「b」“放管服”（c）”")
    assert assume == ast.Assume(span=span(), text="１２％，Ａ「b」“放管服”（c）")


def test_escapes_stand_in_straight_quotation_marks() -> None:
    (assume,) = body(r'assume "a \"b\" \\ c"')
    assert assume == ast.Assume(span=span(), text=r'a "b" \ c')


def test_comments_are_kept_beside_the_tree() -> None:
    file, _ = read('// first\nassessment a { // second\n total none assume "// no" }')
    assert file is not None
    assert [(comment.text, comment.span.line) for comment in file.comments] == [("first", 1), ("second", 2)]


def test_unit_behind_a_range_belongs_to_both_ends() -> None:
    (let,) = body("let x = f { 2.5（含）至 6（不含） 件/万人：5 分 }")
    (same,) = body("let x = f { [2.5 件/万人, 6 件/万人): 5 points }")
    assert let == same


def test_alias_belongs_to_the_name_before_it() -> None:
    (group,) = body("group g { a, b alias c, d; e }")
    assert isinstance(group, ast.Group)
    assert [(member.name, member.aliases) for member in group.members] == [
        ("a", ()),
        ("b", ("c", "d")),
        ("e", ()),
    ]


def test_every_node_knows_its_place() -> None:
    text = "assessment a {\n    indicator 2 ※ “t” 10 points = f(x, y: 3 %)\n}"
    file, _ = read(text)
    assert file is not None
    (indicator,) = file.body
    assert isinstance(indicator, ast.Indicator)
    assert indicator.span.text == "indicator 2 ※ “t” 10 points = f(x, y: 3 %)"
    assert indicator.name_span.text == "2"
    assert indicator.size is not None
    assert indicator.size.span.text == "10 points"
    (score,) = indicator.body
    assert isinstance(score, ast.Score)
    assert isinstance(score.value, ast.Call)
    assert score.value.arguments[1].span.text == "y: 3 %"
    assert (score.value.span.line, score.value.span.column) == (2, 35)


def test_long_sums_are_one_flat_node() -> None:
    value = expression(" + ".join(["a"] * 10_000))
    assert isinstance(value, ast.Sum)
    assert len(value.terms) == 10_000


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────────────────────────

SEVEN = """\
assessment a for 2018 "t" {
    total 100
    compare == rounded
    input rd "R&D" in 亿元 { from sti range >= 0 }
    let x = rd / in %
    indicater 2 ※ "t" 10 points {
        part level 6 points = attain(x, target: 2.3 percent point)
        part growth 4 points = attain(x, target 2 %)
    }
    category b "u {
        indicator 3* "v" 10 points = f(x)
    }
    if x > 3 { y = 4 }
    grade a otherwise
}
"""


def test_each_mistake_has_one_finding_at_its_place() -> None:
    assert findings(SEVEN) == [
        ("syntax-error", 2, "100"),  # no unit
        ("syntax-error", 3, "=="),
        ("syntax-error", 4, "sti"),  # no `;`
        ("syntax-error", 5, "%"),  # no value behind `/`, where `in` is read as a name
        ("unknown-word", 6, "indicater"),
        ("syntax-error", 7, "percent point"),
        ("syntax-error", 8, "target"),  # no `:`
        ("unclosed-string", 10, '"u'),
        ("wrong-key-mark", 11, "*"),
        ("unknown-word", 13, "if"),
    ]


def test_each_mistake_in_chinese_has_one_finding_at_its_place() -> None:
    text = """\
考核 a 年度 2018 “t” {
    总分 100
    数据 rd “R&D” 单位 亿元 { 来源 sti 范围 >= 0 }
    一级标指 b “u” {
        指标 3＊ “v” 10 分 = f（x）
        分项 y 4 分 = f（x，目标：2 百分比）
    }
    修约 指标 四舍伍入 2 位；总分 四舍五入 2 位
    如果 x > 3 { y = 4 }
    等次 a 其他
}
"""
    assert findings(text) == [
        ("syntax-error", 2, "100"),
        ("syntax-error", 3, "sti"),
        ("unknown-word", 4, "一级标指"),
        ("wrong-key-mark", 5, "＊"),
        ("syntax-error", 6, "百分比"),
        ("unknown-word", 8, "四舍伍入"),
        ("unknown-word", 9, "如果"),
        ("unknown-word", 10, "其他"),
    ]


def test_good_statements_are_kept_beside_bad_ones() -> None:
    file, found = read("assessment a {\n total 100 points\n blah 3 { x }\n let y = 2\n}")
    assert [d.code for d in found] == ["unknown-word"]
    assert file is not None
    assert [type(statement) for statement in file.body] == [ast.Total, ast.Let]


def test_statement_cut_short_does_not_hide_the_next() -> None:
    text = "assessment a {\n let x = 3 +\n let y = (2\n compare rounded\n}"
    assert findings(text) == [("syntax-error", 2, "+"), ("syntax-error", 3, "2")]


def test_unclosed_block_is_reported_where_it_opens() -> None:
    text = """\
assessment a {
    category b "t" {
        indicator 1 "u" 10 points {
            by sti
        indicator 2 "v" 10 points {
            by sti
        }
    }
    grade c otherwise
}
"""
    _, found = read(text)
    (only,) = found
    assert only.code == "unclosed-brace"
    assert isinstance(only.span, Span)
    assert (only.span.line, only.span.column) == (3, 35)
    assert isinstance(only.labels[1].place, Span)
    assert only.labels[1].place.line == 5


def test_surplus_brace_is_reported_where_it_stands() -> None:
    text = """\
assessment a {
    category b "t" {
        indicator 1 "u" 10 points { by sti }
        }
    }
    grade c otherwise
}
"""
    assert findings(text) == [("unclosed-brace", 4, "}")]


def test_block_that_never_opens_is_reported_once() -> None:
    text = """\
assessment a {
    category b "t" {
        indicator 1 "u" 10 points
            by sti
        }
    }
    grade c otherwise
}
"""
    assert findings(text) == [("syntax-error", 3, "points")]


def test_header_with_a_mistake_does_not_hide_the_body() -> None:
    assert findings("assessment for 2018 {\n total 100\n}") == [
        ("syntax-error", 1, "2018"),
        ("syntax-error", 2, "100"),
    ]


def test_text_that_is_no_rule_file_has_one_finding() -> None:
    assert findings("Dear colleagues,\nplease find attached { } the plan.") == [("syntax-error", 1, "Dear")]


def test_key_mark_of_another_kind_is_named() -> None:
    for mark in "*＊✳⅛":
        assert findings(f'assessment a {{ indicator 2 {mark} "t" 1 points {{ }} }}') == [
            ("wrong-key-mark", 1, mark)
        ]


def test_invisible_characters_are_refused_even_in_texts() -> None:
    text = 'assessment a {\n assume "x\u202ey"\n let ab\u200bc = 1\n}'
    file, found = read(text)
    assert [(d.code, d.span.line, d.span.column) for d in found if isinstance(d.span, Span)] == [
        ("bidi-character", 2, 11),
        ("bidi-character", 3, 8),
    ]
    assert file is not None
    let = file.body[1]
    assert isinstance(let, ast.Let)
    assert let.name == "abc"
    assert let.span.text == "let ab\u200bc = 1"


def test_name_in_compatibility_characters_is_read_with_a_warning() -> None:
    # U+2F8F is a radical that looks like 行 (U+884C).
    file, found = read("assessment a { let \u2f8f业 = 1 }")
    assert [(d.code, d.severity) for d in found] == [("name-not-normalised", Severity.WARNING)]
    assert file is not None
    assert isinstance(file.body[0], ast.Let)
    assert file.body[0].name == "行业"


def test_unknown_unit_is_named_with_the_nearest_one() -> None:
    _, (found,) = read("assessment a { input x in 平方公理 }")
    assert found.code == "unknown-unit"
    assert found.help is not None
    assert "平方公里" in found.help.en


@pytest.mark.parametrize("exponent", ["1001", "99999999999999999999"])
def test_exponent_is_bounded(exponent: str) -> None:
    assert findings(f"assessment a {{ let x = 10 ^ {exponent} }}") == [("number-too-large", 1, exponent)]


def test_continuation_without_its_statement_is_reported() -> None:
    assert findings("assessment a {\n total none; indicator half-up to 2 places\n}") == [
        ("syntax-error", 2, "indicator half-up to 2 places")
    ]


def test_result_that_says_a_thing_twice_is_reported() -> None:
    assert findings("assessment a { result r on 0 to 1, unranked, ranked on full }") == [
        ("duplicate-statement", 1, "ranked on full")
    ]


def test_findings_are_in_source_order() -> None:
    _, found = read(SEVEN)
    starts = [d.span.start for d in found if isinstance(d.span, Span)]
    assert starts == sorted(starts)
    assert len(starts) == len(found)


def test_number_of_findings_is_bounded() -> None:
    _, found = read("assessment a {\n" + "total 100\n" * 5_000 + "}")
    assert len(found) == 101
    assert "rest of the file" in found[-1].message


def test_open_table_in_an_open_call_at_the_end_of_the_file_is_told_in_good_time() -> None:
    assert findings("assessment a { category b = f(x{ from: 1, to: 2") != []
