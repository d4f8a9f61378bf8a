"""Rule text → rule set: text to tree, tree to checked rules, checked rules to program.

A module of its own, because a rule set that the cache gives back needs none of it.
"""

from __future__ import annotations

from assessment.compiler.bind import Cycle
from assessment.compiler.cycles import cycle_found
from assessment.compiler.from_rules import compile_rules, formulas_read_scores
from assessment.diagnostics.model import Diagnostic, Source, has_errors, in_source_order
from assessment.ruleset import RuleSet
from assessment.semantics.check import check
from assessment.semantics.limits import check_limits
from assessment.semantics.model import CheckedRules
from assessment.syntax.collector import collector_off
from assessment.syntax.parse import parse


def compiled(source: Source) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    """The rule set of a text with its warnings; None, with every finding, where there is an error."""
    with collector_off():
        rules, found = _checked(source)
        return (None, found) if rules is None else _compiled(rules, found)


def findings(source: Source) -> tuple[bool, tuple[Diagnostic, ...]]:
    """Whether a text can be compiled, and every finding in it.

    All that compiling can find are scores that need themselves, so it is done where formulas read scores, not elsewhere.
    """
    with collector_off():
        rules, found = _checked(source)
        if rules is None or not formulas_read_scores(rules):
            return rules is not None, found
        program, found = _compiled(rules, found)
        return program is not None, found


def _checked(source: Source) -> tuple[CheckedRules | None, tuple[Diagnostic, ...]]:
    file, found = parse(source)
    if file is None or has_errors(found):
        return None, in_source_order(found)
    checked, more = check(file)
    found += more
    if checked is not None:
        found += check_limits(checked)
    found = in_source_order(found)
    return (None, found) if has_errors(found) else (checked, found)


def _compiled(
    rules: CheckedRules, found: tuple[Diagnostic, ...]
) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    try:
        program = compile_rules(rules)
    except Cycle as cycle:
        return None, in_source_order((*found, cycle_found(cycle, rules)))
    return RuleSet(program, found), found
