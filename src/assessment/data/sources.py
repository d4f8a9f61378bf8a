"""A source as sheets: a file, bytes or text, a data frame or a mapping; what is in the sheets is not looked at.

Only the delimiter of a text table asks what is recognised in it, since nothing else tells one from another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from attrs import frozen

from assessment.data.frames import frame_kind, read_frame
from assessment.data.grid import BEFORE_ALL, MOST_BYTES, Found, Sheet, clipped
from assessment.data.mappings import read_mapping
from assessment.data.text_tables import read_text_table, too_large
from assessment.data.workbooks import read_workbook
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, diagnostic

__all__ = ["DataSource", "Opened", "Recognition", "open_source"]

DataSource: TypeAlias = object
"""A path, bytes or text of a table, a data frame, or a mapping."""

Recognition: TypeAlias = Callable[[Sequence[Sequence[str]]], int]
"""How well the best row of headings among rows of text is recognised; 0 where none is."""


@frozen(kw_only=True)
class Opened:
    """The sheets, what was found while opening them, and what the source is called."""

    sheets: tuple[Sheet, ...] = ()
    found: tuple[Found, ...] = ()
    file: str | None = None
    name: str = ""


def open_source(
    source: DataSource, recognised: Recognition, encoding: str | None, wanted: Sequence[str] | None
) -> Opened:
    """The sheets of a source; `wanted` names the sheets of a workbook, None takes all that are visible."""
    kind = frame_kind(source)
    if kind is not None:
        one, found = read_frame(source, kind)
        return Opened(sheets=() if one is None else (one,), found=found, name=f"{kind} frame")
    match source:
        case Mapping():
            sheets, found = read_mapping(source)
            return Opened(sheets=sheets, found=found, name="mapping")
        case bytes():
            return _content(source, None, recognised, encoding, wanted)
        case str() if "\n" in source or "\r" in source or not source:
            return _content(source, None, recognised, encoding, wanted)
        case str() | Path():
            return _file(Path(source), recognised, encoding, wanted)
    text = Text(
        en=f"data cannot be read from a `{type(source).__name__}`",
        zh=f"无法从 `{type(source).__name__}` 读取数据",
    )
    help = Text(
        en="give a path, a table as text or bytes, a data frame, or a mapping",
        zh="请提供路径、表格文本、数据框或映射",
    )
    return Opened(found=(Found(at=BEFORE_ALL, diagnostic=diagnostic("data-unreadable", text, help=help)),))


def _file(path: Path, recognised: Recognition, encoding: str | None, wanted: Sequence[str] | None) -> Opened:
    shown = clipped(path.name or str(path), 80)
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        text = Text(en=f"there is no file `{shown}`", zh=f"没有文件 `{shown}`")
    except IsADirectoryError:
        text = Text(en=f"`{shown}` is a folder, not a file", zh=f"`{shown}` 是文件夹，不是文件")
    except (OSError, ValueError):  # ValueError: a path with a null character
        text = Text(en=f"the file `{shown}` cannot be opened", zh=f"无法打开文件 `{shown}`")
    else:
        return _content(content, shown, recognised, encoding, wanted)
    place = CellPlace(file=shown)
    return Opened(
        found=(Found(at=BEFORE_ALL, diagnostic=diagnostic("data-unreadable", text, place)),), file=shown
    )


def _content(
    content: bytes | str,
    file: str | None,
    recognised: Recognition,
    encoding: str | None,
    wanted: Sequence[str] | None,
) -> Opened:
    name = file or "text"
    if len(content) > MOST_BYTES:
        return Opened(found=(too_large(file),), file=file, name=name)
    if isinstance(content, bytes) and content.startswith(b"PK"):
        sheets, found = read_workbook(content, file=file, sheets=wanted)
        return Opened(sheets=sheets, found=found, file=file, name=name)
    if isinstance(content, bytes) and content.startswith((b"\xd0\xcf\x11\xe0", b"PAR1")):
        return Opened(found=(_other_format(content, file),), file=file, name=name)
    if _is_web_page(content):
        return Opened(found=(_web_page(file),), file=file, name=name)
    if wanted:
        text = Text(en="a text table has no sheets to choose from", zh="文本表格没有工作表可选")
        help = Text(en="leave out the name of the sheet", zh="请不要指定工作表")
        one = diagnostic("data-unknown-sheet", text, CellPlace(file=file), help=help)
        return Opened(found=(Found(at=BEFORE_ALL, diagnostic=one),), file=file, name=name)
    sheet, found = read_text_table(content, file=file, encoding=encoding, recognition=recognised)
    return Opened(sheets=() if sheet is None else (sheet,), found=found, file=file, name=name)


def _is_web_page(content: bytes | str) -> bool:
    """Whether a table is really a page of the web, as many files named `.xls` are."""
    start = content[:200].decode("latin-1") if isinstance(content, bytes) else content[:200]
    return (
        re.match(r"(?:\ufeff|ï»¿)?\s*<(?:!doctype html|html|head|body|table|meta)\b", start, re.IGNORECASE)
        is not None
    )


def _web_page(file: str | None) -> Found:
    text = Text(en="the table is a page of the web (HTML)", zh="该表是网页（HTML）")
    help = Text(
        en="open it in a spreadsheet program and save it as .xlsx or CSV",
        zh="请用电子表格软件打开，另存为 .xlsx 或 CSV",
    )
    one = diagnostic("data-unreadable", text, CellPlace(file=file), help=help)
    return Found(at=BEFORE_ALL, diagnostic=one)


def _other_format(content: bytes, file: str | None) -> Found:
    parquet = content.startswith(b"PAR1")
    text = (
        Text(en="the file is in Parquet format", zh="文件为 Parquet 格式")
        if parquet
        else Text(
            en="the file is a workbook of the old format, or protected by a password",
            zh="文件是旧版格式的工作簿，或设有密码",
        )
    )
    help = (
        Text(en="read it into a data frame and give that", zh="请先读入数据框，再提供该数据框")
        if parquet
        else Text(en="save it as .xlsx without a password", zh="请取消密码并另存为 .xlsx")
    )
    return Found(
        at=BEFORE_ALL, diagnostic=diagnostic("data-unreadable", text, CellPlace(file=file), help=help)
    )
