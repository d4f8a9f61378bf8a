"""What is rounded, and whether full or rounded values are carried upwards and compared."""

from __future__ import annotations

from attrs import frozen

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.number import Mode
from assessment.semantics.marks import compares_scores
from assessment.semantics.model import Level, Reading, Rounding
from assessment.semantics.scope import Scope
from assessment.semantics.statements import Body
from assessment.semantics.wording import FIRST, statement
from assessment.syntax import ast

__all__ = ["Readings", "reading", "readings"]

MOST_PLACES = 30
"""Decimal places beyond which nobody publishes; it bounds the size of what is computed."""

_LEVELS: dict[str, Level] = {
    "part": "part",
    "indicator": "indicator",
    "category": "category",
    "total": "total",
}


@frozen(kw_only=True)
class Readings:
    """Roundings by level, and which values parents and comparisons read."""

    rounding: dict[Level, Rounding]
    carry: Reading
    compare: Reading
    carry_at: dict[Level, Reading]
    compare_before: bool


def readings(body: Body, head: Span, scope: Scope) -> Readings:
    """The roundings of the file; a comparison that reads rounded values needs a rounding of the total."""
    round_, result = body.one(ast.Round), body.one(ast.ResultScale)
    published = None if result is None else result.published
    rounding: dict[Level, Rounding] = {}
    first: dict[Level, Span] = {}
    stated = [
        (entry.level, entry.rounding, entry.span) for entry in (round_.entries if round_ is not None else ())
    ]
    if published is not None:
        stated.append(("total", published, published.span))
    for level_word, written, span in stated:
        level = _LEVELS[level_word]
        if level in first:
            scope.report(
                "duplicate-statement",
                Text(en="the rounding of this level is stated twice", zh="同一层级的修约写了两次"),
                span,
                also=((first[level], FIRST),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
            continue
        first[level] = span
        if written.places > MOST_PLACES:
            scope.report(
                "number-too-large",
                Text(en=f"at most {MOST_PLACES} places are rounded to", zh=f"修约最多 {MOST_PLACES} 位"),
                written.span,
                help=Text(en=f"write {MOST_PLACES} places or fewer", zh=f"请写不多于 {MOST_PLACES} 位"),
            )
            continue
        rounding[level] = Rounding(places=written.places, mode=Mode(written.mode))
    if round_ is None and published is None:
        _no_rounding(head, scope)
    carried = _carried(body, scope)
    return Readings(
        rounding=rounding,
        carry=carried.pop(None, "full"),
        compare=_compare(body, bool(first), "total" in first, head, scope),
        carry_at={level: value for level, value in carried.items() if level is not None},
        compare_before=_before(body, head, scope),
    )


def _carried(body: Body, scope: Scope) -> dict[Level | None, Reading]:
    """What parents read, for each level that is named, and under None for all others."""
    found: dict[Level | None, Reading] = {}
    first: dict[Level | None, Span] = {}
    for stated in body.all(ast.Carry):
        level = None if stated.level is None else _LEVELS[stated.level]
        if level in first:
            scope.report(
                "duplicate-statement",
                Text(en="what is carried is stated twice", zh="结转重复规定"),
                stated.span,
                also=((first[level], FIRST),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
            continue
        first[level] = stated.span
        found[level] = reading(stated.value)
    return found


def _before(body: Body, head: Span, scope: Scope) -> bool:
    """Whether comparisons read the total before its bonuses; it must be stated as soon as there are both."""
    stated, adjusted = body.one(ast.Compare), body.all(ast.Adjustment)
    if not adjusted:
        if stated is not None and stated.adjusting is not None:
            scope.report(
                "statement-not-here",
                Text(
                    en="there are no bonuses and deductions before or after which to compare the total",
                    zh="总分没有加分或扣分，无所谓先后",
                ),
                stated.span,
                help=Text(
                    en="leave out what follows the value to compare",
                    zh="删去比较用值之后的文字",
                ),
            )
        return False
    if stated is not None and stated.adjusting is not None:
        return stated.adjusting == "before"
    if _compares(body):
        scope.report(
            "missing-statement",
            Text(
                en="it is not stated whether ranks and grades compare totals before or after bonuses and deductions",
                zh="未约定排名和等次按加减分之前还是之后的总分比较",
            ),
            head if stated is None else stated.span,
            also=((adjusted[0].name_span, Text(en="added to the total here", zh="在此计入总分")),),
            help=Text(
                en="write for instance `compare full after adjustments`", zh="例如写 `比较 原值 后于加减分`"
            ),
        )
    return False


def _compares(body: Body) -> bool:
    """Whether anything compares scores."""
    ranking = body.one(ast.Ranking)
    ranks = ranking is not None and ranking.within is not None
    kinds = (ast.Grade, ast.Limit, ast.Veto)
    return ranks or any(body.all(kind) for kind in kinds) or compares_scores(body)


def _no_rounding(head: Span, scope: Scope) -> None:
    scope.report(
        "no-rounding",
        Text(en="it is not stated how scores are rounded", zh="未约定得分如何修约"),
        head,
        help=Text(
            en="add for instance `round total half-up to 2 places`, or `round none`",
            zh="例如添加 `修约 总分 四舍五入 2 位`，或 `修约 无`",
        ),
    )


def reading(value: str) -> Reading:
    """The value of `carry` or `compare` as the checked rules keep it."""
    return "rounded" if value == "rounded" else "rescaled" if value == "rescaled" else "full"


def _compare(body: Body, rounded: bool, total_rounded: bool, head: Span, scope: Scope) -> Reading:
    """Which values ranks, grades and limits read: it must be stated as soon as there are any and something is rounded."""
    stated, result = body.one(ast.Compare), body.one(ast.ResultScale)
    ranked = None if result is None or result.ranked == "none" else result.ranked
    if stated is not None and ranked is not None and result is not None:
        scope.report(
            "duplicate-statement",
            Text(
                en=f"{statement(ast.Compare).en} and `ranked on` both say which values are compared",
                zh=f"{statement(ast.Compare).zh}与结果中的 `按` 都规定了比较用值",
            ),
            stated.span,
            also=((result.span, FIRST),),
            help=Text(en="keep one of the two", zh="两处只保留一处"),
        )
    value = stated.value if stated is not None else ranked
    place = stated.span if stated is not None else result.span if result is not None else head
    if value is None:
        if _compares(body) and rounded:
            scope.report(
                "missing-statement",
                Text(
                    en="it is not stated whether ranks and grades compare rounded or full values",
                    zh="未约定排名和等次按修约值还是原值比较",
                ),
                head,
                help=Text(
                    en="add `compare rounded` or `compare full`", zh="添加 `比较 修约值` 或 `比较 原值`"
                ),
            )
        return "full"
    if value == "rounded" and not total_rounded and (rounded or body.one(ast.Round) is not None):
        scope.report(
            "no-rounding",
            Text(
                en="rounded values are compared, and no rounding of the total is stated",
                zh="按修约值比较，但未约定总分如何修约",
            ),
            place,
            help=Text(
                en="add for instance `round total half-up to 2 places`",
                zh="例如添加 `修约 总分 四舍五入 2 位`",
            ),
        )
    return reading(value)
