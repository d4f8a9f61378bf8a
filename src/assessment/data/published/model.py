"""What a published table gives: figures of rules, and what each cell said of one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from assessment.core.absence import Absence
from assessment.diagnostics.model import CellPlace, Diagnostic

__all__ = ["Figure", "Kind", "Published", "PublishedFigure", "Regions"]

Kind: TypeAlias = Literal["score", "rank", "grade"]


@frozen(kw_only=True)
class Figure:
    """A figure that rules make of a region: the score of a path, a rank in a field, or a grade.

    `path` is `total`, `key total`, `indicator 2`, `result gap`. `within` is the field of a rank. `levels` are the grades.
    `called` are the names under which tables publish it, the best first. `unit` is what its numbers count: `points`, `%`,
    the text of a unit, or nothing for a plain number, a rank or a grade.
    """

    path: str
    kind: Kind = "score"
    within: Literal["group", "all"] | None = None
    levels: tuple[str, ...] = ()
    called: tuple[str, ...] = field(default=(), eq=False)
    unit: str = field(default="", eq=False)

    @property
    def id(self) -> str:
        """One text for the figure: `indicator 2`, `rank in group`, `grade`."""
        match self.kind:
            case "score":
                return self.path
            case "rank":
                of = "" if self.path == "total" else f"{self.path} "
                return f"{of}rank in {self.within}"
            case _:
                return "grade"


@frozen(kw_only=True)
class PublishedFigure:
    """One published figure: what it is of, what the cell said, and where.

    `value` is a number, the place of a grade among the levels, or an absence. `places` are the decimals with which its
    column is published. `about` marks a figure that the table itself calls rounded (`≈`); its own decimals are then `places`.
    `exact` marks a fraction `p/q`, which is not rounded at all. `ends` are there where a table gives an irrational value by
    two numbers that enclose it; `value` lies between them.
    """

    figure: Figure
    region: str
    value: Fraction | Absence
    text: str
    places: int
    about: bool = False
    exact: bool = False
    ends: tuple[Fraction, Fraction] | None = None
    origin: CellPlace


@frozen(kw_only=True)
class Published:
    """A published table: its figures in the order of the source, and what was said of it while it was read."""

    figures: tuple[PublishedFigure, ...] = field(repr=False)
    source: str
    remarks: tuple[Diagnostic, ...] = field(default=(), repr=False)


@frozen(kw_only=True)
class Regions:
    """Regions by their folded names: those that were assessed, and others that the rules know beside them.

    `asides` are titles of groups, which are no regions.
    """

    assessed: Mapping[str, str]
    known: Mapping[str, str]
    asides: frozenset[str]
