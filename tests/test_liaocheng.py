"""The shipped rule set says what the published document says, and scores the example to the last digit.

The expected figures come from two sources that know nothing of the library: a transcription of the document
(`tests/data/liaocheng-2018-facts.json`) and `examples/by_hand.py`, which works the sheet in plain fractions.
The data are illustrative, invented.
"""

import importlib.util
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import assessment
from assessment.core.absence import Absence
from assessment.diagnostics.model import Severity
from assessment.result import Result
from assessment.ruleset import RuleSet
from assessment.semantics.canonical import canonical
from assessment.syntax.parse import parse
from assessment.syntax.source import read_source

ROOT = Path(__file__).parents[1]
RULES = ROOT / "rules" / "liaocheng" / "2018.assess"
ENGLISH = ROOT / "rules" / "liaocheng" / "2018.en.assess"
CSV = ROOT / "examples" / "liaocheng-2018.csv"
WORKBOOK = ROOT / "examples" / "liaocheng-2018.xlsx"
FACTS: dict[str, Any] = json.loads(
    (ROOT / "tests" / "data" / "liaocheng-2018-facts.json").read_text(encoding="utf-8")
)
YEARS = (2017, 2018)


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return assessment.load(RULES)


@pytest.fixture(scope="module")
def by_hand() -> ModuleType:
    spec = importlib.util.spec_from_file_location("by_hand", ROOT / "examples" / "by_hand.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def results(rules: RuleSet) -> dict[int, Result]:
    return {
        year: rules.evaluate(assessment.read_data(CSV, rules, period=year), period=year) for year in YEARS
    }


@pytest.fixture(scope="module")
def expected(by_hand: ModuleType) -> dict[int, dict[str, Any]]:
    sheet = by_hand.read(CSV)
    return {year: by_hand.score(sheet, year) for year in YEARS}


# What the document says ------------------------------------------------------------------------------------


@pytest.mark.parametrize("fact", FACTS["indicators"], ids=lambda fact: f"indicator {fact['number']}")
def test_indicator_has_the_title_points_mark_and_departments_of_the_document(
    rules: RuleSet, fact: dict[str, Any]
) -> None:
    found = {one.number: one for one in rules.indicators}[str(fact["number"])]
    assert (found.title, found.points, found.key, list(found.departments)) == (
        fact["title"],
        fact["points"],
        fact["key"],
        fact["departments"],
    )


def test_indicators_are_the_thirteen_of_the_document_in_order(rules: RuleSet) -> None:
    assert [one.number for one in rules.indicators] == [str(fact["number"]) for fact in FACTS["indicators"]]


def test_every_indicator_cites_its_row_of_annex_2(rules: RuleSet) -> None:
    for one in rules.indicators:
        assert one.clause is not None
        assert "附件2" in one.clause
        assert one.number in one.clause


def test_points_add_up_to_the_hundred_of_the_document(rules: RuleSet) -> None:
    assert rules.points == sum(fact["points"] for fact in FACTS["indicators"]) == 100


def test_categories_hold_the_indicators_of_the_document(rules: RuleSet) -> None:
    found = {
        node.title: [int(child.number or 0) for child in node.children]
        for node in rules.checked.tree.children
    }
    assert found == FACTS["categories"]


def test_points_by_department_are_those_of_the_document(rules: RuleSet) -> None:
    found: dict[str, Fraction] = {}
    for one in rules.indicators:
        names = "、".join(one.departments)
        found[names] = found.get(names, Fraction(0)) + (one.points or 0)
    assert found == FACTS["points_by_department"]


def test_regions_are_the_ten_that_the_document_names(rules: RuleSet) -> None:
    found = {group.name: {member.name for member in group.members} for group in rules.groups}
    assert found == {name: set(members) for name, members in FACTS["regions"].items()}


def test_only_the_indicators_with_a_growth_condition_read_a_change_of_their_share(rules: RuleSet) -> None:
    # 附件2 writes 及增幅 on indicators 2 and 3 only. Net new firms are a part of 5 by an assumption of the file.
    growth = {fact["number"] for fact in FACTS["indicators"] if fact["growth"]}
    nodes = {node.number: node for node in rules.checked.tree.walk() if node.level == "indicator"}
    reading = {int(number) for number, node in nodes.items() if number and _has_growth_part(node)}
    assert reading == growth == {2, 3}


def _has_growth_part(node: Any) -> bool:
    return any(child.name == "增幅" for child in node.children)


def test_city_targets_are_those_of_the_document(rules: RuleSet) -> None:
    measures = {2: "研发占比", 3: "高新占比", 5: "高企数", 7: "万人专利", 8: "合同额"}
    percent = {2, 3}
    wanted = {
        (
            measures[fact["indicator"]],
            fact["year"],
            Fraction(fact["value"]) / (100 if fact["indicator"] in percent else 1),
        )
        for fact in FACTS["city_targets"]
    }
    assert {(t.measure, t.year, t.value) for t in rules.targets} == wanted


def test_city_targets_are_for_the_whole_city_only(rules: RuleSet) -> None:
    assert {target.scope for target in rules.targets} == {"city"}


def test_authority_is_the_document(rules: RuleSet) -> None:
    assert rules.checked.authority == (FACTS["document"],)


def test_every_indicator_states_what_it_assumes(rules: RuleSet) -> None:
    without = [n.path for n in rules.checked.tree.walk() if n.level == "indicator" and not n.assumptions]
    assert without == []


def test_what_is_left_out_is_listed(rules: RuleSet) -> None:
    assert rules.left_out == ("市直部门的评价、附件3 的 38 项任务台账",)


def test_english_spelling_is_the_same_tree() -> None:
    trees = []
    for path in (RULES, ENGLISH):
        source, unread = read_source(path)
        assert source is not None
        file, found = parse(source)
        assert (unread, found) == ((), ())
        assert file is not None
        trees.append(canonical(file))
    assert trees[0].language != trees[1].language
    assert _without_language(trees[0]) == _without_language(trees[1])


def _without_language(tree: Any) -> tuple[Any, ...]:
    # The language and the comments are how a file is written, not what it says.
    return (tree.name, tree.year, tree.title, tree.body)


def test_english_spelling_scores_alike(results: dict[int, Result]) -> None:
    rules = assessment.load(ENGLISH)
    found = rules.evaluate(assessment.read_data(CSV, rules))
    assert [(one.region, one.exact, one.grade) for one in found] == [
        (one.region, one.exact, one.grade) for one in results[2018]
    ]


# What the example scores -----------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_exact_totals_equal_the_sheet_worked_by_hand(
    year: int, results: dict[int, Result], expected: dict[int, dict[str, Any]]
) -> None:
    assert {one.region: one.exact for one in results[year]} == {
        region: one["exact"] for region, one in expected[year].items()
    }


