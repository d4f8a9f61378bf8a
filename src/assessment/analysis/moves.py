"""Whose score and rank move between two runs, split into what the rules did and what the data did.

There are four runs: the old and the new rules, each on the old and the new data. The rule effect is measured on one set of data,
the data effect under one set of rules; which ones is the order. `rules first` changes the rules on the old data and then the
data, `data first` the other way round, and `mean` takes the mean of both. In each order the two effects add up to the whole
move, exactly, since each is a difference of the same runs.

A run that its rules refuse (a figure that is lacking, say) has no scores, and a region may have none in one run. Nothing is
put in their place: the effects of that region are not there, and the reason is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import evolve, field, frozen

from assessment import number
from assessment.analysis.matching import Pair
from assessment.compiler.program import Program, Scored
from assessment.core import nodes as n
from assessment.core.types import Type
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic
from assessment.evaluation.facts import Value
from assessment.evaluation.outcome import Outcome
from assessment.number import Irrational, Real
from assessment.semantics.model import CheckedRules, ScoreNode

__all__ = ["ORDERS", "Item", "Move", "Moves", "Order", "Run", "Split", "State", "moves"]

Order = Literal["rules first", "data first", "mean"]
ORDERS: tuple[Order, ...] = ("rules first", "data first", "mean")

_HALF = Fraction(1, 2)


@frozen(kw_only=True)
class Run:
    """One set of rules on one set of data: its outcome, or the findings that stood in its way."""

    outcome: Outcome | None
    refused: tuple[Diagnostic, ...] = ()


@frozen(kw_only=True)
class Split:
    """A figure before and after, and how much of the move each cause makes.

    `rule + data == new - old`, exactly, wherever both are there.
    """

    old: Real | None
    new: Real | None
    rule: Real | None
    data: Real | None

    @property
    def move(self) -> Real | None:
        """The whole move."""
        return _minus(self.new, self.old)


@frozen(kw_only=True)
class Item:
    """What an indicator, a bonus or a deduction adds to the exact total, before and after."""

    path: str
    old_path: str | None
    title: str
    split: Split


@frozen(kw_only=True)
class State:
    """What one run says of a region: the published total, its rank in the field that the rules rank in, the grade."""

    total: Real | None
    exact: Real | None
    rank: Fraction | None
    grade: str | None
    items: Mapping[str, Real] = field(factory=dict)


@frozen(kw_only=True)
class Move:
    """The move of one region.

    `total` is that of the published totals, `exact` that before rounding, `items` what it is made of, `rest` what lies
    between them and the exact total (caps, joins, rescaling), and `residue` what rounding adds: in each column
    `items + rest == exact` and `exact + residue == total`. Items and rest are there where points are added up.
    `between` is what the first of the two changes alone makes; under the order `mean` there is no such run.
    """

    region: str
    old_region: str | None
    group: str | None
    old: State | None
    between: State | None
    new: State | None
    total: Split
    exact: Split
    residue: Split
    items: tuple[Item, ...]
    rest: Split | None
    passed: tuple[str, ...]
    passed_by: tuple[str, ...]
    reasons: tuple[Text, ...]
    """Why effects are not there."""


@frozen(kw_only=True)
class Moves:
    """The moves of all regions, in the order of the new data, those that are gone last."""

    order: Order
    old_period: int
    new_period: int
    same_data: bool
    type: Type
    places: int | None
    regions: tuple[Move, ...]
    labels: tuple[str, ...]


def moves(
    runs: Mapping[tuple[str, str], Run],
    pairs: Sequence[Pair],
    rules: tuple[Program, Program],
    periods: tuple[int, int],
    *,
    order: Order,
    same_data: bool,
) -> Moves:
    """The moves between the old rules on the old data and the new rules on the new data.

    `runs` are by (rules, data), each `old` or `new`.
    """
    old, new = runs["old", "old"], runs["new", "new"]
    was = _old_names(rules[0].rules, rules[1].rules)
    states = {key: _states(run) for key, run in runs.items()}
    names = list(states["new", "new"]) or list(states["new", "old"])
    gone = [name for name in states["old", "old"] if name not in {was.get(one, one) for one in names}]
    found = [_move(name, was.get(name, name), runs, states, pairs, order) for name in names]
    found += [_move(None, name, runs, states, pairs, order) for name in gone]
    published = rules[1].root.published
    labels = tuple(
        dict.fromkeys(
            label for run in (old, new) if run.outcome is not None for label in run.outcome.data.labels
        )
    )
    return Moves(
        order=order,
        old_period=periods[0],
        new_period=periods[1],
        same_data=same_data,
        type=published.type,
        places=published.places if isinstance(published, n.Round) else None,
        regions=tuple(_with_passed(found, runs)),
        labels=labels,
    )


# ── states ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _states(run: Run) -> dict[str, State]:
    """What a run says of each region."""
    if run.outcome is None:
        return {}
    outcome = run.outcome
    return {region: _state(outcome, place) for place, region in enumerate(outcome.facts.regions)}


def _state(outcome: Outcome, place: int) -> State:
    program = outcome.program

    def at(node: n.Node | None) -> Value | None:
        return None if node is None else outcome.values.at(node, place)

    ranking = program.rules.ranking
    ranked = None
    if ranking is not None:
        ranked = at(program.rank_in_group if ranking.within == "group" else program.rank_in_all)
    grade = at(program.grade)
    return State(
        total=_real(at(program.root.published)),
        exact=_real(at(program.root.rescaled)),
        rank=ranked if isinstance(ranked, Fraction) else None,
        grade=program.rules.grades[int(grade)].name if isinstance(grade, Fraction) else None,
        items={
            one.spec.path: value
            for one in _items(program)
            if (value := _real(at(one.full if one.spec.level in _ADJUSTMENTS else one.carried))) is not None
        },
    )


_ADJUSTMENTS = ("bonus", "deduction")


def _items(program: Program) -> list[Scored]:
    """The indicators and what is added or taken off beside them."""
    categories = [one for one in program.root.walk() if one.spec.level in ("total", "category")]
    indicators = [one for one in program.root.walk() if one.spec.level == "indicator"]
    return [*indicators, *(x for one in categories for x in one.adjustments)]


def _real(value: object) -> Real | None:
    return value if isinstance(value, Fraction | Irrational) else None


# ── one region ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _move(
    name: str | None,
    old_name: str,
    runs: Mapping[tuple[str, str], Run],
    states: Mapping[tuple[str, str], Mapping[str, State]],
    pairs: Sequence[Pair],
    order: Order,
) -> Move:
    found: dict[tuple[str, str], State | None] = {
        (rules, data): states[rules, data].get(old_name if rules == "old" else name or old_name)
        for rules, data in runs
    }
    if name is None:
        found |= {("new", "old"): found["new", "old"], ("new", "new"): None}

    def split(of: Callable[[State], Real | None]) -> Split:
        value = {key: None if state is None else of(state) for key, state in found.items()}
        return _split(value, order)

    total, exact = split(lambda state: state.total), split(lambda state: state.exact)
    residue = split(lambda state: _minus(state.total, state.exact))
    added = all(run.outcome is None or _adds_up(run.outcome.program.root) for run in runs.values())
    items: list[Item] = []
    for old_path, new_path, title in _lines(pairs) if added else ():
        items.append(
            Item(
                path=new_path or old_path or "",
                old_path=old_path,
                title=title,
                split=_split(
                    {
                        key: None
                        if state is None or state.exact is None
                        else _part(state, old_path if key[0] == "old" else new_path)
                        for key, state in found.items()
                    },
                    order,
                ),
            )
        )
    rest = split(_rest) if added else None
    outcome = runs["new", "new"].outcome or runs["old", "old"].outcome
    shown = name or old_name
    return Move(
        region=shown,
        old_region=None if old_name == shown else old_name,
        group=None if outcome is None else outcome.data.group_by_region.get(shown),
        old=found["old", "old"],
        between={"rules first": found["new", "old"], "data first": found["old", "new"], "mean": None}[order],
        new=found["new", "new"],
        total=total,
        exact=exact,
        residue=residue,
        items=tuple(items),
        rest=rest,
        passed=(),
        passed_by=(),
        reasons=_reasons(found, runs, order),
    )


def _split(value: Mapping[tuple[str, str], Real | None], order: Order) -> Split:
    old, new = value["old", "old"], value["new", "new"]
    rules_first = (_minus(value["new", "old"], old), _minus(new, value["new", "old"]))
    data_first = (_minus(new, value["old", "new"]), _minus(value["old", "new"], old))
    if order == "mean":
        rule, data = (_mean(one, other) for one, other in zip(rules_first, data_first, strict=True))
    else:
        rule, data = rules_first if order == "rules first" else data_first
    if rule is None or data is None:
        rule = data = None
    return Split(old=old, new=new, rule=rule, data=data)


def _minus(one: Real | None, other: Real | None) -> Real | None:
    if one is None or other is None:
        return None
    try:
        return number.add(one, number.neg(other))
    except number.NumberError:  # two irrational numbers of which nothing more can be said
        return None


def _mean(one: Real | None, other: Real | None) -> Real | None:
    if one is None or other is None:
        return None
    try:
        return number.mul(number.add(one, other), _HALF)
    except number.NumberError:
        return None


def _part(state: State, path: str | None) -> Real:
    """What an item adds to a total; nothing where the rules do not have it or it has no score for the region."""
    return Fraction(0) if path is None else state.items.get(path, Fraction(0))


def _rest(state: State) -> Real | None:
    found = state.exact
    for value in state.items.values():
        found = _minus(found, value)
    return found


def _adds_up(root: Scored) -> bool:
    """Whether the total is a sum of points."""
    return root.spec.points is not None and root.spec.join == "sum"


def _lines(pairs: Sequence[Pair]) -> list[tuple[str | None, str | None, str]]:
    found = []
    for pair in pairs:
        one = pair.new or pair.old
        if one is not None and _is_item(one):
            found.append(
                (
                    None if pair.old is None else pair.old.path,
                    None if pair.new is None else pair.new.path,
                    one.title,
                )
            )
    return found


def _is_item(one: ScoreNode) -> bool:
    return one.level == "indicator" or (one.level in _ADJUSTMENTS and not one.path.startswith("indicator "))


def _reasons(
    found: Mapping[tuple[str, str], State | None], runs: Mapping[tuple[str, str], Run], order: Order
) -> tuple[Text, ...]:
    """Why effects are not there: the runs that are needed and have no score for the region."""
    needed = [("old", "old"), ("new", "new")]
    needed += [("new", "old")] if order != "data first" else []
    needed += [("old", "new")] if order != "rules first" else []
    said = []
    for key in needed:
        state = found[key]
        if state is not None and state.total is not None:
            continue
        run = RUN_NAMES[key]
        if runs[key].outcome is None:
            why = _message(runs[key])
            more = len(runs[key].refused) - 1
            tail = Text(en=f" (and {more} more)", zh=f"（另有 {more} 处）") if more > 0 else Text.same("")
            said.append(
                Text(
                    en=f"{run.en} cannot be scored: {why.en}{tail.en}",
                    zh=f"{run.zh}无法计分：{why.zh}{tail.zh}",
                )
            )
        elif state is None:
            said.append(Text(en=f"{run.en} have no such region", zh=f"{run.zh}中没有这个地区"))
        else:
            said.append(Text(en=f"{run.en} give no total", zh=f"{run.zh}没有总分"))
    return tuple(said)


def _message(run: Run) -> Text:
    """Why a run was refused, in the words of the first finding."""
    return run.refused[0].message_text if run.refused else Text(en="it failed", zh="无法计算")


RUN_NAMES: Mapping[tuple[str, str], Text] = {
    ("old", "old"): Text(en="the old rules on the old data", zh="原规则、原数据"),
    ("new", "old"): Text(en="the new rules on the old data", zh="新规则、原数据"),
    ("old", "new"): Text(en="the old rules on the new data", zh="原规则、新数据"),
    ("new", "new"): Text(en="the new rules on the new data", zh="新规则、新数据"),
}


# ── ranks and names ──────────────────────────────────────────────────────────────────────────────────────────────────


def _with_passed(found: Sequence[Move], runs: Mapping[tuple[str, str], Run]) -> list[Move]:
    """The moves with who was passed, where both rules rank in one field."""
    fields = {
        run.outcome.program.rules.ranking.within
        for key, run in runs.items()
        if key in (("old", "old"), ("new", "new"))
        and run.outcome is not None
        and run.outcome.program.rules.ranking is not None
    }
    if len(fields) != 1:
        return list(found)
    grouped = fields == {"group"}
    again = []
    for one in found:
        passed, by = [], []
        for other in found:
            if other is one or (grouped and other.group != one.group):
                continue
            before, after = (_ahead(x(one), x(other)) for x in (_old_rank, _new_rank))
            if before is False and after is True:
                passed.append(other.region)
            if before is True and after is False:
                by.append(other.region)
        again.append(evolve(one, passed=tuple(passed), passed_by=tuple(by)))
    return again


def _old_rank(move: Move) -> Fraction | None:
    return None if move.old is None else move.old.rank


def _new_rank(move: Move) -> Fraction | None:
    return None if move.new is None else move.new.rank


def _ahead(one: Fraction | None, other: Fraction | None) -> bool | None:
    """Whether the one stands before the other; None where they share a place or have none."""
    return None if one is None or other is None or one == other else one < other


def _old_names(old: CheckedRules, new: CheckedRules) -> dict[str, str]:
    """Names of regions in the new rules to those in the old, where one is another name of the other."""
    before = {m.name: m.aliases for g in old.groups for m in g.members}
    found = {}
    for member in (m for g in new.groups for m in g.members):
        if member.name not in before:
            same = [
                name for name, aliases in before.items() if member.name in aliases or name in member.aliases
            ]
            if len(same) == 1:
                found[member.name] = same[0]
    return found
