"""Several results of one file: the Human Development Index beside an inequality-adjusted variant on invented inputs.

The working of every figure is shown; data are illustrative, invented.
"""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import assessment
from assessment.errors import DataError, UsageError

RULES = (Path(__file__).parent / "data" / "hdi-two-results.assess").read_text(encoding="utf-8")

# A: health (72 - 20) / 65 = 4/5, knowledge 9/18 = 1/2; mean 13/20 = 0.650.
#    adjusted: (65 - 20) / 65 = 9/13, 9 × 0.8 / 18 = 2/5; mean 71/130 = 0.546...
# B: (80 - 20) / 65 = 12/13, 15/18 = 5/6; mean 137/156 = 0.878...
#    adjusted: 58/65, 15 × 0.95 / 18 = 19/24; mean (58/65 + 19/24) / 2 = 2627/3120 = 0.841...
# C: 40/65 = 8/13, 4/18 = 2/9; mean 49/117 = 0.418...; no adjusted figures.
DATA = {
    2021: {
        "A": {"le": 72, "le_adj": 65, "school": 9, "loss": "20%"},
        "B": {"le": 80, "le_adj": 78, "school": 15, "loss": "5%"},
        "C": {"le": 60, "school": 4, "loss": "5%"},
    }
}


@pytest.fixture(scope="module")
def result():
    rules = assessment.load(RULES)
    return rules.evaluate(assessment.read_data(DATA, rules))


def test_results_are_those_of_the_file_with_that_of_the_tree_first(result):
    assert list(result["A"].results) == ["hdi", "ihdi", "gap", "lost"]
    assert [one.title for one in result["A"].results.values()][:2] == [
        "Human Development Index",
        "Adjusted index",
    ]


@pytest.mark.parametrize(
    ("region", "name", "exact", "value"),
    [
        ("A", "hdi", Fraction(13, 20), "0.650"),
        ("A", "ihdi", Fraction(71, 130), "0.546"),
        ("A", "gap", Fraction(13, 20) - Fraction(71, 130), "0.104"),  # 0.10385
        ("A", "lost", 1 - Fraction(71, 130) / Fraction(13, 20), "15.98"),  # 15.976… %
        ("B", "hdi", Fraction(137, 156), "0.878"),
        ("B", "ihdi", Fraction(2627, 3120), "0.842"),
        ("B", "gap", Fraction(137, 156) - Fraction(2627, 3120), "0.036"),  # 0.03622
    ],
)
def test_values_are_exact_and_published_with_the_places_of_the_result(result, region, name, exact, value):
    one = result[region].results[name]
    assert one.exact == exact
    assert str(one.value) == value


def test_a_result_is_absent_where_what_it_is_made_of_is(result):
    assert [result["C"].results[name].value for name in ("hdi", "ihdi", "gap")] == [
        Decimal("0.419"),
        None,
        None,
    ]
    assert result["C"].results["gap"].status.value == "not reported"


def test_each_result_has_places_of_its_own(result):
    assert [one.results["hdi"].rank for one in result] == [2, 1, 3]
    assert [one.results["ihdi"].rank for one in result] == [2, 1, None]
    # The smallest gap comes first.
    assert [one.results["gap"].rank for one in result] == [2, 1, None]
    assert [one.results["lost"].rank for one in result] == [None] * 3


def test_ranking_by_a_result_puts_those_without_a_place_last(result):
    assert [one.region for one in result.ranking(result="gap")] == ["B", "A", "C"]
    assert [one.region for one in result.ranking(result="hdi")] == ["B", "A", "C"]


def test_a_result_that_there_is_not_is_refused_with_the_nearest_name(result):
    with pytest.raises(UsageError, match="did you mean `ihdi`"):
        result.ranking(result="ihd")


def test_the_tree_taken_again_has_lines_of_its_own_and_names_what_was_put_in(result):
    lines = result["A"].results["ihdi"].lines
    assert list(lines) == ["total", "category health", "category education"]
    assert lines["category education"].exact.value == Fraction(2, 5)
    text = result["A"].results["ihdi"].explain("en")
    assert "Life expectancy (replaced) = Life expectancy, adjusted = 65 years" in text
    assert "Life expectancy (72 years)" not in text


def test_a_result_made_from_scores_says_which(result):
    text = result["A"].results["gap"].explain("en")
    assert "Gap = total - Adjusted index = 0.65 - ≈0.546154 ≈ 0.103846" in text
    (step, rounding) = result["A"].lines["result gap"].steps
    assert [one.step for one in step.ingredients] == ["total", "result ihdi"]
    assert rounding.kind == "rounding"


def test_whole_explanation_tells_every_result(result):
    text = result["A"].explain("en")
    assert "Adjusted index: 0.546, place 2 of 2" in text
    assert "Lost: " in text


def test_chinese_words_give_the_same_results(result):
    from assessment.diagnostics.model import Source
    from assessment.syntax.parse import parse
    from assessment.syntax.print import print_rules

    file, _ = parse(Source(name="x", text=RULES))
    chinese = assessment.load(print_rules(file, "zh"))
    again = chinese.evaluate(assessment.read_data(DATA, chinese))
    for one in result:
        for name, wanted in one.results.items():
            assert again[one.region].results[name].exact == wanted.exact
            assert again[one.region].results[name].rank == wanted.rank


