"""The pass from the tree of a rule file to checked rules, on one screen.

Each step reads what the steps before it put into the scope and reports what is wrong in its own part; a step that meets
something faulty goes on without it, so that one mistake is one finding and hides no other.
"""

from __future__ import annotations

from attrs import evolve

from assessment.diagnostics.model import Diagnostic, has_errors, in_source_order
from assessment.semantics.allowances import allowances, check_allowed
from assessment.semantics.by_year import (
    depends_on_year,
    dormant,
    earlier_scores,
    faults,
    in_year,
    no_size,
    of_year,
    years_to_check,
)
from assessment.semantics.declared_methods import check_bodies, declare_methods
from assessment.semantics.declared_tables import check_tables_read, declare_tables
from assessment.semantics.estimates import stated_estimates
from assessment.semantics.examples import examples, without_examples
from assessment.semantics.grades import grade_type, grades, limits
from assessment.semantics.inputs import declare_inputs
from assessment.semantics.limits import check_limits
from assessment.semantics.lints import (
    check_authority,
    check_carried,
    check_owners,
    check_rescaled,
    check_small_groups,
    check_suppliers,
    check_unused,
)
from assessment.semantics.marks import marks, stated_marks
from assessment.semantics.measures import declare_measures
from assessment.semantics.model import CheckedRules
from assessment.semantics.names import Names
from assessment.semantics.needs import check_acting, check_open_limits, note_needs
from assessment.semantics.policies import check_needed, stated_policies
from assessment.semantics.ranking import is_ranked, ranking
from assessment.semantics.regions import classes, departments, groups
from assessment.semantics.results import declare_results, results
from assessment.semantics.rounding import readings
from assessment.semantics.row_fields import check_names
from assessment.semantics.row_lints import check_rows
from assessment.semantics.scheme import scheme_of
from assessment.semantics.scope import Scope
from assessment.semantics.scores import scores_of
from assessment.semantics.statements import Where, sort_out
from assessment.semantics.succession import in_names_of
from assessment.semantics.table_sizes import with_sizes
from assessment.semantics.targets import Targets
from assessment.semantics.traverse import name_place
from assessment.semantics.tree import build_tree
from assessment.semantics.vetoes import vetoes
from assessment.syntax import ast

__all__ = ["check", "check_of_year"]

_OF_ALL_YEARS = ("unused-", "policy-never-acts", "condition-decided")
"""What is said only where it holds in every year: an input of an item that is no longer there was used."""


def check(file: ast.RuleFile) -> tuple[CheckedRules | None, tuple[Diagnostic, ...]]:
    """The rules of a file, and everything that is found wrong with them, in source order.

    The rules are None where any finding is an error. Of a file that differs from year to year they are those of its own
    year, or else of the last that it states in full; all its years are checked, what scores can reach in them included.
    """
    now, found = in_names_of(file, file.year)
    if not depends_on_year(file):
        if not found:
            return _check(now)
        rules, more = _check(now)
        return None if has_errors(found) else rules, in_source_order((*found, *more))
    found += faults(file)
    if has_errors(found):
        return None, in_source_order(found)
    by_year: dict[int, tuple[CheckedRules | None, tuple[Diagnostic, ...]]] = {}
    lacking: dict[int, tuple[Diagnostic, ...]] = {}
    for year in sorted({*years_to_check(file), *(() if file.year is None else (file.year,))}):
        of_it, unstated = of_year(in_names_of(file, year)[0], year)
        if unstated:
            lacking[year] = tuple(no_size(one) for one in unstated)
        else:
            by_year[year] = rules, more = _with_limits(_check(of_it), file, year)
            found += () if rules is None else tuple(x for x in earlier_scores(rules) if x not in found)
    if file.year in lacking or not by_year:
        found += lacking[max(lacking) if file.year is None else file.year]
    holds: dict[Diagnostic, list[int]] = {}
    for year, (_, more) in by_year.items():
        for one in more:
            holds.setdefault(one, []).append(year)
    for one, where in holds.items():
        if len(where) == len(by_year):
            found += (one,)
        elif not one.code.startswith(_OF_ALL_YEARS):
            found += (in_year(one, tuple(where), file),)
    found = in_source_order(found)
    if has_errors(found):
        return None, found
    return by_year[max(by_year) if file.year is None else file.year][0], found


