"""The head of the file: its name, title, year, authority and scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison, Field, told
from assessment.analysis.diff.making import NOWHERE, change
from assessment.diagnostics.bilingual import Text

_FIELDS: Mapping[str, Field] = {
    "name": told("name", "name of the rules", "规则标识", Text.same, "words"),
    "title": told("title", "title", "标题", shown.quoted, "words"),
    "year": told("period", "year", "年度", lambda x: shown.NONE if x is None else Text.same(str(x)), "data"),
    "authority": told("authority", "authority", "依据", shown.listed, "words"),
}


def head(compared: Comparison) -> Iterator[Change]:
    """What the head of the file says."""
    old, new = compared.old, compared.new
    yield from compared.fields("", NOWHERE, old, new, _FIELDS)
    before, after = old.scale, new.scale
    if compared.same.key(evolve(before, name="", title=None)) != compared.same.key(
        evolve(after, name="", title=None)
    ):
        topic, what = (
            ("total", Text(en="total", zh="总分"))
            if after.points is not None
            else ("scale", Text(en="scale of the result", zh="结果区间"))
        )
        yield change(topic, "total", NOWHERE, what, shown.scale(before), shown.scale(after))
    if (before.name, before.title) != (after.name, after.title):
        yield change(
            "title",
            "total",
            NOWHERE,
            Text(en="name of the result", zh="结果名称"),
            shown.quoted(before.title or before.name),
            shown.quoted(after.title or after.name),
            "words",
        )
