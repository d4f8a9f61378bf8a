"""Laws of a whole rule file: what may change in its text without changing what it scores.

`laws` change the data; these change the text, so they take it beside a table of `tables_for` and load what they changed.
Data that the rules refuse say nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar, get_args

from attrs import evolve, fields_dict, has

import assessment
from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.model import Source
from assessment.number import Irrational
from assessment.result import Result
from assessment.syntax import ast
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules
from assessment.testing import laws
from assessment.testing.regional import Table

__all__ = [
    "FILE_LAWS",
    "explained_in_both_languages",
    "language_changes_nothing",
    "order_of_statements_changes_nothing",
    "points_are_conserved",
    "rates_do_not_depend_on_points",
]

FileLaw: TypeAlias = Callable[[str, Table], None]
_T = TypeVar("_T")

LANGUAGES: tuple[Lang, ...] = ("en", "zh")


def explained_in_both_languages(text: str, table: Table) -> None:
    """Every breakdown can be told in both languages and written as JSON."""
    result = _result(text, table)
    if result is None:
        return
    laws.ask(set(result.to_json()) > {"regions"}, "the JSON has no regions")
    json.dumps(result.to_json())
    for one in result:
        for lang in LANGUAGES:
            laws.ask(bool(one.explain(lang=lang)), f"{one.region}: nothing is told")


def points_are_conserved(text: str, table: Table) -> None:
    """Points that are passed on arrive: what children can earn adds up to what their parent can."""
    for one in _result(text, table) or ():
        for line in one.breakdown.root.walk():
            below = [child.possible.value for child in line.children]
            if not laws.adds(line) or not below or not isinstance(line.exact.value, Fraction | Irrational):
                continue
            numbers = [value for value in below if isinstance(value, Fraction)]
            if len(numbers) == len(below):
                laws.ask(sum(numbers) == line.possible.value, f"{one.region}: `{line.id}` loses points")


def rates_do_not_depend_on_points(text: str, table: Table) -> None:
    """Every number of points three times as large, in the rules and the data, gives every formula the same rate."""
    tree = _tree(text)
    larger = print_rules(_mapped(tree, _three_times), "en")
    grown = [one.name for one in assessment.load(text).inputs if one.unit == "points"]
    data = {
        year: {
            region: {
                name: value * 3 if name in grown and isinstance(value, Fraction) else value
                for name, value in row.items()
            }
            for region, row in rows.items()
        }
        for year, rows in table.items()
    }
    before, after = _result(text, table), _result(larger, data)
    laws.ask((before is None) == (after is None), "only one of the two is refused")
    if before is None or after is None or _rounds(tree):
        return
    for one in before:
        for path, line in one.lines.items():
            # A bonus without a ceiling has no points that its rate could be of.
            if not line.children and line.level not in ("bonus", "deduction"):
                other = after[one.region].lines[path].rate.value
                laws.ask(
                    other == line.rate.value, f"{one.region}: the rate of `{path}` depends on its points"
                )


def order_of_statements_changes_nothing(text: str, table: Table) -> None:
    """Statements may stand in any order, as long as grades keep theirs."""
    turned = print_rules(_mapped(_tree(text), _turned), "en")
    same = told(_result(text, table)) == told(_result(turned, table))
    laws.ask(same, "the order of the statements matters")


def language_changes_nothing(text: str, table: Table) -> None:
    """The file printed in either language gives the same digits."""
    first = told(_result(text, table))
    for lang in LANGUAGES:
        printed = print_rules(_tree(text), lang)
        laws.ask(told(_result(printed, table)) == first, f"the file says something else in {lang}")


FILE_LAWS: tuple[FileLaw, ...] = (
    explained_in_both_languages,
    points_are_conserved,
    rates_do_not_depend_on_points,
    order_of_statements_changes_nothing,
    language_changes_nothing,
)
"""Every law of a file; each takes its text and a table of `tables_for`."""


def told(result: Result | None) -> Any:
    """Everything scored of each region by the id of its line; None for data that were refused."""
    if result is None:
        return None
    return {
        one.region: (
            one.rank,
            one.grade,
            one.marks,
            one.total,
            {path: (line.status, line.score.value, line.exact.value) for path, line in one.lines.items()},
            {name: (made.exact, made.value, made.rank) for name, made in one.results.items()},
        )
        for one in result
    }


def _result(text: str, table: Table) -> Result | None:
    return laws.evaluated(assessment.load(text), table)


def _tree(text: str) -> ast.RuleFile:
    file, _ = parse(Source(name="law.assess", text=text))
    if file is None:
        raise ValueError("the text is no rule file")
    return file


def _mapped(value: _T, change: Callable[[Any], Any]) -> _T:
    """A tree with every node changed, from the leaves upwards."""
    if isinstance(value, tuple):
        return change(tuple(_mapped(one, change) for one in value))  # type: ignore[no-any-return]
    if not has(type(value)) or not isinstance(value, ast.Node):
        return value
    names = [
        name
        for name, one in fields_dict(type(value)).items()
        if one.init and name not in ("span", "comments")
    ]
    return change(evolve(value, **{name: _mapped(getattr(value, name), change) for name in names}))  # type: ignore[no-any-return]


def _three_times(value: Any) -> Any:
    if isinstance(value, ast.Input) and value.form == ast.Measured(span=value.form.span, unit="points"):
        # The ends of its range may stand without the word.
        return evolve(value, attributes=_mapped(value.attributes, _plain_three_times))
    if isinstance(value, ast.Literal) and value.unit == "points":
        return evolve(value, value=value.value * 3)
    return value


def _plain_three_times(value: Any) -> Any:
    if isinstance(value, ast.Literal) and value.unit is None:
        return evolve(value, value=value.value * 3)
    return value


def _turned(value: Any) -> Any:
    """Statements in the opposite order; the grades among them in their own."""
    if not isinstance(value, tuple) or not all(isinstance(one, get_args(ast.Statement)) for one in value):
        return value
    grades = iter([one for one in value if isinstance(one, ast.Grade)])
    return tuple(next(grades) if isinstance(one, ast.Grade) else one for one in reversed(value))


def _rounds(tree: ast.RuleFile) -> bool:
    """Whether scores are rounded, which does not grow in step: a formula may read what was."""
    return any(isinstance(one, ast.Round) and one.entries for one in tree.body)
