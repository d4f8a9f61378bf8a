"""Points by the distance from a mean: a basic score, and so much more or less for each step (比均值)."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import (
    Call,
    Lowered,
    Method,
    Parameter,
    Problem,
    Sort,
    Yields,
    constant,
    defined_where,
)
from assessment.methods.ends import between_ends, ends_problems
from assessment.methods.parameters import COUNTING
from assessment.methods.steps import counted, step_problem


class AgainstMean(Method):
    """A basic score at the mean, and `gain` points more or less for each step above or below it.

    `points = base + gain * steps`, held between `floor` and `ceiling`. The size of a step is written in one of two ways:

    - `every: 5%`, a share *of the mean*: `steps = (x - mean) / mean / 5%`. Against a mean of 40 % a value of 42 % lies one
      step above it;
    - `every: 5 pp`, or another difference in the kind of the measure: `steps = (x - mean) / 5 pp`. The same value lies
      0.4 steps above it.

    `counting` says what an incomplete step counts, above the mean and below it alike. The mean is an argument: the mean
    of the regions' values (`mean`) and the ratio of their sums (`ratio_of_sums`) differ.

    Undefined: with a share of the mean, a mean of zero or below; a step of zero that comes from data.
    Source: 达到全区平均值得基本分，每增减 5% 相应加减 0.5 分.
    Worked: basic score 6, 0.5 points for every 5 %, mean 40 %: 46 % is 15 % above, 3 steps: 7.5 points. 47 % is 17.5 %
    above, 3.5 steps: 7.75 in proportion, 7.5 by whole steps, 8 by started ones.
    """

    en = "against_mean"
    zh = "比均值"
    yields = Yields.POINTS
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(en="mean", zh="均值", sort=Sort.LIKE, of="x"),
        Parameter(en="base", zh="基本分", sort=Sort.POINTS),
        Parameter(
            en="every",
            zh="每",
            sort=Sort.STEP,
            of="x",
            about=Text(
                en="the size of a step: `5%` of the mean, or a difference", zh="步长：均值的 `5%`，或差值"
            ),
        ),
        Parameter(en="gain", zh="增减", sort=Sort.POINTS),
        COUNTING,
        Parameter(en="floor", zh="不低于", sort=Sort.POINTS),
        Parameter(en="ceiling", zh="不高于", sort=Sort.POINTS),
    )
    rising = ("x", "base", "floor", "ceiling")
    sentence = Text(
        en="({x} - {mean}) / {mean} gives {apart}, {steps} steps of {every} each ({counting}); "
        "{base} + {gain} × ({counted}), from {floor} to {ceiling}: {result}",
        zh="（{x}－{mean}）÷{mean}，即{apart}；每{every}为一步，合 {steps} 步（{counting}）；"
        "{base}＋{gain}×（{counted}），不低于{floor}、不高于{ceiling}，得{result}",
    )
    examples = (
        "against_mean(x, mean: m, base: 6 points, every: 5%, gain: 0.5 points, counting: line, floor: 0 points, ceiling: 8 points)",
        "比均值（x，均值：均值（x，范围：全部），基本分：6 分，每：5%，增减：0.5 分，计法：按比例，不低于：0 分，不高于：8 分）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        return (*step_problem(call, "every"), *ends_problems(call))

    def phrase(self, call: Call) -> Text:
        if call.node("every").type.kind is Kind.RATE:
            return self.sentence
        return Text(
            en=self.sentence.en.replace("({x} - {mean}) / {mean} gives", "{x} - {mean} gives"),
            zh=self.sentence.zh.replace("（{x}－{mean}）÷{mean}，", "{x}－{mean}，"),
        )

    def lower(self, call: Call) -> Lowered:
        x, mean, every = call.node("x"), call.node("mean"), call.node("every")
        relative = every.type.kind is Kind.RATE
        apart = b.subtract(x, mean)
        if relative:
            apart = b.cast(b.divide(apart, mean), Kind.RATE)
        steps = b.divide(apart, every)
        count = counted(steps, call.word("counting"))
        scored = b.add(call.node("base"), b.multiply(call.node("gain"), count))
        held = between_ends(scored, call)
        if relative:
            positive = b.compare(">", mean, b.const(0, mean.type))
            held = defined_where(positive, held)
        return Lowered(
            node=held,
            notes=(
                n.Named(name="apart", node=apart),
                n.Named(name="steps", node=steps),
                n.Named(name="counted", node=count),
            ),
            low=_lower_of(call),
            high=constant(call.node("ceiling")),
        )


def _lower_of(call: Call) -> Fraction | None:
    floor, ceiling = constant(call.node("floor")), constant(call.node("ceiling"))
    return None if floor is None or ceiling is None else min(floor, ceiling)
