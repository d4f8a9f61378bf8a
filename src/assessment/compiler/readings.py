"""What stands for a score that an expression reads: the graph of the score, its rate or its place, in a frame of its own.

The frame keeps the words of the reading, so that an explanation names the score and does not tell it over again. A score of
an earlier year is there only where the data hold that year; otherwise it is *not reported*, whatever the policies of the
file say of single values.
"""

from __future__ import annotations

from collections.abc import Sequence

from assessment.compiler.program import Scored
from assessment.compiler.stages import rate_of
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.core.types import Entity
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.errors import InternalError
from assessment.semantics.model import CheckedRules, ScoreNode

KeyTotal = tuple[n.Node, n.Node]

__all__ = ["HELD", "KeyTotal", "Readings", "reads_earlier_scores", "reads_scores", "title_of"]

HELD = "year held"
"""The input that says whether the data hold a year; no file can declare it, since a name has no blank."""


class Readings:
    """The scores of one program by their paths, as they can be read; `earlier` where some are read of earlier years."""

    def __init__(
        self,
        rules: CheckedRules,
        root: Scored,
        key_total: KeyTotal | None,
        total_rank: n.Node | None,
        *,
        earlier: bool,
    ) -> None:
        self.rules, self.root, self.key_total, self.total_rank = rules, root, key_total, total_rank
        self._earlier = earlier
        self._by_path = {one.spec.path: one for one in root.walk()}
        self._known: dict[tuple[str, str, str], n.Node] = {}

    def graph_of(self, score: n.Score) -> n.Node:
        """The graph that stands for a score, which may read other scores in its turn."""
        key = (score.path, score.reading, self._taken(score.taken))
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

    @property
    def total(self) -> n.Node:
        """The score of the whole, as the file compares it."""
        return self._score(self.root, "compared")

    def _taken(self, taken: str) -> str:
        return self.rules.compare if taken == "compared" else taken

    def _score(self, one: Scored, taken: str) -> n.Node:
        """A score in full, rescaled or published; compared ones with or without its bonuses, as the file says."""
        before = taken == "compared" and self.rules.compare_before
        return self._read(one.plain if before else (one.full, one.rescaled, one.published), taken)

    def _key_score(self, taken: str) -> n.Node:
        if self.key_total is None:
            raise InternalError("a key total is read although no indicator is marked ※")
        full, published = self.key_total
        return self._read((full, full, published), taken)

    def _read(self, scores: tuple[n.Node, n.Node, n.Node], taken: str) -> n.Node:
        full, rescaled, published = scores
        return {"full": full, "rescaled": rescaled, "rounded": published}[self._taken(taken)]

    def _found(self, score: n.Score) -> n.Node:
        if score.reading == "rank":
            return self._rank(score)
        if score.path == "key total":
            return self._key_total(score)
        one = self._by_path[score.path]
        found = self._score(one, score.taken)
        if score.reading == "rate":
            return rate_of(found, one.spec, one.possible, self.rules.scale)
        return found

    def _key_total(self, score: n.Score) -> n.Node:
        found = self._key_score(score.taken)
        if score.reading != "rate":
            return found
        marked = [(one.possible, None) for one in self.root.walk() if one.spec.key]
        possible = b.add(*(node for node, _ in marked))
        return b.cast(b.divide(found, possible), t.Kind.RATE)

    def _rank(self, score: n.Score) -> n.Node:
        """The place of the whole as it is published; that of any other score by that score alone, the highest first."""
        ranking = self.rules.ranking
        if ranking is None:
            raise InternalError("a place is read although nobody is ranked")
        if score.path == "total" and score.taken == "compared" and self.total_rank is not None:
            return self.total_rank
        value = self._read_alone(score)
        return b.rank([(value, True)], ranking.within, ties=ranking.ties)

    def _read_alone(self, score: n.Score) -> n.Node:
        if score.path == "key total":
            return self._key_score(score.taken)
        return self._score(self._by_path[score.path], score.taken)

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _title(self, score: n.Score) -> Text:
        """What a reading is called: the score, whether as rate or place, and which value where there are two."""
        called = _KEY_TOTAL if score.path == "key total" else title_of(self._by_path[score.path].spec)
        kind = _READINGS[score.reading]
        return Text(en=f"{called.en}{kind.en}", zh=f"{called.zh}{kind.zh}")


_KEY_TOTAL = Text(en="key total", zh="重点指标得分")
_READINGS = {
    "score": Text(en="", zh=""),
    "rate": Text(en=" (rate)", zh="得分率"),
    "rank": Text(en=" (rank)", zh="名次"),
}


def title_of(spec: ScoreNode) -> Text:
    """A score as people call it: an indicator by its number and title."""
    if spec.level == "total":
        return Text(en="total", zh="总分")
    if spec.number is None:
        return Text.same(spec.title or spec.name)
    title = "" if spec.title == spec.name else spec.title
    return Text(en=f"indicator {spec.number} {title}".strip(), zh=f"指标 {spec.number} {title}".strip())


def reads_scores(roots: Sequence[n.Node]) -> bool:
    """Whether any of these graphs reads a score."""
    return any(isinstance(node, n.Score) for node, _ in order(roots))


def reads_earlier_scores(roots: Sequence[n.Node]) -> bool:
    """Whether any of these graphs reads a score of another year."""
    return any(isinstance(node, n.Score) and offset for node, offset in order(roots))


def _if_held(score: n.Node) -> n.Node:
    """A score in a year that the data hold."""
    held = n.Input(name=HELD, type=t.YESNO.at(Entity.REGION))
    return b.select(held, score, b.absent(Absence.NOT_REPORTED, score.type))
