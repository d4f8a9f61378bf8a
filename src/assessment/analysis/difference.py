"""Everything that is told of two rule sets: the changes, and with data the moves."""

from __future__ import annotations

from attrs import frozen

from assessment.analysis.change import Change
from assessment.analysis.moves import Moves
from assessment.diagnostics.bilingual import Lang

__all__ = ["Difference"]


@frozen(kw_only=True)
class Difference:
    """All changes between two rule sets, in the order of the new rules; with data also whose scores move.

    It is true where there is any change, be it of words alone.
    """

    old: str
    new: str
    old_period: int | None
    new_period: int | None
    language: Lang
    changes: tuple[Change, ...]
    moves: Moves | None = None

    @property
    def same_meaning(self) -> bool:
        """Whether nothing but words differs."""
        return all(one.effect == "words" for one in self.changes)

    def to_json(self) -> dict[str, object]:
        """The difference in the published JSON form (see `docs/reference/diff.schema.json`)."""
        from assessment.analysis.json import to_json

        return to_json(self)

    def __bool__(self) -> bool:
        return bool(self.changes)
