"""Exact, audited scoring of regional assessments from rule files.

`load` reads a rule file, `read_data` the data of regions, `RuleSet.evaluate` scores them; the `Result` holds every
score with the steps that made it. `test` runs the examples inside a file, `diff` tells two rule sets apart by what they
mean, `reconcile` holds a published table against a result. `check` gives the findings in a rule file without raising,
`format_rules` its text in order, `show` the text of all that it means with what it amends.
"""

from __future__ import annotations

from assessment.api import check, diff, format_rules, load, read_data, reconcile, show, test
from assessment.data.model import Data
from assessment.diagnostics.model import Diagnostic
from assessment.errors import DataError, MissingExtra, RulesError, UsageError
from assessment.result import Result
from assessment.ruleset import RuleSet

__version__ = "0.1.0"

__all__ = [
    "Data",
    "DataError",
    "Diagnostic",
    "MissingExtra",
    "Result",
    "RuleSet",
    "RulesError",
    "UsageError",
    "__version__",
    "check",
    "diff",
    "format_rules",
    "load",
    "read_data",
    "reconcile",
    "show",
    "test",
]
