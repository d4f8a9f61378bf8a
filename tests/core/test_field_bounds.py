"""Whatever the inputs are within their intervals, the exact value lies in the bounds of the field."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessment.core import build as b
from assessment.core import intervals as iv
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.field_bounds import Field, field_bounds, known
from assessment.core.intervals import Interval
from assessment.core.possible import Bounds
from assessment.evaluation.exact import run
from assessment.evaluation.facts import Facts
from assessment.number import Mode

NUMBER = b.const(1).type
X = n.Input(name="x", type=NUMBER)
Y = n.Input(name="y", type=NUMBER)


def aggregate(op: str, value: n.Node, over: str = "group", **more: object) -> n.Node:
    return n.Aggregate(op=op, value=value, over=over, type=NUMBER, **more)  # type: ignore[arg-type]


def ranked(ties: str, over: str = "all") -> n.Node:
    return n.Rank(keys=((X, True), (Y, False)), over=over, ties=ties, type=t.Type(kind=t.Kind.RANK))  # type: ignore[arg-type]


HIGH = n.Compare(op=">", left=X, right=b.const(2), type=t.YESNO)
GRAPHS: tuple[n.Node, ...] = (
    X,
    b.add(X, Y),
    b.divide(X, Y),
    b.select(HIGH, X, Y),
    n.Round(value=b.divide(X, Y), places=1, mode=Mode.HALF_UP, type=NUMBER),
    *(
        aggregate(op, X, over)
        for op in ("min", "max", "mean", "median", "sum", "count")
        for over in ("group", "all")
    ),
    *(aggregate(op, X, "all", where=HIGH) for op in ("min", "max", "mean", "median", "sum", "count")),
    aggregate("mean", X, "all", own=False),
    b.divide(X, aggregate("max", X, "all")),
    b.subtract(X, aggregate("min", X)),
    n.Refer(subject="c", value=b.add(X, Y), type=NUMBER),
    *(ranked(ties) for ties in ("min", "max", "mean", "dense", "order")),
    ranked("min", "group"),
)
REGIONS = ("a", "b", "c", "d", "e")
GROUPS = ("g", "g", "h", "h", "h")
REFERENCE = (False, False, False, False, True)

grid = st.integers(-4, 12).map(lambda i: Fraction(i, 2))
cells = st.tuples(*[st.tuples(grid, grid) for _ in REGIONS])
halves = st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(1)])
moves = st.tuples(*[st.integers(0, 7) for _ in REGIONS])


def facts(values: list[tuple[Fraction, Fraction]]) -> Facts:
    columns = {("x", 2018): tuple(x for x, _ in values), ("y", 2018): tuple(y for _, y in values)}
    return Facts(regions=REGIONS, groups=GROUPS, reference=REFERENCE, period=2018, cells=columns)


@given(cells, halves, moves)
def test_exact_values_lie_in_the_bounds(
    values: tuple[tuple[Fraction, Fraction], ...], half: Fraction, moved: tuple[int, ...]
) -> None:
    nominal = run(GRAPHS, facts(list(values)))
    ranges: list[dict[tuple[str, int], Bounds]] = []
    for x, _ in values:
        interval = iv.point(x) if half == 0 else Interval(x - half, False, x + half, True)
        ranges.append({("x", 0): Bounds(interval=interval)})

    def exact(node: n.Node, region: int, period: int) -> Bounds | None:
        value = nominal.at(node, region, period) if nominal.known(node, period) else None
        return known(value) if not isinstance(value, str | tuple) else None  # type: ignore[arg-type]

    field = Field(regions=REGIONS, groups=GROUPS, reference=REFERENCE)
    found = field_bounds(GRAPHS, field, ranges, exact)
    # From the lower end, which is included, in eighths of the interval.
    inside = [
        (x - half + 2 * half * Fraction(step, 8), y) for (x, y), step in zip(values, moved, strict=True)
    ]
    there = run(GRAPHS, facts(inside))
    for node in GRAPHS:
        for region in range(len(REGIONS)):
            value, bounds = there.at(node, region), found.of(node, region)
            if isinstance(value, Fraction):
                assert bounds.interval is not None
                assert bounds.interval.has(value), (node, region)
            elif isinstance(value, bool):
                assert bounds.can_be(value)
            else:
                assert value in bounds.absent, (node, region)


def test_the_extremes_of_a_field_move_with_all_of_its_members() -> None:
    # x is 1, 3, 5 and 7, each up to a half: the largest from 6.5 to below 7.5, the mean of 4 from 3.5 to below 4.5.
    largest, mean = aggregate("max", X, "all"), aggregate("mean", X, "all")
    values = [Fraction(one) for one in (1, 3, 5, 7, 100)]
    ranges = [
        {("x", 0): Bounds(interval=Interval(x - Fraction(1, 2), False, x + Fraction(1, 2), True))}
        for x in values
    ]
    field = Field(regions=REGIONS, groups=GROUPS, reference=REFERENCE)
    found = field_bounds((largest, mean), field, ranges, lambda *_: None)
    assert found.of(largest, 0).interval == Interval(Fraction("6.5"), False, Fraction("7.5"), True)
    assert found.of(mean, 0).interval == Interval(Fraction("3.5"), False, Fraction("4.5"), True)
