"""From which day to which a file holds, and which file of a chain of amendments holds for a year.

A year is judged by its last day: a file holds for the years whose 31 December lies in its validity. An amendment that does not
say from when it holds does so from the year in its head on; years before it belong to the file that it amends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, diagnostic
from assessment.semantics.traverse import name_place
from assessment.syntax import ast

__all__ = ["begins", "faults", "file_of_year", "stated"]


def stated(file: ast.RuleFile) -> ast.Valid | None:
    """What a file says of its validity."""
    return next((one for one in file.body if isinstance(one, ast.Valid)), None)


def begins(file: ast.RuleFile) -> dt.date:
    """The first day of a file: as it says, else that of the year in its head."""
    valid = stated(file)
    if valid is not None and valid.first is not None:
        return valid.first
    return dt.date.min if file.year is None else dt.date(file.year, 1, 1)


def file_of_year(files: Sequence[ast.RuleFile], year: int) -> tuple[int | None, tuple[Diagnostic, ...]]:
    """Which of the files, the oldest first, holds for a year; None, with the finding that says which days they hold for."""
    day = dt.date(year, 12, 31)
    for place in reversed(range(len(files))):
        file, valid = files[place], stated(files[place])
        if place and day < begins(file):
            continue
        first, last = (None, None) if valid is None else (valid.first, valid.last)
        if (first is None or first <= day) and (last is None or day <= last):
            return place, ()
        break
    return None, (_not_valid(files, year),)


def faults(files: Sequence[ast.RuleFile]) -> Iterator[Diagnostic]:
    """What is wrong with the validity of the newest file, seen alone and against the one that it amends."""
    newest = files[-1]
    valid = stated(newest)
    if valid is not None:
        if valid.first is not None and valid.last is not None and valid.first > valid.last:
            yield diagnostic(
                "range-empty",
                Text(
                    en=f"no day lies between {valid.first} and {valid.last}",
                    zh=f"{valid.first} 与 {valid.last} 之间没有日期",
                ),
                Label(place=valid.span),
                help=Text(en="write the earlier day first", zh="先写较早的日期"),
            )
            return
        if newest.year is not None and not _holds(valid, newest.year):
            yield _not_valid([newest], newest.year)
            return
    if len(files) > 1 and begins(newest) < begins(files[-2]):
        base = files[-2]
        yield diagnostic(
            "amends-later",
            Text(
                en=f"this file holds from {begins(newest)}, before the one that it amends does: {begins(base)}",
                zh=f"本文件自 {begins(newest)} 起有效，早于所修订文件的 {begins(base)}",
            ),
            Label(place=newest.span if valid is None else valid.span),
            Label(
                place=name_place(base.span, base.name) if (other := stated(base)) is None else other.span,
                text=Text(en="the amended file", zh="所修订的文件"),
                primary=False,
            ),
            help=Text(
                en="let the later file amend the earlier one, or correct the dates",
                zh="请由较晚的文件修订较早的文件，或更正日期",
            ),
        )


def _holds(valid: ast.Valid, year: int) -> bool:
    day = dt.date(year, 12, 31)
    return (valid.first is None or valid.first <= day) and (valid.last is None or day <= valid.last)


def _not_valid(files: Sequence[ast.RuleFile], year: int) -> Diagnostic:
    with_days = [(file, valid) for file in files if (valid := stated(file)) is not None]
    labels = [
        Label(place=valid.span, text=_days(valid), primary=place == 0)
        for place, (_, valid) in enumerate(reversed(with_days))
    ]
    said = [_days(valid) for _, valid in with_days]
    en, zh = "; ".join(one.en for one in said), "；".join(one.zh for one in said)
    return diagnostic(
        "period-not-valid",
        Text(
            en=f"the rules do not hold for {year}, whose last day is {year}-12-31: {en}",
            zh=f"规则不适用于 {year} 年（以 {year}-12-31 为准）：{zh}",
        ),
        *labels,
        help=Text(
            en="assess a year in these days, or load the file that holds for the year",
            zh="请考核有效期内的年度，或使用该年度有效的规则文件",
        ),
    )


def _days(valid: ast.Valid) -> Text:
    if valid.first is None:
        return Text(en=f"valid to {valid.last}", zh=f"有效期至 {valid.last}")
    if valid.last is None:
        return Text(en=f"valid from {valid.first}", zh=f"自 {valid.first} 起有效")
    return Text(en=f"valid from {valid.first} to {valid.last}", zh=f"自 {valid.first} 至 {valid.last} 有效")
