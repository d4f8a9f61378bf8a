"""What stands below every report: what the rules assume, leave out and allow, under a title each."""

from __future__ import annotations

from typing import Protocol, TypeAlias

from assessment.diagnostics.bilingual import Lang
from assessment.report import words
from assessment.semantics.model import Allowance

__all__ = ["SmallPrint", "small_print"]

SmallPrint: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Titles, each with its texts; only those that have any."""


class _Says(Protocol):
    @property
    def assumptions(self) -> tuple[str, ...]: ...

    @property
    def left_out(self) -> tuple[str, ...]: ...

    @property
    def allowances(self) -> tuple[Allowance, ...]: ...


def small_print(rules: _Says, lang: Lang) -> SmallPrint:
    """The small print of rules, or of a breakdown made with them."""
    allowed = tuple(one.text.in_(lang) for one in rules.allowances)
    parts = (
        (words.ASSUMPTIONS, rules.assumptions),
        (words.LEFT_OUT, rules.left_out),
        (words.ALLOWED, allowed),
    )
    return tuple((title.in_(lang), texts) for title, texts in parts if texts)
