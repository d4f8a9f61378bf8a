"""Tests for authors of rules: data drawn from the rules themselves, and the laws that hold for every rule set.

In: a rule set, or nothing. Out: Hypothesis strategies for regional data (`data_for`, `tables_for`), for whole rule files
(`rule_files`) and for core graphs (`graphs`); `laws` and `file_laws`, functions for pytest and notebooks; `edges_of`, the thresholds in a
rule set's own graph. Invariants: what is drawn is well typed and within the ranges it declares; thresholds, zeros, ties
and absences are drawn often, because that is where faults are. Reports: nothing; `MissingExtra` without the extra
`testing`.
"""

from __future__ import annotations

from assessment.errors import MissingExtra

try:
    import hypothesis as _hypothesis
except ImportError as error:  # pragma: no cover - it is installed where tests run
    raise MissingExtra("testing", en="drawing data for tests", zh="生成测试数据") from error

from assessment.testing import file_laws, laws
from assessment.testing.edges import Edges, edges_of
from assessment.testing.files import rule_files
from assessment.testing.regional import Table, data_for, read, tables_for

del _hypothesis

__all__ = ["Edges", "Table", "data_for", "edges_of", "file_laws", "laws", "read", "rule_files", "tables_for"]
