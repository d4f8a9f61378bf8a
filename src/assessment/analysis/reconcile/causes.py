"""Why figures are contradicted: the one change of the rules that explains most, then the next; what is left is wrong.

A change explains a figure if it gives it exactly. It is taken for a cause only if it is not refuted by the rest of the
table: it may make fewer figures unequal that are equal now than it explains. Of changes that explain equally much the one
with fewer such figures comes first, then the plainer one; others that explain the same figures are told beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from assessment import number
from assessment.analysis.reconcile.figures import Made, agrees, figures_of, scaled
from assessment.analysis.reconcile.floats import FLOAT_HABITS, float_columns
from assessment.analysis.reconcile.hypotheses import CauseKind, variants
from assessment.analysis.reconcile.model import Cause
from assessment.compiler.bind import Cycle
from assessment.compiler.from_rules import compile_rules
from assessment.compiler.program import Program, Scored
from assessment.core import nodes as n
from assessment.data.published.model import Figure, PublishedFigure
from assessment.diagnostics.bilingual import Text
from assessment.evaluation.exact import Values, run
from assessment.evaluation.facts import Facts, Value

__all__ = ["find_causes"]

_ALSO = 3
"""So many other readings that explain the same figures are named."""


@frozen(kw_only=True)
class _Tried:
    """A hypothesis with what it explains of the contradicted figures, and how many equal ones speak against it."""

    kind: CauseKind
    text: Text
    explains: frozenset[int]
    against: int


_Column = Callable[[Figure], tuple[tuple[Value, ...], n.Node] | None]
"""The values of a figure under a hypothesis, and the node that gives them."""


def find_causes(
    program: Program,
    facts: Facts,
    values: Values,
    figures: Sequence[PublishedFigure],
    contradicted: Sequence[int],
    equal: Sequence[int],
) -> tuple[Cause, ...]:
    """The causes of the contradicted figures, by their places among `figures`; every one of these has a cause."""
    if not contradicted:
        return ()
    place = {region: number_ for number_, region in enumerate(facts.regions)}
    left = set(contradicted)
    tried = [
        _tried(kind, text, column, figures, contradicted, equal, place)
        for kind, text, column in _hypotheses(
            program, facts, values, {figures[one].figure for one in (*contradicted, *equal)}
        )
    ]
    causes: list[Cause] = []
    while left:
        open_ = [(one, one.explains & left) for one in tried]
        fitting = [(one, found) for one, found in open_ if len(found) > one.against]
        if not fitting:
            break
        best, found = max(fitting, key=lambda pair: (len(pair[1]) - pair[0].against, -pair[0].against))
        same = [
            one.text
            for one, other in fitting
            if one is not best and other == found and one.against == best.against
        ]
        causes.append(
            Cause(
                kind=best.kind,
                text=best.text,
                explains=tuple(sorted(found)),
                against=best.against,
                also=tuple(same[:_ALSO]),
            )
        )
        left -= found
    wrong = list(_wrong(program, facts, values, figures, sorted(left), contradicted, tried, place))
    return _settled(causes, wrong)


def _settled(causes: Sequence[Cause], wrong: Sequence[Cause]) -> tuple[Cause, ...]:
    """The causes without those of which all follows from figures that are wrong anyway; each figure under one cause."""
    following = {one for cause in wrong for one in cause.follows}
    kept = [cause for cause in causes if not set(cause.explains) <= following]
    taken = {one for cause in kept for one in cause.explains}
    return (
        *kept,
        *(evolve(cause, follows=tuple(one for one in cause.follows if one not in taken)) for cause in wrong),
    )


def _tried(
    kind: CauseKind,
    text: Text,
    column: _Column,
    figures: Sequence[PublishedFigure],
    contradicted: Sequence[int],
    equal: Sequence[int],
    place: Mapping[str, int],
) -> _Tried:
    def holds(one: int) -> bool:
        found = column(figures[one].figure)
        return found is not None and bool(
            agrees(figures[one], found[0][place[figures[one].region]], found[1])
        )

    explains = frozenset(one for one in contradicted if holds(one))
    # What explains nothing need not be held against the rest.
    against = sum(not holds(one) for one in equal) if explains else 0
    return _Tried(kind=kind, text=text, explains=explains, against=against)


def _hypotheses(
    program: Program, facts: Facts, values: Values, wanted: set[Figure]
) -> Iterator[tuple[CauseKind, Text, _Column]]:
    for variant in variants(program.rules):
        try:
            changed = compile_rules(variant.rules)
        except Cycle:
            continue
        yield variant.kind, variant.text, _columns_of(changed, facts, wanted)
    yield from _other_field(program, values)
    made = figures_of(program)
    nodes = [made[one].node for one in sorted(wanted, key=lambda one: one.id) if one in made]
    for text, habit in FLOAT_HABITS:
        floats = float_columns(nodes, facts, values, habit)

        def column(
            figure: Figure, floats: Mapping[n.Node, tuple[Value, ...]] = floats
        ) -> tuple[tuple[Value, ...], n.Node]:
            return floats[made[figure].node], made[figure].node

        yield "binary floats", text, column


def _columns_of(changed: Program, facts: Facts, wanted: set[Figure]) -> _Column:
    made = figures_of(changed)
    nodes = [made[one].node for one in wanted if one in made]
    values = run(nodes, facts)

    def column(figure: Figure) -> tuple[tuple[Value, ...], n.Node] | None:
        found = made.get(figure)
        return None if found is None else (values.of(found.node), found.node)

    return column


def _other_field(program: Program, values: Values) -> Iterator[tuple[CauseKind, Text, _Column]]:
    """Ranks taken in the other field than the one that the table says."""
    made = figures_of(program)
    for within, text in (
        (
            "all",
            Text(
                en="ranked among all regions, where the rules rank within the group",
                zh="在全部地区中排名，而规则在同组中排名",
            ),
        ),
        (
            "group",
            Text(
                en="ranked within the group, where the rules rank among all",
                zh="在同组中排名，而规则在全部地区中排名",
            ),
        ),
    ):

        def column(figure: Figure, within: str = within) -> tuple[tuple[Value, ...], n.Node] | None:
            if figure.kind != "rank":
                return (values.of(made[figure].node), made[figure].node) if figure in made else None
            other = next(
                (
                    one
                    for key, one in made.items()
                    if key.kind == "rank" and key.path == figure.path and key.within == within
                ),
                None,
            )
            return None if other is None else (values.of(other.node), other.node)

        yield "field of ranks", text, column


# ── figures that no arithmetic explains ──────────────────────────────────────────────────────────────────────────────


def _wrong(
    program: Program,
    facts: Facts,
    values: Values,
    figures: Sequence[PublishedFigure],
    left: Sequence[int],
    contradicted: Sequence[int],
    tried: Sequence[_Tried],
    place: Mapping[str, int],
) -> Iterator[Cause]:
    """Each figure that nothing explains, with the figures above it that follow from it."""
    made = figures_of(program)
    depth = {one.spec.path: level for one, level in _depths(program.root)}

    def order(one: int) -> tuple[int, int]:
        figure = figures[one].figure
        return ({"score": 0, "rank": 1, "grade": 1}[figure.kind], -depth.get(figure.path, 99))

    waiting = sorted(left, key=order)
    while waiting:
        first, rest = waiting[0], waiting[1:]
        others = [one for one in contradicted if one in rest or one not in left]
        follows = _following(first, others, facts, values, figures, made, place)
        yield Cause(
            kind="wrong figure",
            text=_wrong_text(follows),
            explains=(first,),
            follows=follows,
            also=tuple(_hints(first, figures, values, made, tried, place)),
        )
        waiting = [one for one in rest if one not in follows]


def _depths(root: Scored, level: int = 0) -> Iterator[tuple[Scored, int]]:
    yield root, level
    for child in (*root.children, *root.adjustments):
        yield from _depths(child, level + 1)


def _wrong_text(follows: Sequence[int]) -> Text:
    if follows:
        return Text(
            en="a wrong figure, from which other figures of the table follow",
            zh="数值有误，表中其他数值由它推出",
        )
    return Text(
        en="a wrong figure: no rounding, order or float that was tried gives it",
        zh="数值有误：所试的修约、排序和浮点算法都得不出该数",
    )


def _following(
    first: int,
    rest: Sequence[int],
    facts: Facts,
    values: Values,
    figures: Sequence[PublishedFigure],
    made: Mapping[Figure, Made],
    place: Mapping[str, int],
) -> tuple[int, ...]:
    """The other contradicted figures that come out as published once the wrong one stands in its place."""
    published = figures[first]
    score = made[published.figure].score
    if score is None or not rest or not isinstance(published.value, Fraction):
        return ()
    region = place[published.region]
    now = scaled(values.at(score.published, region), score.published)
    if not isinstance(now, Fraction):
        return ()
    moved = published.value - now
    if scaled(Fraction(1), score.published) == 100:
        moved /= 100
    found: set[int] = set()
    nodes = [made[figures[one].figure].node for one in rest]
    for by_value in (True, False):
        given: dict[n.Node, list[Value]] = {}
        for node in {score.published, score.carried, score.full, score.rescaled, *score.plain}:
            column = list(values.of(node))
            before = column[region]
            if isinstance(before, Fraction):
                column[region] = (values.at(score.published, region) if by_value else before) + moved  # type: ignore[operator]
            given[node] = column
        changed = run(nodes, facts, given=given)
        for one in rest:
            node = made[figures[one].figure].node
            if agrees(figures[one], changed.at(node, place[figures[one].region]), node):
                found.add(one)
    return tuple(sorted(found))


def _hints(
    one: int,
    figures: Sequence[PublishedFigure],
    values: Values,
    made: Mapping[Figure, Made],
    tried: Sequence[_Tried],
    place: Mapping[str, int],
) -> Iterator[Text]:
    """What a wrong figure looks like: a slip of the pen, another region's figure, a habit of this cell alone."""
    published = figures[one]
    node = made[published.figure].node
    right = scaled(values.at(node, place[published.region]), node)
    if (
        isinstance(right, Fraction)
        and isinstance(published.value, Fraction)
        and published.figure.kind == "score"
    ):
        places = node.places if isinstance(node, n.Round) else published.places
        slip = _slip(_digits(right, places), _digits(published.value, places))
        if slip is not None:
            yield slip
        for region, other in place.items():
            seen = scaled(values.at(node, other), node)
            if region != published.region and seen == published.value and seen != right:
                yield Text(en=f"it is the figure of `{region}`", zh=f"与 `{region}` 的数值相同")
                break
    alone = sorted((found for found in tried if one in found.explains), key=lambda found: found.against)
    for found in alone[:1]:
        yield Text(
            en=f"`{found.text.en}` would give it, and would make {found.against} other figures unequal",
            zh=f"“{found.text.zh}”可得出该数，但会使另外 {found.against} 个数值不符",
        )


