"""`assessment reconcile`: words, JSON that keeps its schema, files, and an exit code that says whether a table holds."""

import json
from pathlib import Path

import jsonschema
import pytest

from assessment.analysis.reconcile.json import schema_text
from assessment.cli.main import main

RULES = """
assessment demo for 2018 "Demo" {
    authority "Notice 1"
    total 10 points
    round indicator half-up to 2 places; total half-up to 1 place
    compare rounded
    policies { missing: error; undefined: zero; ties: min }
    rank within all; order total
    department sti "Science"
    input firms "Firms" in 亿元 { from sti; range >= 0; published to 0 places }
    indicator 1 "Firms" 10 points { by sti; cite "Annex" item 1; score = attain(firms, target: 8 亿元) }
    grade "good" >= 6 points; "other" otherwise
}
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rules.assess").write_text(RULES, encoding="utf-8")
    Path("data.csv").write_text("region,firms\nA,4\nB,2\n", encoding="utf-8")
    Path("right.csv").write_text("region,total,rank\nA,5.0,1\nB,2.5,2\n", encoding="utf-8")
    # 5.5 is consistent with a value of 4.4; 8 is not, with any below 4.5.
    Path("wrong.csv").write_text("region,total,rank\nA,5.5,1\nB,8,2\n", encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["reconcile", "rules.assess", "data.csv", *words, "--quiet"])
    return code, capsys.readouterr().out


def test_a_table_that_holds_ends_with_zero(files: None, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "right.csv")
    assert code == 0
    assert "4  equal" in out


def test_a_contradicted_table_ends_with_one_in_either_language(
    files: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = run(capsys, "wrong.csv")
    assert code == 1
    assert "wrong figure" in out
    assert "for instance with firms 2018 A" in out
    code, out = run(capsys, "wrong.csv", "--lang", "zh")
    assert code == 1
    assert "数值有误" in out


def test_the_outcome_is_said_first_and_what_is_contradicted_before_the_rest(
    files: None, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = run(capsys, "wrong.csv")
    lines = [line for line in out.splitlines() if line]
    assert lines[1] == "1 of 4 published figures in `wrong.csv` is contradicted: 1 is wrong in itself."
    assert lines[2:6] == [
        "      1  contradicted",
        "      1  consistent with the rounding of the inputs",
        "      2  equal",
        "  not in the table: grade, indicator 1 Firms",
    ]
    _, out = run(capsys, "wrong.csv", "--lang", "zh")
    assert "`wrong.csv` 公布的 4 个数值中有 1 个不符：1 个数值有误。" in out
    _, out = run(capsys, "right.csv")
    assert "All 4 published figures in `right.csv` are what the rules make of the data." in out


def test_wrong_figures_are_told_in_one_table(files: None, capsys: pytest.CaptureFixture[str]) -> None:
    Path("many.csv").write_text("region,total\nA,8.0\nB,9.2\n", encoding="utf-8")
    _, out = run(capsys, "many.csv")
    assert "2 wrong figures" in out
    _, out = run(capsys, "many.csv", "--lang", "zh")
    assert "有误的数值 2 个" in out


@pytest.mark.parametrize("table", ["right.csv", "wrong.csv"])
def test_json_keeps_the_published_schema(files: None, capsys: pytest.CaptureFixture[str], table: str) -> None:
    _, out = run(capsys, table, "--json")
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(out), schema)


def test_a_file_is_written_in_the_form_of_its_name(files: None, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "wrong.csv", "-o", "found.json")
    assert (code, out) == (1, "")
    assert json.loads(Path("found.json").read_text(encoding="utf-8"))["holds"] is False


def test_the_published_copy_of_the_schema_is_the_shipped_one(golden: object) -> None:
    golden("docs/reference/reconciliation.schema.json", schema_text())  # type: ignore[operator]


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "reconciliation"]) == 0
    assert capsys.readouterr().out == schema_text()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["none.csv"], 1),
        (["right.csv", "--column", "total"], 2),
        (["right.csv", "--column", "total=indicator 9"], 1),
        (["right.csv", "--published-sheet", "x"], 1),
    ],
)
def test_wrong_usage_is_told_and_never_a_traceback(
    files: None, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    try:
        found = main(["reconcile", "rules.assess", "data.csv", *words])
    except SystemExit as stopped:
        found = int(stopped.code or 0)
    assert found == code
    assert capsys.readouterr().err


def test_standard_input_can_hold_only_one_of_the_three(
    files: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reconcile", "-", "data.csv", "-"]) == 2
    assert "only one" in capsys.readouterr().err
