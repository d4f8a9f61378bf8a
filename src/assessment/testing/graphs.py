"""Random core graphs, and random facts for them: what any engine must agree on with the exact evaluator."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve
from hypothesis import strategies as st

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.core.bounds import REPORTED
from assessment.core.types import Entity, Kind, Type
from assessment.core.walk import order
from assessment.evaluation.facts import Facts, Value
from assessment.number import Mode

__all__ = ["facts_for", "graphs", "values"]

_NUMBER = t.number(Entity.REGION)
_LEVELS = ("best", "middle", "worst")
_RELATIONS = (">=", ">", "<=", "<", "=", "!=")
_GROUPS = ("g", "h")
_REGIONS = ("a", "b", "c")
_EXTENTS: st.SearchStrategy[n.Extent] = st.sampled_from(("group", "all"))
_SMALL = [Fraction(x, 2) for x in range(-4, 7)]
_ABSENT = st.sampled_from(sorted(REPORTED, key=lambda absence: absence.value))
_MOST_IRRATIONAL = 2
"""Nested logarithms and roots take long to tell apart; a few of them show as much as many."""

values = st.sampled_from(_SMALL) | st.fractions(min_value=-20, max_value=20, max_denominator=7)
"""Numbers near the thresholds that `graphs` writes, and others."""


@st.composite
def graphs(draw: st.DrawFn, *, most: int = 12) -> n.Node:
    """A well-typed graph of up to `most` operations over every kind of node except `score`."""
    pool = _Pool(draw)
    for _ in range(draw(st.integers(min(4, most), most))):
        getattr(pool, draw(st.sampled_from(pool.steps())))()
    made = [*pool.numbers[2:], *pool.conditions[1:], *pool.ranks]
    # What reads most, so that the steps before it were not in vain.
    return max(made or pool.numbers, key=lambda node: len(order((node,))))


@st.composite
def facts_for(draw: st.DrawFn, root: n.Node) -> Facts:
    """Facts for three regions in two groups, one perhaps a reference subject, with all that the graph reads or less."""
    inputs = {(node.name, period): node for node, period in order((root,)) if isinstance(node, n.Input)}
    cells: dict[tuple[str, int], tuple[Value, ...]] = {}
    of_rows: dict[int, tuple[Absence | int, ...]] = {}
    for (name, period), node in inputs.items():
        if node.type.entity is Entity.ROW:
            if period not in of_rows:
                of_rows[period] = tuple(draw(_ABSENT | st.integers(0, 3)) for _ in _REGIONS)
            # The fields of one input have the rows of the input, or are absent with it.
            cells[name, 2018 + period] = tuple(draw(_rows(node, count)) for count in of_rows[period])
        elif draw(st.integers(0, 9)) > 0:
            cells[name, 2018 + period] = tuple(draw(_cell(node)) for _ in _REGIONS)
    return Facts(
        regions=_REGIONS,
        groups=tuple(draw(st.sampled_from((*_GROUPS, None))) for _ in _REGIONS),
        reference=(False, draw(st.booleans()), False),
        period=2018,
        cells=cells,
    )


@st.composite
def _cell(draw: st.DrawFn, node: n.Input) -> Value:
    return draw(_ABSENT) if draw(st.integers(0, 4)) == 0 else draw(_within(node))


@st.composite
def _rows(draw: st.DrawFn, node: n.Input, count: Absence | int) -> Value:
    """The rows of a region, or why it has none; a field may lack its value in single rows."""
    if isinstance(count, Absence):
        return count
    lacking = node.name != node.reported_as
    return tuple(draw(_cell(node) if lacking else _within(node)) for _ in range(count))  # type: ignore[misc]


@st.composite
def _within(draw: st.DrawFn, node: n.Input) -> Fraction | bool | str:
    """A value of an input within its declared range, often at an end."""
    if node.type.kind is Kind.LABEL:
        return draw(st.sampled_from(("p", "q")))
    if node.type.kind is Kind.DATE:
        return Fraction(draw(st.integers(737_000, 737_003)))
    if node.type.kind is Kind.YESNO:
        return draw(st.booleans())
    if node.type.kind is Kind.LEVEL:
        return Fraction(draw(st.integers(0, len(_LEVELS) - 1)))
    found = draw(values)
    if node.low is not None and found <= node.low:
        found = node.low if node.low_closed else node.low + Fraction(1, 8)
    if node.high is not None and found >= node.high:
        found = node.high if node.high_closed else node.high - Fraction(1, 8)
    return found


class _Pool:
    """Nodes made so far, by sort; each step adds one."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.irrational = 0
        low, high = sorted((draw(st.sampled_from(_SMALL)), draw(st.sampled_from(_SMALL))))
        ranged = n.Input(
            name="y",
            type=_NUMBER,
            low=low,
            low_closed=draw(st.booleans()),
            high=high + 1,
            high_closed=draw(st.booleans()),
        )
        rows = Type(kind=Kind.NUMBER, entity=Entity.ROW, rows_of="r")
        self.numbers: list[n.Node] = [n.Input(name="x", type=_NUMBER), ranged]
        self.conditions: list[n.Node] = [n.Input(name="q", type=t.YESNO)]
        self.rows: list[n.Node] = [n.Input(name="r", type=rows, low=Fraction(-1), high=Fraction(3))]
        self.levels: list[n.Node] = [n.Input(name="l", type=Type(kind=Kind.LEVEL, levels=_LEVELS))]
        self.ranks: list[n.Node] = []
        self.labels = n.Input(name="r.k", type=evolve(rows, kind=Kind.LABEL))
        self.dates = n.Input(name="r.d", type=evolve(rows, kind=Kind.DATE))

    def steps(self) -> list[str]:
        return [name for name in sorted(vars(type(self))) if name.startswith("make_")]

    def number(self) -> n.Node:
        return self.draw(st.sampled_from(self.numbers[:-6:-1]))

    def condition(self) -> n.Node:
        return self.draw(st.sampled_from(self.conditions[:-4:-1]))

    def constant(self) -> n.Const:
        return b.const(self.draw(values))

    def operand(self) -> n.Node:
        return self.draw(st.sampled_from((self.number, self.constant)))()

    def any_of(self, *choices: Callable[[], n.Node]) -> n.Node:
        return self.draw(st.sampled_from(choices))()

    # ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def make_sum(self) -> None:
        left, right = self.operand(), self.operand()
        self.numbers.append(self.any_of(lambda: b.add(left, right), lambda: b.subtract(left, right)))

    def make_product(self) -> None:
        left, right = self.number(), self.operand()
        self.numbers.append(self.any_of(lambda: b.multiply(left, right), lambda: b.divide(right, left)))

    def make_power(self) -> None:
        self.numbers.append(b.power(self.number(), self.draw(st.integers(-2, 3))))

    def make_irrational(self) -> None:
        if self.irrational < _MOST_IRRATIONAL:
            self.irrational += 1
            value = self.number()
            held = b.clamp(value, b.const(-8), b.const(8))
            index = self.draw(st.integers(2, 3))
            self.numbers.append(
                self.any_of(lambda: b.root(value, index), lambda: b.ln(value), lambda: b.exp(held))
            )

    def make_extreme(self) -> None:
        args = [self.operand() for _ in range(self.draw(st.integers(2, 3)))]
        self.numbers.append(self.any_of(lambda: b.minimum(*args), lambda: b.maximum(*args)))

    def make_select(self) -> None:
        self.numbers.append(b.select(self.condition(), self.operand(), self.operand()))

    def make_guarded_quotient(self) -> None:
        """A quotient behind a condition on its divisor: what refinement is for."""
        divisor = self.number()
        guard = b.compare(self.draw(st.sampled_from(_RELATIONS)), divisor, self.constant())
        self.numbers.append(b.select(guard, b.divide(self.operand(), divisor), self.operand()))

    def make_step(self) -> None:
        ends = sorted(self.draw(st.lists(values, min_size=1, max_size=3, unique=True)))
        ranges = [
            n.Range(
                low=b.const(low),
                low_closed=self.draw(st.booleans()),
                high=None if high is None else b.const(high),
                high_closed=self.draw(st.booleans()),
            )
            for low, high in zip(ends, [*ends[1:], None], strict=True)
        ]
        results = [self.operand() for _ in ranges]
        otherwise = self.operand() if self.draw(st.booleans()) else None
        self.numbers.append(b.step(self.number(), ranges, results, otherwise))

    def make_level_step(self) -> None:
        level = self.levels[0]
        ranges = [
            n.Range(low=b.const(i, level.type), high=b.const(i, level.type)) for i in range(len(_LEVELS))
        ]
        self.numbers.append(b.step(level, ranges, [b.const(i) for i in range(len(_LEVELS))]))

    def make_rounding(self) -> None:
        mode, places = self.draw(st.sampled_from(list(Mode))), self.draw(st.integers(-1, 2))
        self.numbers.append(
            b.round_to(self.number(), places, mode, scale=self.draw(st.sampled_from((1, 100))))
        )

    def make_statistic(self) -> None:
        op = self.draw(st.sampled_from(("sum", "count", "min", "max", "mean", "median")))
        over = self.draw(_EXTENTS)
        where = self.condition() if self.draw(st.booleans()) else None
        self.numbers.append(b.aggregate(op, self.number(), over, where=where, own=self.draw(st.booleans())))

    def make_lookup(self) -> None:
        keys = st.tuples(st.sampled_from((*_GROUPS, None)), st.sampled_from((2017, 2018, None)))
        entries = self.draw(st.dictionaries(keys, values, min_size=1, max_size=3))
        rows = tuple((group, year, value) for (group, year), value in entries.items())
        self.numbers.append(n.Lookup(entries=rows, type=_NUMBER))

    def make_recovered(self) -> None:
        statuses = frozenset(self.draw(st.sets(st.sampled_from(list(Absence)), min_size=1)))
        self.numbers.append(b.recover(self.number(), statuses, self.operand(), "zero"))

    def make_elsewhere(self) -> None:
        value = self.number()
        subject, periods = self.draw(st.sampled_from((*_REGIONS, "z"))), self.draw(st.sampled_from((-1, 1)))
        self.numbers.append(self.any_of(lambda: b.refer(subject, value), lambda: b.shift(value, periods)))

    def make_absent(self) -> None:
        self.numbers.append(b.absent(self.draw(st.sampled_from(list(Absence))), t.number()))

    def make_frame(self) -> None:
        inner = self.number()
        named = (n.Named(name="x", node=self.number()),)
        self.numbers.append(n.Frame(node=inner, type=inner.type, role="measure", name="m", arguments=named))

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────

    def make_comparison(self) -> None:
        op = self.draw(st.sampled_from(_RELATIONS))
        self.conditions.append(b.compare(op, self.number(), self.operand()))

    def make_logic(self) -> None:
        left, right = self.condition(), self.condition()
        self.conditions.append(
            self.any_of(lambda: b.both(left, right), lambda: b.either(left, right), lambda: b.negation(left))
        )

    def make_test_of_absence(self) -> None:
        statuses = frozenset(self.draw(st.sets(st.sampled_from(list(Absence)), min_size=1)))
        self.conditions.append(b.is_absent(self.number(), statuses))

    def make_membership(self) -> None:
        self.conditions.append(n.InGroup(groups=("g",), type=t.YESNO))

    # ── ranks and rows ───────────────────────────────────────────────────────────────────────────────────────────────

    def make_rank(self) -> None:
        keys = [(self.number(), self.draw(st.booleans())) for _ in range(self.draw(st.integers(1, 2)))]
        over = self.draw(_EXTENTS)
        ties = self.draw(st.sampled_from(("min", "max", "mean", "dense", "order")))
        where = self.condition() if self.draw(st.booleans()) else None
        self.ranks.append(b.rank(keys, over, ties=ties, where=where))

    def make_places_between(self) -> None:
        if len(self.ranks) > 1:
            self.numbers.append(b.subtract(self.ranks[-1], self.ranks[-2]))

    def make_row(self) -> None:
        rows, other = self.draw(st.sampled_from(self.rows[::-1])), self.operand()
        chosen = b.compare(">", rows, b.const(1))
        ranges = [n.Range(high=b.const(0), high_closed=False), n.Range(low=b.const(0))]
        self.rows.append(
            self.any_of(
                lambda: b.add(rows, other),
                lambda: b.divide(other, rows),
                lambda: b.select(chosen, rows, other),
                lambda: b.step(rows, ranges, [other, rows]),
                lambda: b.recover(rows, frozenset(Absence), other, "zero"),
            )
        )

    def make_summary_of_rows(self) -> None:
        rows = self.draw(st.sampled_from(self.rows[::-1]))
        op = self.draw(st.sampled_from(("sum", "count", "min", "max", "mean", "median")))
        place = b.rank([(rows, True)], "rows", ties="order")
        where = b.compare(">", place, b.const(1, place.type)) if self.draw(st.booleans()) else None
        self.numbers.append(b.aggregate(op, rows, "rows", where=where))

    def make_distinct(self) -> None:
        rows = self.draw(st.sampled_from(self.rows[::-1]))
        by = self.draw(st.lists(st.sampled_from((self.labels, self.dates, rows)), min_size=1, max_size=2))
        keys = self.draw(st.lists(st.tuples(st.sampled_from((rows, self.dates)), st.booleans()), max_size=2))
        where = self.draw(
            st.sampled_from(
                (None, b.compare("=", self.labels, b.const("p")), b.compare(">", rows, b.const(0)))
            )
        )
        counted = b.distinct(by, keys, where=where)
        self.numbers.append(b.aggregate("sum", rows, "rows", where=counted))

    def make_days(self) -> None:
        apart = b.subtract(b.aggregate("max", self.dates, "rows"), b.aggregate("min", self.dates, "rows"))
        self.numbers.append(b.divide(apart, b.const(1, apart.type)))

    def make_choice_of_texts(self) -> None:
        other = b.select(self.condition(), b.const("p"), b.own_region())
        self.numbers.append(
            b.aggregate("count", self.labels, "rows", where=b.compare("!=", self.labels, other))
        )
