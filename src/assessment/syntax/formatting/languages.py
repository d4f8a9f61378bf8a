"""The languages that rules are put in order in."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["FormatLang"]

FormatLang: TypeAlias = Literal["zh", "en", "keep"]
"""The language that words are written in; with `keep` each stays in the author's."""
