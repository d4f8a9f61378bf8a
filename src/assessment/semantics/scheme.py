"""Whether the rules give points or make an index, and on which scale the result stands."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.model import Scale
from assessment.semantics.scope import Scope
from assessment.semantics.statements import Body
from assessment.semantics.wording import statement
from assessment.syntax import ast

__all__ = ["Scheme", "scheme_of"]


@frozen(kw_only=True)
class Scheme:
    """How sizes are meant. `points` is the total, None for an index; `known` is false where neither was stated."""

    scale: Scale
    known: bool
    in_points: bool
    span: Span = field(eq=False, repr=False)
    up_to: ast.Literal | ast.Infinity | None = field(default=None, eq=False, repr=False)
    """The cap of the total, as written."""

    @property
    def points(self) -> Fraction | None:
        """The total of a scheme of points, where it is known."""
        return self.scale.points


def scheme_of(body: Body, file: ast.RuleFile, head: Span, scope: Scope) -> Scheme:
    """The scheme that `total` or `result` states; neither, or both, is reported."""
    total, result = body.one(ast.Total), body.one(ast.ResultScale)
    if total is not None and total.points is not None:
        if result is not None:
            words = statement(ast.Total), statement(ast.ResultScale)
            scope.report(
                "duplicate-statement",
                Text(
                    en=f"{words[0].en} and {words[1].en} both state the scale",
                    zh=f"{words[0].zh}与{words[1].zh}都规定了量程",
                ),
                result.span,
                also=((total.span, Text(en="the total is stated here", zh="总分在此规定")),),
                help=Text(
                    en="keep the total for points, the result for an index", zh="按分值计用总分，指数用结果"
                ),
            )
        points = total.points.value
        if points <= 0:
            scope.report(
                "points-not-total",
                Text(en="the total must be above 0 points", zh="总分须大于 0 分"),
                total.span,
                help=Text(
                    en="write the points that are given in all, as in `total 100 points`",
                    zh="请写总分值，如 `总分 100 分`",
                ),
            )
            return _unknown(file, head)
        return Scheme(
            scale=Scale(name="total", points=points, low=Fraction(0), high=points),
            known=True,
            in_points=True,
            span=total.points.span,
            up_to=total.up_to,
        )
    if result is not None:
        return _index(result, file, head, scope)
    scope.report(
        "missing-statement",
        Text(en="these rules state neither a total nor a result", zh="规则既没有总分，也没有结果"),
        head if total is None else total.span,
        help=Text(
            en="add `total 100 points`, or for an index `result index on 0 to 1, published half-up to 3 places`",
            zh="添加 `总分 100 分`；指数则添加 `结果 指数 区间 0 到 1，公布 四舍五入 3 位`",
        ),
    )
    return _unknown(file, head)


def _index(result: ast.ResultScale, file: ast.RuleFile, head: Span, scope: Scope) -> Scheme:
    if result.low is None or result.high is None:
        scale = Scale(name=result.name, points=None, low=Fraction(0), high=Fraction(1), unbounded=True)
        return Scheme(scale=scale, known=True, in_points=False, span=result.span)
    for end in (result.low, result.high):
        if end.unit is not None:
            scope.report(
                "kind-mismatch",
                Text(en="the scale of a result is in plain numbers", zh="结果的区间为纯数"),
                end.span,
                help=Text(en="write for instance `on 0 to 100`", zh="例如写 `区间 0 到 100`"),
            )
            return _unknown(file, head, in_points=False)
    if result.low.value >= result.high.value:
        scope.report(
            "range-empty",
            Text(
                en=f"no value lies between {result.low.span.text} and {result.high.span.text}",
                zh=f"{result.low.span.text} 与 {result.high.span.text} 之间没有取值",
            ),
            Span.covering(result.low.span, result.high.span),
            help=Text(en="write the lower end first", zh="先写较小的一端"),
        )
        return _unknown(file, head, in_points=False)
    scale = Scale(
        name=result.name, points=None, low=result.low.value, high=result.high.value, title=result.title
    )
    return Scheme(scale=scale, known=True, in_points=False, span=result.span)


def _unknown(file: ast.RuleFile, head: Span, *, in_points: bool | None = None) -> Scheme:
    """A scheme to go on with: of points, unless the file weighs its categories or indicators."""
    if in_points is None:
        sizes = [node.size for node in file.body if isinstance(node, ast.Category | ast.Indicator)]
        in_points = not any(size is not None and size.weight is not None for size in sizes)
    scale = Scale(name="total", points=None, low=Fraction(0), high=Fraction(1))
    return Scheme(scale=scale, known=False, in_points=in_points, span=head)
