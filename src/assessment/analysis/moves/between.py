"""Four runs → the move of each region, with its causes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from assessment.analysis.matching import Pair
from assessment.analysis.moves.model import (
    Cause,
    Further,
    Item,
    Move,
    Moves,
    Order,
    Run,
    RunKey,
    Shift,
    Split,
    State,
    Under,
)
from assessment.analysis.moves.overtaking import with_passed
from assessment.analysis.moves.reasons import reasons
from assessment.analysis.moves.split import effects, minus
from assessment.analysis.moves.state import ADJUSTMENTS, states
from assessment.compiler.program import ComputedResult, Program, Scored
from assessment.core import nodes as n
from assessment.number import Real
from assessment.semantics.model import CheckedRules, ScoreNode


def moves(
    runs: Mapping[RunKey, Run],
    pairs: Sequence[Pair],
    rules: tuple[Program, Program],
    periods: tuple[int, int],
    *,
    order: Order,
    same_data: bool,
    shifts: tuple[Shift, ...] = (),
) -> Moves:
    """The moves between the old rules on the old data and the new rules on the new data.

    `runs` are by (rules, data), each `old` or `new`.
    """
    old, new = runs["old", "old"], runs["new", "new"]
    was = _old_names(rules[0].rules, rules[1].rules)
    by_run = {key: states(run) for key, run in runs.items()}
    names = list(by_run["new", "new"]) or list(by_run["new", "old"])
    gone = [name for name in by_run["old", "old"] if name not in {was.get(one, one) for one in names}]
    results = tuple(_results(*rules))
    compared = _Compared(runs=runs, by_run=by_run, pairs=pairs, results=results, order=order)
    found = [_move(name, was.get(name, name), compared) for name in names]
    found += [_move(None, name, compared) for name in gone]
    published = rules[1].root.published
    labels = tuple(
        dict.fromkeys(
            label for run in (old, new) if run.outcome is not None for label in run.outcome.data.labels
        )
    )
    fields = {None if one.rules.ranking is None else one.rules.ranking.within for one in rules}
    return Moves(
        order=order,
        old_period=periods[0],
        new_period=periods[1],
        same_data=same_data,
        type=published.type,
        places=published.places if isinstance(published, n.Round) else None,
        regions=tuple(with_passed(found, runs)),
        labels=labels,
        within=fields.pop() if len(fields) == 1 else None,
        shifts=shifts,
    )


@frozen(kw_only=True)
class _Compared:
    """What the moves of all regions rest on."""

    runs: Mapping[RunKey, Run]
    by_run: Mapping[RunKey, Mapping[str, State]]
    pairs: Sequence[Pair]
    results: tuple[ComputedResult, ...]
    order: Order


def _move(name: str | None, old_name: str, compared: _Compared) -> Move:
    """The move of a region; `name` is that of the new rules, None where they do not have it."""
    runs, order = compared.runs, compared.order
    found: dict[RunKey, State | None] = {
        (rules, data): compared.by_run[rules, data].get(old_name if rules == "old" else name or old_name)
        for rules, data in runs
    }
    if name is None:
        found["new", "new"] = None
    between: dict[Order, State | None] = {
        "rules first": found["new", "old"],
        "data first": found["old", "new"],
        "mean": None,
    }

    def split(of: Callable[[State], Real | None]) -> Split:
        value = {key: None if state is None else of(state) for key, state in found.items()}
        return _split(value, order)

    total, exact = split(lambda state: state.total), split(lambda state: state.exact)
    residue = split(lambda state: minus(state.total, state.exact))
    added = all(run.outcome is None or _adds_up(run.outcome.program.root) for run in runs.values())
    items: list[Item] = []
    for old_path, new_path, title in _lines(compared.pairs) if added else ():
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
                old_possible=_possible(found["old", "old"], old_path),
                new_possible=_possible(found["new", "new"], new_path),
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
        between=between[order],
        new=found["new", "new"],
        total=total,
        exact=exact,
        residue=residue,
        items=tuple(items),
        rest=rest,
        results=tuple(_further(one, found, order) for one in compared.results),
        under=tuple(_under(found["old", "old"], between[order], found["new", "new"], order)),
        passed=(),
        passed_by=(),
        reasons=reasons(found, runs, order),
    )


def _results(old: Program, new: Program) -> Iterator[ComputedResult]:
    """The further results of the new rules that the old ones have too."""
    before = {one.spec.path for one in old.results}
    return (one for one in new.results if one.spec.path in before)


def _further(one: ComputedResult, found: Mapping[RunKey, State | None], order: Order) -> Further:
    path, published = one.spec.path, one.root.published
    placed = {key: None if state is None else state.results.get(path) for key, state in found.items()}
    old, new = placed["old", "old"], placed["new", "new"]
    return Further(
        path=path,
        title=one.spec.title,
        type=published.type,
        places=published.places if isinstance(published, n.Round) else None,
        split=_split({key: None if x is None else x.value for key, x in placed.items()}, order),
        old_rank=None if old is None else old.rank,
        new_rank=None if new is None else new.rank,
    )


def _under(old: State | None, between: State | None, new: State | None, order: Order) -> Iterator[Under]:
    """What holds a region down on either side, and what made it hold or not hold."""
    before, after = ({} if state is None else state.under for state in (old, new))
    for key in dict.fromkeys((*after, *before)):
        was, is_ = key in before, key in after
        cause: Cause | None = None
        if was != is_ and between is not None:
            first_cause = (key in between.under) != was
            cause = "rules" if first_cause is (order == "rules first") else "data"
        yield Under(
            kind=key[0], name=key[1], words=(after if is_ else before)[key], old=was, new=is_, cause=cause
        )


def _split(value: Mapping[RunKey, Real | None], order: Order) -> Split:
    rule, data = effects(value, order)
    return Split(old=value["old", "old"], new=value["new", "new"], rule=rule, data=data)


def _part(state: State, path: str | None) -> Real:
    """What an item adds to a total; nothing where the rules do not have it or it has no score for the region."""
    return Fraction(0) if path is None else state.items.get(path, Fraction(0))


def _possible(state: State | None, path: str | None) -> Real | None:
    """What an item can earn; None where it is not there or has no points of its own."""
    return None if state is None or path is None else state.possible.get(path)


def _rest(state: State) -> Real | None:
    found = state.exact
    for value in state.items.values():
        found = minus(found, value)
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
    return one.level == "indicator" or (one.level in ADJUSTMENTS and not one.path.startswith("indicator "))


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