@pytest.mark.parametrize("year", YEARS)
def test_published_indicator_scores_equal_the_sheet_worked_by_hand(
    year: int, results: dict[int, Result], expected: dict[int, dict[str, Any]]
) -> None:
    found = {one.region: {no: one.indicator(no).score for no in range(1, 14)} for one in results[year]}
    assert found == {region: one["published"] for region, one in expected[year].items()}


@pytest.mark.parametrize("year", YEARS)
def test_points_possible_equal_the_sheet_worked_by_hand(
    year: int, results: dict[int, Result], expected: dict[int, dict[str, Any]]
) -> None:
    found = {one.region: {no: one.indicator(no).possible for no in range(1, 14)} for one in results[year]}
    assert found == {region: one["possible"] for region, one in expected[year].items()}


@pytest.mark.parametrize("year", YEARS)
def test_totals_ranks_grades_and_key_subtotals_equal_the_sheet_worked_by_hand(
    year: int, results: dict[int, Result], expected: dict[int, dict[str, Any]]
) -> None:
    found = {one.region: (one.total, one.key_total, one.rank, one.grade) for one in results[year]}
    assert found == {
        region: (one["total"], one["key_total"], one["rank"], one["grade"])
        for region, one in expected[year].items()
    }


def test_workbook_with_a_sheet_for_each_year_scores_like_the_csv(
    rules: RuleSet, results: dict[int, Result]
) -> None:
    found = rules.evaluate(assessment.read_data(WORKBOOK, rules))
    assert [(one.region, one.exact) for one in found] == [(one.region, one.exact) for one in results[2018]]


def test_example_says_that_it_is_invented_wherever_it_goes(results: dict[int, Result]) -> None:
    text = " ".join(results[2018].labels)
    assert "示例数据，虚构" in text
    assert "illustrative, invented" in text


# The cases that the example was made to show ---------------------------------------------------------------