def _digits(value: Fraction, places: int) -> str:
    exact = number.decimal_places(value)
    return number.decimal_text(value, max(places, exact)) if exact is not None and exact <= 30 else ""


def _slip(right: str, wrong: str) -> Text | None:
    """The slip that turns one figure into another: a digit, two digits exchanged, a point that moved, a sign."""
    if not right or not wrong:
        return None
    if right.lstrip("-") == wrong.lstrip("-"):
        return Text(en="the sign is wrong", zh="正负号有误")
    if len(right) == len(wrong):
        unlike = [at for at, (a, b) in enumerate(zip(right, wrong, strict=True)) if a != b]
        if len(unlike) == 1:
            a, b = right[unlike[0]], wrong[unlike[0]]
            return Text(en=f"one digit differs: {b} stands for {a}", zh=f"一位数字不同：{a} 写成了 {b}")
        if len(unlike) == 2 and right[unlike[0]] == wrong[unlike[1]] and right[unlike[1]] == wrong[unlike[0]]:
            return Text(en="two digits are exchanged", zh="两位数字颠倒")
    plain = [text.replace(".", "").strip("0") for text in (right, wrong)]
    if plain[0] == plain[1] and plain[0]:
        return Text(en="the decimal point has moved", zh="小数点错位")
    return None
