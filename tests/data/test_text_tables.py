import time
import zlib

import pytest

from assessment.data import grid

TABLE = "地区,研发经费\n冠县,1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encoding_is_recognised(reading, encoding) -> None:
    assert reading(TABLE.encode(encoding)).value() == 1


def test_encoding_other_than_utf_8_is_noted(reading) -> None:
    assert reading(TABLE.encode("gb18030")).notes.count("data-encoding-tried") == 1
    assert "data-encoding-tried" not in reading(TABLE.encode()).notes


def test_text_without_known_headings_in_gb18030_is_an_error_of_encoding(reading) -> None:
    assert reading("이름,수\n충청,1\n".encode("euc-kr")).codes == ["data-encoding"]


def test_text_in_no_encoding_is_an_error(reading) -> None:
    assert reading(b"region,rd\n\xff\xff\xff,1\n").codes == ["data-encoding"]


def test_encoding_may_be_given(reading) -> None:
    assert reading("region,rd\n冠縣,1\n".encode("big5"), encoding="big5").codes == ["data-unknown-region"]


@pytest.mark.parametrize("encoding", ["no-such-code", "ascii"])
def test_wrong_encoding_given_is_an_error(reading, encoding) -> None:
    assert reading(TABLE.encode(), encoding=encoding).codes == ["data-encoding"]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_delimiter_is_the_one_that_shows_the_headings(reading, mark) -> None:
    table = f'地区{mark}研发经费{mark}专家评分\n冠县{mark}1{mark}"92; 88, 95"\n'
    assert reading(table).value() == 1


def test_semicolons_in_a_cell_do_not_hide_the_comma(reading) -> None:
    assert reading("region,panel\n冠县,92; 88; 95; 90; 91\n").value("panel") == (92, 88, 95, 90, 91)


def test_row_with_a_quoted_line_break_is_one_row(reading) -> None:
    found = reading('地区,备注,研发经费\n东昌府区,"一\n二",1\n冠县,,x\n')
    assert found.places == ["row 3, column 研发经费"]


def test_line_ends_of_old_programs_are_read(reading) -> None:
    assert reading(TABLE.replace("\n", "\r\n")).value() == 1
    assert reading(TABLE.replace("\n", "\r")).value() == 1


@pytest.mark.parametrize("text", ['地区,研发经费\n冠县,"1\n', '地区,研发经费\n冠县,"1"2\n'])
def test_quotation_mark_without_its_counterpart_is_an_error(reading, text) -> None:
    found = reading(text)
    assert found.codes == ["data-unreadable"]


@pytest.mark.parametrize("content", [b"", b"   \n\n", b"\xef\xbb\xbf", "", "\n"])
def test_empty_file_is_an_error(reading, content) -> None:
    assert reading(content).codes == ["data-empty"]


@pytest.mark.parametrize(
    "content", [bytes(range(256)), b"\x7fELF\x02\x01\x01\x00", b"\x89PNG\r\n\x1a\n\x00", "地区\x01,rd\n"]
)
def test_binary_file_is_an_error(reading, content) -> None:
    assert reading(content).codes == ["data-unreadable"]


def test_bytes_of_compressed_data_are_an_error(reading) -> None:
    content = zlib.compress(b"".join(str(number**3).encode() for number in range(3000)))
    assert len(reading(content).codes) == 1


def test_line_of_ten_megabytes_is_refused_at_once(reading) -> None:
    begin = time.monotonic()
    found = reading(b"region,rd\n" + b"1," * 5_000_000)
    assert found.codes == ["data-too-large"]
    assert found.errors[0].span.row == 2
    assert time.monotonic() - begin < 3


def test_file_beyond_the_limit_is_refused(reading, monkeypatch, tmp_path) -> None:
    path = tmp_path / "big.csv"
    path.write_bytes(b"region,rd\n" + b"x" * 100)
    monkeypatch.setattr("assessment.data.sources.MOST_BYTES", 50)
    found = reading(path)
    assert found.codes == ["data-too-large"]
    assert found.places == ["big.csv"]


def test_too_many_cells_are_refused(reading) -> None:
    assert reading("region,rd\n" + ",\n" * (grid.MOST_CELLS // 2)).codes == ["data-too-large"]


def test_huge_cell_is_refused(reading) -> None:
    assert reading(f'region,rd\n冠县,"{"x" * 200_000}"\n').codes == ["data-too-large"]
