"""Makes `liaocheng-2018.xlsx` from `liaocheng-2018.csv`: one sheet for each year, as a statistics office would send it.

The figures are the same, and as *invented* as those of the CSV. Numbers become numbers, everything else stays text;
the sheet's name carries the year, so there is no column for it. The file comes out the same, byte for byte, each time.

    python examples/make_workbook.py
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import sys
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parent
NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def make(source: Path, target: Path) -> None:
    """Write the workbook."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        title, label, headings, *rows = list(csv.reader(file))
    note = rows.pop()[0]
    with xlsxwriter.Workbook(target) as book:
        book.set_properties(
            {
                "created": dt.datetime(2019, 3, 1, tzinfo=dt.UTC),
                "comments": "示例数据，虚构 / illustrative, invented",
            }
        )
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        for year in sorted({row[0] for row in rows}):
            sheet = book.add_worksheet(f"{year}年")
            sheet.set_column(0, 0, 12)
            sheet.set_column(1, len(headings) - 1, 16)
            sheet.write_string(0, 0, re.sub("（.*", "", title[0]))
            sheet.write_string(1, 0, label[0])
            for column, heading in enumerate(headings[1:]):
                sheet.write_string(2, column, heading, bold)
            place = 3
            for row in rows:
                if row[0] != year:
                    continue
                for column, text in enumerate(row[1:]):
                    if NUMBER.fullmatch(text):
                        sheet.write_number(place, column, float(text.replace(",", "")))
                    elif text:
                        sheet.write_string(place, column, text)
                place += 1
            sheet.write_string(place, 0, note)
            sheet.freeze_panes(3, 1)


if __name__ == "__main__":
    make(
        FOLDER / "liaocheng-2018.csv",
        Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "liaocheng-2018.xlsx",
    )
