"""The findings about rows of data: each function builds one, with what it spoils."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.data.entries import DataRow, Reader, Spoiled
from assessment.data.grid import Found, Merge, clipped
from assessment.data.headings import Heading
from assessment.data.names import Names
from assessment.data.table import Table
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Label, diagnostic
from assessment.semantics.model import Input


def unknown_region(table: Table, row: int, text: str, names: Names) -> Iterator[Found | Spoiled]:
    """The error for a row whose region is not known, and what it spoils."""
    near = names.near_region(text) if text else None
    yield Spoiled(region=near, unnamed=True)
    message = (
        Text(en=f"the rules have no region `{clipped(text)}`", zh=f"规则中没有地区 `{clipped(text)}`")
        if text
        else Text(en="the row has values but names no region", zh="该行有数值而没有地区名")
    )
    yield Found(
        at=(table.sheet.index, row, table.region),
        diagnostic=diagnostic(
            "data-unknown-region",
            message,
            table.place(row, table.region),
            help=Text(en=f"did you mean `{near}`?", zh=f"是否应为 `{near}`？")
            if near is not None
            else Text(
                en="name a region of the rules, or give the name as an alias",
                zh="请写规则中的地区名，或将该名称设为别名",
            ),
        ),
    )


def double_region(table: Table, first: int, row: DataRow) -> Found:
    """The error for a second row of one region and year."""
    year = "" if table.period is None or row.period is None else str(row.period)
    return Found(
        at=(table.sheet.index, row.number, table.region),
        diagnostic=diagnostic(
            "data-duplicate-region",
            Text(
                en=f"`{row.region}` has a second row{f' for {year}' if year else ''}",
                zh=f"`{row.region}` {f'{year} 年' if year else ''}有第二行数据",
            ),
            Label(place=table.place(row.number, table.region)),
            Label(
                place=table.place(first, table.region),
                text=Text(en="the first row", zh="第一行在此"),
                primary=False,
            ),
            help=Text(en="keep one row for each region and year", zh="每个地区每个年度只保留一行"),
        ),
    )


def double_column(table: Table, first: int, place: int, spec: Input) -> Found:
    """The error for a second column of one input and year."""
    called = spec.title or spec.name
    return Found(
        at=(table.sheet.index, table.header, place),
        diagnostic=diagnostic(
            "data-duplicate-column",
            Text(en=f"`{called}` has a second column", zh=f"`{called}` 有第二列"),
            Label(place=table.place(table.header, place)),
            Label(
                place=table.place(table.header, first),
                text=Text(en="the first column", zh="第一列在此"),
                primary=False,
            ),
            help=Text(
                en="keep one column, or put the year into each heading",
                zh="请只保留一列，或在各列表头注明年度",
            ),
        ),
    )


def no_period(table: Table, row: int, column: int) -> Found:
    """The error for values of which nothing says the year."""
    return Found(
        at=(table.sheet.index, row, column),
        diagnostic=diagnostic(
            "data-no-period",
            Text(en="nothing says of which year the values are", zh="未注明数值所属的年度"),
            table.place(row, column),
            help=Text(
                en="add a column `year`, put the year into the headings, or give it as `period`",
                zh="请增加 `年度` 列，或在表头写明年度，或以参数 `period` 给出",
            ),
        ),
    )


def merged_value(table: Table, block: Merge) -> Found:
    """The error for values in merged cells."""
    return Found(
        at=(table.sheet.index, block.top, block.left),
        diagnostic=diagnostic(
            "data-merged-cell",
            Text(
                en=f"the cells {block.text} are merged, so it is not clear whose value they hold",
                zh=f"单元格 {block.text} 合并，无法判断数值属于谁",
            ),
            table.sheet.place(block.top, block.left),
            help=Text(en="split the cells and fill in each one", zh="请拆分单元格并逐格填写"),
        ),
    )


def unknown_indicator(
    table: Table, row: int, column: int, heading: Heading, reader: Reader
) -> Iterator[Found | Spoiled]:
    """The error for an unknown name of an input in a long table, or the note that its rows were skipped."""
    shown = clipped(heading.text)
    at, place = (table.sheet.index, row, column), table.place(row, column)
    near = reader.names.near_input(heading.base, reader.names.inputs) if heading.role == "unknown" else None
    if near is None:
        text = Text(
            en=f"rows of `{shown}` were skipped: it is no input of the rules",
            zh=f"`{shown}` 不是规则的数据项，其各行已跳过",
        )
        yield Found(at=at, diagnostic=diagnostic("data-skipped-row", text, place))
        return
    yield Spoiled(input=near.name)
    yield Found(
        at=at,
        diagnostic=diagnostic(
            "data-unknown-column",
            Text(en=f"the rules have no input `{shown}`", zh=f"规则中没有数据项 `{shown}`"),
            place,
            help=Text(
                en=f"did you mean `{near.title or near.name}`?", zh=f"是否应为 `{near.title or near.name}`？"
            ),
        ),
    )
