import os
from pathlib import Path

import pytest

from assessment.syntax.limits import MAX_BYTES
from assessment.syntax.source import decode_source, read_source

TEXT = "考核 a { 假定 “聊政发” }"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_rule_file_is_read_in_the_encodings_of_the_field(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.assess"
    path.write_bytes(TEXT.encode(encoding))
    source, found = read_source(path)
    assert found == ()
    assert source is not None
    assert (source.name, source.text) == (str(path), TEXT)


def test_source_is_named_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.assess").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    source, _ = read_source("a.assess")
    assert source is not None
    assert source.name == "a.assess"


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04\x00\x00", b"\x80\x81\xff\xff", "考核".encode("utf-16"), bytes(range(256)), b"\xff\xfea"],
    ids=["zip", "bytes", "utf-16", "all", "bom"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    source, found = decode_source(data, "a.assess")
    assert source is None
    assert [d.code for d in found] == ["not-text"]


def test_missing_file_is_a_finding(tmp_path: Path) -> None:
    source, found = read_source(tmp_path / "none.assess")
    assert source is None
    assert [d.code for d in found] == ["file-unreadable"]


def test_folder_is_a_finding(tmp_path: Path) -> None:
    source, found = read_source(tmp_path)
    assert source is None
    assert [d.code for d in found] == ["file-unreadable"]


def test_file_that_is_too_large_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "large.assess"
    with path.open("wb") as stream:
        os.truncate(stream.fileno(), 40 * MAX_BYTES)
    source, found = read_source(path)
    assert source is None
    assert [d.code for d in found] == ["file-too-large"]
    assert str(40 * MAX_BYTES) in found[0].message
