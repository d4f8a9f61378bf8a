"""Rule text → rule set: text to tree, tree to checked rules, checked rules to program.

A module of its own, because a rule set that the cache gives back needs none of it.
"""

from __future__ import annotations

from assessment.compiler.bind import Cycle
from assessment.compiler.cycles import cycle_found
from assessment.compiler.from_rules import compile_rules
from assessment.diagnostics.model import Diagnostic, Source, has_errors, in_source_order
from assessment.ruleset import RuleSet
from assessment.semantics.check import check
from assessment.semantics.limits import check_limits
from assessment.syntax.collector import collector_off
from assessment.syntax.parse import parse


def compiled(source: Source) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    """The rule set of a text with its warnings; None, with every finding, where there is an error."""
    with collector_off():
        return _compiled(source)


def _compiled(source: Source) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    file, found = parse(source)
    if file is None or has_errors(found):
        return None, in_source_order(found)
    checked, more = check(file)
    found += more
    if checked is not None:
        found += check_limits(checked)
    found = in_source_order(found)
    if checked is None or has_errors(found):
        return None, found
    try:
        program = compile_rules(checked)
    except Cycle as cycle:
        return None, in_source_order((*found, cycle_found(cycle, checked)))
    return RuleSet(program, found), found