def test_tables_and_frames_hold_every_result(result):
    from assessment.report.csv_table import csv_text
    from assessment.report.view import view

    head, first, *_ = csv_text(view(result, "en")).splitlines()
    assert head.startswith("Rank,Region,Result,Adjusted index,Adjusted index: rank,Gap,Gap: rank,Lost (%)")
    assert first.startswith("1,B,0.878,0.842,1,0.036,1,4.12")
    pandas = pytest.importorskip("pandas")
    frame = result.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["result ihdi"]) == [Decimal("0.546"), Decimal("0.842"), None]


def test_json_of_a_result_follows_the_schema(result):
    import json

    from jsonschema import Draft202012Validator

    from assessment.audit.json import schema_text

    found = result.to_json()
    Draft202012Validator(json.loads(schema_text())).validate(found)
    further = found["regions"][1]["results"]
    assert [(one["name"], one["published"]) for one in further] == [
        ("ihdi", "0.546"),
        ("gap", "0.104"),
        ("lost", "15.98"),
    ]


SMALL = """assessment t.small for 2018 "S" {{
    authority "none"
    total 10 points
    round none
    policies {{ missing: {missing}; undefined: zero; ties: min }}
    rank within all
    input a in number {{ range 0 to 10 }}
    input b in number {{ range 0 to 10 }}
    let twice = a * 2
    {results}
    category x "X" {{
        indicator 1 "One" 6 points = a * 0.6 points
        indicator 2 "Two" 4 points = smaller(4 points, indicator 1 rate * 4 points + twice * 0 points)
    }}
}}"""


def small(results, data, missing="zero"):
    rules = assessment.load(SMALL.format(results=results, missing=missing))
    return rules.evaluate(assessment.read_data(data, rules))


def test_scores_and_measures_inside_a_tree_taken_again_are_those_of_that_tree():
    result = small(
        "result again = total with { a: b }, published full, unranked", {2018: {"R": {"a": 10, "b": 5}}}
    )
    one = result["R"].results["again"]
    # With b in the place of a: indicator 1 is 3 of 6, and indicator 2 reads the rate 1/2 of it.
    assert {path: line.exact.value for path, line in one.lines.items()} == {
        "total": 5,
        "category x": 5,
        "indicator 1": 3,
        "indicator 2": 2,
    }
    assert result["R"].exact == 10


def test_a_measure_can_be_put_in_the_place_of_a_measure():
    results = "result again = total with { a: smaller(b, a) }, published half-up to 0 places, unranked"
    result = small(results, {2018: {"R": {"a": 10, "b": "2.5"}}})
    # 2.5 × 0.6 = 1.5, and a quarter of 4: 2.5, rounded to 3.
    assert (result["R"].results["again"].exact, str(result["R"].results["again"].value)) == (
        Fraction(5, 2),
        "3",
    )


def test_an_input_that_only_another_result_reads_is_asked_for_too():
    rules = assessment.load(
        SMALL.format(
            results="result more = total + b * 1 point unbounded, published full, unranked", missing="error"
        )
    )
    with pytest.raises(DataError) as raised:
        rules.evaluate(assessment.read_data({2018: {"R": {"a": 1}}}, rules))
    assert [found.code for found in raised.value.diagnostics] == ["data-missing"]


def test_a_value_outside_its_scale_is_an_error_with_value_and_scale():
    rules = assessment.load(
        SMALL.format(
            results="result half = total / 2 on 0 to 4 points, published full, unranked", missing="zero"
        )
    )
    # 10 / 2 = 5 is outside; 8 / 2 = 4 is on the end and stays.
    data = assessment.read_data({2018: {"P": {"a": 10}, "Q": {"a": 8}}}, rules)
    with pytest.raises(DataError) as raised:
        rules.evaluate(data)
    (found,) = raised.value.diagnostics
    assert found.code == "result-outside-scale"
    assert "`P` is 5 points" in found.message


def test_order_and_ties_of_a_result_are_its_own():
    data = {
        2018: {"P": {"a": 5, "b": 1}, "Q": {"a": 5, "b": 2}, "S": {"a": 5, "b": 2}, "T": {"a": 1, "b": 0}}
    }
    results = """result flat = total unbounded, published full, ranked on full within all lowest first, ties: max
        result broken = total unbounded, published full, ranked on full, ties: dense; order result broken, place(b, within: all, better: lower)"""
    result = small(results, data)
    # Lowest first: 1 point, then three with 5 points, who take the worst of the places 2, 3, 4.
    assert [one.results["flat"].rank for one in result] == [4, 4, 4, 1]
    # Highest first; a place by b, lowest better, is 2 for P and 3 for Q and S, and the higher number comes first.
    assert [one.results["broken"].rank for one in result] == [2, 1, 1, 3]
    assert [one.rank for one in result] == [1, 1, 1, 4]
