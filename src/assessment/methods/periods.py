"""Values of several periods of one region: which periods, and what an absent one means.

Both are said by the rule. An absent value is left out (`missing: skip`, with the least number that must be there), or
makes the result absent (`missing: block`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import ALL_ABSENCES, Absence
from assessment.diagnostics.bilingual import Text
from assessment.methods.absences import first_absence
from assessment.methods.base import Call, Lowered, Parameter, Problem, Sort
from assessment.methods.parameters import PERIODS

_MOST_NAMED = 12
"""So many values a sentence names one by one."""

OVER_PERIODS = (
    Parameter(en="x", zh="数值", sort=Sort.MEASURE),
    evolve(
        PERIODS,
        default=None,
        most=100,
        about=Text(en="of how many periods", zh="取多少期"),
    ),
    Parameter(
        en="current",
        zh="含本期",
        sort=Sort.WORD,
        choices=(("yes", "是"), ("no", "否")),
        said=(Text(en="this one included", zh="含本期"), Text(en="up to the one before", zh="不含本期")),
        about=Text(en="whether the assessed period is one of them", zh="是否包括本期"),
    ),
    Parameter(
        en="missing",
        zh="缺失",
        sort=Sort.WORD,
        choices=(("skip", "略过"), ("block", "不计算")),
        said=(
            Text(en="absent ones are left out", zh="缺值的略过"),
            Text(en="none may be absent", zh="均不得缺值"),
        ),
        about=Text(en="what an absent value means", zh="某期缺值时如何处理"),
    ),
    Parameter(
        en="least",
        zh="至少",
        sort=Sort.WHOLE,
        optional=True,
        low=1,
        most=100,
        about=Text(en="with `missing: skip`, how many values there must be", zh="略过缺值时，至少须有几期"),
    ),
)
"""Parameters of every function over periods; none has a default."""

Joined = Callable[[Sequence[n.Node], n.Node], n.Node]
"""What is made of the values and of the number of them that are present."""


def over_periods(call: Call, join: Joined, *, neutral: bool = False) -> Lowered:
    """What `join` makes of the values of the periods.

    Where values are left out, `join` sees another one in their place: zero if that is `neutral`, else a value that is there.
    What is not applicable in the assessed period has no result, whatever was before.
    """
    x, count = call.node("x"), call.whole("periods")
    first = 0 if call.word("current") == "yes" else 1
    values = [b.shift(x, -back) for back in range(first, first + count)]
    notes = [n.Named(name=f"value{place}", node=value) for place, value in enumerate(values, start=1)]
    if call.word("missing") == "block":
        node = join(values, b.const(count))
    else:
        present = b.add(*(b.select(b.is_absent(value), b.const(0), b.const(1)) for value in values))
        instead: n.Node = b.const(0, x.type)
        if not neutral:
            instead = values[-1]
            for value in reversed(values[:-1]):
                instead = _filled(value, instead)
        filled = [_filled(value, instead) for value in values]
        enough = b.compare(">=", present, b.const(call.whole("least")))
        node = b.select(enough, join(filled, present), first_absence(values, x.type))
        notes.append(n.Named(name="present", node=present))
    does_not_apply = b.is_absent(x, frozenset({Absence.NOT_APPLICABLE}))
    node = b.select(does_not_apply, b.absent(Absence.NOT_APPLICABLE, node.type), node)
    return Lowered(node=node, notes=tuple(notes))


def _filled(value: n.Node, instead: n.Node) -> n.Node:
    return b.recover(value, ALL_ABSENCES, instead, "missing: skip")


def least_problems(call: Call) -> tuple[Problem, ...]:
    """`least` belongs to `missing: skip`, where it is needed and cannot be more than there are periods."""
    least, periods = call.maybe_whole("least"), call.whole("periods")
    if call.word("missing") == "block":
        if least is None:
            return ()
        return (
            Problem(
                code="too-many-arguments",
                text=Text(
                    en="with `missing: block` every value must be there, and `least` says nothing",
                    zh="`缺失：不计算` 时各期均不得缺，`至少` 没有意义",
                ),
                at="least",
                also="missing",
                help=Text(
                    en="leave `least` out, or write `missing: skip`", zh="删去 `至少`，或写 `缺失：略过`"
                ),
            ),
        )
    if least is None:
        return (
            Problem(
                code="missing-argument",
                text=Text(
                    en="with `missing: skip` the rule says how many values there must be",
                    zh="`缺失：略过` 时须写明至少要有几期",
                ),
                at="missing",
                help=Text(en=f"write `least: {periods}` or fewer", zh=f"写明 `至少：{periods}` 或更少"),
            ),
        )
    if least <= periods:
        return ()
    return (
        Problem(
            code="argument-kind",
            text=Text(
                en=f"of {periods} periods there are never {least} values",
                zh=f"共 {periods} 期，不可能有 {least} 期数值",
            ),
            at="least",
            also="periods",
            help=Text(en=f"write at most {periods}", zh=f"最多写 {periods}"),
        ),
    )


def over_periods_phrase(call: Call, what: Text) -> Text:
    """The sentence of a function over periods; `what` is the name of what it gives."""
    count = call.whole("periods")
    named = count <= _MOST_NAMED
    listed = ", ".join(f"{{value{place}}}" for place in range(1, count + 1)) if named else ""
    listed_zh = "、".join(f"{{value{place}}}" for place in range(1, count + 1)) if named else ""
    skipped = call.word("missing") == "skip"
    there = (
        f"; {{present}} of them are there, at least {call.maybe_whole('least')} must be" if skipped else ""
    )
    there_zh = f"，有数据 {{present}} 期，至少须 {call.maybe_whole('least')} 期" if skipped else ""
    en = f"{what.en} of {{periods}} periods ({{current}}, {{missing}}{there}){': ' + listed if named else ''}"
    zh = f"{{periods}} 期（{{current}}，{{missing}}{there_zh}）{listed_zh}{what.zh}"
    return Text(en=f"{en} gives {{result}}", zh=f"{zh}，即{{result}}")
