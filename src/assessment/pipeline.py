"""Rule text → rule set: text to tree, tree to checked rules, checked rules to program.

A module of its own, because a rule set that the cache gives back needs none of it.
"""

from __future__ import annotations

from attrs import frozen

from assessment.compiler.bind import Cycle
from assessment.compiler.cycles import cycle_found
from assessment.compiler.from_rules import compile_rules, formulas_read_scores
from assessment.compiler.program import Program
from assessment.diagnostics.model import Diagnostic, Source, has_errors, in_source_order
from assessment.ruleset import RuleSet
from assessment.semantics.allowances import silenced
from assessment.semantics.by_year import depends_on_year, in_year, years_to_check
from assessment.semantics.check import check, check_of_year
from assessment.semantics.limits import check_limits
from assessment.semantics.model import CheckedRules
from assessment.syntax import ast
from assessment.syntax.collector import collector_off
from assessment.syntax.parse import parse


def compiled(source: Source) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    """The rule set of a text with its warnings; None, with every finding, where there is an error."""
    with collector_off():
        file, rules, found = _checked(source)
        if file is None or rules is None:
            return None, found
        program, found = _compiled(rules, found)
        if program is None or not depends_on_year(file):
            return None if program is None else RuleSet(program, found), found
        cycles = _cycles(file)
        return (None, cycles) if cycles else (RuleSet(program, found, OfYear(file=file)), found)


@frozen(kw_only=True)
class OfYear:
    """Compiles a file that differs from year to year for one of them."""

    file: ast.RuleFile

    def __call__(self, year: int) -> tuple[Program | None, tuple[Diagnostic, ...]]:
        """The program of a year; None, with the errors, where the rules have no meaning in it."""
        with collector_off():
            rules, found = check_of_year(self.file, year)
            return (None, found) if rules is None else _compiled(rules, ())


def findings(source: Source) -> tuple[bool, tuple[Diagnostic, ...]]:
    """Whether a text can be compiled, and every finding in it.

    All that compiling can find are scores that need themselves, so it is done where formulas read scores, not elsewhere.
    """
    with collector_off():
        file, rules, found = _checked(source)
        if file is None or rules is None:
            return False, found
        if depends_on_year(file):
            cycles = _cycles(file)
            return not cycles, cycles or found
        if not formulas_read_scores(rules):
            return True, found
        program, found = _compiled(rules, found)
        return program is not None, found


def _cycles(file: ast.RuleFile) -> tuple[Diagnostic, ...]:
    """The scores that need themselves in any year of a file that differs from year to year."""
    found: dict[Diagnostic, list[int]] = {}
    for year in years_to_check(file):
        rules, _ = check_of_year(file, year)
        if rules is not None and formulas_read_scores(rules):
            for one in _compiled(rules, ())[1]:
                found.setdefault(one, []).append(year)
    return in_source_order(in_year(one, tuple(years), file) for one, years in found.items())


def _checked(
    source: Source,
) -> tuple[ast.RuleFile | None, CheckedRules | None, tuple[Diagnostic, ...]]:
    file, found = parse(source)
    if file is None or has_errors(found):
        return None, None, in_source_order(found)
    checked, more = check(file)
    found += more
    if checked is not None and not depends_on_year(file):
        found += check_limits(checked)
    found = in_source_order(silenced(file, found))
    return (None, None, found) if has_errors(found) else (file, checked, found)


def _compiled(
    rules: CheckedRules, found: tuple[Diagnostic, ...]
) -> tuple[Program | None, tuple[Diagnostic, ...]]:
    try:
        program = compile_rules(rules)
    except Cycle as cycle:
        return None, in_source_order((*found, cycle_found(cycle, rules)))
    return program, found
