"""Reports in a terminal: what they say, that columns stand in line, and that no text plays tricks."""

from collections.abc import Callable

import pytest

from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.text import width
from assessment.report.table import Cell, Column, Table
from assessment.report.terminal import explanation, ranking_text, table_lines
from assessment.report.view import view
from assessment.result import Result

Golden = Callable[[str, str], None]


def test_columns_stand_in_line_by_the_width_of_their_characters() -> None:
    table = Table(
        name="t",
        title="t",
        columns=(Column(title="地区"), Column(title="总分", number=True)),
        rows=((Cell(text="东昌府区"), Cell(text="96.38")), (Cell(text="Xi"), Cell(text="6.00"))),
    )
    assert list(table_lines(table)) == [
        "地区       总分",
        "--------  -----",
        "东昌府区  96.38",
        "Xi         6.00",
    ]


def test_ranking_of_the_example(liaocheng: Result, golden: Golden) -> None:
    golden("tests/golden/report/ranking.zh.txt", ranking_text(view(liaocheng, "zh")))


def test_ranking_in_english(liaocheng: Result, golden: Golden) -> None:
    golden("tests/golden/report/ranking.en.txt", ranking_text(view(liaocheng, "en")))


@pytest.mark.parametrize(
    ("name", "region", "line", "lang"),
    [
        ("level-and-growth.zh", "东昌府区", "indicator 2", "zh"),
        ("level-and-growth.en", "东昌府区", "indicator 2", "en"),
        ("undefined.zh", "莘县", "indicator 9", "zh"),
        ("not-applicable.zh", "高新区", "indicator 4", "zh"),
        ("whole.zh", "茌平县", None, "zh"),
    ],
)
def test_explanation_reads_like_a_calculation(
    name: str, region: str, line: str | None, lang: Lang, liaocheng: Result, golden: Golden
) -> None:
    text = explanation(liaocheng[region].breakdown, lang, line=line)
    golden(f"tests/golden/report/explain-{name}.txt", text)


def test_no_line_of_an_explanation_is_much_wider_than_a_page(liaocheng: Result) -> None:
    for region in liaocheng:
        lines = explanation(region.breakdown, "zh").splitlines()
        assert max(map(width, lines)) <= 104


def test_labels_of_the_data_stand_on_top(liaocheng: Result) -> None:
    for text in (ranking_text(view(liaocheng, "zh")), explanation(liaocheng["莘县"].breakdown, "zh")):
        assert "虚构 / illustrative, invented" in text.splitlines()[1]


def test_control_and_direction_characters_are_shown_not_sent(hostile: Result) -> None:
    text = ranking_text(view(hostile, "en"))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "a<U+202E>b<U+001B>[31m" in text


def test_sums_of_an_explanation_are_the_published_figures(liaocheng: Result) -> None:
    text = explanation(liaocheng["莘县"].breakdown, "zh")
    assert "修约尾差" in text
    assert "-0.01" in text
