"""A run over years follows the chain: every year its own file, its own names, its own regions."""

from decimal import Decimal

import pytest

import assessment
from assessment import cache, pipeline
from assessment.amending.chain import beside
from assessment.cli.main import main
from assessment.diagnostics.model import Source
from assessment.errors import DataError, RulesError

HEAD = """assessment example for 2018 "Example" {
    authority "Document 1"
    total 10 points
    round none
    policies { missing: error; ties: min }
    rank within all
    group county "County" { 甲县; 茌平县 }
    group zone "Zone" { 高新区 }
    department farming "市农委"
    department fishing "市渔业局"
    input a "A" in yuan { from farming; range >= 0 }
    input b "B" in yuan { from fishing; range >= 0 }
"""
BASE = (
    HEAD
    + """
    indicator 1 "One" 6 points { by farming cite "Annex" item 1 score = attain(a, target: 10 yuan) }
    indicator 2 "Two" 4 points { by fishing cite "Annex" item 2 score = attain(b, target: 10 yuan) }
}
"""
)
NEXT = """assessment example for 2019 amends "2018.assess" {
    change indicator 1 points from 6 points to 8 points
    change indicator 2 points from 4 points to 2 points
    region 茌平区 succeeds 茌平县 from 2019-09-01
    department agri "市农业农村局" succeeds farming, fishing from 2019-01-11
}
"""
LAST = """assessment example for 2020 amends "2019.assess" {
    valid from 2020-01-01 to 2021-12-31
    remove indicator 2
    change indicator 1 points from 8 points to 10 points
    remove input b
    replace group zone "Zone" { 经开区; 甲县 }
    replace group county "County" { 茌平县 }
}
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (("2018", BASE), ("2019", NEXT)):
        (tmp_path / f"{name}.assess").write_text(text, encoding="utf-8")
    return tmp_path


def file(folder, name, text):
    path = folder / f"{name}.assess"
    path.write_text(text, encoding="utf-8")
    return path


def rows(*years, name="茌平县", more=("高新区",)):
    row = {"a": 5, "b": 10}
    return {year: {"甲县": row, name: {"a": 10, "b": 0}, **dict.fromkeys(more, row)} for year in years}


# 甲县 has 5 of 10 and 10 of 10: 2018 6/2 + 4, 2019 8/2 + 2. 茌平 has all of the one and nothing of the other.
def test_each_year_is_scored_by_the_file_that_holds_then(folder):
    rules = assessment.load(folder / "2019.assess")
    run = rules.evaluate(assessment.read_data(rows(2018, 2019), rules, periods=[2018, 2019]), periods="all")
    assert [run[year]["甲县"].total for year in (2018, 2019)] == [7, 6]
    assert run[2018]["茌平县"].total == 6
    assert run[2019]["茌平区"].total == 8


@pytest.mark.parametrize("name", ["茌平县", "茌平区"])
def test_data_find_a_region_under_its_old_and_its_new_name(folder, name):
    rules = assessment.load(folder / "2019.assess")
    data = assessment.read_data(rows(2018, 2019, name=name), rules, periods=[2018, 2019])
    run = rules.evaluate(data, periods=[2018, 2019])
    assert (run[2018]["茌平县"].total, run[2019]["茌平区"].total) == (6, 8)


def test_the_year_before_follows_the_successor(folder):
    text = """assessment example for 2019 amends "2018.assess" {
        region 茌平区 succeeds 茌平县 from 2019-09-01
        change policies { zero base: undefined }
        policies { missing: error; ties: min; zero base: undefined; undefined: zero }
        change indicator 1 score = attain(growth(a), target: 100 %)
    }""".replace("        change policies { zero base: undefined }\n", "")
    rules = assessment.load(file(folder, "growth", text))
    table = rows(2018) | rows(2019, name="茌平区")
    table[2019]["茌平区"] = {"a": 15, "b": 0}
    result = rules.evaluate(assessment.read_data(table, rules, period=2019), period=2019)
    # From 10 to 15 is half as much again: half of 6 points.
    assert result["茌平区"].total == 3


def test_scores_of_the_year_before_follow_the_successor_in_one_file(folder):
    text = BASE.replace(
        "score = attain(b, target: 10 yuan)", "score = attain(indicator 1 rate[-1], target: 100 %)"
    ).replace("    group zone", "    region 茌平区 succeeds 茌平县 from 2018-09-01\n    group zone")
    rules = assessment.load(file(folder, "one", text))
    table = rows(2017) | rows(2018, name="茌平区")
    result = rules.evaluate(assessment.read_data(table, rules, period=2018), period=2018)
    assert result["茌平区"].total == 10
    assert result["甲县"].total == 5


def test_what_was_a_departments_is_its_successors(folder):
    rules = assessment.load(folder / "2019.assess")
    assert [one.departments for one in rules.indicators] == [("市农业农村局",), ("市农业农村局",)]
    before = rules.of_year(2018)
    assert [one.departments for one in before.indicators] == [("市农委",), ("市渔业局",)]


def test_what_is_a_successors_was_that_of_all_before_it(folder):
    text = (
        HEAD.replace(
            '    department fishing "市渔业局"\n',
            '    department fishing "市渔业局"\n'
            '    department agri "市农业农村局" succeeds farming, fishing from 2019-01-11\n',
        )
        + 'indicator 1 "One" 10 points { by agri cite "Annex" item 1 score = attain(a + b, target: 10 yuan) } }'
    )
    rules = assessment.load(text)
    assert rules.indicators[0].departments == ("市农委", "市渔业局")
    assert rules.of_year(2019).indicators[0].departments == ("市农业农村局",)


def test_a_run_over_a_chain_of_three_reads_what_only_older_files_need(folder):
    rules = assessment.load(file(folder, "2020", LAST))
    table = rows(2018, 2019) | rows(2020, name="茌平区", more=())
    table[2020]["经开区"] = {"a": 1}
    for row in table[2020].values():
        row.pop("b", None)
    data = assessment.read_data(table, rules, periods=[2018, 2019, 2020])
    run = rules.evaluate(data, periods="all")
    totals = {year: {one.region: one.total for one in run[year]} for year in run.periods}
    assert totals == {
        2018: {"甲县": 7, "茌平县": 6, "高新区": 7},
        2019: {"甲县": 6, "茌平区": 8, "高新区": 6},
        2020: {"甲县": 5, "茌平区": 10, "经开区": 1},
    }
    assert [run[year]["甲县"].group for year in run.periods] == ["county", "county", "zone"]


def test_data_of_a_region_are_asked_for_only_in_the_years_in_which_it_is_listed(folder):
    rules = assessment.load(file(folder, "2020", LAST))
    table = rows(2018, 2019) | rows(2020, name="茌平区", more=())
    with pytest.raises(DataError) as raised:
        assessment.read_data(table, rules, periods=[2018, 2019, 2020])
    assert [(one.code, "经开区" in one.message) for one in raised.value.diagnostics] == [
        ("data-missing-region", True)
    ]


@pytest.mark.parametrize("year", [2022, 2030])
def test_a_year_behind_every_validity_is_refused_with_the_days(folder, year):
    rules = assessment.load(file(folder, "2020", LAST))
    with pytest.raises(DataError) as raised:
        rules.program_of(year)
    (one,) = raised.value.diagnostics
    assert one.code == "period-not-valid"
    assert "2020-01-01 to 2021-12-31" in one.message


def test_a_year_between_two_validities_is_refused(folder):
    base = BASE.replace("    authority", "    valid from 2018-01-01 to 2018-12-31\n    authority")
    file(folder, "2018", base)
    rules = assessment.load(
        file(folder, "later", 'assessment example for 2020 amends "2018.assess" { valid from 2020-01-01 }')
    )
    assert rules.of_year(2018).points == 10
    with pytest.raises(DataError) as raised:
        rules.of_year(2019)
    assert "2018-01-01 to 2018-12-31; valid from 2020-01-01" in raised.value.diagnostics[0].message


# A year is judged by its last day.
@pytest.mark.parametrize(("day", "name"), [("2019-12-31", "茌平区"), ("2020-01-01", "茌平县")])
def test_the_name_of_a_year_is_that_of_its_last_day(folder, day, name):
    text = f'assessment example for 2019 amends "2018.assess" {{ region 茌平区 succeeds 茌平县 from {day} }}'
    rules = assessment.load(file(folder, "names", text))
    assert name in {member.name for group in rules.groups for member in group.members}


@pytest.mark.parametrize(("day", "points"), [("2019-12-31", 8), ("2020-01-01", 6)])
def test_the_file_of_a_year_is_that_of_its_last_day(folder, day, points):
    text = NEXT.replace("{\n", f"{{\n    valid from {day}\n", 1).replace("for 2019", "for 2020")
    rules = assessment.load(file(folder, "days", text))
    assert rules.of_year(2019).indicators[0].points == points


def test_a_kept_rule_set_depends_on_every_file_of_its_chain(folder, monkeypatch):
    monkeypatch.setenv(cache.SWITCH, str(folder / "kept"))
    path = file(folder, "2020", 'assessment example for 2020 amends "2019.assess" { }')
    assert [one.points for one in assessment.load(path).indicators] == [8, 2]
    assert [one.points for one in assessment.load(path).indicators] == [8, 2]
    assert assessment.check(path) == ()
    file(folder, "2018", BASE.replace('"Two"', '"Second"'))
    assert [one.title for one in assessment.load(path).indicators] == ["One", "Second"]
    file(folder, "2018", BASE.replace("total 10", "total 11"))
    with pytest.raises(RulesError):
        assessment.load(path)
    assert [one.code for one in assessment.check(path)][:2] == ["amends-broken", "points-not-total"]
    (folder / "2018.assess").unlink()
    assert [one.code for one in assessment.check(path)] == ["amends-unreadable"]


def test_a_score_of_the_year_before_is_not_read_where_other_rules_made_it(folder):
    text = """assessment example for 2019 amends "2018.assess" {
        change indicator 1 points to 5 points
        change indicator 2 points to 5 points
        change indicator 2 score = attain(indicator 1 rate[-1], target: 100 %)
    }"""
    codes = [one.code for one in assessment.check(file(folder, "2019", text))]
    assert codes == ["unused-input", "earlier-score-by-year"]


def test_a_text_without_a_place_says_how_it_can_amend():
    with pytest.raises(RulesError) as raised:
        assessment.load(NEXT)
    (one,) = raised.value.diagnostics
    assert one.code == "amends-no-place"
    assert "save the text as a file" in one.help.en


def test_the_printed_rules_of_a_year_score_that_year(folder):
    path = file(folder, "2020", LAST)
    rules = assessment.load(path)
    for year in (2018, 2019):
        whole = assessment.load(assessment.show(path, year=year))
        table = rows(year)
        mine = rules.evaluate(assessment.read_data(table, rules, period=year), period=year)
        other = whole.evaluate(assessment.read_data(table, whole, period=year), period=year)
        assert {one.region: one.total for one in mine} == {one.region: one.total for one in other}
        assert mine["甲县"].total == {2018: Decimal(7), 2019: Decimal(6)}[year]


def test_each_file_of_a_chain_is_checked_once(folder, monkeypatch):
    path = file(folder, "2020", LAST)
    checked = []
    check = pipeline.check
    monkeypatch.setattr(pipeline, "check", lambda file: checked.append(file.year) or check(file))
    assert pipeline.compiled(Source(name=str(path), text=path.read_text(encoding="utf-8")), beside)[0]
    assert checked == [2018, 2019, 2020]


CIRCLE = """assessment example for 2019 amends "2018.assess" {
    change indicator 1 { score = attain(a * indicator 2 rate, target: 10 yuan) }
    change indicator 2 { score = attain(b * indicator 1 rate, target: 10 yuan) }
}
"""


def test_a_score_that_needs_itself_is_found_in_an_amendment(folder, capsys):
    path = file(folder, "2019", CIRCLE)
    assert main(["check", str(path), "--lang", "en"]) == 1
    assert "error[cycle]" in capsys.readouterr().out
