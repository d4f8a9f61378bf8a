"""Where a blank stands between two words of one line."""

from __future__ import annotations

from assessment.diagnostics.bilingual import Lang
from assessment.syntax.concrete import Word

__all__ = ["blank_between"]

_NONE_BEFORE = frozenset({"RPAR", "RSQB", "COMMA", "SEMICOLON", "COLON", "PART_OF", "DOT"})
_NONE_BEHIND = frozenset({"LPAR", "LSQB", "DOT"})
_MARKS = frozenset({"COMMA", "SEMICOLON", "COLON"})
_ENDS = frozenset({"INCLUDED", "EXCLUDED"})
_BINARY = {"MINUS": "sum", "SLASH": "product"}
"""Signs that stand between blanks below one rule only: elsewhere `-` is a sign of a number and `/` one of a fraction."""


def blank_between(left: Word, right: Word, shown: str, marks: Lang) -> str:
    """The blank between two words, of which the left one is written as `shown`; empty where there is none."""
    return "" if _glued(left, right, shown, marks) else " "


def _glued(left: Word, right: Word, shown: str, marks: Lang) -> bool:
    if right.terminal in _NONE_BEFORE or left.terminal in _NONE_BEHIND:
        return True
    if left.terminal in _MARKS:
        return not shown.isascii()
    if left.terminal in _BINARY and left.within != _BINARY[left.terminal]:
        return True
    if right.terminal == "SLASH" and right.within != "product":
        return True
    if right.terminal == "MINUS" and right.within == "finding":
        return True
    match right.terminal:
        case "PERCENT" | "PERMILLE":
            return left.terminal == "NUMBER"
        case "LSQB":
            return right.within == "earlier"
        case "LPAR":
            called = right.within in ("call", "method") and left.terminal == "NAME"
            return called or (marks == "zh" and right.within not in ("grouped", "interval"))
        case "INCLUDED" | "EXCLUDED":
            return marks == "zh"
        case "TO" | "UNIT":
            return left.terminal in _ENDS and marks == "zh"
        case _:
            return False
