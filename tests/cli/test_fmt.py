"""`assessment fmt`, run in this process: what it writes, what it leaves alone, and with which exit code."""

import io
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import assessment
from assessment.cli import main
from assessment.cli.commands import fmt

ROOT = Path(__file__).parents[2]
UNTIDY = "考核 a {\n总分 100分;比较   修约值 // 注\n}\n"
TIDY = "考核 a {\n    总分 100 分\n    比较 修约值  // 注\n}\n"
ENGLISH = "assessment a {\n    total   100 points\n    compare rounded  // 注\n}\n"
BAD = "考核 a {\n总分 一百 分\n}\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*argv: object) -> tuple[int, str, str]:
        try:
            code = main(["fmt", *map(str, argv)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    path = tmp_path / "a.assess"
    path.write_bytes(UNTIDY.encode())
    return path


def test_a_file_is_put_in_order_and_told(run: Run, untidy: Path) -> None:
    code, out, err = run(untidy)
    assert (code, out) == (0, "")
    assert err == f"{untidy}：已整理\n"
    assert untidy.read_text(encoding="utf-8") == TIDY


def test_a_file_in_order_is_not_written_again(run: Run, untidy: Path) -> None:
    run(untidy)
    before = untidy.stat()
    assert run(untidy) == (0, "", "")
    assert untidy.stat().st_mtime_ns == before.st_mtime_ns
    assert untidy.stat().st_ino == before.st_ino


def test_check_writes_nothing_and_fails_where_something_would_change(run: Run, untidy: Path) -> None:
    assert run("--check", untidy) == (1, "", f"{untidy}：需整理\n")
    assert untidy.read_text(encoding="utf-8") == UNTIDY
    run(untidy)
    assert run("--check", untidy) == (0, "", "")


def test_diff_shows_what_would_change_and_writes_nothing(run: Run, untidy: Path) -> None:
    code, out, err = run("--diff", untidy)
    assert (code, err) == (0, "")
    assert out.splitlines()[2:] == [
        "@@ -1,3 +1,4 @@",
        " 考核 a {",
        "-总分 100分;比较   修约值 // 注",
        "+    总分 100 分",
        "+    比较 修约值  // 注",
        " }",
    ]
    assert untidy.read_text(encoding="utf-8") == UNTIDY
    assert run("--check", "--diff", untidy)[0] == 1


def test_a_file_with_errors_is_left_alone_and_the_others_are_done(
    run: Run, untidy: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.assess"
    bad.write_text(BAD, encoding="utf-8")
    code, _, err = run(bad, untidy)
    assert code == 1
    assert "bad.assess:2" in err
    assert bad.read_text(encoding="utf-8") == BAD
    assert untidy.read_text(encoding="utf-8") == TIDY


def test_a_folder_stands_for_the_rule_files_in_it(run: Run, untidy: Path) -> None:
    (untidy.parent / "notes.txt").write_text("notes", encoding="utf-8")
    assert run(untidy.parent)[0] == 0
    assert untidy.read_text(encoding="utf-8") == TIDY


def test_keywords_are_turned_into_the_language_asked_for(run: Run, untidy: Path) -> None:
    run("--lang", "en", untidy)
    assert untidy.read_text(encoding="utf-8") == ENGLISH
    run("--lang", "zh", untidy)
    assert untidy.read_text(encoding="utf-8") == TIDY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_mark_and_line_ends_stay(run: Run, untidy: Path, encoding: str, end: str) -> None:
    untidy.write_bytes(UNTIDY.replace("\n", end).encode(encoding))
    assert run(untidy)[0] == 0
    assert untidy.read_bytes() == TIDY.replace("\n", end).encode(encoding)


def test_rights_and_links_stay(run: Run, untidy: Path, tmp_path: Path) -> None:
    untidy.chmod(0o640)
    link = tmp_path / "link.assess"
    link.symlink_to(untidy)
    assert run(link)[0] == 0
    assert link.is_symlink()
    assert stat.S_IMODE(untidy.stat().st_mode) == 0o640
    assert untidy.read_text(encoding="utf-8") == TIDY
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.assess", "link.assess"]


def test_standard_input_goes_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(UNTIDY.encode("gb18030"))))
    assert main(["fmt", "-"]) == 0
    assert capsysbinary.readouterr().out == TIDY.encode("gb18030")


def test_a_file_that_cannot_be_written_does_not_stop_the_others(
    run: Run, untidy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = untidy.with_name("0.assess")
    locked.write_bytes(UNTIDY.encode())
    rewrite = fmt.rewrite_bytes

    def refuse(data: bytes, path: str) -> None:
        if path == str(locked):
            raise assessment.UsageError(f"`{path}` cannot be written", f"无法写入 `{path}`")
        rewrite(data, path)

    monkeypatch.setattr(fmt, "rewrite_bytes", refuse)
    code, _, err = run(untidy.parent)
    assert code == 2
    assert "无法写入" in err
    assert locked.read_bytes() == UNTIDY.encode()
    assert untidy.read_text(encoding="utf-8") == TIDY


def test_a_file_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    code, out, err = run(tmp_path / "none.assess")
    assert (code, out) == (1, "")
    assert "file-unreadable" in err


def test_the_function_gives_the_text_and_writes_nothing(untidy: Path) -> None:
    assert assessment.format_rules(UNTIDY) == TIDY
    assert assessment.format_rules(untidy, lang="en") == ENGLISH
    assert untidy.read_text(encoding="utf-8") == UNTIDY


def test_the_function_refuses_errors_and_other_languages() -> None:
    with pytest.raises(assessment.RulesError):
        assessment.format_rules(BAD)
    with pytest.raises(assessment.UsageError):
        assessment.format_rules(TIDY, lang="fr")  # type: ignore[arg-type]


def test_the_shipped_rules_are_in_order(run: Run) -> None:
    assert run("--check", ROOT / "rules") == (0, "", "")