def test_tie_on_the_rounded_total_is_broken_by_the_key_subtotal(results: dict[int, Result]) -> None:
    # 东阿县 is ahead before rounding, 高唐县 after it: both publish 78.72, and 36.11 is more than 34.85.
    gaotang, donge = results[2018]["高唐县"], results[2018]["东阿县"]
    assert gaotang.total == donge.total == Decimal("78.72")
    assert donge.exact > gaotang.exact  # type: ignore[operator]
    assert (gaotang.key_total, donge.key_total) == (Decimal("36.11"), Decimal("34.85"))
    assert (gaotang.rank, donge.rank) == (5, 6)


def test_half_up_tie_at_the_line_of_a_grade_is_rounded_up(results: dict[int, Result]) -> None:
    # 26.6 + 6 + 8 + 6 + 8 + 5.7 + 4.8 + 8 + 7.64 + 4.5 + 4.755 = 89.995
    linqing = results[2018]["临清市"]
    assert linqing.exact == Fraction("89.995")
    assert (linqing.total, linqing.grade) == (Decimal("90.00"), "优秀")


def test_floats_would_have_published_another_total_and_another_grade(by_hand: ModuleType) -> None:
    one = by_hand.score(by_hand.read(CSV), 2018, float)["临清市"]
    assert (one["total"], one["grade"]) == (89.99, "良好")


def test_floats_would_have_published_other_indicator_scores(
    by_hand: ModuleType, results: dict[int, Result]
) -> None:
    floats = by_hand.score(by_hand.read(CSV), 2018, float)
    wrong = {
        (region, no)
        for region, one in floats.items()
        for no, score in one["published"].items()
        if score is not None and Decimal(str(score)) != results[2018][region].indicator(no).score
    }
    # 4.755, 4.675 and 5.375 are ties: half-up they are 4.76, 4.68 and 5.38.
    assert wrong == {("临清市", 13), ("阳谷县", 13), ("高唐县", 6)}


def test_exact_band_edge_earns_the_upper_band(results: dict[int, Result]) -> None:
    # 101 patents for 40.4 万人 are 2.5 件/万人, 480 for 80 are 6.
    assert results[2018]["东阿县"].indicator(7).score == 6
    assert results[2018]["临清市"].indicator(7).score == 8


def test_rise_of_exactly_a_tenth_of_a_percentage_point_earns_three_points(results: dict[int, Result]) -> None:
    # 5 / 250 = 2.0 % and 5.46 / 260 = 2.1 %: 3 of 5 points, of points possible 5 × 28 / 18.
    parts = {line.id: line for line in results[2018]["东阿县"].breakdown.root.walk()}
    (growth,) = [line for name, line in parts.items() if name.startswith("indicator 2") and "增幅" in name]
    assert growth.exact.value == Fraction(3) * 28 / 18


def test_rise_beyond_the_last_point_of_the_curve_is_capped(results: dict[int, Result]) -> None:
    # 东昌府区 rises by 0.3 percentage points and has the highest share: all of 10 × 28 / 18.
    assert results[2018]["东昌府区"].indicator(2).exact == Fraction(280, 18)


def test_not_applicable_indicator_passes_its_points_on_within_the_category(
    results: dict[int, Result],
) -> None:
    one = results[2018]["东昌府区"]
    assert one.indicator(1).score is None
    assert one.indicator(1).status is Absence.NOT_APPLICABLE
    assert one.indicator(2).possible == Fraction(10 * 28, 18)
    assert one.indicator(3).possible == Fraction(8 * 28, 18)


@pytest.mark.parametrize("zone", FACTS["regions"]["zone"])
def test_zone_without_residents_earns_the_points_of_4_and_7_elsewhere(
    zone: str, results: dict[int, Result]
) -> None:
    # 44 points on the four that are left, 10 + 8 + 6 + 6 = 30. One zone says `—`, the other 不适用.
    one = results[2018][zone]
    assert {one.indicator(4).status, one.indicator(7).status} == {Absence.NOT_APPLICABLE}
    assert one.indicator(5).possible == Fraction(10 * 44, 30)


def test_ratio_to_nothing_is_undefined_and_earns_nothing_by_the_policy(results: dict[int, Result]) -> None:
    # 莘县 has no enterprise with research of its own.
    assert results[2018]["莘县"].indicator(9).score == 0


def test_more_than_the_whole_is_capped(results: dict[int, Result]) -> None:
    # 茌平县 has 66 deducting enterprises for 60 with research: 110 %.
    assert results[2018]["茌平县"].indicator(9).score == 6


