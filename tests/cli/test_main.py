"""The command line, run in this process: what it prints, where, and with which exit code."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from assessment.cli import main
from assessment.cli.commands import explain
from assessment.errors import InternalError

ROOT = Path(__file__).parents[2]
RULES = str(ROOT / "rules" / "liaocheng" / "2018.assess")
DATA = str(ROOT / "examples" / "liaocheng-2018.csv")
Golden = Callable[[str, str], None]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line; gives the exit code, standard output and standard error."""

    def call(*argv: str) -> tuple[int, str, str]:
        try:
            code = main(argv)
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bad_rules(tmp_path: Path) -> str:
    path = tmp_path / "bad.assess"
    path.write_text("考核 t.bad 年度 2018 “坏” {\n    总分 一百 分\n}\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def warned_rules(tmp_path: Path) -> str:
    """Rules that are right but for an input that nothing uses, which is a warning."""
    path = tmp_path / "warned.assess"
    text = (ROOT / "rules" / "undp" / "hdi-2021.assess").read_text(encoding="utf-8")
    path.write_text(
        text.replace("    category health", '    input spare "Spare" in years\n\n    category health'),
        encoding="utf-8",
    )
    return str(path)


# ── score ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_score_prints_ranking_grades_and_key_subtotal(run: Run, golden: Golden) -> None:
    code, out, err = run("score", RULES, DATA, "--quiet")
    assert (code, err) == (0, "")
    golden("tests/golden/cli/score.txt", out)


def test_score_tells_notes_about_the_data_on_standard_error(run: Run) -> None:
    code, out, err = run("score", RULES, DATA)
    assert code == 0
    assert "data-skipped-row" in err
    assert "data-skipped-row" not in out


def test_score_as_csv_is_a_table(run: Run) -> None:
    _, out, _ = run("score", RULES, DATA, "--quiet", "--format", "csv", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["Total"] for row in rows[:3]] == ["96.38", "91.03", "90.00"]


def test_score_as_json_is_the_whole_result(run: Run) -> None:
    _, out, _ = run("score", RULES, DATA, "--quiet", "--format", "json")
    found = json.loads(out)
    assert found["form"] == "assessment.result/1"
    assert [one["total"] for one in found["regions"][:2]] == ["96.38", "91.03"]


def test_score_as_workbook_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "得分.xlsx"
    code, out, _ = run("score", RULES, DATA, "--quiet", "-o", str(target))
    assert (code, out) == (0, "")
    assert openpyxl.load_workbook(target).sheetnames[:2] == ["排名", "得分明细表"]
    assert [one.name for one in tmp_path.iterdir()] == ["得分.xlsx"]


def test_workbook_without_a_file_is_wrong_usage(run: Run) -> None:
    code, out, err = run("score", RULES, DATA, "--format", "xlsx")
    assert (code, out) == (2, "")
    assert "-o" in err


def test_csv_file_begins_with_the_mark_that_spreadsheets_look_for(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    run("score", RULES, DATA, "--quiet", "-o", str(target))
    assert target.read_bytes().startswith("\ufeff组别,".encode())


def test_file_that_cannot_be_written_is_left_alone(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "a.csv"
    code, _, err = run("score", RULES, DATA, "--quiet", "-o", str(target), "--lang", "en")
    assert code == 2
    assert "cannot be written: no such file or directory" in err
    assert list(tmp_path.iterdir()) == []


def test_existing_file_keeps_its_content_when_scoring_fails(run: Run, tmp_path: Path, bad_rules: str) -> None:
    target = tmp_path / "a.csv"
    target.write_text("before", encoding="utf-8")
    assert run("score", bad_rules, DATA, "-o", str(target))[0] == 1
    assert target.read_text(encoding="utf-8") == "before"


def test_unit_of_the_data_can_be_given(run: Run) -> None:
    code, _, err = run("score", RULES, DATA, "--quiet", "--unit", "研发经费=家", "--lang", "en")
    assert code == 1
    assert "data-unit-mismatch" in err


def test_unit_without_an_equals_sign_is_wrong_usage(run: Run) -> None:
    code, _, err = run("score", RULES, DATA, "--unit", "研发经费")
    assert code == 2
    assert "NAME=UNIT" in err


def test_year_must_have_four_digits(run: Run) -> None:
    assert run("score", RULES, DATA, "--period", "18")[0] == 2


def test_year_can_be_chosen(run: Run) -> None:
    _, out, _ = run("score", RULES, DATA, "--quiet", "--period", "2017", "--format", "json")
    assert json.loads(out)["period"] == 2017


def test_missing_data_file_is_a_finding(run: Run) -> None:
    code, out, err = run("score", RULES, "nowhere.csv", "--quiet", "--lang", "en")
    assert (code, out) == (1, "")
    assert "nowhere.csv" in err
    assert "Traceback" not in err


def test_data_that_lack_the_asked_year_are_one_finding_without_notes(run: Run) -> None:
    code, out, err = run("score", RULES, DATA, "--quiet", "--period", "2030", "--lang", "en")
    assert (code, out) == (1, "")
    assert [line for line in err.splitlines() if line.startswith(("error", "note"))] == [
        "error[data-missing-period]: the data hold nothing of 2029, which the rules need",
        "error[data-missing-period]: the data hold nothing of 2030, which the rules need",
    ]


def test_sheet_of_a_text_table_is_a_finding(run: Run) -> None:
    code, _, err = run("score", RULES, DATA, "--quiet", "--sheet", "2018", "--lang", "en")
    assert code == 1
    assert "error[data-unknown-sheet]" in err


def test_file_name_of_another_program_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    code, _, err = run("score", RULES, DATA, "-o", str(tmp_path / "a.docx"), "--lang", "en")
    assert code == 2
    assert "no form of output goes with `.docx`" in err
    assert list(tmp_path.iterdir()) == []


def test_form_asked_for_stands_over_the_file_name(run: Run, tmp_path: Path) -> None:
    assert run("score", RULES, DATA, "--quiet", "--format", "csv", "-o", str(tmp_path / "a.dat"))[0] == 0


def test_reason_of_the_system_is_told_in_chinese_too(run: Run, tmp_path: Path) -> None:
    _, _, err = run("score", RULES, DATA, "--quiet", "-o", str(tmp_path / "missing" / "a.csv"))
    assert err.endswith("没有这个文件或文件夹\n")


def test_rules_and_data_cannot_both_come_from_standard_input(run: Run) -> None:
    code, _, err = run("score", "-", "-")
    assert code == 2
    assert "not both" in err


# ── explain ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_explain_shows_the_indicator_step_by_step(run: Run, golden: Golden) -> None:
    code, out, _ = run(
        "explain", RULES, DATA, "--region", "东阿县", "--indicator", "2", "--lang", "zh", "--quiet"
    )
    assert code == 0
    golden("tests/golden/cli/explain.txt", out)


def test_explain_as_json_is_the_breakdown(run: Run) -> None:
    _, out, _ = run("explain", RULES, DATA, "--region", "莘县", "--json", "--quiet")
    assert json.loads(out)["region"] == "莘县"


def test_unknown_region_is_named_with_the_nearest_one(run: Run) -> None:
    code, out, err = run("explain", RULES, DATA, "--region", "东阿", "--quiet", "--lang", "en")
    assert (code, out) == (2, "")
    assert err == "assessment: `东阿` was not assessed; did you mean `东阿县`?\n"


def test_unknown_indicator_is_wrong_usage(run: Run) -> None:
    code, _, err = run("explain", RULES, DATA, "--region", "莘县", "--indicator", "99", "--quiet")
    assert code == 2
    assert err.startswith("assessment: 没有指标 `99`；有指标 1、2、3")


def test_explain_needs_a_region(run: Run) -> None:
    assert run("explain", RULES, DATA)[0] == 2


# ── check ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_check_of_right_rules_is_fine(run: Run) -> None:
    assert run("check", RULES)[0] == 0


def test_check_fails_on_warnings_only_where_that_is_asked_for(run: Run, warned_rules: str) -> None:
    assert run("check", warned_rules)[0] == 0
    assert run("check", warned_rules, "--strict")[0] == 1


def test_check_shows_findings_in_the_language_of_the_file(run: Run, bad_rules: str) -> None:
    code, out, err = run("check", bad_rules)
    assert (code, err) == (1, "")
    assert out.startswith("错误[")


def test_check_answers_in_the_language_asked_for(run: Run, bad_rules: str) -> None:
    assert run("check", bad_rules, "--lang", "en")[1].startswith("error[")


def test_check_gives_findings_of_all_files_as_json(run: Run, bad_rules: str, warned_rules: str) -> None:
    code, out, _ = run("check", bad_rules, warned_rules, "--json")
    assert code == 1
    assert [one["severity"] for one in json.loads(out)] == ["error", "warning"]


def test_check_of_a_missing_file_is_a_finding_at_the_file(run: Run) -> None:
    code, out, _ = run("check", "nowhere.assess")
    assert code == 1
    assert out.splitlines()[:3] == [
        "error[file-unreadable]: `nowhere.assess` cannot be read: no such file or directory",
        " --> nowhere.assess",
        "  = help: check the path and the rights of the file",
    ]


def test_check_of_standard_input_answers_in_its_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(Path(RULES).read_bytes()), "utf-8"))
    assert run("check", "-")[:2] == (0, "没有发现问题\n")


def test_finding_in_the_data_is_told_in_the_language_of_rules_from_standard_input(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(Path(RULES).read_bytes()), "utf-8"))
    assert run("score", "-", "nowhere.csv")[2].startswith("错误[data-unreadable]")


