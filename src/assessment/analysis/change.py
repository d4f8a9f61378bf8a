"""A change between two rule sets: what, where, from what to what, in both languages."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from assessment.diagnostics.bilingual import Lang, Text

__all__ = ["Action", "Change", "Effect"]

Action = Literal["changed", "added", "removed", "renamed", "renumbered", "moved"]

Effect = Literal["scores", "data", "words"]
"""What a change may touch: scores, ranks and grades; what the data must supply and may hold; or words alone."""


@frozen(kw_only=True)
class Change:
    """One change of meaning.

    `path` is the stable name of what was changed (`indicator 2.level`, `input gdp`), that of the new rules unless it was
    removed; `place` names it in words, empty for the file itself. `topic` is a word of `TOPICS` for programs, `what` the
    same for people; `old` and `new` are None where there is nothing to show on that side.
    """

    topic: str
    action: Action
    effect: Effect
    path: str
    place: Text
    what: Text
    old: Text | None = None
    new: Text | None = None
    year: int | None = None
    """The year whose rules were compared, where rules differ from year to year."""

    @property
    def text(self) -> Text:
        """The change as a sentence in both languages."""
        return Text(en=self.in_("en"), zh=self.in_("zh"))

    def in_(self, lang: Lang) -> str:
        """The change as a sentence in one language."""
        place, what = self.place.in_(lang), self.what.in_(lang)
        old = None if self.old is None else self.old.in_(lang)
        new = None if self.new is None else self.new.in_(lang)
        said = (
            _in_chinese(self.action, place, what, old, new)
            if lang == "zh"
            else (_in_english(self.action, place, what, old, new))
        )
        if self.year is None:
            return said
        return f"{self.year} 年：{said}" if lang == "zh" else f"in {self.year}: {said}"


def _in_english(action: Action, place: str, what: str, old: str | None, new: str | None) -> str:
    whose = (
        " ".join(part for part in (place, what) if part)
        if action in ("renumbered", "moved")
        else (f"{place}: {what}" if place and what else place or what)
    )
    detail = new if action == "added" else old if action == "removed" else None
    match action:
        case "added" | "removed":
            return f"{whose} {action}" + (f": {detail}" if detail else "")
        case _:
            verb = {"changed": "changed", "renamed": "renamed", "renumbered": "renumbered", "moved": "moved"}[
                action
            ]
            if old is None and new is None:
                return f"{whose} {verb}"
            verb = "" if action == "changed" else f" {verb}"
            return f"{whose}{verb} from {old or 'nothing'} to {new or 'nothing'}"


def _in_chinese(action: Action, place: str, what: str, old: str | None, new: str | None) -> str:
    whose = f"{place}：{what}" if place and what else place or what
    match action:
        case "added":
            return f"{whose}：新增 {new}" if new else f"新增{whose}"
        case "removed":
            return f"{whose}：取消 {old}" if old else f"取消{whose}"
        case _:
            verb = {"changed": "改为", "renamed": "更名为", "renumbered": "改号为", "moved": "移至"}[action]
            if old is None and new is None:
                return f"{whose}有改动"
            return f"{whose}由 {old or '无'} {verb} {new or '无'}"
