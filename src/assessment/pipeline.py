"""Rule text → rule set: text to tree, tree to checked rules, checked rules to program.

A module of its own, because a rule set that the cache gives back needs none of it.
"""

from __future__ import annotations

from attrs import evolve, frozen

from assessment.amending.chain import Chain, Opener, broken, read_chain
from assessment.amending.reading import reading_of
from assessment.amending.validity import file_of_year
from assessment.compiler.bind import Cycle
from assessment.compiler.cycles import cycle_found
from assessment.compiler.from_rules import compile_rules, may_need_itself
from assessment.compiler.program import Program
from assessment.diagnostics.model import Diagnostic, Source, has_errors, in_source_order
from assessment.ruleset import RuleSet
from assessment.semantics.allowances import silenced
from assessment.semantics.by_year import (
    depends_on_year,
    earlier_scores,
    in_year,
    no_size,
    of_year,
    years_to_check,
)
from assessment.semantics.check import check, check_of_year
from assessment.semantics.limits import check_limits
from assessment.semantics.model import CheckedRules
from assessment.semantics.succession import in_names_of
from assessment.syntax import ast
from assessment.syntax.collector import collector_off


@collector_off()
def compiled(source: Source, opener: Opener | None = None) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    """The rule set of a text with its warnings; None, with every finding, where there is an error.

    `opener` gives the texts of amended files; without it a text that amends another is refused.
    """
    chain, every, found = _checked(source, opener)
    if chain is None:
        return None, found
    rules = every[-1]
    program, found = _compiled(rules, found)
    if program is None:
        return None, found
    if not chain.by_year and not depends_on_year(chain.newest):
        return RuleSet(program, found, origins=chain.origins, sources=chain.sources), found
    cycles = _cycles(chain)
    if cycles:
        return None, cycles
    made = RuleSet(
        program,
        found,
        OfYear(chain=chain),
        origins=chain.origins,
        sources=chain.sources,
        reading=reading_of(every),
        changed=chain.changed,
    )
    return made, found


@frozen(kw_only=True)
class OfYear:
    """Compiles a file that differs from year to year for one of them, or the file of its chain that holds then."""

    chain: Chain

    def place(self, year: int) -> int | None:
        """Which file of the chain holds for a year, the oldest being 0."""
        return file_of_year(self.chain.files, year)[0]

    @property
    def years(self) -> tuple[int, ...]:
        """Years of which every other year in which the newest file holds has the rules."""
        newest = self.chain.newest
        return tuple(year for year in years_to_check(newest) if self.chain.of_year(year)[0] is newest)

    @collector_off()
    def __call__(self, year: int) -> tuple[Program | None, tuple[Diagnostic, ...]]:
        """The program of a year; None, with the errors, where the rules have no meaning in it."""
        file, found = self.chain.of_year(year)
        if file is None:
            return None, found
        rules, found = check_of_year(file, year)
        return (None, found) if rules is None else _compiled(rules, ())


@collector_off()
def findings(
    source: Source, opener: Opener | None = None
) -> tuple[bool, tuple[Diagnostic, ...], tuple[Source, ...]]:
    """Whether a text can be compiled, every finding in it, and the texts that it rests on.

    All that compiling can find are scores that need themselves, so it is done where formulas read scores or there are marks, not elsewhere.
    """
    chain, every, found = _checked(source, opener)
    if chain is None:
        return False, found, (source,)
    rules = every[-1]
    if chain.by_year or depends_on_year(chain.newest):
        cycles = _cycles(chain)
        if cycles:
            return False, cycles, chain.sources
    if not may_need_itself(rules):
        return True, found, chain.sources
    program, found = _compiled(rules, found)
    return program is not None, found, chain.sources


def resolved(
    source: Source, opener: Opener | None = None, year: int | None = None
) -> tuple[ast.RuleFile | None, tuple[Diagnostic, ...]]:
    """The plain tree of a file: what it amends and what it changes in one, as it is in a year where one is given.

    It is there as soon as the files can be read and put together, whatever the checks say of it.
    """
    chain, found = read_chain(source, opener)
    if chain is None or year is None:
        return None if chain is None else chain.newest, found
    file, found = chain.of_year(year)
    if file is None:
        return None, found
    of_it, unstated = of_year(in_names_of(file, year)[0], year)
    if unstated:
        return None, in_source_order(no_size(one) for one in unstated)
    return evolve(of_it, year=year), ()


def _cycles(chain: Chain) -> tuple[Diagnostic, ...]:
    """The scores that need themselves in any year of files that differ from year to year."""
    found: dict[Diagnostic, list[int]] = {}
    for file in chain.files:
        for year in years_to_check(file):
            rules, _ = check_of_year(file, year)
            if rules is not None and may_need_itself(rules):
                for one in _compiled(rules, ())[1]:
                    found.setdefault(one, []).append(year)
    return in_source_order(in_year(one, tuple(years), file) for one, years in found.items())


def _checked(
    source: Source, opener: Opener | None
) -> tuple[Chain | None, tuple[CheckedRules, ...], tuple[Diagnostic, ...]]:
    """The files of a chain with the rules of each, the oldest first; none with an error in any, and what is found."""
    chain, found = read_chain(source, opener)
    if chain is None:
        return None, (), found
    every: list[CheckedRules] = []
    for place, file in enumerate(chain.files[:-1]):
        checked, more = _whole(file)
        if checked is None or has_errors(more):
            amends = chain.amends[place]
            errors = tuple(one for one in more if has_errors((one,)))
            return None, (), (*found, broken(amends, errors), *errors)
        every.append(checked)
    checked, more = _whole(chain.newest)
    found += more
    if checked is not None and not chain.years_alike:
        found += earlier_scores(checked)
    found = in_source_order(silenced(chain.newest, found))
    if checked is None or has_errors(found):
        return None, (), found
    return chain, (*every, checked), found


def _whole(file: ast.RuleFile) -> tuple[CheckedRules | None, tuple[Diagnostic, ...]]:
    """The rules of a plain tree and what is found in them, what scores can reach included."""
    checked, found = check(file)
    if checked is not None and not depends_on_year(file):
        found += check_limits(checked)
    return checked, found


def _compiled(
    rules: CheckedRules, found: tuple[Diagnostic, ...]
) -> tuple[Program | None, tuple[Diagnostic, ...]]:
    try:
        program = compile_rules(rules)
    except Cycle as cycle:
        return None, in_source_order((*found, cycle_found(cycle, rules)))
    return program, found
