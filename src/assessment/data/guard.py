"""Is a workbook safe to open? Decided from the zip alone, before any of it is parsed.

Workbooks are zips of XML. A few kilobytes can stand for gigabytes (ratio, declared size), for a million columns (one far
cell, one merged block), for endless entities (a document type), or for a great many parts. Each has a limit here.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from attrs import frozen

from assessment.data.grid import MOST_CELLS, too_many_cells
from assessment.diagnostics.bilingual import Text

MOST_PARTS = 2_000
MOST_UNPACKED = 128 * 2**20
"""The most bytes that all parts together may declare."""
MOST_XML = 64 * 2**20
"""The most bytes of one part in XML."""
MOST_RATIO = 250
_RATIO_FROM = 2**20
MOST_MERGED = 100_000

_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']*)[\"']")
_BLOCK = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
_HIDDEN_ADDRESS = re.compile(rb"\br(?:ef)?\s*=\s*[\"'][^\"'>]*&")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@frozen(kw_only=True)
class Guarded:
    """A workbook that may be opened; `formulas` says whether any cell has one."""

    formulas: bool


@frozen(kw_only=True)
class Unsafe:
    """Why a workbook is not opened."""

    code: str
    text: Text
    help: Text | None = None


def guard(content: bytes) -> Guarded | Unsafe:
    """Look at every part of the zip, within bounded time and memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _declared(archive) or _looked_at(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return _damaged()


def _declared(archive: zipfile.ZipFile) -> Unsafe | None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        return _unsafe(
            f"the workbook has {len(parts):,} parts, at most {MOST_PARTS:,} are opened",
            f"工作簿含 {len(parts):,} 个部件，最多打开 {MOST_PARTS:,} 个",
        )
    if any(part.flag_bits & 1 for part in parts):
        return Unsafe(
            code="data-unreadable",
            text=Text(en="the workbook is encrypted", zh="工作簿已加密"),
            help=Text(en="save it without a password", zh="请取消密码后另存"),
        )
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        return _unsafe("the workbook has two parts of one name", "工作簿中有同名部件")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        return _unsafe(
            f"the workbook unpacks to more than {MOST_UNPACKED // 2**20} MiB",
            f"工作簿解压后超过 {MOST_UNPACKED // 2**20} MiB",
        )
    for part in parts:
        if part.file_size > _RATIO_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            return _unsafe(
                f"a part of the workbook unpacks to more than {MOST_RATIO} times its size",
                f"工作簿中有部件解压后超过原大小的 {MOST_RATIO} 倍",
            )
    if "[Content_Types].xml" not in names:
        return _damaged()
    return None


def _looked_at(archive: zipfile.ZipFile) -> Guarded | Unsafe:
    cells = merged = rows = columns = 0
    formulas = False
    for part in archive.infolist():
        with archive.open(part) as opened:
            head = opened.read(4)
            if not _is_markup(head):
                continue
            body = head + opened.read(MOST_XML)
        if len(body) > MOST_XML:
            return _unsafe(
                f"a part of the workbook has more than {MOST_XML // 2**20} MiB of text",
                f"工作簿中有部件的文本超过 {MOST_XML // 2**20} MiB",
            )
        if b"\x00" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")) or _TYPE.search(body):
            return _unsafe(
                "a part of the workbook declares a document type or an unusual encoding",
                "工作簿中有部件声明了文档类型或特殊编码",
            )
        if _HIDDEN_ADDRESS.search(body):
            return _unsafe("the workbook writes cell addresses as entities", "工作簿以实体形式书写单元格地址")
        cells += sum(1 for _ in _CELL.finditer(body))
        formulas = formulas or _FORMULA.search(body) is not None
        for letters, digits in _ADDRESS.findall(body):
            rows, columns = max(rows, int(digits)), max(columns, _column(letters))
        for block in _MERGED.findall(body):
            merged += _area(block)
    if cells > MOST_CELLS:
        return _too_large(too_many_cells(cells))
    if cells and rows * columns > MOST_CELLS:
        return _too_large(
            Text(
                en=f"the cells lie in a block of {rows:,} rows and {columns:,} columns, at most {MOST_CELLS:,} cells are read",
                zh=f"单元格分布在 {rows:,} 行 {columns:,} 列的范围内，最多读取 {MOST_CELLS:,} 个单元格",
            )
        )
    if merged > MOST_MERGED:
        return _too_large(
            Text(
                en=f"{merged:,} cells are merged, at most {MOST_MERGED:,} may be",
                zh=f"合并的单元格达 {merged:,} 个，最多 {MOST_MERGED:,} 个",
            )
        )
    return Guarded(formulas=formulas)


def _is_markup(head: bytes) -> bool:
    return head.startswith((b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")) or head[:1].isspace()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _area(block: bytes) -> int:
    found = _BLOCK.fullmatch(block)
    if found is None:
        return MOST_MERGED + 1
    left, top, right, bottom = found.groups()
    if right is None or bottom is None:
        return 1
    return (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)


def _unsafe(en: str, zh: str) -> Unsafe:
    return Unsafe(
        code="data-unsafe-file",
        text=Text(en=en, zh=zh),
        help=Text(
            en="copy the table into a new workbook, or save it as CSV",
            zh="请将表格复制到新工作簿，或另存为 CSV",
        ),
    )


def _too_large(text: Text) -> Unsafe:
    return Unsafe(
        code="data-too-large",
        text=text,
        help=Text(en="delete the empty rows and columns beside the table", zh="请删除表格以外的空行和空列"),
    )


def _damaged() -> Unsafe:
    return Unsafe(
        code="data-unreadable",
        text=Text(en="the file is not a workbook, or is damaged", zh="文件不是工作簿，或已损坏"),
        help=Text(
            en="open it in a spreadsheet program and save it as .xlsx",
            zh="请用电子表格软件打开并另存为 .xlsx",
        ),
    )
