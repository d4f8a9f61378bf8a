"""Many years in one run: the final score of practice 2.23, and scores of earlier years that later ones read."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import assessment
from assessment.cli.main import main
from assessment.errors import DataError, UsageError
from assessment.result import Periods

RULES = (Path(__file__).parent / "data" / "final-period.assess").read_text(encoding="utf-8")

# 期末总分 = 各年度平均 × 50% + 期末年 × 50% (平均不含期末年), integers.
# 甲县: (88 + 91 + 86 + 93) / 4 = 89.5; 89.5 / 2 + 90 / 2 = 89.75, rounded 90. 乙县: 80 / 2 + 100 / 2 = 90.
YEARS = {"甲县": (88, 91, 86, 93, 90), "乙县": (80, 80, 80, 80, 100)}
DATA = {2016 + place: {name: {"given": years[place]} for name, years in YEARS.items()} for place in range(5)}


@pytest.fixture(scope="module")
def rules():
    return assessment.load(RULES)


@pytest.fixture(scope="module")
def run(rules):
    years = [2016, 2017, 2018, 2019, 2020]
    return rules.evaluate(assessment.read_data(DATA, rules, periods=years), periods=years)


def test_final_score_is_half_the_mean_of_the_years_and_half_the_last_one(run):
    final = run[2020]["甲县"].results["final"]
    assert (final.exact, final.value) == (Fraction("89.75"), Decimal(90))
    assert [one.results["final"].rank for one in run[2020]] == [1, 1]


def test_each_year_has_a_result_and_a_field_of_its_own(run):
    assert isinstance(run, Periods)
    assert run.periods == (2016, 2017, 2018, 2019, 2020)
    assert [one["甲县"].total for one in run] == [88, 91, 86, 93, 90]
    assert [one["甲县"].rank for one in run] == [1, 1, 1, 1, 2]


def test_scores_of_earlier_years_are_those_of_the_same_run(run):
    program = run[2020].outcome.program
    for back in range(1, 5):
        seen = run[2020].outcome.values.of(program.root.full, -back)
        assert seen == run[2020 - back].outcome.values.of(program.root.full)


def test_a_result_over_years_that_the_data_do_not_hold_is_not_reported(run):
    assert run[2019]["甲县"].results["final"].status.value == "not reported"
    assert run[2019]["甲县"].results["final"].rank is None


def test_one_year_of_many_equals_that_year_alone(rules, run):
    alone = rules.evaluate(assessment.read_data(DATA, rules), period=2018)
    assert [one.exact for one in alone] == [one.exact for one in run[2018]]
    assert alone.to_json() == run[2018].to_json()


def test_years_are_taken_once_and_in_their_order(rules):
    data = assessment.read_data(DATA, rules)
    assert rules.evaluate(data, periods=[2018, 2016, 2018]).periods == (2016, 2018)
    assert rules.evaluate(data, periods="all").periods == (2016, 2017, 2018, 2019, 2020)


@pytest.mark.parametrize("periods", [[], "2018", 2018, ["2018"], [2018.5]])
def test_what_are_no_years_is_refused(rules, periods):
    with pytest.raises(UsageError):
        rules.evaluate(assessment.read_data(DATA, rules), periods=periods)


def test_a_year_and_years_are_not_given_together(rules):
    with pytest.raises(UsageError):
        rules.evaluate(assessment.read_data(DATA, rules), period=2018, periods=[2018])


def test_a_year_that_was_not_assessed_is_refused_with_those_that_were(run):
    with pytest.raises(UsageError, match="2016, 2017, 2018, 2019, 2020"):
        run[2015]
    assert 2015 not in run


def test_faults_of_all_years_are_told_together(rules):
    data = assessment.read_data({2019: {"甲县": {"given": 1}}, 2020: {"甲县": {"given": 1}}}, rules)
    with pytest.raises(DataError) as raised:
        rules.evaluate(data, periods=[2017, 2018, 2020])
    assert [found.code for found in raised.value.diagnostics] == ["data-missing-period"] * 2


def test_what_is_missing_in_any_of_the_years_is_told_when_the_data_are_read(rules):
    data = {
        2019: {"甲县": {"given": 1}, "乙县": {"given": None}},
        2020: {"甲县": {"given": 1}, "乙县": {"given": 2}},
    }
    with pytest.raises(DataError) as raised:
        assessment.read_data(data, rules, periods=[2019, 2020])
    assert [found.code for found in raised.value.diagnostics] == ["data-missing"]


def test_table_across_years_has_a_column_for_each_figure(run):
    head, first, second = run.to_csv("zh").splitlines()
    assert head.split(",")[:5] == ["地区", "2016 总分", "2016 总分名次", "2016 期末总分", "2016 期末总分名次"]
    assert first.endswith("90,2,90,1")
    assert second.endswith("100,1,90,1")


def test_json_of_many_years_follows_the_schema(run):
    import json

    from jsonschema import Draft202012Validator

    from assessment.audit.json import schema_text

    found = run.to_json()
    Draft202012Validator(json.loads(schema_text())).validate(found)
    assert [one["period"] for one in found["results"]] == [2016, 2017, 2018, 2019, 2020]


def test_notebook_shows_the_table_and_every_year_folded(run):
    shown = run._repr_html_()
    assert "2020 期末总分" in shown
    assert shown.count("<details>") >= 5


@pytest.fixture
def files(tmp_path):
    rows = [
        f"{name},{2016 + place},{value}" for name, years in YEARS.items() for place, value in enumerate(years)
    ]
    (tmp_path / "final.assess").write_text(RULES, encoding="utf-8")
    (tmp_path / "final.csv").write_text("\n".join(["地区,年度,given", *rows, ""]), encoding="utf-8")
    return [str(tmp_path / "final.assess"), str(tmp_path / "final.csv")]


def test_command_scores_several_years(files, capsys):
    assert main(["score", *files, "--periods", "2019,2020", "--format", "csv", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].startswith("Region,2019 Total,2019 Total: rank,2019 期末总分")
    assert main(["score", *files, "--periods", "all"]) == 0
    assert "2016" in capsys.readouterr().out


def test_command_explains_one_result(files, capsys):
    assert main(["explain", *files, "--region", "甲县", "--result", "final", "--lang", "en"]) == 0
    assert "= 89.75 points" in capsys.readouterr().out


@pytest.mark.parametrize(
    "more", [["--periods", "2019", "--period", "2019"], ["--periods", "2019,", "--format", "csv"]]
)
def test_command_refuses_what_is_no_list_of_years(files, more, capsys):
    try:
        code = main(["score", *files, *more])
    except SystemExit as left:
        code = left.code
    assert code == 2
    assert "Traceback" not in capsys.readouterr().err
