"""The view model: which columns a ranking has, and what is said of those outside it."""

import pytest

import assessment
from assessment.diagnostics.bilingual import Lang
from assessment.report.view import View, view

RULES = """assessment t.u for 2018 "U" {
    authority "doc"
    total 10 points
    round total half-up to 1 place
    compare full
    RANKING
    policies { missing: not computed; ties: mean }
    group county "C" { A; B }
    group city "City" reference { X }
    input a "A" in years { range >= 0 }
    category x "X" { indicator 1 "one" 10 points { score = meets(a, target: 3 years) } }
}"""


def shown(ranking: str) -> View:
    rules = assessment.load(RULES.replace("RANKING", ranking))
    data = assessment.read_data({"A": {"a": "3"}, "B": {}, "X": {"a": "3"}}, rules)
    return view(rules.evaluate(data), "en")


@pytest.mark.parametrize(
    ("ranking", "columns"),
    [
        ("unranked", ["Group", "Region", "Total", "Remark"]),
        ("rank within group", ["Group", "Rank", "Region", "Total", "Remark"]),
    ],
)
def test_ranking_has_the_columns_that_the_rules_fill(ranking: str, columns: list[str]) -> None:
    assert [column.title for column in shown(ranking).ranking.columns] == columns


def test_region_without_a_total_says_why_and_has_no_rank() -> None:
    (row,) = [row for row in shown("rank within group").ranking.rows if row[2].text == "B"]
    assert [cell.text for cell in row] == ["C", "—", "B", "not reported", ""]


def test_reference_region_is_scored_and_said_to_be_outside_the_ranks() -> None:
    (row,) = [row for row in shown("rank within group").ranking.rows if row[2].text == "X"]
    assert [cell.text for cell in row] == ["City", "—", "X", "10.0", "reference, not ranked"]


def test_figure_is_both_text_and_decimal_with_its_places() -> None:
    cell = shown("unranked").ranking.rows[0][2]
    assert (cell.text, cell.decimal, cell.places) == ("10.0", "10.0", 1)


TIED = """assessment t.t for 2018 "T" {
    authority "doc"
    total 10 points
    round indicator half-up to 1 place; total half-up to 1 place
    compare rounded
    rank within all; order total, key total, indicator 1
    policies { missing: not computed; ties: min }
    input a "A" in years { range >= 0 }
    input b "B" in years { range >= 0 }
    category x "X" {
        indicator 1 "one" 5 points { score = attain(a, target: 5 years) }
        indicator 2 ※ "two" 5 points { score = attain(b, target: 5 years) }
    }
}"""


@pytest.mark.parametrize(
    ("lang", "remark"),
    [
        ("en", "total equal to that of B, placed behind it by Key ※ subtotal"),
        ("zh", "总分与B相同，按重点指标得分列其后"),
    ],
)
def test_region_behind_another_of_an_equal_total_says_by_what(lang: Lang, remark: str) -> None:
    rules = assessment.load(TIED)
    figures = {"A": ("3", "2"), "B": ("2", "3"), "C": ("1", "1"), "D": ("1", "1")}
    data = assessment.read_data({name: {"a": a, "b": b} for name, (a, b) in figures.items()}, rules)
    rows = view(rules.evaluate(data), lang).ranking.rows
    found = {row[1].text: (row[0].text, row[-1].text) for row in rows}
    # C and D share a place: there is nothing to say.
    assert found == {"B": ("1", ""), "A": ("2", remark), "C": ("3", ""), "D": ("3", "")}
