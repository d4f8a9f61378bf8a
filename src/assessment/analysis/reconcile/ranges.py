"""What a figure can be while each rounded input may be anything in its interval: an enclosure, and a search for inputs.

The enclosure (`core.field_bounds`) is sound: a figure outside it is contradicted, whatever the unrounded inputs were. A
figure inside it may still be impossible, because intervals do not know that two occurrences of an input move together.
So inputs are looked for that give it exactly: the two corners that make the score lowest and highest, and points of the
line between them. Where such inputs are found the figure is consistent, and they are told; else it is not excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from attrs import frozen

from assessment import number
from assessment.analysis.reconcile.boxes import Boxes
from assessment.analysis.reconcile.figures import Made, agrees, is_rounded, scaled
from assessment.audit.amount import IN_PERCENT
from assessment.core import intervals as iv
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.field_bounds import Field, FieldBounds, field_bounds, known
from assessment.core.intervals import Interval
from assessment.core.possible import Bounds
from assessment.core.walk import Demand, order
from assessment.data.published.model import PublishedFigure
from assessment.evaluation.exact import Values, run
from assessment.evaluation.facts import Facts, Value
from assessment.number import Irrational

__all__ = ["Ranges", "Witness"]

_LINE = 16
"""Points that are tried on the line between the lowest and the highest corner, besides these."""
_HALVINGS = 24
"""So often the stretch between two of them that enclose the figure is halved."""
_JUST_BELOW = Fraction(1023, 1024)
"""How far towards an end that is not included the corner lies."""
_MOST_RUNS = 4_000
"""So many evaluations are spent on the search for inputs in all; figures after that are only enclosed."""

Cell = tuple[str, int, int]
"""An input, its year, and the place of a region."""


@frozen(kw_only=True)
class Witness:
    """Unrounded inputs that give a figure exactly: the value of each that moves it."""

    values: Mapping[Cell, Fraction]


class Ranges:
    """The figures that inputs within their intervals can give."""

    def __init__(self, boxes: Boxes, facts: Facts, exact: Values, made: Sequence[Made]) -> None:
        self._boxes, self._facts, self._exact = boxes, facts, exact
        self._made = made
        self._runs = 0
        self._orders: dict[n.Node, tuple[Demand, ...]] = {}

    @cached_property
    def _bounds(self) -> FieldBounds:
        facts = self._facts
        field = Field(regions=facts.regions, groups=facts.groups, reference=facts.reference)
        given = [self._given(region) for region in range(len(facts.regions))]

        def said(node: n.Node, region: int, period: int) -> Bounds | None:
            if not self._exact.known(node, period):
                return None
            value = self._exact.at(node, region, period)
            return known(value) if isinstance(value, Fraction | bool | Absence) else None

        return field_bounds([one.node for one in self._made], field, given, said)

    def _given(self, region: int) -> dict[tuple[str, int], Bounds]:
        """The ranges of the inputs that any region knows only up to an interval, by their distance in years."""
        found: dict[tuple[str, int], Bounds] = {}
        for (name, year), intervals in self._boxes.by_cell.items():
            interval = intervals[region]
            value = self._value((name, year, region))
            if interval is not None:
                bounds: Bounds | None = Bounds(interval=interval)
            else:
                bounds = known(
                    value if isinstance(value, Fraction | bool | Absence) else Absence.NOT_REPORTED
                )
            if bounds is not None:
                found[name, year - self._facts.period] = bounds
        return found

    def _value(self, cell: Cell) -> Value:
        name, year, region = cell
        column = self._facts.cells.get((name, year))
        return Absence.NOT_REPORTED if column is None else column[region]

    def enclosure(self, made: Made, region: int) -> Bounds:
        """Where the value of a figure lies, in the scale of its node, and how it may be absent."""
        return self._bounds.of(made.node, region)

    def excludes(self, published: PublishedFigure, made: Made, region: int) -> bool:
        """Whether no inputs within their intervals can give a published figure."""
        found = self.enclosure(made, region)
        if isinstance(published.value, Absence):
            return not found.absent
        if found.interval is None:
            return True
        interval = found.interval
        if made.node.type.kind in IN_PERCENT:
            interval = iv.scale(interval, Fraction(100))
        figure = published.value
        if published.ends is not None:
            low, high = published.ends
        elif published.exact or (is_rounded(made.node, published) and not published.about):
            low = high = figure
        else:
            half = Fraction(1, 2 * 10**published.places)
            low, high = figure - half, figure + half
        return iv.meet(interval, Interval(low, False, high, False)) is None

    # ── inputs that give a figure ────────────────────────────────────────────────────────────────────────────────────

    def witness(self, published: PublishedFigure, made: Made, region: int) -> Witness | None:
        """Inputs within their intervals that give a published figure exactly; None where none were found."""
        guide = self._guide(made)
        cells = self._cells(made.node)
        if not cells:
            return None
        rising = self._directions(guide, made.node, cells, region)
        if published.figure.kind == "rank":
            # Whoever moves up moves the others down.
            rising = {cell: (up if cell[2] == region else not up) for cell, up in rising.items()}
        low, high = self._corner(rising, up=False), self._corner(rising, up=True)

        def at(t: Fraction) -> dict[Cell, Fraction]:
            return {cell: low[cell] + (high[cell] - low[cell]) * t for cell in low}

        steps = [Fraction(place, _LINE) for place in range(_LINE + 1)]
        seen: list[tuple[Fraction, Value]] = []
        for t in steps:
            value = self._try(made.node, region, at(t))
            if agrees(published, value, made.node):
                return Witness(values=at(t))
            seen.append((t, value))
        for (a, left), (b, right) in pairwise(seen):
            if _encloses(left, published.value, right, made.node):
                found = self._halved(published, made, region, at, (a, b), left)
                if found is not None:
                    return found
        return None

    def _halved(
        self,
        published: PublishedFigure,
        made: Made,
        region: int,
        at: Callable[[Fraction], dict[Cell, Fraction]],
        stretch: tuple[Fraction, Fraction],
        left: Value,
    ) -> Witness | None:
        """Inputs on a stretch of the line whose ends enclose the figure."""
        a, b = stretch
        for _ in range(_HALVINGS):
            middle = (a + b) / 2
            value = self._try(made.node, region, at(middle))
            if agrees(published, value, made.node):
                return Witness(values=at(middle))
            if _encloses(left, published.value, value, made.node):
                b = middle
            else:
                a, left = middle, value
        return None

    def _guide(self, made: Made) -> n.Node:
        """The node whose rise and fall says where to move inputs: the score before rounding."""
        if made.score is not None:
            return made.score.rescaled
        total = next(one for one in self._made if one.score is not None)
        return total.score.rescaled if total.score is not None else made.node

    def _cells(self, root: n.Node) -> tuple[Cell, ...]:
        """The cells with intervals that a node reads, of every region."""
        period = self._facts.period
        read = {(node.name, period + offset) for node, offset in order((root,)) if isinstance(node, n.Input)}
        return tuple(
            (name, year, region)
            for (name, year), intervals in self._boxes.by_cell.items()
            if (name, year) in read
            for region, interval in enumerate(intervals)
            if interval is not None
        )

    def _directions(
        self, guide: n.Node, root: n.Node, cells: Sequence[Cell], region: int
    ) -> dict[Cell, bool]:
        """For each cell whether a higher value makes the score of its region higher, and of others' cells of this one."""
        rising: dict[Cell, bool] = {}
        fields = any(_is_field(node) for node, _ in order((root,)))
        for name, year in dict.fromkeys((name, year) for name, year, _ in cells):
            column = [cell for cell in cells if cell[:2] == (name, year)]
            own = [cell for cell in column if cell[2] == region]
            others = [cell for cell in column if cell[2] != region]
            for moved in (own, others if fields else []):
                if not moved:
                    continue
                up = self._try(guide, region, {cell: self._end(cell, up=True) for cell in moved})
                down = self._try(guide, region, {cell: self._end(cell, up=False) for cell in moved})
                higher = _is_higher(up, down)
                if moved is others and guide is not root and higher is None:
                    higher = rising.get((name, year, region))
                for cell in moved:
                    rising[cell] = True if higher is None else higher
        return rising

    def _corner(self, rising: Mapping[Cell, bool], *, up: bool) -> dict[Cell, Fraction]:
        return {cell: self._end(cell, up=is_rising is up) for cell, is_rising in rising.items()}

    def _end(self, cell: Cell, *, up: bool) -> Fraction:
        """The end of the interval of a cell; a point near it where the end itself is not included."""
        name, year, region = cell
        interval = self._boxes.by_cell[name, year][region]
        value = self._value(cell)
        if interval is None or not isinstance(value, Fraction):
            raise ValueError("only cells with an interval have ends")
        end, open_ = (interval.high, interval.high_open) if up else (interval.low, interval.low_open)
        if end is None:
            return value
        return value + (end - value) * _JUST_BELOW if open_ else end

    def _try(self, node: n.Node, region: int, moved: Mapping[Cell, Fraction]) -> Value:
        """The value of a node for a region with other inputs; nothing once the evaluations are spent."""
        self._runs += 1
        if self._runs > _MOST_RUNS:
            return Absence.UNDEFINED
        alone = not any(_is_field(one) for one, _ in self._demands(node))
        facts = self._alone(region) if alone else self._facts
        cells = dict(facts.cells)
        for (name, year, place), value in moved.items():
            if alone and place != region:
                continue
            column = list(cells.get((name, year), (Absence.NOT_REPORTED,) * len(facts.regions)))
            column[0 if alone else place] = value
            cells[name, year] = tuple(column)
        changed = Facts(
            regions=facts.regions,
            groups=facts.groups,
            reference=facts.reference,
            period=facts.period,
            cells=cells,
        )
        values = run((), changed, demands=self._demands(node))
        return values.at(node, 0 if alone else region)

    def _demands(self, node: n.Node) -> tuple[Demand, ...]:
        if node not in self._orders:
            self._orders[node] = order((node,))
        return self._orders[node]

    def _alone(self, region: int) -> Facts:
        facts = self._facts
        cells = {key: (column[region],) for key, column in facts.cells.items()}
        return Facts(
            regions=(facts.regions[region],),
            groups=(facts.groups[region],),
            reference=(facts.reference[region],),
            period=facts.period,
            cells=cells,
        )


def _is_field(node: n.Node) -> bool:
    match node:
        case n.Aggregate(over=over) | n.Rank(over=over):
            return over != "rows"
        case n.Refer():
            return True
        case _:
            return False


def _is_higher(up: Value, down: Value) -> bool | None:
    if not isinstance(up, Fraction | Irrational) or not isinstance(down, Fraction | Irrational):
        return None
    try:
        found = number.compare(up, down)
    except (number.Undecided, number.TooLarge):
        return None
    return None if found == 0 else found > 0


def _encloses(left: Value, figure: Fraction | Absence, right: Value, node: n.Node) -> bool:
    """Whether a figure lies between two values, ends included."""
    left, right = scaled(left, node), scaled(right, node)
    if not isinstance(figure, Fraction):
        return False
    if not isinstance(left, Fraction | Irrational) or not isinstance(right, Fraction | Irrational):
        return False
    try:
        a, b = number.compare(left, figure), number.compare(right, figure)
    except (number.Undecided, number.TooLarge):
        return False
    return a * b <= 0