def test_ratings_all_equal_are_averaged_like_any_other(results: dict[int, Result]) -> None:
    # 阳谷县: five times 90: 2 + 2 + 4 × 0.9
    assert results[2018]["阳谷县"].indicator(11).score == Decimal("7.60")


def test_regions_with_one_amount_share_the_better_rank(results: dict[int, Result]) -> None:
    # 临清市 and 茌平县 both have 24,100 万元 behind 东昌府区: 95 % of 6 points each, the next has 85 %.
    scores = [results[2018][name].indicator(8).score for name in ("临清市", "茌平县", "阳谷县")]
    assert scores == [Decimal("5.70"), Decimal("5.70"), Decimal("5.10")]


def test_misconduct_holds_the_grade_down_and_leaves_the_points(results: dict[int, Result]) -> None:
    zone = results[2018]["开发区"]
    assert zone.total == Decimal("85.18")
    assert zone.grade == "合格"


def test_key_indicator_below_sixty_per_cent_holds_the_grade_down(results: dict[int, Result]) -> None:
    # 茌平县 has no supporting policy: 4 of 8 points on indicator 10.
    one = results[2018]["茌平县"]
    assert one.indicator(10).score == 4
    assert one.total == Decimal("91.03")
    assert one.grade == "良好"


def test_misconduct_not_reported_counts_as_none(results: dict[int, Result]) -> None:
    assert results[2018]["莘县"].grade == "不合格"


def test_a_held_down_county_takes_no_place_of_the_quota(results: dict[int, Result]) -> None:
    # 30 % of eight counties are 2.4, so two; 茌平县, second by points, is held to 良好, and 临清市 has the second place.
    assert [one.region for one in results[2018] if one.grade == "优秀"] == ["东昌府区", "临清市", "高新区"]
    shown = "".join(results[2018]["临清市"].explain("zh").split())
    assert "优秀：同组有总分的地区8个，名额2个（30%，四舍五入），在符合条件的地区中列第2名，进入名额" in shown


def test_false_figures_are_taken_off_the_total_up_to_ten_points(rules: RuleSet) -> None:
    heading, *rest = CSV.read_text(encoding="utf-8-sig").split("年度,县（市、区）", maxsplit=1)[1].split("\n")
    false = {"东昌府区": "1", "临清市": "5", "莘县": "6"}
    head = f"年度,县（市、区）{heading.rstrip()},核实为弄虚作假的数据项数（项）"
    rows = [f"{line.rstrip()},{false.get(line.split(',')[1] if ',' in line else '', '')}" for line in rest]
    found = rules.evaluate(assessment.read_data("\n".join([head, *rows]), rules))
    # 96.38 − 2; 90.00 − 10; 36.75 − 10, not 12
    assert [found[name].total for name in false] == [Decimal("94.38"), Decimal("80.00"), Decimal("26.75")]
    assert found["临清市"].grade == "良好"


def test_all_four_grades_occur(results: dict[int, Result]) -> None:
    assert {one.grade for one in results[2018]} == {"优秀", "良好", "合格", "不合格"}


def test_period_without_the_year_before_it_is_refused_with_the_places(rules: RuleSet) -> None:
    with pytest.raises(assessment.DataError) as refused:
        assessment.read_data(CSV, rules, period=2016)
    codes = {one.code for one in refused.value.diagnostics if one.severity is Severity.ERROR}
    assert codes == {"data-missing", "data-missing-period"}


# Totals are sums of what is shown --------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_contributions_and_the_residue_add_up_to_the_published_total(
    year: int, results: dict[int, Result]
) -> None:
    for one in results[year]:
        parts = [part.amount.value for part in one.breakdown.contributions]
        scored = [value for value in parts if isinstance(value, Fraction)]
        assert sum(scored, Fraction(0)) == one.total
        # What is absent is what does not apply: its points stand in the other lines.
        assert {value for value in parts if value not in scored} == {Absence.NOT_APPLICABLE}


def test_every_line_with_added_children_states_what_rounding_took_or_gave(results: dict[int, Result]) -> None:
    for one in results[2018]:
        for line in one.breakdown.root.walk():
            if line.residue is not None:
                below = [
                    child.score.value for child in line.children if isinstance(child.score.value, Fraction)
                ]
                assert sum(below, Fraction(0)) + line.residue.value == line.score.value  # type: ignore[operator]
