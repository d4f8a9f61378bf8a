"""Diagnostics as JSON, for editors and other programs.

An array of objects in the order given. Offsets count code points from 0; lines and columns count from 1, and
an end column lies just behind the last character. Keys that do not apply are `null`, so every object of a
kind has the same keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.model import Diagnostic, Label, Place, Span

__all__ = ["to_json"]


def to_json(diagnostics: Iterable[Diagnostic], lang: Lang = "en") -> str:
    """The findings as a JSON array, with their texts in one language; always valid UTF-8 once encoded."""
    text = json.dumps([_finding(one, lang) for one in diagnostics], ensure_ascii=False, indent=2)
    # A lone surrogate cannot be encoded; escaped, it is the JSON spelling of itself.
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _finding(found: Diagnostic, lang: Lang) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.in_(lang),
        "labels": [_label(label, lang) for label in found.labels],
        "notes": [note.in_(lang) for note in found.notes],
        "help": _text(found.help, lang),
    }


def _label(label: Label, lang: Lang) -> dict[str, object]:
    return {
        "primary": label.primary,
        "text": _text(label.text, lang),
        "place": _place(label.place),
    }


def _place(place: Place) -> dict[str, object]:
    if isinstance(place, Span):
        return {
            "type": "span",
            "file": place.source.name,
            "start": place.start,
            "end": place.end,
            "line": place.line,
            "column": place.column,
            "end_line": place.end_line,
            "end_column": place.end_column,
        }
    return {
        "type": "cell",
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
        "row": place.row,
        "column": place.column,
    }


def _text(text: Text | None, lang: Lang) -> str | None:
    return None if text is None else text.in_(lang)
