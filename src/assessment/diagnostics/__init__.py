"""Findings about rules and data: what they are, their codes, and how they are shown.

**In**: a code, a text in both languages, and places in a rule file or in data.
**Out**: `Diagnostic` values, and their text (`render`) or JSON (`to_json`).
**Invariants**: every code stands in the one table of `codes`, which also gives the severity; every text exists
in English and Chinese; a `Span` holds offsets only, so it can be carried by every node.
**Reports**: nothing itself.
"""

from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.codes import CODES, TABLES, Code, Severity
from assessment.diagnostics.json import to_json
from assessment.diagnostics.model import (
    CellPlace,
    Diagnostic,
    Label,
    Place,
    Source,
    Span,
    diagnostic,
    has_errors,
    in_source_order,
)
from assessment.diagnostics.suggest import nearest
from assessment.diagnostics.text import render, visible

__all__ = [
    "CODES",
    "TABLES",
    "CellPlace",
    "Code",
    "Diagnostic",
    "Label",
    "Lang",
    "Place",
    "Severity",
    "Source",
    "Span",
    "Text",
    "diagnostic",
    "has_errors",
    "in_source_order",
    "nearest",
    "render",
    "to_json",
    "visible",
]
