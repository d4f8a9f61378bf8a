"""The shipped rules of the Human Development Index give the published values, ranks and bands of 2021.

Data and published results: UNDP, Human Development Report 2021/22, offered under CC BY 3.0 IGO.
"""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

import assessment
from assessment.result import Result

ROOT = Path(__file__).parents[1]
CSV = ROOT / "examples" / "hdi-2021.csv"


@pytest.fixture(scope="module")
def published() -> dict[str, dict[str, str]]:
    with CSV.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["country"].strip(): row for row in rows}  # one name ends in a blank


@pytest.fixture(scope="module")
def result() -> Result:
    rules = assessment.load(ROOT / "rules" / "undp" / "hdi-2021.assess")
    return rules.evaluate(assessment.read_data(CSV, rules))


def test_all_countries_are_there(result: Result, published: dict[str, dict[str, str]]) -> None:
    assert len(result) == len(published) == 195


def test_191_of_191_values_equal_the_published_ones(
    result: Result, published: dict[str, dict[str, str]]
) -> None:
    wanted = {name: Decimal(row["hdi_published"]) for name, row in published.items() if row["hdi_published"]}
    assert len(wanted) == 191
    assert {name: result[name].total for name in wanted} == wanted


def test_values_have_three_decimals_as_published(
    result: Result, published: dict[str, dict[str, str]]
) -> None:
    wanted = {name: row["hdi_published"] for name, row in published.items() if row["hdi_published"]}
    assert {name: str(result[name].total) for name in wanted} == {
        name: f"{Decimal(text):.3f}" for name, text in wanted.items()
    }


def test_191_of_191_ranks_equal_the_published_ones(
    result: Result, published: dict[str, dict[str, str]]
) -> None:
    wanted = {name: int(row["rank_published"]) for name, row in published.items() if row["hdi_published"]}
    assert {name: result[name].rank for name in wanted} == wanted


def test_191_of_191_bands_equal_the_published_ones(
    result: Result, published: dict[str, dict[str, str]]
) -> None:
    wanted = {name: row["band_published"] for name, row in published.items() if row["hdi_published"]}
    assert {name: result[name].grade for name in wanted} == wanted


def test_the_four_without_a_published_index_get_none(
    result: Result, published: dict[str, dict[str, str]]
) -> None:
    without = [name for name, row in published.items() if not row["hdi_published"]]
    assert [result[name].total for name in without] == [None] * 4
    assert [result[name].rank for name in without] == [None] * 4
    assert [result[name].grade for name in without] == [None] * 4


def test_published_columns_are_named_as_skipped(result: Result) -> None:
    text = " ".join(note.message for note in result.remarks)
    for column in ("hdi_published", "rank_published", "band_published"):
        assert column in text


def test_exact_value_is_certified_bounds_around_the_published_value(result: Result) -> None:
    exact = result["Albania"].exact
    assert isinstance(exact, tuple)
    low, high = map(Decimal, exact)
    assert Decimal("0.7955") <= low < high < Decimal("0.7965")
