"""The amendment for 2019: what it leaves alone is scored as in 2018, what it changes by its own words.

The data are the illustrative ones of 2016 to 2018, taken as those of 2017 to 2019, with 茌平 under its new name in the last year.
"""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

import assessment
from assessment.errors import DataError
from assessment.result import Periods
from assessment.ruleset import RuleSet

ROOT = Path(__file__).parents[1]
BASE = ROOT / "rules" / "liaocheng" / "2018.assess"
RULES = ROOT / "rules" / "liaocheng" / "2019.assess"
CSV = ROOT / "examples" / "liaocheng-2018.csv"
COUNTIES = ("东昌府区", "临清市", "冠县", "莘县", "阳谷县", "东阿县", "高唐县")


def a_year_later() -> str:
    text = CSV.read_text(encoding="utf-8-sig")
    for year in (2018, 2017, 2016):
        text = text.replace(f"\n{year},", f"\n{year + 1},")
    return text.replace("2019,茌平县,", "2019,茌平区,")


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return assessment.load(RULES)


@pytest.fixture(scope="module")
def run(rules: RuleSet) -> Periods:
    years = [2018, 2019]
    return rules.evaluate(assessment.read_data(a_year_later(), rules, periods=years), periods=years)


def test_the_file_has_no_finding() -> None:
    assert assessment.check(RULES) == ()


def test_the_whole_says_what_was_changed(rules: RuleSet) -> None:
    points = {one.number: one.points for one in rules.indicators}
    assert (points["7"], points["8"], sum(filter(None, points.values()))) == (10, 4, 100)
    assert {one.number: one.departments for one in rules.indicators}["7"] == ("市市场监督管理局",)
    assert [t.value for t in rules.targets if t.measure == "合同额" and t.year == 2019] == [13]
    assert rules.title.endswith("（2019 年度，示例性修订）")


def test_every_change_is_an_assumption(rules: RuleSet) -> None:
    base = assessment.load(BASE)
    new = [one for one in rules.assumptions if one not in base.assumptions]
    assert len(new) == 6
    assert [one for one in base.assumptions if one not in rules.assumptions] == [
        "以全市 2022 年、2019 年的目标值为档，达到即得该档分值"
    ]


def test_the_printed_whole_scores_the_same(rules: RuleSet, run: Periods) -> None:
    whole = assessment.load(assessment.show(RULES))
    again = whole.evaluate(assessment.read_data(a_year_later(), whole, period=2019), period=2019)
    assert {one.region: one.exact for one in again} == {one.region: one.exact for one in run[2019]}


def test_a_year_has_the_names_of_its_last_day(run: Periods) -> None:
    assert "茌平区" in {one.region for one in run[2019]}
    assert "茌平县" in {one.region for one in run[2018]}
    assert len(list(run[2019])) == len(list(run[2018])) == 10


def test_what_is_left_alone_is_scored_as_before(run: Periods) -> None:
    base = assessment.load(BASE)
    before = base.evaluate(assessment.read_data(CSV, base))
    for region in COUNTIES:
        for number in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13):
            assert run[2019][region].indicator(number).exact == before[region].indicator(number).exact
    # 茌平 under its new name reads the year before under its old one.
    for number in (2, 3, 5):
        assert run[2019]["茌平区"].indicator(number).exact == before["茌平县"].indicator(number).exact


def test_changed_points_and_methods_count_as_stated(run: Periods) -> None:
    base = assessment.load(BASE)
    before = base.evaluate(assessment.read_data(CSV, base))
    rows = {
        row[1]: row
        for row in csv.reader(CSV.read_text(encoding="utf-8-sig").splitlines())
        if row and row[0] == "2018"
    }
    for region in COUNTIES:
        # Indicator 8: the places are the same, 4 points instead of 6.
        assert run[2019][region].indicator(8).exact == before[region].indicator(8).exact * Fraction(4, 6)
        # Indicator 7: patents for each 10,000 people over the target of 2.5, at most all 10 points.
        people, patents = (Fraction(rows[region][place].replace(",", "")) for place in (4, 11))
        assert run[2019][region].indicator(7).exact == 10 * min(
            Fraction(1), patents / people / Fraction(5, 2)
        )


def test_the_year_before_is_scored_by_the_rules_of_the_year_before(run: Periods) -> None:
    base = assessment.load(BASE)
    alone = base.evaluate(assessment.read_data(a_year_later(), base, period=2018), period=2018)
    assert {one.region: one.exact for one in run[2018]} == {one.region: one.exact for one in alone}


def test_a_year_behind_the_validity_is_refused(rules: RuleSet) -> None:
    data = assessment.read_data(a_year_later(), rules)
    with pytest.raises(DataError) as raised:
        rules.evaluate(data, period=2020)
    assert [one.code for one in raised.value.diagnostics] == ["period-not-valid"]
    assert "2019-01-01 to 2019-12-31" in raised.value.diagnostics[0].message


def test_a_trial_on_the_data_of_2018_says_who_gains_and_who_loses() -> None:
    found = assessment.diff(BASE, RULES, data=CSV, trial=True).moves
    assert found is not None
    by_region = {one.region: one for one in found.regions}
    # 冠县 has 205/81 = 2.53 patents, the seventh place by contracts: 6 to 10 points, 6 × 70% to 4 × 70%.
    guan = by_region["冠县"]
    assert {one.path: one.split.move for one in guan.items if one.split.moves} == {
        "indicator 7": 4,
        "indicator 8": Fraction(-14, 10),
    }
    assert (guan.total.move, guan.total.data) == (Fraction(26, 10), 0)
    # 东昌府区 is first by contracts and loses 2 points there; its 6 patents earn 2 more.
    assert by_region["东昌府区"].total.move == 0
    assert (by_region["茌平区"].old_region, by_region["茌平区"].total.move) == ("茌平县", Fraction(1, 10))


def test_a_trial_is_the_score_of_the_same_data_a_year_later(run: Periods) -> None:
    found = assessment.diff(BASE, RULES, data=CSV, trial=True).moves
    assert found is not None
    assert {one.region: float(one.total.new) for one in found.regions if one.total.new is not None} == {
        one.region: float(one.total) for one in run[2019] if one.total is not None
    }


def test_the_data_of_2019_split_every_move() -> None:
    found = assessment.diff(BASE, RULES, data=CSV, new_data=CSV.with_name("liaocheng-2019.csv"), trial=True)
    assert found.moves is not None
    assert len(found.moves.regions) == 10
    assert "虚构" in found.moves.labels[0]
    for one in found.moves.regions:
        for split in (one.total, one.exact, *(item.split for item in one.items)):
            assert isinstance(split.rule, Fraction)
            assert isinstance(split.data, Fraction)
            assert split.rule + split.data == split.move
