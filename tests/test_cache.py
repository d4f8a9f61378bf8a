"""Compiled rule sets are kept between runs, in a folder that only the user can write to."""

import os
from pathlib import Path

import pytest

import assessment.cache
from assessment import api
from assessment.diagnostics.model import Source

RULES = """assessment a.b for 2018 "one" {
    total 100 points
    round total half-up to 2 places
    policies { missing: error; ties: min; undefined: zero; zero base: undefined }
    compare rounded
    rank within all
    authority "1"
    input x "x" in 亿元 { range >= 0 }
    category c "c" {
        indicator 1 "i" 100 points { score = attain(x, target: 10 亿元) }
    }
    grade good >= 60 points; poor otherwise
}
"""


@pytest.fixture
def rules_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSESSMENT_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "rules.assess"
    path.write_text(RULES, encoding="utf-8")
    return path


def kept(path: Path) -> list[Path]:
    return sorted((path.parent / "cache").glob("*.rules"))


def test_a_second_load_gives_an_equal_rule_set_without_parsing(
    rules_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = api.load(rules_file)
    assert len(kept(rules_file)) == 1
    monkeypatch.setattr(api, "_compiled", lambda _source: pytest.fail("compiled again"))
    second = api.load(rules_file)
    data = {"a": {"x": 6}, "b": {"x": 5}}
    totals = [
        [str(one.total) for one in rules.evaluate(api.read_data(data, rules))] for rules in (first, second)
    ]
    assert totals == [["60.00", "50.00"]] * 2


def test_an_edited_file_is_compiled_again(rules_file: Path) -> None:
    api.load(rules_file)
    rules_file.write_text(RULES.replace("10 亿元", "20 亿元"), encoding="utf-8")
    rules = api.load(rules_file)
    assert str(rules.evaluate(api.read_data({"a": {"x": 5}}, rules))["a"].total) == "25.00"
    assert len(kept(rules_file)) == 2


def test_warnings_are_remembered_with_the_rule_set(rules_file: Path) -> None:
    fresh = api.check(rules_file)
    assert [one.code for one in api.check(rules_file)] == [one.code for one in fresh]


def test_a_file_that_was_loaded_or_checked_is_not_read_again_to_be_checked(
    rules_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = rules_file.with_name("other.assess")
    other.write_text(RULES.replace("range >= 0", "range >= 1"), encoding="utf-8")
    warnings = api.load(rules_file).diagnostics
    found = api.check(other)
    monkeypatch.setattr(api, "_findings", lambda _source: pytest.fail("checked again"))
    assert api.check(rules_file) == warnings
    assert api.check(other) == found


@pytest.mark.parametrize("content", [b"", b"not a pickle", b"cos\nsystem\n(S'false'\ntR."])
def test_a_file_that_cannot_be_read_is_as_if_it_were_not_there(rules_file: Path, content: bytes) -> None:
    api.load(rules_file)
    kept(rules_file)[0].write_bytes(content)
    assert api.load(rules_file).points == 100


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="only systems with file modes tell who may write")
def test_what_others_could_have_written_is_not_read(rules_file: Path) -> None:
    api.load(rules_file)
    source = Source(name=str(rules_file), text=RULES)
    assert assessment.cache.recall(source) is not None
    kept(rules_file)[0].chmod(0o666)
    assert assessment.cache.recall(source) is None
    kept(rules_file)[0].chmod(0o600)
    kept(rules_file)[0].parent.chmod(0o777)
    assert assessment.cache.recall(source) is None


def test_off_keeps_nothing(rules_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSMENT_CACHE", "off")
    api.load(rules_file)
    assert kept(rules_file) == []


def test_only_the_newest_are_left(rules_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessment.cache, "MOST_KEPT", 3)
    for points in range(5):
        rules_file.write_text(RULES + f"// {points}\n", encoding="utf-8")
        api.load(rules_file)
    assert len(kept(rules_file)) == 3


def test_a_folder_that_cannot_be_made_is_left_alone(
    rules_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSMENT_CACHE", str(rules_file / "below-a-file"))
    assert api.load(rules_file).points == 100


def test_a_write_that_fails_leaves_nothing_behind(rules_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Path, _target: Path) -> Path:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    api.load(rules_file)
    assert list((rules_file.parent / "cache").iterdir()) == []
