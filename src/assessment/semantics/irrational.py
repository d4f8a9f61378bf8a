"""Comparisons of irrational values for which no place is stated.

Roots and logarithms have no last digit: two of them part by their digits, but only a proof can show that they are equal.
Where one rational value decides (a root against a number, ranks by a logarithm), it is compared in its place and nothing
need be said. Elsewhere rules that are to be checked by hand say at which place values are compared, by `rounded` or by a
rounding of the score; otherwise this is noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum

from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Entity
from assessment.core.walk import any_of, order, place_of
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic
from assessment.methods.base import constant
from assessment.semantics.model import CheckedRules, ScoreNode

__all__ = ["irrational_comparisons"]


class _Sort(IntEnum):
    """What can be said of a value before there are data."""

    RATIONAL = 0
    MOVED = 1
    """As large as one rational value is, by a root, a logarithm or an exponential and by constants alone."""
    IRRATIONAL = 2


_TRANSFORMS = (n.Root, n.Ln, n.Exp)


def irrational_comparisons(
    rules: CheckedRules, conditions: Iterable[tuple[n.Node, Span]]
) -> Iterator[Diagnostic]:
    """Where values that can be irrational are compared in full: in formulas, in conditions, by ranks and grades."""
    nodes = tuple(rules.tree.walk())
    scored = [(one.formula, one.span) for one in nodes if one.formula is not None]
    written = [
        *scored,
        *((result.node, result.span) for result in rules.results if result.node is not None),
        *conditions,
    ]
    roots = [root for root, _ in written]
    # Of formulas that are written alike one tells whether there is anything to look at.
    kinds = {
        one.path if one.alike is None else one.alike: one.formula for one in nodes if one.formula is not None
    }
    if not any_of((*kinds.values(), *roots[len(scored) :]), _TRANSFORMS) and all(
        one.join != "geometric" for one in nodes
    ):
        return
    sorts = _Sorts(rules, nodes, roots)
    places = dict.fromkeys(_place(node, written) for node in sorts.comparing())
    for place in places:
        yield _finding(_COMPARED, place, _HELP)
    rankings = (rules.ranking, *(result.ranking for result in rules.results))
    keys = (key for ranking in rankings if ranking is not None for key, _ in ranking.keys)
    key = next((key for key in keys if sorts.of_key(key) is _Sort.IRRATIONAL), None)
    bound = next((grade for grade in rules.grades if grade.bound is not None), None)
    if key is not None:
        yield _finding(_RANKED, key.span or rules.span, _HELP_SCORE)
    elif bound is not None and sorts.score("total", "compared") is _Sort.IRRATIONAL:
        yield _finding(_GRADED, bound.span, _HELP_SCORE)


def _place(node: n.Node, written: Sequence[tuple[n.Node, Span]]) -> Span:
    """Where a comparison was written, the call that makes it, or the statement."""
    if node.span is not None:
        return node.span
    root, span = next((root, span) for root, span in written if any(one is node for one, _ in order((root,))))
    return place_of(root, node) or span


def _finding(text: Text, place: Span, help_: Text) -> Diagnostic:
    return diagnostic("irrational-compared", text, Label(place=place, text=None, primary=True), help=help_)


_COMPARED = Text(
    en="values that can be irrational are compared here, and it is not said at which place",
    zh="此处比较的数值可能是无理数，未写明比较到第几位",
)
_HELP = Text(
    en="compare for instance `rounded(…, places: 6, mode: half_up)`; in full, only a proof shows that two are equal",
    zh="例如比较 `修约（…，位数：6，方式：四舍五入）`；按原值比较时，相等只能靠证明",
)
_RANKED = Text(
    en="regions are ranked by a score that can be irrational, and it is compared in full",
    zh="排名所依据的得分可能是无理数，且按原值比较",
)
_GRADED = Text(
    en="grades are given by a total that can be irrational, and it is compared in full",
    zh="评定等次所依据的总分可能是无理数，且按原值比较",
)
_HELP_SCORE = Text(
    en="round the score, and write `compare rounded`", zh="请规定该得分的修约，并写 `比较 修约值`"
)


class _Sorts:
    """The sort of every node of some graphs, and of the scores that they read."""

    def __init__(self, rules: CheckedRules, nodes: tuple[ScoreNode, ...], roots: Sequence[n.Node]) -> None:
        self._rules, self._nodes = rules, nodes
        self._levels = {one.path: one.level for one in nodes} | {"key total": "total"}
        self._results = {one.path: one for one in rules.results}
        self._paths: Mapping[str, _Sort] = {}
        """The sort of each score in full, by its path."""
        self._demands = order(roots)
        while True:
            self._of: dict[int, _Sort] = {}
            for node, _ in self._demands:
                self._of[id(node)] = self._sort(node)
            found = self._scores()
            if found == self._paths:
                break
            self._paths = found

    def of_key(self, root: n.Node) -> _Sort:
        """The sort of what decides a place."""
        for node, _ in order((root,)):
            self._of[id(node)] = self._sort(node)
        return self._of[id(root)]

    def score(self, path: str, taken: str) -> _Sort:
        """The sort of a score in full, rescaled, as published, or as it is compared."""
        result = self._results.get(path)
        if taken == "compared":
            taken = self._rules.compare if result is None else result.compare
        if result is None:
            is_rounded = self._levels.get(path) in self._rules.rounding
        else:
            is_rounded = result.rounding is not None
        return _Sort.RATIONAL if taken == "rounded" and is_rounded else self._paths.get(path, _Sort.RATIONAL)

    def comparing(self) -> Iterator[n.Node]:
        """The nodes that compare irrational values for which no single rational value stands."""
        return (node for node, _ in self._demands if self._compares(node))

    def _compares(self, node: n.Node) -> bool:
        match node:
            case n.Compare(left=left, right=right):
                if left is right or (_is_extreme(left) and _is_extreme(right)):
                    return False
                if constant(right) == 0:
                    # The sign of a target or of a divisor, which methods ask for.
                    return False
                both = self._of[id(left)], self._of[id(right)]
                return max(both) is _Sort.IRRATIONAL or (
                    min(both) is _Sort.MOVED and not (_is_constant(left) or _is_constant(right))
                )
            case n.Step(value=value):
                return self._of[id(value)] is _Sort.IRRATIONAL
            case n.Rank(keys=keys):
                return any(self._of[id(key)] is _Sort.IRRATIONAL for key, _ in keys)
            case _:
                return False

    def _scores(self) -> dict[str, _Sort]:
        made = self._results.values()
        found = {one.path: self._of[id(one.node)] for one in made if one.node is not None}
        for one in reversed(self._nodes):
            below = [self._carried(child, found) for child in one.children]
            added = [found[each.path] for each in one.adjustments]
            own = _together(below) if one.formula is None else self._of[id(one.formula)]
            if one.join == "geometric" and len(below) > 1:
                # The root of a product.
                own = max(own, _Sort.MOVED)
            found[one.path] = _together([own, *added])
        found["key total"] = _together([self._carried(one, found) for one in self._nodes if one.key])
        return found

    def _carried(self, one: ScoreNode, found: Mapping[str, _Sort]) -> _Sort:
        """The sort of what the parent of a score reads."""
        rules = self._rules
        carry = one.carry or rules.carry_at.get(one.level, rules.carry)
        return _Sort.RATIONAL if carry == "rounded" and one.level in rules.rounding else found[one.path]

    def _sort(self, node: n.Node) -> _Sort:
        match node:
            case n.Root(value=value) | n.Ln(value=value) | n.Exp(value=value):
                return max(self._of[id(value)], _Sort.MOVED)
            case n.Add(args=args) | n.Mul(args=args) | n.Min(args=args) | n.Max(args=args):
                return self._among(args)
            case n.Div(left=left, right=right):
                return self._among((left, right))
            case n.Select(then=then, otherwise=otherwise):
                return self._among((then, otherwise))
            case n.Recover(value=value, replacement=replacement):
                return self._among((value, replacement))
            case n.Step(results=results, otherwise=otherwise):
                return self._among((*results, *(() if otherwise is None else (otherwise,))))
            case n.Power(value=value) | n.Refer(value=value) | n.Shift(value=value) | n.Frame(node=value):
                return self._of[id(value)]
            case n.Aggregate(op="min" | "max", value=value):
                return self._of[id(value)]
            case n.Aggregate(value=value) if node.op != "count" and self._of[id(value)]:
                return _Sort.IRRATIONAL
            case n.Score(path=path, reading="score" | "rate", taken=taken):
                return self.score(path, taken)
            case _:
                return _Sort.RATIONAL

    def _among(self, parts: tuple[n.Node, ...]) -> _Sort:
        """Of several values: one of them and constants are moved together, else they are as irrational as any is."""
        worst = max(self._of[id(part)] for part in parts)
        if worst is _Sort.MOVED and sum(not _is_constant(part) for part in parts) > 1:
            return _Sort.IRRATIONAL
        return worst


def _is_constant(node: n.Node) -> bool:
    """Whether all present values are one and the same."""
    match node:
        case n.Frame(node=inner):
            return _is_constant(inner)
        case n.Select(then=then, otherwise=n.Const(value=Absence())):
            return _is_constant(then)
        case n.Select(then=n.Const(value=Absence()), otherwise=otherwise):
            return _is_constant(otherwise)
        case _:
            return node.type.entity is Entity.CONSTANT


def _is_extreme(node: n.Node) -> bool:
    """Whether a value is made of the ends of a field alone, which are equal where one region attains both."""
    match node:
        case n.Const() | n.Aggregate(op="min" | "max"):
            return True
        case n.Min(args=args) | n.Max(args=args):
            return any(map(_is_extreme, args))
        case n.Add(args=args) | n.Mul(args=args):
            return all(map(_is_extreme, args))
        case n.Frame(node=inner):
            return _is_extreme(inner)
        case _:
            return False


def _together(sorts: list[_Sort]) -> _Sort:
    """Of scores that are joined: several are irrational as soon as one of them is."""
    worst = max(sorts, default=_Sort.RATIONAL)
    return _Sort.IRRATIONAL if worst and len(sorts) > 1 else worst
