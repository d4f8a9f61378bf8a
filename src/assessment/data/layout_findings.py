"""The findings about headings, titles and columns: each function builds one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from assessment.data import words
from assessment.data.grid import Found, Sheet, clipped
from assessment.data.headings import Heading
from assessment.data.table import Table
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Label, diagnostic
from assessment.semantics.model import Input


def near_column(table: Table, column: int, near: Input) -> Found:
    """The error for an unknown heading that comes near an input."""
    shown, meant = clipped(table.headings[column].text), near.title or near.name
    return Found(
        at=(table.sheet.index, table.header, column),
        diagnostic=diagnostic(
            "data-unknown-column",
            Text(en=f"the rules have no input `{shown}`", zh=f"规则中没有数据项 `{shown}`"),
            table.place(table.header, column),
            help=Text(en=f"did you mean `{meant}`?", zh=f"是否应为 `{meant}`？"),
        ),
    )


def skipped_column(table: Table, column: int) -> Found:
    """The note that a column was skipped."""
    shown = clipped(table.headings[column].text)
    return Found(
        at=(table.sheet.index, table.header, column),
        diagnostic=diagnostic(
            "data-skipped-column",
            Text(
                en=f"column `{shown}` is no input of the rules and was skipped",
                zh=f"列 `{shown}` 不是规则的数据项，已跳过",
            )
            if shown
            else Text(en="a column without a heading was skipped", zh="没有表头的列已跳过"),
            table.place(table.header, column),
        ),
    )


def folded_name(table: Table, row: int, column: int) -> Found:
    """The note that a name in a cell was folded before it was recognised."""
    text = table.sheet.cell(row, column).text
    return name_folded((table.sheet.index, row, column), text, table.place(row, column))


def name_folded(at: tuple[int, int, int], text: str, place: CellPlace) -> Found:
    """The note that a name was recognised only after compatibility characters were folded."""
    plain = unicodedata.normalize("NFKC", text.strip())
    return Found(
        at=at,
        diagnostic=diagnostic(
            "data-name-folded",
            Text(
                en=f"`{clipped(text)}` has compatibility characters and was read as `{clipped(plain)}`",
                zh=f"`{clipped(text)}` 含兼容字符，按 `{clipped(plain)}` 读取",
            ),
            place,
        ),
    )


def skipped_row(sheet: Sheet, row: int, text: str, what: Text) -> Found:
    """The note that a row was skipped, and as what."""
    shown = clipped(text)
    return Found(
        at=(sheet.index, row, 0),
        diagnostic=diagnostic(
            "data-skipped-row",
            Text(en=f"row `{shown}` was skipped as {what.en}", zh=f"行 `{shown}` 作为{what.zh}跳过"),
            sheet.place(row),
        ),
    )


def no_headings(sheet: Sheet) -> Found:
    """The error for a sheet in which no row of headings is recognised."""
    return Found(
        at=(sheet.index, 0, -1),
        diagnostic=diagnostic(
            "data-no-region-column",
            Text(
                en="no row of headings was recognised: none names regions or an input of the rules",
                zh="未能识别表头行：没有一行含地区列或规则的数据项",
            ),
            CellPlace(file=sheet.file, sheet=sheet.name),
            help=Text(
                en="give one row of headings, such as `region` and the names or titles of the inputs",
                zh="请设一行表头，例如 `地区` 和各数据项的名称",
            ),
        ),
    )


def no_region(sheet: Sheet, header: int) -> Found:
    """The error for headings none of which is that of regions."""
    return Found(
        at=(sheet.index, header, -1),
        diagnostic=diagnostic(
            "data-no-region-column",
            Text(en="no column names the regions", zh="没有地区列"),
            sheet.place(header),
            help=Text(en="head the column of regions with `region`", zh="请把地区所在列的表头写作 `地区`"),
        ),
    )


def no_inputs(table: Table) -> Found:
    """The error for headings none of which is an input."""
    return Found(
        at=(table.sheet.index, table.header, -1),
        diagnostic=diagnostic(
            "data-missing-column",
            Text(en="no column is headed with an input of the rules", zh="没有一列的表头是规则的数据项"),
            table.place(table.header),
            help=Text(
                en="head the columns with the names or titles of the inputs",
                zh="请以数据项的名称或标题作为表头",
            ),
        ),
    )


def merged_headers(sheet: Sheet, header: int) -> Iterator[Found]:
    """An error for each merged block that reaches into the row of headings."""
    for block in sheet.merges:
        if block.top <= header <= block.bottom:
            yield Found(
                at=(sheet.index, block.top, block.left),
                diagnostic=diagnostic(
                    "data-merged-header",
                    Text(
                        en=f"the heading cells {block.text} are merged, so a column has no heading of its own",
                        zh=f"表头单元格 {block.text} 合并，列没有各自的表头",
                    ),
                    sheet.place(block.top, block.left),
                    help=Text(
                        en="split the cells and give each column one heading in one row",
                        zh="请拆分单元格，每列在同一行各写一个表头",
                    ),
                ),
            )


def invisible(sheet: Sheet, header: int, headings: Sequence[Heading]) -> Iterator[Found]:
    """An error for each heading with a character that cannot be seen."""
    for column, heading in enumerate(headings):
        found = invisible_name((sheet.index, header, column), heading.text, sheet.place(header, column))
        if found is not None:
            yield found


def invisible_name(at: tuple[int, int, int], text: str, place: CellPlace) -> Found | None:
    """The error for a name that holds a character which cannot be seen."""
    code = words.invisible(text)
    if code is None:
        return None
    return Found(
        at=at,
        diagnostic=diagnostic(
            "data-invisible-character",
            Text(
                en=f"`{clipped(text)}` holds the invisible character {code}",
                zh=f"`{clipped(text)}` 含不可见字符 {code}",
            ),
            Label(place=place),
            help=Text(en="type the name again", zh="请重新输入该名称"),
        ),
    )
