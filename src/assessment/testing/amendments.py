"""Amendments of a rule file, drawn from the file itself: changes of what is there, that touch different things."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve
from hypothesis import strategies as st

from assessment.diagnostics.model import Source, Span
from assessment.syntax import ast
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules

__all__ = ["BASE", "amendments"]

BASE = "base.assess"
"""The name under which an amendment names the file that it amends."""

_NOWHERE = Span(source=Source(name="drawn", text=""), start=0, end=0)
_Named = ast.Input | ast.Let | ast.Group | ast.Department | ast.Grade | ast.Method | ast.Mark | ast.Veto


@st.composite
def amendments(draw: st.DrawFn, text: str) -> tuple[str, tuple[str, ...]]:
    """An amendment of a rule file as its head and its statements, which may stand in any order."""
    file, _ = parse(Source(name=BASE, text=text))
    if file is None:
        raise ValueError("no rules")
    drawn: list[ast.Statement] = []
    taken = {one.number for one in _indicators(file.body)}
    for number, one in enumerate(_indicators(file.body), start=1):
        drawn += draw(_of_indicator(one, f"9{number}", taken))
    for statement in file.body:
        if isinstance(statement, _Named) and draw(st.integers(0, 4)) == 0:
            drawn.append(ast.Replace(span=_NOWHERE, statement=statement))
        elif isinstance(statement, ast.Targets) and draw(st.booleans()):
            drawn += _retargeted(statement)
        elif isinstance(statement, ast.Policies) and statement.entries and draw(st.booleans()):
            entry = draw(st.sampled_from(statement.entries))
            drawn.append(ast.ChangePolicies(span=_NOWHERE, entries=(entry,)))
    if draw(st.booleans()):
        drawn.append(ast.Assume(span=_NOWHERE, text="drawn"))
    lang = file.language
    whole = evolve(file, amends=ast.Text(span=_NOWHERE, text=BASE), title=None, comments=())
    head, _, _ = print_rules(evolve(whole, body=()), lang).partition("{")
    return head, tuple(_printed(evolve(whole, body=(one,)), lang) for one in drawn)


def _printed(file: ast.RuleFile, lang: str) -> str:
    inner = print_rules(file, "zh" if lang == "zh" else "en").partition("{")[2]
    return inner.rpartition("}")[0]


def _indicators(body: tuple[ast.Statement, ...]) -> Iterator[ast.Indicator]:
    for one in body:
        if isinstance(one, ast.Indicator):
            yield one
        elif isinstance(one, ast.Category):
            yield from _indicators(one.body)


def _of_indicator(
    one: ast.Indicator, fresh: str, taken: set[str]
) -> st.SearchStrategy[tuple[ast.Statement, ...]]:
    of = ast.Reference(span=_NOWHERE, kind="indicator", name=one.number)
    ways: list[tuple[ast.Statement, ...]] = [(), (ast.Replace(span=_NOWHERE, statement=one),)]
    if fresh not in taken:
        new = ast.Word(span=_NOWHERE, name=fresh)
        ways.append((ast.Renumber(span=_NOWHERE, of=of, new=new),))
    old = None if one.title is None else ast.Text(span=_NOWHERE, text=one.title)
    title = ast.ChangeTitle(span=_NOWHERE, of=of, old=old, new=ast.Text(span=_NOWHERE, text="Drawn"))
    ways.append((title, *_rescored(one, of)))
    points = None if one.size is None else one.size.points
    if points is not None:
        ways += [
            (ast.ChangeSize(span=_NOWHERE, of=of, kind="points", old=points, new=evolve(points, value=new)),)
            for new in (points.value, points.value + 1, points.value / 2 + Fraction(1, 2))
        ]
    return st.sampled_from(ways)


def _rescored(one: ast.Indicator, of: ast.Reference) -> Iterator[ast.Statement]:
    """The same method stated anew, in the indicator or in its first part."""
    for inner in one.body:
        if isinstance(inner, ast.Score):
            yield ast.Change(span=_NOWHERE, of=of, body=(inner,))
            return
        if isinstance(inner, ast.Part):
            score = next((each for each in inner.body if isinstance(each, ast.Score)), None)
            if score is not None:
                part = evolve(of, parts=(inner.name,))
                yield ast.Change(span=_NOWHERE, of=part, body=(score,))
            return


def _retargeted(stated: ast.Targets) -> Iterator[ast.Statement]:
    of = ast.Reference(span=_NOWHERE, kind="targets", name=stated.measure.name, scope=stated.scope.name)
    entries = tuple(
        ast.ChangedTarget(
            span=_NOWHERE, year=one.year, old=one.value, new=evolve(one.value, value=one.value.value + 1)
        )
        for one in {one.year: one for one in stated.entries}.values()
    )
    if entries:
        yield ast.Retarget(span=_NOWHERE, of=of, entries=entries)
