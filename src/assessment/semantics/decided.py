"""What is decided before there are data: conditions that always or never hold, full marks and caps that nothing reaches.

Bounds are safe, so that each of these is certain under the declared ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from assessment.core import nodes as n
from assessment.core.intervals import NO, YES, Interval, point
from assessment.core.possible import Bounds, compared
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic
from assessment.semantics.model import Grade, ScoreNode
from assessment.semantics.wording import points

__all__ = ["decided_conditions", "out_of_reach", "unreached_grades"]

_Of = Callable[[n.Node], Bounds]


def decided_conditions(conditions: Iterable[tuple[n.Node, Span]], of: _Of) -> Iterator[Diagnostic]:
    """Conditions that hold for every region whatever the data are, or for none."""
    for condition, span in conditions:
        found = of(condition)
        if found.interval not in (YES, NO):
            continue
        holds = found.interval == YES
        place = condition.span or span
        yield diagnostic(
            "condition-decided",
            Text(
                en=f"under the declared ranges this condition {'always' if holds else 'never'} holds",
                zh=f"按所写范围，此条件{'恒成立' if holds else '永远不成立'}",
            ),
            Label(place=place, text=None, primary=True),
            help=Text(
                en="look at the threshold and its unit, or at the ranges of the inputs",
                zh="请核对界限及其单位，或数据的范围",
            ),
        )


def unreached_grades(grades: Iterable[Grade], total: Interval) -> Iterator[Diagnostic]:
    """Grades whose threshold no total reaches."""
    for grade in grades:
        if grade.bound is None or compared(grade.op or ">=", total, point(grade.bound), False) != NO:
            continue
        yield diagnostic(
            "condition-decided",
            Text(
                en="under the declared ranges no total reaches the threshold of this grade",
                zh="按所写范围，任何总分都达不到该等次的分数线",
            ),
            Label(place=grade.span, text=None, primary=True),
            help=Text(
                en="look at the threshold, and at the points of the total",
                zh="请核对该等次的分数线和总分",
            ),
        )


def out_of_reach(
    leaves: Iterable[ScoreNode], of: Callable[[ScoreNode], Fraction | None]
) -> Iterator[Diagnostic]:
    """Scores that never come to full marks, and caps above anything that the score can be.

    `of` is the most that the formula of a leaf gives, on its own scale, None where it has no limit.
    """
    for leaf in leaves:
        high = of(leaf)
        if leaf.points is None or high is None or high < 0:
            continue
        most = high if leaf.yields == "points" else high * leaf.points
        extra = leaf.level in ("bonus", "deduction")
        cap = (None if leaf.uncapped else leaf.points) if extra else leaf.ceiling
        if not extra and most < leaf.points:
            yield _finding("full-marks-out-of-reach", leaf, most, leaf.points)
        elif cap is not None and most < cap:
            yield _finding("cap-out-of-reach", leaf, most, cap)


def _finding(code: str, leaf: ScoreNode, most: Fraction, wanted: Fraction) -> Diagnostic:
    reached, limit = points(most), points(wanted)
    place = leaf.span if leaf.formula is None or leaf.formula.span is None else leaf.formula.span
    full = code == "full-marks-out-of-reach"
    return diagnostic(
        code,
        Text(
            en=f"this can give {reached.en} at most, and never the {limit.en} {'that it is worth' if full else 'of its cap'}",
            zh=f"此处最多得 {reached.zh}，永远达不到{'分值' if full else '上限'} {limit.zh}",
        ),
        Label(place=place, text=None, primary=True),
        help=Text(
            en="look at the highest entry of the score and at the ranges of its inputs, or lower the "
            + ("points" if full else "cap"),
            zh=f"请核对计分的最高一档和数据的范围，或调低{'分值' if full else '上限'}",
        ),
    )
