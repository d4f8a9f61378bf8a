"""What a heading of a published table gives: which figure of the rules, of which year, and whether it says *published*.

`2 ※ R&D经费占比（10 分）`, `indicator 2`, `hdi_published`, `2018年总分` are folded and taken apart; the figures bring the
names by which they go, and nothing is taken for a figure because it looks alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from assessment.data.headings import role_of
from assessment.data.published.model import Figure
from assessment.data.words import loose
from assessment.diagnostics.suggest import nearest

__all__ = [
    "FigureNames",
    "Header",
    "Heading",
    "figure_names",
    "heading_key",
    "read_heading",
    "score_of",
    "without_bracket",
]


@frozen(kw_only=True)
class FigureNames:
    """Figures by the folded names of headings; None stands for a name that two figures share."""

    by_name: Mapping[str, Figure | None] = field(repr=False)
    figures: tuple[Figure, ...]

    def near(self, text: str) -> str | None:
        """The nearest name of a figure."""
        names = [name for figure in self.figures for name in figure.called]
        return nearest(text, names)

    def find(self, text: str) -> Figure | None:
        """The figure of a name as a user gives it."""
        return self.by_name.get(_plain(text)) or next(
            (figure for figure in self.figures if _plain(figure.id) == _plain(text)), None
        )


@frozen(kw_only=True)
class Heading:
    """A heading taken apart; `role` is what it is for where it is no figure."""

    text: str
    figure: Figure | None = None
    role: str = "unknown"
    year: int | None = None
    bracket: str = ""
    """What stands in a bracket at its end, such as a unit."""
    published: bool = False
    shared: bool = False
    """Whether two figures go by this name."""


@frozen(kw_only=True)
class Header:
    """The rows of the headings, from `top` to `row`, and what each column's heading says."""

    top: int
    row: int
    headings: tuple[Heading, ...]

    def first(self, role: str) -> int | None:
        """The first column whose heading has a role."""
        return next((place for place, one in enumerate(self.headings) if one.role == role), None)


_ASIDE = frozenset(
    loose(text)
    for text in (
        *(
            "组别",
            "分组",
            "类别",
            "group",
            "说明",
            "remark",
            "修约尾差",
            "rounding residue",
            "数据标注",
            "data",
            "含估算",
            "estimated",
        ),
        *("exact", "可得分值", "points", "分值", "责任单位", "departments"),
    )
)
"""Headings of the project's own tables, and of others like them, that are no figures."""

_YEAR = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})(?:年度|年末|年)?(?![0-9])")
_BRACKET = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]\s*$")
_BARE = re.compile(r"[\s\d.,]*")
_PASSED_OVER = re.compile(r"[※*:]")
_DOTTED = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_PUBLISHED = re.compile(r"published|as\s+printed|公布的?|通报的?|公示的?|发布的?", re.IGNORECASE)


def figure_names(figures: Iterable[Figure]) -> FigureNames:
    """The figures by their names; a name that comes early with a figure outweighs one that comes late with another."""
    all_of = tuple(figures)
    by_name: dict[str, Figure | None] = {}
    ranked = sorted(
        (
            (place, order, name, figure)
            for order, figure in enumerate(all_of)
            for place, name in enumerate((figure.id, *figure.called))
        ),
        key=lambda one: one[:2],
    )
    first: dict[str, int] = {}
    for place, _, name, figure in ranked:
        plain = _plain(name)
        if plain not in by_name:
            by_name[plain], first[plain] = figure, place
        elif by_name[plain] != figure and first[plain] == place:
            by_name[plain] = None
    return FigureNames(by_name=by_name, figures=all_of)


def read_heading(text: str, names: FigureNames, chosen: Mapping[str, Figure]) -> Heading:
    """Take a heading apart; `chosen` maps folded headings to the figures that the caller says they give."""
    text = " ".join(text.split())
    if not text:
        return Heading(text=text, role="blank")
    if _plain(text) in chosen:
        return Heading(text=text, figure=chosen[_plain(text)], role="figure", published=True)
    plain = unicodedata.normalize("NFKC", text)
    candidates = [plain]
    published = _PUBLISHED.search(plain) is not None
    without = _PUBLISHED.sub("", plain).strip(" _-:") if published else plain
    years = {int(year) for year in _YEAR.findall(plain)}
    year = years.pop() if len(years) == 1 else None
    undated = _YEAR.sub("", without).strip(" _-:") if year is not None else without
    bracket = _BRACKET.search(undated)
    candidates += [without, undated, without_bracket(without), without_bracket(undated)]
    for candidate in candidates:
        key = _plain(candidate)
        if key not in names.by_name:
            continue
        found = names.by_name[key]
        if found is None:
            return Heading(text=text, role="shared", year=year, shared=True)
        dated = None if candidate == plain else year
        inner = "" if bracket is None else bracket[0].strip()[1:-1].strip()
        return Heading(text=text, figure=found, role="figure", year=dated, bracket=inner, published=published)
    role = "aside" if any(_plain(candidate) in _ASIDE for candidate in candidates) else role_of(plain)
    return Heading(text=text, role=role, year=year)


def without_bracket(text: str) -> str:
    """A heading without what stands in a bracket at its end.

    >>> without_bracket("Firms (10 points)")
    'Firms'
    """
    return _BRACKET.sub("", text).strip()


def heading_key(text: str) -> str:
    """The form in which headings are compared."""
    return _plain(text)


def score_of(texts: Sequence[str], names: FigureNames, chosen: Mapping[str, Figure]) -> int:
    """How well a row of headings is recognised."""
    found = [read_heading(text, names, chosen) for text in texts]
    regions = any(one.role == "region" for one in found)
    # A row of whole numbers is a row of data, not the numbers of indicators, unless it heads the regions as well.
    figures = sum(
        (one.figure is not None or one.shared) and (regions or not _BARE.fullmatch(one.text)) for one in found
    )
    return 2 * figures + 3 * regions if figures else 0


def _plain(text: str) -> str:
    # Dots between digits count: 1.2 is not 12.
    dotted = _DOTTED.sub("点", unicodedata.normalize("NFKC", text))
    return loose(_PASSED_OVER.sub("", dotted))
