"""The command: exit codes, languages, data, and what is refused."""

import json
from pathlib import Path

import jsonschema
import pytest

from assessment.analysis.json import schema_text
from assessment.cli.main import main

OLD = """
assessment parks for 2018 "Parks" {
    total 6 points
    round none
    compare full
    policies { missing: error; undefined: zero; ties: min }
    rank within all; order total
    input park "Park area" in 公顷 { range >= 0 }
    indicator 1 "Park area" 6 points = attain(park, target: 40 公顷)
}
"""
DATA = "region,year,park\nNorth,2018,20\nSouth,2018,30\n"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "old.assess": OLD,
        "words.assess": OLD.replace('"Parks"', '"Parks and gardens"'),
        "new.assess": OLD.replace("40 公顷", "50 公顷"),
        "broken.assess": OLD.replace("total 6", "total 7"),
        "data.csv": DATA,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["old.assess", "old.assess"], 0),
        (["old.assess", "words.assess"], 0),
        (["old.assess", "new.assess"], 1),
        (["old.assess", "broken.assess"], 1),
        (["old.assess", "new.assess", "--data", "data.csv"], 1),
        (["old.assess", "new.assess", "--period", "2018"], 2),
        (["old.assess", "new.assess", *["--data", "data.csv"] * 3], 2),
        (["-", "-"], 2),
    ],
)
def test_exit_codes(old: Path, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    del old
    assert main(["diff", *arguments]) == code
    capsys.readouterr()


def test_the_language_is_that_of_the_new_file_unless_asked(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del old
    main(["diff", "old.assess", "new.assess"])
    assert "`target` of `attain` from 40 公顷 to 50 公顷" in capsys.readouterr().out
    main(["diff", "old.assess", "new.assess", "--lang", "zh"])
    assert "“达标”的“目标”由 40 公顷 改为 50 公顷" in capsys.readouterr().out


def test_json_keeps_its_schema(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del old
    main(["diff", "old.assess", "new.assess", "--data", "data.csv", "--json"])
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, json.loads(schema_text()))
    # 6·20/40 = 3 and 6·20/50 = 12/5.
    assert found["moves"]["regions"][0]["total"] == {
        "old": "3",
        "new": "2.4",
        "move": "-0.6",
        "rule": "-0.6",
        "data": "0",
    }


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "diff"]) == 0
    assert capsys.readouterr().out == schema_text()
