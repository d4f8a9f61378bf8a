"""Rule sets, results and breakdowns in a notebook, in either language.

In: a public object; it already shows itself in the language of its rule file. Out: the same in the language asked for, as
HTML without script. Invariants: nothing is imported before something is shown; IPython is not needed.
Reports: nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from assessment.diagnostics.bilingual import Lang

if TYPE_CHECKING:
    from assessment.result import RegionResult, Result
    from assessment.ruleset import RuleSet

__all__ = ["Shown", "shown"]


@frozen(kw_only=True)
class Shown:
    """HTML that a notebook displays when it is the value of a cell."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def shown(what: RuleSet | Result | RegionResult, lang: Lang) -> Shown:
    """A rule set, a result or a region's breakdown in a language, whatever that of the rule file is.

    Errors: `TypeError` for anything else.
    """
    from assessment.report.html import breakdown_html, result_html, rules_html
    from assessment.result import RegionResult, Result
    from assessment.ruleset import RuleSet

    match what:
        case RuleSet():
            return Shown(html=rules_html(what.checked, lang))
        case Result():
            return Shown(html=result_html(what, lang))
        case RegionResult():
            return Shown(html=breakdown_html(what.breakdown, lang))
        case _:
            raise TypeError(f"a {type(what).__name__} is no rule set, result or region's result")
