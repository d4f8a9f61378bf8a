"""Figures that no arithmetic explains: each with what it looks like, and with the figures that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessment import number
from assessment.analysis.reconcile.figures import agrees, scaled
from assessment.analysis.reconcile.model import Cause
from assessment.analysis.reconcile.trials import Case, Trial
from assessment.compiler.program import Scored
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.evaluation.exact import run
from assessment.evaluation.facts import Value

__all__ = ["wrong_figures"]

_KINDS = {"score": 0, "rank": 1, "grade": 2}


def wrong_figures(case: Case, left: Sequence[int], tried: Sequence[Trial]) -> tuple[Cause, ...]:
    """Each figure that nothing explains, the lowest in the tree first, with the figures above it that follow from it."""
    depth = {one.spec.path: level for one, level in _depths(case.program.root)}

    def order(one: int) -> tuple[int, int]:
        figure = case.figures[one].figure
        return (_KINDS[figure.kind], -depth.get(figure.path, 99))

    causes: list[Cause] = []
    waiting = sorted(left, key=order)
    while waiting:
        first, rest = waiting[0], waiting[1:]
        others = [one for one in case.contradicted if one in rest or one not in left]
        follows = _following(first, others, case)
        causes.append(
            Cause(
                kind="wrong figure",
                text=_FOLLOWED if follows else _ALONE,
                explains=(first,),
                follows=follows,
                hints=tuple(_hints(first, case, tried)),
            )
        )
        waiting = [one for one in rest if one not in follows]
    return tuple(causes)


def _depths(root: Scored, level: int = 0) -> Iterator[tuple[Scored, int]]:
    yield root, level
    for child in (*root.children, *root.adjustments):
        yield from _depths(child, level + 1)


_FOLLOWED = Text(
    en="a wrong figure, from which other figures of the table follow",
    zh="数值有误，表中其他数值由它推出",
)
_ALONE = Text(
    en="a wrong figure: no rounding, order or float that was tried gives it",
    zh="数值有误：所试的修约、排序和浮点算法都得不出该数",
)


def _following(first: int, rest: Sequence[int], case: Case) -> tuple[int, ...]:
    """The other contradicted figures that come out as published once the wrong one stands in its place."""
    published = case.figures[first]
    score = case.made[published.figure].score
    if score is None or not rest or not isinstance(published.value, Fraction):
        return ()
    region = case.place[published.region]
    now = scaled(case.values.at(score.published, region), score.published)
    if not isinstance(now, Fraction):
        return ()
    moved = published.value - now
    if scaled(Fraction(1), score.published) == 100:
        moved /= 100
    found: set[int] = set()
    nodes = [case.made[case.figures[one].figure].node for one in rest]
    for by_value in (True, False):
        given: dict[n.Node, list[Value]] = {}
        for node in {score.published, score.carried, score.full, score.rescaled, *score.plain}:
            column = list(case.values.of(node))
            before = column[region]
            if isinstance(before, Fraction):
                column[region] = (case.values.at(score.published, region) if by_value else before) + moved  # type: ignore[operator]
            given[node] = column
        changed = run(nodes, case.facts, given=given)
        for one, node in zip(rest, nodes, strict=True):
            other = case.figures[one]
            if agrees(other, changed.at(node, case.place[other.region]), node):
                found.add(one)
    return tuple(sorted(found))


def _hints(one: int, case: Case, tried: Sequence[Trial]) -> Iterator[Text]:
    """What a wrong figure looks like: a slip of the pen, another region's figure, a habit of this cell alone."""
    published = case.figures[one]
    node = case.made[published.figure].node
    right = scaled(case.values.at(node, case.place[published.region]), node)
    wrong = published.value
    if isinstance(right, Fraction) and isinstance(wrong, Fraction) and published.figure.kind == "score":
        places = node.places if isinstance(node, n.Round) else published.places
        slip = _slip(_digits(right, places), _digits(wrong, places))
        if slip is not None:
            yield slip
        for region, other in case.place.items():
            seen = scaled(case.values.at(node, other), node)
            if region != published.region and seen == wrong and seen != right:
                yield Text(en=f"it is the figure of `{region}`", zh=f"与 `{region}` 的数值相同")
                break
    alone = sorted((found for found in tried if one in found.explains), key=lambda found: len(found.against))
    for found in alone[:1]:
        many = len(found.against)
        yield Text(
            en=f"{found.text.en} would give it, and make {many} figure{'s' if many != 1 else ''} unequal",
            zh=f"“{found.text.zh}”可得出该数，但会使另外 {many} 个相等的数值变为不符",
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
