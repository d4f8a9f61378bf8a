"""HTML for notebooks: complete, folded, escaped, without script, and never endless."""

from html.parser import HTMLParser

import pytest
from attrs import evolve

from assessment.report import html
from assessment.report.html import MOST_ROWS, breakdown_html, result_html, rules_html
from assessment.result import Result
from assessment.ruleset import RuleSet

EVIL = "<script>alert('x')</script>"
VOID = {"br"}


class Reader(HTMLParser):
    """Collects tags and text, and checks that every tag is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.text: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def pages(liaocheng: Result, liaocheng_rules: RuleSet) -> list[str]:
    return [
        result_html(liaocheng, "zh"),
        breakdown_html(liaocheng["莘县"].breakdown, "zh"),
        rules_html(liaocheng_rules.checked, "zh"),
    ]


def test_pages_are_well_formed_and_run_nothing(pages: list[str]) -> None:
    for page in pages:
        found = Reader(page)
        assert "script" not in found.tags
        assert found.attributes in ({"class"}, {"class", "open"})


def test_result_shows_ranking_and_labels(pages: list[str]) -> None:
    text = " ".join(Reader(pages[0]).text)
    assert "96.38" in text
    assert "illustrative, invented" in text


def test_breakdown_folds_every_indicator(pages: list[str]) -> None:
    assert Reader(pages[1]).tags.count("details") >= 13


def test_rules_show_all_indicators_with_mark_points_and_clause(pages: list[str]) -> None:
    text = " ".join(Reader(pages[2]).text)
    assert all(
        word in text
        for word in ("2 ※", "全社会R&D经费支出占GDP比重及增幅", "10 分", "附件2 第 2 项", "市科技局")
    )


def test_style_sets_no_colour_of_text_or_page(pages: list[str]) -> None:
    assert all("background:none" in page and "color:inherit" in page and "#fff" not in page for page in pages)


def test_every_text_is_escaped(hostile: Result) -> None:
    page = result_html(hostile, "en") + breakdown_html(next(iter(hostile)).breakdown, "en")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_long_tables_are_cut_with_a_word_about_it(liaocheng: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_ROWS", 3)
    page = result_html(liaocheng, "zh")
    assert "另有 7 行" in page
    assert MOST_ROWS == 200


def test_index_shows_weights_in_place_of_points(liaocheng_rules: RuleSet) -> None:
    checked = liaocheng_rules.checked
    page = rules_html(evolve(checked, scale=evolve(checked.scale, points=None)), "en")
    assert '<th class="n">Weight</th>' in page


def test_objects_show_themselves_in_a_notebook(liaocheng: Result, liaocheng_rules: RuleSet) -> None:
    for one in (liaocheng_rules, liaocheng, liaocheng["莘县"]):
        assert one._repr_html_().startswith('<div class="assessment">')
