"""How large a node is among its siblings: points that add up, or weights.

Under a sum of points, sizes are points and make up the points of the parent. Under a mean, a geometric or a harmonic
mean they are relative weights; where the parent has points, a child has its share of them. Under `min` and `max` every child stands for
the whole parent, so a size is only repeated. An index has weights throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction
from typing import Literal

from attrs import evolve, field, frozen

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.errors import InternalError
from assessment.semantics.by_group import LEAVE_OUT, WHOLE, ByGroup, check_one_figure, points_by_group
from assessment.semantics.ends import Cap
from assessment.semantics.scheme import Scheme
from assessment.semantics.scope import Scope
from assessment.semantics.wording import listed
from assessment.semantics.wording import points as in_points
from assessment.syntax import ast

__all__ = ["Method", "Mode", "Size", "check_sum", "join_of", "mode_below", "size_of", "weighed"]

Method = Literal["sum", "mean", "geometric", "harmonic", "min", "max"]


class Mode(Enum):
    """What the sizes of the children of one node are."""

    POINTS = "points"
    WEIGHTS = "weights"
    WHOLE = "whole"
    """Each child stands for the points of its parent."""
    LOOSE = "loose"
    """Each child stands for its parent, which has no points."""


@frozen(kw_only=True)
class Size:
    """A size that was read, with the cap behind it; both None where it is missing or faulty, which was reported."""

    points: Fraction | None = None
    weight: Fraction | None = None
    by_group: ByGroup = field(factory=dict)
    """The points of each group, of which `points` are the most; empty where they are the same for all."""
    cap: Cap = field(factory=Cap)
    span: Span | None = field(default=None, eq=False, repr=False)


def join_of(join: ast.Join | None, mode: Mode, scope: Scope) -> Method:
    """How a node joins its children: a sum where there are points, otherwise a mean, unless it says so itself."""
    weighted = mode in (Mode.WEIGHTS, Mode.LOOSE)
    if join is None:
        return "mean" if weighted else "sum"
    if join.method == "sum" and weighted:
        scope.report(
            "size-mismatch",
            Text(en="only points add up, and there are none here", zh="只有分值可以求和，而此处没有分值"),
            join.span,
            help=Text(en="write `join mean`, which weighs", zh="请写 `合成 平均`，按权重平均"),
        )
        return "mean"
    found: dict[str, Method] = {
        "sum": "sum",
        "mean": "mean",
        "geometric": "geometric",
        "harmonic": "harmonic",
        "min": "min",
        "max": "max",
    }
    return found[join.method]


def mode_below(join: Method, mode: Mode) -> Mode:
    """What sizes mean below a node that itself stands among siblings of `mode`."""
    weighted = mode in (Mode.WEIGHTS, Mode.LOOSE)
    if join == "sum":
        return Mode.WEIGHTS if weighted else Mode.POINTS
    if join in ("mean", "geometric", "harmonic"):
        return Mode.WEIGHTS
    return Mode.LOOSE if weighted else Mode.WHOLE


def size_of(
    size: ast.Size | None,
    mode: Mode,
    place: Span,
    scheme: Scheme,
    scope: Scope,
    *,
    of_parent: Fraction | None = None,
    per_weight: Fraction | None = None,
    may_follow: bool = False,
) -> Size:
    """The size of a node, checked against what sizes mean among its siblings.

    `place` is the node's name. `of_parent` are the points that a child takes where it stands for its parent, `per_weight`
    those that it gets for each unit of weight.
    `may_follow` allows leaving points out that follow from elsewhere.
    """
    if size is None:
        if mode is Mode.WHOLE:
            return Size(points=of_parent)
        if mode is Mode.LOOSE:
            return Size(points=of_parent, weight=Fraction(1))
        if not may_follow and scheme.known:
            _missing(mode, place, scheme, scope)
        return Size(points=of_parent if mode is Mode.POINTS else None)
    if (size.weight is not None) is not (mode in (Mode.WEIGHTS, Mode.LOOSE)):
        if scheme.known:
            _mismatch(size, scheme, scope)
        return Size(span=size.span)
    if size.by_group:
        return _by_group(size, mode, scope)
    stated = size.weight if size.weight is not None else size.points
    if stated is None:
        raise InternalError("a size without points and without a weight")
    if stated.value <= 0:
        what = Text(en="a weight", zh="权重") if size.weight is not None else Text(en="the points", zh="分值")
        scope.report(
            "weight-missing",
            Text(en=f"{what.en} must be above 0", zh=f"{what.zh}须大于 0"),
            stated.span,
            help=Text(en="write a number above 0, or leave this score out", zh="请写大于 0 的数，或删去此项"),
        )
        return Size(span=size.span)
    if size.weight is not None:
        read = _weight(size, size.weight, scope)
        share = of_parent if mode is Mode.LOOSE else None
        if mode is Mode.WEIGHTS and read.weight is not None and per_weight is not None:
            share = read.weight * per_weight
        return evolve(read, points=share)
    if mode is Mode.WHOLE and of_parent is not None and stated.value != of_parent:
        own, whole = in_points(stated.value), in_points(of_parent)
        scope.report(
            "points-not-parts",
            Text(
                en=f"this has {own.en}, and the smallest or largest is taken for {whole.en}",
                zh=f"此处为 {own.zh}，而取高或取低后代表 {whole.zh}",
            ),
            stated.span,
            help=Text(en=f"write {whole.en}, or leave the size out", zh=f"请写 {whole.zh}，或不写分值"),
        )
    return Size(points=stated.value, span=size.span)


def _by_group(size: ast.Size, mode: Mode, scope: Scope) -> Size:
    found = points_by_group(size, scope)
    if mode is Mode.WHOLE:
        check_one_figure(WHOLE, size.span, None, LEAVE_OUT, scope)
        return Size(span=size.span)
    known = [points for points in found.values() if points is not None]
    return Size(points=max(known, default=None), by_group=found, span=size.span)


def _weight(size: ast.Size, weight: ast.Literal, scope: Scope) -> Size:
    if weight.unit not in (None, "%"):
        scope.report(
            "kind-mismatch",
            Text(en="a weight is a plain number", zh="权重为纯数"),
            weight.span,
            help=Text(
                en="write for instance `weight 2` or `weight 20 %`", zh="例如写 `权重 2` 或 `权重 20%`"
            ),
        )
        return Size(span=size.span)
    value = weight.value / 100 if weight.unit == "%" else weight.value
    return Size(weight=value, span=size.span)


def weighed(sizes: Iterable[ast.Size | None]) -> Fraction:
    """The sum of the weights that are written and of use."""
    literals = [size.weight for size in sizes if size is not None and size.weight is not None]
    values = [literal.value / 100 if literal.unit == "%" else literal.value for literal in literals]
    return sum((value for value in values if value > 0), Fraction(0))


def _missing(mode: Mode, place: Span, scheme: Scheme, scope: Scope) -> None:
    word = Text(en="points", zh="分值") if mode is Mode.POINTS else Text(en="a weight", zh="权重")
    example = (
        Text(en="`10 points`", zh="`10 分`") if mode is Mode.POINTS else Text(en="`weight 1`", zh="`权重 1`")
    )
    scope.report(
        "weight-missing",
        Text(en=f"`{place.text}` has no {word.en.removeprefix('a ')}", zh=f"`{place.text}` 没有{word.zh}"),
        place,
        also=((scheme.span, Text(en="the scale of the result", zh="结果的量程")),),
        help=Text(en=f"write {example.en} behind its title", zh=f"在名称之后写 {example.zh}"),
    )


def _mismatch(size: ast.Size, scheme: Scheme, scope: Scope) -> None:
    if size.weight is None:
        text = Text(en="points have no meaning where weights are joined", zh="按权重合成时不能写分值")
        help_ = Text(en="write for instance `weight 1`", zh="例如写 `权重 1`")
    else:
        text = Text(en="a weight has no meaning where points add up", zh="按分值求和时不能写权重")
        help_ = Text(en="write the points, for instance `10 points`", zh="请写分值，例如 `10 分`")
    scope.report(
        "size-mismatch",
        text,
        size.span,
        also=((scheme.span, Text(en="the scale of the result", zh="结果的量程")),),
        help=help_,
    )


def check_sum(
    code: str,
    stated: Fraction,
    parts: list[tuple[Fraction | None, Span]],
    place: Span,
    what: Text,
    scope: Scope,
    amended: Sequence[tuple[Fraction | None, Span]] = (),
    *,
    groups: Sequence[str] = (),
) -> None:
    """Report points that do not add up, with both figures and the difference; silent where one is not known.

    `amended` are sizes further below that an amendment changed: they may be why. `groups` are those for which points do not
    add up, where they differ by group.
    """
    values = [value for value, _ in parts if value is not None]
    if len(values) < len(parts) or not parts:
        return
    found = sum(values, Fraction(0))
    if found == stated:
        return
    sums, whole, apart = in_points(found), in_points(stated), in_points(abs(found - stated))
    more = found > stated
    names = listed(groups)
    whose = Text(en=f"for {names.en} ", zh=f"{names.zh} 的") if groups else Text(en="", zh="")
    scope.report(
        code,
        Text(
            en=f"{whose.en}the {what.en} add up to {sums.en}, not {whole.en}: {apart.en} {'too many' if more else 'too few'}",
            zh=f"{whose.zh}{what.zh}分值合计 {sums.zh}，而应为 {whole.zh}，{'多' if more else '少'} {apart.zh}",
        ),
        place,
        here=Text(en=f"stated as {whole.en}", zh=f"规定为 {whole.zh}"),
        also=tuple(
            (span, Text(en=in_points(value).en, zh=in_points(value).zh))
            for value, span in (*parts[:8], *amended[:8])
            if value is not None
        ),
        help=Text(
            en=f"take {apart.en} from the {what.en}, or change the {whole.en} above them",
            zh=f"请调减{what.zh}分值共 {apart.zh}，或改动规定的 {whole.zh}",
        )
        if more
        else Text(
            en=f"add {apart.en} to the {what.en}, or change the {whole.en} above them",
            zh=f"请调增{what.zh}分值共 {apart.zh}，或改动规定的 {whole.zh}",
        ),
    )
