"""What neighbouring statements look like beside each other."""

from assessment.diagnostics.model import Source
from assessment.syntax.formatting.rules import formatted


def in_order(*statements: str) -> list[str]:
    """The lines between the braces of a file."""
    text, _ = formatted(Source(name="made", text="assessment a {\n" + "\n".join(statements) + "\n}"))
    assert text is not None
    return text.splitlines()[1:-1]


def test_titles_units_and_braces_stand_in_columns_however_wide_their_characters_are() -> None:
    assert in_order(
        'input rd "R&D" in 亿元 { range >= 0 }',
        'input 常住人口 "Inhabitants" in 万人',
        "input x in 家 { lag 1 }",
    ) == [
        '    input rd       "R&D"         in 亿元 { range >= 0 }',
        '    input 常住人口 "Inhabitants" in 万人',
        "    input x                      in 家   { lag 1 }",
    ]


def test_units_of_points_stand_below_each_other() -> None:
    assert in_order("part a 4.5 points = x", "part bc 10 points = y") == [
        "    part a   4.5 points = x",
        "    part bc 10 points   = y",
    ]


def test_years_of_targets_stand_in_columns_where_they_are_the_same() -> None:
    assert in_order(
        "targets city a { 2019: 2.3%; 2022: 2.5% }", "targets city bb { 2019: 120 家; 2022: 1 家 }"
    ) == [
        "    targets city a  { 2019: 2.3%;   2022: 2.5% }",
        "    targets city bb { 2019: 120 家; 2022: 1 家 }",
    ]
    assert in_order("targets city a { 2019: 2.3% }", "targets city bb { 2022: 2.5% }") == [
        "    targets city a  { 2019: 2.3% }",
        "    targets city bb { 2022: 2.5% }",
    ]


def test_a_blank_line_ends_a_table_and_a_comment_does_not() -> None:
    assert in_order("let a = 1", "// note", "let bcd = 2", "", "let efghi = 3") == [
        "    let a   = 1",
        "    // note",
        "    let bcd = 2",
        "",
        "    let efghi = 3",
    ]


def test_a_line_that_is_too_long_leaves_the_columns_and_the_others_stay() -> None:
    long = "x" * 130
    assert in_order('department a "A"', f'department b{long} "B"', 'department cc "C"') == [
        '    department a  "A"',
        f'    department b{long} "B"',
        '    department cc "C"',
    ]


def test_settings_have_one_column_for_their_keywords() -> None:
    assert in_order("total 10 points", "round none", "compare rounded", 'assume "x"') == [
        "    total   10 points",
        "    round   none",
        "    compare rounded",
        '    assume "x"',
    ]
