"""CSV text → a sheet: encodings by a strict ladder, the delimiter by which the headings are recognised.

UTF-8 is tried first, then GB18030; UTF-16 only with its mark. Nothing is detected by frequency: detectors take short
Chinese files for Korean. Quotes must pair; lines, cells and the file have stated limits.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from attrs import frozen

from assessment.data.grid import (
    BEFORE_ALL,
    EMPTY,
    MOST_BYTES,
    MOST_CELLS,
    MOST_LINE,
    Cell,
    Found,
    Sheet,
    too_many_cells,
)
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, diagnostic

_DELIMITERS = (",", "\t", ";")
_LOOKED_AT = 40
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@frozen(kw_only=True)
class Decoded:
    """Text and the encoding that was tried because it is not UTF-8."""

    text: str
    guessed: str | None = None


def read_text_table(
    content: bytes | str,
    *,
    file: str | None,
    encoding: str | None,
    recognition: Callable[[Sequence[Sequence[str]]], int],
) -> tuple[Sheet | None, tuple[Found, ...]]:
    """The one sheet of a text table; `recognition` says how well rows of headings are recognised."""
    decoded = _decoded(content, file, encoding)
    if isinstance(decoded, Found):
        return None, (decoded,)
    flaw = _text_flaw(decoded.text, file)
    if flaw is not None:
        return None, (flaw,)
    rows = _parsed(decoded.text, _delimiter(decoded.text, recognition), file)
    if isinstance(rows, Found):
        return None, (rows,)
    return Sheet(file=file, rows=rows, guessed=decoded.guessed), ()


# Encodings -------------------------------------------------------------------------------------------------


def _decoded(content: bytes | str, file: str | None, encoding: str | None) -> Decoded | Found:
    if isinstance(content, str):
        return Decoded(text=content.removeprefix("\ufeff"))
    if encoding is not None:
        return _decoded_as(content, encoding, file)
    for mark, named in _MARKS:
        if content.startswith(mark):
            return _decoded_as(content, named, file)
    if b"\x00" in content:
        return _not_text(file)
    try:
        return Decoded(text=content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        return Decoded(text=content.decode("gb18030"), guessed="GB18030")
    except UnicodeDecodeError as error:
        return _undecoded(
            Text(
                en=f"the text is neither UTF-8 nor GB18030 (byte {error.start + 1} is neither)",
                zh=f"文本既不是 UTF-8 也不是 GB18030 编码（第 {error.start + 1} 字节处）",
            ),
            file,
        )


def _decoded_as(content: bytes, encoding: str, file: str | None) -> Decoded | Found:
    try:
        return Decoded(text=content.decode(encoding).removeprefix("\ufeff"))
    except LookupError:
        return _undecoded(
            Text(en=f"`{encoding}` is not a known encoding", zh=f"`{encoding}` 不是已知的编码"), file
        )
    except UnicodeError:
        return _undecoded(
            Text(en=f"the text is not encoded in `{encoding}`", zh=f"文本不是 `{encoding}` 编码"), file
        )


def undecoded_headings(file: str | None) -> Found:
    """The error for text that could be GB18030, but in which no heading is recognised."""
    return _undecoded(
        Text(
            en="the text is not UTF-8, and read as GB18030 it has no known heading",
            zh="文本不是 UTF-8 编码，按 GB18030 读取也没有可识别的表头",
        ),
        file,
    )


def _undecoded(text: Text, file: str | None) -> Found:
    help = Text(
        en="save the file as CSV UTF-8, or give its encoding", zh="请另存为 CSV UTF-8，或指明文件的编码"
    )
    return _found("data-encoding", text, file, help=help)


# Limits ----------------------------------------------------------------------------------------------------


def _text_flaw(text: str, file: str | None) -> Found | None:
    if not text.strip():
        return _found("data-empty", Text(en="there is nothing in the data", zh="数据为空"), file)
    if len(text) > MOST_BYTES:
        return too_large(file)
    for number, line in enumerate(_lines(text), start=1):
        if len(line) > MOST_LINE:
            return _found(
                "data-too-large",
                Text(
                    en=f"the line has {len(line):,} characters, at most {MOST_LINE:,} are read",
                    zh=f"该行有 {len(line):,} 个字符，最多读取 {MOST_LINE:,} 个",
                ),
                file,
                row=number,
            )
    return _not_text(file) if _CONTROLS.search(text) else None


def too_large(file: str | None) -> Found:
    """The error for a source beyond the limit of its size."""
    most = MOST_BYTES // 2**20
    return _found(
        "data-too-large",
        Text(en=f"the data have more than {most} MiB", zh=f"数据超过 {most} MiB"),
        file,
        help=Text(
            en="give the regions and years that are needed, without attachments",
            zh="请只保留所需的地区和年度，并去掉附件",
        ),
    )


def _not_text(file: str | None) -> Found:
    return _found(
        "data-unreadable",
        Text(en="the file is neither a text table nor a workbook", zh="文件既不是文本表格，也不是工作簿"),
        file,
        help=Text(en="give a .csv or .xlsx file", zh="请提供 .csv 或 .xlsx 文件"),
    )


def _found(
    code: str, text: Text, file: str | None, *, row: int | None = None, help: Text | None = None
) -> Found:
    return Found(at=BEFORE_ALL, diagnostic=diagnostic(code, text, CellPlace(file=file, row=row), help=help))


# Rows ------------------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[str]:
    return io.StringIO(text, newline="")


def _delimiter(text: str, recognition: Callable[[Sequence[Sequence[str]]], int]) -> str:
    """The delimiter under which a row of headings is recognised best; the comma where none is better."""
    top = list(islice(_lines(text), _LOOKED_AT))
    scores = {
        mark: recognition(_top_rows(top, mark)) for mark in _DELIMITERS if any(mark in line for line in top)
    }
    return max(scores, key=lambda mark: scores[mark], default=",")


def _top_rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            rows.append(next(reader))
        except (StopIteration, csv.Error):
            return rows


def _parsed(text: str, delimiter: str, file: str | None) -> tuple[tuple[Cell, ...], ...] | Found:
    rows: list[tuple[Cell, ...]] = []
    count = 0
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            count += len(row)
            if count > MOST_CELLS:
                return _found("data-too-large", too_many_cells(count), file, row=reader.line_num)
            rows.append(tuple(Cell(value=text, text=text) if text else EMPTY for text in row))
    except csv.Error as error:
        if "field limit" in str(error):
            limit = csv.field_size_limit()
            return _found(
                "data-too-large",
                Text(
                    en=f"a cell has more than {limit:,} characters; is a quotation mark not closed?",
                    zh=f"单元格超过 {limit:,} 个字符；是否有引号未闭合？",
                ),
                file,
                row=reader.line_num,
            )
        return _found(
            "data-unreadable",
            Text(
                en="the quotation marks of the table do not pair, up to this line",
                zh="到此行为止，表格中的引号不配对",
            ),
            file,
            row=reader.line_num,
            help=Text(
                en='write a quotation mark inside a quoted cell twice, as in `"a ""b"" c"`',
                zh='引号内的引号请写两次，例如 `"a ""b"" c"`',
            ),
        )
    return tuple(rows)
