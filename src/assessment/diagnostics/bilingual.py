"""A text in English and in Chinese."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

__all__ = ["Lang", "Text"]

Lang = Literal["en", "zh"]


@frozen(kw_only=True)
class Text:
    """One sentence or phrase for the reader, in English and in Chinese.

    >>> Text(en="points", zh="分").in_("zh")
    '分'
    """

    en: str
    zh: str

    @staticmethod
    def same(text: str) -> Text:
        """A text that reads the same in both languages, such as a name or a formula."""
        return Text(en=text, zh=text)

    def in_(self, lang: Lang) -> str:
        """The text in one language."""
        return self.zh if lang == "zh" else self.en
