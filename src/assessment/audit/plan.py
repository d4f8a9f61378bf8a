"""What the breakdown of a program shows, found once: which steps each score has and what each step reads.

A step is a frame of the graph (a `let`, a call, a policy), or one of the few things that happen to every score: held
between its ends, turned into points, joined, rounded. Places are numbered here, so a step has one id for all regions.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from assessment.audit.step_plan import StepPlan
from assessment.audit.steps import Inputs, Steps
from assessment.compiler.program import Program, Scored


@frozen(kw_only=True)
class LinePlan:
    """The steps of one node of the score tree; at its root, `results` are the plans of the further results."""

    scored: Scored
    steps: tuple[StepPlan, ...]
    children: tuple[LinePlan, ...]
    adjustments: tuple[LinePlan, ...] = ()
    results: tuple[LinePlan, ...] = ()


def plan(program: Program) -> LinePlan:
    """The plan of a program's breakdown."""
    inputs = Inputs.of(program.rules.inputs)
    trees = (program.root, *(result.root for result in program.results))
    by_path = {one.spec.path: one.spec.title or one.spec.name for tree in trees for one in tree.walk()}
    further = tuple(_line(result.root, program, inputs, by_path) for result in program.results)
    return evolve(_line(program.root, program, inputs, by_path), results=further)


def _line(scored: Scored, program: Program, inputs: Inputs, by_path: Mapping[str, str]) -> LinePlan:
    steps = Steps(scored, inputs, program.rules.scale, by_path)
    if scored.spec.level == "result" and scored.joined is None:
        steps.formula()
    elif scored.joined is None:
        steps.formula()
        steps.changes()
    else:
        steps.join(scored.joined)
    steps.stages()
    steps.rounding()
    return LinePlan(
        scored=scored,
        steps=tuple(steps.found),
        children=tuple(_line(child, program, inputs, by_path) for child in scored.children),
        adjustments=tuple(_line(one, program, inputs, by_path) for one in scored.adjustments),
    )
