"""Which statement may stand where, and how often.

The grammar lets any statement stand in any body; here what is misplaced or repeated is reported and put aside, so that
the checks behind see only statements that belong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cached_property
from typing import TypeVar

from attrs import field, frozen

from assessment.diagnostics.bilingual import Text
from assessment.semantics.scope import Scope
from assessment.semantics.traverse import below, by_kind
from assessment.semantics.wording import FIRST, statement
from assessment.syntax import ast

__all__ = ["STANDS_ONCE", "Body", "Where", "sort_out"]

S = TypeVar("S", bound=ast.Node)


class Where(Enum):
    """Whose body a statement stands in."""

    FILE = "file"
    CATEGORY = "category"
    INDICATOR = "indicator"
    PART = "part"
    ADJUSTMENT = "adjustment"


_IN_FILE = frozenset({Where.FILE})
_IN_TREE = frozenset({Where.CATEGORY, Where.INDICATOR, Where.PART})
_ADJUSTING = frozenset({Where.ADJUSTMENT})
_PLACES: Mapping[type[ast.Node], frozenset[Where]] = {
    ast.Responsible: _IN_TREE | _ADJUSTING,
    ast.Cite: _IN_TREE | _ADJUSTING,
    ast.Applies: _IN_TREE | _ADJUSTING,
    ast.Score: _IN_TREE | _ADJUSTING,
    ast.Assume: _IN_TREE | _IN_FILE | _ADJUSTING,
    ast.LeftOut: _IN_TREE | _IN_FILE | _ADJUSTING,
    ast.Allow: _IN_TREE | _IN_FILE | _ADJUSTING,
    ast.Policies: _IN_TREE | _IN_FILE | _ADJUSTING,
    ast.Join: _IN_TREE | _IN_FILE,
    ast.Floor: _IN_TREE | _IN_FILE,
    ast.Adjustment: _IN_TREE | _IN_FILE,
    ast.AdjustmentCap: _IN_TREE | _IN_FILE,
    ast.CapOrder: _IN_TREE | _IN_FILE,
    ast.Rescale: _IN_TREE | _IN_FILE,
    ast.Carry: _IN_TREE | _IN_FILE,
    ast.Coverage: _IN_TREE | _IN_FILE,
    ast.InForce: _IN_TREE | _ADJUSTING,
    ast.Category: frozenset({Where.FILE, Where.CATEGORY}),
    ast.Indicator: frozenset({Where.FILE, Where.CATEGORY}),
    ast.Part: frozenset({Where.INDICATOR, Where.PART}),
    ast.Default: _IN_TREE | _IN_FILE,
    ast.Measure: _IN_TREE,
    ast.SizesFrom: frozenset({Where.FILE, Where.CATEGORY}),
}
"""Where a statement may stand; what is not listed stands in the file's own body only."""

STANDS_ONCE = frozenset(
    {
        ast.Authority,
        ast.Total,
        ast.Round,
        ast.ResultScale,
        ast.Compare,
        ast.Policies,
        ast.Ranking,
        ast.Responsible,
        ast.Cite,
        ast.Join,
        ast.Score,
        ast.Default,
        ast.Measure,
        ast.SizesFrom,
        ast.Floor,
        ast.CapOrder,
        ast.Rescale,
        ast.Coverage,
        ast.InForce,
        ast.Valid,
    }
)

_BODIES = {
    Where.FILE: Text(en="the body of the file", zh="文件主体"),
    Where.CATEGORY: Text(en="a category", zh="一级指标"),
    Where.INDICATOR: Text(en="an indicator", zh="指标"),
    Where.PART: Text(en="a part", zh="分项"),
    Where.ADJUSTMENT: Text(en="a bonus or deduction", zh="加分或扣分"),
}


@frozen(kw_only=True)
class Body:
    """The statements of one body that belong there, in source order; those that may stand once do.

    `aside` are the others, which are reported.
    """

    statements: tuple[ast.Statement, ...]
    aside: tuple[ast.Statement, ...] = field(default=(), repr=False)

    def all(self, kind: type[S]) -> tuple[S, ...]:
        """Every statement of just this kind."""
        return self._stated.get(kind, ())  # type: ignore[return-value]  # the index says so

    def one(self, kind: type[S]) -> S | None:
        """The statement of a kind that stands at most once."""
        found = self.all(kind)
        return found[0] if found else None

    @cached_property
    def _stated(self) -> dict[type[ast.Node], tuple[ast.Node, ...]]:
        return by_kind(self.statements)

    @cached_property
    def _within(self) -> dict[type[ast.Node], tuple[ast.Node, ...]]:
        return by_kind(below(self.statements))

    def within(self, kind: type[S]) -> tuple[S, ...]:
        """Every node of just this kind in the statements that belong, however deep, in source order."""
        return self._within.get(kind, ())  # type: ignore[return-value]  # the index says so

    def written(self, kind: type[S]) -> Iterator[S]:
        """Every node of just this kind: those that belong in source order, then those that were put aside."""
        yield from self.within(kind)
        yield from (node for node in below(self.aside) if type(node) is kind)


def sort_out(statements: tuple[ast.Statement, ...], where: Where, scope: Scope) -> Body:
    """The statements of a body without those that are misplaced or repeated, which are reported."""
    kept: list[ast.Statement] = []
    aside: list[ast.Statement] = []
    first: dict[type[ast.Node], ast.Statement] = {}
    for found in statements:
        kind = type(found)
        if where not in _PLACES.get(kind, _IN_FILE):
            _misplaced(found, where, scope)
            aside.append(found)
        elif kind in STANDS_ONCE and kind in first:
            word = statement(kind)
            aside.append(found)
            scope.report(
                "duplicate-statement",
                Text(en=f"{word.en} is stated twice here", zh=f"此处重复写了{word.zh}"),
                found.span,
                also=((first[kind].span, FIRST),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
        else:
            first.setdefault(kind, found)
            kept.append(found)
    return Body(statements=tuple(kept), aside=tuple(aside))


def _misplaced(found: ast.Statement, where: Where, scope: Scope) -> None:
    word = statement(type(found))
    right = [_BODIES[place] for place in Where if place in _PLACES.get(type(found), _IN_FILE)]
    scope.report(
        "statement-not-here",
        Text(
            en=f"{word.en} has no meaning in {_BODIES[where].en}",
            zh=f"{word.zh}不能写在{_BODIES[where].zh}中",
        ),
        found.span,
        help=Text(
            en="write it in " + " or ".join(text.en for text in right),
            zh="应写在" + "或".join(text.zh for text in right) + "中",
        ),
    )
