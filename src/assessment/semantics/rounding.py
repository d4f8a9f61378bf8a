"""What is rounded, and whether full or rounded values are carried upwards and compared."""

from __future__ import annotations

from attrs import frozen

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.number import Mode
from assessment.semantics.model import Level, Reading, Rounding
from assessment.semantics.scope import Scope
from assessment.semantics.statements import Body
from assessment.semantics.wording import FIRST, statement
from assessment.syntax import ast

__all__ = ["Readings", "readings"]

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
            )
            continue
        rounding[level] = Rounding(places=written.places, mode=Mode(written.mode))
    if round_ is None and published is None:
        _no_rounding(head, scope)
    carry = body.one(ast.Carry)
    return Readings(
        rounding=rounding,
        carry="full" if carry is None else _reading(carry.value),
        compare=_compare(body, bool(first), "total" in first, head, scope),
    )


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


def _reading(value: str) -> Reading:
    return "rounded" if value == "rounded" else "full"


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
        ranking = body.one(ast.Ranking)
        ranks = ranking is not None and ranking.within is not None
        compared = ranks or bool(body.all(ast.Grade)) or bool(body.all(ast.Limit))
        if compared and rounded:
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
    return _reading(value)
