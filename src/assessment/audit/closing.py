"""Outcome → the steps behind the scores of the whole: the subtotal of the key indicators, the grade, the limits."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from assessment.audit.amount import amount_text
from assessment.audit.plan import ROUNDING, rounding_text
from assessment.audit.record import Amount, Ingredient, Step
from assessment.compiler.program import BoundLimit
from assessment.compiler.readings import title_of
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.evaluation.outcome import Outcome

__all__ = ["grading", "key_steps", "limits_held"]


def key_steps(outcome: Outcome, region: int) -> tuple[Step, ...]:
    """How the subtotal of the key indicators came about: their scores added, then rounded like the total."""
    if outcome.program.key_total is None:
        return ()
    full, published = outcome.program.key_total
    marked = [one for one in outcome.program.root.walk() if one.spec.key]
    added = _step(
        outcome,
        region,
        full,
        id="key total/1",
        kind="join",
        name="sum",
        title=_KEY_TOTAL,
        ingredients=tuple(
            _ingredient(outcome, region, one.spec.path, title_of(one.spec), one.carried) for one in marked
        ),
    )
    if not isinstance(published, n.Round) or not isinstance(added.result.value, Fraction):
        return (added,)
    rounded = _step(
        outcome,
        region,
        published,
        id="key total/2",
        kind="rounding",
        name="rounding",
        title=ROUNDING,
        ingredients=(_ingredient(outcome, region, "full", _KEY_TOTAL, full),),
        rounding=rounding_text(published),
    )
    return (added, rounded)


def grading(outcome: Outcome, region: int) -> Step | None:
    """The step from the total to the grade by thresholds; the branch is the threshold that was reached."""
    node, grades = outcome.program.earned_grade, outcome.program.rules.grades
    if not isinstance(node, n.Step):
        return None
    result = outcome.values.at(node, region)
    branch = None
    if isinstance(result, Fraction):
        grade = grades[int(result)]
        branch = Text(en="otherwise", zh="其余")
        if grade.bound is not None:
            bound = Amount(value=grade.bound, type=node.value.type)
            branch = Text(**{lang: f"{grade.op} {amount_text(bound, lang)}" for lang in ("en", "zh")})
    total = _ingredient(outcome, region, "total", Text(en="total", zh="总分"), node.value)
    return _step(
        outcome,
        region,
        node,
        id="grade",
        kind="grade",
        name="grade",
        title=Text(en="grade", zh="等次"),
        ingredients=(total,),
        branch=branch,
    )


def limits_held(outcome: Outcome, region: int) -> tuple[Step, ...]:
    """The limits whose condition held, each with the scores and inputs that made it hold."""
    grade = outcome.program.grade
    if grade is None:
        return ()
    return tuple(
        _step(
            outcome,
            region,
            grade,
            id=f"limit/{place}",
            kind="limit",
            name=limit.spec.at_most,
            title=Text(en=f"grade at most {limit.spec.at_most}", zh=f"等次至多{limit.spec.at_most}"),
            formula=limit.spec.text,
            template=limit.spec.words,
            ingredients=tuple(_decisive(limit, outcome, region)),
            span=limit.spec.span,
        )
        for place, limit in enumerate(outcome.program.limits, start=1)
        if outcome.values.at(limit.condition, region) is True
    )


def _decisive(limit: BoundLimit, outcome: Outcome, region: int) -> Iterator[Ingredient]:
    """The scores in comparisons that hold, in the order of the rule file."""
    compared = {
        id(side)
        for node in _comparisons(limit.condition)
        if outcome.values.at(node, region) is True
        for side in (node.left, node.right)
    }
    scored = outcome.program.scored
    for path, node in limit.scores:
        if id(node) in compared:
            title = title_of(scored[path].spec) if path in scored else _KEY_TOTAL
            yield _ingredient(outcome, region, path, title, node)


def _comparisons(condition: n.Node) -> Iterator[n.Compare]:
    """The comparisons that a condition is made of."""
    open_ = [condition]
    while open_:
        match open_.pop():
            case n.Compare() as node:
                yield node
            case n.And(args=args) | n.Or(args=args):
                open_.extend(args)
            case n.Not(value=value):
                open_.append(value)
            case _:
                continue


_KEY_TOTAL = Text(en="key total", zh="重点指标得分")


def _ingredient(outcome: Outcome, region: int, name: str, title: Text, node: n.Node) -> Ingredient:
    """A score as something that a step reads; scores are steps under their own path."""
    amount = Amount(value=outcome.values.at(node, region), type=node.type)
    return Ingredient(name=name, title=title, amount=amount, period=outcome.period, step=name)


def _step(outcome: Outcome, region: int, node: n.Node, **fields: Any) -> Step:
    """A step of the assessed year whose result is the value of a node."""
    result = Amount(value=outcome.values.at(node, region), type=node.type)
    return Step(**{"formula": "", **fields}, result=result, period=outcome.period)
