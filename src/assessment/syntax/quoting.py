"""Texts in quotation marks, as rules write them."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Lang
from assessment.errors import UsageError

__all__ = ["quoted"]


def quoted(text: str, lang: Lang) -> str:
    r"""A text in the quotation marks of a language, where it can stand in them.

    >>> quoted("放管服", "zh"), quoted("放管服", "en"), quoted("”", "zh")
    ('“放管服”', '"放管服"', '"”"')
    """
    if any(character in text for character in "\r\n"):
        raise UsageError("a text in rules stands on one line", "规则中的文字不能换行")
    if lang == "zh" and _nests(text):
        return f"“{text}”"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _nests(text: str) -> bool:
    """Whether a text may stand between `“` and `”` as it is: inner ones in pairs, two levels at most."""
    depth = 0
    for character in text:
        depth += (character == "“") - (character == "”")
        if not 0 <= depth <= 2:
            return False
    return depth == 0
