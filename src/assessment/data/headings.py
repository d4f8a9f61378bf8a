"""What a column heading says: which input, of which year, in which unit; or a role such as region or year.

`2018年研发经费（万元）`, `rd_2017`, `R&D经费[亿元]`, `专家评分 2` are taken apart, the whole text being tried first, so that
an input may have brackets or digits in its own title.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from assessment.data import words
from assessment.data.names import Names
from assessment.semantics.model import Input

Role: TypeAlias = Literal[
    "input", "region", "period", "indicator", "value", "unit", "aside", "unknown", "blank"
]

_ROLES: tuple[tuple[Role, frozenset[str]], ...] = (
    ("region", words.REGION_HEADINGS),
    ("period", words.PERIOD_HEADINGS),
    ("indicator", words.INDICATOR_HEADINGS),
    ("value", words.VALUE_HEADINGS),
    ("unit", words.UNIT_HEADINGS),
    ("aside", words.ASIDE_HEADINGS),
)

_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_YEAR_FIRST = re.compile(rf"{_YEAR}(?:年度|年末|年底|年)?[\s_\-.:·]*(?P<rest>\S.*)")
_YEAR_LAST = re.compile(rf"(?P<rest>.*?[^0-9\s_\-.:·])[\s_\-.:·]*{_YEAR}(?:年度|年末|年底|年)?")
_YEAR_ALONE = re.compile(rf"{_YEAR}(?:年度|年末|年底|年)?")
_RELATIVE = re.compile(r"(?P<word>本年度?|当年|本期|上年度?|去年|上年同期)[\s_:·]*(?P<rest>\S.*)")
_BRACKET = re.compile(r"(?P<rest>.*?\S)\s*[(\[【〔{](?P<inner>[^()\[\]【】〔〕{}]*)[)\]】〕}]")
_SUFFIX = re.compile(r"(?P<rest>.*?[^0-9])[\s_\-.#]*(?P<number>[0-9]{1,3})")
_LONGEST = 120


@frozen(kw_only=True)
class Heading:
    """A heading taken apart.

    `base` is what is left of an unknown one once year and brackets are gone, for the search of a near name. `year` is
    a year, or `-1` and `0` for *last year* and *this year*. `unit` is as written. `number` counts raters.
    """

    text: str
    role: Role
    base: str = ""
    input: Input | None = None
    year: int | None = None
    unit: str | None = None
    number: int | None = None


def read_heading(text: str, names: Names) -> Heading:
    """Take a heading apart."""
    text = text.strip()
    if not text:
        return Heading(text="", role="blank")
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(plain) > _LONGEST:
        return Heading(text=text, role="unknown", base=plain[:_LONGEST])
    found = _parsed(plain, names)
    if found is not None:
        return evolve(found, text=text)
    role = role_of(plain)
    if role != "unknown":
        return Heading(text=text, role=role, base=plain)
    return Heading(text=text, role="unknown", base=_bare(plain))


def role_of(text: str) -> Role:
    """The role of a heading that is not the name of an input."""
    word = words.folded(text)
    return next((role for role, headings in _ROLES if word in headings), "unknown")


def year_in(text: str) -> int | None:
    """The one year that a text names, such as the name of a sheet; none where it names several or none.

    >>> year_in("2018年数据"), year_in("2016-2018")
    (2018, None)
    """
    found = set(re.findall(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])", unicodedata.normalize("NFKC", text)))
    return int(found.pop()) if len(found) == 1 else None


def _parsed(text: str, names: Names, depth: int = 0) -> Heading | None:
    """The input and what stands around its name; brackets, years and numbers are peeled off one at a time."""
    spec = names.input(text)
    if spec is not None:
        return Heading(text=text, role="input", input=spec)
    if depth == 4:
        return None
    bracket = _BRACKET.fullmatch(text)
    if bracket is not None:
        inner = _parsed(bracket["rest"], names, depth + 1)
        if inner is not None:
            return _with_remark(inner, bracket["inner"])
    for pattern in (_YEAR_FIRST, _YEAR_LAST):
        dated = pattern.fullmatch(text)
        if dated is not None:
            inner = _parsed(dated["rest"], names, depth + 1)
            if inner is not None:
                return evolve(inner, year=int(dated["year"]))
    relative = _RELATIVE.fullmatch(text)
    if relative is not None:
        inner = _parsed(relative["rest"], names, depth + 1)
        if inner is not None:
            return evolve(inner, year=-1 if relative["word"][0] in "上去" else 0)
    numbered = _SUFFIX.fullmatch(text)
    if numbered is not None:
        inner = _parsed(numbered["rest"], names, depth + 1)
        if inner is not None and inner.input is not None and inner.input.form in ("ratings", "events"):
            return evolve(inner, number=int(numbered["number"]))
    return None


def _with_remark(heading: Heading, inner: str) -> Heading:
    """The heading with what its brackets say: a year, the number of a rater, else the unit."""
    for piece in re.split(r"[,;、]", inner):
        part = piece.strip()
        year = _YEAR_ALONE.fullmatch(part)
        if year is not None:
            heading = evolve(heading, year=int(year["year"]))
        elif (
            heading.input is not None
            and heading.input.form == "ratings"
            and re.fullmatch(r"[0-9]{1,3}", part)
        ):
            heading = evolve(heading, number=int(part))
        elif part:
            heading = evolve(heading, unit=part if heading.unit is None else f"{heading.unit}、{part}")
    return heading


def _bare(text: str) -> str:
    for pattern in (_BRACKET, _YEAR_FIRST, _YEAR_LAST):
        found = pattern.fullmatch(text)
        if found is not None:
            text = found["rest"].strip()
    return text
