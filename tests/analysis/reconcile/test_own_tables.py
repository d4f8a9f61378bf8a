"""Whatever the library writes of a result reconciles with it, in every form and language; one changed figure never does."""

import json
from pathlib import Path

import pytest

import assessment
from assessment.analysis.reconcile.compare import Reconciliation
from assessment.cli.main import main

ROOT = Path(__file__).parents[3]
LIAOCHENG = ROOT / "rules" / "liaocheng" / "2018.assess"
LIAOCHENG_DATA = ROOT / "examples" / "liaocheng-2018.csv"

UNROUNDED = """
assessment demo for 2018 "Demo" {
    authority "Notice 1"
    total 20 points
    round none
    carry full
    compare full
    policies { missing: error; undefined: zero; ties: mean }
    rank within all; order total
    department sti "Science"
    input firms "Firms" in 亿元 { from sti; range >= 0 }
    input staff "Staff" in 亿元 { from sti; range > 0 }
    indicator 1 "Firms" 12 points { by sti; cite "Annex" item 1; score = attain(firms, target: 27 亿元) }
    indicator 2 "Staff" 8 points {
        by sti
        cite "Annex" item 2
        score = goalposts(staff, from: 1 亿元, to: 20 亿元, on: log)
    }
    result gap "Gap" = firms / staff in % unbounded, published full, ranked on full within all
    grade "good" >= 6 points; "other" otherwise
}
"""
# Indicator 1 of A is 12 × 7/27 = 28/9; its gap 7/7 = 100 %, that of B 4/9 = 44.4… %; C and D share a place.
DATA = {
    "A": {"firms": 7, "staff": 7},
    "B": {"firms": 4, "staff": 9},
    "C": {"firms": 8, "staff": 2},
    "D": {"firms": 8, "staff": 2},
}
FRAMES = ["to_pandas", "to_polars", "to_arrow"]


def held(published: object, **options: object) -> Reconciliation:
    rules = assessment.load(UNROUNDED)
    return assessment.reconcile(rules, assessment.read_data(DATA, rules), published, **options)  # type: ignore[arg-type]


def own() -> assessment.Result:
    rules = assessment.load(UNROUNDED)
    return rules.evaluate(assessment.read_data(DATA, rules))


@pytest.mark.parametrize("form", FRAMES)
def test_an_unrounded_frame_is_equal_in_every_figure(form: str) -> None:
    found = held(getattr(own(), form)())
    # Total, rank, grade, two indicators, the gap and its rank, of four regions.
    assert [one.status for one in found.judgements] == ["equal"] * 28


def test_shares_that_end_nowhere_are_hundredths_in_a_frame_like_those_that_end() -> None:
    assert list(own().to_pandas()["result gap"]) == ["100", "400/9", "400", "400"]


def test_a_fraction_that_is_off_by_less_than_any_decimal_is_contradicted() -> None:
    frame = own().to_pandas()
    assert frame.loc[0, "indicator 1"] == "28/9"
    frame.loc[0, "indicator 1"] = "2800000000000000000001/900000000000000000000"
    (wrong,) = held(frame).of("contradicted")
    assert (wrong.published.region, wrong.published.figure.id) == ("A", "indicator 1")


def test_a_mapping_of_fractions_is_exact() -> None:
    from fractions import Fraction

    assert held({"A": {"indicator 1": Fraction(28, 9)}}).holds
    assert not held({"A": {"indicator 1": Fraction(10, 3)}}).holds


def test_a_value_between_two_ends_is_equal_and_one_beside_them_is_not() -> None:
    # 8 × ln 7 / ln 20 = 5.19648…
    assert held({"A": {"indicator 2": "[5.19648, 5.19649]"}}).holds
    assert not held({"A": {"indicator 2": "[5.19649, 5.2]"}}).holds


def test_the_json_of_a_result_is_equal_in_every_figure() -> None:
    stored = own().to_json()
    found = held(json.dumps(stored))
    assert {one.status for one in found.judgements} == {"equal"}
    # And the second field of ranks, which only JSON has: of the total and of the gap.
    assert len(found.judgements) == 36


def test_a_json_of_which_one_score_is_changed_is_contradicted(tmp_path: Path) -> None:
    stored = own().to_json()
    amount = stored["regions"][0]["root"]["children"][0]["score"]  # type: ignore[index]
    assert amount["value"] == {"form": "number", "value": "28/9"}
    amount["value"]["value"] = "29/9"
    path = tmp_path / "result.json"
    path.write_text(json.dumps(stored), encoding="utf-8")
    found = held(path)
    (wrong,) = found.of("contradicted")
    assert wrong.published.text == "29/9"
    assert found.source == "result.json"
    assert wrong.published.origin.text("en") == "result.json, sheet 2018, row 1, column indicator 1"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_what_the_command_writes_of_liaocheng_reconciles(
    form: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / f"scores.{form}")
    assert main(["score", str(LIAOCHENG), str(LIAOCHENG_DATA), "-o", path, "--lang", lang, "--quiet"]) == 0
    assert main(["reconcile", str(LIAOCHENG), str(LIAOCHENG_DATA), path, "--json", "--quiet"]) == 0
    counts = json.loads(capsys.readouterr().out)["counts"]
    assert counts.pop("equal") >= 180
    assert set(counts.values()) == {0}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tables_with_further_results_reconcile_to_the_digits_that_they_show(
    form: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, data = tmp_path / "rules.assess", tmp_path / "data.csv"
    rules.write_text(UNROUNDED, encoding="utf-8")
    data.write_text("region,firms,staff\nA,7,7\nB,4,9\nC,8,2\nD,8,2\n", encoding="utf-8")
    path = str(tmp_path / f"scores.{form}")
    assert main(["score", str(rules), str(data), "-o", path, "--lang", lang, "--quiet"]) == 0
    assert main(["reconcile", str(rules), str(data), path, "--json", "--quiet"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["equal"] == 28


def test_each_year_of_a_table_of_several_years_reconciles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, data = tmp_path / "rules.assess", tmp_path / "data.csv"
    rules.write_text(UNROUNDED, encoding="utf-8")
    data.write_text(
        "region,year,firms,staff\nA,2017,7,7\nB,2017,4,9\nA,2018,8,9\nB,2018,2,5\n", encoding="utf-8"
    )
    for form, lang in (("csv", "zh"), ("csv", "en"), ("json", "en")):
        path = str(tmp_path / f"scores.{form}")
        words = ["--periods", "all", "-o", path, "--lang", lang, "--quiet"]
        assert main(["score", str(rules), str(data), *words]) == 0
        for year in ("2017", "2018"):
            code = main(["reconcile", str(rules), str(data), path, "--period", year, "--json", "--quiet"])
            told = json.loads(capsys.readouterr().out)
            assert (code, told["holds"], told["period"]) == (0, True, int(year))
            # Total and gap of two regions, with the places of both; JSON has indicators, grades and the other field too.
            assert told["counts"]["equal"] == (8 if form == "csv" else 18)
