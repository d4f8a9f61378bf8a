"""Tables and targets that an assessment reads for a year, or a group, of which they state nothing.

The value is *not applicable* then, and a policy for what does not apply would dispose of it as if the rules had meant
it so. Nobody meant it: it is a fault, and is said with the years that are stated. What no score rests on (the branch that
was not taken, the replacement that was not needed, a year of which there are no scores) is not looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from assessment.compiler.program import Program
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.lookup import entry_for
from assessment.core.walk import Demand, children
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Diagnostic, Label, diagnostic
from assessment.evaluation.exact import Values
from assessment.evaluation.facts import Facts

__all__ = ["unstated"]

_OTHERWISE = tuple(absence for absence in Absence if absence is not Absence.NOT_APPLICABLE)

_MANY = 4
"""From so many years in a row on, only the first and the last are named."""


def unstated(program: Program, values: Values, source: str | None) -> Iterator[Diagnostic]:
    """An error for each table and year (or group) that a score rests on and that the table does not state."""
    facts = values.facts
    lookups = {
        (node, offset): lacking
        for node, offset in program.demands
        if isinstance(node, n.Lookup) and (lacking := _lacking(node, offset, facts))
    }
    if not lookups:
        return
    reached = _reached(program.scores, values)
    frames = {
        frame.node: frame
        for frame, _ in program.demands
        if isinstance(frame, n.Frame) and isinstance(frame.node, n.Lookup)
    }
    said: set[tuple[str, int, str | None]] = set()
    for (node, offset), lacking in lookups.items():
        who = reached.get((node, offset), 0)
        frame = frames.get(node)
        by_group = any(group is not None for group, _, _ in node.entries)
        for group in dict.fromkeys(facts.groups[place] for place in lacking if who >> place & 1):
            # The two ends of a year are looked up by themselves and are one fault.
            key = (_written(frame), facts.period + offset, group if by_group else None)
            if key not in said:
                said.add(key)
                yield _diagnostic(node, key, frame, source)


def _lacking(node: n.Lookup, offset: int, facts: Facts) -> list[int]:
    """The regions for which a table has nothing in a year."""
    year = facts.period + offset
    without = {group for group in set(facts.groups) if entry_for(node.entries, group, year) is None}
    return [place for place, group in enumerate(facts.groups) if group in without]


def _reached(roots: Iterable[n.Node], values: Values) -> dict[Demand, int]:
    """What the roots rest on with these values, each node with the regions for which, one bit for each."""
    facts = values.facts
    everybody = sum(1 << place for place, reference in enumerate(facts.reference) if not reference)
    reached: dict[Demand, int] = {}
    stack: list[tuple[n.Node, int, int]] = [(root, 0, everybody) for root in roots]
    while stack:
        node, offset, who = stack.pop()
        known = reached.get((node, offset), 0)
        new = who & ~known
        if not new:
            continue
        reached[node, offset] = known | new
        stack.extend(_below(node, offset, new, values, everybody))
    return reached


def _below(
    node: n.Node, offset: int, who: int, values: Values, everybody: int
) -> Iterator[tuple[n.Node, int, int]]:
    """What a node rests on for these regions, with the regions for which it does."""

    def where(read: n.Node, *wanted: object) -> int:
        """Those of whom the node has one of these values, in any row."""
        found = 0
        for place, value in enumerate(values.of(read, offset)):
            cells = value if isinstance(value, tuple) else (value,)
            found |= any(any(cell is one for one in wanted) for cell in cells) << place
        return found

    match node:
        case n.IsAbsent():
            return
        case n.Select(condition=condition, then=then, otherwise=otherwise):
            yield condition, offset, who
            yield then, offset, who & where(condition, True)
            yield otherwise, offset, who & where(condition, False)
        case n.Recover(value=value, statuses=statuses, replacement=replacement):
            yield value, offset, who
            yield replacement, offset, who & where(value, *statuses)
        case n.And(args=args) | n.Or(args=args):
            # One that decides outweighs an absent one.
            undecided = who & where(node, *Absence)
            yield from ((arg, offset, undecided) for arg in args)
        case n.Frame(node=inner, role=role):
            yield inner, offset, who
            if role == "call":
                # A method that passes over what is absent asks for it first.
                yield from ((asked.value, offset, who) for asked in _asked(inner))
        case n.Shift(value=value, periods=periods):
            yield value, offset + periods, who
        case n.Refer(subject=subject, value=value):
            if subject in values.facts.regions:
                yield value, offset, 1 << values.facts.regions.index(subject)
        case n.Step(value=value, results=results, otherwise=otherwise):
            ends = [child for child in children(node) if child not in (*results, otherwise)]
            yield from ((child, offset, who) for child in ends)
            for place, result in enumerate((*results, otherwise)):
                if result is not None:
                    yield result, offset, who & _taken(node, place, offset, values)
        case n.Aggregate(value=value, over="group" | "all", where=condition):
            yield value, offset, everybody if condition is None else everybody & where(condition, True)
            if condition is not None:
                yield condition, offset, everybody
        case n.Rank(over="group" | "all"):
            yield from ((child, offset, everybody) for child in children(node))
        case n.Add() | n.Mul() | n.Div() | n.Min() | n.Max() | n.Compare():
            # Beside an operand that is missing in another way nothing is made of the entry.
            absent = {child: where(child, *_OTHERWISE) for child in children(node)}
            for child in absent:
                lost = reduce(or_, (mask for other, mask in absent.items() if other is not child), 0)
                yield child, offset, who & ~lost
        case _:
            yield from ((child, offset, who) for child in children(node))


def _taken(node: n.Step, place: int, offset: int, values: Values) -> int:
    """The regions for which a table of steps gave the result at a place; of rows it is not known, so for all."""
    otherwise = place == len(node.results)
    found = 0
    for region, value in enumerate(values.of(node.value, offset)):
        branch = values.branch(node, region, offset)
        met = isinstance(value, tuple) or (
            branch == place if branch is not None else otherwise and not isinstance(value, Absence)
        )
        found |= met << region
    return found


def _asked(root: n.Node) -> Iterator[n.IsAbsent]:
    """What a method itself asks of its arguments, without what these ask in their turn."""
    stack, seen = [root], set[int]()
    while stack:
        node = stack.pop()
        if id(node) in seen or isinstance(node, (n.Frame, n.Shift)):
            continue
        seen.add(id(node))
        if isinstance(node, n.IsAbsent):
            yield node
        else:
            stack.extend(children(node))


def _written(frame: n.Frame | None) -> str:
    return "" if frame is None else " ".join(frame.text.split())


def _diagnostic(
    node: n.Lookup, key: tuple[str, int, str | None], frame: n.Frame | None, source: str | None
) -> Diagnostic:
    written, year, group = key
    years = sorted({stated for to, stated, _ in node.entries if to in (None, group) and stated is not None})
    place = CellPlace(file=source or None) if frame is None or frame.span is None else frame.span
    if frame is None:
        # Nobody writes the table that says on which days a year begins and ends.
        text = Text(
            en=f"it is asked whether a day lies in {year}, a year that is not known",
            zh=f"规则要判断日期是否在 {year} 年，而该年度不在可知范围内",
        )
        help_ = Text(en=f"days are known of {_years(years).en}", zh=f"可判断的年度为 {_years(years).zh} 年")
    else:
        whose = Text(en="", zh="") if group is None else Text(en=f" for `{group}`", zh=f" `{group}` ")
        text = Text(
            en=f"`{written}` is read for {year}, and nothing is stated{whose.en} of that year",
            zh=f"规则需要 {year} 年的 `{written}`，而该年度{whose.zh}未作规定",
        )
        help_ = (
            Text(
                en=f"it is stated for {_years(years).en}: add {year}, or assess another year",
                zh=f"已规定 {_years(years).zh} 年：请补充 {year} 年，或考核其他年度",
            )
            if years
            else Text(en=f"state a value{whose.en}", zh=f"请为{whose.zh}规定数值")
        )
    return diagnostic("no-entry-for-year", text, Label(place=place), help=help_)


def _years(years: Sequence[int]) -> Text:
    if len(years) >= _MANY and years[-1] - years[0] == len(years) - 1:
        return Text(en=f"{years[0]} to {years[-1]}", zh=f"{years[0]} 至 {years[-1]}")
    *most, last = map(str, years)
    if not most:
        return Text.same(last)
    return Text(en=f"{', '.join(most)} and {last}", zh="、".join((*most, last)))