def check_of_year(file: ast.RuleFile, year: int) -> tuple[CheckedRules | None, tuple[Diagnostic, ...]]:
    """The rules of a file, which was found sound, as they are in a year; None, with the errors, where it has none."""
    of_it, unstated = of_year(in_names_of(file, year)[0], year)
    if unstated:
        return None, in_source_order(no_size(one) for one in unstated)
    rules, found = _with_limits(_check(of_it), file, year)
    errors = tuple(in_year(one, (year,), file) for one in found if has_errors((one,)))
    return (None, errors) if errors else (rules, ())


def _with_limits(
    checked: tuple[CheckedRules | None, tuple[Diagnostic, ...]], file: ast.RuleFile, year: int
) -> tuple[CheckedRules | None, tuple[Diagnostic, ...]]:
    """What was checked for one year of a file, with what is found in whole rules."""
    rules, found = checked
    if rules is None:
        return None, found
    return evolve(rules, of_year=year, dormant=dormant(file, year)), (*found, *check_limits(rules))


def _check(written_file: ast.RuleFile) -> tuple[CheckedRules | None, tuple[Diagnostic, ...]]:
    file = without_examples(written_file)
    scope = Scope(year=file.year)
    head = name_place(file.span, file.name)
    body = sort_out(file.body, Where.FILE, scope)
    scope.groups = groups(body, scope)
    scope.stated = stated_policies(body, scope)
    offices = departments(body, scope)
    targets, names = Targets(body, scope), Names(scope)
    scheme = scheme_of(body, file, head, scope)
    read = readings(body, head, scope)
    scope.scores = scores_of(file.body, in_points=scheme.in_points, rounded=read.rounding)
    scope.ranked = is_ranked(body)
    scope.marks = stated_marks(body)
    scope.grade = grade_type(body)
    scope.classes = classes(body, names, scope)
    declare_results(body, scope)
    inputs = declare_inputs(body, offices, names, scope, declared=targets.read)
    declare_tables(body, names, scope)
    written, body = body, with_sizes(body, scope)
    declare_methods(body, names, scope)
    estimates = stated_estimates(body, inputs, scope)
    measures = declare_measures(body, names, scope, estimates=estimates, declared=targets.read)
    targets.report_unknown()
    check_names(inputs, scope)
    tree = build_tree(body, file, scheme, offices, head, scope)
    order = ranking(body, head, scope)
    earned = grades(body, scheme, scope)
    held = limits(body, earned, scope)
    struck = vetoes(body, earned, scope)
    awarded = marks(body, scope)
    further = results(body, file, scheme, offices, head, scope)
    taken_again = (result.tree for result in further if result.tree is not None)
    note_needs(body.all(ast.Input), (tree, *taken_again), scope)
    check_bodies(body, scope)
    check_tables_read(scope)
    check_needed(body, head, scope)
    check_acting(tree, scope)
    check_open_limits(tree, (*held, *struck, *earned, *awarded), scope)
    check_unused(written, scope)
    check_authority(body, scheme, head, scope)
    check_suppliers(body, scheme, scope)
    check_owners(body, tree, scheme, scope)
    quotas = (*(grade.quota for grade in earned), *(mark.quota for mark in awarded))
    check_small_groups(tree, (quota for quota in quotas if quota is not None), scope)
    check_carried(tree, read, body, scope)
    check_rescaled(body, tree, scope)
    check_rows(tree, inputs, scope)
    check_allowed(file, scope)
    shown = examples(written_file, inputs, tree, earned, order, struck, scope)
    found = in_source_order(scope.diagnostics)
    if has_errors(found):
        return None, found
    authority = body.one(ast.Authority)
    rules = CheckedRules(
        name=file.name,
        year=file.year,
        title=file.title or file.name,
        authority=() if authority is None else tuple(document.text for document in authority.documents),
        scale=scheme.scale,
        groups=scope.groups,
        classes=scope.classes,
        departments=offices,
        inputs=inputs,
        measures=measures,
        targets=scope.targets,
        tree=tree,
        policies=scope.stated,
        acting=tuple(one for one in (*scope.stated.values(), *scope.nested) if id(one) in scope.acting),
        rounding=read.rounding,
        carry=read.carry,
        compare=read.compare,
        carry_at=read.carry_at,
        compare_before=read.compare_before,
        ranking=order,
        grades=earned,
        limits=held,
        vetoes=struck,
        marks=awarded,
        assumptions=tuple(node.text for node in body.within(ast.Assume)),
        left_out=tuple(node.text for node in body.within(ast.LeftOut)),
        allowances=allowances(file),
        examples=shown,
        results=further,
        language=file.language,
        span=file.span,
    )
    return rules, found
