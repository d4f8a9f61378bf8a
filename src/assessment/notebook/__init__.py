"""What a notebook shows of a rule set, a result and a breakdown: HTML without script, rendered when it is asked for.

In: the public objects. Out: the text of their `_repr_html_`. Invariants: nothing is imported before something is shown;
the language is that of the rule file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessment.audit.record import Breakdown
    from assessment.diagnostics.bilingual import Lang
    from assessment.result import Result
    from assessment.ruleset import RuleSet

__all__ = ["breakdown_html", "result_html", "rules_html"]


def rules_html(rules: RuleSet, lang: Lang | None = None) -> str:
    """The HTML of a rule set, in the language of its file unless stated."""
    from assessment.report import html

    return html.rules_html(rules.checked, lang or language_of(rules.checked.language))


def result_html(result: Result, lang: Lang | None = None) -> str:
    """The HTML of a result, in the language of the rule file unless stated."""
    from assessment.report import html

    return html.result_html(result, lang or language_of(result.rules.language))


def breakdown_html(breakdown: Breakdown, lang: Lang) -> str:
    """The HTML of a breakdown."""
    from assessment.report import html

    return html.breakdown_html(breakdown, lang)


def language_of(word: str) -> Lang:
    """The language that a rule file names."""
    return "zh" if word == "zh" else "en"