def test_file_without_findings_says_so(run: Run, tmp_path: Path) -> None:
    path = ROOT / "rules" / "undp" / "hdi-2021.assess"
    assert run("check", str(path))[:2] == (0, "no findings\n")


# ── the rest ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_schema_prints_the_published_schema(run: Run) -> None:
    _, out, _ = run("schema")
    assert out == (ROOT / "docs" / "reference" / "breakdown.schema.json").read_text(encoding="utf-8")


def test_no_command_is_wrong_usage(run: Run) -> None:
    assert run()[0] == 2


def test_fault_of_the_program_asks_for_a_report(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(arguments: object) -> None:
        raise InternalError("a seeded fault")

    monkeypatch.setattr(explain, "result_of", broken)
    code, _, err = run("explain", RULES, DATA, "--region", "莘县", "--lang", "en")
    assert code == 70
    assert "a seeded fault" in err
    assert "please report it" in err


def test_interruption_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(explain, "result_of", stopped)
    assert run("explain", RULES, DATA, "--region", "莘县") == (130, "", "")


STRICT = """assessment a for 2018 {
    total 10 points
    round none
    policies { missing: error }
    rank none
    group all_of_them "All" { 甲 }
    input x in yuan { range >= 0 }
    allow no-owner "not yet named"
    allow no-clause "no document"
    indicator 1 10 points = attain(x, target: 5 yuan)
}
"""


@pytest.mark.parametrize("command", ["score", "explain"])
def test_strict_fails_on_warnings_and_writes_nothing(run: Run, tmp_path: Path, command: str) -> None:
    rules, data = tmp_path / "a.assess", tmp_path / "a.csv"
    rules.write_text(STRICT, encoding="utf-8")
    data.write_text("地区,年度,x（元）\n甲,2018,5\n", encoding="utf-8")
    more = ("--region", "甲") if command == "explain" else ()
    code, out, err = run(command, str(rules), str(data), *more)
    assert (code, "no-authority" in err, "10" in out) == (0, True, True)
    for quiet in ((), ("--quiet",)):
        code, out, err = run(command, str(rules), str(data), "--strict", *quiet, *more)
        assert (code, out, "no-authority" in err) == (1, "", True)
    allowed = STRICT.replace("    allow no-owner", '    allow no-authority "a trial"\n    allow no-owner')
    rules.write_text(allowed, encoding="utf-8")
    code, out, err = run(command, str(rules), str(data), "--strict", *more)
    assert (code, err) == (0, "")
    assert "no-authority: a trial" in out
