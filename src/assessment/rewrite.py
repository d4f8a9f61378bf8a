"""Rule text → rule text: the layout of `formatting`, with the names of methods in the language that is asked for.

A module of its own, because nothing is checked or compiled for it.
"""

from __future__ import annotations

from assessment.diagnostics.model import Diagnostic, Source
from assessment.syntax.ast import RuleFile
from assessment.syntax.formatting.languages import FormatLang
from assessment.syntax.formatting.rules import formatted


def in_order(source: Source, lang: FormatLang = "keep") -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a rule file in order, and the findings in it; no text where one of them is an error."""
    if lang == "keep":
        return formatted(source)

    def renamed(file: RuleFile) -> RuleFile:
        from assessment.semantics.canonical import canonical

        return canonical(file, lang)

    return formatted(source, lang, rename=renamed)
