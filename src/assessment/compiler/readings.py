"""What stands for a score that an expression reads: the graph of the score, its rate or its place, in a frame of its own.

The frame keeps the words of the reading, so that an explanation names the score and does not tell it over again. A score of
an earlier year is there only where the data hold that year; otherwise it is *not reported*, whatever the policies of the
file say of single values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from assessment.compiler.program import BoundMark, Scored
from assessment.compiler.stages import rate_of
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.core.types import Entity
from assessment.core.walk import any_of, order
from assessment.diagnostics.bilingual import Text
from assessment.errors import InternalError
from assessment.semantics.model import CheckedRules, ScoreNode

KeyTotal = tuple[n.Node, n.Node]

__all__ = ["KeyTotal", "Readings", "from_bottom", "reads_earlier_scores", "reads_scores", "title_of"]


@frozen(kw_only=True)
class _Tree:
    """A tree of scores as it can be read: its root, its subtotal of key indicators, its published place."""

    root: Scored
    key_total: KeyTotal | None
    rank: n.Node | None
    compare: str


def compared(one: Scored, taken: str, *, before: bool) -> n.Node:
    """A score in full, rescaled or published; `before` its own bonuses and deductions, or with them."""
    full, rescaled, published = one.plain if before else (one.full, one.rescaled, one.published)
    return {"full": full, "rescaled": rescaled, "rounded": published}[taken]


class Readings:
    """The scores of one program by their paths, as they can be read; `earlier` where some are read of earlier years."""

    def __init__(self, rules: CheckedRules, *, earlier: bool) -> None:
        self.rules = rules
        self._earlier = earlier
        self._by_path: dict[str, tuple[Scored, _Tree]] = {}
        self._key_totals: dict[str, _Tree] = {}
        self.marks: Mapping[str, BoundMark] = {}
        """The marks by their paths, as they can be read."""
        self._known: dict[tuple[str, str, str], n.Node] = {}
        self.grade: n.Node | None = None
        """The grade, where it can be read."""

    def add(self, root: Scored, key_total: KeyTotal | None, rank: n.Node | None, compare: str) -> None:
        """Make a tree readable: that of the file, one that is taken again, or a result that is made from scores."""
        tree = _Tree(root=root, key_total=key_total, rank=rank, compare=compare)
        for one in root.walk():
            self._by_path[one.spec.path] = one, tree
        path = "key total" if root.spec.path == "total" else f"{root.spec.path}/key total"
        self._key_totals[path] = tree

    def graph_of(self, score: n.Score) -> n.Node:
        """The graph that stands for a score, which may read other scores in its turn."""
        key = (score.path, score.reading, score.taken)
        if key not in self._known:
            found = b.cast(self._found(score), score.type.kind)
            self._known[key] = _if_held(found) if self._earlier else found
        if score.span is None:
            return self._known[key]
        return n.Frame(
            node=self._known[key],
            type=self._known[key].type.at(Entity.REGION),
            role="score",
            name=" ".join(score.span.text.split()),
            title=self._title(score),
            text=score.path,
            span=score.span,
        )

    def _tree(self, path: str) -> _Tree:
        return self._key_totals[path] if path in self._key_totals else self._by_path[path][1]

    def _value(self, score: n.Score) -> n.Node:
        """A score in full, rescaled or published; compared ones with or without its bonuses, as the file says."""
        tree = self._tree(score.path)
        if score.path in self._key_totals:
            if tree.key_total is None:
                raise InternalError("a key total is read although no indicator is marked ※")
            full, published = tree.key_total
            return published if self._taken(score, tree) == "rounded" else full
        before = score.taken == "compared" and self.rules.compare_before
        return compared(self._by_path[score.path][0], self._taken(score, tree), before=before)

    def _taken(self, score: n.Score, tree: _Tree) -> str:
        return tree.compare if score.taken == "compared" else score.taken

    def _found(self, score: n.Score) -> n.Node:
        if score.path == n.GRADE:
            if self.grade is None:
                raise InternalError("the grade is read although there are no grades")
            return self.grade
        match score.reading:
            case "mark":
                return self.marks[score.path].held
            case "rank":
                return self._rank(score)
            case "bottom":
                return from_bottom(self._rank(score))
            case "rate" if score.path in self._key_totals:
                marked = [one.possible for one in self._tree(score.path).root.walk() if one.spec.key]
                return b.cast(b.divide(self._value(score), b.add(*marked)), t.Kind.RATE)
            case "rate":
                one, tree = self._by_path[score.path]
                if self._hangs_on_no_points(one) and self._taken(score, tree) == "full":
                    return one.value
                return rate_of(self._value(score), one.spec, one.possible, self.rules.scale)
            case _:
                return self._value(score)

    def _hangs_on_no_points(self, one: Scored) -> bool:
        """Whether the rate is that of a formula, whatever points siblings pass on."""
        return not one.children and not self.rules.compare_before

    def _rank(self, score: n.Score) -> n.Node:
        """The place of a result as it is published; that of any other score by that score alone, the highest first."""
        tree = self._tree(score.path)
        if score.path == tree.root.spec.path and score.taken == "compared" and tree.rank is not None:
            return tree.rank
        ranking = self.rules.ranking
        if ranking is None:
            raise InternalError("a place is read although nobody is ranked")
        return b.rank([(self._value(score), True)], ranking.within, ties=ranking.ties)

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _title(self, score: n.Score) -> Text:
        """What a reading is called: the mark, or the score, whether as rate or place, and which value where there are two."""
        if score.path in self.marks:
            title = self.marks[score.path].spec.title
            return Text(en=f"mark “{title}”", zh=f"认定“{title}”")
        if score.path == n.GRADE:
            return _GRADE
        called = _KEY_TOTAL if score.path in self._key_totals else title_of(self._by_path[score.path][0].spec)
        kind = _READINGS[score.reading]
        return Text(en=f"{called.en}{kind.en}", zh=f"{called.zh}{kind.zh}")


_KEY_TOTAL = Text(en="key total", zh="重点指标得分")
_GRADE = Text(en="grade", zh="等次")
_READINGS = {
    "score": Text(en="", zh=""),
    "rate": Text(en=" (rate)", zh="得分率"),
    "rank": Text(en=" (rank)", zh="名次"),
    "bottom": Text(en=" (rank from the bottom)", zh="倒数名次"),
}


def title_of(spec: ScoreNode) -> Text:
    """A score as people call it: an indicator by its number and title."""
    if spec.level == "total" and spec.path == "total":
        return Text(en="total", zh="总分")
    if spec.number is None:
        return Text.same(spec.title or spec.name)
    title = "" if spec.title == spec.name else spec.title
    return Text(en=f"indicator {spec.number} {title}".strip(), zh=f"指标 {spec.number} {title}".strip())


def from_bottom(rank: n.Node) -> n.Node:
    """The same places counted from the other end, where equal regions share the smaller number again if they do so at the top."""
    if not isinstance(rank, n.Rank):
        raise InternalError("what is no place is counted from the bottom")
    return evolve(rank, keys=tuple((key, not highest) for key, highest in rank.keys))


def reads_scores(roots: Sequence[n.Node]) -> bool:
    """Whether any of these graphs reads a score."""
    return any_of(roots, n.Score)


def reads_earlier_scores(roots: Sequence[n.Node]) -> bool:
    """Whether any of these graphs reads a score of another year."""
    return any(isinstance(node, n.Score) and offset for node, offset in order(roots))


def _if_held(score: n.Node) -> n.Node:
    """A score in a year that the data hold."""
    held = n.Input(name=n.YEAR_HELD, type=t.YESNO.at(Entity.REGION))
    return b.select(held, score, b.absent(Absence.NOT_REPORTED, score.type))
