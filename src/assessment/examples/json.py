"""What examples came to, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.diagnostics.bilingual import Lang

if TYPE_CHECKING:
    from assessment.examples.coverage import Coverage
    from assessment.examples.run import ExampleResult, Expected, Tested


def tested_to_json(tested: Tested, lang: Lang) -> dict[str, object]:
    """The whole of one rule file."""
    return {
        "rules": tested.rules,
        "passed": tested.passed,
        "examples": [_example(one, lang) for one in tested.examples],
        "coverage": _coverage(tested.coverage, lang),
    }


def _example(one: ExampleResult, lang: Lang) -> dict[str, object]:
    return {
        "title": one.title,
        "line": one.line,
        "passed": one.passed,
        "findings": [{"code": found.code, "message": found.in_(lang)} for found in one.findings],
        "expected": [_expected(expected, lang) for expected in one.expected],
    }


def _expected(one: Expected, lang: Lang) -> dict[str, object]:
    return {
        "text": one.text.in_(lang),
        "region": one.region,
        "year": one.year,
        "line": one.line,
        "holds": one.holds,
        "expected": one.wanted.in_(lang),
        "got": None if one.got is None else one.got.in_(lang),
        "findings": [
            {
                "code": found.code,
                "message": found.in_(lang),
                "help": None if found.help is None else found.help.in_(lang),
                "steps": [note.in_(lang) for note in found.notes],
            }
            for found in one.findings
        ],
    }


def _coverage(coverage: Coverage, lang: Lang) -> dict[str, object]:
    return {
        "reached": sum(one.reached for one in coverage.counted),
        "of": len(coverage.counted),
        "full": coverage.full,
        "taken_over": coverage.taken_over,
        "rules": [
            {
                "kind": one.kind,
                "text": one.text.in_(lang),
                "line": one.span.line,
                "examples": list(one.examples),
                "allowed": one.allowed,
            }
            for one in coverage.points
        ],
    }
