"""Exact, audited scoring of regional assessments from rule files.

`load` reads a rule file, `read_data` the data of regions, `RuleSet.evaluate` scores them; the `Result` holds every
score with the steps that made it. `check` gives the findings in a rule file without raising.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessment.api import check, load, read_data
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
    "load",
    "read_data",
]

# Each name is imported when it is first asked for: `import assessment` itself stays light.
_HOMES = {
    "Data": "assessment.data.model",
    "DataError": "assessment.errors",
    "Diagnostic": "assessment.diagnostics.model",
    "MissingExtra": "assessment.errors",
    "Result": "assessment.result",
    "RuleSet": "assessment.ruleset",
    "RulesError": "assessment.errors",
    "UsageError": "assessment.errors",
    "check": "assessment.api",
    "load": "assessment.api",
    "read_data": "assessment.api",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module `assessment` has no attribute `{name}`")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
