"""The view model: which columns a ranking has, and what is said of those outside it."""

import pytest

import assessment
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
